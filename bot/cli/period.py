"""`fangyuan period`: compute a term and show every step."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING

from bot import home
from bot.local import local_at
from knowledge.errors import KnowledgeError
from knowledge.periods import Amount, compute

if TYPE_CHECKING:
    from knowledge.periods import Period


class StartError(KnowledgeError):
    """The start is no day and no moment."""

    def __init__(self, text: str) -> None:
        super().__init__(f"看不懂起算日“{text}”，请写成 2026-09-18 或 2026-11-20T16:30")


def run(start: str, amount: str, *, custody: bool, no_roll: bool, as_json: bool) -> None:
    """Compute and print."""
    calendar = local_at(home.folder()).calendar
    period = compute(
        _start(start), Amount.parse(amount), calendar=calendar, custody=custody, roll=not no_roll
    )
    print(json.dumps(_as_json(period), ensure_ascii=False) if as_json else _as_text(period))


def _start(text: str) -> date | datetime:
    try:
        return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
    except ValueError as error:
        raise StartError(text) from error


def _iso(moment: date | datetime) -> str:
    if isinstance(moment, datetime):
        return moment.isoformat(timespec="minutes")
    return moment.isoformat()


def _as_json(period: Period) -> dict[str, object]:
    return {
        "due": _iso(period.due),
        "raw_end": _iso(period.raw_end),
        "rolled": period.rolled,
        "certain": period.certain,
        "steps": list(period.steps),
    }


def _as_text(period: Period) -> str:
    certain = "" if period.certain else "（放假安排未公布，日期待更新）"
    steps = (f"{place}. {step}" for place, step in enumerate(period.steps, 1))
    return "\n".join([f"届满日 {_iso(period.due)}{certain}", *steps])
