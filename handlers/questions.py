"""Questions on rules: the best points with their provision, or a plain 没有查到."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import tell
from knowledge import chinese

if TYPE_CHECKING:
    from handlers.desk import Desk
    from handlers.incoming import Origin
    from knowledge.search.model import Answer, Result
    from storage.models.people import Person
    from storage.transaction import Transaction

ASK_WORDS = ("查", "/查", "问", "/问")
MOST = 3


def asked(text: str) -> str | None:
    """Return the question behind 查 …, None where the text does not begin so."""
    for word in ASK_WORDS:
        if text.startswith(word) and text.removeprefix(word)[:1] in {" ", "\u3000", "：", ":", ""}:
            return text.removeprefix(word).strip(" \u3000：:")
    return None


def look_up(desk: Desk, question: str) -> Answer:
    """Search the points."""
    return desk.search.ask(question, limit=MOST)


def reply(tx: Transaction, desk: Desk, person: Person, origin: Origin, question: str) -> None:
    """Answer a question that was asked as one."""
    if not question:
        tell.answer(tx, origin, "请写明要查的内容，例如：查 审捕期限几天。", person=person)
        return
    give(tx, person, origin, question, look_up(desk, question))


def give(tx: Transaction, person: Person, origin: Origin, question: str, answer: Answer) -> None:
    """Write an answer; every question is in the ledger, also one that found nothing."""
    tx.record(
        "question_asked",
        f"person:{person.id}",
        actor=f"person:{person.id}",
        data={
            "found": [one.point.key for one in answer.results],
            "certain": answer.certain,
        },
        text=question,
    )
    tell.answer(
        tx,
        origin,
        _text(answer),
        person=person,
        buttons=tell.rows(
            (_full_text_button(tx, person, one) for one in answer.results if one.point.full_text),
            per_row=1,
        ),
    )


def _full_text_button(tx: Transaction, person: Person, found: Result) -> tuple[str, str]:
    point = found.point
    citation = chinese.short_citation(point.document, point.article, None)
    return tell.button(tx, person, f"全文 {citation}", "full_text", f"point:{point.key}")


def show_full_text(tx: Transaction, desk: Desk, person: Person, origin: Origin, key: str) -> str:
    """Send the text behind a point as the office imported it; returns the toast."""
    point = desk.search.point(key)
    if point is None or not point.full_text:
        return "本院尚未导入这份文本"
    tell.answer(
        tx, origin, f"《{point.document}》{point.article}\n{point.full_text}", person=person
    )
    return "已发送全文"


def _text(answer: Answer) -> str:
    if not answer.results:
        return "没有查到相关要点。换个说法再试，或请案管办核对；不确定的期限请以法律文本为准。"
    if answer.certain:
        return _point_text(answer.results[0])
    lines = ["不能确定您问的是哪一条，可能是："]
    lines += [f"{place}. {_point_text(result)}" for place, result in enumerate(answer.results, 1)]
    return "\n".join(lines)


def _point_text(result: Result) -> str:
    point = result.point
    citation = f"《{point.document}》{point.article}"
    if point.paragraph:
        citation += f"第{chinese.numeral(point.paragraph)}款"
    return f"{point.title}\n{point.text}\n依据：{citation}"


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
