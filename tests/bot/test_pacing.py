from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pacing import Pace

ZHOU, WU, GROUP = ("telegram", "101"), ("telegram", "102"), ("telegram", "-1001")


class Seconds:
    def __init__(self) -> None:
        self.passed = 1000.0

    def __call__(self) -> float:
        return self.passed


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def pace(seconds: Seconds) -> Pace:
    return Pace(monotonic=seconds)


def test_three_at_once_then_one_a_second(pace: Pace, seconds: Seconds) -> None:
    left_at = []
    for _ in range(60):
        if ZHOU not in pace.waiting():
            pace.note(ZHOU, is_group=False)
            left_at.append(seconds.passed - 1000.0)
        seconds.passed += 0.125

    assert left_at == [0.0, 0.125, 0.25, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0]


def test_another_chat_does_not_wait(pace: Pace) -> None:
    for _ in range(3):
        pace.note(ZHOU, is_group=False)

    assert pace.waiting() == {ZHOU}


def test_a_group_gets_eighteen_in_any_minute(pace: Pace, seconds: Seconds) -> None:
    left_at = []
    for _ in range(200):
        if GROUP not in pace.waiting():
            pace.note(GROUP, is_group=True)
            left_at.append(seconds.passed)
        seconds.passed += 1.0

    most = max(sum(start <= one < start + 60 for one in left_at) for start in left_at)
    assert most == 18


def test_twenty_five_a_second_in_all(pace: Pace, seconds: Seconds) -> None:
    for number in range(25):
        pace.note(("telegram", str(number)), is_group=False)

    assert pace.room() == 0
    seconds.passed += 1.0
    assert pace.room() == 25


def test_a_parked_chat_waits_alone_and_as_long_as_asked(pace: Pace, seconds: Seconds) -> None:
    pace.park(WU, 30.0)
    seconds.passed += 29.9
    assert pace.waiting() == {WU}

    seconds.passed += 0.2
    assert pace.waiting() == set()


def test_nothing_but_a_parked_chat_waits_while_a_clock_leaps(pace: Pace) -> None:
    pace.park(WU, 30.0)
    with pace.suspended():
        for _ in range(30):
            pace.note(ZHOU, is_group=False)
        assert (pace.waiting(), pace.room()) == ({WU}, 25)

    assert pace.waiting() == {WU}


@given(st.lists(st.floats(min_value=0.0, max_value=3.0), max_size=60))
def test_no_stretch_of_time_holds_more_than_the_burst_and_one_a_second(rests: list[float]) -> None:
    seconds = Seconds()
    pace = Pace(monotonic=seconds)
    left_at: list[float] = []
    for rest in rests:
        seconds.passed += rest
        if ZHOU not in pace.waiting():
            pace.note(ZHOU, is_group=False)
            left_at.append(seconds.passed)

    for first, start in enumerate(left_at):
        for last in range(first, len(left_at)):
            assert last - first + 1 <= 3 + (left_at[last] - start) + 1e-6
