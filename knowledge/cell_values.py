"""Read one cell of an export as its column's type asks: days, numbers, codes, yes/no, text.

Nothing is guessed: a cell that cannot be read is blank and carries the reason.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from knowledge.cell_dates import read_day, read_moment
from knowledge.fields import CASE_TYPE, NUMBERS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from knowledge.cards import Value
    from knowledge.fields import Field, Registry

Raw = str | int | float | None  # a yes/no cell of Excel is a bool, which is an int

EXACT_DIGITS = 15  # Excel keeps fifteen digits of a number; of 17 the last two are lost

_WIDE = {wide: wide - 0xFEE0 for wide in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B))}
_WIDE |= {wide: wide - 0xFEE0 for wide in range(0xFF41, 0xFF5B)}
_WIDE |= dict.fromkeys((0x200B, 0xFEFF), None)
_MARKS = re.compile(r"[-—–－]+|[/／]+")
_BREAKS = re.compile(r"[\r\n\t]+")
_PADDED_NAME = re.compile(r"([\u4e00-\u9fff])\s+([\u4e00-\u9fff])")
_FORMULA_TEXT = re.compile(r'="(.*)"')
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+?\d+")
_NUMBER = re.compile(r"[-+]?(?:\d{1,3}(?:[,，]\d{3}){1,4}|\d{1,15})(?:\.\d{1,15})?")
_NOTHING = "无"
INJURIES = "案件造成伤亡情况"


class Cell(NamedTuple):
    """What a cell holds; `original` is what the code map replaced.

    `fault` says why a filled cell could not be read. `damaged` marks a number Excel has rounded.
    """

    value: Value
    original: str | None = None
    fault: str | None = None
    damaged: bool = False


BLANK = Cell(None)


def clean(raw: Raw) -> str:
    """Return a cell as text: trimmed, half-width digits and letters, on one line."""
    if isinstance(raw, str):
        text = _BREAKS.sub(" ", raw.translate(_WIDE).strip())
        padded = _PADDED_NAME.fullmatch(text)
        return padded[1] + padded[2] if padded else text
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return "是" if raw else "否"
    return str(int(raw)) if raw == int(raw) else repr(raw)


def is_blank_mark(text: str) -> bool:
    """Return whether a cleaned cell says nothing: empty, dashes or slashes (无 is not asked)."""
    return not text or _MARKS.fullmatch(text) is not None


def read_number_text(raw: Raw) -> Cell:
    """Read a case, unified or person number, which is text and never a quantity."""
    if isinstance(raw, float | int) and not isinstance(raw, bool):
        if abs(raw) >= 10**EXACT_DIGITS:
            return Cell(None, damaged=True)
        raw = clean(raw)
    text = "".join(clean(raw).split())
    if formula := _FORMULA_TEXT.fullmatch(text):
        text = formula[1]
    text = text.removeprefix("'")
    if _SCIENTIFIC.fullmatch(text):
        return Cell(None, damaged=True)
    return BLANK if text == _NOTHING or is_blank_mark(text) else Cell(text)


class CellReader:
    """Reads the cells of one column; equal texts are read once."""

    def __init__(self, field: Field, registry: Registry) -> None:
        self.field = field
        self._codes: Mapping[str, str] = registry.codes(field.zh)
        self._registry = registry
        self._seen: dict[str, Cell] = {}
        self._read: Callable[[str], Cell] = getattr(self, f"_read_{field.type}")

    def read(self, raw: Raw) -> Cell:
        """Return what the cell holds."""
        if not isinstance(raw, str):
            return self._fresh(raw)
        if raw not in self._seen:
            self._seen[raw] = self._fresh(raw)
        return self._seen[raw]

    def unknown_codes(self) -> tuple[str, ...]:
        """Return the codes met that are neither listed nor mapped, in order of appearance."""
        if self.field.type != "code" or not self.field.values:
            return ()
        met = dict.fromkeys(cell.value for cell in self._seen.values() if cell.value is not None)
        return tuple(str(value) for value in met if value not in self.field.values)

    def _fresh(self, raw: Raw) -> Cell:
        if self.field.zh in NUMBERS:
            return read_number_text(raw)
        text = clean(raw)
        if is_blank_mark(text) or (text == _NOTHING and not self._has_nothing()):
            return BLANK
        return self._read(text)

    def _has_nothing(self) -> bool:
        """Return whether 无 says something in this column: no measure, no injuries, or no."""
        says = self.field.type == "bool" or self.field.zh == INJURIES
        return says or _NOTHING in self.field.values

    def _read_text(self, text: str) -> Cell:
        return Cell(text)

    def _read_list(self, text: str) -> Cell:
        return Cell(",".join(part.strip() for part in text.replace("，", ",").split(",")))

    def _read_code(self, text: str) -> Cell:
        if self.field.zh == CASE_TYPE:
            known = self._registry.case_type(text)
            code = known.name if known else text
        else:
            code = self._codes.get(text, text)
        return Cell(code, None if code == text else text)

    def _read_bool(self, text: str) -> Cell:
        code = self._codes.get(text.upper(), text)
        if code not in {"是", "否"}:
            return Cell(None, fault="不是“是”或“否”")
        return Cell(code, None if code == text else text)

    def _read_date(self, text: str) -> Cell:
        day = read_day(text)
        return Cell(day) if day else Cell(None, fault="日期无法识别")

    def _read_datetime(self, text: str) -> Cell:
        moment = read_moment(text)
        return Cell(moment) if moment else Cell(None, fault="时间无法识别")

    def _read_int(self, text: str) -> Cell:
        number = _number(text)
        if number is None or number != int(number):
            return Cell(None, fault="不是整数")
        return Cell(int(number))

    def _read_number(self, text: str) -> Cell:
        number = _number(text)
        if number is None:
            return Cell(None, fault="不是数字")
        return Cell(int(number) if number == int(number) else number)


def _number(text: str) -> float | None:
    if not _NUMBER.fullmatch(text):
        return None
    return float(text.replace(",", "").replace("，", ""))
