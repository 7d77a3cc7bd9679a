"""假性超期 and 事后改期: classes of findings that are shown and counted apart from real overruns.

Every ledger entry of a finding carries its class under the key `problem_class`: `ordinary`,
`false_overdue` or `date_changed`. The entries are finding_made, finding_reopened, finding_changed
(in `after`), date_changed_after_prompt, outcome_decided and finding_closed; the newest one holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, cast

from storage.models.findings import ORDINARY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from storage.models.findings import Finding

ProblemClass = Literal["ordinary", "false_overdue", "date_changed"]
FALSE_OVERDUE: ProblemClass = "false_overdue"
DATE_CHANGED: ProblemClass = "date_changed"
WORDS: Mapping[ProblemClass, str] = {
    FALSE_OVERDUE: "假性超期",
    DATE_CHANGED: "事后改期",
}
EXPLAINED: Mapping[ProblemClass, str] = {
    FALSE_OVERDUE: "假性超期：审结在期限内，只是办结未点或补录较晚，与超期分开统计",
    DATE_CHANGED: "事后改期：提示以后日期有改动，须凭有日期的文书核实，与超期分开统计",
}
FALSE_OVERDUE_RULES = frozenset({"false-overdue"})
"""Rules of the catalogue whose every finding is a 假性超期 (practice rule 2.3-9)."""


def of_rule(rule: str) -> ProblemClass:
    """Return the class a finding has by its rule alone."""
    return FALSE_OVERDUE if rule in FALSE_OVERDUE_RULES else "ordinary"


def of_finding(finding: Finding) -> ProblemClass:
    """Return the class of a finding as it stands."""
    return cast("ProblemClass", finding.problem_class)


def is_apart(finding: Finding) -> bool:
    """Tell whether a finding is counted apart from real overruns."""
    return finding.problem_class != ORDINARY


def line(finding: Finding) -> str:
    """Say a finding's class in one line, empty for an ordinary one."""
    return EXPLAINED.get(of_finding(finding), "")


def counted(findings: Iterable[Finding]) -> str:
    """Count the classes among findings: 其中假性超期 2 条、事后改期 1 条; empty without any."""
    many: dict[ProblemClass, int] = {}
    for one in findings:
        many[of_finding(one)] = many.get(of_finding(one), 0) + 1
    said = [f"{word} {many[name]} 条" for name, word in WORDS.items() if name in many]
    return f"其中{'、'.join(said)}" if said else ""


def once_proven(finding: Finding) -> ProblemClass:
    """Return the class once a dated document proved that the changed date is right.

    A day that was only entered late leaves a 假性超期; one that was another before stays 事后改期.
    """
    old = [pair[0] for pair in (finding.date_change or {}).values()]
    if old and all(value is None for value in old):
        return FALSE_OVERDUE
    return of_finding(finding)
