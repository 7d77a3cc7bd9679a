from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.stand_ins import MAY_STAND_IN, Seat, chain, circle, taken_over

ROLES = (*MAY_STAND_IN, "auditor", "admin")


def seat(*roles: str, department: str = "一部") -> Seat:
    return Seat(department, frozenset(roles))


@pytest.mark.parametrize(
    ("away", "stand_in", "roles"),
    [
        (seat("prosecutor"), seat("assistant"), {"prosecutor"}),
        (seat("prosecutor", "head"), seat("assistant"), {"prosecutor"}),
        (seat("prosecutor", "head"), seat("prosecutor"), {"prosecutor", "head"}),
        (seat("head"), seat("prosecutor", department="二部"), set()),
        (seat("head"), seat("deputy", department="院领导"), {"head"}),
        (seat("chief"), seat("deputy"), {"chief"}),
        (seat("chief"), seat("officer"), set()),
        (seat("case_head"), seat("officer"), {"case_head"}),
        (seat("auditor"), seat("officer"), set()),
    ],
)
def test_who_may_take_over_what(away: Seat, stand_in: Seat, roles: set[str]) -> None:
    assert taken_over(away, stand_in) == roles


def test_the_last_of_a_chain_acts() -> None:
    assert chain(1, {1: 2, 2: 3}) == (1, 2, 3)
    assert chain(1, {2: 3}) == ()


def test_a_chain_in_a_circle_has_no_last_one() -> None:
    assert chain(1, {1: 2, 2: 3, 3: 1}) == ()
    assert circle(1, {1: 2, 2: 3, 3: 1}) == (1, 2, 3, 1)
    assert circle(1, {1: 2, 2: 3, 3: 2}) == (2, 3, 2)
    assert circle(1, {1: 2}) == ()


@given(st.dictionaries(st.integers(0, 8), st.integers(0, 8)), st.integers(0, 8))
def test_every_chain_ends_or_is_a_circle(next_of: dict[int, int], start: int) -> None:
    found = chain(start, next_of)
    assert len(set(found)) == len(found)
    if start in next_of:
        assert bool(found) is not bool(circle(start, next_of))
    if found:
        assert found[-1] not in next_of


@given(
    st.frozensets(st.sampled_from(ROLES)),
    st.frozensets(st.sampled_from(ROLES)),
    st.sampled_from(["一部", "二部"]),
)
def test_nobody_takes_over_what_the_other_does_not_have(
    away: frozenset[str], stand_in: frozenset[str], department: str
) -> None:
    found = taken_over(Seat("一部", away), Seat(department, stand_in))
    assert found <= away
    assert not found & {"auditor", "admin"}
