from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.cards import CardSet
from knowledge.rules import patrol
from knowledge.rules.interpret import Row, Surroundings
from knowledge.rules.known import expression
from knowledge.rules.loader import load_catalogue
from knowledge.rules.rule import CheckBody, Rule, TermBody
from knowledge.rules.run import Asked
from knowledge.rules.source import Cards
from knowledge.rules.trial import card_of
from tests.support.rule_cards import CALENDAR, card

if TYPE_CHECKING:
    from knowledge.cards import Card, Value
    from knowledge.rules.found import Found
    from knowledge.rules.run import Run

RULES = load_catalogue().rules
CHECKS = [rule for rule in RULES if isinstance(rule.body, CheckBody)]
TODAY = date(2026, 6, 15)
FIELDS: dict[str, st.SearchStrategy[Value]] = {
    "案件类别": st.sampled_from(["审查逮捕案件", "一审公诉案件", "一审公诉案件（未检）", "别的"]),
    "移送单位": st.sampled_from([None, "某市公安局", "某监委", "本院发现"]),
    "强制措施种类": st.sampled_from([None, "拘留", "逮捕", "取保候审", "监视居住", "无"]),
    "决定种类": st.sampled_from([None, "批准逮捕", "不批准逮捕", "起诉", "相对不起诉"]),
    "审理程序": st.sampled_from([None, "速裁程序", "普通程序"]),
    "是否认罪认罚": st.sampled_from([None, "是", "否"]),
    "作案时年龄": st.sampled_from([None, 16, 17, 18, 40]),
    "前科": st.sampled_from([None, "刑事处罚", "行政处罚"]),
    "移送案由": st.sampled_from([None, "盗窃罪", "盗窃罪,抢劫罪", "危险驾驶罪"]),
    "涉嫌案由": st.sampled_from([None, "盗窃罪", "抢劫罪,盗窃罪", "抢劫罪（旧名）"]),
    "审结案由": st.sampled_from([None, "盗窃罪", "诈骗罪"]),
    "不捕情形": st.sampled_from([None, "其他不捕", "证据不足不捕"]),
    "统一受案号": st.sampled_from([None, "990103202600361", "99010320260036120", "x"]),
    "一审宣告刑刑期": st.sampled_from([None, 36, 37]),
} | {
    name: st.none() | st.dates(date(2025, 5, 1), date(2026, 7, 1))
    for name in (
        "受理日期", "收到案件材料日期", "决定日期", "到期日期", "办结日期", "完成日期", "归档日期",
        "执行日期", "释放日期", "羁押开始日期", "羁押期限届满日期", "强制措施开始日期",
        "强制措施到期日期", "一次退查日期", "一次重报日期", "收到判决裁定日期", "一审判决日期",
        "一审判决生效日期", "起诉书日期", "撤回起诉日期", "变更或释放日期",
    )
}  # fmt: skip
CARDS = st.lists(st.fixed_dictionaries({}, optional=FIELDS), min_size=1, max_size=5)


@settings(deadline=None, max_examples=25)
@given(values=CARDS)
def test_the_compiled_patrol_and_plain_python_agree_on_every_derivation(
    values: list[dict[str, Value]],
) -> None:
    cards = [card(each, case_no=f"案{place}") for place, each in enumerate(values)]
    run = run_over(cards)
    around = Surroundings(CardSet(tuple(cards)), TODAY, CALENDAR)
    for name, column in run.frame.resolved.items():
        value = pl.lit(None) if column is None else pl.col(column)
        told = expression(run.frame.known(name)).alias("told")
        table = run.frame.data.select("#row", value.alias("value"), told)
        for place, value, known in table.iter_rows():
            found = Row(cards[place], around, {}, {}).resolved(name)
            assert (name, known, value) == (name, found.known, found.value)


def run_over(cards: list[Card]) -> Run:
    [part] = found_in(cards).parts
    assert part.run is not None
    return part.run


def found_in(cards: list[Card]) -> Found:
    asked = Asked(TODAY, TODAY, CALENDAR, {})
    return patrol.find(Cards(CardSet(tuple(cards))), RULES, asked)


@settings(deadline=None, max_examples=25)
@given(values=CARDS)
def test_the_compiled_patrol_and_plain_python_agree_on_every_check(
    values: list[dict[str, Value]],
) -> None:
    cards = [card(each, case_no=f"案{place}") for place, each in enumerate(values)]
    assert spoken(cards) == plain(cards)


def spoken(cards: list[Card]) -> set[tuple[str, str]]:
    alone = [Rule(**{**vars(rule), "replaced_by": ()}) for rule in CHECKS]
    terms = [rule for rule in RULES if isinstance(rule.body, TermBody) and rule.body.handling]
    result = patrol.evaluate(
        CardSet(tuple(cards)),
        [*alone, *terms],
        as_of=TODAY,
        calendar=CALENDAR,
        settings={},
        horizon=TODAY,
    )
    names = {rule.id for rule in CHECKS}
    return {(hit.rule, hit.case_no) for hit in result.hits if hit.rule in names}


def plain(cards: list[Card]) -> set[tuple[str, str]]:
    found, run = found_in(cards), run_over(cards)
    asked = run.frame.data.select(
        "#row", *(expression(run.in_question(rule)).alias(rule.id) for rule in CHECKS)
    )
    return {
        (rule.id, each.case_no)
        for place, each in enumerate(cards)
        for rule in CHECKS
        if asked[place, rule.id] and is_fault(rule, found.row(rule, place))
    }


def is_fault(rule: Rule, row: Row) -> bool:
    assert isinstance(rule.body, CheckBody)
    applies = rule.applies_when is None or row.holds(rule.applies_when)
    return applies and row.holds(rule.body.condition)


def test_an_example_card_is_read_as_a_card() -> None:
    own = card_of({"受理日期": TODAY})
    assert own.values == {"受理日期": TODAY}
    assert own.person_no
