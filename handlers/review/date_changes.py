"""事后改期: both values stay, and it is closed only on a document that bears a date (point 5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import tell
from handlers.answers import recording
from handlers.findings import problem_classes
from handlers.redraw import redraw

if TYPE_CHECKING:
    from handlers.press import Press
    from storage.models.findings import Finding
    from storage.transaction import Transaction

PROOFS = ("文书落款日期", "用印日期", "送达日期")


def lines(finding: Finding) -> list[str]:
    """Say which days were changed after the prompt, with old and new value."""
    if not finding.date_change:
        return []
    changes = "；".join(
        f"{name}由{recording.value_words(old) or '空白'}改为{recording.value_words(new)}"
        for name, (old, new) in finding.date_change.items()
    )
    return [f"事后改期：提示后{changes}。请核对有日期的文书（文书、用印或送达日期）。"]


def must_be_proven(press: Press, finding: Finding) -> bool:
    """Tell whether the press would close a changed date without naming the document."""
    return bool(finding.date_change) and "proof" not in press.row.data


def ask(tx: Transaction, press: Press, finding: Finding) -> str:
    """Ask which dated document bears the changed day out; the tap on it decides."""
    person, object_ = press.person, f"finding:{finding.id}"
    pressable = [
        tell.button(
            tx,
            person,
            proof,
            press.row.act,
            object_,
            version=finding.version,
            data={**press.row.data, "proof": proof},
        )
        for proof in PROOFS
    ]
    back = {"findings": [finding.id], "stay": True}
    pressable.append(tell.button(tx, person, "返回", "follow_next", object_, data=back))
    told = [finding.number, *lines(finding), "凭哪一份文书核实？没有这样的文书，请返回继续跟踪。"]
    if problem_classes.once_proven(finding) == problem_classes.FALSE_OVERDUE:
        told.append("核实后按假性超期（补录较晚）单独统计。")
    redraw(
        tx,
        press,
        "\n".join(told),
        buttons=tell.rows(pressable, per_row=2),
        subjects=[finding.number],
    )
    return f"{finding.number} 请选择核实所凭的文书"


def settle(press: Press, finding: Finding) -> dict[str, object]:
    """Give a finding the class it has once proven; returns what the ledger keeps of the proof."""
    if not finding.date_change:
        return {}
    finding.problem_class = problem_classes.once_proven(finding)
    return {"proof": press.row.data["proof"], "date_change": finding.date_change}
