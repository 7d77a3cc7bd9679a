"""What of a person's findings stands in today's digest: in full, in a line, as a count."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from handlers.digest import digest_text
from handlers.findings import items
from storage import findings as findings_table
from storage import snapshots

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from handlers.desk import Desk
    from handlers.findings.items import Item
    from storage.models.findings import Finding
    from storage.transaction import Transaction


@dataclass(frozen=True)
class Moment:
    """The day a digest is for, and how old the data is.

    `opens_week`: the first working day of its week, a Monday mostly; it shows everything unanswered
    and the card entries. `day_off`: only custody terms due today or over leave.
    """

    today: date
    data_day: date | None
    stale: bool
    opens_week: bool
    day_off: bool


def moment_of(tx: Transaction, desk: Desk) -> Moment:
    """Say which day it is for the digest and whether the newest export is too old."""
    today = tx.now.date()
    newest = snapshots.newest(tx.session, desk.office)
    day = newest.day if newest else None
    monday = today - timedelta(days=today.weekday())
    off = desk.calendar.is_day_off(today)
    return Moment(
        today=today,
        data_day=day,
        stale=day is None or (today - day).days > desk.manners.max_age_days,
        opens_week=not off and desk.calendar.workday_before(today) < monday,
        day_off=off,
    )


def choose(
    tx: Transaction, desk: Desk, owned: Sequence[Finding], moment: Moment
) -> digest_text.Contents | None:
    """Choose what stands in full, in a line, as a count; None: nothing to say today."""
    answered = [one for one in owned if one.state in items.ANSWERED]
    waiting = [one for one in owned if one.state not in items.ANSWERED]
    if moment.stale:
        waiting = [one for one in waiting if items.is_open_term(one)]
    grouped = items.group(waiting, moment.today)
    full = [item for item in grouped if _stands_in_full(desk, item, moment)]
    brief = [item for item in grouped if item not in full and _takes_a_line(item, moment)]
    disputed = [one for one in answered if _stays_red(one)]
    brief += items.group(disputed, moment.today)
    answered = [one for one in answered if one not in disputed]
    speaks = [one for one in brief if one.lead not in disputed or _is_due_again(one, moment)]
    if not full and not any(items.is_open_term(item.lead) for item in speaks):
        return None
    return digest_text.Contents(
        full=tuple(full),
        brief=tuple(brief),
        answered=len(items.group(answered, moment.today)),
        closed=_closed_since(tx, desk, owned, moment),
        data_day=moment.data_day,
        stale=moment.stale,
    )


def goes_on_days_off(finding: Finding, today: date) -> bool:
    """Only custody terms due today or over are sent on days off (design, point 14)."""
    ends = [one for one in (finding.due, finding.custody_end) if one is not None]
    return items.is_open_term(finding) and finding.custody and bool(ends) and min(ends) <= today


def said_as(finding: Finding) -> str:
    """Return the fingerprint of what a digest would say of a finding, without the day."""
    text = f"{finding.hit_state}|{finding.due}|{findings_table.evidence_hash(finding.evidence)}"
    return hashlib.sha256(text.encode()).hexdigest()


def is_fresh(finding: Finding) -> bool:
    """Tell whether a finding was never shown, or says something else now than when it was."""
    return finding.shown_as != said_as(finding)


def _stands_in_full(desk: Desk, item: Item, moment: Moment) -> bool:
    return any(_speaks_today(desk, one, moment) for one in item.findings)


def _speaks_today(desk: Desk, finding: Finding, moment: Moment) -> bool:
    fresh = is_fresh(finding)
    if finding.shown_on == moment.today and not fresh:
        return False
    if items.is_past_fact(finding):
        return fresh
    acknowledged = finding.state == "acknowledged" and not fresh
    if items.is_card_entry(finding):
        weekly = desk.manners.card_entries == "weekly"
        return (moment.opens_week and not acknowledged) or (fresh and not weekly)
    if fresh or moment.day_off or (moment.opens_week and not acknowledged):
        return True
    return _is_warned_of(desk, finding, moment.today)


def _is_warned_of(desk: Desk, finding: Finding, today: date) -> bool:
    """Warn on the office's days, and on the last working day before the end (point 14)."""
    left = items.days_left(finding, today)
    if left is None or left < 0 or finding.due is None:
        return False
    last_chance = left > 0 and desk.calendar.workday_before(finding.due) == today
    return left in desk.manners.warning_days or last_chance


def _stays_red(finding: Finding) -> bool:
    """An objection brings no repeated alert, but a statutory term stays before one's eyes."""
    return finding.state == "objected" and finding.statutory and items.is_open_term(finding)


def _is_due_again(item: Item, moment: Moment) -> bool:
    """A disputed term alone makes a digest on its last day, and once a week when it is over."""
    left = items.days_left(item.lead, moment.today)
    return left is not None and (left == 0 or (left < 0 and moment.opens_week))


def _takes_a_line(item: Item, moment: Moment) -> bool:
    """An unanswered item takes a line each day, one that was acknowledged once a week."""
    return any(
        one.shown_as is not None
        and not items.is_past_fact(one)
        and (one.state != "acknowledged" or moment.opens_week)
        for one in item.findings
    )


def _closed_since(tx: Transaction, desk: Desk, owned: Sequence[Finding], moment: Moment) -> int:
    names = {one.prosecutor for one in owned if one.prosecutor}
    last = max((one.shown_on for one in owned if one.shown_on), default=None)
    if not names or last is None or last >= moment.today:
        return 0
    closed = findings_table.closed_after_being_told(tx.session, desk.office, names)
    return sum(one.closed_at is not None and one.closed_at.date() > last for one in closed)
