"""重复发生: the same rule on the same case or person again, or in a department after a notice."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from storage import findings as findings_table
from storage import recurrences

if TYPE_CHECKING:
    from storage.models.findings import Finding
    from storage.transaction import Transaction

COUNTED = frozenset({"cured", "accepted", "recorded"})
"""Ways of closing that leave a problem a problem; one that was dropped was none."""
YEAR = timedelta(days=365)


def came_back(finding: Finding) -> bool:
    """Tell whether a closed finding that is found again was a problem before, not a reminder."""
    return finding.closed_as in COUNTED and finding.hit_state != "due_soon"


def note(tx: Transaction, finding: Finding) -> None:
    """Count what came before a finding; a term that still runs repeats nothing yet.

    The baseline repeats nothing either: it is what was there before anybody was told.
    """
    finding.repeats, finding.first_number, finding.after_notice = 0, None, None
    if finding.hit_state == "due_soon" or finding.baseline:
        return
    earlier = recurrences.earlier(tx.session, finding, COUNTED)
    before = [one for one in earlier if one.recurred or one.id != finding.id]
    finding.repeats = sum(_times(one, finding) for one in before)
    if finding.repeats:
        finding.first_number = before[0].number
    notice = recurrences.last_notice(
        tx.session, finding, since=tx.now - YEAR, until=finding.due or tx.now.date()
    )
    finding.after_notice = notice.number if notice else None


def _times(one: Finding, finding: Finding) -> int:
    closed = one.id != finding.id and one.state == findings_table.CLOSED
    return one.recurred + int(closed)


def summary(finding: Finding) -> dict[str, object]:
    """Return what the ledger keeps of it: how many came before, the first, the notice."""
    return {
        "repeats": finding.repeats,
        "first": finding.first_number,
        "after_notice": finding.after_notice,
    }


def lines(finding: Finding) -> list[str]:
    """Say it, a line each; nothing for a first one."""
    return [f"重复发生：{one}" for one in words(finding)]


def words(finding: Finding) -> list[str]:
    """Say what was there before, in clauses."""
    said = []
    if finding.repeats:
        first = (
            "此前曾销号"
            if finding.first_number == finding.number
            else f"首次编号 {finding.first_number}"
        )
        said.append(f"同案同类问题第 {finding.repeats + 1} 次（{first}）")
    if finding.after_notice:
        said.append(f"通知书 {finding.after_notice} 发出后，同一部门再次发现同类问题")
    return said
