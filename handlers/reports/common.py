"""Common problems of a range: one rule in two cases or more, with an example that names nobody.

Also the problems that stand alone, and what the rules ask for: 共性问题, 个别问题, 预防建议.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.counting import watching
from handlers.counting.dimensions import BY_HAND_GROUP
from handlers.documents.citing import cite_all
from handlers.findings.case_reference import type_words
from knowledge.rules.rule import Citation

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from handlers.counting.facts import About, Facts
    from handlers.counting.ranges import Range
    from knowledge.rules.rule import Rule

COMMON_FROM = 2
MOST = 10


@dataclass(frozen=True)
class CommonProblem:
    """One rule: how many problems in how many cases, an example, its provisions, what it asks."""

    title: str
    problems: int
    cases: int
    example: str
    provisions: str
    requirement: str


def of_range(
    facts: Facts, during: Range, rules: Mapping[str, Rule]
) -> tuple[list[CommonProblem], list[CommonProblem]]:
    """Return what was confirmed in a range: first what is common, then what stands alone."""
    by_rule: dict[str, list[About]] = {}
    for act in watching.confirmed(facts, during):
        if act.about.title:
            by_rule.setdefault(act.about.rule or act.about.title, []).append(act.about)
    found = [_problem(abouts, rules) for abouts in by_rule.values()]
    # the commonest first, equal ones by name: a rule is nobody's, so this ranks nobody
    found.sort(key=lambda one: (-one.cases, -one.problems, one.title))
    common = [one for one in found if one.cases >= COMMON_FROM]
    return common[:MOST], [one for one in found if one.cases < COMMON_FROM][:MOST]


def _problem(abouts: Sequence[About], rules: Mapping[str, Rule]) -> CommonProblem:
    first = abouts[0]
    rule = rules.get(first.rule)
    return CommonProblem(
        title=first.title or BY_HAND_GROUP,
        problems=len(abouts),
        cases=len({one.case_no for one in abouts}),
        example=_example(abouts),
        provisions=_provisions(first) or "见规则目录",
        requirement=rule.requirement if rule is not None else f"请核对“{first.title}”一类事项。",
    )


def _example(abouts: Sequence[About]) -> str:
    told = next((one for one in abouts if one.fact), None)
    if told is None:
        return ""
    return f"一起{type_words(told.case_type)}案件，{told.fact.rstrip('。')}"


def _provisions(about: About) -> str:
    return cite_all(
        Citation(
            str(one["document"]),
            str(one["article"]),
            one.get("paragraph"),
            one.get("strength", "direct"),
        )
        for one in about.provisions
    )
