"""Record what was said as a claim, and show it back with one tap to confirm or take it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from handlers import tell
from handlers.digest import reminders
from handlers.findings import states
from handlers.objections import objections
from handlers.people import assistance
from handlers.permissions import acting_for
from knowledge import chinese
from storage.models.answers import Answer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.answers.answers import Heard
    from handlers.desk import Desk
    from handlers.incoming import Origin
    from knowledge.replies.model import Intent
    from storage.models.findings import Finding
    from storage.models.people import Person
    from storage.transaction import EntryMark, Transaction


@dataclass(frozen=True)
class Bound:
    """One claim on one finding; `follows`: it stands in the same item as the claim before it."""

    finding: Finding
    intent: Intent
    field: str | None = None
    value: str | None = None
    follows: bool = False


def record_and_confirm(
    tx: Transaction, desk: Desk, heard: Heard, bound: Sequence[Bound]
) -> list[Answer]:
    """Record claims and confirm them in one message with a way to take them back."""
    answers = [record(tx, heard.person, heard.event.origin, one, heard.entry) for one in bound]
    follow(tx, desk, heard.person, bound, answers)
    names = desk.clearance(heard.event.origin.door) == "intranet"
    text, buttons = confirmation(
        tx, heard.person, bound, answers, entry=str(heard.entry), names=names
    )
    tell.answer(
        tx,
        heard.event.origin,
        text,
        kind="confirmation",
        person=heard.person,
        buttons=buttons,
        subjects=[one.finding.number for one in bound],
    )
    ask_for_grounds(tx, heard.person, bound, ground=heard.text)
    return answers


def ask_for_grounds(
    tx: Transaction, person: Person, bound: Sequence[Bound], *, ground: str | None = None
) -> None:
    """Open the objections among some claims and ask for what an objection needs."""
    for one in bound:
        if one.intent == "objection" and not one.follows:
            item = (one.finding.case_no, one.finding.item)
            beside = [
                other.finding
                for other in bound
                if other.follows
                and other.intent == "objection"
                and (other.finding.case_no, other.finding.item) == item
            ]
            objection = objections.raise_(tx, person, [one.finding, *beside], ground)
            objections.ask(tx, person, objection, one.finding)


def record(
    tx: Transaction, person: Person, origin: Origin, bound: Bound, entry: EntryMark
) -> Answer:
    """Record one claim: the state moves, the ledger knows, nothing is closed."""
    finding = bound.finding
    before = states.move(finding, bound.intent)
    finding.answered_at = tx.now
    principal = acting_for(person, "answer", finding)
    answer = Answer(
        finding_id=finding.id,
        person_id=person.id,
        principal_id=principal.id if principal else None,
        said_at=tx.now,
        intent=bound.intent,
        field=bound.field,
        value=bound.value,
        door=origin.door,
        chat=origin.chat,
        message_id=origin.message_id,
        state_before=before,
    )
    tx.session.add(answer)
    tx.session.flush()
    tx.record(
        "answer_recorded",
        f"finding:{finding.number}",
        actor=f"person:{person.id}",
        data={
            "answer": answer.id,
            "intent": bound.intent,
            "field": bound.field,
            "value": None if bound.intent in {"wrong_person", "delegate"} else bound.value,
            "state": finding.state,
            "before": before,
            "said_in": entry,
        },
    )
    tx.after_numbering(lambda: keep_entry(answer, entry))
    return answer


def keep_entry(answer: Answer, entry: EntryMark) -> None:
    """Note under which ledger number the words lie."""
    answer.entry = entry.seq


def follow(
    tx: Transaction,
    desk: Desk,
    person: Person,
    bound: Sequence[Bound],
    answers: Sequence[Answer],
) -> None:
    """Do what claims ask for besides being recorded: remind on the day, tell the assistant."""
    for one, answer in zip(bound, answers, strict=True):
        if not one.follows:
            reminders.plan(tx, desk, answer)
            if one.intent == "delegate":
                assistance.tell_assistant(tx, desk, person, one.finding, one.value)


def sentence(bound: Bound, *, names: bool, numbers: str | None = None) -> str:
    """Say a claim back in one clause; names only where they may pass."""
    return f"{numbers or bound.finding.number} {_clause(bound, names=names)}"


def _clause(bound: Bound, *, names: bool) -> str:
    value = value_words(bound.value)
    named = value if names else ""
    claim = f"{bound.field}应为 {value}" if bound.field and bound.value else bound.field or ""
    clauses: dict[str, str] = {
        "wrong_person": f"称已转{named}承办" if named else "称非本人承办",
        "delegate": f"交{named or '助理'}办理",
        "commitment": f"承诺{value}办理" if value else "承诺办理",
        "extension_request": f"请求缓至{value}" if value else "请求缓办",
        "corrected": f"称{claim}，已修改" if claim else "称已修改",
        "corrected_partial": f"称{bound.field or ''}在系统内改不了，请案管协助",
        "attachment": f"附材料，{claim}" if claim else "附材料",
    }
    words = states.INTENT_WORDS[bound.intent]
    return clauses.get(bound.intent, f"{words}（{claim}）" if claim else words)


def value_words(value: str | None) -> str:
    """Say a value: an ISO day as 5月27日, anything else as it is."""
    if value is None:
        return ""
    try:
        return chinese.month_day(date.fromisoformat(value))
    except ValueError:
        return value


_NEXT_STEP: dict[Intent, str] = {
    "ack": "已知悉不等于办结，期限照常计算。",
    "corrected": "待案管核对，尚未销号。",
    "corrected_partial": "已转案管协助，办好后告知您。",
    "explanation": "待案管核实，尚未销号。",
    "objection": (
        "由案管专员复核；复核期间不再重复提示，法定期限照常计算。如有依据条款，请一并回复。"
    ),
    "extension_request": "已转案管专员。",
    "wrong_person": "已转案管专员，将按最新案卡核对承办人后另行发送。",
    "attachment": "待案管核对，尚未销号。",
    "commitment": "期限照常计算。",
    "not_an_error": "待案管核实，尚未销号。",
    "delegate": "承办检察官仍为责任人。",
}
_DECISIONS = ("审结", "办结", "决定")


def next_step(bound: Bound) -> str:
    """Say what happens with a claim now, and that it is a claim."""
    if bound.intent == "corrected" and bound.field and bound.field.endswith("日期"):
        paper = "决定书" if any(word in bound.field for word in _DECISIONS) else "文书"
        return f"待案管核对{paper}日期，尚未销号。"
    if bound.intent == "extension_request" and bound.finding.statutory:
        return "这是法定期限，本提示不能延长；您的请求已转案管专员，延长须依法办理手续。"
    if bound.intent == "commitment" and bound.value:
        return f"{value_words(bound.value)}再提示您；期限照常计算。"
    return _NEXT_STEP.get(bound.intent, "")


def confirmation(
    tx: Transaction,
    person: Person,
    bound: Sequence[Bound],
    answers: Sequence[Answer],
    *,
    entry: str,
    names: bool,
) -> tuple[str, tell.Rows]:
    """Write what was recorded, with its ledger number and a way to take it back."""
    leads = [one for one in bound if not one.follows]
    said = "；".join(sentence(one, names=names, numbers=_numbers(one, bound)) for one in leads)
    steps = "".join(dict.fromkeys(next_step(one) for one in leads))
    kind = "说明" if any(one.intent != "ack" for one in leads) else "答复"
    ids = {"answers": [answer.id for answer in answers]}
    pressable = [tell.button(tx, person, "记错了，撤回", "withdraw", "answer", data=ids)]
    if any(one.field or one.value for one in leads):
        right = tell.button(tx, person, "记录无误", "confirm_answer", "answer", data=ids)
        pressable.insert(0, right)
    return (
        f"已记录您的{kind}（流水第 {entry} 号）：{said}。\n{steps}".rstrip(),
        tell.rows(pressable),
    )


def _numbers(lead: Bound, bound: Sequence[Bound]) -> str:
    """Return the numbers of a claim's item, as far as they were recorded with it."""
    item = (lead.finding.case_no, lead.finding.item)
    others = [
        one.finding.number
        for one in bound
        if one.follows and (one.finding.case_no, one.finding.item) == item
    ]
    return "、".join([lead.finding.number, *others])
