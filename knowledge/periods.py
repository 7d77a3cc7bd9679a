"""Terms: how a due day comes about, with every step in words.

Basis: 刑事诉讼法 art. 105 (the day it begins does not count; a last day that is a holiday moves to
the first day after; not so in custody), 最高法《关于适用刑事诉讼法的解释》art. 202 for months.
"""

from __future__ import annotations

import calendar as month_lengths
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from knowledge import chinese
from knowledge.errors import KnowledgeError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from knowledge.calendar import Calendar


class AmountError(KnowledgeError):
    """A length of time that cannot be read."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"看不懂期限“{text}”，请写成 15日、1个月、1个月+15日、10个工作日、24小时 或 -7日"
        )


class MomentNeededError(KnowledgeError):
    """A term in hours was to be counted from a day without a time."""

    def __init__(self) -> None:
        super().__init__("按小时计算的期限需要起算时刻，例如 2026-11-20T16:30；只有日期不能计算")


@dataclass(frozen=True)
class Amount:
    """A length of time; negative days are counted back from another date."""

    months: int = 0
    days: int = 0
    workdays: int = 0
    hours: int = 0

    @classmethod
    def parse(cls, text: str) -> Amount:
        """Read 15日, 1个月+15日, 10个工作日, 24小时, -7日, 七日, 1年.

        Raises:
            AmountError: it is none of these.
        """
        total = cls()
        cleaned = re.sub(r"\s+", "", text).translate(_WIDE)
        for part in cleaned.split("+"):
            match = _PART.fullmatch(part)
            value = chinese.number(match["number"]) if match else None
            if match is None or value is None or (match["sign"] and "+" in cleaned):
                raise AmountError(text)
            signed = -value if match["sign"] else value
            total = total.plus(_of_unit(match["unit"], signed))
        if (total.hours or total.workdays) and (total.months or total.days):
            raise AmountError(text)
        return total

    def plus(self, other: Amount) -> Amount:
        """Add another length, unit by unit: extensions count from the first start."""
        return Amount(
            self.months + other.months,
            self.days + other.days,
            self.workdays + other.workdays,
            self.hours + other.hours,
        )

    def __str__(self) -> str:
        parts = [
            f"{value}{unit}"
            for value, unit in (
                (self.months, "个月"),
                (self.days, "日"),
                (self.workdays, "个工作日"),
                (self.hours, "小时"),
            )
            if value
        ]
        return "+".join(parts) or "0日"


_WIDE = str.maketrans("０１２３４５６７８９＋－", "0123456789+-")
_PART = re.compile(
    r"(?P<sign>-?)(?P<number>[0-9零一二三四五六七八九十百两]+)"
    r"(?P<unit>个工作日|工作日|日|天|个月|月|年|小时|时)"
)


def _of_unit(unit: str, value: int) -> Amount:
    if unit in {"个工作日", "工作日"}:
        return Amount(workdays=value)
    if unit in {"个月", "月"}:
        return Amount(months=value)
    if unit == "年":
        return Amount(months=12 * value)
    if unit in {"小时", "时"}:
        return Amount(hours=value)
    return Amount(days=value)


@dataclass(frozen=True)
class Suspension:
    """Days that do not count into a term, first and last included, with the reason."""

    first: date
    last: date
    reason: str


@dataclass(frozen=True)
class Period:
    """A computed term: `raw_end` before any roll over days off, `due` the last day in time.

    `certain` is False where a year's holidays are not announced; `due` is then the earlier day.
    """

    start: date | datetime
    amount: Amount
    raw_end: date | datetime
    due: date | datetime
    rolled: bool
    certain: bool
    steps: tuple[str, ...]


def compute(
    start: date | datetime,
    amount: Amount,
    *,
    calendar: Calendar,
    custody: bool | None = False,
    roll: bool = True,
    suspended: Sequence[Suspension] = (),
    recalculated_from: date | None = None,
) -> Period:
    """Compute a term.

    Args:
        start: the day (or moment) of the fact it begins with; it does not count itself.
        amount: extensions already added to it.
        calendar: working days and days off.
        custody: True or None (unknown): a last day off does not move.
        roll: False for longest durations of custody, bail and residence, which never move.
        suspended: days that do not count.
        recalculated_from: the earlier start, void now.

    Raises:
        MomentNeededError: hours from a day without a time.
    """
    steps: list[str] = []
    if recalculated_from is not None:
        steps.append(f"期限重新计算，原自{_said(recalculated_from)}起算的期限作废")
    if amount.hours:
        return _hours(start, amount, steps)
    day = start.date() if isinstance(start, datetime) else start
    if amount.workdays:
        return _workdays(day, amount, steps, calendar)
    if amount.days < 0 or amount.months < 0:
        return _back(day, amount, steps, calendar)
    steps.append(f"{_said(day)}为起算日，当日不计入")
    end = _add(day, amount, steps)
    end = _suspend(end, suspended, steps)
    return _roll(day, amount, end, steps, calendar, custody=custody, roll=roll)


def _hours(start: date | datetime, amount: Amount, steps: list[str]) -> Period:
    if not isinstance(start, datetime):
        raise MomentNeededError
    due = start + timedelta(hours=amount.hours)
    steps.append(f"自{start:%Y年%-m月%-d日%H:%M}起满{amount}，到{due:%Y年%-m月%-d日%H:%M}")
    steps.append("按小时计算的期限不因节假日顺延")
    return Period(start, amount, due, due, rolled=False, certain=True, steps=tuple(steps))


def _workdays(day: date, amount: Amount, steps: list[str], calendar: Calendar) -> Period:
    steps.append(f"{_said(day)}为起算日，当日不计入，只数工作日（调休上班日算工作日）")
    step = calendar.workday_after if amount.workdays > 0 else calendar.workday_before
    end = day
    for _ in range(abs(amount.workdays)):
        end = step(end)
    certain = _announced(calendar, day, end, steps)
    steps.append(f"第{abs(amount.workdays)}个工作日是{_said(end)}")
    return Period(day, amount, end, end, rolled=False, certain=certain, steps=tuple(steps))


def _back(day: date, amount: Amount, steps: list[str], calendar: Calendar) -> Period:
    end = add_months(day, amount.months) + timedelta(days=amount.days)
    steps.append(
        f"自{_said(day)}往前推算{str(amount).replace('-', '')}，到{_said(end)}，当日含在内"
    )
    due = end
    if calendar.is_day_off(end):
        due = calendar.workday_before(end)
        steps.append(
            f"{_said(end)}是{calendar.holiday_name(end)}，往前推算的应当提前，到{_said(due)}"
        )
    certain = _announced(calendar, due, end, steps)
    return Period(day, amount, end, due, rolled=due != end, certain=certain, steps=tuple(steps))


def _add(day: date, amount: Amount, steps: list[str]) -> date:
    end = day
    if amount.months:
        end = add_months(day, amount.months)
        why = ""
        if end.day != day.day:
            is_last = day.day == _length(day)
            why = (
                "（起算日是当月最后一日，到该月最后一日）"
                if is_last
                else "（该月没有同日，到最后一日）"
            )
        steps.append(f"{amount.months}个月到{_said(end)}{why}")
    if amount.days:
        end += timedelta(days=amount.days)
        steps.append(f"{'再加' if amount.months else ''}{amount.days}日，到{_said(end)}")
    return end


def _suspend(end: date, suspended: Iterable[Suspension], steps: list[str]) -> date:
    for pause in suspended:
        days = (pause.last - pause.first).days + 1
        end += timedelta(days=days)
        steps.append(
            f"{_said(pause.first)}至{_said(pause.last)}因{pause.reason}不计入，顺推{days}日，"
            f"到{_said(end)}"
        )
    return end


def _roll(
    day: date,
    amount: Amount,
    end: date,
    steps: list[str],
    calendar: Calendar,
    *,
    custody: bool | None,
    roll: bool,
) -> Period:
    due, certain = end, True
    if not roll:
        steps.append("该期限是最长时间，不因节假日顺延")
    elif custody is None:
        steps.append("在押情况不明，未顺延")
    elif custody:
        steps.append("在押期间到期之日为止，不因节假日顺延")
    else:
        certain = _announced(calendar, end, end, steps)
        if certain and calendar.is_day_off(end):
            rolled_to = calendar.next_workday(end)
            certain = _announced(calendar, rolled_to, rolled_to, steps)
            if certain:
                due = rolled_to
                steps.append(
                    f"{_said(end)}是{calendar.holiday_name(end)}，顺延到之后第一个工作日{_said(due)}"
                )
    steps.append(f"届满日：{_said(due)}（当日仍在期限内）")
    return Period(day, amount, end, due, rolled=due != end, certain=certain, steps=tuple(steps))


def _announced(calendar: Calendar, first: date, last: date, steps: list[str]) -> bool:
    years = [
        year
        for year in range(min(first, last).year, max(first, last).year + 1)
        if not calendar.is_announced(year)
    ]
    if years:
        steps.append(f"{years[0]}年放假安排尚未公布，未作顺延，待公布后更新")
    return not years


def add_months(day: date, months: int) -> date:
    """Add months: the same day, the last day for a last day, the last day where there is none."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    last = month_lengths.monthrange(year, month + 1)[1]
    is_last = day.day == _length(day)
    return date(year, month + 1, last if is_last else min(day.day, last))


def _length(day: date) -> int:
    return month_lengths.monthrange(day.year, day.month)[1]


def _said(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日（{chinese.weekday(day)}）"
