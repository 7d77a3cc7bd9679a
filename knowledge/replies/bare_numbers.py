"""Numbers without a word: a place in the digest, the tail of a case number, or a day."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from knowledge.replies.marks import Mark
from knowledge.replies.numbers import by_tail
from knowledge.replies.numerals import NUMERAL, number
from knowledge.replies.places import NUM_WORDS, add_places

if TYPE_CHECKING:
    from knowledge.replies.agenda import Agenda
    from knowledge.replies.day_words import DayWords
    from knowledge.replies.marks import Canvas

_NOTHING: frozenset[int] = frozenset()
_BARE_LIST = re.compile(
    r"(?:^|(?<=[,。;!?\s了好完过啦下:把除]))(\d{1,3}(?:(?:\s?[、.和跟&+/]\s?|[\s,])\d{1,3}(?!\d))*)"
    r"(?![\d号日月天点年个次条位万%岁小人份起件分项时]|元(?!旦)|周(?![一二三四五六日天])|[.\-/:]\d|工作)"
)
_HAN_LIST = re.compile(
    r"(?:^|(?<=[,。;!?\s]))([一二三四五六七八九十](?:[、和跟与及][一二三四五六七八九十])+)(?=[都已也改补弄没不明后今下本等先全收知属])"
)
_AFTER_VERB = re.compile(r"(?<=[理改补弄办填看录])(\d{1,2}(?:[、和跟]\d{1,2})*)(?=$|[,。;\s])")
_INNER = re.compile(
    r"(?<=[\u4e00-\u9fff])(\d)(?=[\u4e00-\u9fff])(?![号日月天点年个次条位万岁小人份起件分项时]|元(?!旦))(?!周(?![一二三四五六日天]))"
)
_SPOKEN_PLACE = re.compile(rf"(?:^|(?<=[,。;!?\s了好完过啦办诉]))({NUMERAL})号(?!线|楼)")
_PLAIN = re.compile(
    r"(?<![\d.A-Za-z/\-])(\d{2,6})(?![\d号日月天点年个次条位元万%岁小人份起件周分项时A-Za-z]|[.\-/:]\d|工作)"
)
_TICK = re.compile(r"1+")
_LINK = re.compile(r"(?:[、,和跟与及\s]|还有|以及|\d{1,6}\s?号)*")
_DAY_AFTER = re.compile(
    r"(?:就|前|之前|以前|才|后(?!天)|之后|左右|上午|下午|晚|早|送|收|生效|到期(?!日|时间)|那天|当天|的时候|办结|审结|释放|放)"
)


def mark_bare_numbers(canvas: Canvas, agenda: Agenda) -> None:
    """Mark numbers without a word: a place in the digest, else the tail of a case number."""
    if _TICK.fullmatch(canvas.text) and len(agenda.places(agenda.scope)) == 1:
        return
    for match in _BARE_LIST.finditer(canvas.text):
        if canvas.is_free(*match.span(1)):
            named = [(n, _bare(agenda, n)) for n in re.findall(r"\d+", match[1])]
            items = frozenset().union(*(found for _, found in named))
            if all(found for _, found in named) or (len(named) == 1 and len(match[1]) in {2, 3}):
                canvas.add(Mark(*match.span(1), "item", "bare", items, every=len(named) > 1))
    for pattern in (_HAN_LIST, _AFTER_VERB):
        for match in pattern.finditer(canvas.text):
            places = [number(each) for each in NUM_WORDS.findall(match[1])]
            if all(agenda.at_place(place) for place in places):
                add_places(canvas, agenda, match.span(1), places)
    _mark_inner_numbers(canvas, agenda)
    for match in _PLAIN.finditer(canvas.text):
        items = by_tail(agenda, match[1], "")
        if items:
            canvas.add(Mark(*match.span(), "item", "tail", items))


def _mark_inner_numbers(canvas: Canvas, agenda: Agenda) -> None:
    """Mark 2 and 3 in 1已补录2转简易3后天诉: the row goes on in order."""
    leading = [m for m in canvas.marks if m.how == "bare" and not m.every]
    last = max((int(canvas.text[m.start : m.end]) for m in leading[:1]), default=99)
    for match in _INNER.finditer(canvas.text):
        place = int(match[1])
        if place > last and agenda.at_place(place):
            canvas.add(Mark(*match.span(), "item", "bare", agenda.at_place(place)))
            last = place


def _bare(agenda: Agenda, digits: str) -> frozenset[int]:
    place = agenda.at_place(int(digits)) if not digits.startswith("0") else _NOTHING
    return (place & agenda.scope or place) or by_tail(agenda, digits, "")


def mark_numbered(canvas: Canvas, agenda: Agenda, days: list[DayWords]) -> None:
    """Decide what a number with 号 is: the tail of a case number, a place, or a day."""
    spoken = {m.span(): number(m[1]) for m in _SPOKEN_PLACE.finditer(canvas.text)}
    spoken = {s: n for s, n in spoken.items() if canvas.is_free(*s) and not _says_day(canvas, s[1])}
    in_row = len(spoken) > 1 and all(agenda.at_place(n) for n in spoken.values())
    for day in days:
        span = (day.start, day.end)
        if not canvas.is_free(*span) or day.day is None:
            continue
        tail = by_tail(agenda, str(day.day), "") if canvas.text[day.end - 1] == "号" else _NOTHING
        if in_row and span in spoken and not tail:
            canvas.add(Mark(*span, "item", "place", agenda.at_place(spoken[span])))
        elif tail and not _says_day(canvas, day.end) and not _named_nearby(canvas, *span):
            canvas.add(Mark(*span, "item", "number", tail))
        elif span in spoken and _could_be_place(canvas, agenda, span, spoken[span]):
            canvas.add(Mark(*span, "item", "doubt", _NOTHING))
        else:
            canvas.add(Mark(*span, "day", day=day))


def _says_day(canvas: Canvas, end: int) -> bool:
    return _DAY_AFTER.match(canvas.text, end) is not None


def _could_be_place(canvas: Canvas, agenda: Agenda, span: tuple[int, int], place: int) -> bool:
    """Whether 2号改好了 may mean the second item as well as the second of the month."""
    alone = not any(mark.kind == "item" for mark in canvas.marks)
    several = len(agenda.places(agenda.scope)) > 1
    return alone and several and bool(agenda.at_place(place)) and not _named_nearby(canvas, *span)


def _named_nearby(canvas: Canvas, start: int, end: int) -> bool:
    """Whether the clause names an item already, so that a number in it is a day."""
    left = max((canvas.text.rfind(sign, 0, start) for sign in ",。;!? "), default=-1)
    right = min(
        (at for sign in ",。;!? " if (at := canvas.text.find(sign, end)) >= 0),
        default=len(canvas.text),
    )
    return any(
        m.kind == "item"
        and left < m.start
        and m.end <= right
        and not (m.how == "number" and _LINK.fullmatch(canvas.text, m.end, start))
        for m in canvas.marks
    )
