"""Receipt of a notice: 收到, 签收, or recorded by hand; it starts the clock of the reply."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from handlers import awaiting, tell
from handlers.notices import (
    clocks,
    notice_delivery,
    notice_papers,
    notice_presses,
    notice_reminders,
    notice_texts,
    notices,
)
from handlers.people import addressees
from handlers.permissions import RefusedError
from handlers.prompts import prompt_command
from handlers.redraw import redraw
from knowledge import chinese
from storage import notices as notices_table

if TYPE_CHECKING:
    from handlers.desk import Desk
    from handlers.press import Press
    from storage.models.notices import Notice
    from storage.models.people import Person
    from storage.transaction import Transaction

DELIVERED = "notice_delivered"


def receive(
    tx: Transaction, desk: Desk, person: Person, notice: Notice, day: date, how: str
) -> None:
    """Note the day of receipt and start the clock; it is never started twice."""
    period = clocks.reply_period(day, desk.notices, desk.calendar)
    notice.received_on, notice.received_by, notice.received_how = day, person.id, how
    notice.due = period.due if isinstance(period.due, date) else None
    notice.certain, notice.steps = period.certain, list(period.steps)
    notices.keep_for_whom(tx, person, notice, "received_by")
    notices.move(
        tx,
        notice,
        "received",
        person,
        "notice_received",
        how=how,
        day=day.isoformat(),
        due=notice.due.isoformat() if notice.due else None,
        steps=list(period.steps),
    )
    notice_reminders.plan(tx, desk, notice)
    if how != "button":
        _keep_slip(tx, desk, notice, person)
    _tell_author(tx, person, notice)


def _keep_slip(tx: Transaction, desk: Desk, notice: Notice, person: Person) -> None:
    """Have the receipt slip made for the archive; on one signed by hand the receiver is a line."""
    by_hand = notice.received_how == "hand"
    facts = notice_papers.facts(tx, desk, notice) | {
        "manner": "当面送达" if by_hand else "机器人送达",
        "receiver": None if by_hand else _signer(tx, notice, person),
        "received_on": notice.received_on.isoformat() if notice.received_on else None,
    }
    notice_papers.plan(tx, notice, "receipt", "archive", facts)


def _signer(tx: Transaction, notice: Notice, person: Person) -> str:
    """Name who stands on the slip: who signed it, else who received it; 甲代乙 for a stand-in."""
    column = "signed_by" if notice.signed_by else "received_by"
    return notice_texts.who(tx, notice, column) or person.name


def _tell_author(tx: Transaction, person: Person, notice: Notice) -> None:
    author = addressees.author(tx.session, notice.drafted_by)
    if author is None or author.id == person.id or notice.due is None or not notice.received_on:
        return
    tell.say(
        tx,
        author,
        "system",
        f"{notice.department}已于{chinese.month_day(notice.received_on)}收到通知书"
        f" {notice.number}，书面答复截止 {chinese.month_day(notice.due)}。",
    )


def press_received(tx: Transaction, desk: Desk, press: Press) -> str:
    """收到: the head has it; an acknowledgement that starts the clock and never stops it."""
    notice = notice_presses.of(tx, press)
    notices.demand_all(tx, press.person, "receive_notice", notice)
    if notice.received_on is not None:
        return _already(tx, notice)
    notices.demand_state(notice, "issued")
    receive(tx, desk, press.person, notice, tx.now.date(), "button")
    return _show(tx, desk, press, notice, "已登记收到")


def press_signed(tx: Transaction, desk: Desk, press: Press) -> str:
    """签收: the head signs the receipt slip; who signs has received."""
    notice = notice_presses.of(tx, press)
    notices.demand_all(tx, press.person, "receive_notice", notice)
    if notice.signed_at is not None:
        return press.already_at(notice.signed_at, notice_texts.who(tx, notice, "signed_by"))
    notices.demand_state(notice, "issued", "received")
    notice.signed_by, notice.signed_at = press.person.id, tx.now
    notices.keep_for_whom(tx, press.person, notice, "signed_by")
    tx.record(
        "notice_signed",
        f"notice:{notice.id}",
        actor=f"person:{press.person.id}",
        data={"number": notice.number},
    )
    if notice.received_on is None:
        receive(tx, desk, press.person, notice, tx.now.date(), "signed")
    else:
        _keep_slip(tx, desk, notice, press.person)
    return _show(tx, desk, press, notice, "已签收")


def buttons(tx: Transaction, head: Person, notice: Notice) -> tell.Rows:
    """Make what is left for a head to do with a notice."""
    wanted = (
        *([] if notice.received_on else [("收到", "notice_received")]),
        *([] if notice.signed_at else [("签收", "notice_signed")]),
        ("逐条答复", "feedback_open"),
    )
    return tell.rows(notice_texts.button(tx, head, notice, *one) for one in wanted)


def _already(tx: Transaction, notice: Notice) -> str:
    who = notice_texts.who(tx, notice, "received_by") or "专员"
    day = chinese.month_day(notice.received_on) if notice.received_on else "此前"
    return f"已于 {day}由{who}登记收到，期限自该日起算"


def _show(tx: Transaction, desk: Desk, press: Press, notice: Notice, said: str) -> str:
    lines = [notice_texts.summary(tx, desk, press.person, notice), f"{said}。计算步骤："]
    lines += [f"    {step}" for step in notice.steps]
    redraw(tx, press, "\n".join(lines), buttons=buttons(tx, press.person, notice))
    due = chinese.month_day(notice.due) if notice.due else ""
    return f"{said}，书面答复截止 {due}"


def ask_delivered(tx: Transaction, desk: Desk, press: Press) -> str:
    """Ask the officer on which day the notice was delivered by hand."""
    notice = notice_presses.of(tx, press)
    notices.demand_all(tx, press.person, "record_delivery", notice)
    notices.demand_state(notice, "issued")
    pressable = [
        notice_texts.button(tx, press.person, notice, label, DELIVERED + "_on", back=back)
        for label, back in (("今天送达", 0), ("昨天送达", 1))
    ]
    pressable.append(notice_texts.button(tx, press.person, notice, "其他日期", DELIVERED + "_ask"))
    summary = notice_texts.summary(tx, desk, press.person, notice)
    text = f"{summary}\n当面送达的日期（回执上的收到日期）："
    redraw(tx, press, text, buttons=tell.rows(pressable))
    return "请选择日期"


def press_delivered(tx: Transaction, desk: Desk, press: Press) -> str:
    """Record delivery by hand today or yesterday."""
    notice = notice_presses.of(tx, press)
    day = tx.now.date() - timedelta(days=int(press.row.data["back"]))
    said = _by_hand(tx, desk, press.person, notice, day)
    notice_presses.show(tx, desk, press, notice, said)
    return said


def ask_day(tx: Transaction, desk: Desk, press: Press) -> str:
    """Ask for another day of delivery."""
    del desk
    notice = notice_presses.of(tx, press)
    notices.demand_all(tx, press.person, "record_delivery", notice)
    awaiting.ask(
        tx,
        press.person,
        press.event.origin,
        DELIVERED,
        f"notice:{notice.id}",
        question="请输入送达日期，例如 6月12日。",
        data={"notice": notice.id},
    )
    return "请输入日期"


def take_day(tx: Transaction, desk: Desk, given: awaiting.Given) -> str:
    """Record delivery by hand on the day that was typed."""
    notice = notices_table.by_id(tx.session, int(given.data["notice"]))
    if notice is None:
        raise RefusedError("record_delivery")
    moment = prompt_command.moment(given.text, tx.now)
    if moment is None:
        return f"“{given.text[:20]}”不是日期，未作登记。请重新点“登记送达”。"
    return f"{_by_hand(tx, desk, given.person, notice, moment.date())}（流水第 {given.entry} 号）。"


def _by_hand(tx: Transaction, desk: Desk, person: Person, notice: Notice, day: date) -> str:
    notices.demand_all(tx, person, "record_delivery", notice)
    notices.demand_state(notice, "issued")
    issued = notice.issued_at.date() if notice.issued_at else day
    if not issued <= day <= tx.now.date():
        return f"送达日期应在{chinese.month_day(issued)}至今天之间，未作登记"
    receive(tx, desk, person, notice, day, "hand")
    for head in notice_delivery.heads(tx, notice):
        tell.say(
            tx,
            head,
            "system",
            f"专员已登记通知书 {notice.number} 于{chinese.month_day(day)}送达，"
            f"书面答复截止 {chinese.month_day(notice.due or day)}。",
        )
    return f"已登记{chinese.month_day(day)}送达"
