"""What is said of one point: our words, the provision as imported, what it rests on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge import chinese

if TYPE_CHECKING:
    from datetime import date

    from handlers.desk import Desk
    from knowledge.search.model import Point, Search

NOT_OF_THAT_DAY = "以上按现行规定编写，要点库里没有当时的文本，办理旧案请核对当时的条文。"
NOT_IMPORTED = "要点库里还没有这一条的原文，请专员导入这部文本后再查。"
_MOST_RELATED = 3
_QUOTED = 300
_ITEM = re.compile(r"[（(][一二三四五六七八九十]+[)）]|[0-9]+[.．、]")
_TELLS_A_LENGTH = re.compile("[一二三四五六七八九十两半百0-9]+个?(?:日|月|小时|年|次)")


@dataclass(frozen=True)
class Shown:
    """How a point is shown: by the texts in force on which day, in answer to which message.

    `dated`: the asker named the day himself. `asked` is 0 where there was no question. `began`: the
    key of the point from which neighbours were turned to.
    """

    day: date
    dated: bool = False
    asked: int = 0
    private: bool = True
    began: str = ""

    def search(self, desk: Desk) -> Search:
        """Return the search over the texts in force on the day."""
        return desk.search.on(self.day)

    def data(self) -> dict[str, object]:
        """Return what a button keeps of it."""
        kept: dict[str, object] = {}
        if self.dated:
            kept["day"] = self.day.isoformat()
        if self.asked:
            kept["message"] = self.asked
        if self.began:
            kept["began"] = self.began
        return kept


def text(desk: Desk, point: Point, shown: Shown) -> str:
    """Say a point: title, our words, every provision it rests on, a line per neighbour."""
    lines = [f"按{chinese_day(shown.day)}有效的文本："] if shown.dated else []
    lines += [point.title, *_words(point), f"依据：{'、'.join(citations(point))}"]
    if shown.dated and point.full_text is None:
        lines.append(NOT_OF_THAT_DAY)
    lines += [f"相关：{one.title}" for one in related(desk, point, shown)]
    return "\n".join(lines)


def _words(point: Point) -> list[str]:
    """Return our words and, where the office imported it, the provision itself."""
    if point.full_text is None:
        return [point.text or NOT_IMPORTED]
    quoted = _shortened(_paragraph(point.full_text, point.paragraph), _QUOTED)
    if is_article(point):
        return [_shortened(point.full_text, _QUOTED)]
    return [point.text, f"原文：{quoted}"]


def is_article(point: Point) -> bool:
    """Tell an imported article that stands for itself from a point in our own words."""
    return point.full_text is not None and point.full_text.startswith(point.text.rstrip("…"))


def _paragraph(text: str, number: int | None) -> str:
    """Return one 款 of an article with its items, the whole where none is named."""
    paragraphs: list[list[str]] = []
    for line in text.split("\n"):
        if paragraphs and _ITEM.match(line):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    meant = paragraphs[number - 1 : number] if number else paragraphs
    return "\n".join(line for one in meant or paragraphs for line in one)


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most]}……（见全文）"


def chinese_day(day: date) -> str:
    """Say a whole day: 2018年12月31日."""
    return f"{day.year}年{chinese.month_day(day)}"


def related(desk: Desk, point: Point, shown: Shown) -> tuple[Point, ...]:
    """Return the neighbouring cases on the same provision that give another length of time."""
    if not _TELLS_A_LENGTH.search(point.title + point.text):
        return ()
    others = [
        one for one in shown.search(desk).siblings(point.key) if _TELLS_A_LENGTH.search(one.title)
    ]
    return tuple(others[:_MOST_RELATED])


def citations(point: Point) -> list[str]:
    """Return every provision a point rests on, as documents cite it."""
    places = [(point.document, point.article, point.paragraph)]
    places += [(one.document, one.article, one.paragraph) for one in point.also]
    return list(dict.fromkeys(chinese.full_citation(*place) for place in places))
