"""Which days a demo's home was begun with: the same day again goes on, an earlier one cannot."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bot.clock import SimulatedClock, reserved_in
from knowledge.errors import UserFacingError

if TYPE_CHECKING:
    from datetime import date, datetime
    from pathlib import Path

_CLOCK, _DATES = "clock.json", "dates.json"


class EarlierDayError(UserFacingError):
    """A demo was asked to begin on a day its clock has passed."""

    def __init__(self, day: date, now: datetime) -> None:
        super().__init__(
            f"这个数据目录里的演示已到 {now:%Y-%m-%d %H:%M}，不能回到 {day}。"
            "请用 --home 指定另一个空目录，或沿用原来的日期"
        )


def clock(folder: Path, day: date, first: datetime) -> SimulatedClock:
    """Note the day a demo begins with and return its clock.

    Raises:
        EarlierDayError: the clock has passed it, and it is none of the days begun with before.
    """
    path = folder / _DATES
    known: list[str] = json.loads(path.read_text("utf-8")) if path.exists() else []
    if day.isoformat() not in known:
        now = reserved_in(folder / _CLOCK)
        if now is not None and first < now:
            raise EarlierDayError(day, now)
        folder.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(".new")
        beside.write_text(json.dumps([*known, day.isoformat()]), "utf-8")
        beside.replace(path)
    return SimulatedClock(folder / _CLOCK, first)
