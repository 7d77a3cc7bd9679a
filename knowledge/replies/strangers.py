"""Names of people and cases that are not open: what is said of them is asked about."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from knowledge.replies.marks import Mark
from knowledge.replies.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knowledge.replies.agenda import Agenda
    from knowledge.replies.marks import Canvas

_NOTHING: frozenset[int] = frozenset()
_POINTING = r"(?=的?(?:那|这)(?:一?(?:条|个|件|案))|的?案(?!由|卡|号|件)|的(?!是|时|话|日|事|问))"
_TALK = (
    r"(?=[,:;。!\s和、跟与及]|$|已|也|都|均|没|未|不|还|改|补|转|是|情况|属实|上面|归档|超期|好了|[昨今明后]天"
    r"|周[一二三四五六日]|\d)"
)
_DONE = r"(?=的?(?:(?:已经?|也|都|刚|我)*(?:改|补录|办结|归档|处理|没超|不超|属实)|不是我))"
_BEFORE = r"(?:^|(?<=[,。;!?\s和、跟与及把将对])|(?<=关于)|(?<=还有)|(?<=以及)|(?<=至于))"
_MATTER = re.compile(
    r"(?:^|(?<=[,。;!?\s]))([\u4e00-\u9fff]{2,4}?)的?那(?:一?(?:个|条|件))(?!时候|人|地方|字|月|星期|栏|日期)"
)
_NO_MATTER = re.compile(
    r"[这那就是我你他她都也还和跟把被有没不改说给让在第几]|上面|下面|前面|后面|其[他它余]|剩|另|刚|最|先|今|昨|明|天|周|月|别的|对应|同"
)
_OFFICES = "检局科院庭队所处总助主副姐哥老某法律警官书家氏"
_IN_ROW = re.compile(r"\s?(?:[和、跟与及]|还有|以及)\s?")
_CASE = re.compile(
    _BEFORE + r"(?![这那该此本我])([\u4e00-\u9fff、]{3,40}?案)"
    r"(?=[的那这已也都没未不改补和、跟与及:,;。!\s是情明昨今后]|$)"
)
_PARTY = re.compile(
    r"[\u4e00-\u9fff]某|[\u4e00-\u9fff]{2}(?=公司|集团|分局|合作社|厂|银行|水库|街道)"
)
_KIND = re.compile(r"(监督|申诉|公益诉讼|赔偿|复议)案$")
_NO_CASE = re.compile(
    r"[这那该此我你他们两几个]|(?:立|结|办|报|撤|销|备|并|另|同|全|涉|专|方|档|答|草|个|作|管)案$"
)


@cache
def _names(follows: str) -> re.Pattern[str]:
    surnames = vocabulary().surnames
    return re.compile(rf"{_BEFORE}([{surnames}][\u4e00-\u9fff]{{1,2}}?){follows}")


@cache
def _named_charges() -> re.Pattern[str]:
    words = vocabulary()
    charges = "|".join(map(re.escape, words.charges))
    return re.compile(
        rf"{_BEFORE}([{words.surnames}][\u4e00-\u9fff]{{1,2}})(?:等人)?的?(?:{charges})(?:一?案)?"
    )


@cache
def _new_hands() -> re.Pattern[str]:
    name = rf"([{vocabulary().surnames}][\u4e00-\u9fff]{{1,2}}?)"
    return re.compile(
        rf"(?:(?:转|移送|移交|交接|改派|变更|换)(?:给|到|至|为|成)?|由|归|交给){name}"
        r"(?=了|办|承办|接|负责|吧|[,。!]|$)"
    )


def mark_newcomers(canvas: Canvas, agenda: Agenda) -> None:
    """Mark 转给张强了: a person nobody here knows, taken as typed."""
    for match in _new_hands().finditer(canvas.text):
        if match[1][1] not in _OFFICES and _may_be_name(agenda, match[1]):
            canvas.add(Mark(*match.span(1), "person", names=(match[1],)))


def mark_strangers(canvas: Canvas, agenda: Agenda) -> None:
    """Mark names that belong to no open item, where they point at one: 张伟那个."""
    for match in _names(_POINTING).finditer(canvas.text):
        if _may_be_name(agenda, match[1]):
            canvas.add(Mark(*match.span(1), "item", "stranger", _NOTHING))


def mark_strange_cases(canvas: Canvas, agenda: Agenda) -> None:
    """Mark 胡建军抢劫案, 方某申诉案 where no open case has that party: the charge binds nothing."""
    for span in _unknown_cases(canvas, agenda):
        canvas.add(Mark(*span, "item", "stranger", _NOTHING))
    for match in _named_charges().finditer(canvas.text):
        known = any(match[1] in (entry.item.case_name or "") for entry in agenda.entries)
        if not known and _may_be_name(agenda, match[1]):
            canvas.add(Mark(match.start(1), match.end(), "item", "stranger", _NOTHING))


def mark_unknown(canvas: Canvas, agenda: Agenda) -> None:
    """Mark people that are spoken of and not open: 赵启明已改, 赵启明和A08都改了.

    After an item is named or quoted, other names are people of that case, unless they are said to
    be put right themselves.
    """
    for span in [*_unknown_people(canvas, agenda), *_unknown_matters(canvas)]:
        canvas.add(Mark(*span, "item", "stranger", _NOTHING))


def _unknown_people(canvas: Canvas, agenda: Agenda) -> Iterator[tuple[int, int]]:
    for match in _names(_DONE if agenda.quoted else _TALK).finditer(canvas.text):
        start, end = match.span(1)
        named = any(mark.kind == "item" and mark.end <= start for mark in canvas.marks)
        apart = named and not (
            _stands_in_row(canvas, start, end) or canvas.text[end : end + 1] == "也"
        )
        if not apart and match[1][1] not in _OFFICES and _may_be_name(agenda, match[1]):
            yield start, end


def _unknown_matters(canvas: Canvas) -> Iterator[tuple[int, int]]:
    """Yield 号码 in 号码那个改了 beside items that were recognised: it names another one."""
    if not any(mark.kind == "item" for mark in canvas.marks):
        return
    for match in _MATTER.finditer(canvas.text):
        if canvas.is_free(*match.span()) and not _NO_MATTER.search(match[1]):
            yield match.span(1)


def _stands_in_row(canvas: Canvas, start: int, end: int) -> bool:
    """Whether a name is linked with an item: 赵启明和A08."""
    link = _IN_ROW.match(canvas.text, end)
    after = link.end() if link else -1
    return any(
        mark.kind == "item"
        and (mark.start == after or _IN_ROW.fullmatch(canvas.text, mark.end, start) is not None)
        for mark in canvas.marks
    )


def _unknown_cases(canvas: Canvas, agenda: Agenda) -> Iterator[tuple[int, int]]:
    """Yield case names with a party, 方某 or 高岭分局, that no open case has."""
    names = " ".join(entry.item.case_name or "" for entry in agenda.entries)
    kinds = names + " ".join(entry.item.case_type or "" for entry in agenda.entries)
    for match in _CASE.finditer(canvas.text):
        parties, kind = _PARTY.findall(match[1]), _KIND.search(match[1])
        strange = parties and not any(party in names for party in parties)
        if (strange or (kind and kind[1] not in kinds)) and not _NO_CASE.search(match[1]):
            yield match.span(1)


def _may_be_name(agenda: Agenda, name: str) -> bool:
    words = vocabulary()
    people = {*agenda.context.people, *agenda.context.assistants}
    known = any(name.startswith(each) for each in people)
    spoken = any(
        name.startswith(each[:2]) for each in (*words.topics, *words.charges, *words.columns)
    )
    return not (known or spoken or name.startswith(tuple(words.not_names)))
