"""Case cards: what the exports say of a case and of each person in it, one field at a time.

A key that is absent from `values` means the column was in no export; None means a blank cell.
Values: text and codes `str`, days `date`, moments naive local `datetime`, 是/否 fields the strings
是 and 否, numbers `int` or `float`; a many-valued cell stays one cleaned string.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Value = str | date | datetime | int | float | None
SheetKind = Literal["case_list", "person_report", "error_list", "publication_list"]


@dataclass(frozen=True)
class RefusedRow:
    """A row of an export that was not taken: its line in the file, the column and why."""

    row: int
    column: str
    reason: str


@dataclass(frozen=True)
class Row:
    """One row that was taken, after normalising; `originals` keeps what the code map replaced."""

    line: int
    case_no: str
    person_no: str | None
    values: Mapping[str, Value]
    originals: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Sheet:
    """One export file as read: its kind, its rows, and everything that was not understood.

    `rows_read` counts data rows, refused ones included. `headings` maps a canonical column to its
    heading in the file. `report` is 010101 or 020101 for a person report recognised by its header.
    `day` is the snapshot day found in the file or its name. `unread_cells` are cells of rows that
    were taken whose value could not be read and is blank; `notes` say what else one should know.
    """

    name: str
    kind: SheetKind
    rows: tuple[Row, ...]
    rows_read: int
    headings: Mapping[str, str]
    refused: tuple[RefusedRow, ...] = ()
    unknown_columns: tuple[str, ...] = ()
    damaged_columns: tuple[str, ...] = ()
    report: str | None = None
    day: date | None = None
    sha256: str = ""
    unread_cells: tuple[RefusedRow, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Card:
    """A case, or one person in it, as the newest exports show it.

    `sources` names for each field the export (and its day) the value comes from; `report` says from
    which person report the person row came, if any; `in_list` whether a case list holds the case.
    """

    case_no: str
    person_no: str | None
    values: Mapping[str, Value]
    originals: Mapping[str, str] = field(default_factory=dict)
    headings: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    report: str | None = None
    in_list: bool = False

    def text(self, name: str) -> str | None:
        """Return a field's value as text, None when it is blank or no export has the column."""
        value = self.values.get(name)
        return None if value is None else str(value)


@dataclass(frozen=True)
class ListedRow:
    """A row of an error list or a publication list: it speaks of a case but is no card."""

    kind: SheetKind
    case_no: str
    values: Mapping[str, Value]
    source: str


@dataclass(frozen=True)
class CardSet:
    """All cards a patrol runs over, in the order the exports gave them.

    `listed` are the rows of error and publication lists of the same exports, several per case.
    """

    cards: tuple[Card, ...]
    listed: tuple[ListedRow, ...] = ()
