"""Join the printed lines of pages into paragraphs again, without page numbers and running heads."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

INDENT = "\u3000\u3000"
"""Stands before a printed line that begins a paragraph, where the page showed it."""
_NUMERAL = "[零〇一二三四五六七八九十百千0-9]+"
_BEGINS = re.compile(
    rf"第\s*{_NUMERAL}\s*[编篇章节条]|附\s*则\s*\Z|[（(]{_NUMERAL}[)）]|{_NUMERAL}[、.．]|#|【"
)
_ARTICLE = re.compile(rf"第\s*{_NUMERAL}\s*条")
_TEXT = re.compile(rf"第\s*{_NUMERAL}\s*条|[（(]{_NUMERAL}[)）]|{_NUMERAL}[、.．]")
_PAGE_NUMBER = re.compile(
    r"[-—–\s·]*(?:第\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?(?:\s*页)?[-—–\s·]*\Z"
    r"|[-—–一]\s*\d{1,4}\s*[-—–一]\Z"
)
_ENDED = re.compile(r"[。；：:;.!?！？】]\Z")
_BETWEEN_HAN = re.compile(
    r"(?<=[\u3400-\u9fff，、；。（）])(?<!条)[ \t]+(?=[\u3400-\u9fff，、；。（）])"
)
_OFTEN = 3
_LONG_LINE = 15
"""A shorter line that ends without a mark is a heading or a date, not the first part of one."""


def reflow(pages: Iterable[Sequence[str]]) -> list[str]:
    """Return paragraphs from printed lines.

    On a page where articles begin with an indent, the indents tell paragraphs apart: a line may
    break just before the number of an article that is only cited.
    """
    kept = [[line.rstrip() for line in page if line.strip()] for page in pages]
    running = _running([[line.strip() for line in page] for page in kept])
    paragraphs: list[str] = []
    may_go_on = by_indent = False
    for page in kept:
        by_indent = _begins_with_indents(page, otherwise=by_indent)
        for raw in page:
            line = raw.strip()
            if line in running or _PAGE_NUMBER.match(line):
                continue
            text = _BETWEEN_HAN.sub("", line)
            begins = raw.startswith(INDENT) if by_indent else _BEGINS.match(text) is not None
            if paragraphs and may_go_on and not begins:
                paragraphs[-1] += text
            else:
                paragraphs.append(text)
            may_go_on = _may_go_on(paragraphs[-1], by_indent=by_indent)
    return paragraphs


def _may_go_on(paragraph: str, *, by_indent: bool) -> bool:
    if len(paragraph) < _LONG_LINE:
        return by_indent and _TEXT.match(paragraph) is not None
    return by_indent or not _ENDED.search(paragraph)


def _begins_with_indents(page: Iterable[str], *, otherwise: bool) -> bool:
    articles = [line.startswith(INDENT) for line in page if _ARTICLE.match(line.strip())]
    return 2 * sum(articles) > len(articles) if articles else otherwise


def _running(pages: Sequence[Sequence[str]]) -> set[str]:
    """Return lines that stand at the edge of many pages: running heads and feet."""
    edges = Counter(line for page in pages for line in {*page[:1], *page[-1:]})
    return {
        line
        for line, count in edges.items()
        if count >= max(_OFTEN, len(pages) // 2) and not _BEGINS.match(line)
    }
