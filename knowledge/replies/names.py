"""Items named by a person or a case name, also misspelt by sound, and people of the office."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from knowledge.replies.marks import Mark, occurrences
from knowledge.replies.sounds import sound_alike
from knowledge.replies.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knowledge.replies.agenda import Agenda
    from knowledge.replies.marks import Canvas

_NOTHING: frozenset[int] = frozenset()
_POINTING = (
    r"(?:家)?(?:兄弟|父子|夫妇|俩|他们)?(?:的)?(?:那|这)(?:一?(?:条|个|件|案|项|起))?"
    r"|(?:兄弟|父子|夫妇|俩|他们)(?:的|[俩两]个?|都|还|已|案)"
    r"|的?案(?!由|卡|号|件)|的"
)
_NICK = re.compile(
    r"(?:小|姓)([\u4e00-\u9fff])(?:的)?(?=那|这|的|案|他们|俩)|老([\u4e00-\u9fff])(?!板|师|是|实|家(?![那这的]))"
    rf"|(?:^|(?<=[,。;!?\s]))([\u4e00-\u9fff])(?:某某?|家(?!属))(?={_POINTING})"
)
_LONGER = re.compile(
    r"(?![的那这案档同涉全并另立结卷已也都就还是改没不未跟和与及等在被由给说去上把早今明昨后补填诉批捕放判办归退报录弄某家])"
    r"[\u4e00-\u9fff](?=的?(?:那|这)(?:个|条|件|案)|的?案(?!由|卡|号|件)|的(?!是|时|话|日|事|问))"
)
_COVER = re.compile(r"未成年人?([甲乙丙丁戊])|([甲乙丙丁戊])某某?")
_SHORT = re.compile(
    rf"(?:^|(?<=[,。;!?\s]))([\u4e00-\u9fff]{{2}})(?={_POINTING}|案|[和跟与及、早已没还都也昨今明是被放捕诉改补])"
)
_FRIEND = re.compile(
    r"小([\u4e00-\u9fff])(?!时|心|组|结|案|计)"
    r"|([\u4e00-\u9fff])(?:助理|检(?!察|委|验)|主任|科长|老师)"
)


def mark_case_names(canvas: Canvas, agenda: Agenda) -> None:
    """Mark whole names of cases."""
    for name in {e.item.case_name for e in agenda.entries if e.item.case_name}:
        items = frozenset(e.index for e in agenda.entries if e.item.case_name == name)
        for start, end in occurrences(canvas.text, name):
            canvas.add(Mark(start, end, "item", "name", items))


def mark_suspects(canvas: Canvas, agenda: Agenda) -> None:
    """Mark names of suspects, exact first, then those that sound the same.

    A colleague whose name holds that of a suspect comes first: 李明华 is not 李明.
    """
    names = sorted({n for e in agenda.entries for n in e.item.suspects}, key=len, reverse=True)
    people = {*agenda.context.people, *agenda.context.assistants} - set(names)
    for name in (each for each in people if any(n in each for n in names)):
        for start, end in occurrences(canvas.text, name):
            canvas.add(Mark(start, end, "person", names=(name,)))
    for name in names:
        for start, end in occurrences(canvas.text, name):
            longer = _LONGER.match(canvas.text, end) if len(name) == 2 else None
            items = _NOTHING if longer else _of_suspect(agenda, name)
            canvas.add(Mark(start, end + (1 if longer else 0), "item", "name", items))
    for name in names:
        for start, end in _heard(canvas.text, name):
            if canvas.text[start:end] not in people:
                canvas.add(Mark(start, end, "item", "name", _of_suspect(agenda, name)))


def mark_nicknames(canvas: Canvas, agenda: Agenda) -> None:
    """Mark 老何那个, 姓邓的, 小虎那个; a name that fits no item names nothing."""
    people = {*agenda.context.people, *agenda.context.assistants}
    for match in _NICK.finditer(canvas.text):
        surname = match[1] or match[2] or match[3]
        items = frozenset().union(
            *(
                _of_suspect(agenda, n)
                for e in agenda.entries
                for n in e.item.suspects
                if n[0] == surname
            ),
        )
        colleague = match[0][0] == "小" or any(name[0] == surname for name in people)
        party = any(match[0] in e.core for e in agenda.entries)
        pointed = match[2] is None or re.match(_POINTING, canvas.text[match.end() :])
        if items or (pointed and not party and not colleague and surname in vocabulary().surnames):
            canvas.add(Mark(*match.span(), "item", "name", items))
    for start, end in (*(m.span(1) for m in _SHORT.finditer(canvas.text)), *_row(canvas, agenda)):
        short = canvas.text[start:end]
        items = frozenset(
            e.index
            for e in agenda.entries
            for n in e.item.suspects
            if len(n) == 3 and short in {n[1:], n[:2]}
        )
        if items and short not in people:
            canvas.add(Mark(start, end, "item", "name", items))


def _row(canvas: Canvas, agenda: Agenda) -> Iterator[tuple[int, int]]:
    """Yield given names that open a clause in a row: 小川大勇都是27号批的."""
    given = {n[1:] for e in agenda.entries for n in e.item.suspects if len(n) == 3}
    if len(given) < 2:
        return
    one = "(?:" + "|".join(map(re.escape, sorted(given))) + ")"
    for row in re.finditer(rf"(?:^|(?<=[,。;!?\s])){one}(?:[、和跟与及]?{one})+", canvas.text):
        for match in re.finditer(one, row[0]):
            yield row.start() + match.start(), row.start() + match.end()


def mark_juveniles(canvas: Canvas, agenda: Agenda) -> None:
    """Mark 未成年人甲 and 乙某某, the covers of names in juvenile cases."""
    for match in _COVER.finditer(canvas.text):
        letter = match[1] or match[2]
        items = frozenset(
            e.index
            for e in agenda.entries
            if f"未成年人{letter}" in (e.item.case_name or "")
            or any(name.startswith(letter) for name in e.item.suspects)
        )
        canvas.add(Mark(*match.span(), "item", "name", items))


def mark_people(canvas: Canvas, agenda: Agenda) -> None:
    """Mark people of the office: 谢宁, @纪新, 小纪."""
    context = agenda.context
    people = sorted({*context.people, *context.assistants}, key=len, reverse=True)
    for name in people:
        for start, end in occurrences(canvas.text, name):
            canvas.add(Mark(start, end, "person", names=(name,)))
    suspects = {name[0] for entry in agenda.entries for name in entry.item.suspects}
    for match in _FRIEND.finditer(canvas.text):
        surname = match[1] or match[2]
        friend = _by_surname(surname, context.assistants, context.people)
        asked = canvas.text[: match.start()].endswith(("让", "叫", "请", "@", "给", "找"))
        if friend and (asked or surname not in suspects):
            canvas.add(Mark(*match.span(), "person", names=(friend,)))
    for name in people:
        for start, end in _heard(canvas.text, name):
            canvas.add(Mark(start, end, "person", names=(name,)))


def _by_surname(surname: str, *circles: tuple[str, ...]) -> str | None:
    for circle in circles:
        found = sorted({name for name in circle if name.startswith(surname)})
        if len(found) == 1:
            return found[0]
        if found:
            return None
    return None


def _of_suspect(agenda: Agenda, name: str) -> frozenset[int]:
    """The items of a suspect: his own, and those of his case that are about no one person."""
    with_name = [e for e in agenda.entries if name in e.item.suspects]
    own = frozenset(e.index for e in with_name if e.suspect in {name, None})
    return own or frozenset(e.index for e in with_name)


def _heard(text: str, name: str) -> Iterator[tuple[int, int]]:
    """Where a text has other characters that sound like the name.

    A short name keeps its surname as written: 沈丽 and 审理 sound the same.
    """
    size = len(name)
    if size < 2 or len(text) > 300:
        return
    for start in range(len(text) - size + 1):
        window = text[start : start + size]
        if size == 2 and (window[0] != name[0] or text[start + 2 : start + 3] not in _AFTER_NAME):
            continue
        if window != name and sound_alike(window, name, near=size > 2):
            yield start, start + size


_AFTER_NAME = frozenset({"", "的", "那", "案", "这", ",", " ", "改", "已", "了", "、", "去", "看"})
