from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from handlers.clues.clues import BASIS
from handlers.monitoring.monitoring_policy import MonitoringPolicy
from storage import clues
from storage import people as people_table
from tests.support.monitored_cases import arrest, prosecution, said
from tests.support.notice_desk import press, with_button
from tests.support.office_cards import MONDAY, OFFICE, SECOND, card_entry, days, hit
from tests.support.office_desk import PEOPLE
from tests.support.office_phones import DOOR, Phone

if TYPE_CHECKING:
    from storage.models.clues import Clue
    from storage.transaction import Transaction
    from tests.support.office_desk import OfficeAtWork

HELD = arrest(1)
BAILED = prosecution(2)
ODD = arrest(3)
EXECUTION = "第五检察部"


@pytest.fixture
def outside(office: OfficeAtWork) -> Phone:
    """Three findings wait: two about the police, one about a card; two departments have heads."""

    def add_head(tx: Transaction) -> None:
        listed = people_table.Listed("苏南", EXECUTION, ("head",))
        for person in people_table.keep(tx.session, OFFICE, [*PEOPLE, listed]):
            if person.name == "苏南":
                person.door, person.account, person.chat = DOOR, str(person.id), str(person.id)
                office.phones["苏南"] = Phone(office, "苏南", str(person.id), str(person.id))

    office.write(add_head)
    office.export(
        hit(HELD, "police-term", concerns="公安机关", release="review"),
        hit(BAILED, "police-term", concerns="公安机关", release="review", severity="严重"),
        card_entry(ODD),
        cards=[HELD, BAILED, ODD],
    )
    return office["陆明远"]


def clue(office: OfficeAtWork, id_: int = 1) -> Clue:
    found = office.read(lambda session: clues.by_id(session, id_))
    assert found is not None
    return found


def forwarded(officer: Phone, number: str = "A01") -> None:
    officer.say(f"/处理 {number}")
    officer.press("转监督线索")
    officer.press("转第五检察部" if "转第五检察部" in officer.last.buttons else "转第一检察部")


def test_a_finding_about_the_police_is_offered_as_a_clue_and_not_as_a_notice(
    office: OfficeAtWork, outside: Phone
) -> None:
    outside.say("/处理 A01")
    assert list(outside.last.buttons) == ["不属问题", "仅记录", "口头提示", "转监督线索"]
    assert "建议处理：转监督线索（程度较重；义务在公安机关）" in outside.last.text
    outside.say("/处理 A03")
    assert "转监督线索" not in outside.last.buttons
    assert "通知书" in outside.last.buttons
    del office


def test_the_queue_offers_the_same(outside: Phone) -> None:
    outside.say("/待审")
    shown = set(outside.last.buttons)
    if "police" not in outside.last.text and "转监督线索" not in shown:
        outside.press("下一条")
        shown = set(outside.last.buttons)
    assert "转监督线索" in shown
    assert "通知书" not in shown


def test_a_held_persons_term_goes_to_detention_work(office: OfficeAtWork, outside: Phone) -> None:
    outside.say("/处理 A01")
    assert outside.press("转监督线索") == "A01 已定：转监督线索"
    assert BASIS in outside.last.text
    assert "建议转刑事执行检察部门（在押，期限由刑事执行检察部门监督）" in outside.last.text
    assert list(outside.last.buttons) == ["转第一检察部", "转第五检察部", "改转捕诉部门"]
    assert office.finding("A01").state == "queued"


def test_a_term_of_somebody_at_large_goes_to_arrest_and_prosecution(outside: Phone) -> None:
    outside.say("/处理 A02")
    outside.press("转监督线索")
    assert "建议转捕诉部门（未在押，期限由捕诉部门监督）" in outside.last.text
    assert outside.press("改转刑事执行检察部门") == "刑事执行检察"
    assert "请选择承担刑事执行检察工作的部门" in outside.last.text


def test_the_office_says_who_does_a_line_of_work(office: OfficeAtWork, outside: Phone) -> None:
    named = {"刑事执行检察": (EXECUTION,), "捕诉": (SECOND, "第一检察部")}
    office.desk = replace(office.desk, monitoring=MonitoringPolicy(departments=named))
    outside.say("/处理 A01")
    outside.press("转监督线索")
    assert list(outside.last.buttons) == ["转第五检察部", "改转捕诉部门"]
    outside.press("改转捕诉部门")
    assert list(outside.last.buttons) == ["转第一检察部", "转第二检察部", "改转刑事执行检察部门"]


def test_a_clue_is_numbered_and_told_to_the_departments_head(
    office: OfficeAtWork, outside: Phone
) -> None:
    forwarded(outside)
    assert outside.last.text == "线索2026-1 已转第五检察部。"
    told = office["苏南"].last
    assert told.text == (
        "监督线索 线索2026-1 · 审查逮捕 尾号001\n涉及公安机关：6月17日届满\n"
        "依据：《刑诉规则》第282条\n刑事执行检察工作 · 第五检察部 · 已移送，待签收\n"
        "请依法办理，办结后登记结果。"
    )
    assert list(told.buttons) == ["收到", "口头纠正", "纠正违法通知书", "检察建议", "不成立"]
    [entry] = office.acts("clue_forwarded")
    assert entry["data"] == {
        "finding": "A01",
        "state": "forwarded",
        "rule": "police-term",
        "body": "公安机关",
        "line": "刑事执行检察",
        "to": EXECUTION,
    }
    assert office.finding("A01").state == "clue"


def test_numbers_of_clues_follow_one_another_and_are_never_used_twice(
    office: OfficeAtWork, outside: Phone
) -> None:
    forwarded(outside)
    press(outside, "线索2026-1")
    press(outside, "撤回线索")
    forwarded(outside, "A02")
    assert clue(office, 2).number == "线索2026-2"
    office.at(MONDAY.replace(year=2027))
    forwarded(outside, "A01")
    assert clue(office, 3).number == "线索2027-1"


def test_receipt_and_result_are_recorded_and_told(office: OfficeAtWork, outside: Phone) -> None:
    forwarded(outside)
    head = office["苏南"]
    assert head.press("收到") == "线索2026-1 已签收"
    assert outside.last.text == "线索2026-1 第五检察部已签收。"
    assert head.press("纠正违法通知书") == "线索2026-1 结果：纠正违法通知书"
    assert outside.last.text == "线索2026-1（A01）结果：纠正违法通知书，由第五检察部办理。"
    assert (clue(office).state, clue(office).result) == ("settled", "纠正违法通知书")
    assert office.finding("A01").closed_as == "clue_settled"
    acts = ["clue_forwarded", "clue_received", "clue_settled"]
    assert [one["act"] for one in office.acts() if one["act"].startswith("clue_")] == acts


def test_a_result_closes_for_good_and_one_that_is_none_says_so(
    office: OfficeAtWork, outside: Phone
) -> None:
    forwarded(outside)
    office["苏南"].press("不成立")
    assert office.finding("A01").closed_as == "clue_unfounded"
    office.at(MONDAY + days(1))
    office.patrol(
        hit(HELD, "police-term", concerns="公安机关", release="review"), cards=[HELD, BAILED, ODD]
    )
    assert office.finding("A01").state == "closed"


def test_old_buttons_of_a_clue_say_how_it_stands(office: OfficeAtWork, outside: Phone) -> None:
    forwarded(outside)
    head = office["苏南"]
    told = head.last
    tokens = dict(told.buttons)
    head.press("口头纠正")
    assert head.press_token(tokens["收到"], told) == (
        "线索2026-1 现为“已有结果”，请发送 /线索 查看"
    )
    assert "现为“已有结果”" in head.press_token(tokens["检察建议"], told)


def test_the_officer_may_note_it_for_a_head_who_is_not_bound(
    office: OfficeAtWork, outside: Phone
) -> None:
    def unbind(tx: Transaction) -> None:
        [head] = people_table.named(tx.session, OFFICE, "苏南")
        head.door = head.account = head.chat = None

    office.write(unbind)
    forwarded(outside)
    assert "该部门负责人未绑定，请以其他方式移送，签收后代为登记" in outside.last.text
    assert office.acts("not_told")[-1]["object"] == "clue:线索2026-1"
    outside.press("线索2026-1")
    outside.press("收到")
    outside.press("检察建议")
    assert clue(office).result == "检察建议"


def test_another_departments_head_has_nothing_to_do_with_it(
    office: OfficeAtWork, outside: Phone
) -> None:
    forwarded(outside)
    office["顾长青"].say("/线索")
    assert office["顾长青"].last.text == "没有在办的监督线索。"
    told = office["苏南"].last
    assert office["顾长青"].press_token(told.buttons["收到"], told) == "这个按钮不是发给您的"
    assert clue(office).state == "forwarded"


def test_clues_are_listed_to_those_they_are_for(office: OfficeAtWork, outside: Phone) -> None:
    outside.say("线索")
    assert outside.last.text == "没有在办的监督线索。"
    forwarded(outside)
    for name in ("陆明远", "沈一鸣", "苏南", "白鹭"):
        office[name].say("/线索")
        assert office[name].last.text == (
            "在办监督线索 1 条：\n线索2026-1 公安机关 · 第五检察部 · 已移送，待签收"
        )
    office["白鹭"].press("线索2026-1")
    assert "收到" not in office["白鹭"].last.buttons
    office["林知秋"].say("/线索")
    assert "不在您的权限内" in office["林知秋"].last.text


def test_a_clue_that_was_withdrawn_comes_back_to_the_queue(
    office: OfficeAtWork, outside: Phone
) -> None:
    forwarded(outside)
    press(outside, "线索2026-1")
    assert press(outside, "撤回线索") == "线索2026-1 已撤回，A01 回到待审"
    assert office.finding("A01").state == "queued"
    assert office["苏南"].last.text == "监督线索 线索2026-1 已由案管撤回，无须办理。"
    forwarded(outside)
    office["苏南"].press("收到")
    press(outside, "线索2026-2")
    assert "撤回线索" not in outside.last.buttons


def test_a_notice_of_it_is_refused_and_the_article_is_named(
    office: OfficeAtWork, outside: Phone
) -> None:
    outside.say("发通知书 A01")
    assert outside.last.text == (
        "A01 涉及公安机关，依《人民检察院刑事诉讼规则》第五百五十二条、第六百一十三条"
        "转监督线索，不发流程监控通知书。请发送 /线索 A01"
    )
    outside.say("发通知书 A03 A01")
    assert outside.last.text.startswith("A01 涉及公安机关")
    assert office.acts("notice_drafted") == []


def test_any_finding_can_be_handed_on_by_its_number(office: OfficeAtWork, outside: Phone) -> None:
    outside.say("/线索 a03")
    assert outside.last.text == "A03 涉及哪个机关？"
    assert list(outside.last.buttons) == ["公安机关", "人民法院", "看守所"]
    outside.press("看守所")
    assert "建议转刑事执行检察部门（看守所的监管活动由刑事执行检察部门监督）" in outside.last.text
    outside.press("转第五检察部")
    assert clue(office).body == "看守所"
    [decided] = office.acts("outcome_decided")
    assert (decided["data"]["decided"], decided["data"]["reason"]) == (
        "clue",
        "属外部机关的问题，转监督线索",
    )
    outside.say("发通知书 A03")
    assert "A03 涉及外部机关" in outside.last.text


def test_what_is_no_term_goes_to_arrest_and_prosecution(outside: Phone) -> None:
    outside.say("/线索 A03")
    outside.press("公安机关")
    assert "建议转捕诉部门（侦查、审判活动由捕诉部门监督）" in outside.last.text


def test_police_or_court_is_asked_where_the_rule_leaves_it_open(office: OfficeAtWork) -> None:
    office.export(hit(HELD, concerns="办案机关", release="review"), cards=[HELD])
    officer = office["陆明远"]
    officer.say("/处理 A01")
    officer.press("转监督线索")
    assert list(officer.last.buttons) == ["公安机关", "人民法院"]


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("/线索 Z99", "请写明编号，例如：/线索 A08；只写 /线索 列出全部在办线索。"),
        ("/线索 A01", "A01 已转监督线索（线索2026-1），不能重复移送。"),
    ],
)
def test_what_cannot_be_handed_on_is_said(outside: Phone, typed: str, answer: str) -> None:
    forwarded(outside)
    outside.say(typed)
    assert outside.last.text == answer


def test_a_closed_finding_is_no_clue(office: OfficeAtWork, outside: Phone) -> None:
    outside.say("/处理 A03")
    outside.press("不属问题")
    outside.press("客观原因")
    outside.say("/线索 A03")
    assert outside.last.text == "A03 已销号，不能转监督线索。"
    del office


def test_nobody_hands_on_a_finding_of_his_own_case(office: OfficeAtWork) -> None:
    mine = arrest(8, prosecutor="陆明远")
    office.export(hit(mine, concerns="公安机关", release="review"), cards=[mine])
    office["陆明远"].say("/线索 A01")
    assert office["陆明远"].last.text.startswith("本人承办的案件须由他人转监督线索")
    office["沈一鸣"].say("/线索 A01")
    assert "建议转刑事执行检察部门" in office["沈一鸣"].last.text


def test_a_clue_is_not_reminded_of_and_an_answer_does_not_change_it(
    office: OfficeAtWork, outside: Phone
) -> None:
    outside.say("/处理 A01")
    outside.press("口头提示")
    outside.press("情节更轻")
    outside.press("电话")
    forwarded(outside)
    office.at(MONDAY + days(1))
    office.morning()
    assert all("A01" not in one.text for one in office["林知秋"].of_kind("digest"))
    office["林知秋"].say("A01 已催促公安机关")
    assert office.finding("A01").state == "clue"


def test_a_changed_value_does_not_take_a_finding_out_of_a_clue(
    office: OfficeAtWork, outside: Phone
) -> None:
    forwarded(outside)
    office.at(MONDAY + days(3))
    office.patrol(
        hit(
            HELD,
            "police-term",
            concerns="公安机关",
            release="review",
            state="overdue",
            evidence={"受理日期": "2026-06-09"},
        ),
        cards=[HELD, BAILED, ODD],
    )
    assert office.finding("A01").hit_state == "overdue"
    assert office.finding("A01").state == "clue"


def test_several_findings_of_one_item_go_as_clues_of_their_own(office: OfficeAtWork) -> None:
    office.export(
        hit(HELD, "police-term", concerns="公安机关", release="review", item="i"),
        hit(HELD, "police-receipt", concerns="公安机关", release="review", item="i"),
        cards=[HELD],
    )
    officer = office["陆明远"]
    officer.say("/待审")
    officer.press("转监督线索")
    officer.press("转第一检察部")
    assert officer.last.text.startswith("线索2026-1、线索2026-2 已转第一检察部")
    assert with_button(officer, "线索2026-2")
    assert said(office["顾长青"], "监督线索 线索2026-1")


def test_nobody_records_the_result_of_a_clue_of_his_own_case(
    office: OfficeAtWork, outside: Phone
) -> None:
    forwarded(outside)
    both = people_table.Listed("林知秋", "第一检察部", ("prosecutor", "officer"))
    known = [one for one in PEOPLE if one.name != "林知秋"]
    head = people_table.Listed("苏南", EXECUTION, ("head",))
    office.write(lambda tx: people_table.keep(tx.session, OFFICE, [both, *known, head]))
    lin = office["林知秋"]
    lin.say("/线索")
    lin.press("线索2026-1")
    assert list(lin.last.buttons) == ["收到"]
    held = with_button(office["苏南"], "不成立")
    own = people_table.Listed("苏南", EXECUTION, ("head", "prosecutor"), ("林知秋",))
    listed = [one for one in known if one.name != "林知秋"]
    office.write(lambda tx: people_table.keep(tx.session, OFFICE, [*listed, own]))
    assert office["苏南"].press("不成立", held).startswith("本人承办的案件须由他人销号")
    assert office.finding("A01").state == "clue"
    assert office.acts("clue_settled") == []
