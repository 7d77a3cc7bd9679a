"""A notice's way from draft to department: submitted, approved, numbered, issued, or voided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.notices import approvers, notice_numbers, notice_papers, notice_texts
from handlers.permissions import RefusedError, demand
from knowledge.errors import UserFacingError
from storage import on_behalf

if TYPE_CHECKING:
    from handlers.desk import Desk
    from handlers.people.addressees import Reader
    from storage.models.notices import Notice
    from storage.models.people import Person
    from storage.transaction import Transaction

VOID_REASONS = ("事实有误", "送达对象有误", "重复制发", "其他情况")
RETURN_REASONS = ("事实需再核对", "依据需补充", "改用口头提示", "暂缓制发")


class MovedOnError(UserFacingError):
    """A button speaks of a notice as it no longer stands."""

    def __init__(self, notice: Notice) -> None:
        super().__init__(
            f"通知书（{notice_texts.name(notice)}）现为“{notice_texts.STATE_WORDS[notice.state]}”，"
            "这个按钮已不适用，请发送 /通知书 查看"
        )


class NoApproverError(UserFacingError):
    """Nobody may approve this notice besides its author."""

    def __init__(self) -> None:
        super().__init__(
            "除拟稿人外，没有可以批准的案管负责人或分管副检察长，未提交。请在配置中补充人员"
        )


def demand_state(notice: Notice, *states: str) -> None:
    """Raise MovedOnError unless a notice stands in one of these states."""
    if notice.state not in states:
        raise MovedOnError(notice)


def demand_all(tx: Transaction, person: Person, act: str, notice: Notice) -> None:
    """Raise RefusedError unless a person may do something with every problem of a notice.

    Where he stands in for somebody, the notice too is dealt with for that person.
    """
    stood_in = [
        demand(person, act, finding)  # type: ignore[arg-type] # the callers name acts of the table
        for finding in notice_texts.findings_of(tx, notice)
    ]
    note_for_whom(tx, person, notice, next((one for one in stood_in if one is not None), None))


def note_for_whom(
    tx: Transaction, person: Person, notice: Notice, principal: Person | None
) -> None:
    """Note for whom a person acts on a notice in this transaction; None: in his own right."""
    on_behalf.note(tx.session, person.id, _object(notice), principal.id if principal else None)


def keep_for_whom(tx: Transaction, person: Person, notice: Notice, column: str) -> None:
    """Keep beside a column such as `approved_by` for whom the person acted."""
    principal_id = on_behalf.of(tx.session, f"person:{person.id}", _object(notice))
    kept = {name: one for name, one in (notice.on_behalf or {}).items() if name != column}
    notice.on_behalf = kept | ({column: principal_id} if principal_id else {}) or None


def _object(notice: Notice) -> str:
    return f"notice:{notice.id}"


def submit(tx: Transaction, desk: Desk, person: Person, notice: Notice) -> list[Reader]:
    """Hand a draft to whoever approves; where no second person is wanted it is approved at once.

    Raises:
        NoApproverError: there is nobody.
    """
    demand_all(tx, person, "draft_notice", notice)
    demand_state(notice, "draft")
    if not desk.notices.second_person:
        _approved(tx, desk, person, notice)
        return []
    chosen = approvers.told(tx, notice)
    if not chosen:
        raise NoApproverError
    move(tx, notice, "submitted", person, "notice_submitted", to=[one.person.id for one in chosen])
    notice.submitted_at = tx.now
    return chosen


def approve(tx: Transaction, desk: Desk, person: Person, notice: Notice) -> None:
    """Approve a submitted notice; the author never approves his own."""
    _demand_approver(tx, person, notice)
    demand_state(notice, "submitted")
    _approved(tx, desk, person, notice)


def _demand_approver(tx: Transaction, person: Person, notice: Notice) -> None:
    demand_all(tx, person, "approve_notice", notice)
    ground = approvers.ground(tx, person, notice)
    if ground is None:
        raise RefusedError("approve_notice")
    note_for_whom(tx, person, notice, ground.principal)


def _approved(tx: Transaction, desk: Desk, person: Person, notice: Notice) -> None:
    notice.approved_by, notice.approved_at = person.id, tx.now
    keep_for_whom(tx, person, notice, "approved_by")
    move(tx, notice, "approved", person, "notice_approved")
    if desk.notices.numbering == "drawn":
        notice_numbers.draw(tx, desk, notice)
        issue(tx, desk, person, notice)


def give_back(tx: Transaction, person: Person, notice: Notice, reason: str) -> None:
    """Give a submitted notice back to its author."""
    _demand_approver(tx, person, notice)
    demand_state(notice, "submitted")
    move(tx, notice, "draft", person, "notice_returned", reason=reason)


def number(tx: Transaction, desk: Desk, person: Person, notice: Notice, typed: str) -> None:
    """Take the number that the case system gave, and issue the notice."""
    demand_all(tx, person, "number_notice", notice)
    demand_state(notice, "approved")
    notice_numbers.enter(tx, notice, typed)
    issue(tx, desk, person, notice)


def issue(tx: Transaction, desk: Desk, person: Person, notice: Notice) -> None:
    """Issue a numbered notice: its papers are made next, outside this transaction, then it goes."""
    notice.issued_at = tx.now
    move(
        tx,
        notice,
        "issued",
        person,
        "notice_issued",
        number=notice.number,
        department=notice.department,
        grave=notice.grave,
        findings=[one.number for one in notice_texts.findings_of(tx, notice)],
    )
    notice_papers.plan_issue(tx, desk, notice)


def discard(tx: Transaction, person: Person, notice: Notice) -> None:
    """Take a notice back that has no number yet."""
    demand_all(tx, person, "draft_notice", notice)
    demand_state(notice, "draft", "submitted", "approved")
    notice.voided_by, notice.voided_at = person.id, tx.now
    move(tx, notice, "voided", person, "notice_discarded")


def void(tx: Transaction, person: Person, notice: Notice, reason: str) -> None:
    """Void an issued notice; its number stays used, and its clock ends."""
    demand_all(tx, person, "void_notice", notice)
    demand_state(notice, "issued", "received", "replied")
    notice.voided_by, notice.voided_at, notice.void_reason = person.id, tx.now, reason
    keep_for_whom(tx, person, notice, "voided_by")
    move(tx, notice, "voided", person, "notice_voided", number=notice.number, reason=reason)


def move(
    tx: Transaction, notice: Notice, state: str, person: Person, act: str, **data: object
) -> None:
    """Bring a notice into another state, with its entry in the ledger."""
    before = notice.state
    notice.state = state
    notice.version += 1
    tx.record(
        act,
        f"notice:{notice.id}",
        actor=f"person:{person.id}",
        data={"before": before, "after": state, **data},
    )
