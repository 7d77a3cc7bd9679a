"""Months of an office's work by chance, through the real handlers: what reports are counted from.

One seed is one history. What a press or a line is refused for is refused here too, and goes on.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING

from handlers.imports import import_undo
from knowledge.errors import UserFacingError
from storage import findings, snapshots
from tests.support.office_cards import FIRST, SECOND, card, card_entry, hit

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from knowledge.cards import Card
    from knowledge.rules.model import Hit
    from tests.support.office_desk import OfficeAtWork
    from tests.support.office_phones import Message, Phone

TYPES = (
    "审查逮捕案件",
    "一审公诉案件",
    "一审公诉案件（未检）",
    "民事执行活动监督案件",
    "刑事申诉审查案件",
    "从未见过的案件",
)
RULES = (
    ("closed-before-accepted", "审结早于受理", "案卡填录", "轻微"),
    ("no-decision-day", "未填决定日期", "案卡填录", "较重"),
    ("late-decision", "超过办案期限", "办案期限", "严重"),
    ("false-overdue", "假性超期", "办案期限", "轻微"),
)
PROSECUTORS = (("林知秋", FIRST), ("许望舒", FIRST), ("叶清和", SECOND), (None, None))
OFFICER, HEAD, CASE_HEAD, CHIEF = "陆明远", "顾长青", "沈一鸣", "江平"
OBJECTION = "这条我不认可，期限算错了"
ANSWERS = ("收到", "已改，审结日期 {day}", "情况说明：卷宗在外", OBJECTION, OBJECTION)
AVOIDED = ("取消", "返回", "上传", "补充", "其他", "撤销")
FIRST_IMPORT = 14


class BusyMonths:
    """An office whose days are drawn by chance."""

    def __init__(self, office: OfficeAtWork, seed: int) -> None:
        self.office = office
        self.chance = Random(seed)  # noqa: S311 - a test's own history, not a secret
        self.cards: dict[str, Card] = {}
        self.hits: dict[tuple[str, str], Hit] = {}
        self._sequence = 0

    def live(self, first: date, last: date, *, acts_a_day: int = 4) -> None:
        """Work from one day to another, now and then a day with nothing."""
        day = first
        while day <= last:
            self.office.at(day, 8, 30)
            if self.chance.random() < 0.3 or not self.cards:
                self._import()
                self._undo()
            else:
                self._patrol()
            if self.chance.random() < 0.9:
                self.office.morning()
            for place in range(self.chance.randrange(acts_a_day + 1)):
                self.office.at(day, 9 + place % 9, self.chance.randrange(60))
                self._act()
            self.office.sweep()
            day += timedelta(days=self.chance.choice((1, 2, 3)))

    def _act(self) -> None:
        acts: tuple[Callable[[], None], ...] = (
            self._review,
            self._review,
            self._look,
            self._look_and_find,
            self._prompt,
            self._notice,
            self._pursue_notice,
            self._answer,
            self._answer,
            self._follow,
            self._follow,
            self._dispute,
            self._objection,
            self._campaign,
            self._train,
        )
        self.chance.choice(acts)()

    def _new_card(self) -> Card:
        self._sequence += 1
        case_type = self.chance.choice(TYPES)
        prosecutor, department = self.chance.choice(PROSECUTORS)
        accepted = self.office.now.date() - timedelta(days=self.chance.randrange(90))
        return card(
            self._sequence,
            prosecutor,
            承办部门=department,
            案件类别=case_type,
            受理日期=accepted,
            一审判决生效日期=self._maybe(accepted + timedelta(days=self.chance.randrange(60))),
        )

    def _maybe(self, day: date) -> date | None:
        return day if self.chance.random() < 0.4 else None

    def _changed(self, one: Card) -> Card:
        """Move a case on: decided, concluded, published, or to another prosecutor."""
        values = dict(one.values)
        today = self.office.now.date()
        turn = self.chance.randrange(5)
        if turn == 0:
            values["决定日期"] = today
        elif turn == 1:
            values["办结日期"] = today
        elif turn == 2:
            values["信息公开发布日期"] = self._maybe(today)
            values["公开状态"] = self.chance.choice(("已公开", "待审核", None))
            values["不公开原因"] = self.chance.choice((None, "涉及隐私"))
        elif turn == 3:
            name, department = self.chance.choice(PROSECUTORS)
            values["承办检察官"], values["承办部门"] = name, department
        return type(one)(**{**vars(one), "values": values})

    def _import(self) -> None:
        for number in list(self.cards):
            if self.chance.random() < 0.3:
                self.cards[number] = self._changed(self.cards[number])
        first = not self.cards
        for _ in range(FIRST_IMPORT if first else self.chance.randrange(1, 5)):
            fresh = self._new_card()
            self.cards[fresh.case_no] = fresh
        for key in list(self.hits):
            if self.chance.random() < 0.25:
                self._let_go(self.hits.pop(key))
        for one in self.cards.values():
            if self.chance.random() < 0.35:
                found = self._hit(one)
                self.hits[found.case_no, found.rule] = found
        cards = list(self.cards.values())
        self.office.export(*self.hits.values(), cards=cards, baseline=first)

    def _let_go(self, gone: Hit) -> None:
        """Now and then a rule is silent because a day was changed after the prompt."""
        known = self.cards.get(gone.case_no)
        if known is not None and gone.due is not None and self.chance.random() < 0.6:
            later = {**known.values, "受理日期": gone.due}
            self.cards[gone.case_no] = type(known)(**{**vars(known), "values": later})

    def _hit(self, one: Card) -> Hit:
        today = self.office.now.date()
        if self.chance.random() < 0.4:
            due = today + timedelta(days=self.chance.randrange(-3, 6))
            state = "due_soon" if due >= today else "overdue"
            return hit(one, due=due, state=state, group="办案期限")
        rule, title, group, severity = self.chance.choice(RULES)
        return card_entry(one, rule, title=title, group=group, severity=severity)

    def _patrol(self) -> None:
        self.office.patrol(*self.hits.values(), cards=list(self.cards.values()))

    def _review(self) -> None:
        phone = self.office[OFFICER]
        phone.say("/待审")
        self._press(
            phone,
            self.chance.choice(
                ("确认", "不属问题", "仅记录", "口头提示", "通知书", "列为存量", "本规则全部确认")
            ),
        )
        for label in ("案卡无误", "情节更轻", "电话"):
            self._press(phone, label)

    def _look(self) -> None:
        if self.cards:
            self.office[OFFICER].say(f"/监控 {self.chance.choice(list(self.cards))} 无问题")

    def _look_and_find(self) -> None:
        if self.cards:
            number = self.chance.choice(list(self.cards))
            phone = self.office[OFFICER]
            phone.say(f"/监控 {number} 未附换押证")
            for _ in range(4):
                labels = [one for one in phone.last.buttons if not one.startswith(AVOIDED)]
                if labels and "待审" not in phone.last.text:
                    phone.press("登记" if "登记" in labels else labels[0])

    def _open_number(self) -> str | None:
        office = self.office.desk.office
        found = self.office.read(lambda session: findings.open_ones(session, office))
        return self.chance.choice([one.number for one in found]) if found else None

    def _prompt(self) -> None:
        number = self._open_number()
        if number:
            manner = self.chance.choice(("电话", "当面", "消息"))
            self.office[OFFICER].say(f"口头提示 {number} {manner}")

    def _notice(self) -> None:
        number = self._open_number()
        if not number:
            return
        grave = self.chance.choice(("", " 报检察长"))
        phone = self.office[OFFICER]
        phone.say(f"发通知书 {number}{grave}")
        self._press(phone, "情节更重")
        if self._press(phone, "提交审批"):
            self._press(self.office[CASE_HEAD], "批准")
        self.office.sweep()

    def _pursue_notice(self) -> None:
        head = self.office[HEAD]
        turn = self.chance.randrange(6)
        if turn == 0:
            self._press(head, "收到")
        elif turn <= 2:
            self._answer_notice(head)
        elif turn <= 4:
            officer = self.office[OFFICER]
            officer.say("/通知书")
            label = next((one for one in officer.last.buttons if "〔" in one), None)
            if label and self._press(officer, label):
                self._press(officer, self.chance.choice(("作废", "已纠正", "继续跟踪", "维持")))
                self._press(officer, "事实有误")
        else:
            self._press(self.office[CHIEF], "已阅")

    def _answer_notice(self, head: Phone) -> None:
        self._press(head, "收到")
        self._press(head, "逐条答复")
        proof = self.chance.choice(("暂无", "案卡新值"))
        for _ in range(3):
            for label in ("属实", "填录有误", "已更正案卡", "今天", proof):
                if self._press(head, label) and label == "案卡新值":
                    head.say("审结日期 6月12日")
        self._press(head, "签署反馈意见书")
        self.office.sweep()

    def _answer(self) -> None:
        number = self._open_number()
        if not number:
            return
        finding = self.office.finding(number)
        phone = self.office.phones.get(finding.prosecutor or "")
        if phone is not None:
            day = self.office.now.date()
            words = self.chance.choice(ANSWERS).format(day=f"{day.month}月{day.day}日")
            phone.say(f"{number} {words}")
            self._press(phone, "期限计算有误")
            self._press(phone, "《刑诉规则》")

    def _follow(self) -> None:
        phone = self.office[OFFICER]
        phone.say("/待复核")
        self._press(
            phone,
            self.chance.choice(
                ("核实销号", "采纳，不再提示", "继续跟踪", "请补充", "异议成立", "异议不采纳")
            ),
        )
        self._press(phone, "文书落款日期")

    def _dispute(self) -> None:
        """An objection that the officer does not accept, and how far it goes."""
        number = self._open_number()
        finding = self.office.finding(number) if number else None
        author = self.office.phones.get(finding.prosecutor or "") if finding else None
        if author is None:
            return
        author.say(f"{number} {OBJECTION}")
        self._press(author, "期限计算有误")
        self._press(author, "《刑诉规则》")
        self.office[OFFICER].say("/待复核")
        self._press(self.office[OFFICER], "异议不采纳")
        if self._press(author, self.chance.choice(("仍有异议", "接受", "仍有异议"))):
            self._press(self.office[CASE_HEAD], "维持，报检察长决定")
            self._press(self.office[CHIEF], self.chance.choice(("异议成立", "异议不采纳")))

    def _objection(self) -> None:
        for name in ("林知秋", "许望舒", "叶清和"):
            self._press(self.office[name], self.chance.choice(("仍有异议", "接受")))
        self._press(self.office[CASE_HEAD], self.chance.choice(("异议成立", "维持，报检察长决定")))
        self._press(self.office[CHIEF], self.chance.choice(("异议成立", "异议不采纳")))

    def _campaign(self) -> None:
        phone = self.office[OFFICER]
        if self.chance.random() < 0.25:
            phone.say("/专项")
            for label in ("新建", "案卡填录", "下一步", "不限时间", "全部", "开始"):
                self._press(phone, label)
        self._press(phone, self.chance.choice(("无问题", "有问题", "不适用")))
        if self.chance.random() < 0.2:
            self._press(phone, self.chance.choice(("取消专项", "完成")))
            self._press(phone, "确定")

    def _train(self) -> None:
        self.office[OFFICER].say("/培训 案卡填录")

    def _undo(self) -> None:
        """Take the import just made back now and then, unless something was sent on it."""
        if self.chance.random() > 0.2:
            return
        with suppress(UserFacingError):
            self.office.write(lambda tx: import_undo.undo(tx, self.office.desk, actor="person:6"))
            self.cards = {one.case_no: one for one in self._held()}

    def _held(self) -> tuple[Card, ...]:
        office = self.office.desk.office
        return self.office.read(lambda session: snapshots.cards(session, office)).cards

    def _press(self, phone: Phone, label: str) -> bool:
        """Tap the newest button of a label, if there is one."""
        message = _showing(phone, label)
        if message is None:
            return False
        phone.press(label, message)
        return True


def _showing(phone: Phone, label: str) -> Message | None:
    return next(
        (
            one
            for one in reversed(phone.messages)
            if any(name.startswith(label) for name in one.buttons)
        ),
        None,
    )
