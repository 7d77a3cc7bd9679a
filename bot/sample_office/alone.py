"""The sandbox without a bot of ours: people and a group for any other client."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sample_office import dates, opening
from bot.sandbox.server import Sandbox, SandboxPerson
from handlers.desk import Manners
from knowledge.calendar import Calendar

if TYPE_CHECKING:
    from datetime import date, datetime
    from pathlib import Path

    from bot.clock import SimulatedClock

PEOPLE = (
    SandboxPerson(10_001, "周岚", "prosecutor"),
    SandboxPerson(10_002, "苗青", "assistant"),
    SandboxPerson(10_003, "钟敏", "officer"),
)
GROUP = "案管工作群"


class _FreeClock:
    """A clock that is moved without anything being due."""

    def __init__(self, clock: SimulatedClock) -> None:
        self._clock = clock

    def now(self) -> datetime:
        """Return the aware moment it is."""
        return self._clock.now()

    async def advance(self, target: datetime) -> None:
        """Go to a moment."""
        if target > self._clock.now():
            self._clock.move_to(target)


def sandbox_alone(folder: Path, day: date) -> Sandbox:
    """Return a sandbox for another client, its clock in the morning of a day.

    Raises:
        EarlierDayError: the clock has passed the day.
    """
    calendar = Calendar()
    first = opening.first_moment(calendar, day, Manners().digest_time)
    clock = dates.clock(folder, day, first)
    return Sandbox(
        folder,
        _FreeClock(clock),
        people=PEOPLE,
        groups=[GROUP],
        next_workday=calendar.next_workday,
    )
