"""How a case is named to a reader: by type and number tail, by name only where that may pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge import case_numbers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handlers.desk import Clearance
    from storage.models.findings import Finding

MINOR = "（未成年人案件，隐名）"


def type_words(case_type: str | None) -> str:
    """Return a case type as it is said: 审查逮捕案件（未检） becomes 审查逮捕（未检）."""
    return (case_type or "案件").replace("案件（", "（").removesuffix("案件") or "案件"


def reference(finding: Finding, others: Iterable[Finding], clearance: Clearance) -> str:
    """Name a finding's case: 审查逮捕 尾号041, on a cleared door with the case name.

    On an internet door names are dropped, not disguised; minors are masked everywhere (design,
    point 16).
    """
    tail = case_numbers.tail(finding.case_no, [other.case_no for other in others])
    words = f"{type_words(finding.case_type)} {tail}"
    if clearance == "internet":
        return words
    if finding.minor:
        return f"{words}{MINOR}"
    suspect = f"（{finding.suspect}）" if finding.suspect and finding.person_no else ""
    return f"{words} {finding.case_name or ''}{suspect}".rstrip()
