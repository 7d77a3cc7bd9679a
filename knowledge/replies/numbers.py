"""Items named by number: A08, 第2条, 2改好了, 尾号36, 刑诉88, a whole case number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from knowledge.replies.marks import Mark
from knowledge.replies.numerals import NUMERAL, number
from knowledge.replies.vocabulary import vocabulary

if TYPE_CHECKING:
    from knowledge.replies.agenda import Agenda
    from knowledge.replies.dates import DayWords
    from knowledge.replies.marks import Canvas

_NOTHING: frozenset[int] = frozenset()
_FINDING = re.compile(r"(?<![A-Za-z])([A-Za-z]{1,3})[\s-]?(\d{1,3})(?!\d|[.]\d|[A-Za-z](?!\d))")
_CASE_NO = re.compile(
    r"[\u4e00-\u9fff]{1,12}[\[(〔【]\s?(\d{4})\s?[\])〕】]\s?(\d{6})(\d{5,6})\s?号?"
)
_JOIN = r"\s?[、,，和及与跟以]\s?(?:及\s?)?"
_PLACES = re.compile(
    rf"(?<!法)(?<!规则)第\s?{NUMERAL}(?:{_JOIN}(?:第\s?)?{NUMERAL})*"
    r"(?:\s?(?:条|个(?!月)|项|件|点(?!钟))|(?!次|天|款|检|部|审|季|年|月|周|批|人|被|三方|一时间|\d|个|点))"
)
_RANGE = re.compile(rf"第?({NUMERAL})\s?(?:-|—|~|到|至)\s?第?({NUMERAL})(?:条|个|项|件)")
_EDGE = re.compile(
    rf"(前|头|后|最后)(?:面)?({NUMERAL})?(?:条|个|项|件)(?!月|小时|星期|工作|礼拜)|最后(?:那)?一?(?:条|个|项|件)|首条"
)
_NUM_WORDS = re.compile(NUMERAL)
_LEADING = re.compile(rf"(?:^|(?<=[;。!?\s,]))({NUMERAL})(?=[、:.)](?!\s?\d))")
_BARE_LIST = re.compile(
    r"(?:^|(?<=[,。;!?\s了好完过啦下:把]))(\d{1,3}(?:(?:\s?[、.和跟&+/]\s?|[\s,])\d{1,3}(?!\d))*)"
    r"(?![\d号日月天点年个次条元万%岁小人份起件分项时]|周(?![一二三四五六日天])|[.\-/:]\d|工作)"
)
_HAN_LIST = re.compile(
    r"(?:^|(?<=[,。;!?\s]))([一二三四五六七八九十](?:[、和跟与及][一二三四五六七八九十])+)(?=[都已也改补弄没不])"
)
_AFTER_VERB = re.compile(r"(?<=[理改补弄办填看录])(\d{1,2}(?:[、和跟]\d{1,2})*)(?=$|[,。;\s])")
_INNER = re.compile(
    r"(?<=[\u4e00-\u9fff])(\d)(?=[\u4e00-\u9fff])(?![号日月天点年个次条元万岁小人份起件分项时])(?!周(?![一二三四五六日天]))"
)
_TAIL = re.compile(
    r"(?:尾号|尾数|尾码|末尾|末[二两三]位|后[二两三]位|案号|受案号)(?:是|为)?\s?(\d{1,6})(?!\d)\s?号?"
)
_WORD_TAIL = re.compile(
    r"(?P<word>[刑捕诉未检侦监民执行羁审立申公起抗再提违事自建]{1,5})\s?(?P<seq>\d{1,6})(?!\d|[.\-/]\d|[月日天点年个次条元万%岁])\s?(?:号)?"
)
_NUMBERED = re.compile(r"(?<![\d.])(\d{1,6})\s?号")
_SPOKEN_PLACE = re.compile(rf"(?:^|(?<=[,。;!?\s了好完过啦办诉]))({NUMERAL})号(?!线|楼)")
_PLAIN = re.compile(
    r"(?<![\d.A-Za-z/\-])(\d{2,6})(?![\d号日月天点年个次条元万%岁小人份起件周分项时A-Za-z]|[.\-/:]\d|工作)"
)
_LINK = re.compile(r"(?:[、,和跟与及\s]|还有|以及)*")
_DAY_AFTER = re.compile(
    r"(?:就|前|之前|以前|才|后|之后|左右|上午|下午|晚|早|送|收|生效|到期(?!日|时间)|那天|当天|的时候|办结|审结|释放|放)"
)


def mark_finding_numbers(canvas: Canvas, agenda: Agenda) -> None:
    """Mark finding numbers (A08); one that is not open names nothing."""
    known = {_finding_key(e.item.finding): e.index for e in agenda.entries}
    letters = {key[0] for key in known}
    for match in _FINDING.finditer(canvas.text):
        key = (match[1].upper(), int(match[2]))
        index = known.get(key)
        looks_like_one = len(match[2]) == 2 and (len(match[1]) == 1 or key[0] in letters)
        if index is not None or looks_like_one:
            items = _NOTHING if index is None else frozenset({index})
            canvas.add(Mark(*match.span(), "item", "finding", items))


def _finding_key(finding: str) -> tuple[str, int]:
    letters = finding.rstrip("0123456789")
    digits = finding[len(letters) :]
    return letters.upper(), int(digits or 0)


def mark_case_numbers(canvas: Canvas, agenda: Agenda) -> None:
    """Mark whole case numbers, with any of the usual brackets."""
    for match in _CASE_NO.finditer(canvas.text):
        digits = match[1] + match[2] + match[3]
        items = frozenset(
            e.index
            for e in agenda.entries
            if "".join(filter(str.isdigit, e.item.case_no)) == digits
            and (not e.word or match[0].split(match[1])[0].strip("[(〔【 ").endswith(e.word))
        )
        canvas.add(Mark(*match.span(), "item", "case", items))


def mark_places(canvas: Canvas, agenda: Agenda) -> None:
    """Mark places in the digest: 第2条, 第1、3条, 前两条, 最后一条, 2、."""
    places = agenda.places(agenda.scope)
    for match in _RANGE.finditer(canvas.text):
        first, last = number(match[1]), number(match[2])
        _add_places(canvas, agenda, match.span(), list(range(first, min(last, first + 20) + 1)))
    for match in _PLACES.finditer(canvas.text):
        named = [number(each) for each in _NUM_WORDS.findall(match[0])]
        if max(named) <= 30:
            _add_places(canvas, agenda, match.span(), named)
    for match in _EDGE.finditer(canvas.text):
        count = number(match[2]) if match[2] else 1
        first = match[1] in {"前", "头"} or match[0].startswith("首")
        if 0 < count <= len(places) and (match[2] or first or "最后" in match[0]):
            _add_places(canvas, agenda, match.span(), places[:count] if first else places[-count:])
    for match in _LEADING.finditer(canvas.text):
        if number(match[1]) in places:
            _add_places(canvas, agenda, match.span(1), [number(match[1])])


def _add_places(canvas: Canvas, agenda: Agenda, span: tuple[int, int], named: list[int]) -> None:
    found = [agenda.at_place(place) for place in named]
    items = frozenset().union(*found) if all(found) else _NOTHING
    canvas.add(Mark(*span, "item", "place", items, every=len(named) > 1))


def mark_tails(canvas: Canvas, agenda: Agenda) -> None:
    """Mark the tail of a case number where the words leave no doubt: 尾号36, 刑诉88, 103号."""
    for match in _TAIL.finditer(canvas.text):
        items = _by_tail(agenda, match[1], "") or _by_ending(agenda, match[1])
        canvas.add(Mark(*match.span(), "item", "tail", items))
    for match in _WORD_TAIL.finditer(canvas.text):
        _mark_word_tail(canvas, agenda, match)
    for match in _NUMBERED.finditer(canvas.text):
        items = _by_tail(agenda, match[1], "")
        after = canvas.text[match.end() : match.end() + 4]
        if int(match[1]) > 31 or after.startswith(("案", "那", "的案", "这")):
            canvas.add(Mark(*match.span(), "item", "tail", items))


def _mark_word_tail(canvas: Canvas, agenda: Agenda, match: re.Match[str]) -> None:
    word = match["word"]
    for cut in range(len(word)):
        items = _by_tail(agenda, match["seq"], word[cut:])
        if items:
            canvas.add(Mark(match.start() + cut, match.end(), "item", "tail", items))
            return
    if word in vocabulary().case_words and len(match["seq"]) >= 2:
        canvas.add(Mark(*match.span(), "item", "tail", _NOTHING))


def _by_tail(agenda: Agenda, digits: str, word: str) -> frozenset[int]:
    wanted = int(digits)
    return frozenset(
        e.index for e in agenda.entries if e.sequence == wanted and _within(word, e.word)
    )


def _by_ending(agenda: Agenda, digits: str) -> frozenset[int]:
    if len(digits) < 2:
        return _NOTHING
    return frozenset(
        e.index
        for e in agenda.entries
        if e.sequence is not None and f"{e.sequence:06d}".endswith(digits)
    )


def _within(spoken: str, word: str) -> bool:
    """Tell whether the characters spoken come in this order in the word of the case number."""
    telling = [char for char in spoken if char not in "检审"]
    rest = iter(word)
    return all(char in rest for char in telling) and (bool(telling) or not spoken)


def mark_bare_numbers(canvas: Canvas, agenda: Agenda) -> None:
    """Mark numbers without a word: a place in the digest, else the tail of a case number."""
    for match in _BARE_LIST.finditer(canvas.text):
        if canvas.is_free(*match.span(1)):
            named = [(n, _bare(agenda, n)) for n in re.findall(r"\d+", match[1])]
            items = frozenset().union(*(found for _, found in named))
            if all(found for _, found in named) or (len(named) == 1 and len(match[1]) in {2, 3}):
                canvas.add(Mark(*match.span(1), "item", "bare", items, every=len(named) > 1))
    for pattern in (_HAN_LIST, _AFTER_VERB):
        for match in pattern.finditer(canvas.text):
            places = [number(each) for each in _NUM_WORDS.findall(match[1])]
            if all(agenda.at_place(place) for place in places):
                _add_places(canvas, agenda, match.span(1), places)
    _mark_inner_numbers(canvas, agenda)
    for match in _PLAIN.finditer(canvas.text):
        items = _by_tail(agenda, match[1], "")
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
    return (place & agenda.scope or place) or _by_tail(agenda, digits, "")


def mark_numbered(canvas: Canvas, agenda: Agenda, days: list[DayWords]) -> None:
    """Decide what a number with 号 is: the tail of a case number, a place, or a day."""
    spoken = {m.span(): number(m[1]) for m in _SPOKEN_PLACE.finditer(canvas.text)}
    spoken = {s: n for s, n in spoken.items() if canvas.is_free(*s) and not _says_day(canvas, s[1])}
    in_row = len(spoken) > 1 and all(agenda.at_place(n) for n in spoken.values())
    for day in days:
        span = (day.start, day.end)
        if not canvas.is_free(*span) or day.day is None:
            continue
        tail = _by_tail(agenda, str(day.day), "") if canvas.text[day.end - 1] == "号" else _NOTHING
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
    left = max((canvas.text.rfind(sign, 0, start) for sign in ",。;!?"), default=-1)
    right = min(
        (at for sign in ",。;!?" if (at := canvas.text.find(sign, end)) >= 0),
        default=len(canvas.text),
    )
    return any(
        m.kind == "item"
        and left < m.start
        and m.end <= right
        and not (m.how == "number" and _LINK.fullmatch(canvas.text, m.end, start))
        for m in canvas.marks
    )
