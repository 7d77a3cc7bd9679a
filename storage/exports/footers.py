"""Tell data rows from what stands around them: repeated headers, totals, the maker's line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from knowledge.cell_values import clean
from knowledge.fields import CASE_NO

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.cell_values import Raw
    from knowledge.fields import Registry

_CASE_NUMBER = re.compile(r"受|检.*\d{4}|\d+\s*号")
_TOTAL = re.compile(r"(?:本页|本表|全部|全院)?(?:合|总|小|共|累)\s*[计数]|共\s*\d+\s*[件人条行份]")
_LABEL = re.compile(r"[\u4e00-\u9fff\s]{1,12}[:：]")
_LONGEST = 100  # characters of a case number; a hostile cell may hold thirty thousand
_NUMBER = re.compile(r"[\d.]+")


def is_aside(cells: Sequence[Raw], case_at: int, registry: Registry) -> bool:
    """Return whether a row below the header is no data: it names no case and reads as a label.

    A row that merely lacks its case number is data, and is refused by whoever reads it.
    """
    case_no = clean(cells[case_at])[:_LONGEST] if case_at < len(cells) else ""
    if case_no and _CASE_NUMBER.search(case_no) and registry.canonical(case_no) is None:
        return False
    filled = [text for cell in cells if (text := clean(cell))]
    if registry.canonical(case_no) == CASE_NO:
        return True
    if any(_TOTAL.match(text) for text in filled[:2]) or _LABEL.match(filled[0]):
        return True
    return len(filled) == 1 and not _NUMBER.fullmatch(filled[0])
