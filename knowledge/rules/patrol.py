"""Run rules over a card set: every hit of a day, and which rules could not be evaluated.

The cards come as they are, or as columns; either way they are laid out by column, taken apart by
case type, and every rule is evaluated over all rows it is for at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.rules import (
    across,
    derivations,
    evaluation,
    found,
    parts,
    plan,
    versions,
)
from knowledge.rules.day_tables import DayTables
from knowledge.rules.model import PatrolResult
from knowledge.rules.run import Asked
from knowledge.rules.side_by_side import WORKERS, mapped
from knowledge.rules.source import Cards
from knowledge.rules.unevaluated import Unevaluated, not_evaluated
from knowledge.rules.years import years_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from knowledge.calendar import Calendar
    from knowledge.cards import CardSet
    from knowledge.rules.found import Found
    from knowledge.rules.rule import Rule
    from knowledge.rules.source import Source


def evaluate(
    cards: CardSet,
    rules: Sequence[Rule],
    *,
    as_of: date,
    calendar: Calendar,
    settings: Mapping[str, int | None],
    horizon: date,
) -> PatrolResult:
    """Evaluate rules over cards, each hit with its words.

    Args:
        cards: the card set.
        rules: the rules of the office.
        as_of: the day the patrol is of.
        calendar: working days and days off.
        settings: the office's own numbers; what is not given has the catalogue's default.
        horizon: terms that end before this day are warned of, whatever their warning days.
    """
    asked = Asked(as_of, horizon, calendar, settings)
    return result(find(Cards(cards), versions.apart(rules), asked))


def find(
    source: Source, rules: Sequence[Rule], asked: Asked, *, enough: int = parts.ENOUGH
) -> Found:
    """Find what rules say of cards, without words.

    Args:
        source: the cards, or a table of them.
        rules: the rules of the office.
        asked: the day, the calendar and the settings.
        enough: how many rows of one stage are worth being evaluated apart.
    """
    asking = plan.plan(rules)
    sheets = source.sheets(sorted(asking.loaded), derivations.told_by_heading())
    whole = parts.whole(sheets, source.listed)
    # few cards are done with before a second worker has begun
    workers = WORKERS if whole.height > enough else 1
    cards = across.add(whole, asking, workers=workers)
    days = DayTables(asked.calendar, years_of(cards.sheets, asked, asking))
    keep = source.whole is not None
    evaluated = mapped(
        lambda part: evaluation.evaluate(part, asked, asking, days, keep=keep),
        parts.parts(cards, max(enough, cards.height // parts.AT_MOST)),
        workers=workers,
    )
    return found.gathered(source, rules, asked, evaluated)


def result(found_hits: Found) -> PatrolResult:
    """Return what was found with all its words."""
    rules = found_hits.rules
    cases, persons = found_hits.source.numbers()
    return PatrolResult(
        as_of=found_hits.asked.as_of,
        hits=tuple(found_hits.worded()),
        cases=cases.n_unique(),
        persons=len(persons) - persons.null_count(),
        rules=len({rule.id for rule in rules}),
        not_evaluated=not_evaluated(found_hits),
        unevaluated=Unevaluated(found_hits),
        asked=frozenset(rule.id for rule in rules),
    )
