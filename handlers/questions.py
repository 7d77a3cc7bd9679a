"""Questions on rules: the best point with its provision, an offer, or a plain 没有查到."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import point_view, tell, term_answers
from knowledge import chinese
from storage.questions import ASKED

if TYPE_CHECKING:
    from handlers.desk import Desk
    from handlers.incoming import Edited, Origin, Said
    from knowledge.search.model import Answer, Result
    from storage.models.people import Person
    from storage.transaction import Transaction

ASK_WORDS = ("查", "/查", "问", "/问", "/要点", "要点")
MOST = 3
NOTHING = "没有查到相关要点。换个说法再试，或请案管办核对；不确定的期限请以法律文本为准。"
EMPTY = "请写明要查的内容，例如：查 审捕期限几天。"


def asked(text: str) -> str | None:
    """Return the question behind 查 …, None where the text does not begin so."""
    for word in ASK_WORDS:
        if text.startswith(word) and text.removeprefix(word)[:1] in {" ", "\u3000", "：", ":", ""}:
            return text.removeprefix(word).strip(" \u3000：:")
    return None


def look_up(desk: Desk, question: str) -> Answer:
    """Search the points."""
    return desk.search.ask(question, limit=MOST)


def command(tx: Transaction, desk: Desk, person: Person, event: Said | Edited, rest: str) -> None:
    """/要点 词: the same as 查 词."""
    reply(tx, desk, person, event.origin, rest)


def reply(tx: Transaction, desk: Desk, person: Person, origin: Origin, question: str) -> None:
    """Answer a question that was asked as one: a sum where one is wanted, else the best points."""
    if not question:
        tell.answer(tx, origin, EMPTY, person=person)
    elif not term_answers.answer(tx, desk, person, origin, question):
        give(tx, desk, person, origin, question, look_up(desk, question))


def give(
    tx: Transaction, desk: Desk, person: Person, origin: Origin, question: str, answer: Answer
) -> None:
    """Write an answer; every question is in the ledger, also one that found nothing."""
    tx.record(
        ASKED,
        f"person:{person.id}",
        actor=f"person:{person.id}",
        data={
            "found": [one.point.key for one in answer.results],
            "certain": answer.certain,
            "message": origin.message_id,
        },
        text=question,
    )
    if not answer.results:
        tell.answer(tx, origin, NOTHING, person=person)
    elif answer.certain:
        best = answer.results[0].point
        offered = point_view.buttons(
            tx, desk, person, best, asked=origin.message_id, private=not origin.in_group
        )
        tell.answer(tx, origin, point_view.text(desk, best), person=person, buttons=offered)
    else:
        _offer(tx, person, origin, answer)


def _offer(tx: Transaction, person: Person, origin: Origin, answer: Answer) -> None:
    """Say that it is not sure, and offer what it may be; each opens at a tap."""
    lines = ["不能确定您问的是哪一条，可能是："]
    pressable = []
    for place, result in enumerate(answer.results[:MOST], 1):
        lines.append(_line(place, result))
        object_ = f"point:{result.point.key}"
        label = f"{place}. {result.point.title}"[:20]
        pressable.append(tell.button(tx, person, label, "point", object_))
    wrong = tell.button(
        tx, person, "都不对", "point_wrong", "point:", data={"message": origin.message_id}
    )
    rows = (*tell.rows(pressable, per_row=1), (wrong,))
    tell.answer(tx, origin, "\n".join(lines), person=person, buttons=rows)


def _line(place: int, result: Result) -> str:
    point = result.point
    citation = chinese.short_citation(point.document, point.article, point.paragraph)
    return f"{place}. {point.title}（{citation}）"


def looks_like_one(text: str) -> bool:
    """Tell whether a text reads like a question on a rule rather than an answer to an item."""
    return any(mark in text for mark in MARKS) or text.isascii()


MARKS = (
    "?",
    "？",
    "几天",
    "几日",
    "多久",
    "多长",
    "多少",
    "怎么",
    "什么",
    "期限",
    "条",
    "几个月",
    "规定",
    "吗",
)
"""Words of a question; pinyin (ASCII only) is one too: nobody answers an item in it."""
