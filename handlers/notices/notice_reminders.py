"""Reminders of a written reply, up the ladder, shorter as it nears; none moves the clock."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handlers import tell
from handlers.notices import clocks, notice_delivery, notice_presses, notice_texts
from handlers.people import addressees
from knowledge import chinese
from storage import due_jobs, notices, people

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from handlers.desk import Desk
    from handlers.people.addressees import Reader
    from handlers.press import Press
    from storage.models.notices import Notice
    from storage.models.people import Person
    from storage.transaction import Transaction

REMINDER = "notice_reminder"
SNOOZED = "notice_snoozed"
NEAR = 2
"""From so many days before the end on a reminder takes one line."""


def plan(tx: Transaction, desk: Desk, notice: Notice) -> None:
    """Plan every rung of a notice whose clock has just started."""
    if notice.due is None:
        return
    found = clocks.reminders(
        notice.due, desk.calendar, desk.manners.digest_time, desk.notices, tx.now
    )
    for one in found:
        due_jobs.plan(
            tx,
            REMINDER,
            one.at,
            key=f"{notice.id}:{notice.due}:{one.rung.left}",
            data={
                "notice": notice.id,
                "left": one.rung.left,
                "roles": one.rung.roles(grave=notice.grave),
            },
        )


def remind(tx: Transaction, desk: Desk, data: Mapping[str, Any]) -> None:
    """Remind whom the rung names, unless the reply came or the notice is void; quiet hours wait."""
    notice = notices.by_id(tx.session, int(data["notice"]))
    if notice is None or notice.state != "received" or notice.due is None:
        why = notice.state if notice else "gone"
        _note(tx, int(data["notice"]), "reminder_withheld", why=why, left=data["left"])
        return
    allowed = clocks.outside_quiet_hours(tx.now, desk.notices, desk.calendar)
    if allowed > tx.now:
        key = f"{notice.id}:{notice.due}:{data['left']}:{allowed.isoformat()}"
        due_jobs.plan(tx, REMINDER, allowed, key=key, data=dict(data))
        _note(tx, notice.id, "reminder_withheld", why="quiet_hours", left=data["left"])
        return
    for one in readers(tx, notice, data["roles"]):
        _say(tx, desk, notice, one)


def remind_again(tx: Transaction, desk: Desk, data: Mapping[str, Any]) -> None:
    """Remind one person who had put it off."""
    notice = notices.by_id(tx.session, int(data["notice"]))
    person = people.by_id(tx.session, int(data["person"]))
    if notice is None or person is None or notice.state != "received":
        _note(tx, int(data["notice"]), "reminder_withheld", why="ended")
        return
    _say(tx, desk, notice, addressees.reader(tx.session, person, notices=True))


def readers(tx: Transaction, notice: Notice, roles: Iterable[str]) -> list[Reader]:
    """Return whom some roles mean for a notice, each once, the ladder's order kept.

    Of whoever is away it is the one who stands in for him.
    """
    found: dict[int, Reader] = {}
    for role in roles:
        for one in _of_role(tx, notice, role):
            if people.is_reachable(one.person):
                found.setdefault(one.person.id, one)
    return list(found.values())


def _of_role(tx: Transaction, notice: Notice, role: str) -> list[Reader]:
    if role == "prosecutor":
        return notice_delivery.prosecutor_readers(tx, notice)
    if role == "head":
        return notice_delivery.head_readers(tx, notice)
    if role == "officer":
        author = people.by_id(tx.session, notice.drafted_by)
        if author is None or not author.active:
            return []
        return [addressees.reader(tx.session, author, "officer", "case_head")]
    return addressees.holders(tx.session, notice.office, role)


def _say(tx: Transaction, desk: Desk, notice: Notice, one: Reader) -> None:
    person, due = one.person, notice.due
    if due is None:
        return
    wanted = (("知悉", "reminder_ack"), ("下一工作日再提醒", "reminder_snooze"))
    pressable = [notice_texts.button(tx, person, notice, *one) for one in wanted]
    if not {"deputy", "chief", "officer"} & set(person.roles):
        pressable.insert(0, notice_texts.button(tx, person, notice, "逐条答复", "feedback_open"))
    tell.say(
        tx,
        person,
        "prompt",
        one.told(text(tx, desk, notice, person, due)),
        buttons=tell.rows(pressable),
        key=f"notice:{notice.id}:remind:{tx.now.date()}:{person.id}",
    )
    left = (due - tx.now.date()).days
    _note(tx, notice.id, "reminded", person=person.id, left=left, due=due.isoformat())


def text(tx: Transaction, desk: Desk, notice: Notice, person: Person, due: date) -> str:
    """Say how long is left, in fewer words the nearer the end is."""
    left = (due - tx.now.date()).days
    if left < 0:
        return (
            f"通知书 {notice.number}（{notice.department}）书面答复已过期限{-left}天，请尽快答复。"
        )
    if left <= NEAR:
        when = "今天" if left == 0 else f"还有{left}天"
        return f"通知书 {notice.number} 书面答复{when}到期（{chinese.month_day(due)}）。"
    cases = notice_texts.case_lines(
        notice_texts.findings_of(tx, notice), desk.clearance(person.door or "")
    )
    return "\n".join(
        [
            f"提醒：通知书 {notice.number} 的书面答复截止 {chinese.month_day(due)}，还有{left}天。",
            *cases,
            "请核查后逐条答复，由部门负责人签署反馈意见书。",
        ]
    )


def acknowledge(tx: Transaction, desk: Desk, press: Press) -> str:
    """Note that somebody read a reminder; the clock goes on."""
    del desk
    notice = notice_presses.of(tx, press)
    if press.row.used_at is None:
        _note(tx, notice.id, "reminder_acknowledged", person=press.person.id)
    return "已记录知悉；答复期限照常计算"


def snooze(tx: Transaction, desk: Desk, press: Press) -> str:
    """Put a reminder off to the next working day, never further; the clock goes on."""
    notice = notice_presses.of(tx, press)
    if notice.state != "received":
        return f"通知书{notice_texts.STATE_WORDS[notice.state]}，不再提醒"
    at = clocks.snoozed(tx.now, desk.manners.digest_time, desk.calendar)
    planned = due_jobs.plan(
        tx,
        SNOOZED,
        at,
        key=f"{notice.id}:{press.person.id}:{at.date()}",
        data={"notice": notice.id, "person": press.person.id},
    )
    if planned:
        _note(tx, notice.id, "reminder_snoozed", person=press.person.id, until=at.isoformat())
    return f"{chinese.month_day(at.date())}再提醒；答复期限照常计算"


def _note(tx: Transaction, notice_id: int, act: str, **data: object) -> None:
    person = data.get("person")
    actor = f"person:{person}" if act.endswith(("acknowledged", "snoozed")) else "system"
    tx.record(act, f"notice:{notice_id}", actor=actor, data=data)
