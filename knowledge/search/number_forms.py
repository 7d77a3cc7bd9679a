"""Bring what is typed around article numbers into one form: §, inner spaces, editions, ranges."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from knowledge import chinese
from knowledge.search.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable

_NUMERALS = "零〇一二三四五六七八九十百千两"
HAN = f"[{_NUMERALS}]"
"""One Chinese numeral of an article number."""
NUMBER = rf"(?:[0-9]{{1,4}}|{HAN}+)"
"""An article number in digits or in Chinese numerals."""
_SPACED = re.compile(rf"第[\s0-9{_NUMERALS}]+条")
_RANGE = re.compile(
    rf"第?\s*(?P<first>{NUMBER})\s*(?P<sign>条)?\s*(?:到|至|~|-|—|–)+\s*"
    rf"第?\s*(?P<last>{NUMBER})(?![0-9])\s*(?P<end>条)?"
)
_EDITION = re.compile(
    r"[(\[]?(?P<year>(?:19|20)[0-9]{2})\s*年?\s*(?:版本|版|修正|修订|修改)*[)\]]?\s*"
    rf"(?=第|{HAN}|[0-9]{{1,4}}\s*(?:条|\Z))"
)
_MOST = 10
"""Articles that one range may name."""


def plain(text: str) -> str:
    """Return a cleaned question with § and spaces within a number as 第…条 has them."""
    signed = re.sub(r"§\s*", "第", text)
    return _SPACED.sub(lambda match: re.sub(r"\s", "", match[0]), signed)


def without_edition(text: str, name_before: Callable[[str], str | None]) -> tuple[str, bool]:
    """Return a question without the year of a text's edition: 刑诉法(2018)第一百条.

    The second value tells that an edition is asked for which `editions` of words.yaml does not
    have: what stands there is not in the base, and the number of another edition is no answer.
    """
    for match in _EDITION.finditer(text):
        document = name_before(text[: match.start()])
        if document is None:
            continue
        known = vocabulary().editions.get(document)
        if known is not None and match["year"] not in known:
            return text, True
        return text[: match.start()] + text[match.end() :], False
    return text, False


def each_named(text: str, name_before: Callable[[str], str | None]) -> str:
    """Return a question with ranges of articles spelt out: 规则282-284 is 282条、283条、284条.

    A range without 条 counts only after the name of a text: 3-7 may be days.
    """

    def spelt(match: re.Match[str]) -> str:
        first, last = value(match["first"]) or 0, value(match["last"]) or 0
        is_signed = match["end"] or (match["sign"] and match["last"].isdecimal())
        if not 0 < first < last < first + _MOST or not (
            is_signed or name_before(text[: match.start()])
        ):
            return match[0]
        return "、".join(f"{number}条" for number in range(first, last + 1))

    return _RANGE.sub(spelt, text)


def value(written: str | None) -> int | None:
    """Return a number in digits, Chinese numerals or numerals read one by one (二八二)."""
    if not written:
        return None
    if re.fullmatch("[零〇一二三四五六七八九]{2,}", written):
        return int(
            "".join(str("零一二三四五六七八九".index(c)) for c in written.replace("〇", "零"))
        )
    return chinese.number(written)
