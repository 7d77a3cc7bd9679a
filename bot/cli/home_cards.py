"""The cards of a home, for the commands that need a database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.office import open_office
from bot.standing import as_of, existing
from handlers.findings import citations
from storage import snapshots

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from knowledge.cards import CardSet
    from knowledge.rules.model import PatrolResult


def home_cards(root: Path, day: date | None, today: date) -> tuple[CardSet, date]:
    """Return the current card set and the day it is of."""
    office = open_office(existing(root))
    with office.database.reading() as session:
        cards = snapshots.cards(session, office.name)
        known = as_of(session, office.name, today)
    office.close()
    return cards, day or known


def cited_first(root: Path, result: PatrolResult) -> PatrolResult:
    """Let the hits of a patrol cite what the office's links name, before the rules' own."""
    office = open_office(existing(root))
    with office.database.reading() as session:
        links = citations.linked(session, office.name)
    office.close()
    return citations.with_links(result, links)
