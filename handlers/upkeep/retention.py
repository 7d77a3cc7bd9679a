"""按期清除: what is over the office's own term is erased on the first working day of a month."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

from handlers import tell
from knowledge.errors import UserFacingError
from storage import people, retention

if TYPE_CHECKING:
    from datetime import date

    from handlers.desk import Desk
    from storage.retention import Overdue
    from storage.transaction import Transaction

LEAST_YEARS = 1


class TooEarlyError(UserFacingError):
    """Texts were to be erased that are not a year old."""

    def __init__(self, before: date) -> None:
        super().__init__(
            f"清除日期 {before} 距今不满 {LEAST_YEARS} 年，在办案件的记录可能还要用。请写更早的日期"
        )


def erase_what_is_over(tx: Transaction, desk: Desk) -> None:
    """Erase by the office's own term (内部要求), once a month; without a term nothing is erased."""
    years = desk.manners.keep_texts_years
    if years is None or not _is_first_workday(tx, desk):
        return
    day = years_before(tx.now.date(), years)
    done = erase(tx, day, reason=f"保管满{years}年", actor="system")
    for officer in () if done.nothing else people.with_role(tx.session, desk.office, "officer"):
        text = f"{in_words(done)}（保管满 {years} 年，内部要求）。流水和归档文书不受影响。"
        key = f"retention:{desk.office}:{tx.now.date()}:{officer.id}"
        tell.say(tx, officer, "system", text, key=key)


def erase(tx: Transaction, before: date, *, reason: str, actor: str) -> Overdue:
    """Erase what is older than a day.

    Raises:
        TooEarlyError: the day is less than a year ago.
    """
    return retention.erase(tx, moment(tx, before), reason=reason, actor=actor)


def moment(tx: Transaction, before: date) -> datetime:
    """Return the moment a day begins.

    Raises:
        TooEarlyError: the day is less than a year ago.
    """
    if before > years_before(tx.now.date(), LEAST_YEARS):
        raise TooEarlyError(before)
    return datetime.combine(before, time(), tx.now.tzinfo)


def in_words(done: Overdue) -> str:
    """Say what was erased."""
    return (
        f"已按期清除个人文字 {done.texts} 段、来信原文 {done.updates} 条、"
        f"消息原文 {done.messages} 条"
    )


def years_before(day: date, years: int) -> date:
    """Return the same day so many years earlier; the last of February where it was the 29th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def _is_first_workday(tx: Transaction, desk: Desk) -> bool:
    today = tx.now.date()
    return desk.calendar.next_workday(today.replace(day=1)) == today
