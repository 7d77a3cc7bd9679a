"""What a finding takes over from a hit and from its card, and its short form for the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.findings import citations, problem_classes
from handlers.findings.comparison import as_stored
from handlers.words_beside import Words, write_words
from knowledge.case_numbers import has_juvenile_word

if TYPE_CHECKING:
    from datetime import date

    from knowledge.cards import Card, CardSet
    from knowledge.rules.model import Hit
    from storage.models.findings import Finding

ADULT = 18
UNKNOWN_CUSTODY = "；在押情况不明，未顺延"
"""Said of a term whose end may be later than shown (design, point 7)."""


class CardIndex:
    """Cards by case and person; a hit on a whole case is given the first card of it."""

    def __init__(self, cards: CardSet) -> None:
        self._found: dict[tuple[str, str], Card] = {}
        self._minors: set[str] = set()
        for card in cards.cards:
            self._found[card.case_no, card.person_no or ""] = card
            self._found.setdefault((card.case_no, ""), card)
            if is_minor(card):
                self._minors.add(card.case_no)

    def of_hit(self, hit: Hit) -> Card | None:
        """Return the card a hit speaks of."""
        exact = self._found.get((hit.case_no, hit.person_no or ""))
        return exact or self._found.get((hit.case_no, ""))

    def of_finding(self, finding: Finding) -> Card | None:
        """Return the card a finding speaks of."""
        exact = self._found.get((finding.case_no, finding.person_no))
        return exact or self._found.get((finding.case_no, ""))

    def holds_minor(self, case_no: str) -> bool:
        """Tell whether anybody in a case is a minor: the case's name would give him away."""
        return case_no in self._minors


def is_minor(card: Card) -> bool:
    """Tell whether names must stay hidden: 未检 in type or number, or an age under 18."""
    age = card.values.get("作案时年龄")
    return (
        "未检" in (card.text("案件类别") or "")
        or has_juvenile_word(card.case_no)
        or (isinstance(age, int | float) and age < ADULT)
    )


def write(finding: Finding, hit: Hit, cards: CardIndex, day: date) -> None:
    """Make a finding say what a hit says; its state and history are left alone."""
    finding.item = hit.item
    finding.hit_state = hit.state
    finding.release = hit.release
    finding.statutory = hit.statutory
    finding.severity = hit.severity
    finding.title = hit.title
    finding.due, finding.done, finding.certain = hit.due, hit.done, hit.certain
    finding.custody = bool(hit.term and hit.term.custody)
    finding.custody_end = hit.term.custody_end if hit.term else None
    doubt = UNKNOWN_CUSTODY if hit.term is not None and hit.term.custody is None else ""
    finding.fact, finding.plain_fact = hit.fact + doubt, hit.plain_fact + doubt
    finding.ask = hit.ask
    finding.steps = list(hit.steps)
    citations.write(finding, hit.citations)
    finding.fields = as_stored(hit.fields)
    finding.evidence = as_stored(hit.evidence)
    finding.to_head = hit.to_head
    finding.concerns = hit.concerns
    finding.seen_on = day
    finding.date_change = None
    finding.problem_class = problem_classes.of_rule(hit.rule)
    card = cards.of_hit(hit)
    if card is not None:
        _write_card(finding, card, minor=cards.holds_minor(card.case_no))


def follow_card(finding: Finding, cards: CardIndex) -> None:
    """Let a finding its rule says nothing of today go with its case; a blank card moves nothing."""
    card = cards.of_finding(finding)
    if card is not None and card.text("承办检察官"):
        _write_card(finding, card, minor=cards.holds_minor(card.case_no))


def _write_card(finding: Finding, card: Card, *, minor: bool) -> None:
    finding.case_name = card.text("案件名称")
    finding.case_type = card.text("案件类别")
    finding.suspect = card.text("嫌疑人姓名") if finding.person_no else None
    finding.prosecutor = card.text("承办检察官")
    finding.assistant = card.text("检察官助理")
    finding.department = card.text("承办部门")
    finding.minor = minor


def summary(finding: Finding) -> dict[str, object]:
    """Return what the ledger keeps of a finding; no names."""
    return {
        "rule": finding.rule,
        "case_no": finding.case_no,
        "state": finding.state,
        "hit_state": finding.hit_state,
        "due": finding.due.isoformat() if finding.due else None,
        "done": finding.done.isoformat() if finding.done else None,
        "release": finding.release,
        "released_by": finding.released_by,
        "certain": finding.certain,
        "problem_class": finding.problem_class,
        "source": finding.source,
        "campaign": finding.campaign,
        "concerns": finding.concerns,
        "title": finding.title,
        "severity": finding.severity,
        "statutory": finding.statutory,
        "baseline": finding.baseline,
        "case_type": finding.case_type,
        "department": finding.department,
        "fact": finding.plain_fact,
        "provisions": finding.citations,
    }


def words(finding: Finding) -> str:
    """Return what lies beside the ledger's entry of a finding: names, and the full fact."""
    fact = finding.plain_fact if finding.minor else finding.fact
    told = Words(case_name=finding.case_name, prosecutor=finding.prosecutor, fact=fact)
    return write_words(told, minor=finding.minor)
