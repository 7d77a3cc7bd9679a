"""Messages as they stand now: what was said, edited, deleted, reacted to."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from bot.sandbox.store import dumps

if TYPE_CHECKING:
    import sqlite3

    from bot.sandbox.store import Store


@dataclass(frozen=True)
class Stored:
    """One message; `body` is the Bot API's Message without chat, sender and what it answers."""

    chat: int
    id: int
    sender: int
    reply_to: int | None
    body: dict[str, Any]
    reactions: dict[str, str]
    deleted: bool

    @property
    def text(self) -> str:
        """Return what a phone shows: the text or the caption."""
        return str(self.body.get("text", self.body.get("caption", "")))

    @property
    def buttons(self) -> list[list[dict[str, Any]]]:
        """Return the rows of inline buttons."""
        rows: list[list[dict[str, Any]]] = self.body.get("reply_markup", {}).get(
            "inline_keyboard", []
        )
        return rows


class Messages:
    """The messages of all chats; ids are unique over all of them and grow."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(
        self, chat: int, sender: int, body: dict[str, Any], *, reply_to: int | None = None
    ) -> Stored:
        """Write a new message down."""
        number = self._store.draw("message")
        self._store.run(
            "insert into messages (chat, id, sender, reply_to, body) values (?, ?, ?, ?, ?)",
            chat,
            number,
            sender,
            reply_to,
            dumps(body),
        )
        return Stored(chat, number, sender, reply_to, body, {}, deleted=False)

    def get(self, chat: int, number: int) -> Stored | None:
        """Return a message that has not been deleted."""
        found = self.trace(chat, number)
        return None if found is None or found.deleted else found

    def trace(self, chat: int, number: int) -> Stored | None:
        """Return a message even if nothing but its id is left."""
        row = self._store.row("select * from messages where chat = ? and id = ?", chat, number)
        return None if row is None else _stored(row)

    def rewrite(self, message: Stored, body: dict[str, Any]) -> Stored:
        """Replace what a message holds."""
        self._store.run(
            "update messages set body = ? where chat = ? and id = ?",
            dumps(body),
            message.chat,
            message.id,
        )
        return replace(message, body=body)

    def react(self, message: Stored, who: int, emoji: str) -> Stored:
        """Put somebody's reaction under a message; an empty one takes it away."""
        kept = {key: value for key, value in message.reactions.items() if key != str(who)}
        reactions = {**kept, str(who): emoji} if emoji else kept
        self._store.run(
            "update messages set reactions = ? where chat = ? and id = ?",
            dumps(reactions),
            message.chat,
            message.id,
        )
        return replace(message, reactions=reactions)

    def delete(self, message: Stored) -> None:
        """Remove a message; its id stays known so that a press on it can still be told."""
        self._store.run(
            "update messages set deleted = 1, body = '{}', reactions = '{}'"
            " where chat = ? and id = ?",
            message.chat,
            message.id,
        )

    def after(self, chat: int, number: int) -> list[Stored]:
        """Return the messages of a chat above an id, oldest first."""
        rows = self._store.rows(
            "select * from messages where chat = ? and id > ? and not deleted order by id",
            chat,
            number,
        )
        return [_stored(row) for row in rows]


def _stored(row: sqlite3.Row) -> Stored:
    return Stored(
        row["chat"],
        row["id"],
        row["sender"],
        row["reply_to"],
        json.loads(row["body"]),
        json.loads(row["reactions"]),
        bool(row["deleted"]),
    )
