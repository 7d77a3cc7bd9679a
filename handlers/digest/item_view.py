"""One item opened in place: its facts, its steps, its state, and the acts on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import tell
from handlers.digest import digest_text
from handlers.digest.digest_text import INDENT
from handlers.findings import recurrence, states
from handlers.findings.items import Item
from handlers.permissions import may
from handlers.review import outcome_presses

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from handlers.desk import Clearance
    from storage.models.findings import Finding
    from storage.models.people import Person
    from storage.transaction import Transaction

ACTS = (
    ("知悉", "ack"),
    ("已改", "corrected"),
    ("说明", "explanation"),
    ("异议", "objection"),
    ("非本人", "wrong_person"),
)


def text(
    findings: Sequence[Finding],
    cases: Sequence[Finding],
    clearance: Clearance,
    today: date,
    note: str = "",
    history: Sequence[str] = (),
) -> str:
    """Write an opened item with the steps of its terms; steps hold days and provisions only.

    `history` says what was prompted and answered before the case came to its prosecutor.
    """
    lines = [digest_text.item_block(Item(tuple(findings)), cases, clearance, today)]
    shown: list[list[str]] = []
    for finding in findings:
        if finding.steps and finding.due is not None and finding.steps not in shown:
            shown.append(finding.steps)
            lines.append(f"{finding.number} 计算步骤：")
            lines += [f"{INDENT}{step}" for step in finding.steps]
    for finding in findings:
        lines += [f"{finding.number} {line}" for line in recurrence.lines(finding)]
    lines += [*history, *(_state_line(finding) for finding in findings)]
    if note:
        lines.append(note)
    elif any(finding.state != "closed" for finding in findings):
        lines.append("请点下方按钮，或直接回复本消息说明情况。")
    return "\n".join(lines)


def _state_line(finding: Finding) -> str:
    if finding.state == "closed":
        how = states.CLOSED_WORDS.get(finding.closed_as or "", "")
        return f"{finding.number} 状态：已销号" + (f"（{how}）" if how else "")
    return f"{finding.number} 状态：{states.standing(finding)}"


def buttons(
    tx: Transaction, person: Person, findings: Sequence[Finding], answers: Sequence[int] = ()
) -> tell.Rows:
    """Make the acts on an item and the way back; a closed item has only the way back.

    `answers` were recorded just now: one more button takes them back.
    """
    lead = findings[0]
    ids = [finding.id for finding in findings]
    pressable = []
    if any(finding.state != "closed" for finding in findings):
        pressable = [
            tell.button(
                tx,
                person,
                label,
                f"answer_{intent}",
                f"finding:{lead.id}",
                version=lead.version,
                data={"findings": ids},
            )
            for label, intent in ACTS
        ]
    if pressable and may(person, "decide_outcome", lead):
        pressable += outcome_presses.buttons(tx, person, findings, "item")
    if answers:
        data = {"answers": list(answers), "findings": ids}
        pressable.append(
            tell.button(tx, person, "撤回", "withdraw", f"finding:{lead.id}", data=data)
        )
    back = tell.button(tx, person, "返回", "back", f"finding:{lead.id}")
    return tell.rows([*pressable, back], per_row=3)
