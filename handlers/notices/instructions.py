"""批示: what the chief instructs on a grave notice, tapped or typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import awaiting, tell
from handlers.notices import notice_delivery, notice_presses, notice_texts, notices
from handlers.people import addressees
from handlers.permissions import RefusedError
from handlers.redraw import redraw
from storage import notices as notices_table

if TYPE_CHECKING:
    from datetime import datetime

    from handlers.desk import Desk
    from handlers.press import Press
    from storage.models.notices import Notice
    from storage.models.people import Person
    from storage.transaction import Transaction

INSTRUCTION = "notice_instruction"
GONE_OUT = (*notices_table.RUNNING, "replied", "reviewed")


def instruct(tx: Transaction, desk: Desk, press: Press) -> str:
    """Record the chief's 批示 that was tapped."""
    notice = notice_presses.of(tx, press)
    said = _instruct(tx, desk, press.person, notice, str(press.row.data["label"]))
    redraw(tx, press, f"{notice_texts.summary(tx, desk, press.person, notice)}\n{said}")
    return said


def ask_instruction(tx: Transaction, desk: Desk, press: Press) -> str:
    """Ask for the chief's 批示 in his own words."""
    del desk
    notice = notice_presses.of(tx, press)
    notices.demand_all(tx, press.person, "instruct", notice)
    if notice.instructed_at is not None:
        return _already(notice.instructed_at)
    awaiting.ask(
        tx,
        press.person,
        press.event.origin,
        INSTRUCTION,
        f"notice:{notice.id}",
        question=f"请输入对通知书 {notice.number} 的批示。",
        data={"notice": notice.id},
    )
    return "请输入批示"


def take_instruction(tx: Transaction, desk: Desk, given: awaiting.Given) -> str:
    """Record a 批示 that was typed."""
    notice = notices_table.by_id(tx.session, int(given.data["notice"]))
    if notice is None:
        raise RefusedError("instruct")
    said = _instruct(tx, desk, given.person, notice, given.text)
    return f"{said}（流水第 {given.entry} 号）。"


def _already(moment: datetime) -> str:
    return f"已于 {moment.month}月{moment.day}日批示，无需重复操作"


def _instruct(tx: Transaction, desk: Desk, person: Person, notice: Notice, text: str) -> str:
    notices.demand_all(tx, person, "instruct", notice)
    if notice.instructed_at is not None:
        return _already(notice.instructed_at)
    notices.demand_state(notice, *GONE_OUT)
    notice.instruction, notice.instructed_by, notice.instructed_at = text, person.id, tx.now
    notices.keep_for_whom(tx, person, notice, "instructed_by")
    tx.record(
        "notice_instructed",
        f"notice:{notice.id}",
        actor=f"person:{person.id}",
        data={"number": notice.number},
        text=text,
    )
    author = addressees.author(tx.session, notice.drafted_by)
    if author is not None:
        shown = text if desk.clearance(author.door or "") == "intranet" else "请登录系统查看"
        shown = text if text in notice_delivery.INSTRUCTIONS else shown
        stood_in = (notice.on_behalf or {}).get("instructed_by")
        who = notice_texts.who(tx, notice, "instructed_by") if stood_in else "检察长"
        tell.say(tx, author, "system", f"{who}已对通知书 {notice.number} 批示：{shown}。")
    return "批示已记录"
