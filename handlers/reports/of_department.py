"""The facts of one department: the same counting then gives its own figures."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handlers.counting.facts import About, Facts, FindingAct


def narrowed(facts: Facts, department: str) -> Facts:
    """Return what happened to a department's cases; patrols and trainings are the office's."""

    def is_its(about: About) -> bool:
        return about.department == department

    def acts(some: tuple[FindingAct, ...]) -> tuple[FindingAct, ...]:
        return tuple(one for one in some if is_its(one.about))

    return replace(
        facts,
        made=acts(facts.made),
        confirmed=acts(facts.confirmed),
        ended=acts(facts.ended),
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
        objections=tuple(one for one in facts.objections if is_its(one.about)),
        handled=tuple(one for one in facts.handled if one.department == department),
        published=tuple(one for one in facts.published if one.department == department),
    )
