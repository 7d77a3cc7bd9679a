from __future__ import annotations

import hashlib
from datetime import date
from typing import TYPE_CHECKING

from handlers.campaigns.campaign_draw import sampled
from tests.support.campaign_desk import (
    listed,
    started,
)
from tests.support.monitored_cases import prosecution
from tests.support.office_cards import case_no

if TYPE_CHECKING:
    from tests.support.office_desk import OfficeAtWork
    from tests.support.office_phones import Phone


def test_a_sample_is_drawn_by_a_seed_that_anybody_can_repeat(
    office: OfficeAtWork, campaign_officer: Phone
) -> None:
    many = [prosecution(n, 收到判决裁定日期=date(2026, 5, 1)) for n in range(1, 31)]
    office.export(cards=many)
    started(campaign_officer, "裁判文书审查", "下一步", "不限时间", "抽 10 件")
    data = office.acts("campaign_started")[0]["data"]
    assert (data["population"], data["drawn"], data["seed"]) == (30, 10, "20260615083000-1")
    numbers = sorted(one.case_no for one in many)
    assert data["population_hash"] == hashlib.sha256("\n".join(numbers).encode()).hexdigest()[:16]
    by_hand = sorted(
        numbers, key=lambda no: hashlib.sha256(f"{data['seed']}:{no}".encode()).hexdigest()
    )[:10]
    assert [no for no, _ in listed(office)] == sorted(by_hand)


def test_another_seed_draws_other_cases_and_all_is_all() -> None:
    numbers = [case_no(n) for n in range(200)]
    one, other = sampled(numbers, "a", 20), sampled(numbers, "b", 20)
    assert one != other
    assert sampled(numbers, "a", 20) == one
    assert sampled(numbers, None, None) == sampled(numbers, "a", 200) == tuple(numbers)


def test_every_case_is_drawn_as_often_as_any_other() -> None:
    numbers = [case_no(n) for n in range(40)]
    counts = dict.fromkeys(numbers, 0)
    for seed in range(2000):
        for one in sampled(numbers, str(seed), 10):
            counts[one] += 1
    # 500 expected, standard deviation 19.4
    assert all(400 < many < 600 for many in counts.values())
