"""The buttons of a stand-in: chosen, confirmed, extended, ended."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from handlers import awaiting, tell
from handlers.people import (
    delegation_checks,
    delegation_drafts,
    delegation_view,
    delegations,
    return_summary,
)
from handlers.permissions import RefusedError
from handlers.redraw import redraw
from knowledge import chinese
from knowledge.errors import UserFacingError
from knowledge.leave_days import read_days
from storage import delegations as table
from storage import people

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from handlers.desk import Desk
    from handlers.press import Press
    from storage.models.delegations import Delegation
    from storage.transaction import Transaction

TYPED = "leave_typed"
QUESTIONS = {
    "stand_in": "请输入代理人的姓名。",
    "last": "请输入请假的最后一天（含当日），例如 6月20日。",
    "until": "请输入代理改到哪一天（含当日），例如 6月20日。",
}


def set_(tx: Transaction, desk: Desk, press: Press) -> str:
    """Take what was chosen and ask for what is still missing."""
    draft = delegation_drafts.from_data(tx, press.row.data)
    text, buttons = delegation_drafts.ask(tx, desk, press.person, draft)
    redraw(tx, press, text, buttons=buttons)
    return str(press.row.data["label"])


def confirm(tx: Transaction, desk: Desk, press: Press) -> str:
    """Arrange what the preview said, while the preview stands there."""
    if not press.is_still_offered(tx) and not _is_arranged(tx, press):
        return "刚才已取消，未作登记；要登记请重新发送，例如：请假到周五，助理代"
    draft = delegation_drafts.from_data(tx, press.row.data)
    plan = draft.plan(tx.now.date())
    if plan is None:
        raise delegation_checks.DaysError("没有写明到哪一天")
    made, entry = delegations.arrange(tx, desk, press.person, plan)
    days = delegation_checks.days_words(made.first, made.last)
    said = f"已登记：{plan.principal.name}{days}由{plan.stand_in.name}代理"
    undo = delegation_view.button(tx, press.person, made, "撤销", "leave_end")
    text = f"{said}（流水第 {entry} 号）。期满自动结束；提前回来请发送“我回来了”。"
    redraw(tx, press, text, buttons=((undo,),))
    return said


def cancel(tx: Transaction, desk: Desk, press: Press) -> str:
    """Leave everything as it is; a stand-in arranged meanwhile is not ended by this."""
    del desk
    if _is_arranged(tx, press):
        return "代理已经登记，没有取消；不需要了请发送 /代理 结束"
    redraw(tx, press, "已取消，未作登记。")
    return "已取消"


def _is_arranged(tx: Transaction, press: Press) -> bool:
    draft = delegation_drafts.from_data(tx, press.row.data)
    return any(
        draft.stand_in is not None
        and (one.principal_id, one.stand_in_id) == (draft.principal.id, draft.stand_in.id)
        and (one.last, one.scope) == (draft.last, draft.scope)
        for one in table.not_over(tx.session, draft.principal.office, tx.now.date())
    )


def ask(tx: Transaction, desk: Desk, press: Press) -> str:
    """Ask for a name or a day that is not among those offered."""
    del desk
    field = str(press.row.data["field"])
    data = {key: value for key, value in press.row.data.items() if key != "label"}
    awaiting.ask(
        tx,
        press.person,
        press.event.origin,
        TYPED,
        press.row.object,
        question=QUESTIONS[field],
        data=data,
    )
    return "请输入"


def take(tx: Transaction, desk: Desk, given: awaiting.Given) -> str:
    """Take a name or a day that was typed.

    Raises:
        DaysError: no day was read.
    """
    field = given.data["field"]
    if field == "until":
        one = _live(tx, int(given.data["delegation"]))
        entry = delegations.extend(tx, desk, given.person, one, _typed_day(tx, given.text))
        return f"已改到{chinese.month_day(one.last)}（流水第 {entry} 号）。"
    draft = delegation_drafts.from_data(tx, given.data)
    among = []
    if field == "last":
        draft = replace(draft, last=_typed_day(tx, given.text))
    else:
        among = people.named(tx.session, desk.office, given.text.strip())
        if not among:
            raise UnknownStandInError(given.text.strip())
        draft = replace(draft, stand_in=among[0] if len(among) == 1 else None)
    text, buttons = delegation_drafts.ask(tx, desk, given.person, draft, among=among)
    tell.answer(tx, given.origin, text, person=given.person, buttons=buttons)
    return ""


def _typed_day(tx: Transaction, text: str) -> date:
    days = read_days(text, tx.now.date())
    found = days.last or days.first
    if found is None:
        raise delegation_checks.DaysError(f"“{text[:20]}”不是日期")
    return found


def end(tx: Transaction, desk: Desk, press: Press) -> str:
    """End a delegation now; who was away gets his summary at once."""
    one = _of(tx, press)
    if one.ended_at is not None or one.last < tx.now.date():
        return "代理已经结束，无需重复操作"
    had_begun = one.first <= tx.now.date()
    entry = delegations.end(tx, press.person, one)
    text, buttons = delegation_view.view(tx, press.person)
    redraw(tx, press, f"代理已结束（流水第 {entry} 号）。\n{text}", buttons=buttons)
    if had_begun and one.made_at.date() < tx.now.date():
        return_summary.tell_now(tx, desk, one.principal_id)
    return "代理已结束"


def extend(tx: Transaction, desk: Desk, press: Press) -> str:
    """Let a delegation last some days longer."""
    one = _of(tx, press)
    if one.version != press.row.version:
        return "代理已有变动，请发送 /代理 查看"
    last = one.last + timedelta(days=int(press.row.data["days"]))
    entry = delegations.extend(tx, desk, press.person, one, last)
    text, buttons = delegation_view.view(tx, press.person)
    said = f"已改到{chinese.month_day(one.last)}"
    redraw(tx, press, f"{said}（流水第 {entry} 号）。\n{text}", buttons=buttons)
    return said


def open_(tx: Transaction, desk: Desk, press: Press) -> str:
    """Show one delegation of somebody else with what can be done."""
    del desk
    one = _of(tx, press)
    text, buttons = delegation_view.detail(tx, press.person, one)
    redraw(tx, press, text, buttons=buttons)
    return "代理情况"


def back(tx: Transaction, desk: Desk, press: Press) -> str:
    """Show the whole view again."""
    del desk
    text, buttons = delegation_view.view(tx, press.person)
    redraw(tx, press, text, buttons=buttons)
    return "代理情况"


def _of(tx: Transaction, press: Press) -> Delegation:
    return _live(tx, int(press.row.data["delegation"]))


def _live(tx: Transaction, id_: int) -> Delegation:
    found = table.by_id(tx.session, id_)
    if found is None:
        raise RefusedError("take_leave")
    return found


class UnknownStandInError(UserFacingError):
    """Nobody of the office has the name that was typed."""

    def __init__(self, name: str) -> None:
        super().__init__(f"人员名册里没有“{name[:20]}”，请核对姓名后重新输入")


ACTS: Mapping[str, Callable[[Transaction, Desk, Press], str]] = {
    "leave_set": set_,
    "leave_confirm": confirm,
    "leave_cancel": cancel,
    "leave_ask": ask,
    "leave_end": end,
    "leave_extend": extend,
    "leave_open": open_,
    "leave_back": back,
}
