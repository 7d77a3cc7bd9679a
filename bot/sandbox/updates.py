"""Updates waiting to be fetched, and the one poller that may wait for them."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any, Literal

from bot.sandbox.errors import ConflictError
from bot.sandbox.store import dumps

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.sandbox.store import Store

Outcome = Literal["update", "conflict", "stop"]

KINDS = (
    "message",
    "edited_message",
    "callback_query",
    "message_reaction",
    "inline_query",
    "chosen_inline_result",
    "my_chat_member",
    "chat_member",
)
# https://core.telegram.org/bots/api#getupdates: these come only to a bot that names them
_ONLY_WHEN_NAMED = {"message_reaction", "chat_member"}


class Updates:
    """The queue of one bot; ids grow, also over a restart."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._ticket: asyncio.Future[Outcome] | None = None
        self._stopping = False
        self.pushed = asyncio.Event()

    def add(self, kind: str, body: dict[str, Any]) -> int | None:
        """Store an update if the bot wants its kind; `wake` after the commit."""
        if kind not in self.wanted():
            return None
        number = self._store.draw_update_id()
        self._store.run("insert into updates values (?, ?, ?)", number, kind, dumps(body))
        return number

    def wanted(self) -> set[str]:
        """Return the kinds of updates the bot last asked for."""
        named = self._store.setting("allowed_updates", [])
        return set(named) or set(KINDS) - _ONLY_WHEN_NAMED

    def allow(self, named: Iterable[str]) -> None:
        """Remember which kinds the bot asks for; none means the default set."""
        self._store.remember("allowed_updates", sorted(set(named)))

    def take(self, offset: int, limit: int) -> list[dict[str, Any]]:
        """Forget what the offset confirms and return what waits from there on."""
        if offset < 0:
            newest = self._store.rows(
                "select id from updates order by id desc limit 1 offset ?", -offset - 1
            )
            offset = newest[0]["id"] if newest else 0
        if offset > 0:
            self._store.run("delete from updates where id < ?", offset)
        rows = self._store.rows("select * from updates order by id limit ?", limit)
        return [{"update_id": row["id"], row["kind"]: json.loads(row["body"])} for row in rows]

    def forget(self, number: int) -> None:
        """Drop one update that a webhook has taken."""
        self._store.run("delete from updates where id = ?", number)

    def clear(self) -> None:
        """Drop everything that waits."""
        self._store.run("delete from updates")

    def waiting(self) -> int:
        """Return how many updates wait."""
        found = self._store.row("select count(*) as n from updates")
        return int(found["n"]) if found is not None else 0

    def wake(self) -> None:
        """Tell whoever waits that there may be something new."""
        self.pushed.set()
        self._end("update")

    def end_poll(self) -> None:
        """End the waiting poll: a webhook takes the updates from now on."""
        self._end("conflict")

    def stop(self) -> None:
        """Send every waiting poller home, now and from now on."""
        self._stopping = True
        self._end("stop")

    async def poll(self, offset: int, limit: int, seconds: float) -> list[dict[str, Any]]:
        """Return updates, waiting for the first one; a second poller ends the first.

        Raises:
            ConflictError: Another poller came while this one waited.
        """
        self._end("conflict")
        batch = self._taken(offset, limit)
        if batch or seconds <= 0 or self._stopping:
            return batch
        outcome = await self._wait(seconds)
        if outcome == "conflict":
            raise ConflictError(
                "terminated by other getUpdates request;"
                " make sure that only one bot instance is running"
            )
        return self._taken(offset, limit) if outcome == "update" else []

    async def _wait(self, seconds: float) -> Outcome:
        ticket: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self._ticket = ticket
        try:
            async with asyncio.timeout(seconds):
                return await ticket
        except TimeoutError:
            return "stop"
        finally:
            if self._ticket is ticket:
                self._ticket = None

    def _taken(self, offset: int, limit: int) -> list[dict[str, Any]]:
        with self._store.transaction():
            return self.take(offset, limit)

    def _end(self, outcome: Outcome) -> None:
        if self._ticket is not None and not self._ticket.done():
            self._ticket.set_result(outcome)
        self._ticket = None
