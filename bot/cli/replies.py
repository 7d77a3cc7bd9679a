"""`fangyuan replies --jsonl`: how each answer would be read; nothing is changed."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from bot.office import open_office
from bot.standing import as_of, existing, person_of
from handlers.answers import answer_context
from knowledge.errors import UserFacingError
from knowledge.replies.model import Understanding
from knowledge.replies.reader import read

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

    from handlers.desk import Desk
    from storage.session import Session

UNREAD = Understanding((), ask=True)
"""What is said of a line that is none: the bot would ask back."""


class BadLineError(UserFacingError):
    """A line of the input is not what was agreed."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(
            f"第 {line} 行：{reason}，应当是 "
            '{"person": 姓名, "text": 文字, "reply_to": 编号或 null} 这样的一行 JSON'
        )


@dataclass(frozen=True)
class Answer:
    """One line in: who wrote what, and to which finding's message."""

    person: str
    text: str
    reply_to: str | None

    @classmethod
    def parse(cls, raw: bytes, line: int) -> Answer:
        """Read a line.

        Raises:
            BadLineError: says what is wrong with it.
        """
        try:
            content = json.loads(raw)
        except (ValueError, RecursionError) as error:
            raise BadLineError(line, "不是 JSON") from error
        if not isinstance(content, dict):
            raise BadLineError(line, "不是一个对象")
        person, text = content.get("person"), content.get("text")
        quoted = content.get("reply_to")
        if not isinstance(person, str) or not isinstance(text, str):
            raise BadLineError(line, "缺少 person 或 text")
        if quoted is not None and not isinstance(quoted, str):
            raise BadLineError(line, "reply_to 应当是编号或 null")
        return cls(person.strip(), text, quoted.strip().upper() if quoted else None)


def run(root: Path, today: date, *, day: date | None) -> None:
    """Read lines from stdin and write exactly one line for each, at once.

    `day` is the day "周四" and "5.31" are counted from; else the newest export's, else `today`.
    """
    office = open_office(existing(root))
    desk = office.desk()
    for number, raw in enumerate(sys.stdin.buffer, 1):
        with office.database.reading() as session:
            counted = day or as_of(session, office.name, today)
            print(_answered(session, desk, raw, number, counted), flush=True)
    office.close()


def _answered(session: Session, desk: Desk, raw: bytes, number: int, today: date) -> str:
    try:
        understood = understand(session, desk, Answer.parse(raw, number), today)
    except BadLineError as fault:
        print(fault, file=sys.stderr)
        understood = UNREAD
    return json.dumps(
        {
            "readings": [asdict(reading) for reading in understood.readings],
            "ask": understood.ask,
        },
        ensure_ascii=False,
    )


def understand(session: Session, desk: Desk, answer: Answer, today: date) -> Understanding:
    """Read one answer in its writer's situation, as if all his open findings had been sent."""
    person = person_of(session, desk.office, answer.person)
    findings = (
        answer_context.owned_by(session, desk.office, person)
        if person
        else answer_context.owned_by_name(session, desk.office, answer.person)
    )
    situation = answer_context.build(
        session,
        desk,
        answer.person,
        findings,
        today=today,
        reply_to=tuple(_quoted(answer)),
        person=person,
    )
    return read(answer.text, situation.context)


def _quoted(answer: Answer) -> Iterable[str]:
    if answer.reply_to:
        yield answer.reply_to
