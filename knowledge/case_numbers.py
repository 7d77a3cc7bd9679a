"""Case numbers (部门受案号): one form for all brackets and widths, tails, what people type of them.

Forms observed: 云北检刑捕受[2026]990103000041号 (six digits of sequence, five in 1.x), words
without 受 (行公, 民公, 检任), brackets [] 〔〕 （） ［］ 【】, a space before 号.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_NUMBER = re.compile(
    r"(?P<unit>[\u4e00-\u9fff]{1,8}?(?:检|院))(?P<word>[\u4e00-\u9fff]{1,8}?)"
    r"\[(?P<year>\d{4})\](?P<office>\d{6})(?P<sequence>\d{5,6})号"
)
_BRACKETS = str.maketrans("〔［【（({〕］】）)}", "[[[[[[]]]]]]")
JUVENILE_WORD = re.compile(r"未.{0,4}受")
TAIL_DIGITS = 3


@dataclass(frozen=True)
class CaseNumber:
    """The parts of a case number: 云北检, 刑捕受, 2026, 990103, 000041."""

    unit: str
    word: str
    year: int
    office: str
    sequence: str

    @property
    def short_word(self) -> str:
        """The word as it is said: 刑捕 for 刑捕受."""
        return self.word.removesuffix("受")


def comparable(text: str) -> str:
    """Make brackets, widths and spaces alike, recognised or not."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).translate(_BRACKETS)


def parse(text: str) -> CaseNumber | None:
    """Take a case number apart; None: not of an observed form (never a fault of the case)."""
    match = _NUMBER.fullmatch(comparable(text))
    if match is None:
        return None
    return CaseNumber(
        match["unit"], match["word"], int(match["year"]), match["office"], match["sequence"]
    )


def normalise(text: str) -> str | None:
    """Return the one form of a case number, None where it is not recognised."""
    return comparable(text) if parse(text) else None


def has_juvenile_word(case_no: str) -> bool:
    """Tell whether the number says 未…受 (未捕受, 未起诉受): names stay hidden."""
    return JUVENILE_WORD.search(comparable(case_no)) is not None


def tail(case_no: str, among: Iterable[str]) -> str:
    """Name a case by the end of its number, growing until no other of the reader's cases fits.

    尾号041, then 刑捕 尾号041, then 2026年刑捕 尾号041, then more digits.
    """
    own = comparable(case_no)
    others = {comparable(other) for other in among} - {own}
    forms = _forms(own)
    for form in forms:
        if not any(form in _forms(other) for other in others):
            return form
    return own


def tails(case_nos: Iterable[str]) -> dict[str, str]:
    """Name many cases by the ends of their numbers, each unique among them, as `tail` does."""
    forms = {one: _forms(comparable(one)) for one in set(case_nos)}
    met = Counter(form for known in forms.values() for form in known)
    return {
        one: next((form for form in known if met[form] == 1), comparable(one))
        for one, known in forms.items()
    }


def _forms(case_no: str) -> list[str]:
    number = parse(case_no)
    if number is None:
        digits = re.sub(r"\D", "", case_no)
        return [f"尾号{digits[-length:]}" for length in (3, 5, 8) if len(digits) >= length]
    short = f"尾号{number.sequence[-TAIL_DIGITS:]}"
    return [
        short,
        f"{number.short_word} {short}",
        f"{number.year}年{number.short_word} {short}",
        f"{number.year}年{number.short_word} 尾号{number.sequence}",
    ]


_TYPED = re.compile(
    r"(?P<word>[\u4e00-\u9fff]{0,6}?)受?(?:\[?(?P<year>20\d{2})\]?年?)?第?0*(?P<digits>\d{1,12})号?"
)


def matches(fragment: str, case_no: str) -> bool:
    """Tell whether what somebody typed (91号, 刑诉88, 尾号041, a whole number) means this case."""
    typed = comparable(fragment)
    own = comparable(case_no)
    if typed == own:
        return True
    number = parse(own)
    match = _TYPED.fullmatch(typed.removeprefix("尾号").removeprefix("案号"))
    if number is None or match is None:
        return False
    if match["word"] and match["word"].removesuffix("受") not in {
        number.short_word,
        *_parts(number),
    }:
        return False
    if match["year"] and int(match["year"]) != number.year:
        return False
    digits = match["digits"]
    if len(digits) > len(number.sequence):
        return (number.office + number.sequence).endswith(digits)
    return int(digits) == int(number.sequence) or (
        len(typed.removeprefix("尾号")) >= TAIL_DIGITS
        and typed.startswith("尾号")
        and number.sequence.endswith(typed.removeprefix("尾号").removesuffix("号"))
    )


def _parts(number: CaseNumber) -> tuple[str, ...]:
    """Return what people say for a word: 刑诉 for 未起诉受 too, 捕 for 刑捕, with the unit."""
    short = number.short_word
    return (
        f"{number.unit}{short}",
        short.removeprefix("刑"),
        short.removeprefix("未"),
        f"{number.unit}{number.word}",
    )
