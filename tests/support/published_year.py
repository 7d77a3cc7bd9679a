"""A year like the one a district office published, worked through the real handlers.

527 cases monitored (496 criminal, juvenile ones among them, 18 civil, administrative and public
interest, 13 complaint and execution), 263 effective, 13 notices, 8 written answers, 5 campaigns, 2
trainings.
"""

from __future__ import annotations

from datetime import date
from random import Random
from typing import TYPE_CHECKING

from tests.support.campaign_desk import press_all
from tests.support.notice_desk import press
from tests.support.office_cards import FIRST, card, card_entry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.cards import Card
    from tests.support.office_desk import OfficeAtWork

YEAR = 2025
KINDS = (
    ("审查逮捕案件", 180),
    ("审查逮捕案件（未检）", 20),
    ("一审公诉案件", 240),
    ("一审公诉案件（未检）", 16),
    ("立案监督案件", 20),
    ("羁押必要性审查案件", 20),
    ("民事执行活动监督案件", 8),
    ("行政执行活动监督案件", 5),
    ("行政公益诉讼案件", 5),
    ("刑事申诉审查案件", 6),
    ("社区矫正监督案件", 7),
)
EFFECTIVE, ANSWERED, CAMPAIGNS = 263, 8, 5
MONTHS = 12
OFFICER, CASE_HEAD, HEAD, PROSECUTOR = "陆明远", "沈一鸣", "顾长青", "林知秋"


def live(office: OfficeAtWork) -> None:
    """Work through the year, month by month."""
    cards = _cards()
    effective = set(Random(527).sample(range(len(cards)), EFFECTIVE))  # noqa: S311 - a fixed draw
    known: list[Card] = []
    for month in range(1, MONTHS + 1):
        fresh = list(range(len(cards)))[month - 1 :: MONTHS]
        known += [cards[place] for place in fresh]
        problems = [cards[place] for place in fresh if place in effective]
        sound = [cards[place] for place in fresh if place not in effective]
        office.at(date(YEAR, month, 8))
        made = office.export(*(card_entry(one) for one in problems), cards=known).made
        _confirm_all(office)
        for one in sound:
            office[OFFICER].say(f"/监控 {one.case_no} 无问题")
        _notices(office, month, made)
        if month % 2 == 0 and month // 2 <= CAMPAIGNS:
            _campaign(office)
        if month % 6 == 0:
            office[OFFICER].say("/培训 案卡填录")


def _cards() -> list[Card]:
    kinds = [kind for kind, many in KINDS for _ in range(many)]
    Random(YEAR).shuffle(kinds)  # noqa: S311 - a fixed order
    return [
        card(place, PROSECUTOR, 承办部门=FIRST, 案件类别=kind)
        for place, kind in enumerate(kinds, 1)
    ]


def _confirm_all(office: OfficeAtWork) -> None:
    officer = office[OFFICER]
    officer.say("/待审")
    press(officer, "本规则全部确认")


def _notices(office: OfficeAtWork, month: int, made: Sequence[str]) -> None:
    """One notice a month and two in the first; the first eight are answered in writing."""
    for number in made[: 2 if month == 1 else 1]:
        office[OFFICER].say(f"发通知书 {number}")
        press(office[OFFICER], "提交审批")
        press(office[CASE_HEAD], "批准")
        office.sweep()
        if len(office.acts("feedback_signed")) < ANSWERED:
            _answer(office)


def _answer(office: OfficeAtWork) -> None:
    head = office[HEAD]
    press(head, "收到")
    press(head, "逐条答复")
    for label in ("属实", "填录有误", "已更正案卡", "今天", "案卡新值"):
        press(head, label)
    head.say("审结日期 6月12日")
    press(head, "签署反馈意见书")
    office.sweep()


def _campaign(office: OfficeAtWork) -> None:
    officer = office[OFFICER]
    officer.say("/专项")
    press_all(officer, "新建", "裁判文书审查", "下一步", "不限时间", "全部", "开始")
