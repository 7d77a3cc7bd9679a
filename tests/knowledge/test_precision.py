from __future__ import annotations

import pytest

from knowledge.precision import Measure, Precision


# worked out by hand from the formula; 0 of 10 is z² ÷ (10 + z²)
@pytest.mark.parametrize(
    ("confirmed", "dropped", "low", "high"),
    [(0, 10, 0.0, 0.2775), (10, 0, 0.7225, 1.0), (5, 5, 0.2366, 0.7634), (1, 9, 0.0179, 0.4042)],
)
def test_the_interval_is_wilsons(confirmed: int, dropped: int, low: float, high: float) -> None:
    assert Precision(confirmed, dropped).interval() == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("confirmed", "dropped", "low"),
    [(1, 9, True), (2, 8, False), (0, 9, False), (10, 30, True), (0, 10, True)],
)
def test_only_a_surely_low_rule_is_too_low(confirmed: int, dropped: int, *, low: bool) -> None:
    assert Precision(confirmed, dropped).is_too_low(Measure()) is low


def test_the_office_sets_floor_and_least_number() -> None:
    found = Precision(0, 5)
    assert found.is_too_low(Measure(floor=0.5, least_decisions=5))
    assert not found.is_too_low(Measure(floor=0.3, least_decisions=5))
