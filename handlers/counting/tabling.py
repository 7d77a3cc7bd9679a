"""A table of figures: rows and columns with names, the definitions printed under it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handlers.counting.figures import Figure

TOTAL = "合计"


@dataclass(frozen=True)
class Row:
    """One row: its name and a figure for each column."""

    name: str
    figures: tuple[Figure | None, ...]


@dataclass(frozen=True)
class StatisticsTable:
    """Rows under columns; `head` is what the first column is called."""

    key: str
    title: str
    head: str
    rows: tuple[Row, ...]
    columns: tuple[str, ...]
    notes: tuple[str, ...] = ()

    @property
    def definitions(self) -> tuple[str, ...]:
        """What each figure of the table means, each once, then what else must be known."""
        said: dict[str, str] = {}
        for row in self.rows:
            for figure in row.figures:
                if figure is not None and figure.definition:
                    said.setdefault(figure.name, figure.definition)
        return (*(f"{name}：{definition}" for name, definition in said.items()), *self.notes)

    def row(self, name: str) -> Row:
        """Return one row by its name."""
        return next(one for one in self.rows if one.name == name)
