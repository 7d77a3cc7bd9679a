"""Find what one list says twice: the same case, or the same person, with different values."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from knowledge.cards import Row, SheetKind, Value

_ROW_NUMBER = "序号"


def repeated_cases(kind: SheetKind, rows: Iterable[Row]) -> Iterator[str]:
    """Tell of rows on one case (and person) that differ; the later one is used."""
    if kind not in {"case_list", "person_report"}:
        return
    seen: dict[tuple[str, str | None], Row] = {}
    for row in rows:
        earlier = seen.get((row.case_no, row.person_no))
        if earlier and _facts(earlier.values) != _facts(row.values):
            yield f"第 {earlier.line} 行和第 {row.line} 行是同一案件，内容不同，以后一行为准"
        seen[row.case_no, row.person_no] = row


def _facts(values: Mapping[str, Value]) -> dict[str, Value]:
    return {name: value for name, value in values.items() if name != _ROW_NUMBER}
