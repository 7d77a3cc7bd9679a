from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.clock import ZONE, ClockBackwardsError, SimulatedClock, SystemClock

if TYPE_CHECKING:
    from pathlib import Path

FIRST = datetime(2026, 6, 15, 8, 29, 50, tzinfo=ZONE)


class Seconds:
    def __init__(self) -> None:
        self.passed = 1000.0

    def __call__(self) -> float:
        return self.passed


def test_it_runs_at_the_pace_of_the_real_one(tmp_path: Path) -> None:
    seconds = Seconds()
    clock = SimulatedClock(tmp_path / "clock.json", FIRST, monotonic=seconds)

    seconds.passed += 90

    assert clock.now() == FIRST + timedelta(seconds=90)


def test_it_is_moved_forward_and_runs_on(tmp_path: Path) -> None:
    seconds = Seconds()
    clock = SimulatedClock(tmp_path / "clock.json", FIRST, monotonic=seconds)
    tomorrow = FIRST + timedelta(days=1)

    clock.move_to(tomorrow)
    seconds.passed += 5

    assert clock.now() == tomorrow + timedelta(seconds=5)


def test_it_is_never_moved_back(tmp_path: Path) -> None:
    clock = SimulatedClock(tmp_path / "clock.json", FIRST)

    with pytest.raises(ClockBackwardsError):
        clock.move_to(FIRST - timedelta(seconds=1))


@pytest.mark.parametrize("passed", [0.0, 0.5, 1.99, 2.0, 2.01, 700.0])
def test_the_next_process_never_tells_an_earlier_moment(tmp_path: Path, passed: float) -> None:
    seconds = Seconds()
    first = SimulatedClock(tmp_path / "clock.json", FIRST, monotonic=seconds)
    first.now()
    seconds.passed += passed
    last_told = first.now()

    second = SimulatedClock(tmp_path / "clock.json", FIRST)

    assert timedelta() <= second.now() - last_told < timedelta(seconds=3)


def test_a_later_beginning_wins_over_what_was_kept(tmp_path: Path) -> None:
    SimulatedClock(tmp_path / "clock.json", FIRST).now()
    later = FIRST + timedelta(days=7)

    assert SimulatedClock(tmp_path / "clock.json", later).now() >= later


def test_a_damaged_file_counts_as_none(tmp_path: Path) -> None:
    (tmp_path / "clock.json").write_text("{", encoding="utf-8")

    assert SimulatedClock(tmp_path / "clock.json", FIRST).now().date() == FIRST.date()


def test_the_machines_clock_tells_the_zone() -> None:
    assert SystemClock().now().tzinfo is ZONE
