"""口头提示 A05 电话: an oral prompt in one line, now or after the fact; the month's end."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from handlers import tell
from handlers.people.addressees import officers
from handlers.prompts import late_reasons, prompt_presses, prompts
from storage import findings as findings_table
from storage import prompts as prompts_table

if TYPE_CHECKING:
    from datetime import datetime

    from handlers.desk import Desk
    from handlers.incoming import Edited, Said
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
    late_reasons.decide(tx, person, event.origin, finding, "oral")


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
