"""When a handler fails: tried again, then set aside; the person and the officers are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import tell
from handlers.incoming import Pressed
from handlers.people.addressees import officers
from storage import due_jobs, inbox
from storage.models.messages import InboxRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.desk import Desk
    from handlers.incoming import Incoming
    from knowledge.errors import UserFacingError
    from storage.transaction import Transaction

_SET_ASIDE = "这条消息暂时没能处理，已保存（编号 {row}）并转流程监控专员，不必重发。"
_FOR_OFFICERS = (
    "有一条来信没能处理，已保存（收件编号 {row}）：{reason}。"
    "请联系系统维护人员；修好以后发送 /未送达 可再处理一次。"
)
_JOB_GIVEN_UP = "{job}三次未能完成，已停止重试：{reason}。请联系系统维护人员。"
_JOB_WORDS = {"morning": "今天的巡查和每日提示", "import_file": "文件导入", "reminder": "一条提醒"}


def refuse(
    tx: Transaction, *, row_id: int, events: Sequence[Incoming], refusal: UserFacingError
) -> None:
    """Answer with a refusal's own sentence; what the handler had changed is rolled back."""
    row = inbox.take(tx, row_id)
    if row is None:
        return
    tx.record("refused", f"inbox:{row_id}", actor="system", data={"why": type(refusal).__name__})
    _answer(tx, events, str(refusal))
    inbox.done(tx, row)


def count(
    tx: Transaction, *, desk: Desk, row_id: int, events: Sequence[Incoming], fault: Exception
) -> bool:
    """Count a failed try; True: it was the last, and the update no longer blocks its chat."""
    reason = where(fault)
    if not inbox.failed(tx, row_id, reason):
        return False
    row = tx.session.get_one(InboxRow, row_id)
    tx.record(
        "input_set_aside",
        f"inbox:{row_id}",
        actor="system",
        data={"reason": reason, "update": row.update_id},
    )
    _answer(tx, events, _SET_ASIDE.format(row=row_id))
    for officer in officers(tx.session, desk.office):
        text = _FOR_OFFICERS.format(row=row_id, reason=reason)
        tell.say(tx, officer, "system", text, key=f"parked:{row_id}:{officer.id}")
    return True


def count_job(tx: Transaction, *, desk: Desk, job_id: int, job: str, fault: Exception) -> bool:
    """Count a failed try of a job; True: it was the last, and the officers are told."""
    reason = where(fault)
    if not due_jobs.failed(tx, job_id, reason):
        return False
    for officer in officers(tx.session, desk.office):
        text = _JOB_GIVEN_UP.format(job=_JOB_WORDS.get(job, job), reason=reason)
        tell.say(tx, officer, "system", text, key=f"job:{job_id}:{officer.id}")
    return True


def where(fault: BaseException) -> str:
    """Name a fault by its class and place; its message may hold what a person wrote."""
    trace = fault.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return type(fault).__name__
    module = trace.tb_frame.f_globals.get("__name__", "")
    return f"{type(fault).__name__}（{module}:{trace.tb_lineno}）"


def _answer(tx: Transaction, events: Sequence[Incoming], text: str) -> None:
    for event in events[:1]:
        if isinstance(event, Pressed):
            tell.toast(tx, event.origin, event.press_id, text)
        else:
            tell.answer(tx, event.origin, text)
