"""The choices of a campaign before it starts: rules, case types, time, sample; all by buttons."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from handlers.campaigns import campaign_draw, campaigns
from handlers.findings import rule_sets
from knowledge.errors import UserFacingError
from knowledge.monitoring.plan import FREE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.desk import Desk
    from storage.models.campaigns import Campaign
    from storage.transaction import Transaction

Step = Literal["rules", "types", "time", "size", "rectify", "preview"]
SIZES = (10, 20, 40, 100)
SHARE = 10
"""Percent that can be drawn with one tap."""
LEAST_SHARE = 5
"""A share of fewer cases says nothing and is not offered."""
RECTIFY_DAYS = (7, 15, 30)
RANGES = ("本月", "上月", "本季度", "上季度", "今年", "去年", "不限时间")
_SPAN = re.compile(
    r"(?P<a>\d{4})[-年./](?P<b>\d{1,2})[-月./](?P<c>\d{1,2})日?\s*(?:至|到|—|-|~)+\s*"
    r"(?P<d>\d{4})[-年./](?P<e>\d{1,2})[-月./](?P<f>\d{1,2})日?"
)


class TypedRangeError(UserFacingError):
    """The range of days that was typed cannot be read."""

    def __init__(self) -> None:
        super().__init__("没有读出起止日期，请写成 2026-01-01 至 2026-03-31")


class TypedSizeError(UserFacingError):
    """The number of cases that was typed cannot be read."""

    def __init__(self, most: int) -> None:
        super().__init__(f"请写 1 到 {most} 之间的整数")


def range_of(word: str, today: date) -> tuple[date | None, date | None]:
    """Return first and last day of a range, None where it is open."""
    month, year = today.replace(day=1), date(today.year, 1, 1)
    quarter = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    found = {
        "本月": (month, _before(_month_after(month))),
        "上月": (_before(month).replace(day=1), _before(month)),
        "本季度": (quarter, _before(_quarter_after(quarter))),
        "上季度": (_quarter_before(quarter), _before(quarter)),
        "今年": (year, date(today.year, 12, 31)),
        "去年": (date(today.year - 1, 1, 1), _before(year)),
    }
    return found.get(word, (None, None))


def _before(day: date) -> date:
    return day - timedelta(days=1)


def _month_after(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def _quarter_after(first: date) -> date:
    return (first + timedelta(days=93)).replace(day=1)


def _quarter_before(first: date) -> date:
    last = _before(first)
    return date(last.year, last.month - 2, 1)


def typed_range(text: str) -> tuple[date, date]:
    """Read a range of days.

    Raises:
        TypedRangeError: there is none in the text, or it ends before it begins.
    """
    match = _SPAN.search(text)
    if match is None:
        raise TypedRangeError
    try:
        first = date(int(match["a"]), int(match["b"]), int(match["c"]))
        last = date(int(match["d"]), int(match["e"]), int(match["f"]))
    except ValueError as error:
        raise TypedRangeError from error
    if last < first:
        raise TypedRangeError
    return first, last


def typed_size(text: str, most: int) -> int:
    """Read how many cases to draw.

    Raises:
        TypedSizeError: it is no number within what there is.
    """
    digits = re.sub(r"\D", "", text)
    if not digits or not 1 <= int(digits) <= most:
        raise TypedSizeError(most)
    return int(digits)


def sizes(population: int) -> list[tuple[str, int | None]]:
    """Return the samples to choose from: all, some, a share; only smaller ones than all."""
    share = population * SHARE // 100
    found: list[tuple[str, int | None]] = [(f"全部 {population} 件", None)]
    found += [(f"抽 {size} 件", size) for size in SIZES if size < population]
    if share >= LEAST_SHARE:
        found.append((f"抽 {SHARE}%（{share} 件）", share))
    return found


def range_words(campaign: Campaign) -> str:
    """Say which days a campaign looks at."""
    if campaign.first is None and campaign.last is None:
        return "不限时间"
    first = _words(campaign.first) if campaign.first else "此前"
    last = _words(campaign.last) if campaign.last else "今"
    return f"{first}至{last}{campaign.basis}"


def _words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def toggle(chosen: Sequence[str], values: Sequence[str]) -> list[str]:
    """Take values in, or out where all of them are in already; the order is kept."""
    if set(values) <= set(chosen):
        return [one for one in chosen if one not in values]
    return [*chosen, *(one for one in values if one not in chosen)]


def groups(desk: Desk) -> dict[str, list[str]]:
    """Return the rules there are to choose from, by group, those that are off too."""
    found: dict[str, list[str]] = {}
    for rule in rule_sets.known(desk).values():
        found.setdefault(rule.group, []).append(rule.id)
    return found


def title_of_free(desk: Desk, campaign: Campaign) -> str:
    """Name a campaign of chosen rules after them."""
    known = rule_sets.known(desk)
    rules = [known[one] for one in campaign.rules if one in known]
    if len(rules) == 1:
        return rules[0].title
    named = list(dict.fromkeys(rule.group for rule in rules))
    return "、".join(named[:3]) or campaigns.FREE_TITLE


def first_step(campaign: Campaign) -> Step:
    """Return what is chosen first: the rules, where they are not given."""
    return "rules" if campaign.kind == FREE and not campaign.rules else "types"


def set_size(tx: Transaction, campaign: Campaign, size: int | None) -> None:
    """Take all or draw so many; the seed is fixed now and kept."""
    campaign.sample = size
    campaign.seed = campaign_draw.seed_for(tx, campaign) if size is not None else None
