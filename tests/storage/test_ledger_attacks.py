# ruff: noqa: S311 - which entry is forged is no secret

from __future__ import annotations

import json
import random
import sqlite3
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Protocol

import pytest
from sqlalchemy import text

from storage import ledger, ledger_file, ledger_rows
from storage.database import Database, sqlite_url
from storage.models.ledger import LedgerEntry, LedgerText
from tests.storage.forging import ATTACKS, Base, Row, Target, chained_anew, columns_of, forged
from tests.storage.tampering import unguarded
from tests.support.database import NOW
from tests.support.verifier import Finding, verifier

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from storage.ledger_head import Head
    from tests.storage.forging import Forgery

INSTANCES = 1000
ON_POSTGRESQL = 40
BASES = 16
INSERT = "INSERT INTO ledger (seq, moment, act, object, body, previous, hash) VALUES"
INSERT_ROW = f"{INSERT} (?, ?, ?, ?, ?, ?, ?)"


def told(text_: str) -> str:
    return f"改好了“{text_}”\\\n"


def grown(database: Database, seed: int) -> Base:
    """Let the product write a ledger of 20 to 60 entries, some with texts, some of these erased."""
    chance = random.Random(seed)
    size = chance.randint(20, 60)
    now, texts, erased_at = NOW, {}, {}
    while True:
        with database.reading() as session:
            have = ledger.head(session).size
        if have >= size:
            break
        now += timedelta(seconds=chance.randint(1, 4000), microseconds=chance.choice([0, 250]))
        with database.transaction(now) as tx:
            for seq in range(have + 1, have + chance.randint(5, 9)):
                data = {"field": "审结日期", "value": now.date(), "n": seq, "q": 'a"b\\c'}
                said = told(str(seq)) if chance.random() < 0.4 else None
                tx.record("claim", f"finding:A{seq:02d}", actor="person:1", data=data, text=said)
        with database.reading() as session:
            beside = session.query(LedgerText).all()
            texts.update({one.seq: (one.salt, one.text) for one in beside})
        if beside and chance.random() < 0.3:
            with database.transaction(now) as tx:
                gone = chance.choice(beside).seq
                mark = ledger.erase_text(tx, gone, reason="期满", actor="system")
            assert mark is not None
            erased_at[gone] = mark.seq
    with database.reading() as session:
        rows = tuple(
            Row(one.seq, one.body, one.previous, one.hash, columns_of(one.body), *beside_of)
            for one in session.query(LedgerEntry).order_by(LedgerEntry.seq)
            for beside_of in [texts.get(one.seq, (None, None))]
        )
    return Base(rows, erased_at)


@pytest.fixture(scope="module")
def bases(tmp_path_factory: pytest.TempPathFactory) -> list[Base]:
    folder = tmp_path_factory.mktemp("bases")
    found = []
    for seed in range(BASES):
        database = Database(sqlite_url(folder / f"{seed}.sqlite"))
        database.migrate()
        found.append(grown(database, seed))
        database.close()
    return found


class Medium(Protocol):
    """Where a ledger lies, and what the two verifiers say of it."""

    def write(self, rows: Sequence[Row], size: int, digest: str) -> None: ...

    def findings(self, heads: Sequence[Head]) -> list[Finding]: ...


class Export:
    """An exported file; the attacker puts the number of entries right."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "ledger.jsonl"

    def write(self, rows: Sequence[Row], size: int, digest: str) -> None:
        del size, digest
        lines = [self._line(row, len(rows)) for row in rows]
        self.path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")

    def findings(self, heads: Sequence[Head]) -> list[Finding]:
        verdict = ledger_file.verify_file(self.path, heads)
        return [Finding.of(verdict), verifier.export(self.path, heads)]

    @staticmethod
    def _line(row: Row, entries: int) -> str:
        line = ledger_file.line(row.seq, row.previous, row.hash, row.body, entries)
        try:
            fits = row.columns == columns_of(row.body)
            content = json.loads(line)
        except (ValueError, KeyError):
            return line
        return line if fits else json.dumps({**content, **dict(row.columns)}, ensure_ascii=False)


class Live:
    """A SQLite database at work; its triggers are dropped, its rows changed by plain SQL."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.connection = sqlite3.connect(path)
        self.connection.execute("PRAGMA synchronous = OFF")
        for name in ("no_update", "no_delete", "next_only"):
            self.connection.execute(f"DROP TRIGGER ledger_{name}")

    def write(self, rows: Sequence[Row], size: int, digest: str) -> None:
        change = self.connection.execute
        change("DELETE FROM ledger")
        change("DELETE FROM ledger_texts")
        self.connection.executemany(INSERT_ROW, stored(rows))
        self.connection.executemany(
            "INSERT INTO ledger_texts (seq, salt, text) VALUES (?, ?, ?)",
            [(row[0], one.salt, one.text) for row, one in beside(rows)],
        )
        change("UPDATE ledger_head SET size = ?, hash = ?", (size, digest))
        self.connection.commit()

    def findings(self, heads: Sequence[Head]) -> list[Finding]:
        verdict = ledger_rows.verify_sqlite(self.path, heads)
        return [Finding.of(verdict), verifier.database(self.path, heads)]


def numbered(rows: Sequence[Row]) -> list[tuple[int, Row]]:
    """A table holds no number twice: in one whose numbers repeat or fall, those after are moved."""
    found: list[tuple[int, Row]] = []
    for row in rows:
        found.append((max(row.seq, found[-1][0] + 1 if found else 1), row))
    return found


def stored(rows: Sequence[Row]) -> list[tuple[int, str, str, str, str, str, str]]:
    found = []
    for seq, row in numbered(rows):
        said = dict(row.columns)
        moment = f"{datetime.fromisoformat(said['moment']).astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}"
        found.append((seq, moment, said["act"], said["object"], row.body, row.previous, row.hash))
    return found


def beside(rows: Sequence[Row]) -> list[tuple[tuple[int, Row], Row]]:
    return [(pair, pair[1]) for pair in numbered(rows) if pair[1].text is not None]


@pytest.fixture(params=["export", "live"])
def medium(
    request: pytest.FixtureRequest, tmp_path: Path, migrated_file: Path
) -> Iterator[Export | Live]:
    if request.param == "export":
        yield Export(tmp_path)
        return
    path = tmp_path / "office.sqlite"
    path.write_bytes(migrated_file.read_bytes())
    live = Live(path)
    yield live
    live.connection.close()


def attacked(
    attack: str, number: int, bases: Sequence[Base]
) -> tuple[Target, Forgery, random.Random]:
    chance = random.Random(f"{attack} {number}")
    base = chance.choice(bases)
    published = len(base.rows) - chance.randint(0, 5)
    target = Target(base, bases, published)
    return target, ATTACKS[attack](target, chance), chance


def write_forged(
    medium: Medium, target: Target, forgery: Forgery, chance: random.Random, *, cover: bool = False
) -> None:
    """Write what the attacker left; the head row beside the chain is put right, or forgotten."""
    size, digest = target.base.head(len(target.base.rows)).size, target.base.rows[-1].hash
    if forgery.rows and (cover or chance.random() < 0.7):
        size, digest = len(forgery.rows), forgery.rows[-1].hash
    medium.write(forgery.rows, size, digest)


def is_named(forgery: Forgery, since: int | None, bad: int | None) -> bool:
    """Tell whether the entry is named, or lies in the stretch that one head can tell."""
    if since is None or bad is None:
        return False
    return bad == forgery.first_bad if forgery.exact else since <= forgery.first_bad <= bad


def agreed(findings: list[Finding]) -> Finding:
    product, alone = findings
    assert product == alone
    return product


@pytest.mark.parametrize("attack", ATTACKS)
def test_every_attack_on_what_a_head_covers_is_found_and_its_place_named(
    attack: str, medium: Medium, bases: list[Base]
) -> None:
    missed, misnamed = [], []
    for number in range(INSTANCES):
        target, forgery, chance = attacked(attack, number, bases)
        write_forged(medium, target, forgery, chance)
        found = agreed(medium.findings([target.base.head(target.published)]))
        if found.bad is None:
            missed.append(number)
        elif not is_named(forgery, found.since, found.bad):
            misnamed.append((number, found, forgery.first_bad))
    assert (missed, misnamed) == ([], [])


@pytest.mark.parametrize("attack", ["rehash", "refill", "replace"])
def test_with_a_head_of_each_entry_the_very_entry_is_named(
    attack: str, medium: Medium, bases: list[Base]
) -> None:
    wrong = []
    for number in range(INSTANCES // 10):
        target, forgery, chance = attacked(attack, number, bases)
        write_forged(medium, target, forgery, chance, cover=True)
        heads = [target.base.head(size) for size in range(1, target.published + 1)]
        found = agreed(medium.findings(heads))
        if (found.since, found.bad) != (forgery.first_bad, forgery.first_bad):
            wrong.append((number, found, forgery.first_bad))
    assert wrong == []


def test_no_clean_ledger_raises_an_alarm(medium: Medium, bases: list[Base]) -> None:
    alarms = []
    for number in range(INSTANCES):
        chance = random.Random(number)
        base = chance.choice(bases)
        size = chance.randint(1, len(base.rows))
        heads = [base.head(chance.randint(0, size)) for _ in range(chance.randint(0, 3))]
        medium.write(base.state(size), size, base.head(size).hash)
        found = agreed(medium.findings(heads))
        covered = max((head.size for head in heads), default=0)
        if (found.bad, found.open_entries) != (None, size - covered):
            alarms.append((number, found))
    assert alarms == []


def test_the_open_window_is_told_in_entries_and_minutes(medium: Medium, bases: list[Base]) -> None:
    base = bases[0]
    size = len(base.rows)
    medium.write(base.state(size), size, base.head(size).hash)
    for published in (1, size // 2, size):
        found = agreed(medium.findings([base.head(published)]))
        start, end = (
            datetime.fromisoformat(dict(base.rows[seq - 1].columns)["moment"])
            for seq in (published, size)
        )
        minutes = -((start - end) // timedelta(minutes=1))
        assert (found.open_entries, found.minutes) == (size - published, minutes)


def test_what_is_younger_than_the_last_head_is_the_open_window(
    medium: Medium, bases: list[Base]
) -> None:
    base = bases[1]
    published = len(base.rows) - 5
    fresh = [forged(row, random.Random(row.seq)) for row in base.rows[:3]]
    rows = chained_anew([*base.state(published), *fresh], published)
    medium.write(rows, len(rows), rows[-1].hash)
    found = agreed(medium.findings([base.head(published)]))
    # forged, and nothing can tell: this is why heads leave with every commit
    assert (found.bad, found.open_entries) == (None, 3)


@pytest.mark.postgresql
@pytest.mark.parametrize("attack", ATTACKS)
def test_postgresql_hides_no_attack(attack: str, postgresql: Database, bases: list[Base]) -> None:
    wrong = []
    for number in range(ON_POSTGRESQL):
        target, forgery, _ = attacked(attack, number, bases)
        head = target.base.head(target.published)
        rows = forgery.rows
        with unguarded(postgresql) as connection:
            connection.execute(text("DELETE FROM ledger"))
            connection.execute(text("DELETE FROM ledger_texts"))
            for values in stored(rows):
                names = ("s", "m", "a", "o", "b", "p", "h")
                connection.execute(
                    text(f"{INSERT} (:s, :m, :a, :o, :b, :p, :h)"),
                    dict(zip(names, (values[0], f"{values[1]}+00", *values[2:]), strict=True)),
                )
            for (seq, row), _ in beside(rows):
                connection.execute(
                    text("INSERT INTO ledger_texts (seq, salt, text) VALUES (:s, :salt, :text)"),
                    {"s": seq, "salt": row.salt, "text": row.text},
                )
            if rows:
                connection.execute(
                    text("UPDATE ledger_head SET size = :size, hash = :hash"),
                    {"size": len(rows), "hash": rows[-1].hash},
                )
        verdict = ledger.verify(postgresql, [head])
        if not is_named(forgery, verdict.since, verdict.bad):
            wrong.append((number, verdict, forgery.first_bad))
    assert wrong == []
