"""Chinese as it is written in prompts and documents: numerals, days, short citations."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

DIGITS = "零一二三四五六七八九"
UNITS = ("", "十", "百", "千")
WEEKDAYS = "一二三四五六日"
SHORT_TITLES = {
    "中华人民共和国刑事诉讼法": "刑事诉讼法",
    "人民检察院刑事诉讼规则": "刑诉规则",
    "中华人民共和国民事诉讼法": "民事诉讼法",
    "中华人民共和国行政诉讼法": "行政诉讼法",
    "中华人民共和国监察法": "监察法",
    "中华人民共和国国家赔偿法": "国家赔偿法",
}
"""Titles as they are said on the phone; documents keep the full ones."""


def numeral(number: int) -> str:
    """Return a number below 10,000 in Chinese numerals: 282 is 二百八十二, 12 is 十二."""
    if number == 0:
        return DIGITS[0]
    written = ""
    pending_zero = False
    for place in range(len(str(number)) - 1, -1, -1):
        digit = number // 10**place % 10
        if digit == 0:
            pending_zero = bool(written)
            continue
        if pending_zero:
            written += DIGITS[0]
            pending_zero = False
        written += DIGITS[digit] + UNITS[place]
    return written.removeprefix("一") if written.startswith("一十") else written


def number(written: str) -> int | None:
    """Read Chinese numerals below 10,000, or digits; None where it is no number."""
    text = written.translate(str.maketrans("０１２３４５６７８９〇两", "0123456789零二"))
    if text.isascii() and text.isdigit():
        return int(text)
    total, digit = 0, 0
    for character in text:
        if character in DIGITS:
            if digit:
                # 七八天 is about seven or eight days, not eight
                return None
            digit = DIGITS.index(character)
        elif character in UNITS[1:]:
            total += (digit or 1) * 10 ** UNITS.index(character)
            digit = 0
        else:
            return None
    return total + digit if text else None


def article_number(article: str) -> str:
    """Return 第二百八十二条 as 第282条, 之一 and the like kept."""
    match = re.fullmatch(r"第([零一二三四五六七八九十百千]+)条(.*)", article)
    value = number(match[1]) if match else None
    return article if match is None or value is None else f"第{value}条{match[2]}"


def short_citation(document: str, article: str, paragraph: int | None = None) -> str:
    """Cite as on the phone: 《刑诉规则》第282条第1款."""
    title = SHORT_TITLES.get(document, document)
    tail = f"第{paragraph}款" if paragraph else ""
    return f"《{title}》{article_number(article)}{tail}"


def short_citations(places: Iterable[tuple[str, str, int | None]]) -> str:
    """Cite several as on the phone, a document's title once a run: 《刑诉规则》第102条、第100条."""
    said: list[str] = []
    before = None
    for document, article, paragraph in places:
        words = short_citation(document, article, paragraph)
        said.append(words.partition("》")[2] if document == before else words)
        before = document
    return "、".join(said)


def full_citation(document: str, article: str, paragraph: int | None = None) -> str:
    """Cite as in documents: 《人民检察院刑事诉讼规则》第二百八十二条第一款."""
    tail = f"第{numeral(paragraph)}款" if paragraph else ""
    return f"《{document}》{article}{tail}"


def month_day(day: date) -> str:
    """Say a day of the year: 6月17日."""
    return f"{day.month}月{day.day}日"


def weekday(day: date) -> str:
    """Say a day of the week: 周一."""
    return f"周{WEEKDAYS[day.weekday()]}"


def count(value: int) -> str:
    """Say how many, as before a measure word: 两天, 三天, 十二天."""
    return "两" if value == 2 else numeral(value)
