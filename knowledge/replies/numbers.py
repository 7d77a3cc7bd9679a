"""Items named by number: A08, 尾号36, 刑诉88, 103号, a whole case number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from knowledge.replies.marks import Mark
from knowledge.replies.vocabulary import vocabulary

if TYPE_CHECKING:
    from knowledge.replies.agenda import Agenda
    from knowledge.replies.marks import Canvas

_NOTHING: frozenset[int] = frozenset()
_FINDING = re.compile(r"(?<![A-Za-z])([A-Za-z]{1,3})[\s-]?(\d{1,3})(?!\d|[.]\d|[A-Za-z](?!\d))")
_CASE_NO = re.compile(
    r"[\u4e00-\u9fff]{1,12}[\[(〔【]\s?(\d{4})\s?[\])〕】]\s?(\d{6})(\d{5,6})\s?号?"
)
_TAIL = re.compile(
    r"(?:尾号|尾数|尾码|末尾|末[二两三]位|后[二两三]位|案号|受案号)(?:是|为)?\s?(\d{1,6})(?!\d|位)\s?号?"
)
_WORD_TAIL = re.compile(
    r"(?P<word>[刑捕诉未检侦监民执行羁审立申公起抗再提违事自建]{1,5})\s?(?P<seq>\d{1,6})(?!\d|[.\-/]\d|[月日天点年个次条元万%岁])\s?(?:号)?"
)
_NUMBERED = re.compile(r"(?<![\d.])(\d{1,6})\s?号")


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


def mark_tails(canvas: Canvas, agenda: Agenda) -> None:
    """Mark the tail of a case number where the words leave no doubt: 尾号36, 刑诉88, 103号."""
    for match in _TAIL.finditer(canvas.text):
        items = by_tail(agenda, match[1], "") or _by_ending(agenda, match[1])
        canvas.add(Mark(*match.span(), "item", "tail", items))
    for match in _WORD_TAIL.finditer(canvas.text):
        _mark_word_tail(canvas, agenda, match)
    for match in _NUMBERED.finditer(canvas.text):
        items = by_tail(agenda, match[1], "")
        after = canvas.text[match.end() : match.end() + 4]
        if int(match[1]) > 31 or after.startswith(("案", "那", "的案", "这")):
            canvas.add(Mark(*match.span(), "item", "tail", items))


def _mark_word_tail(canvas: Canvas, agenda: Agenda, match: re.Match[str]) -> None:
    word = match["word"]
    for cut in range(len(word)):
        items = by_tail(agenda, match["seq"], word[cut:])
        if items:
            canvas.add(Mark(match.start() + cut, match.end(), "item", "tail", items))
            return
    if word in vocabulary().case_words:
        canvas.add(Mark(*match.span(), "item", "tail", _NOTHING))


def by_tail(agenda: Agenda, digits: str, word: str) -> frozenset[int]:
    """Return the items whose case number ends in this sequence and has these characters."""
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
