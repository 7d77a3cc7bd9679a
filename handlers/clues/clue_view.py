"""A 监督线索 as its readers see it, and what each of them may do with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import tell
from handlers.clues.clues import RESULTS, STATE_WORDS
from handlers.digest import digest_text
from handlers.findings.case_reference import reference
from handlers.people import stand_ins
from handlers.people.relations import handles
from handlers.permissions import may
from storage import clues as clues_table

if TYPE_CHECKING:
    from handlers.desk import Clearance, Desk
    from storage.models.clues import Clue
    from storage.models.findings import Finding
    from storage.models.people import Person
    from storage.transaction import Transaction


def view(
    tx: Transaction, desk: Desk, person: Person, clue: Clue, finding: Finding
) -> tuple[str, tell.Rows]:
    """Return a clue as a reader may see it, with what he may do."""
    clearance = desk.clearance(person.door or "")
    lines = [
        f"监督线索 {clue.number} · {reference(finding, [finding], clearance)}",
        f"涉及{clue.body}：{_fact(finding, clearance)}",
        f"依据：{digest_text.citations(finding)}",
        f"{clue.line}工作 · {clue.department} · {STATE_WORDS[clue.state]}"
        + (f"：{clue.result}" if clue.result else ""),
    ]
    wanted: list[tuple[str, str, dict[str, object]]] = []
    if may_handle(person, clue):
        if clue.state == clues_table.FORWARDED:
            wanted.append(("收到", "clue_received", {}))
        if clue.state in clues_table.LIVE and not handles(person, finding):
            wanted += [(one, "clue_result", {"result": one}) for one in RESULTS]
            lines.append("请依法办理，办结后登记结果。")
    if clue.state == clues_table.FORWARDED and may(person, "forward_clue", finding):
        wanted.append(("撤回线索", "clue_withdraw", {}))
    pressable = [button(tx, person, clue, *one) for one in wanted]
    return "\n".join(lines), tell.rows(pressable, per_row=3)


def _fact(finding: Finding, clearance: Clearance) -> str:
    inside = clearance == "intranet" and not finding.minor
    return finding.fact if inside else finding.plain_fact


def may_handle(person: Person, clue: Clue) -> bool:
    """Tell whether a person may note what becomes of a clue: its department's head, or the desk."""
    if not may(person, "receive_clue"):
        return False
    headed = {person.department, *stand_ins.departments_headed(person)}
    return bool({"officer", "case_head"} & set(person.roles)) or clue.department in headed


def button(
    tx: Transaction,
    person: Person,
    clue: Clue,
    label: str,
    act: str,
    told: dict[str, object] | None = None,
) -> tuple[str, str]:
    """Make a button on a clue as it now stands."""
    record = ("clue", clue.id, clue.version)
    return tell.record_button(tx, person, record, label, act, told or {})
