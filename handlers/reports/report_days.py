"""The days of reports: the officer is reminded to draft, deputy and chief get their month."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from handlers import tell
from handlers.counting import ranges
from handlers.people.addressees import holders, officers
from handlers.reports import asking
from handlers.reports.report_kinds import LEADERS, of_range
from storage import people, work_reports

if TYPE_CHECKING:
    from datetime import date

    from handlers.desk import Desk
    from storage.models.people import Person
    from storage.transaction import Transaction


def morning(tx: Transaction, desk: Desk) -> None:
    """Do what the day asks for; every message once, whatever is repeated."""
    today = tx.now.date()
    if desk.calendar.is_day_off(today):
        return
    if today == desk.calendar.next_workday(today.replace(day=1)):
        _tell_leaders(tx, desk)
    if today == department_day(desk, today):
        text = "今天是向各部门送流程监控工作报告的日子，点按钮起草，审核后发给部门负责人。"
        _offer(
            tx, desk, text, "起草部门报告", f"/部门报告 {_last_full(desk, today)}", "departments"
        )
    if today == last_workday(desk, today):
        month = ranges.month_of(today, desk.reports.month)
        text = f"今天是{month.month}月最后一个工作日，请起草报送上级的工作报告。"
        command = f"/月报 {month.year}-{month.month:02}"
        _offer(tx, desk, text, f"起草{month.month}月月报", command, "monthly")


def department_day(desk: Desk, today: date) -> date:
    """Return the working day of a month on which departments get their reports."""
    wanted = today.replace(day=desk.reports.department_day)
    return desk.calendar.next_workday(wanted)


def last_workday(desk: Desk, today: date) -> date:
    """Return the last working day of a month."""
    following = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    return desk.calendar.workday_before(following)


def _tell_leaders(tx: Transaction, desk: Desk) -> None:
    today = tx.now.date()
    month = ranges.last_full(today - timedelta(days=1), desk.reports.month)
    for person in _leaders(tx, desk):
        states = ("checked",) if "deputy" in person.roles else ()
        waiting = len(work_reports.in_states(tx.session, desk.office, states))
        asking.plan(
            tx,
            desk,
            person,
            LEADERS,
            {**of_range(month), "waiting": waiting},
            key=f"leaders:{today}:{person.id}",
        )


def _leaders(tx: Transaction, desk: Desk) -> list[Person]:
    found = [
        one.person
        for role in ("deputy", "chief")
        for one in holders(tx.session, desk.office, role)
        if people.is_reachable(one.person)
    ]
    return list({one.id: one for one in found}.values())


def _offer(tx: Transaction, desk: Desk, text: str, label: str, command: str, what: str) -> None:
    for officer in officers(tx.session, desk.office):
        button = tell.button(tx, officer, label, "command", "command", data={"text": command})
        key = f"report_day:{what}:{tx.now.date()}:{officer.id}"
        tell.say(tx, officer, "system", text, buttons=((button,),), key=key)


def _last_full(desk: Desk, today: date) -> str:
    month = ranges.last_full(today, desk.reports.month)
    return f"{month.year}-{month.month:02}"
