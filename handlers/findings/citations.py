"""What an alert rests on: the items an officer linked to its rule first, then the rule's own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from knowledge.rules.rule import Citation
from storage import findings as findings_table
from storage import provision_links

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from knowledge.rules.model import PatrolResult
    from knowledge.rules.rule import Rule
    from storage.models.findings import Finding
    from storage.session import Session
    from storage.transaction import Transaction

_DAY = len("2026-06-15")


def linked(session: Session, office: str) -> dict[str, list[Citation]]:
    """Return the confirmed links by rule; texts that the rule does not cite itself come first."""
    confirmed = provision_links.standing(session, office, [provision_links.CONFIRMED])
    found: dict[str, list[Citation]] = {}
    for one in sorted(confirmed, key=lambda link: (link.how == "number", link.id)):
        if one.article is not None:
            place = Citation(one.document, one.article, version=one.version)
            found.setdefault(one.rule, []).append(place)
    return found


def ordered(own: Iterable[Citation], links: Iterable[Citation]) -> tuple[Citation, ...]:
    """Put linked items before a rule's own citations; one that is both keeps its paragraph."""
    known = list(own)
    first = [next((one for one in known if _place(one) == _place(link)), link) for link in links]
    return tuple(dict.fromkeys((*first, *known)))


def with_links(result: PatrolResult, links: Mapping[str, Sequence[Citation]]) -> PatrolResult:
    """Let every hit of a patrol cite the linked items first."""
    if not links:
        return result
    hits = tuple(
        replace(hit, citations=ordered(hit.citations, links[hit.rule]))
        if hit.rule in links
        else hit
        for hit in result.hits
    )
    return replace(result, hits=hits)


def write(finding: Finding, citations: Iterable[Citation]) -> None:
    """Keep with a finding what it rests on: document, article, paragraph, version; no text."""
    finding.citations = [
        {
            "document": one.document,
            "article": one.article,
            "paragraph": one.paragraph,
            "version": one.version,
        }
        for one in citations
    ]


def cite_anew(
    tx: Transaction, office: str, rules: Mapping[str, Rule], changed: Iterable[str]
) -> None:
    """Let the open findings of some rules cite as the links now stand.

    Findings of a rule that is not in force are left to the next patrol that speaks of them.
    """
    wanted = {rule for rule in changed if rule in rules}
    if not wanted:
        return
    links = linked(tx.session, office)
    for finding in findings_table.open_ones(tx.session, office):
        if finding.rule in wanted:
            begun = finding.occurrence[:_DAY]
            day = date.fromisoformat(begun) if begun else tx.now.date()
            own = rules[finding.rule].on(day).citations
            write(finding, ordered(own, links.get(finding.rule, ())))


def _place(one: Citation) -> tuple[str, str]:
    return one.document, one.article
