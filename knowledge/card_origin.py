"""Where a value of a card comes from: which kind of row, of which day, in which file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from knowledge.cards import Sheet

LIST = "案件列表"
PERSON_LIST = "逐人列表"
REPORT = "人员明细"
PUBLICATION = "公开清单"
ERRORS = "问题通报"
HEADER = "按表头认定"
SETTING = "本院设置"

_KIND_WORDS = {
    "case_list": LIST,
    "person_report": REPORT,
    "publication_list": PUBLICATION,
    "error_list": ERRORS,
}
_UNDATED = "日期不明"
_TEXT = re.compile(r"(\S+)(?: (\d{4}-\d{2}-\d{2}|日期不明) (.+))?")


@dataclass(frozen=True, slots=True)
class Origin:
    """The kind of row, the day of the export and its file; reads `案件列表 2026-06-15 a.csv`."""

    word: str
    day: date | None = None
    file: str = ""

    def __str__(self) -> str:
        return f"{self.word} {self.day or _UNDATED} {self.file}" if self.file else self.word


def origin_of(sheet: Sheet, day: date | None, *, of_person: bool = False) -> Origin:
    """Return the origin of the values of a sheet's rows, on a case or on one person in it."""
    word = _KIND_WORDS[sheet.kind]
    return Origin(PERSON_LIST if of_person and word == LIST else word, day, sheet.name)


def read_origin(text: str) -> Origin:
    """Return the origin a card's `sources` names."""
    found = _TEXT.fullmatch(text)
    if found is None or found[3] is None:
        return Origin(text)
    day = None if found[2] == _UNDATED else date.fromisoformat(found[2])
    return Origin(found[1], day, found[3])
