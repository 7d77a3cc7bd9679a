"""The reply's clock: ten days from receipt, its steps in words, and when somebody is reminded."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from knowledge import ladders, periods
from knowledge.periods import Amount

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, time

    from handlers.notices.notice_policy import NoticePolicy
    from knowledge.calendar import Calendar
    from knowledge.ladders import Rung
    from knowledge.periods import Period

NOT_ROLLED = "本院口径：按自然日计算，末日遇节假日不顺延"
ROLLED = "本院口径：按自然日计算，末日遇节假日顺延"
WORKDAYS = "本院口径：按工作日计算"
BASIS = "《刑诉规则》第665条第3款：自收到之日起十日以内书面回复"


def reply_period(received: date, policy: NoticePolicy, calendar: Calendar) -> Period:
    """Compute the last day of the written reply, each step in words."""
    if policy.reply_unit == "workdays":
        amount, manner = Amount(workdays=policy.reply_days), WORKDAYS
    else:
        amount = Amount(days=policy.reply_days)
        manner = ROLLED if policy.roll else NOT_ROLLED
    found = periods.compute(received, amount, calendar=calendar, roll=policy.roll)
    # the library's sentence speaks of longest durations of custody
    steps = [one for one in found.steps if "最长时间" not in one]
    return replace(found, steps=(BASIS, manner, *steps))


@dataclass(frozen=True)
class Reminder:
    """A rung of the ladder with its moment."""

    rung: Rung
    at: datetime


def reminders(
    due: date, calendar: Calendar, at_time: time, policy: NoticePolicy, after: datetime
) -> Iterator[Reminder]:
    """Return the reminders of a reply that is due on a day, those in the past left out.

    One that falls on a day off goes on the last working day before, after the end on the next one;
    two that meet on one day are one reminder, for everybody whom either names.
    """
    met: dict[datetime, Rung] = {}
    for rung in ladders.load():
        day = due - timedelta(days=rung.left)
        if calendar.is_day_off(day):
            day = calendar.workday_before(day) if rung.left >= 0 else calendar.next_workday(day)
        at = outside_quiet_hours(_at(day, at_time, after), policy, calendar)
        if at > after:
            met[at] = _joined(met.get(at), rung)
    for at, rung in sorted(met.items(), key=lambda pair: pair[0]):
        yield Reminder(rung, at)


def _joined(before: Rung | None, rung: Rung) -> Rung:
    if before is None:
        return rung
    to = tuple(dict.fromkeys((*before.to, *rung.to)))
    return replace(rung, to=to, chief_if_grave=before.chief_if_grave or rung.chief_if_grave)


def outside_quiet_hours(moment: datetime, policy: NoticePolicy, calendar: Calendar) -> datetime:
    """Return the first moment from a moment on when somebody may be reminded."""
    day, clock = moment.date(), moment.time()
    if calendar.is_day_off(day):
        return _at(calendar.next_workday(day), policy.quiet_until, moment)
    if policy.quiet_from <= clock:
        return _at(calendar.workday_after(day), policy.quiet_until, moment)
    if clock < policy.quiet_until:
        return _at(day, policy.quiet_until, moment)
    return moment


def _at(day: date, clock: time, moment: datetime) -> datetime:
    return datetime.combine(day, clock, tzinfo=moment.tzinfo)


def snoozed(moment: datetime, at_time: time, calendar: Calendar) -> datetime:
    """Return when a snoozed reminder comes again: on the next working day, never later."""
    return _at(calendar.workday_after(moment.date()), at_time, moment)
