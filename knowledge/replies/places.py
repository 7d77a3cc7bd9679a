"""Items named by their place in the digest: 第2条, 第1、3条, 前两条, 最后一条."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from knowledge.replies.marks import Mark
from knowledge.replies.numerals import NUMERAL, number

if TYPE_CHECKING:
    from knowledge.replies.agenda import Agenda
    from knowledge.replies.marks import Canvas

_NOTHING: frozenset[int] = frozenset()
_JOIN = r"\s?[、,，和及与跟以]\s?(?:及\s?)?"
_PLACES = re.compile(
    rf"(?<!法)(?<!规则)第\s?{NUMERAL}(?:{_JOIN}(?:第\s?)?{NUMERAL})*"
    r"(?:\s?(?:条|个(?!月)|项|件|点(?!钟))|(?!次|位|页|格|栏|行|列|天|款|检|部|审|季|年|月|周|批|人|被|三方|一时间|\d|个|点))"
)
_TO = r"\s?(?:-|—|~|到|至)\s?第?"
_RANGE = re.compile(
    rf"第({NUMERAL})(?:条|个|项|件)?{_TO}({NUMERAL})(?:条|个|项|件)?|({NUMERAL}){_TO}({NUMERAL})(?:条|个|项|件)"
)
_FROM_END = re.compile(rf"倒数第({NUMERAL})(?:条|个|项|件)?")
_EDGE = re.compile(
    rf"(前|头|后|最后)(?:面)?({NUMERAL})?(?:条|个|项|件)(?!月|小时|星期|工作|礼拜)|最后(?:那)?一?(?:条|个|项|件)|首条"
)
_THIS = r"(?:这|此|该)(?:一?(?:条|个|件|案|项))"
_THIS_AND = re.compile(rf"{_THIS}(?=\s?[和跟与及、])|(?<=[和跟与及、]){_THIS}")
NUM_WORDS = re.compile(NUMERAL)
_COUNTED = re.compile(r"(?:^|(?<=[,。;\s]))([一二三四五六七八九])是")
_LEADING = re.compile(rf"(?:^|(?<=[;。!?\s,]))({NUMERAL})(?=[、:.)](?!\s?\d))")


def mark_this(canvas: Canvas, agenda: Agenda) -> None:
    """Mark 这条和C08: the item quoted, named in a row with others."""
    if len(agenda.places(agenda.quoted)) != 1:
        return
    for match in _THIS_AND.finditer(canvas.text):
        canvas.add(Mark(*match.span(), "item", "this", agenda.quoted))


def mark_places(canvas: Canvas, agenda: Agenda) -> None:
    """Mark places in the digest: 第2条, 第1、3条, 前两条, 最后一条, 2、."""
    places = agenda.places(agenda.scope)
    _mark_rows(canvas, agenda, places)
    for match in _EDGE.finditer(canvas.text):
        count = number(match[2]) if match[2] else 1
        first = match[1] in {"前", "头"} or match[0].startswith("首")
        if 0 < count <= len(places) and (match[2] or first or "最后" in match[0]):
            add_places(canvas, agenda, match.span(), places[:count] if first else places[-count:])
    _mark_listing(canvas, agenda, places)


def _mark_rows(canvas: Canvas, agenda: Agenda, places: list[int]) -> None:
    """Mark 第4条到第6条, 倒数第二条, 第1、3条."""
    for match in _RANGE.finditer(canvas.text):
        first, last = number(match[1] or match[3]), number(match[2] or match[4])
        add_places(canvas, agenda, match.span(), list(range(first, min(last, first + 20) + 1)))
    for match in _FROM_END.finditer(canvas.text):
        back = number(match[1])
        named = [places[-back]] if 0 < back <= len(places) else [0]
        add_places(canvas, agenda, match.span(), named)
    for match in _PLACES.finditer(canvas.text):
        named = [number(each) for each in NUM_WORDS.findall(match[0])]
        if max(named) <= 30:
            add_places(canvas, agenda, match.span(), named)


def _mark_listing(canvas: Canvas, agenda: Agenda, places: list[int]) -> None:
    """Mark 一是 … 二是 …, and 2、 before what is said of the item."""
    counted = [match for match in _COUNTED.finditer(canvas.text) if len(places) > 1]
    if [number(match[1]) for match in counted] == places[: max(len(counted), 2)]:
        for match in counted:
            add_places(canvas, agenda, match.span(1), [number(match[1])])
    for match in _LEADING.finditer(canvas.text):
        if number(match[1]) in places:
            add_places(canvas, agenda, match.span(1), [number(match[1])])


def add_places(canvas: Canvas, agenda: Agenda, span: tuple[int, int], named: list[int]) -> None:
    """Mark places of the digest; nothing is named where one of them is not there."""
    found = [agenda.at_place(place) for place in named]
    items = frozenset().union(*found) if all(found) else _NOTHING
    canvas.add(Mark(*span, "item", "place", items, every=len(named) > 1))
