"""/通知书: the notices a person may see, and what is left for him to do with each.

The desk sees all that have not ended; a head those of the department, a prosecutor those with cases
of his own, deputy and chief those that have gone out.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from handlers import tell
from handlers.feedback import feedback, feedback_presses
from handlers.notices import notice_delivery, notice_presses, notice_texts, receipts
from handlers.permissions import RefusedError, demand, may
from handlers.redraw import redraw
from knowledge import chinese
from storage import notices as notices_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.desk import Desk
    from handlers.incoming import Edited, Said
    from handlers.permissions import Act
    from handlers.press import Press
    from storage.models.notices import Notice
    from storage.models.people import Person
    from storage.transaction import Transaction

IN_HAND = (*notices_table.BEFORE_ISSUE, *notices_table.RUNNING, "replied")
SEEN_BY: tuple[Act, ...] = ("see_item", "approve_notice", "instruct")
"""Who may do one of these with a problem may see the notice it stands in."""
MOST, MOST_FOR_LEADERS = 20, 10


def command(tx: Transaction, desk: Desk, person: Person, event: Said | Edited, rest: str) -> None:
    """List the notices in hand that a person may see, a line and a button each."""
    del rest
    demand(person, "see_own")
    found = [
        one
        for one in notices_table.in_states(tx.session, desk.office, IN_HAND)
        if _sees(tx, person, one)
    ]
    if not found:
        tell.answer(tx, event.origin, "没有在办的通知书。", person=person)
        return
    found.sort(key=lambda one: one.due if one.state == "received" and one.due else date.max)
    shown = found[: MOST_FOR_LEADERS if set(person.roles) <= {"deputy", "chief"} else MOST]
    lines = [_line(one, tx.now.date()) for one in shown]
    if len(found) > len(shown):
        lines.append(f"先到期的在前，另有 {len(found) - len(shown)} 份未列出。")
    pressable = [
        notice_texts.button(tx, person, one, notice_texts.name(one), "notice_open") for one in shown
    ]
    buttons = tell.rows(pressable, per_row=2)
    tell.answer(tx, event.origin, "\n".join(lines), person=person, buttons=buttons)


def _line(notice: Notice, today: date) -> str:
    state = notice_texts.STATE_WORDS[notice.state]
    line = f"{notice_texts.name(notice)} · {notice.department} · {state}"
    if notice.state != "received" or notice.due is None:
        return line
    left = (notice.due - today).days
    when = f"还有{left}天" if left > 0 else f"已逾{-left}天" if left else "今天截止"
    return f"{line}，截止 {chinese.month_day(notice.due)}（{when}）"


def _sees(tx: Transaction, person: Person, notice: Notice) -> bool:
    if may(person, "see_queue"):
        return True
    findings = notice_texts.findings_of(tx, notice)
    return notice.state not in notices_table.BEFORE_ISSUE and any(
        may(person, act, one) for act in SEEN_BY for one in findings
    )


def press_open(tx: Transaction, desk: Desk, press: Press) -> str:
    """Show a notice of the list, with what the one who asks can do."""
    notice = notice_presses.of(tx, press)
    if not _sees(tx, press.person, notice):
        raise RefusedError("see_own")
    if may(press.person, "see_queue"):
        notice_presses.show(tx, desk, press, notice)
        return notice_texts.name(notice)
    lines = [notice_texts.summary(tx, desk, press.person, notice)]
    if notice.state == "replied":
        clearance = desk.clearance(press.person.door or "")
        lines += [_answer(one, feedback_presses.line(one, clearance)) for one in _own(tx, press)]
    redraw(tx, press, "\n".join(lines), buttons=_buttons(tx, press.person, notice))
    return notice_texts.name(notice)


def _own(tx: Transaction, press: Press) -> Sequence[feedback.Answered]:
    """Return the answers that the one who asks may see."""
    found = feedback.answered(tx, notice_presses.of(tx, press))
    return [one for one in found if any(may(press.person, act, one.finding) for act in SEEN_BY)]


def _answer(one: feedback.Answered, line: str) -> str:
    return f"{line}；复核：{one.outcome or '待复核'}"


def _buttons(tx: Transaction, person: Person, notice: Notice) -> tell.Rows:
    findings = notice_texts.findings_of(tx, notice)
    if notice.state in notices_table.RUNNING:
        if all(may(person, "receive_notice", one) for one in findings):
            return receipts.buttons(tx, person, notice)
        if any(may(person, "answer_notice", one) for one in findings):
            return ((notice_texts.button(tx, person, notice, "逐条答复", "feedback_open"),),)
    waits = notice.grave and notice.instructed_at is None
    if waits and all(may(person, "instruct", one) for one in findings):
        return notice_delivery.instruction_buttons(tx, person, notice)
    return ()
