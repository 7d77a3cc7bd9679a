"""Every button of the desk's circle, pressed by others first and by its owner twice."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from handlers.desk_presses import DESK_ACTS
from tests.support.notice_desk import NUMBER, issued, press
from tests.support.pressed_twice import standing, tap

if TYPE_CHECKING:
    from tests.support.office_desk import OfficeAtWork

OFFICER, CASE_HEAD, HEAD, LIN, CHIEF = "陆明远", "沈一鸣", "顾长青", "林知秋", "江平"


def test_an_oral_prompt_is_made_once(desk_office: OfficeAtWork) -> None:
    desk_office[OFFICER].say("口头提示 A01")
    for label in ("当面", "已在系统登记", "转发通知书", "拟通知书"):
        tap(desk_office, OFFICER, label)
    assert len(desk_office.acts("oral_prompt")) == 1


def test_a_notice_goes_its_way_once(desk_office: OfficeAtWork) -> None:
    desk_office[OFFICER].say("发通知书 A02 A03")
    tap(desk_office, OFFICER, "移出A02")
    desk_office[OFFICER].say("发通知书 A02")
    tap(desk_office, OFFICER, "提交审批")
    tap(desk_office, CASE_HEAD, "退回")
    tap(desk_office, CASE_HEAD, "事实需再核对")
    tap(desk_office, OFFICER, "提交审批")
    tap(desk_office, CASE_HEAD, "批准")
    desk_office.sweep()
    for name, label in (
        (CHIEF, "请案管部门跟踪督促"),
        (HEAD, "收到"),
        (HEAD, "签收"),
        (LIN, "逐条答复"),
        *((LIN, one) for one in ("属实", "填录有误", "已更正案卡", "今天", "暂无")),
        ("许望舒", "逐条答复"),
        *(("许望舒", one) for one in ("不属实", "系统或导出原因", "暂无")),
        (HEAD, "签署反馈意见书"),
        (OFFICER, "复核A02"),
        (OFFICER, "继续跟踪"),
        (OFFICER, "一周后"),
        (OFFICER, "复核A03"),
        (OFFICER, "撤回"),
    ):
        tap(desk_office, name, label)
    once = ("notice_approved", "notice_issued", "notice_received", "feedback_signed")
    assert [len(desk_office.acts(one)) for one in once] == [1, 1, 1, 1]


def test_a_notice_is_voided_once(desk_office: OfficeAtWork) -> None:
    issued(desk_office)
    tap(desk_office, OFFICER, "作废")
    tap(desk_office, OFFICER, "事实有误")
    assert len(desk_office.acts("notice_voided")) == 1


def test_a_delivery_by_hand_is_recorded_once(desk_office: OfficeAtWork) -> None:
    issued(desk_office)
    tap(desk_office, OFFICER, "登记送达")
    tap(desk_office, OFFICER, "今天")
    assert len(desk_office.acts("notice_received")) == 1


def test_an_objection_is_decided_once_at_each_stage(desk_office: OfficeAtWork) -> None:
    desk_office[OFFICER].say("/待审")
    press(desk_office[OFFICER], "全部发出")
    desk_office.at(date(2026, 6, 16))
    desk_office.morning()
    desk_office[LIN].say("A02 不认可，已依法延长")
    for name, label in ((LIN, "说不清条款"),):
        tap(desk_office, name, label)
    desk_office[OFFICER].say("/待复核")
    for name, label in (
        (OFFICER, "异议不采纳"),
        (LIN, "仍有异议"),
        (CASE_HEAD, "维持，报检察长决定"),
        (CHIEF, "维持"),
    ):
        tap(desk_office, name, label)
    assert len(desk_office.acts("objection_decided")) == 3


def test_leave_is_arranged_once(desk_office: OfficeAtWork) -> None:
    desk_office[LIN].say("请假到周五，许望舒代")
    tap(desk_office, LIN, "确认")
    assert len(desk_office.acts("stand_in_arranged")) == 1


def test_no_act_can_be_called_by_a_token_that_was_made_up(desk_office: OfficeAtWork) -> None:
    desk_office[OFFICER].say("/通知书")
    before = standing(desk_office)
    for act in DESK_ACTS:
        said = desk_office[OFFICER].press_token(f"{act}:1", desk_office[OFFICER].last)
        assert said.startswith("这个按钮已失效"), act
    assert standing(desk_office) == before
    assert len(desk_office.acts("press_unknown")) == len(DESK_ACTS)


def test_a_button_of_yesterdays_notice_says_what_it_is_now(desk_office: OfficeAtWork) -> None:
    desk_office[OFFICER].say("发通知书 A02")
    draft = desk_office[OFFICER].last
    discard = draft.buttons["撤销草稿"]
    press(desk_office[OFFICER], "提交审批")
    press(desk_office[CASE_HEAD], "批准")
    said = desk_office[OFFICER].press_token(discard, draft)
    assert said == (
        f"通知书（{NUMBER}）现为“已发出，未收到”，这个按钮已不适用，请发送 /通知书 查看"
    )
