from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from handlers.monitoring.monitoring_policy import MonitoringPolicy
from tests.support.campaign_desk import (
    press_all,
)
from tests.support.monitored_cases import arrest, morning, said
from tests.support.office_cards import MONDAY, days, hit

if TYPE_CHECKING:
    from tests.support.office_desk import OfficeAtWork
    from tests.support.office_phones import Phone


def test_a_problem_that_recurs_brings_a_proposal_once_a_month(
    office: OfficeAtWork, campaign_officer: Phone
) -> None:
    many = [arrest(n) for n in range(60, 65)]
    office.export(
        *(
            hit(one, "accepted-after-closed", state="overdue", title="受理日期晚于审结")
            for one in many
        ),
        cards=many,
    )
    morning(office)
    offer = said(campaign_officer, "本月")
    assert (
        offer.text
        == "本月“受理日期晚于审结、办结或完成日期”已出现 5 条问题，建议开展专项监控（内部要求）。"
    )
    assert list(offer.buttons) == ["开展专项", "不开展"]
    office.at(MONDAY + days(1))
    morning(office)
    assert len(office.acts("campaign_proposed")) == 1
    campaign_officer.press("开展专项", offer)
    assert "选案件类别" in offer.text
    assert "受理日期晚于审结、办结或完成日期" in offer.text
    [decided] = office.acts("campaign_proposal_decided")
    assert decided["data"]["decided"] == "started"


def recurring(office: OfficeAtWork, count: int) -> None:
    many = [arrest(n) for n in range(60, 60 + count)]
    office.export(*(hit(one, "accepted-after-closed", state="overdue") for one in many), cards=many)


def test_a_proposal_that_was_declined_is_declined_for_all(
    office: OfficeAtWork, campaign_officer: Phone
) -> None:
    recurring(office, 5)
    morning(office)
    offer = said(campaign_officer, "本月")
    token = offer.buttons["开展专项"]
    assert campaign_officer.press("不开展", offer) == "已记录：不开展"
    assert campaign_officer.press_token(token, offer) == "已决定不开展"
    office.at(date(2026, 7, 1))
    assert campaign_officer.press_token(token, offer) == "这条建议是上月的，请发送 /专项 新建"


@pytest.mark.parametrize(("least", "count"), [(5, 4), (0, 9)])
def test_too_few_or_switched_off_brings_none(
    office: OfficeAtWork, campaign_officer: Phone, least: int, count: int
) -> None:
    office.desk = replace(office.desk, monitoring=MonitoringPolicy(recurring=least))
    recurring(office, count)
    morning(office)
    assert [one for one in campaign_officer.texts if one.startswith("本月“")] == []


def test_what_was_dropped_or_waits_is_no_recurring_problem(
    office: OfficeAtWork, campaign_officer: Phone
) -> None:
    recurring(office, 5)
    campaign_officer.say("/处理 A01")
    press_all(campaign_officer, "不属问题", "客观原因")
    morning(office)
    assert office.acts("campaign_proposed") == []
