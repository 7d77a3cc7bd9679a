"""The officer's review of a written answer, problem by problem: 已纠正, 继续跟踪, 维持, 撤回.

The notice ends when every problem of it is decided; 继续跟踪 keeps one open until a day, on which
the officer is asked again.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from handlers import awaiting, tell
from handlers.feedback import feedback, feedback_letters, feedback_presses
from handlers.findings import finding_life
from handlers.notices import notice_papers, notice_presses, notice_texts, notices
from handlers.notices.notice_texts import CORRECTED, DECIDED, TRACKED, WITHDRAWN
from handlers.people import addressees
from handlers.permissions import RefusedError, demand
from handlers.redraw import redraw
from knowledge import chinese
from knowledge.errors import UserFacingError
from knowledge.leave_days import read_days
from storage import due_jobs, on_behalf, people
from storage import findings as findings_table
from storage import notices as notices_table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from handlers.desk import Desk
    from handlers.feedback.feedback import Answered
    from handlers.press import Press
    from storage.models.notices import Notice
    from storage.models.people import Person
    from storage.transaction import Transaction

FOLLOW_UP = "feedback_follow_up"
"""The job of the day to which a problem was left open, and the text that names such a day."""
DAYS_AHEAD = (("一周后", 7), ("两周后", 14), ("一个月后", 30))
ONE_BY_ONE = "分项复核"


class NoDayAheadError(UserFacingError):
    """No day to come was read."""

    def __init__(self, typed: str) -> None:
        super().__init__(f"“{typed[:20]}”不是今后的日期，请写成 6月22日 的样子")


def review(tx: Transaction, desk: Desk, press: Press) -> str:
    """Take what was tapped for one problem, or for all that are still open."""
    notice = notice_presses.of(tx, press)
    outcome = str(press.row.data["label"]).removeprefix("全部")
    chosen = _chosen(tx, press, notice)
    if isinstance(chosen, str):
        return chosen
    if outcome == CORRECTED and (said := _not_proven(chosen)):
        return said
    if outcome == TRACKED:
        return _ask_day(tx, desk, press, notice, chosen)
    return _decided(tx, desk, press, notice, chosen, outcome)


def _chosen(tx: Transaction, press: Press, notice: Notice) -> list[Answered] | str:
    """Return the problems a button decides on, or what to say where that was done before."""
    item = press.row.data.get("item")
    found = [one for one in feedback.answered(tx, notice) if item in {None, one.item.id}]
    _demand(tx, press.person, notice, found)
    left = [one for one in found if one.outcome not in DECIDED]
    if found and not left:
        last = found[-1]
        moment, who = _reviewed(tx, last, notice)
        return f"{last.finding.number} {press.already_at(moment, who)}"
    notices.demand_state(notice, "replied")
    return left


def _reviewed(tx: Transaction, one: Answered, notice: Notice) -> tuple[datetime | None, str | None]:
    answer = one.answer
    if answer is None or answer.reviewed_at is None:
        return notice.reviewed_at, notice_texts.who(tx, notice, "reviewed_by")
    by = feedback_letters.reviewer(tx, answer)
    return answer.reviewed_at, by


def _demand(tx: Transaction, person: Person, notice: Notice, found: Sequence[Answered]) -> None:
    stood_in = [demand(person, "review_feedback", one.finding) for one in found]
    principal = next((one for one in stood_in if one is not None), None)
    notices.note_for_whom(tx, person, notice, principal)


def _not_proven(chosen: Sequence[Answered]) -> str:
    """未佐证: claimed, with nothing to show for it; a card that changed since is something."""
    numbers = [
        one.finding.number
        for one in chosen
        if one.answer is not None and one.answer.unsupported and one.is_unsupported
    ]
    if not numbers:
        return ""
    return f"{'、'.join(numbers)} 未佐证，不能认定已纠正；请选“{TRACKED}”或“维持”"


def _decided(
    tx: Transaction,
    desk: Desk,
    press: Press,
    notice: Notice,
    chosen: Sequence[Answered],
    outcome: str,
) -> str:
    decide(tx, desk, press.person, notice, chosen, outcome)
    numbers = "、".join(one.finding.number for one in chosen)
    single = len(notices_table.items(tx.session, notice.id)) == 1
    said = f"已复核：{outcome}" if single else f"{numbers} 已复核：{outcome}"
    return notice_presses.show(tx, desk, press, notice, said)


def decide(
    tx: Transaction,
    desk: Desk,
    person: Person,
    notice: Notice,
    chosen: Sequence[Answered],
    outcome: str,
    *,
    until: date | None = None,
) -> None:
    """Decide on some problems; with the last one the notice ends, and everybody is told."""
    first_round = any(one.outcome is None for one in feedback.answered(tx, notice))
    actor = f"person:{person.id}"
    principal_id = on_behalf.of(tx.session, actor, f"notice:{notice.id}")
    for one in chosen:
        if one.answer is None:
            continue
        one.answer.outcome, one.answer.follow_up_on = outcome, until
        one.answer.reviewed_by, one.answer.reviewed_at = person.id, tx.now
        one.answer.reviewed_for = principal_id
        _apply(tx, person, one, outcome)
    tx.record(
        "feedback_reviewed",
        f"notice:{notice.id}",
        actor=actor,
        data={
            "number": notice.number,
            "findings": [one.finding.number for one in chosen],
            "outcome": outcome,
            "until": until.isoformat() if until else None,
        },
    )
    notice.version += 1
    tx.session.flush()
    found = feedback.answered(tx, notice)
    if all(one.outcome in DECIDED for one in found):
        _end(tx, desk, person, notice, found)
    if all(one.outcome for one in found):
        feedback_letters.tell(tx, notice, found if first_round else chosen)


def _apply(tx: Transaction, person: Person, one: Answered, outcome: str) -> None:
    finding = one.finding
    if finding.state == findings_table.CLOSED:
        return
    if outcome in {CORRECTED, WITHDRAWN}:
        how = "accepted" if outcome == CORRECTED else "withdrawn"
        finding_life.accept(tx, finding, person, f"通知书复核：{outcome}")
        finding_life.close(tx, finding, how, actor=f"person:{person.id}")
        return
    finding.state, finding.answered_at = "sent", None
    finding.version += 1


def _end(
    tx: Transaction, desk: Desk, person: Person, notice: Notice, found: Sequence[Answered]
) -> None:
    """Every problem is decided: the notice ends, and the form is kept with the opinions on it."""
    outcomes = list(dict.fromkeys(str(one.outcome) for one in found))
    notice.outcome = outcomes[0] if len(outcomes) == 1 else ONE_BY_ONE
    notice.reviewed_by, notice.reviewed_at = person.id, tx.now
    notices.keep_for_whom(tx, person, notice, "reviewed_by")
    notices.move(tx, notice, "reviewed", person, "notice_closed", outcome=notice.outcome)
    head = people.by_id(tx.session, notice.replied_by)
    if head is None:
        return
    opinion = {
        "outcome": notice.outcome,
        "opinion": f"{feedback_letters.opinions(found)}。",
        "reviewer": notice_texts.who(tx, notice, "reviewed_by") or person.name,
        "day": tx.now.date().isoformat(),
    }
    facts = feedback.facts(tx, desk, notice, head, list(found))
    notice_papers.plan(tx, notice, "feedback", "archive", {**facts, "review": opinion})


def press_open(tx: Transaction, desk: Desk, press: Press) -> str:
    """Show one problem with what was answered, and the four outcomes."""
    notice = notice_presses.of(tx, press)
    item = int(press.row.data["item"])
    (one,) = [each for each in feedback.answered(tx, notice) if each.item.id == item]
    _demand(tx, press.person, notice, [one])
    text, buttons = view(tx, desk, press.person, notice, one)
    redraw(tx, press, text, buttons=buttons, subjects=[one.finding.number])
    return f"{one.finding.number} 请复核"


def view(
    tx: Transaction, desk: Desk, person: Person, notice: Notice, one: Answered
) -> tuple[str, tell.Rows]:
    """Return one problem as its reviewer reads it."""
    clearance = desk.clearance(person.door or "")
    fact = "fact" if clearance == "intranet" and not one.finding.minor else "plain_fact"
    lines = [
        f"通知书 {notice.number} · {one.finding.number} {one.item.facts['rule']}",
        str(one.item.facts[fact]),
        feedback_presses.line(one, clearance),
    ]
    if one.finding.closed_as == "cured":
        lines.append("新的导出显示已纠正。")
    pressable = notice_texts.outcome_buttons(tx, person, notice, one.item.id)
    pressable.append(notice_texts.button(tx, person, notice, "返回", "notice_open"))
    return "\n".join(lines), tell.rows(pressable, per_row=2)


def _ask_day(
    tx: Transaction, desk: Desk, press: Press, notice: Notice, chosen: Sequence[Answered]
) -> str:
    """Ask until when a problem is left open."""
    today = tx.now.date()
    data = {"items": [one.item.id for one in chosen]}
    pressable = []
    for words, days in DAYS_AHEAD:
        day = desk.calendar.next_workday(today + timedelta(days=days))
        label = f"{words}（{chinese.month_day(day)}）"
        more = {**data, "until": day.isoformat()}
        pressable.append(
            notice_texts.button(tx, press.person, notice, label, "feedback_track", **more)
        )
    pressable.append(
        notice_texts.button(tx, press.person, notice, "其他日期", "feedback_track_ask", **data)
    )
    numbers = "、".join(one.finding.number for one in chosen)
    redraw(tx, press, f"{numbers} 继续跟踪到哪一天？", buttons=tell.rows(pressable, per_row=2))
    return "请选择日期"


def press_track(tx: Transaction, desk: Desk, press: Press) -> str:
    """Leave problems open until the day that was tapped."""
    notice = notice_presses.of(tx, press)
    until = datetime.fromisoformat(str(press.row.data["until"])).date()
    track(tx, desk, press.person, notice, press.row.data["items"], until)
    said = f"已复核：{TRACKED}，{chinese.month_day(until)}再核对"
    return notice_presses.show(tx, desk, press, notice, said)


def ask_day(tx: Transaction, desk: Desk, press: Press) -> str:
    """Ask for another day."""
    del desk
    notice = notice_presses.of(tx, press)
    notices.demand_state(notice, "replied")
    awaiting.ask(
        tx,
        press.person,
        press.event.origin,
        FOLLOW_UP,
        f"notice:{notice.id}",
        question="请输入再次核对的日期，例如 6月22日。",
        data={"notice": notice.id, "items": press.row.data["items"]},
    )
    return "请输入日期"


def take_day(tx: Transaction, desk: Desk, given: awaiting.Given) -> str:
    """Leave problems open until the day that was typed.

    Raises:
        NoDayAheadError: it is none.
    """
    notice = notices_table.by_id(tx.session, int(given.data["notice"]))
    days = read_days(given.text, tx.now.date())
    until = days.last or days.first
    if notice is None:
        raise RefusedError("review_feedback")
    if until is None or until <= tx.now.date():
        raise NoDayAheadError(given.text)
    track(tx, desk, given.person, notice, given.data["items"], until)
    return f"继续跟踪，{chinese.month_day(until)}再核对（流水第 {given.entry} 号）。"


def track(
    tx: Transaction,
    desk: Desk,
    person: Person,
    notice: Notice,
    items: Sequence[int],
    until: date,
) -> None:
    """Leave problems open; on the day the officer is asked again."""
    notices.demand_state(notice, "replied")
    chosen = [
        one
        for one in feedback.answered(tx, notice)
        if one.item.id in items and one.outcome not in DECIDED
    ]
    _demand(tx, person, notice, chosen)
    decide(tx, desk, person, notice, chosen, TRACKED, until=until)
    at = datetime.combine(
        desk.calendar.next_workday(until), desk.manners.digest_time, tzinfo=tx.now.tzinfo
    )
    for one in chosen:
        data = {"notice": notice.id, "item": one.item.id, "until": until.isoformat()}
        due_jobs.plan(tx, FOLLOW_UP, at, key=f"{one.item.id}:{until}", data=data)


def follow_up(tx: Transaction, desk: Desk, data: Mapping[str, Any]) -> None:
    """Ask the officer again for a problem that was left open until today."""
    notice = notices_table.by_id(tx.session, int(data["notice"]))
    found = [] if notice is None else feedback.answered(tx, notice)
    waiting = [
        one
        for one in found
        if one.item.id == int(data["item"])
        and one.outcome == TRACKED
        and one.answer is not None
        and one.answer.follow_up_on is not None
        and one.answer.follow_up_on.isoformat() == data["until"]
    ]
    if notice is None or not waiting or notice.state != "replied":
        tx.record(
            "reminder_withheld",
            f"notice:{data['notice']}",
            actor="system",
            data={"why": "decided_since", "item": data["item"]},
        )
        return
    author = addressees.author(tx.session, notice.drafted_by)
    if author is None:
        return
    text, buttons = view(tx, desk, author, notice, waiting[0])
    tell.say(tx, author, "system", f"跟踪到期，请复核：\n{text}", buttons=buttons)
    tx.record(
        "reminded",
        f"notice:{notice.id}",
        actor="system",
        data={"person": author.id, "why": "follow_up", "item": data["item"]},
    )
