"""Whom a finding concerns and to which department it goes as a 监督线索, as far as that is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import tell
from handlers.clues import clues
from handlers.clues.clues import BODIES, EITHER
from handlers.monitoring.monitoring_policy import LINES
from handlers.redraw import redraw

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.desk import Desk
    from handlers.press import Press
    from storage.models.findings import Finding
    from storage.models.people import Person
    from storage.transaction import Transaction


def choose(
    tx: Transaction, desk: Desk, press: Press, findings: Sequence[Finding], said: str
) -> None:
    """Ask in the pressed message whom it concerns and where it goes, as far as that is open."""
    finding = findings[0]
    text, buttons = view(tx, desk, press.person, finding, findings)
    lines = "\n".join(line for line in (said, text) if line)
    redraw(tx, press, lines, buttons=buttons, subjects=[one.number for one in findings])


def view(
    tx: Transaction,
    desk: Desk,
    person: Person,
    finding: Finding,
    findings: Sequence[Finding],
    *,
    body: str | None = None,
    line: str | None = None,
) -> tuple[str, tell.Rows]:
    """Return what is still to be chosen: the body, then the department, the likeliest first."""
    told = body or (finding.concerns if finding.concerns != EITHER else None)
    if told is None:
        wanted = BODIES[:2] if finding.concerns == EITHER else BODIES
        pressable = [_button(tx, person, findings, one, "clue_choose", body=one) for one in wanted]
        return f"{finding.number} 涉及哪个机关？", tell.rows(pressable)
    proposal = clues.propose(tx, desk, finding, told)
    line = line or proposal.line
    others = [one for one in LINES if one != line]
    pressable = [
        _button(
            tx,
            person,
            findings,
            f"转{department}",
            "clue_forward",
            body=told,
            line=line,
            department=department,
        )
        for department in clues.departments(tx, desk, line, finding)
    ]
    more = [
        _button(tx, person, findings, f"改转{one}部门", "clue_choose", body=told, line=one)
        for one in others
    ]
    text = (
        f"{finding.number} 涉及{told}，依{clues.BASIS}转监督线索。\n"
        f"建议转{proposal.line}部门（{proposal.why}）。请选择承担{line}工作的部门："
    )
    return text, (*tell.rows(pressable, per_row=2), *tell.rows(more))


def _button(
    tx: Transaction,
    person: Person,
    findings: Sequence[Finding],
    label: str,
    act: str,
    **told: object,
) -> tuple[str, str]:
    finding = findings[0]
    data: dict[str, object] = {"findings": [one.id for one in findings], **told}
    return tell.button(
        tx, person, label, act, f"finding:{finding.id}", version=finding.version, data=data
    )
