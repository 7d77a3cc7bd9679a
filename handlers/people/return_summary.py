"""What happened while somebody was away: told him on the first working morning he is back."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from handlers import tell
from handlers.answers import answer_context
from handlers.findings import items, states
from handlers.people.delegation_checks import days_words
from handlers.registers.act_words import ACT_WORDS
from knowledge import chinese
from storage import answers as answers_table
from storage import delegations as table
from storage import findings as findings_table
from storage import notices, people, stood_in

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from typing import Any

    from handlers.desk import Desk
    from storage.models.delegations import Delegation
    from storage.models.findings import Finding
    from storage.models.people import Person
    from storage.transaction import Transaction

NEAR_DAYS = 7
MOST = 12
TOLD = (
    *("notice_received", "notice_signed", "feedback_put", "feedback_signed"),
    *("notice_drafted", "notice_approved", "notice_returned", "notice_voided"),
    *("notice_instructed", "notice_delivered", "feedback_reviewed"),
    *("objection_kept_up", "objection_decided", "outcome_decided", "oral_prompt"),
    *("report_checked", "report_signed", "report_returned", "clue_received", "clue_settled"),
)
"""Acts of stand-ins that the principal hears of beside the answers."""


def morning(tx: Transaction, desk: Desk, data: Mapping[str, Any]) -> None:
    """Tell somebody on the morning of his return, unless he is away again or was told."""
    person = people.by_id(tx.session, int(data["person"]))
    if person is None or _is_away(tx, person):
        return
    tell_now(tx, desk, person.id)


def tell_now(tx: Transaction, desk: Desk, person_id: int) -> None:
    """Tell what came, who answered what, what is open, and which terms end soon; once a leave."""
    person = people.by_id(tx.session, person_id)
    absences = [one for one in table.not_told(tx.session, person_id) if one.first <= tx.now.date()]
    days = table.days_of(absences)
    if person is None or days is None:
        return
    # who comes back early was away until today, not as long as was arranged
    days = days[0], min(days[1], tx.now.date())
    text, numbers = _text(tx, desk, person, absences, days)
    for one in absences:
        one.told_at = tx.now
    table.changed(tx)
    tx.record(
        "return_summed_up",
        f"person:{person.id}",
        actor="system",
        data={"first": days[0], "last": days[1], "findings": numbers},
    )
    mine = tell.button(tx, person, "/我的", "command", "command", data={"text": "/我的"})
    tell.say(tx, person, "system", text, buttons=((mine,),), subjects=numbers)


def _text(
    tx: Transaction,
    desk: Desk,
    person: Person,
    absences: Sequence[Delegation],
    days: tuple[date, date],
) -> tuple[str, list[str]]:
    today = tx.now.date()
    own = [
        one
        for one in answer_context.own_of(tx.session, desk.office, person)
        if one.released_at is not None
    ]
    came = [one for one in own if one.told_at is not None and one.told_at.date() >= days[0]]
    names = list(dict.fromkeys(_name(tx, one.stand_in_id) for one in absences))
    lines = [
        f"{person.name}，您{days_words(*days)}不在，由{'、'.join(names)}代理。其间：",
        _listed("新提示", came),
        *_answered(tx, desk, absences, days[0]),
        *_done(tx, person, days[0]),
        _listed("现有未销号", own),
        *_near(own, today),
    ]
    return "\n".join(line for line in lines if line), [one.number for one in own][:MOST]


def _listed(words: str, found: Sequence[Finding]) -> str:
    if not found:
        return f"{words} 0 条。"
    numbers = "、".join(one.number for one in found[:MOST])
    more = " 等" if len(found) > MOST else ""
    return f"{words} {len(found)} 条：{numbers}{more}。"


def _answered(
    tx: Transaction, desk: Desk, absences: Sequence[Delegation], first: date
) -> list[str]:
    """Say what the stand-ins answered, item by item."""
    stand_ins = {one.stand_in_id for one in absences}
    principal = absences[0].principal_id
    since = datetime.combine(first, time(), tx.now.tzinfo)
    found = answers_table.acted_for(tx.session, principal, stand_ins, since)
    numbers = {
        one.id: one.number
        for one in findings_table.with_ids(
            tx.session, [answer.finding_id for answer in found if answer.finding_id]
        )
        if one.office == desk.office
    }
    lines = [
        f"{chinese.month_day(one.said_at.date())} {_name(tx, one.person_id)}代您答复"
        f" {numbers[one.finding_id]}：{states.INTENT_WORDS[one.intent]}"  # type: ignore[index]
        for one in found
        if one.finding_id in numbers
    ]
    return lines[-MOST:]


def _done(tx: Transaction, person: Person, first: date) -> list[str]:
    """Say what the stand-ins signed, approved or decided, each thing once."""
    since = datetime.combine(first, time(), tx.now.tzinfo)
    lines = [
        f"{chinese.month_day(datetime.fromisoformat(one['moment']).date())}"
        f" {_name(tx, int(one['actor'].removeprefix('person:')))}代您"
        f"{ACT_WORDS[one['act']]}{_about(tx, one['object'])}"
        for one in stood_in.entries(tx.session, person.id, TOLD, since)
    ]
    said = list(dict.fromkeys(lines))
    more = [f"代办 {len(said)} 项，最近的 {MOST} 项："] if len(said) > MOST else []
    return [*more, *said[-MOST:]]


def _about(tx: Transaction, object_: str) -> str:
    kind, _, name = object_.partition(":")
    if kind == "notice":
        notice = notices.look(tx.session, int(name))
        return f"（{notice.number or f'草稿 {notice.id} 号'}）" if notice else ""
    return f" {name}" if kind == "finding" else ""


def _near(own: Sequence[Finding], today: date) -> list[str]:
    until = today + timedelta(days=NEAR_DAYS)
    near = [
        one for one in own if items.is_open_term(one) and one.due is not None and one.due <= until
    ]
    return [
        f"{one.number} {chinese.month_day(one.due)}届满{'（已届满）' if one.due < today else ''}"
        for one in sorted(near, key=lambda each: each.due or today)[:MOST]
        if one.due is not None
    ]


def _is_away(tx: Transaction, person: Person) -> bool:
    today = tx.now.date()
    return any(
        one.principal_id == person.id and one.scope == "all" and one.first <= today
        for one in table.in_force(tx.session, person.office, today)
    )


def _name(tx: Transaction, person_id: int) -> str:
    person = people.by_id(tx.session, person_id)
    return person.name if person else "代理人"
