"""口头提示 A05 电话: an oral prompt in one line, now or after the fact; the month's end."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from handlers import tell
from handlers.people.addressees import officers
from handlers.prompts import prompt_presses, prompts
from handlers.redraw import redraw
from handlers.review import outcomes
from handlers.review.outcomes import REASONS, WORDS
from storage import findings as findings_table
from storage import outcomes as outcomes_table
from storage import prompts as prompts_table

if TYPE_CHECKING:
    from datetime import datetime

    from handlers.desk import Desk
    from handlers.incoming import Edited, Said
    from handlers.press import Press
    from handlers.review.outcomes import Decision
    from storage.models.findings import Finding
    from storage.models.people import Person
    from storage.transaction import Transaction

USAGE = (
    "请写明编号和方式，例如：口头提示 A05 电话。事后补记可加时间：口头提示 A05 当面 6月12日 15:30。"
)
NUMBER = re.compile(r"[A-Za-z]{1,3}\d{2}")
MOMENT = re.compile(
    r"(?:(?:(?P<year>\d{4})[年./-])?(?P<month>\d{1,2})[月./-](?P<day>\d{1,2})日?|(?P<word>今天|昨天|前天))"
    r"(?:\s*(?P<hour>\d{1,2})[:：点](?P<minute>\d{2})?分?)?"
)
WORD_DAYS = {"今天": 0, "昨天": 1, "前天": 2}


def command(tx: Transaction, desk: Desk, person: Person, event: Said | Edited, rest: str) -> None:
    """Record an oral prompt from one line; what is missing is asked for with buttons."""
    named = NUMBER.search(rest)
    finding = prompts.by_number(tx, desk, named[0]) if named else None
    if named is None or finding is None:
        text = USAGE if named is None else f"没有编号 {named[0].upper()} 的问题，请核对编号。"
        tell.answer(tx, event.origin, text, person=person)
        return
    if finding.state == findings_table.CLOSED:
        text = f"{finding.number} 已销号，未作登记。"
        tell.answer(tx, event.origin, text, person=person)
        return
    manner = next((one for one in prompts.MANNERS if one in rest), None)
    if manner is None:
        prompt_presses.ask_manner(tx, person, event.origin, finding)
        return
    at = moment(rest[named.end() :], tx.now)
    if at is not None and at > tx.now:
        tell.answer(tx, event.origin, "提示时间不能晚于现在，未作登记。", person=person)
        return
    prompt = prompts.record(tx, desk, person, finding, manner, at=at)
    prompt_presses.tell_record(tx, desk, person, event.origin, prompt, finding)
    decide_typed(tx, person, event, finding, "oral")


def moment(text: str, now: datetime) -> datetime | None:
    """Read the moment of a prompt that was given before; None where none is written."""
    match = MOMENT.search(text)
    if match is None:
        return None
    if match["word"]:
        day = now - timedelta(days=WORD_DAYS[match["word"]])
    else:
        try:
            day = now.replace(
                year=int(match["year"] or now.year),
                month=int(match["month"]),
                day=int(match["day"]),
            )
        except ValueError:
            return None
        if day > now and match["year"] is None and day.date() != now.date():
            day = day.replace(year=day.year - 1)
    if match["hour"] is None:
        return day
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    return day.replace(hour=hour, minute=minute) if hour < 24 and minute < 60 else None


def decide_typed(
    tx: Transaction, person: Person, event: Said | Edited, finding: Finding, decision: Decision
) -> None:
    """What was typed is the outcome; where something else was proposed, ask for the reason."""
    last = outcomes_table.last_of(tx.session, finding.id)
    if last is not None and last.decided == decision:
        return
    proposal = outcomes.propose(tx, finding)
    made = outcomes.decide(tx, finding, person, decision)
    if proposal.decision == decision:
        return
    pressable = [
        tell.button(
            tx,
            person,
            reason,
            "outcome_late_reason",
            f"finding:{finding.id}",
            data={"findings": [finding.id], "outcome": made.id, "reason": reason},
        )
        for reason in REASONS
    ]
    tell.answer(
        tx,
        event.origin,
        f"{finding.number} 建议{WORDS[proposal.decision]}，已按{WORDS[decision]}登记。请选择理由：",
        person=person,
        buttons=tell.rows(pressable, per_row=1),
        subjects=[finding.number],
    )


def press_reason(tx: Transaction, desk: Desk, press: Press) -> str:
    """Put the reason beside a decision that was typed."""
    del desk
    outcome = outcomes_table.by_id(tx.session, int(press.row.data["outcome"]))
    number = press.findings(tx)[0].number
    if outcome is None or outcome.reason is not None:
        return f"{number} 的理由已登记"
    outcome.reason = str(press.row.data["reason"])
    tx.record(
        "outcome_reason",
        f"finding:{number}",
        actor=f"person:{press.person.id}",
        data={"proposed": outcome.proposed, "decided": outcome.decided, "reason": outcome.reason},
    )
    said = f"{number} 理由：{outcome.reason}"
    redraw(tx, press, said, subjects=[number])
    return said


def remind_at_months_end(tx: Transaction, desk: Desk) -> None:
    """On the month's last working day list to the officers what lacks the tick."""
    today = tx.now.date()
    if desk.calendar.is_day_off(today) or desk.calendar.workday_after(today).month == today.month:
        return
    left = prompts_table.unregistered(tx.session, desk.office, before=tx.now)
    for officer in officers(tx.session, desk.office) if left else ():
        text, buttons = prompt_presses.list_of(tx, officer, left)
        tell.say(
            tx,
            officer,
            "system",
            f"{today.month}月底核对 · {text}",
            buttons=buttons,
            key=f"unregistered:{desk.office}:{today}:{officer.id}",
        )
