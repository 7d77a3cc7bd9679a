from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from tests.support.rule_cards import said

if TYPE_CHECKING:
    from knowledge.cards import Value

OPEN: dict[str, Value] = {
    "案件类别": "一审公诉案件",
    "受理日期": date(2026, 5, 8),
    "强制措施种类": "逮捕",
    "决定日期": None,
    "决定种类": None,
}


def test_what_is_over_is_not_asked_for_in_time() -> None:
    [soon] = said(OPEN, "prosecution-review-1m", as_of=date(2026, 6, 5))
    assert soon.ask == "请按期办结，并填录审结日期、处理结果"
    [over] = said(OPEN, "prosecution-review-1m", as_of=date(2026, 6, 9))
    assert over.ask == "请尽快办结，填录审结日期、处理结果，并说明逾期原因"


def test_a_right_that_has_lapsed_is_asked_about() -> None:
    values: dict[str, Value] = {
        "案件类别": "一审公诉案件",
        "收到判决裁定日期": date(2026, 6, 1),
        "裁判文书种类": "判决书",
        "裁判审查表日期": None,
        "抗诉书提出日期": None,
    }
    [hit] = said(values, "protest-judgment-10d", as_of=date(2026, 6, 15))
    assert hit.ask == "请核对：已审查的请补填裁判审查表日期；未审查的请说明原因"


def test_the_term_of_handling_needs_no_name_and_another_duty_has_one() -> None:
    values = {**OPEN, "告知委托辩护人日期": None}
    [handling] = said(values, "prosecution-review-1m", as_of=date(2026, 6, 9))
    assert handling.plain_fact == "6月8日届满，已届满1天"
    [notice] = said(values, "notify-defender-3d", as_of=date(2026, 6, 9))
    assert notice.plain_fact == "三日内告知嫌疑人委托辩护人：5月11日届满，已届满29天"


def test_a_term_counted_back_says_by_when() -> None:
    values: dict[str, Value] = {
        "案件类别": "延长侦查羁押期限案件",
        "羁押期限届满日期": date(2026, 6, 19),
        "提请延长羁押期限日期": date(2026, 6, 15),
    }
    [late] = said(values, "custody-extension-request-7d", as_of=date(2026, 6, 16))
    assert late.fact == ("6月19日羁押期限届满，应当在6月12日以前办理，案卡记为6月15日，晚3天")
    values["提请延长羁押期限日期"] = None
    [open_one] = said(values, "custody-extension-request-7d", as_of=date(2026, 6, 16))
    assert open_one.fact.endswith("6月19日羁押期限届满，应当在6月12日以前办理，案卡未见记录")


def test_what_is_due_at_once_is_never_called_a_term_of_no_days() -> None:
    values: dict[str, Value] = {
        "案件类别": "一审公诉案件",
        "收到案件材料日期": date(2026, 6, 1),
        "受理日期": date(2026, 6, 3),
    }
    [hit] = said(values, "acceptance-same-day-check", as_of=date(2026, 6, 9))
    assert hit.fact == "案卡：6月1日收到案件材料，6月3日受理；应当及时办理，晚2天"
    own: dict[str, Value] = {
        "案件类别": "羁押必要性审查案件",
        "收到羁押必要性审查申请日期": date(2026, 6, 1),
        "移送负责捕诉部门日期": date(2026, 6, 2),
    }
    [same_day] = said(own, "necessity-transfer-same-day", as_of=date(2026, 6, 9))
    assert same_day.fact.endswith("应当当日办理，晚1天")


def test_a_due_day_that_differs_names_the_computed_one() -> None:
    values: dict[str, Value] = {**OPEN, "到期日期": date(2026, 6, 12)}
    rules = ("prosecution-review-1m", "card-due-date-mismatch")
    found = {hit.rule: hit for hit in said(values, *rules, as_of=date(2026, 6, 1))}
    hit = found["card-due-date-mismatch"]
    assert hit.plain_fact == "到期日期与计算结果不符；按案卡计算为6月8日届满"


def test_a_check_says_a_fact_before_its_question() -> None:
    values: dict[str, Value] = {"案件类别": "一审公诉案件", "退回补充侦查次数": 3}
    [hit] = said(values, "supplement-max-twice")
    assert hit.plain_fact == "退回补充侦查（调查）次数超过二次"
    opinion: dict[str, Value] = {"案件类别": "一审公诉案件", "移送意见": "移送不起诉"}
    [asked] = said(opinion, "transferred-for-nonprosecution")
    assert (asked.plain_fact, asked.ask) == ("移送意见为移送不起诉", "请核对是否属实")


def test_the_officer_is_asked_whether_it_was_done() -> None:
    values: dict[str, Value] = {
        "案件类别": "职务犯罪侦查案件",
        "拘留执行时间": datetime.fromisoformat("2026-06-05T09:00"),
        "讯问时间": datetime.fromisoformat("2026-06-05T15:00"),
        "逮捕执行时间": datetime.fromisoformat("2026-06-12T10:00"),
    }
    [hit] = said(values, "detention-interrogate-24h", as_of=date(2026, 6, 15))
    assert (hit.state, hit.days_left) == ("verify", -2)
    assert hit.ask == "请核对：已经办理的请补填讯问时间；未办的请说明原因"


def test_a_measure_that_does_not_count_leaves_the_duty_open() -> None:
    values: dict[str, Value] = {
        "案件类别": "一审公诉案件",
        "移送单位": "某市监察委员会",
        "拘留执行时间": date(2026, 6, 1),
        "强制措施种类": "拘留",
        "强制措施决定日期": date(2026, 6, 1),
    }
    [hit] = said(values, "supervisory-measure-10d", as_of=date(2026, 6, 15))
    assert (hit.done, hit.days_left, hit.release) == (None, -4, "auto")


def test_several_years_are_said_as_years_and_a_decision_is_made() -> None:
    own: dict[str, Value] = {
        "案件类别": "职务犯罪侦查案件",
        "立案日期": date(2024, 3, 2),
        "强制措施种类": "无",
        "解除强制措施日期": None,
        "提出移送或撤案意见日期": date(2026, 3, 3),
    }
    [late] = said(own, "own-investigation-conclude", as_of=date(2026, 3, 5))
    assert "；二年期限3月2日届满，晚1天" in late.fact
    medical: dict[str, Value] = {
        "案件类别": "强制医疗申请案件",
        "收到意见书日期": date(2026, 3, 2),
        "是否申请决定日期": date(2026, 4, 2),
    }
    [decided] = said(medical, "compulsory-medical-application-30d", as_of=date(2026, 4, 5))
    assert decided.fact.startswith("案卡：3月2日收到意见书，4月2日作出是否申请决定；三十日期限")


def test_a_term_somebody_else_was_set_has_run_out() -> None:
    values: dict[str, Value] = {
        "案件类别": "侦查活动监督案件",
        "要求回复期限": date(2026, 3, 2),
        "被监督单位回复日期": None,
    }
    [hit] = said(values, "correction-reply-followup", as_of=date(2026, 3, 5))
    assert "3月2日要求回复期限届满，应当在3月2日以前办理，案卡未见记录" in hit.fact
