"""Questions on rules: the best point with its provision, an offer, or a plain 没有查到."""

from __future__ import annotations

import re
from functools import cache, partial
from typing import TYPE_CHECKING

from handlers import tell
from handlers.official_texts import text_words
from handlers.questions import point_view, point_words, term_answers
from handlers.questions.point_words import Shown
from knowledge import chinese
from knowledge.laws import shelf
from knowledge.laws.typed import asked_day
from knowledge.replies.intents import form_of
from knowledge.search import question as search_question
from knowledge.search import references
from knowledge.search.normalise import clean
from knowledge.search.vocabulary import vocabulary
from storage.questions import ASKED

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from handlers.desk import Desk
    from handlers.incoming import Edited, Origin, Said
    from knowledge.search.model import Answer, Result
    from storage.models.people import Person
    from storage.transaction import Transaction

ASK_WORDS = ("查", "/查", "问", "/问", "/要点", "要点")
MOST = 3
MOST_NAMED = 5
_SHORTEST_SUBJECT = 3
_MOST_PLACES = 60
"""No digest has so many items: 第100条 is no place in it."""
NOTHING = "没有查到相关要点。换个说法再试，或请案管办核对；不确定的期限请以法律文本为准。"
_PROVISION = re.compile(
    r"[^\s，。；,;]{0,40}(?:法|规则|规定|办法|条例|解释|细则|意见)(?:[（(][^（()）]{1,8}[)）])?》?\s*"
    r"第?[0-9零〇一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十])?(?:第[0-9一二三四五六七八九十]+款)?[?？。]?"
)
EMPTY = "请写明要查的内容，例如：查 审捕期限几天。"


def asked(text: str) -> str | None:
    """Return the question behind 查 …, None where the text does not begin so."""
    for word in ASK_WORDS:
        if text.startswith(word) and text.removeprefix(word)[:1] in {" ", "\u3000", "：", ":", ""}:
            return text.removeprefix(word).strip(" \u3000：:")
    return None


def look_up(desk: Desk, question: str, today: date) -> Answer:
    """Search the points, by the texts in force today or on the day that the question names."""
    rest, day = asked_day(question)
    return desk.search.on(day or today).ask(rest, limit=MOST)


def looked_up_once(desk: Desk, question: str, today: date) -> Callable[[], Answer]:
    """Return the search of one question, made when first wanted and not again."""
    return cache(partial(look_up, desk, question, today))


def command(tx: Transaction, desk: Desk, person: Person, event: Said | Edited, rest: str) -> None:
    """/要点 词: the same as 查 词."""
    reply(tx, desk, person, event.origin, rest)


def reply(tx: Transaction, desk: Desk, person: Person, origin: Origin, question: str) -> None:
    """Answer a question that was asked as one: a sum where one is wanted, else the best points."""
    if not question:
        tell.answer(tx, origin, EMPTY, person=person)
    elif not term_answers.answer(tx, desk, person, origin, question):
        give(tx, desk, person, origin, question, look_up(desk, question, tx.now.date()))


def give(
    tx: Transaction, desk: Desk, person: Person, origin: Origin, question: str, answer: Answer
) -> None:
    """Write an answer; every question is in the ledger, also one that found nothing."""
    _, day = asked_day(question)
    tx.record(
        ASKED,
        f"person:{person.id}",
        actor=f"person:{person.id}",
        data={
            "found": [one.point.key for one in answer.results],
            "certain": answer.certain,
            "message": origin.message_id,
            **({"dated": day} if day else {}),
        },
        text=question,
    )
    shown = Shown(
        day=day or tx.now.date(),
        dated=day is not None,
        asked=origin.message_id,
        private=not origin.in_group,
    )
    if not answer.results:
        tell.answer(tx, origin, NOTHING + _hint(desk, question, shown), person=person)
    elif answer.certain:
        best = answer.results[0].point
        offered = point_view.buttons(tx, desk, person, best, shown)
        said = point_words.text(desk, best, shown)
        tell.answer(tx, origin, said, person=person, buttons=offered)
    else:
        _offer(tx, person, origin, answer, shown)


def _hint(desk: Desk, question: str, shown: Shown) -> str:
    """Say which texts of the day are there, or how one no longer in force can be asked for."""
    if desk.home is None:
        return ""
    stored = shelf.texts(desk.home)
    held = shelf.current(stored, shown.day)
    if shown.dated:
        named = "、".join(f"《{one.title}》{text_words.version(one)}" for one in held[:MOST_NAMED])
        day = point_words.chinese_day(shown.day)
        there = f"有 {named}" if named else "没有文本"
        return f"\n要点库里{day}有效的{there}；当时的其他文本请专员导入后再查。"
    in_force = {one.title for one in held}
    squeezed = "".join(question.split())
    for text in stored:
        if text.title not in in_force and text.title in squeezed and text.version:
            standing = text_words.standing(text, stored, shown.day)
            when = f"{text.version[:4]}年的"
            return f"\n《{text.title}》{standing}。要查当时的文本请写明年份，例如：查 … {when}"
    return ""


def _offer(tx: Transaction, person: Person, origin: Origin, answer: Answer, shown: Shown) -> None:
    """Say that it is not sure, and offer what it may be; each opens at a tap."""
    head = f"按{point_words.chinese_day(shown.day)}有效的文本，" if shown.dated else ""
    lines = [f"{head}不能确定您问的是哪一条，可能是："]
    pressable = []
    for place, result in enumerate(answer.results[:MOST], 1):
        lines.append(_line(place, result))
        object_ = f"point:{result.point.key}"
        label = f"{place}. {result.point.title}"[:20]
        pressable.append(tell.button(tx, person, label, "point", object_, data=shown.data()))
    wrong = tell.button(
        tx, person, "都不对", "point_wrong", "point:", data={"message": origin.message_id}
    )
    rows = (*tell.rows(pressable, per_row=1), (wrong,))
    tell.answer(tx, origin, "\n".join(lines), person=person, buttons=rows)


def _line(place: int, result: Result) -> str:
    point = result.point
    citation = chinese.short_citation(point.document, point.article, point.paragraph)
    return f"{place}. {point.title}（{citation}）"


def names_a_provision(text: str) -> bool:
    """Tell whether a text asks for an article by number: 规则282条, 第六百条, 刑诉法172 审限.

    第2条 alone is the second item of a digest; what states something answers an item, whatever it
    cites: 依刑诉法172条没有超期.
    """
    if _PROVISION.fullmatch(text) is not None:
        return True
    cited = references.find(clean(text), _titles())
    if cited.foreign or not cited.articles:
        return False
    is_named = all(one.document for one in cited.articles)
    is_no_place = "条" in text and all(one.number > _MOST_PLACES for one in cited.articles)
    return (is_named or is_no_place) and (
        not search_question.read(cited.rest).content or form_of(text) != "statement"
    )


@cache
def _titles() -> references.Titles:
    return references.Titles(vocabulary().documents)


def is_a_subject(text: str) -> bool:
    """Tell whether a text is nothing but the office's word for a subject of rules: 羁必审."""
    word = clean(text)
    return len(word) >= _SHORTEST_SUBJECT and word in vocabulary().synonyms


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
