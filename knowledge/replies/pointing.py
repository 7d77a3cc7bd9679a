"""Whether words point at an item (归档那条, 取保的) or only speak of the matter."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from knowledge.replies.vocabulary import vocabulary

if TYPE_CHECKING:
    from knowledge.replies.marks import Canvas

_POINTED = re.compile(
    r"(?:的|罪|了|案子|案件|日期|时间|期限|到期|快到期|超期|缺|空|没填|没有|那|这|为空|不对|,){0,3}"
    r"(?:那|这)(?:一?(?:条|个|件|项|案|起)|(?:两|几)(?:条|个))"
    r"|(?:的)?案(?!由|卡|号|件)(?:子)?|的?那?(?:两|几|[二三四五六])(?:个(?!月)|条)|一?(?:条|件)(?!件|款|例)"
)
_POSSESSIVE = re.compile(
    r"(?:案)?的(?!日期|时间|是|时候|话|人|期限|事|规定|问题|办案|案由|证据|案卡)"
)
_START = frozenset({"", "了", ",", "。", ";", "!", "?", " ", "和", "、"})
_SINGLING = ("剩", "剩下", "只有", "除了", "除", "就差", "还差")
_POINTING_BEFORE = ("那个", "这个", "那条", "这条", "那件")
_NEXT_DAY = re.compile(r"(?:[今明后]天|[这下]?(?:周|礼拜|星期)[一二三四五]|下周|月底)")
_PREDICATE = frozenset("已不没还都也今昨改补在诉捕判")
_SO_MANY = re.compile(r"[两几二三四五六](?:个|条|件)$")
_ROW = re.compile(r"案?\s?[、和跟与及]\s?")


def points(canvas: Canvas, start: int, end: int) -> bool:
    """Tell whether the words around a stretch point at an item with it: 归档那条, 只有归档."""
    text = canvas.text
    if _POINTED.match(text, end):
        return True
    if text[:start].endswith(_SINGLING):
        return True
    if text[:start].endswith(_POINTING_BEFORE) and _POSSESSIVE.match(text, end):
        return True
    before = text[start - 1 : start] if start else ""
    if _SO_MANY.search(text, max(0, start - 4), start) and _POSSESSIVE.match(text, end):
        return True
    if before in _START and _NEXT_DAY.match(text, end):
        return True
    return before in _START and _POSSESSIVE.match(text, end) is not None


def opens_clause(canvas: Canvas, start: int, end: int) -> bool:
    """Tell whether a clause begins with these words and says something of them: 诈骗不抗了."""
    before = canvas.text[start - 1 : start] if start else ""
    return before in _START and canvas.text[end : end + 1] in _PREDICATE


def points_in_row(canvas: Canvas, end: int) -> bool:
    """Whether a charge stands in a row with one that points: 组织卖淫、洗钱的."""
    link = _ROW.match(canvas.text, end)
    return link is not None and any(
        canvas.text.startswith(word, link.end())
        and points(canvas, link.end(), link.end() + len(word))
        for word in vocabulary().charges
    )


def grams(text: str, core: str) -> list[tuple[int, int]]:
    """Return the longest stretches of the text that are parts of a case name."""
    if not any(core[at : at + 2] in text for at in range(len(core) - 1)):
        return []
    found: list[tuple[int, int]] = []
    start = 0
    while start < len(text) - 1:
        size = 0
        while start + size < len(text) and text[start : start + size + 1] in core:
            size += 1
        if size >= 2 and text[start : start + size] not in vocabulary().common_grams:
            found.append((start, start + size))
        start += max(size, 1)
    return found
