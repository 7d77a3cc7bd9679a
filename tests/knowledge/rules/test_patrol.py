from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from knowledge.cards import Card, CardSet
from knowledge.rules import patrol
from knowledge.rules.loader import load_catalogue
from tests.support.rule_cards import CALENDAR, CASE, TODAY, card, check, patrolled, said, shipped

if TYPE_CHECKING:
    from knowledge.cards import Value

OPEN: dict[str, Value] = {
    "案件类别": "民事生效裁判监督案件",
    "受理日期": date(2026, 2, 20),
    "到期日期": date(2026, 5, 20),
    "决定日期": None,
}


def test_a_check_is_silent_where_the_rule_it_stands_for_was_evaluated() -> None:
    both = ("term-passed-open", "civil-supervision-3m")
    asked = {**OPEN, "移送单位": "当事人申请"}
    assert [hit.rule for hit in said(asked, *both)] == ["civil-supervision-3m"]
    found_itself = {**OPEN, "移送单位": "本院发现"}
    assert [hit.rule for hit in said(found_itself, *both)] == ["term-passed-open"]


def test_replacement_is_decided_row_by_row() -> None:
    cards = [
        card({**OPEN, "移送单位": "当事人申请"}, case_no="甲"),
        card({**OPEN, "移送单位": "本院发现"}, case_no="乙"),
    ]
    found = patrolled(cards, shipped("term-passed-open", "civil-supervision-3m")).hits
    assert {(hit.case_no, hit.rule) for hit in found} == {
        ("甲", "civil-supervision-3m"),
        ("乙", "term-passed-open"),
    }


def test_a_check_speaks_when_the_office_does_not_use_the_rule_it_stands_for() -> None:
    assert said({**OPEN, "移送单位": "当事人申请"}, "term-passed-open")


def test_a_missing_column_is_named_and_is_neither_a_hit_nor_silence() -> None:
    values: dict[str, Value] = {"案件类别": "审查逮捕案件", "决定种类": "不批准逮捕"}
    result = patrolled([card(values)], shipped("nonarrest-still-detained"))
    assert not result.hits
    assert result.not_evaluated == {"nonarrest-still-detained": ("决定日期", "强制措施种类")}
    assert ("nonarrest-still-detained", CASE, "1") in result.unevaluated
    assert list(result.unevaluated) == [("nonarrest-still-detained", CASE, "1")]
    assert len(result.unevaluated) == 1
    assert ("nonarrest-still-detained", "另案", "1") not in result.unevaluated


def test_a_rule_for_other_case_types_is_not_missing_anything() -> None:
    result = patrolled([card({"案件类别": "民事生效裁判监督案件"})], shipped("bail-max-12m"))
    assert result.not_evaluated == {}
    assert not result.unevaluated


def test_a_rule_evaluated_on_some_row_is_not_listed_as_unevaluated() -> None:
    rules = shipped("completed-not-archived")
    whole = card({"完成日期": date(2026, 4, 1), "归档日期": None}, case_no="甲")
    part = card({"完成日期": date(2026, 4, 1)}, case_no="乙")
    result = patrolled([whole, part], rules)
    assert [hit.case_no for hit in result.hits] == ["甲"]
    assert result.not_evaluated == {}
    assert ("completed-not-archived", "乙", "1") in result.unevaluated


def test_an_office_sets_its_own_days() -> None:
    values: dict[str, Value] = {"完成日期": date(2026, 5, 15), "归档日期": None}
    name = "completed-not-archived"
    assert said(values, name, settings={})[0].due == date(2026, 6, 14)
    assert not said(values, name, settings={"归档天数": 60})
    unset = patrolled([card(values)], shipped(name), settings={"归档天数": None})
    assert unset.not_evaluated == {name: ("设置：归档天数",)}


def test_a_blank_case_type_is_no_case_type() -> None:
    result = patrolled([card({"受理日期": TODAY})], shipped("prosecution-review-1m"))
    assert not result.hits


def test_hits_name_the_values_they_rest_on_and_show_what_the_card_says() -> None:
    own = Card(
        CASE,
        "1",
        {"案件类别": "一审公诉案件", "决定种类": "存疑不起诉", "是否认罪认罚": "是"},
        originals={"决定种类": "其他证据不足不起诉"},
    )
    [hit] = patrolled([own], shipped("acquittal-type-with-plea")).hits
    assert hit.evidence == {"决定种类": "存疑不起诉", "是否认罪认罚": "是"}
    assert hit.fields["决定种类"] == "其他证据不足不起诉"


def test_evidence_does_not_move_with_the_day() -> None:
    values: dict[str, Value] = {**OPEN, "移送单位": "当事人申请"}
    first = said(values, "civil-supervision-3m", as_of=date(2026, 6, 1))[0]
    later = said(values, "civil-supervision-3m", as_of=date(2026, 6, 9))[0]
    assert first.evidence == later.evidence
    assert first.occurrence == later.occurrence


def test_the_plain_fact_holds_no_name_and_no_value_of_the_card() -> None:
    values: dict[str, Value] = {
        "案件类别": "审查逮捕案件",
        "涉嫌案由": "秘密罪名",
        "移送案由": "另一罪名",
        "嫌疑人姓名": "某某",
    }
    [hit] = said(values, "arrest-charge-outside-transfer")
    assert "秘密罪名" in hit.fact
    assert "秘密罪名" not in hit.plain_fact
    assert "某某" not in hit.plain_fact


CUSTODY: dict[str, Value] = {
    "案件类别": "一审公诉案件",
    "受理日期": date(2026, 5, 8),
    "强制措施种类": "逮捕",
    "决定日期": None,
    "决定种类": None,
    "羁押期限届满日期": date(2026, 6, 8),
}


def test_a_custody_end_on_the_day_of_the_term_is_shown_inside_that_item() -> None:
    both = ("prosecution-review-1m", "custody-expiry-release")
    [soon] = said(CUSTODY, *both, as_of=date(2026, 6, 5))
    assert soon.term is not None
    assert soon.term.custody_end == soon.due == date(2026, 6, 8)
    [over] = said(CUSTODY, *both, as_of=date(2026, 6, 9))
    assert over.rule == "prosecution-review-1m"
    assert over.fact == "6月8日届满，已届满1天；羁押期限同日届满"


def test_a_custody_end_of_its_own_is_an_item_of_its_own() -> None:
    both = ("prosecution-review-1m", "custody-expiry-release")
    values = {**CUSTODY, "羁押期限届满日期": date(2026, 6, 1)}
    found = said(values, *both, as_of=date(2026, 6, 9))
    assert len({hit.item for hit in found}) == 2


def test_custody_ended_after_a_prosecution_asks_the_officer() -> None:
    values = {**CUSTODY, "决定种类": "起诉", "决定日期": date(2026, 6, 8)}
    [hit] = said(values, "custody-expiry-release", as_of=date(2026, 6, 9))
    assert (hit.state, hit.release) == ("verify", "officer")
    late = {**values, "决定日期": date(2026, 6, 9)}
    [hit] = said(late, "custody-expiry-release", as_of=date(2026, 6, 9))
    assert (hit.state, hit.release) == ("overdue", "auto")


def test_a_juvenile_case_keeps_the_rules_of_its_stage_only() -> None:
    values: dict[str, Value] = {
        "案件类别": "一审公诉案件（未检）",
        "受理日期": date(2026, 3, 2),
        "强制措施种类": "拘留",
        "决定日期": None,
    }
    found = said(values, "arrest-review-detained-7d", "prosecution-review-1m")
    assert [hit.rule for hit in found] == ["prosecution-review-1m"]


def test_juvenile_alone_means_every_juvenile_type() -> None:
    values: dict[str, Value] = {"附条件不起诉决定日期": TODAY, "考验期月数": 5}
    name = "cpn-probation-6-12m"
    assert said({**values, "案件类别": "一审公诉案件（未检）"}, name)
    assert not said({**values, "案件类别": "一审公诉案件"}, name)


def test_a_rule_speaks_only_while_it_is_in_force() -> None:
    more = "valid_from: 2026-06-10\nvalid_to: 2026-06-20"
    rule = check("承办部门 为空", uses="承办部门", more=more)
    spoke = [
        day
        for day in (9, 10, 20, 21)
        if patrolled([card({})], [rule], as_of=date(2026, 6, day)).hits
    ]
    assert spoke == [10, 20]


def test_an_empty_card_set_is_no_fault() -> None:
    result = patrol.evaluate(
        CardSet(()),
        load_catalogue().rules,
        as_of=TODAY,
        calendar=CALENDAR,
        settings={},
        horizon=TODAY,
    )
    assert (result.hits, result.cases, result.not_evaluated) == ((), 0, {})


def test_no_rules_say_nothing() -> None:
    assert not patrolled([card({})], []).hits
