"""What a calendar of terms shows; free of the drawing library."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

TermKind = Literal["custody", "statutory", "own"]
KINDS: dict[TermKind, str] = {"custody": "在押", "statutory": "法定期限", "own": "内部要求"}
SIGNS: dict[TermKind, str] = {"custody": "■", "statutory": "●", "own": "○"}
_WEEK = "一二三四五六日"


@dataclass(frozen=True)
class TermOnDay:
    """One term that ends on a day: `label` as the reader may see the case; `certain` or not."""

    day: date
    label: str
    kind: TermKind
    certain: bool = True


@dataclass(frozen=True)
class DayOff:
    """A day off or a make-up working day (调休) with its name; `works`: people work on it."""

    day: date
    name: str
    works: bool = False


@dataclass(frozen=True)
class TermCalendar:
    """So many days from a first one, what ends on them, and which are no ordinary days."""

    title: str
    first: date
    days: int
    terms: tuple[TermOnDay, ...]
    special: tuple[DayOff, ...]

    @property
    def last(self) -> date:
        """The last day shown."""
        return self.first + timedelta(days=self.days - 1)

    def on(self, day: date) -> list[TermOnDay]:
        """Return what ends on a day, custody first."""
        order = list(KINDS)
        ending = [one for one in self.terms if one.day == day]
        return sorted(ending, key=lambda one: (order.index(one.kind), one.label))


def alternative(facts: TermCalendar) -> str:
    """Say the calendar in words, one line a day on which something ends."""
    lines = [facts.title]
    for day in sorted({one.day for one in facts.terms}):
        said = "、".join(_said(facts.on(day)))
        lines.append(f"{day.month}月{day.day}日 周{_WEEK[day.weekday()]}：{said}")
    if len(lines) == 1:
        lines.append("这些天里没有期限届满。")
    return "\n".join(lines)


def _said(terms: Iterable[TermOnDay]) -> list[str]:
    return [
        f"{SIGNS[one.kind]}{one.label}{'' if one.certain else '（放假安排未公布，按较早日期）'}"
        for one in terms
    ]
