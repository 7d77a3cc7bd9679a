"""Who and what there is in the sandbox: people, their private chats, groups and members."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.sandbox.store import dumps

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from bot.sandbox.store import Store

FIRST_STRANGER = 900_000_001
_FIRST_GROUP = 1
# Supergroups have ids below -10^12, basic groups small negative ones
_SUPERGROUPS_BELOW = -1_000_000_000_000


@dataclass(frozen=True)
class SandboxPerson:
    """A person of the sandbox; the id is user id and private chat id at once."""

    id: int
    name: str
    role: str | None


@dataclass(frozen=True)
class Chat:
    """A private chat or a group; `facts` holds what getChat tells beyond the title."""

    id: int
    type: str
    title: str
    facts: dict[str, Any]

    @property
    def is_private(self) -> bool:
        """Say whether this is a chat of one person with the bot."""
        return self.type == "private"


class Residents:
    """People and chats in the store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def settle(self, people: Iterable[SandboxPerson], groups: Iterable[str], bot_id: int) -> None:
        """Write down the people and groups given at the start; those known already stay."""
        newcomers = list(people)
        for person in newcomers:
            self._write(person)
        for title in groups:
            if self._store.row("select 1 from chats where title = ? and type <> 'private'", title):
                continue
            self.found_group(title, [person.id for person in newcomers], bot_id)

    def found_group(
        self, title: str, members: Iterable[int], bot_id: int, kind: str = "supergroup"
    ) -> Chat:
        """Make a group with the bot as administrator and the first member as its owner."""
        number = self._store.draw("group", first=_FIRST_GROUP)
        chat = _SUPERGROUPS_BELOW - number if kind == "supergroup" else -number
        facts = {"is_forum": True} if kind == "supergroup" else {}
        self._store.run("insert into chats values (?, ?, ?, ?)", chat, kind, title, dumps(facts))
        self.set_status(chat, bot_id, "administrator")
        for place, person in enumerate(members):
            self.set_status(chat, person, "member" if place else "creator")
        return Chat(chat, kind, title, facts)

    def add_stranger(self, name: str) -> SandboxPerson:
        """Add a person bound to nobody."""
        person = SandboxPerson(self._store.draw("stranger", first=FIRST_STRANGER), name, None)
        self._write(person)
        return person

    def people(self) -> list[SandboxPerson]:
        """Return everybody in the order they came."""
        rows = self._store.rows("select * from people order by place, id")
        return [_person(row) for row in rows]

    def person(self, number: int) -> SandboxPerson | None:
        """Return one person."""
        row = self._store.row("select * from people where id = ?", number)
        return None if row is None else _person(row)

    def has_blocked(self, person: int) -> bool:
        """Say whether a person has blocked the bot."""
        row = self._store.row("select blocked from people where id = ?", person)
        return row is not None and bool(row["blocked"])

    def block(self, person: int, *, blocked: bool) -> None:
        """Note that a person has blocked the bot, or does so no longer."""
        self._store.run("update people set blocked = ? where id = ?", int(blocked), person)

    def chats(self) -> list[Chat]:
        """Return every chat, private ones first."""
        rows = self._store.rows("select * from chats order by id < 0, rowid")
        return [_chat(row) for row in rows]

    def chat(self, number: int) -> Chat | None:
        """Return one chat."""
        row = self._store.row("select * from chats where id = ?", number)
        return None if row is None else _chat(row)

    def put_facts(self, chat: Chat, facts: dict[str, Any]) -> None:
        """Replace what is known of a chat."""
        self._store.run("update chats set facts = ? where id = ?", dumps(facts), chat.id)

    def rename(self, chat: Chat, title: str) -> None:
        """Give a group another title."""
        self._store.run("update chats set title = ? where id = ?", title, chat.id)

    def status(self, chat: int, person: int) -> str | None:
        """Return a member's status, None if never a member."""
        row = self._store.row(
            "select status from members where chat = ? and person = ?", chat, person
        )
        return None if row is None else str(row["status"])

    def set_status(self, chat: int, person: int, status: str) -> None:
        """Make somebody a member, an administrator, or one who has left."""
        self._store.run(
            "insert into members values (?, ?, ?)"
            " on conflict do update set status = excluded.status",
            chat,
            person,
            status,
        )

    def members(self, chat: int) -> dict[int, str]:
        """Return who is in a chat, with the status of each."""
        rows = self._store.rows(
            "select person, status from members"
            " where chat = ? and status not in ('left', 'kicked')",
            chat,
        )
        return {row["person"]: row["status"] for row in rows}

    def _write(self, person: SandboxPerson) -> None:
        self._store.run(
            "insert into people (id, name, role, place) values (?, ?, ?, ?)"
            " on conflict do update set name = excluded.name, role = excluded.role",
            person.id,
            person.name,
            person.role,
            self._store.draw("place"),
        )
        self._store.run(
            "insert into chats (id, type, title) values (?, 'private', ?)"
            " on conflict do update set title = excluded.title",
            person.id,
            person.name,
        )
        self.set_status(person.id, person.id, "member")


def _person(row: sqlite3.Row) -> SandboxPerson:
    return SandboxPerson(row["id"], row["name"], row["role"])


def _chat(row: sqlite3.Row) -> Chat:
    return Chat(row["id"], row["type"], row["title"], json.loads(row["facts"]))
