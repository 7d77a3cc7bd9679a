from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from knowledge.cards import CardSet
from knowledge.rules import patrol
from knowledge.rules.explain import explain
from knowledge.rules.loader import load_catalogue
from tests.support.rule_cards import CALENDAR, CASE, card

if TYPE_CHECKING:
    import pytest

    from knowledge.cards import Value
    from knowledge.rules.found import Found
    from knowledge.rules.source import Source

TODAY = date(2026, 6, 15)
BASE: dict[str, Value] = {
    "案件类别": "一审公诉案件",
    "受理日期": date(2026, 5, 18),
    "决定日期": None,
    "强制措施种类": "逮捕",
}


def told(values: dict[str, Value], name: str, *, others: bool = True) -> str:
    rules = load_catalogue().rules if others else [load_catalogue().by_id()[name]]
    return "\n".join(
        explain(
            load_catalogue().by_id()[name],
            CASE,
            CardSet((card(values), card({}, case_no="另案"))),
            rules,
            as_of=TODAY,
            calendar=CALENDAR,
            settings={},
            horizon=TODAY,
        )
    )


def test_the_cards_are_patrolled_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Source] = []

    def find(source: Source, *given: Any, **options: Any) -> Found:
        asked.append(source)
        return found(source, *given, **options)

    found = patrol.find
    monkeypatch.setattr(patrol, "find", find)
    assert "结论：" in told(BASE, "prosecution-review-1m")
    assert len(asked) == 1


def test_a_hit_is_explained_from_the_start_to_the_question() -> None:
    text = told(BASE, "prosecution-review-1m")
    assert "依据：《人民检察院刑事诉讼规则》第三百五十一条第一款" in text
    assert "按受理日期 2026年5月18日 起算" in text
    assert "强制措施为逮捕，按在押" in text
    assert "1个月到2026年6月18日（周四）" in text
    assert "结论：期限临近，届满日 2026-06-18" in text
    assert "另案" not in text


def test_silence_is_explained_too() -> None:
    far = {**BASE, "受理日期": date(2026, 6, 8)}
    assert "还没有到提示的日子" in told(far, "prosecution-review-1m")
    done = {**BASE, "决定日期": date(2026, 6, 1)}
    assert "已在期限内完成（决定日期非空" in told(done, "prosecution-review-1m")
    blank = {**BASE, "受理日期": None}
    assert "起算的日期" in told(blank, "prosecution-review-1m")
    again = {**BASE, "重新移送日期": date(2026, 6, 1)}
    assert "适用条件不成立" in told(again, "prosecution-review-1m")
    assert "没有问题" in told(BASE, "accepted-after-closed")


def test_what_does_not_apply_or_cannot_be_evaluated_is_said() -> None:
    assert "结论：不适用" in told(BASE, "arrest-review-detained-7d")
    missing = told(BASE, "judgment-effect-blank")
    assert "未评估，缺少 收到判决裁定日期、一审判决生效日期" in missing
    unset = told({**BASE, "一审判决生效日期": TODAY, "信息公开发布日期": None}, "publication-term")
    assert "设置“文书公开天数”" in unset
    other = told({**BASE, "一审判决生效日期": TODAY}, "published-list-missing")
    assert "缺少 公开清单" in other


def test_hours_without_a_time_and_terms_that_cannot_be_computed_are_said() -> None:
    held: dict[str, Value] = {
        "案件类别": "职务犯罪侦查案件",
        "拘留执行时间": TODAY,
        "通知家属时间": None,
    }
    assert "只有日期" in told(held, "detention-family-24h")
    arrested: dict[str, Value] = {
        "案件类别": "审查逮捕案件",
        "受理日期": TODAY,
        "决定日期": None,
        "到期日期": TODAY,
        "强制措施种类": "逮捕",
    }
    assert "可以计算的期限" in told(arrested, "card-due-date-mismatch")


def test_a_check_that_gave_way_says_to_whom() -> None:
    values = {**BASE, "到期日期": date(2026, 6, 10)}
    assert "已由 " in told(values, "term-passed-open")


def test_an_event_that_came_first_is_explained() -> None:
    values: dict[str, Value] = {
        **BASE,
        "讯问日期": None,
        "决定日期": date(2026, 6, 10),
    }
    assert "应当在审结（6月10日）之前完成，案卡未见记录" in told(
        values, "interrogate-in-prosecution"
    )


def test_a_custody_end_told_with_the_term_is_explained_so() -> None:
    values: dict[str, Value] = {
        **BASE,
        "受理日期": date(2026, 5, 10),
        "羁押期限届满日期": date(2026, 6, 10),
    }
    assert "并入办案期限的提示，不另报" in told(values, "custody-expiry-release")


def test_conditions_are_said_in_words() -> None:
    text = told(
        {**BASE, "不起诉决定日期": TODAY, "不起诉种类": None, "审批层级": None, "审批日期": None},
        "nonpros-approval-authority",
    )
    assert "不起诉种类属于法定不起诉、存疑不起诉、酌定不起诉——不成立" in text
    assert "是否监察机关移送不为“是”" in text
    assert not set("∈≠≥≤{}") & set(text)


def test_a_day_an_office_sets_is_named_as_such() -> None:
    values: dict[str, Value] = {
        "案件类别": "审查逮捕案件",
        "决定日期": date(2026, 6, 14),
        "执行日期": None,
    }
    text = told(values, "arrest-execution-date-blank")
    assert "决定日期 + “执行信息填录天数”（本院设置）早于今天 且 执行日期为空" in text


def test_the_start_and_what_ends_a_term_are_named() -> None:
    text = told(BASE, "prosecution-review-1m")
    assert "1. 收到移送起诉案件：收到案件材料日期 2026年5月18日" in text
    assert "办完的标志：决定日期非空 或 退回补充侦查日期非空" in text
    silent = told({**BASE, "受理日期": date(2026, 6, 8)}, "prosecution-review-1m")
    assert "1. 收到移送起诉案件：收到案件材料日期 2026年6月8日" in silent


def test_a_duty_of_the_day_itself_is_not_counted_like_a_longest_duration() -> None:
    values: dict[str, Value] = {
        "案件类别": "一审公诉案件",
        "收到案件材料日期": date(2026, 6, 10),
        "受理日期": date(2026, 6, 12),
    }
    text = told(values, "acceptance-same-day-check")
    assert "条文只写及时办理，没有写天数" in text
    assert "当日办理的不提示，次日起提示" in text
    assert "最长时间" not in text


def test_a_term_that_rolls_for_everybody_does_not_speak_of_custody() -> None:
    values: dict[str, Value] = {
        "案件类别": "审查逮捕案件",
        "收到案件材料日期": date(2026, 5, 30),
        "决定日期": None,
        "提请时是否拘留": "否",
    }
    text = told(values, "arrest-review-not-detained-15d")
    assert "6月14日（周日）是休息日，顺延到之后第一个工作日2026年6月15日" in text
    assert "未顺延" not in text


def test_what_is_taken_as_blank_is_said_once() -> None:
    assert told(BASE, "prosecution-review-1m").count("按空白处理") == 1
