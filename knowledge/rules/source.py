"""Where a patrol's rows come from: cards, or columns, and one card of them to put into words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import polars as pl

from knowledge.rules import sheets

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from knowledge.cards import Card, CardSet
    from knowledge.rules.sheets import Sheet


class Source(Protocol):
    """Cards of a patrol, by their places."""

    @property
    def height(self) -> int:
        """How many rows there are."""

    @property
    def listed(self) -> Mapping[str, frozenset[str]]:
        """The case numbers of other lists."""

    @property
    def whole(self) -> CardSet | None:
        """All rows as cards, if they are cards already."""

    def card(self, place: int) -> Card:
        """Return one row as a card."""

    def numbers(self) -> tuple[pl.Series, pl.Series]:
        """Return the numbers of case and person of every row."""

    def sheets(self, names: Iterable[str], told_by_heading: Sequence[str]) -> Sequence[Sheet]:
        """Lay the columns named out."""

    def rows(self, places: pl.Series, names: Sequence[str]) -> pl.DataFrame:
        """Return the exported values of some rows, in their order."""


@dataclass(frozen=True)
class Cards:
    """A card set as the source of a patrol."""

    card_set: CardSet

    @property
    def height(self) -> int:
        """How many cards there are."""
        return len(self.card_set.cards)

    @property
    def listed(self) -> Mapping[str, frozenset[str]]:
        """The case numbers of other lists."""
        return sheets.listed(self.card_set)

    @property
    def whole(self) -> CardSet:
        """The card set."""
        return self.card_set

    def card(self, place: int) -> Card:
        """Return one card."""
        return self.card_set.cards[place]

    def numbers(self) -> tuple[pl.Series, pl.Series]:
        """Return the numbers of case and person of every card."""
        cards = self.card_set.cards
        return (
            pl.Series([card.case_no for card in cards], dtype=pl.String),
            pl.Series([card.person_no for card in cards], dtype=pl.String),
        )

    def sheets(self, names: Iterable[str], told_by_heading: Sequence[str]) -> list[Sheet]:
        """Lay the columns named out in one sheet."""
        return [sheets.of_cards(self.card_set, names, told_by_heading)]

    def rows(self, places: pl.Series, names: Sequence[str]) -> pl.DataFrame:
        """Return the exported values of some cards."""
        cards = [self.card_set.cards[place] for place in places]
        columns = [
            column
            for name in names
            for column in sheets.columns_of(name, [card.values.get(name) for card in cards])
        ]
        return pl.DataFrame(columns)
