"""Read the days and moments that exports hold, in every form seen (Excel serials included)."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

_TIME = r"(?:[T\s]*(\d{1,2})\s*[:时点]\s*(\d{1,2})(?:\s*[:分]\s*(\d{1,2})(?:\.\d+)?\s*秒?|分)?)?"
_FORMS = tuple(
    re.compile(day + _TIME)
    for day in (
        r"(\d{4})-(\d{1,2})-(\d{1,2})",
        r"(\d{4})/(\d{1,2})/(\d{1,2})",
        r"(\d{4})\.(\d{1,2})\.(\d{1,2})",
        r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日?",
        r"(\d{4})(\d{2})(\d{2})",
    )
)
_WIDE = str.maketrans("０１２３４５６７８９－—–／．：　", "0123456789---/.: ")
_SERIAL = re.compile(r"\d{1,5}(?:\.\d+)?")
_YEARS = range(1900, 2101)  # what lies outside is a slip of the keyboard, not a day
_SERIAL_YEARS = range(1920, 2101)  # a bare small number in a date column is not a day either
_LEAP_DAY_OF_1900 = 60  # the day Excel counts although it never was


def read_moment(text: str) -> datetime | date | None:
    """Return the moment a cell names, its day where it names no moment, None where neither.

    Midnight counts as no moment: systems print it where only the day was entered.
    """
    plain = text.translate(_WIDE).strip()
    if _SERIAL.fullmatch(plain):
        moment = from_serial(float(plain))
        known = moment if moment and moment.year in _SERIAL_YEARS else None
    else:
        known = _from_text(plain)
    if known is None or (known.hour or known.minute or known.second):
        return known
    return known.date()


def read_day(text: str) -> date | None:
    """Return the day a cell names, None where it names none."""
    moment = read_moment(text)
    return moment.date() if isinstance(moment, datetime) else moment


def from_serial(serial: float) -> datetime | None:
    """Return the moment of an Excel serial number; 60 is a day that never was."""
    if int(serial) == _LEAP_DAY_OF_1900 or serial < 1:
        return None
    start = datetime(1899, 12, 31 if serial < _LEAP_DAY_OF_1900 else 30)  # noqa: DTZ001 - local
    return start + timedelta(days=int(serial), seconds=round(serial % 1 * 86_400))


def _from_text(text: str) -> datetime | None:
    for form in _FORMS:
        if found := form.fullmatch(text):
            year, month, day, hour, minute, second = map(int, found.groups(default="0"))
            if year not in _YEARS:
                return None
            try:
                return datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 - local
            except ValueError:  # 13月、2月30日、25时
                return None
    return None
