from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from handlers.digest import digest
from storage import ledger, people
from tests.support.office_cards import (
    FIRST,
    MONDAY,
    OFFICE,
    SECOND,
    card,
    card_entry,
    days,
    hit,
    in_custody,
)
from tests.support.office_desk import PEOPLE, ZONE

if TYPE_CHECKING:
    from tests.support.office_desk import OfficeAtWork

ONE, TWO, THREE = card(1), card(2), card(3)
FRIDAY = date(2026, 6, 12)
FAR = date(2026, 7, 20)


def send_everything(office: OfficeAtWork) -> None:
    office["陆明远"].say("/待审")
    office["陆明远"].press("全部发出")


def test_the_digest_reads_as_the_office_wants_it(office: OfficeAtWork) -> None:
    released = card_entry(TWO, plain_fact="案卡：5月20日受理，5月29日审结")
    office.export(hit(ONE), released, cards=[ONE, TWO], day=FRIDAY)
    office["陆明远"].say("/待审")
    office["陆明远"].press("确认")
    office.morning()
    assert office["林知秋"].last.text.splitlines() == [
        "流程监控每日提示 · 6月15日 周一（数据截至6月12日导出）",
        "林知秋检察官：1 条期限两天内届满，1 条待核对。",
        "",
        "A01 期限届满提示 · 审查逮捕 尾号001",
        "    6月17日届满",
        "    依据：《刑诉规则》第282条",
        "    请按期办结，并填录审结日期",
        "A02 数据核对提示 · 审查逮捕 尾号002",
        "    案卡：5月20日受理，5月29日审结",
        "    依据：《刑诉规则》第664条",
        "    请核对填录日期",
        "请登录系统查看案件。直接回复本消息，或点条目编号。请勿发送姓名、案情、图片。",
    ]
    assert list(office["林知秋"].last.buttons) == ["A01", "A02", "全部知悉"]


def test_a_person_gets_one_digest_a_day(office: OfficeAtWork) -> None:
    office.export(hit(ONE), cards=[ONE])
    office.morning()
    office.morning()
    assert len(office["林知秋"].of_kind("digest")) == 1


def test_who_has_nothing_gets_no_digest(office: OfficeAtWork) -> None:
    office.export(hit(ONE), cards=[ONE])
    office.morning()
    assert office["许望舒"].messages == []


def test_why_a_digest_was_not_sent_stands_in_the_ledger(office: OfficeAtWork) -> None:
    office.export(hit(ONE, due=FAR), cards=[ONE])
    office.morning()
    office["林知秋"].press("A01")
    office["林知秋"].press("知悉")
    office.at(MONDAY + days(1))
    office.morning()
    withheld = office.acts("digests_withheld")[-1]["data"]["people"]
    assert withheld == {"nothing_new": [1]}
    assert len(office["林知秋"].of_kind("digest")) == 1


def test_an_unanswered_term_takes_one_line_on_an_ordinary_day(office: OfficeAtWork) -> None:
    office.export(hit(ONE, due=FAR), cards=[ONE])
    office.morning()
    office.at(MONDAY + days(1))
    office.morning()
    text = office["林知秋"].last.text
    assert "A01 未答复 · 审查逮捕 尾号001，还有34天" in text
    assert "依据" not in text
    assert list(office["林知秋"].last.buttons) == ["A01", "全部知悉"]


def test_on_a_warning_day_an_item_stands_in_full_again(office: OfficeAtWork) -> None:
    office.export(hit(ONE, due=date(2026, 6, 19)), cards=[ONE])
    office.morning()
    office.at(MONDAY + days(1))
    office.morning()
    assert "依据" in office["林知秋"].last.text


def test_on_mondays_everything_unanswered_stands_in_full(office: OfficeAtWork) -> None:
    office.export(hit(ONE, due=FAR), cards=[ONE])
    office.morning()
    office.at(MONDAY + days(7))
    office.morning()
    assert "依据" in office["林知秋"].last.text


def test_what_was_answered_is_only_counted(office: OfficeAtWork) -> None:
    office.export(hit(ONE), hit(TWO), cards=[ONE, TWO])
    office.morning()
    office["林知秋"].say("A01 已改，审结日期 6.16")
    office.at(MONDAY + days(1))
    office.morning()
    text = office["林知秋"].last.text
    assert "另有 1 条已答复，待核实。" in text
    assert "A01" not in text


def test_a_past_fact_is_told_once(office: OfficeAtWork) -> None:
    late = card(1, 审结日期=date(2026, 6, 12))
    past = hit(
        late, state="overdue", due=date(2026, 6, 9), done=date(2026, 6, 12), release="review"
    )
    office.export(past, cards=[late])
    send_everything(office)
    office.at(MONDAY + days(7))
    office.morning()
    assert len([one for one in office["林知秋"].texts if "A01" in one]) == 1


def test_card_entries_wait_for_the_weeks_first_working_day(office: OfficeAtWork) -> None:
    office.at(MONDAY + days(1))
    office.export(card_entry(ONE), cards=[ONE])
    office["陆明远"].say("/待审")
    office["陆明远"].press("确认")
    office.morning()
    assert office["林知秋"].messages == []
    office.at(MONDAY + days(7))
    office.morning()
    assert "A01 数据核对提示" in office["林知秋"].last.text


def test_after_a_monday_off_the_week_opens_on_tuesday(office: OfficeAtWork) -> None:
    office.at(date(2026, 4, 7))
    office.export(card_entry(ONE), cards=[ONE], day=date(2026, 4, 3))
    office["陆明远"].say("/待审")
    office["陆明远"].press("确认")
    office.morning()
    assert "A01 数据核对提示" in office["林知秋"].last.text


def test_card_entries_come_daily_where_the_office_wants_them(office: OfficeAtWork) -> None:
    office.manners(card_entries="daily")
    office.at(MONDAY + days(1))
    office.export(card_entry(ONE), cards=[ONE])
    office["陆明远"].say("/待审")
    office["陆明远"].press("确认")
    office.morning()
    assert "A01 数据核对提示" in office["林知秋"].last.text


def test_old_data_lets_only_terms_through_and_asks_for_an_export(office: OfficeAtWork) -> None:
    office.export(hit(ONE), card_entry(TWO), cards=[ONE, TWO], day=date(2026, 6, 5))
    office["陆明远"].say("/待审")
    office["陆明远"].press("确认")
    office.morning()
    text = office["林知秋"].last.text
    assert "数据截至6月5日导出" in text
    assert "A01" in text
    assert "A02" not in text
    assert "请重新导出案卡" in office["陆明远"].last.text


@pytest.mark.parametrize(
    ("today", "due", "warned"),
    [
        (date(2026, 6, 18), date(2026, 6, 20), True),
        (date(2026, 6, 18), date(2026, 6, 22), True),
        (date(2026, 6, 17), date(2026, 6, 20), False),
        (date(2026, 6, 18), date(2026, 6, 23), False),
    ],
)
def test_a_term_that_ends_in_days_off_is_warned_of_on_the_last_working_day(
    office: OfficeAtWork, today: date, due: date, *, warned: bool
) -> None:
    office.manners(warning_days=())
    office.export(hit(ONE, due=due), cards=[ONE])
    office.morning()
    office.at(today)
    office.morning()
    assert ("依据" in office["林知秋"].last.text) is warned


def test_on_days_off_only_custody_terms_due_or_over_leave(office: OfficeAtWork) -> None:
    office.at(date(2026, 6, 20))
    today = date(2026, 6, 20)
    office.export(
        hit(ONE, due=today, term=in_custody(today)), hit(TWO, due=today), cards=[ONE, TWO]
    )
    office.morning()
    text = office["林知秋"].last.text
    assert "尾号001" in text
    assert "尾号002" not in text


def test_an_office_without_custody_terms_hears_nothing_on_days_off(office: OfficeAtWork) -> None:
    office.at(date(2026, 6, 20))
    office.export(hit(ONE, due=date(2026, 6, 20)), cards=[ONE])
    office.morning()
    assert office["林知秋"].messages == office["陆明远"].messages == []
    assert office.acts("digests_withheld")[-1]["data"]["people"] == {"day_off": [1]}


def test_what_becomes_known_after_the_digest_and_is_due_goes_at_once(
    office: OfficeAtWork,
) -> None:
    office.export(hit(ONE), cards=[ONE])
    office.morning()
    office.at(datetime(2026, 6, 15, 14, 0, tzinfo=ZONE))
    office.patrol(hit(ONE), hit(TWO, due=MONDAY), hit(THREE), cards=[ONE, TWO, THREE])
    office.write(lambda tx: digest.send_pressing(tx, office.desk))
    text = office["林知秋"].last.text
    assert text.startswith("流程监控补充提示")
    assert "尾号002" in text
    assert "尾号003" not in text


def test_a_case_without_prosecutor_goes_to_the_head(office: OfficeAtWork) -> None:
    nobody = card(1, prosecutor=None)
    office.export(hit(nobody), cards=[nobody])
    office.morning()
    assert "A01 期限届满提示" in office["顾长青"].last.text
    assert "案卡未填承办检察官，发部门负责人：A01" in office["陆明远"].last.text


def test_a_prosecutor_who_is_not_bound_is_reached_over_the_head(office: OfficeAtWork) -> None:
    of_stranger = card(1, prosecutor="苏未名")
    office.export(hit(of_stranger), cards=[of_stranger])
    office.morning()
    assert "承办检察官未绑定或无法送达，请代为转告" in office["顾长青"].last.text
    assert "未绑定或无法送达：苏未名" in office["陆明远"].last.text


def test_where_nobody_can_be_reached_the_officer_has_the_list(office: OfficeAtWork) -> None:
    lost = card(1, prosecutor="苏未名", 承办部门="第三检察部")
    office.export(hit(lost), cards=[lost])
    office.morning()
    assert "承办检察官和部门负责人都未绑定或无法送达，只列给专员：A01" in office["陆明远"].last.text
    assert office.acts("digests_withheld")[-1]["data"]["findings_without_reader"] == ["A01"]


def test_the_summary_carries_the_head_of_the_ledger(office: OfficeAtWork) -> None:
    office.export(hit(ONE), cards=[ONE], day=FRIDAY)
    head = office.read(ledger.head)
    office.morning()
    assert f"留痕流水校验值 {head.printed}" in office["陆明远"].last.text


def test_an_internet_door_carries_no_names_and_no_values(office: OfficeAtWork) -> None:
    office.export(hit(ONE), cards=[ONE])
    office.morning()
    assert "甄某1" not in office["林知秋"].last.text


def test_a_cleared_door_shows_case_and_suspect(intranet: OfficeAtWork) -> None:
    intranet.export(hit(ONE), cards=[ONE])
    intranet.morning()
    text = intranet["林知秋"].last.text
    assert "A01 期限届满提示 · 审查逮捕 尾号001 甄某1盗窃案（甄某1）" in text
    assert "请勿发送姓名" not in text


def test_the_tail_grows_until_only_one_of_the_readers_cases_fits(office: OfficeAtWork) -> None:
    other = replace(TWO, case_no=ONE.case_no.replace("刑捕受", "刑诉受"))
    office.export(hit(ONE), hit(other), cards=[ONE, other])
    office.morning()
    assert "刑捕 尾号001" in office["林知秋"].last.text
    assert "刑诉 尾号001" in office["林知秋"].last.text


def test_a_term_of_the_office_says_that_it_is_the_offices(office: OfficeAtWork) -> None:
    office.export(hit(ONE, statutory=False), cards=[ONE])
    office.morning()
    assert "期限为本院内部要求" in office["林知秋"].last.text


def test_an_uncertain_day_says_why(office: OfficeAtWork) -> None:
    office.export(hit(ONE, certain=False), cards=[ONE])
    office.morning()
    assert "有关年度放假安排尚未公布，按较早日期提示" in office["林知秋"].last.text


def test_a_long_digest_is_numbered_and_nothing_is_lost(office: OfficeAtWork) -> None:
    cards = [card(number) for number in range(1, 61)]
    office.export(*(hit(one) for one in cards), cards=cards)
    office.morning()
    parts = office["林知秋"].of_kind("digest")
    assert len(parts) > 1
    assert all(len(part.text) <= 3500 for part in parts)
    assert parts[0].text.startswith(f"（1/{len(parts)}）\n")
    joined = "\n".join(part.text for part in parts)
    assert all(f"尾号{number:03}" in joined for number in range(1, 61))
    buttons = [label for part in parts for label in part.buttons]
    assert len(buttons) == 61
    assert "全部知悉" in parts[-1].buttons


def test_two_suspects_of_one_item_are_one_entry(office: OfficeAtWork) -> None:
    second = replace(ONE, person_no="other")
    office.export(hit(ONE), hit(second), cards=[ONE, second])
    office.morning()
    text = office["林知秋"].last.text
    assert "A01、A02 期限届满提示 · 审查逮捕 尾号001（2人）" in text
    assert text.count("依据") == 1


def test_in_a_dry_run_only_the_officer_gets_the_digests(office: OfficeAtWork) -> None:
    office.manners(dry_run=True)
    office.export(hit(ONE), cards=[ONE])
    office.morning()
    assert office["林知秋"].messages == []
    assert office["陆明远"].of_kind("digest")[0].text.startswith("【试运行，本应发给林知秋】")
    assert office.finding("A01").told_at is None


def test_what_was_closed_since_is_told(office: OfficeAtWork) -> None:
    office.export(hit(ONE), hit(TWO), cards=[ONE, TWO])
    office.morning()
    office.at(MONDAY + days(1))
    cured = card(1, 审结日期=date(2026, 6, 16))
    office.export(hit(TWO), cards=[cured, TWO])
    office.morning()
    assert "上次提示以来已销号 1 条。" in office["林知秋"].last.text


def test_of_two_of_one_name_the_one_of_the_department_is_told(office: OfficeAtWork) -> None:
    namesake = people.Listed("林知秋", SECOND, ("prosecutor",))
    office.write(lambda tx: people.keep(tx.session, OFFICE, [*PEOPLE, namesake]))
    office.export(hit(ONE), cards=[ONE])
    office.morning()
    assert ONE.values["承办部门"] == FIRST
    assert "A01" in office["林知秋"].last.text


def test_an_unknown_custody_is_said(office: OfficeAtWork) -> None:
    unknown = replace(in_custody(date(2026, 6, 17)), custody=None)
    office.export(hit(ONE, term=unknown), cards=[ONE])
    office.morning()
    assert "6月17日届满；在押情况不明，未顺延" in office["林知秋"].last.text


def test_the_officer_hears_each_morning_which_terms_are_over(office: OfficeAtWork) -> None:
    friday = MONDAY + days(-3)
    held = hit(ONE, due=friday, state="overdue", term=in_custody(friday))
    free = hit(TWO, due=friday, state="overdue")
    office.export(held, free, hit(card(3)), cards=[ONE, TWO, card(3)])
    office.morning()
    (summary,) = [one for one in office["陆明远"].texts if "工作提示" in one]
    assert "期限已届满未见办结 2 条，其中在押 1 条：A01；其他：A02。" in summary
