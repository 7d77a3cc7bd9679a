"""The facts of one department: the same counting then gives its own figures.

A problem is of one department: the one that had the case when it was first confirmed, before that
when it was found. Its ending counts there too, whoever has the case by then: a problem that left
with its case would else stay open in one report and be corrected in none. A prompt, an answer and a
look are of the department that had the case on that day, a notice of the one it went to.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handlers.counting.facts import About, Facts, FindingAct


def narrowed(facts: Facts, department: str) -> Facts:
    """Return what happened to a department's cases; patrols and trainings are the office's."""
    home = {one.about.problem: one.about.department for one in facts.made}
    home |= {problem: one.about.department for problem, one in facts.first_confirmed.items()}

    def is_home(about: About) -> bool:
        return home.get(about.problem, about.department) == department

    def problems(some: tuple[FindingAct, ...]) -> tuple[FindingAct, ...]:
        return tuple(one for one in some if is_home(one.about))

    def is_its(about: About) -> bool:
        return about.department == department

    def acts(some: tuple[FindingAct, ...]) -> tuple[FindingAct, ...]:
        return tuple(one for one in some if is_its(one.about))

    return replace(
        facts,
        made=problems(facts.made),
        confirmed=problems(facts.confirmed),
        ended=problems(facts.ended),
        looked=acts(facts.looked),
        prompted=acts(facts.prompted),
        answered=acts(facts.answered),
        date_changed=acts(facts.date_changed),
        hand_looks=tuple(one for one in facts.hand_looks if one.department == department),
        digests=tuple(
            one._replace(
                terms=tuple(filter(is_its, one.terms)), checks=tuple(filter(is_its, one.checks))
            )
            for one in facts.digests
        ),
        notices=tuple(one for one in facts.notices if one.department == department),
        objections=tuple(one for one in facts.objections if is_home(one.about)),
        handled=tuple(one for one in facts.handled if one.department == department),
        published=tuple(one for one in facts.published if one.department == department),
    )
