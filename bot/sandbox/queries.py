"""Presses and inline questions: asked by a person, answered by the bot once."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

from bot.sandbox.errors import BadRequestError, ClosingError, NoAnswerError
from bot.sandbox.store import dumps

if TYPE_CHECKING:
    from bot.sandbox.store import Store

ANSWER_WITHIN_SECONDS = 15.0


class Queries:
    """Queries in the store and the people waiting for their answers."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting: dict[str, asyncio.Future[dict[str, Any] | None]] = {}

    def ask(self, kind: str, person: int, data: dict[str, Any]) -> str:
        """Write a query down and return its id."""
        number = str(self._store.draw("query", first=4_000_000_000_000_001))
        self._store.run(
            "insert into queries values (?, ?, ?, ?, null)", number, kind, person, dumps(data)
        )
        return number

    def answer(self, kind: str, number: str, answer: dict[str, Any]) -> int:
        """Take the bot's answer and return who asked.

        Raises:
            BadRequestError: There is no such query, or it has been answered.
        """
        row = self._store.row("select * from queries where id = ? and kind = ?", number, kind)
        if row is None or row["answer"] is not None:
            raise BadRequestError(
                "query is too old and response timeout expired or query ID is invalid"
            )
        self._store.run("update queries set answer = ? where id = ?", dumps(answer), number)
        return int(row["person"])

    def given(self, number: str) -> dict[str, Any] | None:
        """Return the answer to a query, if there is one."""
        row = self._store.row("select answer from queries where id = ?", number)
        if row is None or row["answer"] is None:
            return None
        answer: dict[str, Any] = json.loads(row["answer"])
        return answer

    def asked(self, number: str) -> dict[str, Any]:
        """Return what was asked."""
        row = self._store.row("select data from queries where id = ?", number)
        question: dict[str, Any] = {} if row is None else json.loads(row["data"])
        return question

    def wake(self) -> None:
        """Give the committed answers to those who wait."""
        for number, waiting in list(self._waiting.items()):
            answer = self.given(number)
            if answer is not None and not waiting.done():
                waiting.set_result(answer)

    def stop(self) -> None:
        """Send everybody who waits home."""
        for waiting in self._waiting.values():
            if not waiting.done():
                waiting.set_result(None)

    async def wait(self, number: str, seconds: float) -> dict[str, Any]:
        """Wait for the answer to a query.

        Raises:
            NoAnswerError: None came in time.
            ClosingError: The sandbox stops.
        """
        loop = asyncio.get_running_loop()
        waiting: asyncio.Future[dict[str, Any] | None] = loop.create_future()
        self._waiting[number] = waiting
        try:
            async with asyncio.timeout(seconds):
                answer = await waiting
        except TimeoutError:
            raise NoAnswerError(seconds) from None
        finally:
            del self._waiting[number]
        if answer is None:
            raise ClosingError
        return answer
