from __future__ import annotations

import json
from datetime import date, datetime

from knowledge.card_json import card_from, card_to
from knowledge.cards import Card

CARD = Card(
    case_no="海东检刑捕受[2027]880201000001号",
    person_no="88020120270000101",
    values={
        "受理日期": date(2027, 3, 1),
        "拘留执行时间": datetime(2027, 2, 20, 9, 15),  # noqa: DTZ001
        "办结日期": None,
        "作案时年龄": 34,
        "审结数额": 0.5,
        "案件名称": "某甲盗窃案",
    },
    originals={"是否在押": "Y"},
    headings={"受理日期": "受理时间", "案件名称": "案件名称"},
    sources={"受理日期": "案件列表 2027-03-08 a.csv", "案件名称": "案件列表 2027-03-08 a.csv"},
    report="010101",
    in_list=True,
)


def test_a_card_survives_the_way_through_json() -> None:
    assert card_from(json.loads(json.dumps(card_to(CARD)))) == CARD


def test_a_column_no_export_has_stays_absent() -> None:
    assert "办结日期" in card_from(card_to(CARD)).values
    assert "归档日期" not in card_from(card_to(CARD)).values
