"""Nine ways to forge a ledger, worked out on its rows; the medium they are written to is another's.

Each attack returns the forged rows and the number of the first entry that is not what was written.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from storage.ledger_head import FIRST, Head, chained

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Sequence


@dataclass(frozen=True)
class Row:
    """An entry as stored: the columns repeat what its body says."""

    seq: int
    body: str
    previous: str
    hash: str
    columns: tuple[tuple[str, str], ...]
    salt: str | None = None
    text: str | None = None


@dataclass(frozen=True)
class Base:
    """An honest ledger, with its texts as they were before any was erased."""

    rows: tuple[Row, ...]
    erased_at: dict[int, int]

    def state(self, size: int) -> list[Row]:
        """Return the ledger as it was when it had so many entries."""
        return [
            replace(row, salt=None, text=None)
            if self.erased_at.get(row.seq, size + 1) <= size
            else row
            for row in self.rows[:size]
        ]

    def head(self, size: int) -> Head:
        """Return the head that was published then."""
        return Head(size, self.rows[size - 1].hash if size else FIRST)


@dataclass(frozen=True)
class Forgery:
    """What the attacker left: `exact` tells that one head suffices to name the very entry."""

    rows: list[Row]
    first_bad: int
    exact: bool


@dataclass(frozen=True)
class Target:
    """What is attacked: entries up to `published` are older than the one head that left."""

    base: Base
    others: Sequence[Base]
    published: int

    @property
    def rows(self) -> list[Row]:
        return self.base.state(len(self.base.rows))


def columns_of(body: str) -> tuple[tuple[str, str], ...]:
    content = json.loads(body)
    return tuple((name, content[name]) for name in ("moment", "act", "object"))


def chained_anew(rows: Sequence[Row], start: int = 0) -> list[Row]:
    """Number and chain rows from a place on, so that they look untouched from inside."""
    done = list(rows[:start])
    for row in rows[start:]:
        previous = done[-1].hash if done else FIRST
        seq = len(done) + 1
        done.append(replace(row, seq=seq, previous=previous, hash=chained(seq, previous, row.body)))
    return done


def renumbered(rows: Sequence[Row], chance: random.Random) -> list[Row]:
    """Close or open the gap in the numbers, or leave it."""
    if chance.random() < 0.5:
        return list(rows)
    return [replace(row, seq=place) for place, row in enumerate(rows, start=1)]


def other_character(letter: str, chance: random.Random) -> str:
    return chance.choice([one for one in "0123456789abcdef" if one != letter])


def changed(words: str, chance: random.Random) -> str:
    place = chance.randrange(len(words))
    return words[:place] + other_character(words[place], chance) + words[place + 1 :]


def another_body(row: Row, chance: random.Random) -> Row:
    """Say something else in an entry, in its columns too."""
    content = json.loads(row.body)
    content["actor"] = f"person:{chance.randint(100, 999)}"
    content["object"] = f"finding:Z{chance.randint(10, 99)}"
    body = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return replace(row, body=body, columns=columns_of(body))


def forged(row: Row, chance: random.Random) -> Row:
    """Make an entry without a text out of another."""
    content = json.loads(another_body(row, chance).body)
    content["act"], content["text_hash"] = "claim", None
    body = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return replace(row, body=body, columns=columns_of(body), salt=None, text=None)


def edit(target: Target, chance: random.Random) -> Forgery:
    rows, seq = target.rows, chance.randint(1, target.published)
    row = rows[seq - 1]
    kind = chance.choice(["body", "hash", "previous", "column", "own hash"])
    if kind == "body":
        row = replace(row, body=changed(row.body, chance))
    elif kind == "hash":
        row = replace(row, hash=changed(row.hash, chance))
    elif kind == "previous":
        row = replace(row, previous=changed(row.previous, chance))
    elif kind == "column":
        name, value = chance.choice(row.columns[1:])
        row = replace(row, columns=tuple({**dict(row.columns), name: f"{value}x"}.items()))
    else:
        row = another_body(row, chance)
        row = replace(row, hash=chained(seq, row.previous, row.body))
    rows[seq - 1] = row
    return Forgery(rows, seq, exact=True)


def delete(target: Target, chance: random.Random) -> Forgery:
    rows, seq = target.rows, chance.randint(1, target.published - 1)
    del rows[seq - 1]
    return Forgery(renumbered(rows, chance), seq, exact=True)


def insert(target: Target, chance: random.Random) -> Forgery:
    rows, seq = target.rows, chance.randint(2, target.published - 3)
    if chance.random() < 0.3:
        added = [rows[seq - 2]]
    else:
        count = chance.randint(1, 3)
        fresh = [forged(chance.choice(rows), chance) for _ in range(count)]
        added = chained_anew([*rows[: seq - 1], *fresh], seq - 1)[seq - 1 :]
    longer = [*rows[: seq - 1], *added, *rows[seq - 1 :]]
    return Forgery(renumbered(longer, chance), seq, exact=True)


def reorder(target: Target, chance: random.Random) -> Forgery:
    rows = target.rows
    first, second = sorted(chance.sample(range(1, target.published + 1), 2))
    if chance.random() < 0.5:
        rows[first - 1], rows[second - 1] = rows[second - 1], rows[first - 1]
    else:
        rows.insert(second - 1, rows.pop(first - 1))
    return Forgery(renumbered(rows, chance), first, exact=True)


def truncate(target: Target, chance: random.Random) -> Forgery:
    size = chance.randint(0, target.published - 1)
    return Forgery(target.rows[:size], size + 1, exact=True)


def rehash(target: Target, chance: random.Random) -> Forgery:
    rows, seq = target.rows, chance.randint(1, target.published)
    kind = chance.choice(["edit", "delete", "insert"])
    if kind == "edit":
        rows[seq - 1] = another_body(rows[seq - 1], chance)
    elif kind == "delete":
        del rows[seq - 1]
    else:
        rows.insert(seq - 1, forged(chance.choice(rows), chance))
    return Forgery(chained_anew(rows, seq - 1), seq, exact=False)


def roll_back(target: Target, chance: random.Random) -> Forgery:
    size = chance.randint(0, target.published - 1)
    return Forgery(target.base.state(size), size + 1, exact=True)


def refill(target: Target, chance: random.Random) -> Forgery:
    size = chance.randint(0, target.published - 1)
    count = chance.randint(1, 40)
    fresh = [forged(chance.choice(target.base.rows), chance) for _ in range(count)]
    return Forgery(chained_anew([*target.base.state(size), *fresh], size), size + 1, exact=False)


def replace_file(target: Target, chance: random.Random) -> Forgery:
    other = chance.choice([one for one in target.others if one is not target.base])
    return Forgery(other.state(len(other.rows)), 1, exact=False)


ATTACKS: dict[str, Callable[[Target, random.Random], Forgery]] = {
    "edit": edit,
    "delete": delete,
    "insert": insert,
    "reorder": reorder,
    "truncate": truncate,
    "rehash": rehash,
    "rollback": roll_back,
    "refill": refill,
    "replace": replace_file,
}
