from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from handlers import daily
from tests.support.office_cards import MONDAY, SECOND, card, card_entry, days, hit

if TYPE_CHECKING:
    from tests.support.office_desk import OfficeAtWork

ONE, TWO, THREE = card(1), card(2), card(3)


def told(office: OfficeAtWork) -> OfficeAtWork:
    """Three items of one prosecutor, told on the Monday; one more of another department."""
    other = card(9, "叶清和", 承办部门=SECOND)
    office.export(
        hit(ONE), hit(TWO, due=MONDAY + days(1)), hit(THREE, due=MONDAY + days(-2)), hit(other),
        cards=[ONE, TWO, THREE, other],
    )  # fmt: skip
    office.morning()
    return office


def test_the_month_stands_above_ones_own_items(office: OfficeAtWork) -> None:
    told(office)
    office["林知秋"].say("/我的")
    assert "本月 3 条：3 条待处理。" in office["林知秋"].last.text


def test_what_was_closed_is_counted(office: OfficeAtWork) -> None:
    told(office)
    office.at(date(2026, 6, 16))
    office.export(hit(ONE), cards=[ONE, TWO, THREE])
    office["林知秋"].say("/我的")
    assert "本月 3 条：2 条已销号，1 条待处理。" in office["林知秋"].last.text
    office.export(cards=[ONE, TWO, THREE])
    office["林知秋"].say("/我的")
    assert office["林知秋"].last.text == "您目前没有待处理的问题。本月 3 条：3 条已销号。"


def test_what_was_answered_says_so_and_is_counted(office: OfficeAtWork) -> None:
    told(office)
    office["林知秋"].say("A02 已改好")
    office["林知秋"].say("/我的")
    assert "本月 3 条：1 条已答复待核实，2 条待处理。" in office["林知秋"].last.text
    assert "状态：称已改，待核实（6月15日答复）" in office["林知秋"].last.text
    assert office["林知秋"].last.text.count("状态：") == 1


def test_a_new_month_begins_anew(office: OfficeAtWork) -> None:
    told(office)
    office.at(date(2026, 6, 16))
    office.export(hit(ONE), cards=[ONE, TWO, THREE])
    office.at(date(2026, 7, 1))
    office["林知秋"].say("/我的")
    assert "本月 1 条：1 条待处理。" in office["林知秋"].last.text


def test_advice_names_the_duty_and_the_provision_and_nobody(office: OfficeAtWork) -> None:
    late = [hit(one, due=MONDAY + days(-1), state="overdue") for one in (ONE, TWO)]
    office.export(*late, cards=[ONE, TWO])
    office.morning()
    office["林知秋"].say("/建议")
    text = office["林知秋"].last.text
    assert "1. 审查逮捕期限：2 件" in text
    assert "依据：《刑诉规则》第282条" in text
    assert "林知秋" not in text


def test_a_term_that_only_comes_near_is_no_problem(office: OfficeAtWork) -> None:
    told_ = hit(ONE)
    office.export(told_, cards=[ONE])
    office.morning()
    office["林知秋"].say("/建议")
    assert office["林知秋"].last.text.endswith("近三个月没有需要改进的问题。")


def test_a_head_gets_advice_for_his_department_only(office: OfficeAtWork) -> None:
    other = card(9, "叶清和", 承办部门=SECOND)
    office.export(hit(other, due=MONDAY + days(-2), state="overdue"), cards=[other])
    office.morning()
    office["顾长青"].say("/建议")
    assert office["顾长青"].last.text == (
        "改进建议（近三个月，第一检察部）\n近三个月没有需要改进的问题。"
    )


def test_on_monday_the_head_sees_the_week_and_on_tuesday_nothing(office: OfficeAtWork) -> None:
    told(office)
    for day in (date(2026, 6, 22), date(2026, 6, 23)):
        office.at(day)
        office.write(lambda tx: daily.morning(tx, office.desk))
    weeks = [text for text in office["顾长青"].texts if text.startswith("第一检察部本周")]
    assert len(weeks) == 1
    assert weeks[0].splitlines()[:2] == ["第一检察部本周 · 6月22日", "在办 3 件。"]
    assert "期限已届满未见办结：A02、A03、A04（3 条）" in weeks[0]
    assert "提示后 3 个工作日未答复：A02、A03、A04（3 条）" in weeks[0]


def test_after_a_holiday_the_first_working_day_counts_as_monday(office: OfficeAtWork) -> None:
    told(office)
    # 2026-10-05 to 07 are days off; 2026-10-08 is the first working day of its week
    office.at(date(2026, 10, 8))
    office.write(lambda tx: daily.morning(tx, office.desk))
    assert any(text.startswith("第一检察部本周 · 10月8日") for text in office["顾长青"].texts)


def test_an_item_that_was_answered_is_not_unanswered(office: OfficeAtWork) -> None:
    told(office)
    office["林知秋"].say("A03 收到")
    office.at(date(2026, 6, 22))
    office["顾长青"].say("/本周")
    assert "未答复：A02、A04（2 条）" in office["顾长青"].last.text


def test_a_button_opens_the_item(office: OfficeAtWork) -> None:
    told(office)
    office["顾长青"].say("/本周")
    assert "A02" in office["顾长青"].last.buttons


def test_the_week_is_the_heads(office: OfficeAtWork) -> None:
    office["林知秋"].say("/本周")
    assert "不在您的权限内" in office["林知秋"].last.text


def test_a_quiet_department_is_told_so(office: OfficeAtWork) -> None:
    office["顾长青"].say("/本周")
    assert office["顾长青"].last.text.endswith("没有临近届满、逾期或者未答复的事项。")


def test_card_entries_do_not_count_as_terms(office: OfficeAtWork) -> None:
    office.export(card_entry(ONE, release="auto"), cards=[ONE])
    office.morning()
    office["顾长青"].say("/本周")
    assert "届满" not in office["顾长青"].last.text.replace("没有临近届满", "")
