"""Export files given on the command line, as cards with the day they are of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.card_merge import merge
from storage.exports.read import read_files

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from knowledge.cards import CardSet

UNNAMED_OFFICE = "本院"


@dataclass(frozen=True)
class GivenCards:
    """Cards read from files; `as_of` is the day asked for, else the newest export's, else today."""

    cards: CardSet
    as_of: date
    notes: tuple[str, ...]


def read(files: Sequence[Path], day: date | None, today: date) -> GivenCards:
    """Read files as one snapshot.

    Raises:
        ExportError: a file is refused; says which and why.
    """
    sheets = read_files(files)
    newest = max((sheet.day for sheet in sheets if sheet.day), default=None)
    notes = [
        f"{sheet.name}：拒收第 {one.row} 行“{one.column}”，{one.reason}"
        for sheet in sheets
        for one in sheet.refused
    ]
    return GivenCards(
        merge(sheets, office=UNNAMED_OFFICE, day=day),
        day or newest or today,
        tuple(notes),
    )
