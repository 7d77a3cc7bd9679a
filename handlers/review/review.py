"""待审: what waits for release, shown item by item."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import tell
from handlers.digest import digest_text
from handlers.findings import items, problem_classes, states
from handlers.review import outcome_presses, outcomes
from storage import findings as findings_table
from storage import outbox

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from handlers.desk import Desk
    from handlers.findings.items import Item
    from handlers.incoming import Origin
    from handlers.press import Press
    from storage.models.findings import Finding
    from storage.models.people import Person
    from storage.transaction import Transaction

MOST_LINES = 12
OUTCOMES: tuple[outcomes.Decision, ...] = ("record", "oral", "notice", "notice_chief")


def queue(tx: Transaction, desk: Desk) -> list[Item]:
    """Return what waits for release, grouped by rule and department.

    What is no real overrun comes after what may be one, the baseline last.
    """
    waiting = [
        one
        for one in findings_table.open_ones(tx.session, desk.office)
        if one.state == "queued" and not one.shelved
    ]
    grouped = items.group(waiting, tx.now.date())
    return sorted(
        grouped,
        key=lambda one: (
            one.lead.baseline,
            problem_classes.is_apart(one.lead),
            one.lead.rule,
            one.lead.department or "",
        ),
    )


def show(tx: Transaction, desk: Desk, person: Person, origin: Origin) -> None:
    """Answer /待审 with the first item and what can be done with it."""
    waiting = queue(tx, desk)
    if not waiting:
        tell.answer(tx, origin, "没有待审的问题。", person=person)
        return
    tell.answer(
        tx,
        origin,
        "\n".join([*_overview(waiting), _text(tx, desk, person, waiting, waiting[0])]),
        person=person,
        buttons=_buttons(tx, person, waiting, waiting[0]),
        subjects=[one.number for one in waiting[0].findings],
    )


def _overview(waiting: Sequence[Item]) -> list[str]:
    """Count what waits by rule and department; baseline and classes are counted apart."""
    counts: dict[str, int] = {}
    for one in waiting:
        old = "存量 " if one.lead.baseline else ""
        word = problem_classes.WORDS.get(problem_classes.of_finding(one.lead))
        kind = f"【{word}】" if word and word not in one.lead.title else ""
        name = f"{old}{kind}{one.lead.title} · {one.lead.department or '未填部门'}"
        counts[name] = counts.get(name, 0) + 1
    if len(counts) < 2:
        return []
    lines = [f"{name}：{many} 条" for name, many in counts.items()]
    rest = len(lines) - MOST_LINES
    return [*lines[:MOST_LINES], *([f"另有 {rest} 类"] if rest > 0 else []), ""]


def _text(tx: Transaction, desk: Desk, person: Person, waiting: Sequence[Item], item: Item) -> str:
    lead = item.lead
    cases = [one for each in waiting for one in each.findings]
    same_rule = sum(each.lead.rule == lead.rule for each in waiting)
    who = lead.prosecutor or "未填承办检察官"
    apart = problem_classes.counted(each.lead for each in waiting)
    head = f"待审 {len(waiting)} 条{f'（{apart}）' if apart else ''}"
    kind = problem_classes.line(lead)
    return "\n".join(
        [
            f"{head}，本规则 {same_rule} 条{'（存量）' if lead.baseline else ''}",
            f"{lead.department or '未填部门'} {who}",
            digest_text.item_block(item, cases, desk.clearance(person.door or ""), tx.now.date()),
            *([kind] if kind else []),
            f"建议程度：{lead.severity}；{_release_words(lead)}",
            outcomes.propose(tx, lead).sentence,
        ]
    )


def _release_words(finding: Finding) -> str:
    words = states.HIT_WORDS.get(finding.hit_state, "")
    return f"{words}，{'请先核对再决定是否发出' if finding.release == 'officer' else '请审核'}"


def _buttons(tx: Transaction, person: Person, waiting: Sequence[Item], item: Item) -> tell.Rows:
    lead = item.lead
    wanted = [
        ("确认", "review_confirm"),
        ("本规则全部确认", "review_confirm_rule"),
        ("不属问题", "review_drop"),
    ]
    more = [("列为存量", "review_shelve")]
    if lead.baseline:
        more.append(("本规则列为存量", "review_shelve_rule"))
    if len(waiting) > 1:
        more.append(("下一条", "review_next"))
    more.append(("全部发出", "review_send_all"))
    data = {"findings": [one.id for one in item.findings]}

    def make(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
        return [
            tell.button(tx, person, label, act, f"finding:{lead.id}", data=data)
            for label, act in pairs
        ]

    decided = outcome_presses.buttons(tx, person, item.findings, "review", OUTCOMES)
    return tell.rows([*make(wanted), *decided, *make(more)], per_row=2)


def go_on(tx: Transaction, desk: Desk, press: Press, *, place: int = 0, note: str = "") -> None:
    """Show the item at a place of the queue in the same message."""
    waiting = queue(tx, desk)
    origin = press.event.origin
    item = waiting[place % len(waiting)] if waiting else None
    lines = [note, _text(tx, desk, press.person, waiting, item) if item else "待审已全部处理完毕。"]
    tell.edit(
        tx,
        origin,
        "\n".join(line for line in lines if line),
        person=press.person,
        version=outbox.next_edit_version(tx, origin.door, origin.chat, origin.message_id),
        buttons=_buttons(tx, press.person, waiting, item) if item else (),
        subjects=[one.number for one in item.findings] if item else (),
    )


def place_of(waiting: Sequence[Item], finding: Finding | None) -> int | None:
    """Return the place of a finding's item in the queue."""
    return next(
        (
            place
            for place, item in enumerate(waiting)
            if finding is not None and finding.id in {one.id for one in item.findings}
        ),
        None,
    )


def show_next(tx: Transaction, desk: Desk, press: Press) -> str:
    """Go to the next item without deciding, or back to the one whose reasons were asked for."""
    findings = press.findings(tx)
    stay = bool(press.row.data.get("stay"))
    place = place_of(queue(tx, desk), findings[0] if findings else None)
    step = 0 if stay or place is None else 1
    go_on(tx, desk, press, place=(place or 0) + step)
    return "已返回" if stay else "下一条"
