from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from knowledge.rules.faults import RuleFileError
from knowledge.rules.loader import load_catalogue
from tests.support.rule_cards import card, check, patrolled

if TYPE_CHECKING:
    from knowledge.cards import Value

TODAY = date(2026, 6, 15)
BY_ID = {one.id: one for one in load_catalogue().rules}
SUPPLEMENT: dict[str, Value] = {
    "案件类别": "一审公诉案件",
    "是否在押": "否",
    "退回补充侦查日期": date(2026, 4, 10),
    "重新移送日期": None,
    "移送单位": "某市公安局",
}


def concerns(values: dict[str, Value], id_: str = "supplement-investigation-1m") -> str | None:
    [hit] = patrolled([card(values)], [BY_ID[id_]], as_of=TODAY).hits
    return hit.concerns


def test_a_duty_of_the_police_concerns_them() -> None:
    assert concerns(SUPPLEMENT) == "公安机关"


@pytest.mark.parametrize(
    "sender",
    [{"移送单位": "某市监察委员会"}, {"移送单位": "某市人民检察院"}, {"是否监察机关移送": "是"}],
)
def test_what_did_not_come_from_the_police_stays_inside(sender: dict[str, Value]) -> None:
    assert concerns(SUPPLEMENT | sender) is None


def test_an_own_investigation_stays_inside() -> None:
    own: dict[str, Value] = {
        "案件类别": "职务犯罪侦查案件",
        "逮捕执行日期": date(2026, 3, 1),
        "变更或释放日期": None,
    }
    assert concerns(own, "custody-investigation-2m") is None
    assert concerns({**own, "案件类别": "延长侦查羁押期限案件"}, "custody-investigation-2m") == (
        "公安机关"
    )


def test_a_duty_of_the_court_concerns_it() -> None:
    values: dict[str, Value] = {
        "案件类别": "一审公诉案件",
        "法院决定延期审理日期": date(2026, 1, 10),
        "法院恢复审理日期": None,
    }
    assert concerns(values, "court-adjournment-over-three-months") == "人民法院"


def test_a_duty_of_the_office_concerns_nobody_outside() -> None:
    inside = [
        one.id
        for one in BY_ID.values()
        if one.concerns is not None and one.requirement.startswith("检察院")
    ]
    assert inside == []
    assert BY_ID["prosecution-review-1m"].concerns is None
    assert BY_ID["nonarrest-still-detained"].concerns is None


def test_a_body_nobody_knows_is_refused() -> None:
    with pytest.raises(RuleFileError, match="公安机关、人民法院、看守所、办案机关"):
        check("受理日期 非空", uses="受理日期", more="concerns: 司法局")
