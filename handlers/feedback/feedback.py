"""流程监控反馈意见书: what the department answers, problem by problem, until the head signs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from handlers.notices import notice_papers, notice_texts, notices
from handlers.permissions import demand, may
from knowledge.errors import UserFacingError
from storage import findings as findings_table
from storage import notices as notices_table
from storage.models.notices import FeedbackItem

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from handlers.desk import Desk
    from storage.models.findings import Finding
    from storage.models.notices import Notice, NoticeItem
    from storage.models.people import Person
    from storage.transaction import Transaction

Field = Literal["conclusion", "cause", "measure", "day", "proofs"]

FIELDS: tuple[Field, ...] = ("conclusion", "cause", "measure", "day", "proofs")
QUESTIONS: Mapping[Field, str] = {
    "conclusion": "经核查，这一问题是否属实？",
    "cause": "产生的原因（不属实的，请说明理由）：",
    "measure": "采取的纠正措施：",
    "day": "纠正完成的日期（尚未纠正的，预计日期）：",
    "proofs": "佐证材料（改后的案卡值，或文书名称和日期）：",
}
CHOICES: Mapping[Field, tuple[str, ...]] = {
    "conclusion": ("属实", "部分属实", "不属实"),
    "cause": ("填录有误", "填录迟延", "理解有偏差", "系统或导出原因", "外部单位原因"),
    "measure": ("已更正案卡", "已补录案卡", "已补正文书", "已补办手续", "尚未纠正"),
}
NOT_YET, NOTHING = "尚未纠正", "无须纠正"
UNTRUE = "不属实"
UNSUPPORTED = "未佐证"


class IncompleteError(UserFacingError):
    """The form cannot be signed while a problem is not answered."""

    def __init__(self, numbers: list[str]) -> None:
        super().__init__(f"{'、'.join(numbers)} 还没有答完，不能签署。请点“逐条答复”补全")


class NotReceivedError(UserFacingError):
    """The form names the day of receipt, and there is none yet."""

    def __init__(self, notice: Notice) -> None:
        super().__init__(f"通知书 {notice.number} 尚未登记收到，请部门负责人先点“收到”或“签收”")


@dataclass(frozen=True)
class Answered:
    """One problem with what was answered so far."""

    item: NoticeItem
    finding: Finding
    answer: FeedbackItem | None

    @property
    def missing(self) -> Field | None:
        """The first question that is not answered yet; None: all are."""
        if self.answer is None or self.answer.conclusion is None:
            return "conclusion"
        if self.answer.cause is None:
            return "cause"
        if self.answer.measure is None:
            return "measure"
        if self.answer.measure != NOTHING and not (
            self.answer.corrected_on or self.answer.planned_on
        ):
            return "day"
        return "proofs" if self.answer.proofs is None else None

    @property
    def outcome(self) -> str | None:
        """What the officer held of it; None: he did not say yet."""
        return self.answer.outcome if self.answer else None

    @property
    def is_unsupported(self) -> bool:
        """Tell whether a correction is claimed with no value, no document and no changed card."""
        answer = self.answer
        if answer is None or answer.proofs or answer.measure in {NOT_YET, NOTHING, None}:
            return False
        now = findings_table.evidence_hash(self.finding.evidence)
        return now == self.item.evidence_hash and self.finding.closed_as != "cured"


def answered(tx: Transaction, notice: Notice) -> list[Answered]:
    """Return the problems of a notice with their answers."""
    found = {one.id: one for one in notice_texts.findings_of(tx, notice)}
    return [
        Answered(one, found[one.finding_id], notices_table.feedback(tx.session, one.id))
        for one in notices_table.items(tx.session, notice.id)
    ]


def next_open(tx: Transaction, person: Person, notice: Notice) -> Answered | None:
    """Return the first problem a person may answer that is not answered in full."""
    return next(
        (
            one
            for one in answered(tx, notice)
            if one.missing is not None and may(person, "answer_notice", one.finding)
        ),
        None,
    )


def put(
    tx: Transaction, person: Person, notice: Notice, one: Answered, field: Field, value: Any
) -> None:
    """Put one field of an answer; it may be changed until the head has signed."""
    demand(person, "answer_notice", one.finding)
    notices.demand_state(notice, "issued", "received")
    answer = one.answer
    if answer is None:
        answer = FeedbackItem(notice_item_id=one.item.id, unsupported=False)
        tx.session.add(answer)
    if field == "day":
        _put_day(answer, value)
    else:
        setattr(answer, field, value)
    if field == "conclusion" and value == UNTRUE:
        answer.measure = NOTHING
    answer.answered_by, answer.answered_at = person.id, tx.now
    tx.session.flush()
    tx.record(
        "feedback_put",
        f"finding:{one.finding.number}",
        actor=f"person:{person.id}",
        data={"notice": notice.id, "field": field},
        text=str(value),
    )


def _put_day(answer: FeedbackItem, day: date) -> None:
    if answer.measure == NOT_YET:
        answer.planned_on, answer.corrected_on = day, None
    else:
        answer.corrected_on, answer.planned_on = day, None


def restart(tx: Transaction, person: Person, notice: Notice, one: Answered) -> None:
    """Answer a problem anew."""
    demand(person, "answer_notice", one.finding)
    notices.demand_state(notice, "issued", "received")
    if one.answer is not None:
        tx.session.delete(one.answer)
        tx.session.flush()
    tx.record(
        "feedback_restarted",
        f"finding:{one.finding.number}",
        actor=f"person:{person.id}",
        data={"notice": notice.id},
    )


def sign(tx: Transaction, desk: Desk, person: Person, notice: Notice) -> list[Answered]:
    """Sign the form: it is the written reply now, and this day ends the clock."""
    notices.demand_all(tx, person, "sign_feedback", notice)
    if notice.state == "issued":
        raise NotReceivedError(notice)
    notices.demand_state(notice, "received")
    found = answered(tx, notice)
    missing = [one.finding.number for one in found if one.missing is not None]
    if missing:
        raise IncompleteError(missing)
    for one in found:
        if one.answer is not None:
            one.answer.unsupported = one.is_unsupported
    notice.replied_by, notice.replied_at = person.id, tx.now
    notices.keep_for_whom(tx, person, notice, "replied_by")
    late = (tx.now.date() - notice.due).days if notice.due else 0
    notices.move(
        tx,
        notice,
        "replied",
        person,
        "feedback_signed",
        number=notice.number,
        late_days=max(late, 0),
        unsupported=[one.finding.number for one in found if one.is_unsupported],
    )
    notice_papers.plan(tx, notice, "feedback", "feedback", facts(tx, desk, notice, person, found))
    return found


def facts(
    tx: Transaction, desk: Desk, notice: Notice, head: Person, found: list[Answered]
) -> dict[str, Any]:
    """Gather what the form says, ready to be kept as JSON."""
    return {
        **notice_papers.facts(tx, desk, notice),
        "received_on": notice.received_on.isoformat() if notice.received_on else None,
        "head": notice_texts.who(tx, notice, "replied_by") or head.name,
        "day": (notice.replied_at or tx.now).date().isoformat(),
        "items": [one.item.facts | _answer_facts(one) for one in found],
    }


def _answer_facts(one: Answered) -> dict[str, Any]:
    answer = one.answer
    if answer is None:
        return {}
    proofs = list(answer.proofs or [])
    return {
        "conclusion": answer.conclusion,
        "cause": answer.cause,
        "measure": answer.measure,
        "corrected_on": answer.corrected_on.isoformat() if answer.corrected_on else None,
        "planned_on": answer.planned_on.isoformat() if answer.planned_on else None,
        "proofs": [*proofs, *([f"（{UNSUPPORTED}）"] if answer.unsupported else [])],
        "objection": answer.objection or (answer.cause if answer.conclusion == UNTRUE else None),
    }
