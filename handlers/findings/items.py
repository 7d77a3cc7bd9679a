"""Items: findings of one case that one fact answers, shown as one entry of a digest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from storage.models.findings import Finding

ANSWERED = frozenset({"explained", "corrected_claimed", "objected", "forwarded", "blocked"})
"""States in which the prosecutor has said something that waits for the officer."""


@dataclass(frozen=True)
class Item:
    """One entry: its findings, the most pressing first."""

    findings: tuple[Finding, ...]

    @property
    def lead(self) -> Finding:
        """The finding whose facts stand in the headline."""
        return self.findings[0]

    @property
    def numbers(self) -> str:
        """All numbers of the entry, as they are printed."""
        return "、".join(finding.number for finding in self.findings)


def group(findings: Iterable[Finding], today: date) -> list[Item]:
    """Join findings of one item and put what matters today first."""
    joined: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        joined.setdefault((finding.case_no, finding.item), []).append(finding)
    items = [
        Item(tuple(sorted(members, key=lambda one: urgency(one, today))))
        for members in joined.values()
    ]
    return sorted(items, key=lambda item: urgency(item.lead, today))


def urgency(finding: Finding, today: date) -> tuple[int, int, str]:
    """Rank a finding: open terms by their end, then what stays open, then past facts."""
    left = days_left(finding, today)
    if is_open_term(finding):
        return (0, left if left is not None else 0, finding.number)
    if finding.done is None:
        return (1, 0, finding.number)
    return (2, 0, finding.number)


def is_open_term(finding: Finding) -> bool:
    """Tell whether a finding is about a term that still runs or is over and not yet met."""
    return (
        finding.hit_state in {"due_soon", "overdue"}
        and finding.done is None
        and finding.due is not None
    )


def is_over(finding: Finding, today: date) -> bool:
    """Tell whether a finding is about a term that is over and not yet met."""
    left = days_left(finding, today)
    return is_open_term(finding) and left is not None and left < 0


def is_past_fact(finding: Finding) -> bool:
    """Tell whether the duty was fulfilled, only late: told once, never again."""
    return finding.hit_state == "overdue" and finding.done is not None


def days_left(finding: Finding, today: date) -> int | None:
    """Return the days left on a day; negative once the term is over."""
    return None if finding.due is None else (finding.due - today).days


def is_card_entry(finding: Finding) -> bool:
    """Tell whether a finding is about what was entered in the card, not about a term."""
    return finding.hit_state in {"conflict", "missing", "verify"}


def presses(finding: Finding, today: date) -> bool:
    """Tell whether a finding may not wait for the next digest: an open term due today or over."""
    left = days_left(finding, today)
    return is_open_term(finding) and left is not None and left <= 0
