from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from knowledge.cards import CardSet, ListedRow
from knowledge.rules import patrol
from knowledge.rules.interpret import Row, Surroundings
from tests.support.rule_cards import CALENDAR, CASE, TODAY, card, check, patrolled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.cards import Card, Value
    from knowledge.rules.rule import Rule

D = date
STOLEN = {"移送案由": "盗窃罪"}


def verdicts(
    rule: Rule, cards: Sequence[Card], as_of: date, listed: tuple[ListedRow, ...] = ()
) -> tuple[bool, bool]:
    """Return what the patrol says of the first card, and what plain Python says."""
    card_set = CardSet(tuple(cards), listed)
    result = patrol.evaluate(
        card_set, [rule], as_of=as_of, calendar=CALENDAR, settings={}, horizon=as_of
    )
    hits = [hit for hit in result.hits if hit.case_no == cards[0].case_no]
    first = any(hit.person_no == cards[0].person_no for hit in hits)
    around = Surroundings(card_set, as_of, CALENDAR)
    row = Row(cards[0], around, rule.settings, rule.charge_lists)
    return first, row.holds(rule.body.condition)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("condition", "uses", "values", "expected"),
    [
        ("决定种类 = 起诉", "决定种类", {"决定种类": "起诉"}, True),
        ("决定种类 = 起诉", "决定种类", {"决定种类": None}, False),
        ("决定种类 ≠ 起诉", "决定种类", {"决定种类": None}, True),
        ("决定种类 ≠ 起诉", "决定种类", {"决定种类": "起诉"}, False),
        ("决定种类 ≠ 全案审结处理结果", "决定种类, 全案审结处理结果", {"决定种类": "起诉"}, False),
        ("决定种类 ∈ {起诉, 改变管辖}", "决定种类", {"决定种类": "改变管辖"}, True),
        ("决定种类 ∈ {起诉}", "决定种类", {}, False),
        ("决定种类 ∉ {起诉}", "决定种类", {}, True),
        ("决定种类 ∉ {起诉}", "决定种类", {"决定种类": "起诉"}, False),
        ("移送单位 含 公安", "移送单位", {"移送单位": "某市公安局"}, True),
        ("移送单位 含 公安", "移送单位", {}, False),
        ("移送单位 不含 公安", "移送单位", {}, True),
        ("移送单位 不含 公安", "移送单位", {"移送单位": "某市公安局"}, False),
        ("决定日期 为空", "决定日期", {}, True),
        ("决定日期 非空", "决定日期", {"决定日期": D(2026, 6, 1)}, True),
        ("非 (决定日期 非空)", "决定日期", {}, True),
        ("决定日期 < 今天", "决定日期", {"决定日期": TODAY}, False),
        ("决定日期 ≤ 今天", "决定日期", {"决定日期": TODAY}, True),
        ("决定日期 > 今天", "决定日期", {}, False),
        ("决定日期 ≥ 今天", "决定日期", {"决定日期": TODAY}, True),
        ("决定日期 + 4日 < 今天", "决定日期", {"决定日期": D(2026, 6, 11)}, False),
        ("决定日期 + 4日 < 今天", "决定日期", {"决定日期": D(2026, 6, 10)}, True),
        ("决定日期 - 4日 = 今天", "决定日期", {"决定日期": D(2026, 6, 19)}, True),
        ("决定日期 + 1个月 = 今天", "决定日期", {"决定日期": D(2026, 5, 15)}, True),
        ("决定日期 + 1年 = 今天", "决定日期", {"决定日期": D(2025, 6, 15)}, True),
        ("决定日期 + {填录天数}日 < 今天", "决定日期", {"决定日期": D(2026, 6, 10)}, True),
        ("作案时年龄 < 18", "作案时年龄", {"作案时年龄": 17}, True),
        ("作案时年龄 < 18", "作案时年龄", {"作案时年龄": 18}, False),
        ("个数(决定日期 非空, 办结日期 非空) = 1", "决定日期, 办结日期", {"决定日期": TODAY}, True),
        ("周岁(出生日期, 今天) = 17", "出生日期", {"出生日期": D(2008, 6, 15)}, True),
        ("周岁(出生日期, 今天) = 18", "出生日期", {"出生日期": D(2008, 6, 14)}, True),
        ("周岁(出生日期, 今天) < 18", "出生日期", {}, False),
        ("绝对差(到期日期, 今天) = 2", "到期日期", {"到期日期": D(2026, 6, 13)}, True),
        ("绝对差(到期日期, 今天) = 2", "到期日期", {"到期日期": D(2026, 6, 17)}, True),
        ("位数(统一受案号) = 3", "统一受案号", {"统一受案号": "123"}, True),
        ("位数(统一受案号) = 0", "统一受案号", {"统一受案号": "12x"}, True),
        ("位数(统一受案号) ≠ 17", "统一受案号", {}, True),
        ("今天 = 月末工作日", "", {}, False),
        ("受案号用字 = 刑诉受", "", {}, True),
        ("受案号用字的阶段 = 案件类别的阶段", "", {"案件类别": "一审公诉案件"}, True),
        ("受案号用字的阶段 ≠ 案件类别的阶段", "", {"案件类别": "审查逮捕案件"}, True),
        ("受案号用字的阶段 ≠ 案件类别的阶段", "", {"案件类别": "从未见过的类别"}, False),
        ("案由(移送案由) = 案由(涉嫌案由)", "移送案由, 涉嫌案由",
         {"移送案由": "盗窃罪,抢劫罪", "涉嫌案由": "抢劫罪,盗窃罪（旧名）"}, True),
        ("案由(移送案由) ≠ 案由(涉嫌案由)", "移送案由, 涉嫌案由", STOLEN, False),
        ("案由(涉嫌案由) ≠ 案由(移送案由)", "移送案由, 涉嫌案由", STOLEN, True),
        ("案由(涉嫌案由) ⊆ 案由(移送案由)", "移送案由, 涉嫌案由",
         {"涉嫌案由": "盗窃罪", "移送案由": "盗窃罪,抢劫罪"}, True),
        ("案由(涉嫌案由) ⊆ 案由(移送案由)", "移送案由, 涉嫌案由",
         {"涉嫌案由": "盗窃罪,抢劫罪", "移送案由": "盗窃罪"}, False),
        ("案由(涉嫌案由) ⊆ 案由(移送案由)", "移送案由, 涉嫌案由", STOLEN, False),
        ("案由类(移送案由, 财产类)", "移送案由", {"移送案由": "抢劫罪,盗窃罪"}, True),
        ("案由类(移送案由, 财产类)", "移送案由", {}, False),
        ("只有案由类(移送案由, 财产类)", "移送案由", {"移送案由": "抢劫罪,盗窃罪"}, False),
        ("只有案由类(移送案由, 财产类)", "移送案由", {"移送案由": "诈骗罪,盗窃罪"}, True),
        ("只有案由类(移送案由, 财产类)", "移送案由", {}, False),
        ("(量刑建议刑期上限 - 量刑建议刑期下限) > 0.25 * 量刑建议刑期上限",
         "量刑建议刑期上限, 量刑建议刑期下限",
         {"量刑建议刑期上限": 24, "量刑建议刑期下限": 18}, False),
        ("讯问时间 < 逮捕执行时间", "讯问时间, 逮捕执行时间",
         {"讯问时间": datetime(2026, 6, 1, 9), "逮捕执行时间": datetime(2026, 6, 1, 10)}, True),  # noqa: DTZ001
        ("讯问时间 < 逮捕执行时间", "讯问时间, 逮捕执行时间",
         {"讯问时间": D(2026, 6, 1), "逮捕执行时间": datetime(2026, 6, 1, 10)}, False),  # noqa: DTZ001
    ],
)  # fmt: skip
def test_the_patrol_and_plain_python_read_a_condition_alike(
    condition: str,
    uses: str,
    values: dict[str, Value],
    expected: bool,  # noqa: FBT001
) -> None:
    rule = check(condition, uses=uses)
    assert verdicts(rule, [card(values)], TODAY) == (expected, expected)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (D(2026, 1, 31), D(2026, 2, 28)),
        (D(2024, 1, 31), D(2024, 2, 29)),
        (D(2026, 1, 30), D(2026, 2, 28)),
        (D(2026, 2, 28), D(2026, 3, 31)),
        (D(2026, 4, 30), D(2026, 5, 31)),
        (D(2026, 5, 15), D(2026, 6, 15)),
    ],
)
def test_a_month_is_added_as_for_terms(start: date, end: date) -> None:
    rule = check("决定日期 + 1个月 = 办结日期", uses="决定日期, 办结日期")
    assert verdicts(rule, [card({"决定日期": start, "办结日期": end})], TODAY) == (True, True)


@pytest.mark.parametrize(
    ("day", "expected"), [(D(2026, 6, 30), True), (D(2026, 5, 29), True), (D(2026, 5, 31), False)]
)
def test_the_last_working_day_of_a_month_is_told(day: date, expected: bool) -> None:  # noqa: FBT001
    assert verdicts(check("今天 = 月末工作日"), [card({})], day) == (expected, expected)


def other(values: dict[str, Value], *, case_no: str = CASE, person_no: str = "2") -> Card:
    return card(values, case_no=case_no, person_no=person_no)


def test_the_persons_of_a_case_are_counted_and_looked_at_together() -> None:
    pair = [card({"是否认罪认罚": "是"}), other({"是否认罪认罚": "否"})]
    assert verdicts(check("同案人数 = 2"), pair, TODAY) == (True, True)
    plea = check("同案有(是否认罪认罚 = 否)", uses="是否认罪认罚")
    assert verdicts(plea, pair, TODAY) == (True, True)
    assert verdicts(plea, pair[:1], TODAY) == (False, False)


def test_persons_of_other_cases_are_not_looked_at() -> None:
    pair = [card({"是否认罪认罚": "是"}), other({"是否认罪认罚": "否"}, case_no="另案")]
    plea = check("同案有(是否认罪认罚 = 否)", uses="是否认罪认罚")
    assert verdicts(plea, pair, TODAY) == (False, False)


def test_the_charges_of_all_persons_add_up() -> None:
    rule = check("同案案由(涉嫌案由) = 案由(移送案由)", uses="涉嫌案由, 移送案由")
    both = {"移送案由": "盗窃罪,抢劫罪"}
    pair = [card({"涉嫌案由": "盗窃罪", **both}), other({"涉嫌案由": "抢劫罪", **both})]
    assert verdicts(rule, pair, TODAY) == (True, True)
    assert verdicts(rule, pair[:1], TODAY) == (False, False)


def test_a_case_without_persons_has_no_number_of_persons() -> None:
    rule = check("同案人数 = 1 或 同编号数 = 1")
    assert verdicts(rule, [card({}, person_no=None)], TODAY) == (False, False)


ARREST = {"案件类别": "审查逮捕案件", "决定种类": "批准逮捕"}
PROSECUTION = {"案件类别": "一审公诉案件", "决定种类": "起诉"}


def test_the_row_of_the_same_person_in_the_other_report_is_read() -> None:
    rule = check("逮捕.决定种类 = 批准逮捕 且 公诉.决定种类 = 起诉", uses="决定种类")
    arrest = other(dict(ARREST), case_no="逮捕案", person_no="1")
    assert verdicts(rule, [card(dict(PROSECUTION)), arrest], TODAY) == (True, True)
    stranger = other(dict(ARREST), case_no="逮捕案", person_no="9")
    assert verdicts(rule, [card(dict(PROSECUTION)), stranger], TODAY) == (False, False)


def test_of_several_rows_in_the_other_report_the_newest_counts() -> None:
    rule = check("逮捕.决定种类 = 批准逮捕", uses="决定种类")
    old = other({**ARREST, "受理日期": D(2026, 1, 1)}, case_no="旧案", person_no="1")
    new = other(
        {**ARREST, "决定种类": "不批准逮捕", "受理日期": D(2026, 3, 1)},
        case_no="新案",
        person_no="1",
    )
    assert verdicts(rule, [card(dict(PROSECUTION)), new, old], TODAY) == (False, False)


def test_a_missing_row_in_another_table_is_told() -> None:
    rule = check("无记录(逮捕)")
    arrest = other(dict(ARREST), case_no="逮捕案", person_no="1")
    assert verdicts(rule, [card(dict(PROSECUTION)), arrest], TODAY) == (False, False)
    assert verdicts(rule, [card(dict(PROSECUTION))], TODAY) == (True, True)
    published = (ListedRow("publication_list", CASE, {}, "清单"),)
    assert verdicts(check("无记录(公开清单)"), [card({})], TODAY, published) == (False, False)
    assert verdicts(check("无记录(公开清单)"), [card({})], TODAY) == (True, True)


def test_a_number_is_counted_within_one_stage_only() -> None:
    rule = check("同编号数 > 1")
    again = other(dict(PROSECUTION), case_no="另案", person_no="1")
    arrest = other(dict(ARREST), case_no="逮捕案", person_no="1")
    assert verdicts(rule, [card(dict(PROSECUTION)), again], TODAY) == (True, True)
    assert verdicts(rule, [card(dict(PROSECUTION)), arrest], TODAY) == (False, False)


def test_offices_that_hold_one_number_are_counted() -> None:
    rule = check("同统一受案号的单位数 > 1", uses="统一受案号, 承办单位")
    own = {"统一受案号": "1", "承办单位": "甲院"}
    theirs = other({"统一受案号": "1", "承办单位": "乙院"}, case_no="乙案")
    same = other({"统一受案号": "1", "承办单位": "甲院"}, case_no="乙案")
    assert verdicts(rule, [card(dict(own)), theirs], TODAY) == (True, True)
    assert verdicts(rule, [card(dict(own)), same], TODAY) == (False, False)


def test_a_value_of_the_wrong_kind_is_a_blank_and_no_crash() -> None:
    rule = check("作案时年龄 < 18 或 决定日期 非空", uses="作案时年龄, 决定日期")
    values: dict[str, Value] = {"作案时年龄": "十七", "决定日期": "昨天", "案件类别": "不认识"}
    assert not patrolled([card(values)], [rule]).hits


def test_a_column_that_must_be_there_is_not_blank_when_it_is_missing() -> None:
    rule = check("资金来源地 为空", uses="资金来源地", more="only_if_present: [资金来源地]")
    assert verdicts(rule, [card({"资金来源地": None})], TODAY)[0]
    assert not verdicts(rule, [card({})], TODAY)[0]
