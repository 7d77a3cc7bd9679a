from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from handlers.counting import ranges
from handlers.reports import training
from knowledge.rules.loader import load_catalogue
from tests.support.counting_office import facts_of
from tests.support.docx_text import everything, tables
from tests.support.notice_desk import press
from tests.support.office_cards import card, card_entry

if TYPE_CHECKING:
    from knowledge.rules.rule import Rule
    from tests.support.office_desk import OfficeAtWork

RULES = {one.id: one for one in load_catalogue().rules}
JUNE = ranges.Range(2026, 6)


def paper(chosen: list[Rule], subject: str = "案卡填录") -> bytes:
    return training.paper(
        subject,
        chosen,
        JUNE,
        "internet",
        office="海州市东港区人民检察院",
        day=date(2026, 7, 1),
        head="36:0123456789abcdef",
        templates=None,
    )


@pytest.mark.parametrize("subject", ["案卡填录", "数据督查", "案-件比", "法律文书"])
def test_a_subject_has_rules(counted: OfficeAtWork, subject: str) -> None:
    chosen = training.rules_for(subject, facts_of(counted), JUNE, RULES)
    assert 0 < len(chosen) <= training.MOST_RULES


def test_a_wrong_entry_stands_beside_a_right_one() -> None:
    rule = RULES["card-due-date-missing"]
    found = tables(paper([rule]))
    assert found[0][0] == ["栏目", "有问题的填法", "正确的填法"]
    assert ["到期日期", "（空白）", "2026年3月9日"] in found[0]


def test_the_provision_and_what_to_do_stand_in_it() -> None:
    rule = RULES["card-due-date-missing"]
    text = everything(paper([rule]))
    assert rule.requirement in text
    assert "依据：《" in text
    assert f"怎样做：{rule.wording.ask}。" in text


def test_the_ratio_is_no_target() -> None:
    text = everything(paper([], "案-件比"))
    assert "不设目标值，不排名" in text


def test_the_months_problems_come_first(counted: OfficeAtWork) -> None:
    counted.desk = replace(counted.desk, rules=RULES)
    one = card(1)
    counted.export(card_entry(one, "card-due-date-missing"), cards=[one])
    officer = counted["陆明远"]
    officer.say("/待审")
    press(officer, "确认")
    chosen = training.rules_for(training.COMMON, facts_of(counted), JUNE, RULES)
    assert [rule.id for rule in chosen] == ["card-due-date-missing"]


def test_it_comes_as_a_document_and_says_how_the_training_is_noted(
    counted: OfficeAtWork,
) -> None:
    counted.desk = replace(counted.desk, rules=RULES)
    officer = counted["陆明远"]
    officer.say("/讲义 案卡填录")
    counted.sweep()
    assert "培训后发送“/培训 案卡填录”登记。" in officer.last.text
    assert counted.desk.archive is not None
    names = [path.name for path in (counted.desk.archive / "reports").iterdir()]
    assert names == ["专题培训讲义（案卡填录）.docx"]


def test_an_unknown_subject_is_told_what_there_is(counted: OfficeAtWork) -> None:
    officer = counted["陆明远"]
    officer.say("/讲义 食堂")
    counted.sweep()
    assert "没有找到与“食堂”有关的规则" in officer.last.text
    assert "案卡填录" in officer.last.text
