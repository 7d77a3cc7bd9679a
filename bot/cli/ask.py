"""`fangyuan ask`: answer a question on rules, or a stream of them line by line."""

from __future__ import annotations

import gc
import json
import sys
from typing import TYPE_CHECKING, TypedDict

from handlers.questions.point_words import NOT_IMPORTED
from knowledge import chinese
from knowledge.errors import KnowledgeError
from knowledge.search.opening import load_search

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

    from knowledge.search.model import Answer, Search

SHOWN, STREAMED = 3, 10
_NOTHING = "没有查到相关要点。换个说法再试，或请案管办核对；不确定的期限请以法律文本为准。"


class NoQuestionError(KnowledgeError):
    """Neither a question nor a stream of them was given."""

    def __init__(self) -> None:
        super().__init__("请写明要查的内容，例如 fangyuan ask 审捕期限几天；批量提问请加 --jsonl")


class BadLinesError(KnowledgeError):
    """Some lines of a stream are no questions; each still got its line of output."""

    def __init__(self, numbers: list[int]) -> None:
        first = "、".join(map(str, numbers[:5])) + ("等" if len(numbers) > 5 else "")
        super().__init__(f'标准输入第 {first} 行看不懂，每行应为 {{"q": "问题"}}')


class ResultLine(TypedDict):
    """One result for machines."""

    document: str
    article: str
    title: str
    score: float


class AnswerLine(TypedDict):
    """One answer for machines; nothing fits: no results."""

    results: list[ResultLine]
    certain: bool


def run(question: str | None, home: Path, *, as_jsonl: bool, day: date | None = None) -> None:
    """Answer one question, or every line of standard input as soon as it comes.

    With a day the texts in force on that day answer.

    Raises:
        NoQuestionError: nothing was asked.
        BadLinesError: a line was no question; raised when all are answered.
    """
    if question is None and not as_jsonl:
        raise NoQuestionError
    search = load_search(home, day)
    if question is None:
        search.warm()
        gc.freeze()  # what is loaded stays: no pause to look through it again and again
        _stream(search, sys.stdin.buffer)
    elif as_jsonl:
        _write(line(search.ask(question, limit=STREAMED)))
    else:
        print("\n".join(text(search.ask(question, limit=SHOWN))))


def line(answer: Answer) -> AnswerLine:
    """Return an answer for machines."""
    return {
        "results": [
            {
                "document": one.point.document,
                "article": one.point.article,
                "title": one.point.title,
                "score": one.score,
            }
            for one in answer.results
        ],
        "certain": answer.certain,
    }


def text(answer: Answer) -> Iterable[str]:
    """Say an answer, for people: the sure one alone, unsure ones as an offer."""
    if not answer.results:
        yield _NOTHING
        return
    if not answer.certain:
        yield "不能确定您问的是哪一条，可能是："
    for result in answer.results[: 1 if answer.certain else SHOWN]:
        point = result.point
        citation = chinese.full_citation(point.document, point.article, point.paragraph)
        yield f"{point.title}\n{point.text or NOT_IMPORTED}\n依据：{citation}"


def _stream(search: Search, lines: Iterable[bytes]) -> None:
    bad: list[int] = []
    for number, raw in enumerate(lines, 1):
        if not raw.strip():
            continue
        asked = _question(raw)
        if asked is None:
            bad.append(number)
            _write({"results": [], "certain": False})
        else:
            _write(line(search.ask(asked, limit=STREAMED)))
    if bad:
        raise BadLinesError(bad)


def _question(raw: bytes) -> str | None:
    try:
        content = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
    asked = content.get("q") if isinstance(content, dict) else None
    return asked if isinstance(asked, str) else None


def _write(content: AnswerLine) -> None:
    print(json.dumps(content, ensure_ascii=False), flush=True)
