"""Join the printed lines of pages into paragraphs again, without page numbers and running heads."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_NUMERAL = "[零〇一二三四五六七八九十百千0-9]+"
_BEGINS = re.compile(
    rf"第\s*{_NUMERAL}\s*[编篇章节条]|附\s*则\s*\Z|[（(]{_NUMERAL}[)）]|{_NUMERAL}[、.．]|#|【"
)
_PAGE_NUMBER = re.compile(r"[-—–\s·]*(?:第\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?(?:\s*页)?[-—–\s·]*\Z")
_ENDED = re.compile(r"[。；：:;.!?！？】]\Z")
_BETWEEN_HAN = re.compile(
    r"(?<=[\u3400-\u9fff，、；。（）])(?<!条)[ \t]+(?=[\u3400-\u9fff，、；。（）])"
)
_OFTEN = 3
_LONG_LINE = 15
"""A shorter line that ends without a mark is a heading or a date, not the first part of one."""


def reflow(pages: Iterable[Sequence[str]]) -> list[str]:
    """Return paragraphs from printed lines."""
    kept = [[line.strip() for line in page if line.strip()] for page in pages]
    running = _running(kept)
    paragraphs: list[str] = []
    may_go_on = False
    for page in kept:
        for line in page:
            if line in running or _PAGE_NUMBER.match(line):
                continue
            text = _BETWEEN_HAN.sub("", line)
            if may_go_on and not _BEGINS.match(text):
                paragraphs[-1] += text
            else:
                paragraphs.append(text)
            may_go_on = not _ENDED.search(text) and len(paragraphs[-1]) >= _LONG_LINE
    return paragraphs


def _running(pages: Sequence[Sequence[str]]) -> set[str]:
    """Return lines that stand at the edge of many pages: running heads and feet."""
    edges = Counter(line for page in pages for line in {*page[:1], *page[-1:]})
    return {
        line
        for line, count in edges.items()
        if count >= max(_OFTEN, len(pages) // 2) and not _BEGINS.match(line)
    }
