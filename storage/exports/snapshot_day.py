"""Find the day an export was made: beside the table, else in the file's name, else not at all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from knowledge.cell_dates import read_day
from knowledge.cell_values import clean

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from knowledge.cell_values import Raw
    from storage.exports.header import Header
    from storage.exports.process import RawTable

_DAY = r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|\d{8}"
_MADE = re.compile(
    rf"(?:导出|下载|生成|打印|制表|截至|截止)(?:的?(?:时间|日期|日|于))?\s*[:：]?\s*({_DAY})(?!\d)"
)
_IN_NAME = re.compile(rf"(?<!\d)({_DAY}|\d{{4}}_\d{{1,2}}_\d{{1,2}})(?!\d)")


def day_in_table(table: RawTable, header: Header) -> date | None:
    """Return the export day written above the header or below the data."""
    above = table.rows[: header.top]
    below = reversed(table.rows[header.data :][-5:])
    return _first(_MADE, (_in_one(cells) for _, cells in (*above, *below)))


def day_in_name(name: str) -> date | None:
    """Return the day in a file's name; of two different days neither is taken."""
    days = {read_day(text.replace("_", "-")) for text in _IN_NAME.findall(name)} - {None}
    return days.pop() if len(days) == 1 else None


def _in_one(cells: Iterable[Raw]) -> str:
    return " ".join(" ".join(clean(cell) for cell in cells).split())


def _first(pattern: re.Pattern[str], texts: Iterable[str]) -> date | None:
    for text in texts:
        if (found := pattern.search(text)) and (day := read_day(found[1])):
            return day
    return None
