"""待复核: answers, dates changed after the prompt and vanished cases wait for the officer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers import tell
from handlers.answers import recording
from handlers.findings import states
from handlers.findings.case_reference import reference
from handlers.objections import objection_view
from handlers.people import stand_ins
from handlers.review import date_changes, outcome_presses, outcomes, written_replies
from knowledge import chinese
from storage import answers as answers_table
from storage import findings as findings_table
from storage import ledger, outbox
from storage import objections as objections_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.desk import Desk
    from handlers.incoming import Origin
    from handlers.press import Press
    from storage.models.answers import Answer
    from storage.models.findings import Finding
    from storage.models.people import Person
    from storage.transaction import Transaction

REVIEWED_INTENTS = frozenset(
    {
        "corrected",
        "corrected_partial",
        "explanation",
        "objection",
        "extension_request",
        "wrong_person",
        "attachment",
        "not_an_error",
        "delegate",
    }
)


@dataclass(frozen=True)
class Waiting:
    """A finding that waits for the officer, with the answers given and why else it waits."""

    finding: Finding
    answers: tuple[Answer, ...]


def waiting(tx: Transaction, desk: Desk) -> list[Waiting]:
    """Return what waits for review, in the order it came."""
    open_ones = {one.id: one for one in findings_table.open_ones(tx.session, desk.office)}
    by_finding: dict[int, list[Answer]] = {}
    for answer in answers_table.recorded(tx.session):
        if answer.finding_id in open_ones and answer.intent in REVIEWED_INTENTS:
            by_finding.setdefault(answer.finding_id, []).append(answer)
    return [
        Waiting(finding, tuple(by_finding.get(finding.id, [])))
        for finding in open_ones.values()
        if finding.id in by_finding or finding.date_change or finding.vanished
    ]


def show(tx: Transaction, desk: Desk, person: Person, origin: Origin) -> None:
    """Answer /待复核 with the first finding that waits."""
    found = waiting(tx, desk)
    replies, pressable = written_replies.told(tx, desk, person)
    if not found:
        text = replies or "没有待复核的答复。"
        tell.answer(tx, origin, text, person=person, buttons=pressable)
        return
    text = _text(tx, desk, person, found, found[0])
    tell.answer(
        tx,
        origin,
        f"{text}\n{replies}" if replies else text,
        person=person,
        buttons=(*_buttons(tx, person, found, found[0]), *pressable),
        subjects=[found[0].finding.number],
    )


def _text(
    tx: Transaction, desk: Desk, person: Person, found: Sequence[Waiting], one: Waiting
) -> str:
    clearance = desk.clearance(person.door or "")
    finding = one.finding
    case = reference(finding, [each.finding for each in found], clearance)
    lines = [
        f"待复核 {len(found)} 条",
        f"{finding.number} {case}（{finding.prosecutor or '未填承办检察官'}）",
        finding.plain_fact if clearance == "internet" else finding.fact,
    ]
    lines += [_answer_line(tx, answer, finding, clearance == "intranet") for answer in one.answers]
    lines += date_changes.lines(finding)
    if finding.vanished:
        lines.append("最近一次导出中没有这个案件，请核对是否移出、删除或导出不全。")
    objection = objections_table.live_of(tx.session, finding.id)
    if objection is not None:
        lines += objection_view.lines(tx, objection, finding, clearance)
    lines.append(f"状态：{states.STATE_WORDS.get(finding.state, finding.state)}")
    lines.append(outcomes.propose(tx, finding).sentence)
    return "\n".join(lines)


def _answer_line(tx: Transaction, answer: Answer, finding: Finding, names: bool) -> str:  # noqa: FBT001 - one private caller
    bound = recording.Bound(finding, answer.intent, answer.field, answer.value)  # type: ignore[arg-type]
    said = recording.sentence(bound, names=names)
    when = chinese.month_day(answer.said_at.date())
    words = ledger.text_of(tx.session, answer.entry) if names and answer.entry else None
    quoted = f"：“{words}”" if words else ""
    who = stand_ins.named(tx.session, answer.person_id, answer.principal_id)
    by = f"（{who}）" if answer.principal_id else ""
    return f"{when} {said}{by}（流水第 {answer.entry} 号）{quoted}"


def _buttons(tx: Transaction, person: Person, found: Sequence[Waiting], one: Waiting) -> tell.Rows:
    object_ = f"finding:{one.finding.id}"
    ids = [answer.id for answer in one.answers]

    def make(label: str, act: str) -> tuple[str, str]:
        return tell.button(
            tx, person, label, act, object_, version=one.finding.version, data={"answers": ids}
        )

    pressable = [
        make("核实销号", "follow_close"),
        make("采纳，不再提示", "follow_accept"),
        make("继续跟踪", "follow_keep"),
        make("请补充", "follow_more"),
    ]
    objection = objections_table.live_of(tx.session, one.finding.id)
    if objection is not None and objection.stage in {"ground", "officer"}:
        pressable = [
            make("异议成立", "follow_uphold"),
            make("异议不采纳", "follow_reject"),
            *pressable,
        ]
    pressable += outcome_presses.buttons(tx, person, [one.finding], "follow")
    if len(found) > 1:
        pressable.append(make("下一条", "follow_next"))
    return tell.rows(pressable, per_row=2)


def go_on(
    tx: Transaction,
    desk: Desk,
    press: Press,
    note: str,
    *,
    after: int | None = None,
    step: int = 1,
) -> None:
    """Show in the same message what waits next, so many steps after a finding, or the first."""
    found = waiting(tx, desk)
    origin = press.event.origin
    version = outbox.next_edit_version(tx, origin.door, origin.chat, origin.message_id)
    if not found:
        replies, pressable = written_replies.told(tx, desk, press.person)
        text = "\n".join(part for part in (note, replies or "待复核已全部处理完毕。") if part)
        tell.edit(tx, origin, text, person=press.person, version=version, buttons=pressable)
        return
    place = next((index for index, one in enumerate(found) if one.finding.id == after), -1)
    one = found[(place + step) % len(found)]
    text = _text(tx, desk, press.person, found, one)
    tell.edit(
        tx,
        origin,
        f"{note}\n{text}" if note else text,
        person=press.person,
        version=version,
        buttons=_buttons(tx, press.person, found, one),
        subjects=[one.finding.number],
    )


def show_next(tx: Transaction, desk: Desk, press: Press) -> str:
    """Go on without deciding, or back to the one whose proof or reason was asked for."""
    finding = press.findings(tx)[0]
    stay = bool(press.row.data.get("stay"))
    go_on(tx, desk, press, "", after=finding.id, step=0 if stay else 1)
    return "已返回" if stay else "下一条"
