"""Provisions and days as papers write them: full titles, Chinese numerals, 2026年6月15日."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

from handlers.documents.errors import CitationUnreadableError
from knowledge import chinese

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from knowledge.rules.rule import Citation

ARTICLE = re.compile(
    r"第?([零〇一二三四五六七八九十百千两0-9０-９]+)条?((?:之[一二三四五六七八九十]+)?)(.*)"
)
POINT = re.compile("第[^条]+点")
"""How an item of a text without articles is named: 第二、（一）3点."""
MINUTES = "{0.hour}时{0.minute:02d}分"


def cite(citation: Citation) -> str:
    """Cite one provision: 《中华人民共和国刑事诉讼法》第九十一条第三款.

    A duty that only follows from the provision is marked, since the text does not write it out.

    Raises:
        CitationUnreadableError: the article's number is not one.
    """
    title = citation.document.strip().removeprefix("《").removesuffix("》")
    if title and POINT.fullmatch(citation.article.strip()):
        return chinese.full_citation(title, citation.article.strip())
    match = ARTICLE.fullmatch(citation.article.strip())
    value = chinese.number(match[1]) if match else None
    if match is None or value is None or not title:
        raise CitationUnreadableError(title, citation.article)
    article = f"第{chinese.numeral(value)}条{match[2]}{match[3]}"
    derived = "（据此推出）" if citation.strength == "derived" else ""
    return chinese.full_citation(title, article, citation.paragraph) + derived


def cite_all(citations: Iterable[Citation]) -> str:
    """Cite several provisions in one line, the same one once."""
    return "、".join(dict.fromkeys(cite(one) for one in citations))


def written_day(day: date) -> str:
    """Write a day, or a day and minute, as GB/T 9704-2012 does: Arabic digits, no zeros before."""
    written = f"{day.year}年{day.month}月{day.day}日"
    return written + MINUTES.format(day) if isinstance(day, datetime) else written


def written_days(days: int) -> str:
    """Write a term in days: 十日."""
    return f"{chinese.numeral(days)}日"
