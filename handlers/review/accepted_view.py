"""/已核对: what was answered for good and is prompted no more, with the way to take it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import tell
from handlers.answers import recording
from handlers.findings.case_reference import reference
from handlers.permissions import RefusedError, demand
from handlers.redraw import redraw
from knowledge import chinese
from storage import accepted
from storage import findings as findings_table

if TYPE_CHECKING:
    from handlers.desk import Clearance, Desk
    from handlers.incoming import Origin
    from handlers.press import Press
    from storage.models.findings import Accepted, Finding
    from storage.models.people import Person
    from storage.transaction import Transaction

PAGE = 8
RESTORED = "restored"
NONE = "没有已核对的问题。采纳说明、核实销号、认定不属问题后，案卡数据不变的列在这里，不再提示。"


def show(tx: Transaction, desk: Desk, person: Person, origin: Origin) -> None:
    """Answer /已核对 with the newest ones."""
    demand(person, "see_queue")
    text, buttons = _page(tx, desk, person, 0)
    tell.answer(tx, origin, text, person=person, buttons=buttons)


def turn(tx: Transaction, desk: Desk, press: Press) -> str:
    """Turn to another page, or back to the list."""
    demand(press.person, "see_queue")
    text, buttons = _page(tx, desk, press.person, int(press.row.data["skip"]))
    redraw(tx, press, text, buttons=buttons)
    return "已核对"


def _page(tx: Transaction, desk: Desk, person: Person, skip: int) -> tuple[str, tell.Rows]:
    total = accepted.count(tx.session, desk.office)
    rows = accepted.newest(tx.session, desk.office, skip=skip, most=PAGE)
    if not rows:
        return NONE, ()
    pairs = [(row, accepted.finding_of(tx.session, row)) for row in rows]
    known = [(row, finding) for row, finding in pairs if finding is not None]
    findings = [finding for _, finding in known]
    clearance = desk.clearance(person.door or "")
    lines = [f"已核对 {total} 条，案卡数据不变的不再提示。点编号查看或恢复提示："]
    lines += [
        f"{finding.number} {finding.title} · {reference(finding, findings, clearance)}"
        f"（{chinese.month_day(row.accepted_at.date())}，{row.reason}）"
        for row, finding in known
    ]
    pressable = [
        _button(tx, person, finding.number, "accepted_open", row, skip=skip)
        for row, finding in known
    ]
    moves = []
    if skip:
        moves.append(_turning(tx, person, "上一页", max(skip - PAGE, 0)))
    if skip + PAGE < total:
        moves.append(_turning(tx, person, "下一页", skip + PAGE))
    return "\n".join(lines), (*tell.rows(pressable), *tell.rows(moves))


def _turning(tx: Transaction, person: Person, label: str, skip: int) -> tuple[str, str]:
    return tell.button(tx, person, label, "accepted_page", "accepted", data={"skip": skip})


def _button(
    tx: Transaction, person: Person, label: str, act: str, row: Accepted, **kept: object
) -> tuple[str, str]:
    data: dict[str, object] = {"accepted": row.id, **kept}
    return tell.button(tx, person, label, act, f"accepted:{row.id}", data=data)


def open_(tx: Transaction, desk: Desk, press: Press) -> str:
    """Show one: what was answered, by whom, and which columns bring it back by a change."""
    row, finding = _of(tx, press)
    _draw(tx, desk, press, (row, finding))
    return finding.number


def _draw(
    tx: Transaction,
    desk: Desk,
    press: Press,
    pair: tuple[Accepted, Finding],
    note: str = "",
    closed_as: str | None = None,
) -> None:
    row, finding = pair
    skip = int(press.row.data["skip"])
    holds = row.withdrawn_at is None
    label, act = ("恢复提示", "accepted_restore") if holds else ("撤回恢复", "accepted_renew")
    pressable = [
        _button(tx, press.person, label, act, row, skip=skip, closed_as=closed_as),
        _turning(tx, press.person, "返回", skip),
    ]
    lines = [*([note] if note else []), *_lines(desk, press.person, row, finding)]
    redraw(
        tx,
        press,
        "\n".join(lines),
        buttons=tell.rows(pressable),
        subjects=[finding.number],
    )


def _lines(desk: Desk, person: Person, row: Accepted, finding: Finding) -> list[str]:
    clearance = desk.clearance(person.door or "")
    when = chinese.month_day(row.accepted_at.date())
    return [
        f"{finding.number} {finding.title} · {reference(finding, [finding], clearance)}",
        f"{finding.department or '未填部门'} {finding.prosecutor or '未填承办检察官'}",
        f"{when}由{row.accepted_by}核对：{row.reason}",
        f"下列栏目有变化时自动重新提示：{_watched(finding, clearance)}",
    ]


def _watched(finding: Finding, clearance: Clearance) -> str:
    """Name the columns the rule rests on, with what stands there where that may pass."""
    with_values = clearance == "intranet" and not finding.minor
    said = [
        f"{name}（{_written(value)}）" if with_values else name
        for name, value in finding.evidence.items()
    ]
    return "、".join(said) or "无"


def _written(value: object) -> str:
    return recording.value_words(str(value)) if value is not None else "空"


def restore(tx: Transaction, desk: Desk, press: Press) -> str:
    """Take an acceptance back: the rule speaks of these values again at the next patrol."""
    row, finding = _of(tx, press)
    demand(press.person, "restore_prompts", finding)
    if row.withdrawn_at is not None:
        return press.already_at(row.withdrawn_at, row.withdrawn_by)
    accepted.withdraw(tx, row, by=press.person.name)
    before = finding.closed_as
    if finding.state == findings_table.CLOSED:
        # it comes back by a person's act: that is no recurrence
        finding.closed_as = RESTORED
    entry = tx.record(
        "acceptance_withdrawn",
        f"finding:{finding.number}",
        actor=f"person:{press.person.id}",
        data={"rule": row.rule, "reason": row.reason, "closed_as": before},
    )
    said = f"{finding.number} 已恢复提示（流水第 {entry} 号）：下次巡查仍有此情况的，重新列入待审。"
    _draw(tx, desk, press, (row, finding), said, before)
    return f"{finding.number} 已恢复提示"


def renew(tx: Transaction, desk: Desk, press: Press) -> str:
    """Let an acceptance hold again that was taken back by mistake."""
    row, finding = _of(tx, press)
    demand(press.person, "restore_prompts", finding)
    if row.withdrawn_at is None:
        return f"{finding.number} 仍为已核对，无需重复操作"
    if finding.state != findings_table.CLOSED:
        return f"{finding.number} 已重新列入待审，请发送 /待审 处理"
    accepted.renew(row)
    finding.closed_as = press.row.data.get("closed_as") or finding.closed_as
    entry = tx.record(
        "acceptance_renewed",
        f"finding:{finding.number}",
        actor=f"person:{press.person.id}",
        data={"rule": row.rule, "reason": row.reason},
    )
    said = f"{finding.number} 仍按已核对处理（流水第 {entry} 号），案卡数据不变的不再提示。"
    _draw(tx, desk, press, (row, finding), said)
    return f"{finding.number} 已撤回恢复"


def _of(tx: Transaction, press: Press) -> tuple[Accepted, Finding]:
    """Return what the button is about.

    Raises:
        RefusedError: there is no such one.
    """
    demand(press.person, "see_queue")
    row = accepted.by_id(tx.session, int(press.row.data["accepted"]))
    finding = accepted.finding_of(tx.session, row) if row is not None else None
    if row is None or finding is None or finding.office != press.person.office:
        raise RefusedError("restore_prompts")
    return row, finding
