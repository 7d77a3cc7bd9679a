"""The officer's review of a written answer: 已纠正, 继续跟踪, 维持, 撤回; and the chief's 批示."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import (
    awaiting,
    feedback,
    finding_life,
    notice_delivery,
    notice_papers,
    notice_presses,
    notice_texts,
    notices,
    tell,
)
from handlers.permissions import RefusedError
from handlers.redraw import redraw
from storage import findings as findings_table
from storage import notices as notices_table
from storage import people

if TYPE_CHECKING:
    from handlers.desk import Desk
    from handlers.press import Press
    from storage.models.findings import Finding
    from storage.models.notices import Notice
    from storage.models.people import Person
    from storage.transaction import Transaction

CORRECTED, WITHDRAWN = "已纠正", "撤回"
SAID = {
    "已纠正": "已纠正，予以销号",
    "继续跟踪": "继续跟踪，待下次导出核对",
    "维持": "维持通知书意见，请继续纠正",
    "撤回": "撤回通知书",
}
INSTRUCTION = "notice_instruction"


def review(tx: Transaction, desk: Desk, press: Press) -> str:
    """Decide on a written answer; the department and the prosecutors are told."""
    notice = notice_presses.of(tx, press)
    outcome = str(press.row.data["label"])
    notices.demand_all(tx, press.person, "review_feedback", notice)
    if notice.reviewed_at is not None:
        who = people.by_id(tx.session, notice.reviewed_by)
        return press.already_at(notice.reviewed_at, who.name if who else None)
    notices.demand_state(notice, "replied")
    unsupported = [
        one.finding.number
        for one in feedback.answered(tx, notice)
        if one.answer is not None and one.answer.unsupported
    ]
    if outcome == CORRECTED and unsupported:
        return f"{'、'.join(unsupported)} 未佐证，不能认定已纠正；请选“继续跟踪”或“维持”"
    notice.outcome, notice.reviewed_by, notice.reviewed_at = outcome, press.person.id, tx.now
    notices.move(tx, notice, "reviewed", press.person, "feedback_reviewed", outcome=outcome)
    _keep_opinion(tx, desk, press.person, notice, outcome)
    for finding in notice_texts.findings_of(tx, notice):
        _apply(tx, press.person, finding, outcome)
    _tell(tx, notice, f"通知书 {notice.number} 的反馈意见已复核：{SAID[outcome]}。")
    return notice_presses.show(tx, desk, press, notice, f"已复核：{outcome}")


def _keep_opinion(
    tx: Transaction, desk: Desk, person: Person, notice: Notice, outcome: str
) -> None:
    """Have the form made once more with the opinion on it, for the archive."""
    head = people.by_id(tx.session, notice.replied_by)
    if head is None:
        return
    facts = feedback.facts(tx, desk, notice, head, feedback.answered(tx, notice))
    opinion = {
        "outcome": outcome,
        "opinion": f"{SAID[outcome]}。",
        "reviewer": person.name,
        "day": tx.now.date().isoformat(),
    }
    notice_papers.plan(tx, notice, "feedback", "archive", {**facts, "review": opinion})


def _apply(tx: Transaction, person: Person, finding: Finding, outcome: str) -> None:
    if finding.state == findings_table.CLOSED:
        return
    if outcome in {CORRECTED, WITHDRAWN}:
        how = "accepted" if outcome == CORRECTED else "withdrawn"
        finding_life.accept(tx, finding, person, f"通知书复核：{outcome}")
        finding_life.close(tx, finding, how, actor=f"person:{person.id}")
        return
    finding.state, finding.answered_at = "sent", None
    finding.version += 1


def _tell(tx: Transaction, notice: Notice, text: str) -> None:
    told: set[int] = set()
    for person in (*notice_delivery.heads(tx, notice), *notice_delivery.prosecutors(tx, notice)):
        if person.id not in told:
            told.add(person.id)
            tell.say(tx, person, "system", text)


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


def _instruct(tx: Transaction, desk: Desk, person: Person, notice: Notice, text: str) -> str:
    notices.demand_all(tx, person, "instruct", notice)
    if notice.instructed_at is not None:
        return f"已于 {notice.instructed_at.month}月{notice.instructed_at.day}日批示，无需重复操作"
    notice.instruction, notice.instructed_by, notice.instructed_at = text, person.id, tx.now
    tx.record(
        "notice_instructed",
        f"notice:{notice.id}",
        actor=f"person:{person.id}",
        data={"number": notice.number},
        text=text,
    )
    author = people.by_id(tx.session, notice.drafted_by)
    if author is not None:
        shown = text if desk.clearance(author.door or "") == "intranet" else "请登录系统查看"
        shown = text if text in notice_delivery.INSTRUCTIONS else shown
        tell.say(tx, author, "system", f"检察长已对通知书 {notice.number} 批示：{shown}。")
    return "批示已记录"
