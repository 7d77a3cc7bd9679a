from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.digest import common_problems
from tests.support.office_cards import MONDAY, SECOND, card, card_entry, days, hit

if TYPE_CHECKING:
    from knowledge.cards import Card
    from tests.support.office_desk import OfficeAtWork

CARDS = [card(number, prosecutor=name) for number, name in enumerate(["林知秋", "许望舒"] * 4, 1)]


def released(office: OfficeAtWork, cards: list[Card]) -> None:
    """The same contradiction stands in several cards; the officer let all of it out."""
    office.export(*(card_entry(one) for one in cards), cards=cards)
    office["陆明远"].say("/待审")
    office["陆明远"].press("全部发出")


def test_the_head_gets_one_message_that_lists_what_is_common(office: OfficeAtWork) -> None:
    released(office, CARDS[:3])
    office.morning()
    assert "\n\n".join(office["顾长青"].texts) == (
        "共性问题提示 · 第一检察部 · 6月15日\n"
        "以下问题在本部门多件案件中出现，各条已分别提示承办检察官：\n"
        "1. 审结早于受理：3 件（A01、A02、A03）\n"
        "    依据：《刑诉规则》第664条\n"
        "请统筹核对纠正；具体情况请登录系统查看，或点编号。"
    )


def test_the_prosecutors_get_their_own_items_all_the_same(office: OfficeAtWork) -> None:
    released(office, CARDS[:3])
    office.morning()
    assert "A01 数据核对提示" in office["林知秋"].last.text
    assert "A03 数据核对提示" in office["许望舒"].last.text


def test_a_head_opens_an_item_from_the_list(office: OfficeAtWork) -> None:
    released(office, CARDS[:3])
    office.morning()
    office["顾长青"].press("A02")
    assert "A02 数据核对提示" in office["顾长青"].last.text


def test_fewer_cases_than_the_office_says_are_not_common(office: OfficeAtWork) -> None:
    released(office, CARDS[:2])
    office.morning()
    assert office["顾长青"].texts == []
    office.manners(common_cases=2)
    office.at(MONDAY + days(1))
    office.morning()
    assert "2 件（A01、A02）" in office["顾长青"].last.text


def test_two_findings_of_one_case_are_one_case(office: OfficeAtWork) -> None:
    twice = [card_entry(CARDS[0], occurrence=str(number)) for number in range(3)]
    office.export(*twice, cards=CARDS[:1])
    office["陆明远"].say("/待审")
    office["陆明远"].press("全部发出")
    office.morning()
    assert office["顾长青"].texts == []


def test_it_is_told_once_a_week(office: OfficeAtWork) -> None:
    released(office, CARDS[:3])
    office.morning()
    office.at(MONDAY + days(1))
    office.morning()
    assert len(office["顾长青"].texts) == 1
    entry = office.acts("common_problems")[-1]["data"]
    assert [one["rule"] for one in entry["withheld"]] == ["closed-before-accepted"]
    assert entry["why"]["withheld"] == "told_this_week"
    office.at(MONDAY + days(7))
    office.morning()
    assert len(office["顾长青"].texts) == 2


def test_it_is_told_sooner_where_the_count_grew(office: OfficeAtWork) -> None:
    released(office, CARDS[:3])
    office.morning()
    office.at(MONDAY + days(1))
    released(office, CARDS[:4])
    office.morning()
    assert "4 件（A01、A02、A03、A04）" in office["顾长青"].last.text


def test_terms_that_still_run_are_no_common_problem(office: OfficeAtWork) -> None:
    office.export(*(hit(one) for one in CARDS[:4]), cards=CARDS[:4])
    office.morning()
    assert office["顾长青"].texts == []


def test_what_waits_for_the_officer_is_told_to_nobody(office: OfficeAtWork) -> None:
    office.export(*(card_entry(one) for one in CARDS[:4]), cards=CARDS[:4])
    office.morning()
    assert office["顾长青"].texts == []


def test_a_department_without_a_reachable_head_stands_in_the_ledger(office: OfficeAtWork) -> None:
    others = [card(number, prosecutor="叶清和", 承办部门=SECOND) for number in (1, 2, 3)]
    released(office, others)
    office.morning()
    entry = office.acts("common_problems")[0]["data"]
    assert [one["department"] for one in entry["without_head"]] == [SECOND]
    assert entry["told"] == []


def test_what_is_common_can_be_listed_for_a_report(office: OfficeAtWork) -> None:
    released(office, CARDS[:4])
    [found] = office.read(
        lambda session: common_problems.of_office(session, office.desk.office, least=3)
    )
    assert (found.department, found.cases, found.numbers) == (
        "第一检察部",
        4,
        ("A01", "A02", "A03", "A04"),
    )


def test_in_a_dry_run_the_officer_reads_what_the_head_would_get(office: OfficeAtWork) -> None:
    released(office, CARDS[:3])
    office.manners(dry_run=True)
    office.morning()
    assert office["顾长青"].texts == []
    assert "【试运行，本应发给第一检察部负责人】" in "\n".join(office["陆明远"].texts)
