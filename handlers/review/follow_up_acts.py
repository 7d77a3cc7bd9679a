"""What the officer decides in 待复核: close, accept, keep watching, ask for more, an objection."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import tell
from handlers.findings import finding_life
from handlers.objections import objection_view, objections
from handlers.people import addressees
from handlers.permissions import RefusedError, demand
from handlers.review import date_changes
from handlers.review.follow_up import go_on
from storage import answers as answers_table
from storage import findings as findings_table
from storage import objections as objections_table

if TYPE_CHECKING:
    from handlers.desk import Desk
    from handlers.press import Press
    from storage.models.findings import Finding
    from storage.transaction import Transaction


def _reviewed(tx: Transaction, press: Press, finding: Finding, standing: str) -> None:
    ids = [int(one) for one in press.row.data.get("answers", [])]
    for answer in answers_table.with_ids(tx.session, ids):
        if answer.standing == answers_table.RECORDED:
            answer.standing = standing
            answer.reviewed_at, answer.reviewed_by = tx.now, press.person.name
    tx.record(
        f"reviewed_{standing}",
        f"finding:{finding.number}",
        actor=f"person:{press.person.id}",
        data={"answers": ids, "state": finding.state, "date_change": finding.date_change},
    )


def _open_finding(tx: Transaction, press: Press) -> Finding | str:
    finding = press.findings(tx)[0]
    demand(press.person, "review_answer", finding)
    _demand_other_eyes(tx, press, finding)
    if finding.state == findings_table.CLOSED:
        return f"{finding.number} 已处理过：已销号"
    return finding


def _demand_other_eyes(tx: Transaction, press: Press, finding: Finding) -> None:
    """Nobody reviews what he answered himself, be it that he stood in for somebody then."""
    ids = [int(one) for one in press.row.data.get("answers", [])]
    if any(one.person_id == press.person.id for one in answers_table.with_ids(tx.session, ids)):
        raise RefusedError("review_answer", over=f"{finding.number} 由您答复，须由他人复核")


def close(tx: Transaction, desk: Desk, press: Press) -> str:
    """Close after checking; the prosecutor is told, and the same values do not bring it back."""
    told = "已由案管核实销号，谢谢配合。"
    return _closed(tx, desk, press, "核实销号", told=told, said="已销号")


def accept(tx: Transaction, desk: Desk, press: Press) -> str:
    """Accept the explanation: closed, and the same values never bring it back."""
    told = "的说明已采纳，案卡数据不变的不再提示。"
    said = "已采纳，数据不变不再提示"
    return _closed(tx, desk, press, "采纳说明", told=told, said=said, checked=True)


def _closed(
    tx: Transaction, desk: Desk, press: Press, why: str, *, told: str, said: str, **data: object
) -> str:
    finding = _open_finding(tx, press)
    if isinstance(finding, str):
        return finding
    if date_changes.must_be_proven(press, finding):
        return date_changes.ask(tx, press, finding)
    proof = date_changes.settle(press, finding)
    _reviewed(tx, press, finding, "accepted")
    finding_life.accept(tx, finding, press.person, why)
    actor = f"person:{press.person.id}"
    finding_life.close(tx, finding, "accepted", actor=actor, **data, **proof)
    objections.end(tx, finding)
    _tell(tx, finding, f"{finding.number} {told}")
    go_on(tx, desk, press, f"{finding.number} {said.partition('，')[0]}")
    return f"{finding.number} {said}"


def keep(tx: Transaction, desk: Desk, press: Press) -> str:
    """Keep watching: the answer is noted, the next export decides."""
    finding = _open_finding(tx, press)
    if isinstance(finding, str):
        return finding
    _reviewed(tx, press, finding, "noted")
    finding.date_change = None
    finding.vanished = False
    go_on(tx, desk, press, f"{finding.number} 继续跟踪")
    return f"{finding.number} 继续跟踪，待下次导出核对"


def ask_more(tx: Transaction, desk: Desk, press: Press) -> str:
    """Ask the prosecutor for what would prove it."""
    finding = _open_finding(tx, press)
    if isinstance(finding, str):
        return finding
    _reviewed(tx, press, finding, "insufficient")
    finding.state = "sent"
    finding.answered_at = None
    finding.version += 1
    _tell(
        tx,
        finding,
        f"{finding.number} 的答复已收到，请补充：改了哪一栏、改成什么，或者文书日期。"
        "直接回复本消息即可。",
    )
    go_on(tx, desk, press, f"{finding.number} 已请承办人补充")
    return f"{finding.number} 已请承办人补充"


def uphold(tx: Transaction, desk: Desk, press: Press) -> str:
    """Uphold an objection: the finding is closed, and the rule has an example."""
    return _on_objection(tx, desk, press, upheld=True)


def reject(tx: Transaction, desk: Desk, press: Press) -> str:
    """Not accept an objection; its author may go on to the case head."""
    return _on_objection(tx, desk, press, upheld=False)


def _on_objection(tx: Transaction, desk: Desk, press: Press, *, upheld: bool) -> str:
    finding = _open_finding(tx, press)
    if isinstance(finding, str):
        return finding
    objection = objections_table.live_of(tx.session, finding.id)
    if objection is None or objection.stage not in {"ground", "officer"}:
        return f"{finding.number} 的异议已有处理，请发送 /待复核 查看"
    standing = "accepted" if upheld else "noted"
    beside = objection_view.findings_of(tx, objection)
    _reviewed(tx, press, finding, standing)
    objections.note_reviewed(tx, press.person, beside, standing)
    said = objections.decide(tx, desk, press.person, objection, upheld=upheld)
    go_on(tx, desk, press, said)
    return said


def _tell(tx: Transaction, finding: Finding, text: str) -> None:
    reader = addressees.address(tx.session, finding).person
    if reader is not None:
        tell.say(tx, reader, "prompt", text, subjects=[finding.number])
        return
    tx.record(
        "not_told", f"finding:{finding.number}", actor="system", data={"why": "nobody_reachable"}
    )
