"""How fast the database is on this disk; `python bench/bench_storage.py [POSTGRESQL_URL]`."""

from __future__ import annotations

import statistics
import sys
import time
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlalchemy import insert

from knowledge.cards import Card, CardSet, Sheet
from storage import delivery, ledger, snapshots
from storage.database import Database, sqlite_url
from storage.models.messages import OutboxRow
from storage.outbox import Outgoing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NOW = datetime(2026, 6, 15, 8, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
CARDS = 3_000
FIELDS = 60
GROWN = 100_000
ROUNDS = 200


def timed(work: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return sorted(taken)


def tell(what: str, taken: list[float]) -> None:
    p50, p99 = statistics.median(taken), taken[int(len(taken) * 0.99) - 1]
    print(f"{what:<52} p50 {p50:9.2f} ms   p99 {p99:9.2f} ms")


@contextmanager
def took(what: str) -> Iterator[None]:
    start = time.perf_counter()
    yield
    print(f"{what:<52}     {(time.perf_counter() - start) * 1000:9.2f} ms")


def five_entries(database: Database) -> None:
    with database.transaction(NOW) as tx:
        for number in range(4):
            tx.record(
                "claim", f"finding:A{number:02d}", actor="person:1", data={"field": "审结日期"}
            )
        mark = tx.record("claim", "finding:A05", actor="person:1", text="是5.27，改好了")
        tx.send(Outgoing(1, "telegram", "7", "confirmation", f"流水第 {mark} 号"))


def grow(database: Database) -> None:
    common = {"door": "telegram", "kind": "digest", "purpose": "每日提示", "text": "提示" * 200}
    rows = [
        {**common, "chat": str(number % 500), "created_at": NOW, "message_id": number}
        for number in range(GROWN)
    ]
    with database.transaction(NOW) as tx:
        tx.session.execute(insert(OutboxRow), [{**row, "state": "sent"} for row in rows])
        waiting = [{**row, "state": "pending", "message_id": None} for row in rows[:500]]
        tx.session.execute(insert(OutboxRow), waiting)
        for number in range(GROWN):
            tx.record("claim", f"finding:{number}", actor="person:1", data={"field": "审结日期"})


def look(database: Database) -> None:
    with database.reading() as session:
        assert len(delivery.sendable(session, NOW)) == 50


def count(database: Database) -> None:
    with database.reading() as session:
        assert delivery.waiting(session, NOW)


def cards() -> CardSet:
    names = [f"栏目{number}" for number in range(FIELDS)]
    return CardSet(
        tuple(
            Card(
                case_no=f"云北检刑捕受[2026]9901030{number:05d}号",
                person_no=f"{number:020d}",
                values={
                    name: date(2026, 5, 1) if place % 3 == 0 else f"值{number}{name}"
                    for place, name in enumerate(names)
                },
                headings={name: name for name in names},
                sources=dict.fromkeys(names, "案件列表.xlsx"),
            )
            for number in range(CARDS)
        )
    )


def keep(database: Database, card_set: CardSet, sha256: str) -> None:
    sheet = Sheet(
        name="案件列表.xlsx", kind="case_list", rows=(), rows_read=0, headings={}, sha256=sha256
    )
    with database.transaction(NOW) as tx:
        snapshots.add(
            tx.session,
            "office",
            [sheet],
            card_set,
            day=NOW.date(),
            moment=NOW,
            by="bench",
            baseline=True,
        )


def measure(database: Database) -> None:
    print(f"\n{database.url.get_backend_name()}")
    database.migrate()
    tell("transaction: 5 entries, 1 text, 1 message", timed(lambda: five_entries(database)))
    with took(f"{GROWN:,} entries in one transaction, {GROWN:,} messages"):
        grow(database)
    tell("the same with 100,000 rows", timed(lambda: five_entries(database)))
    tell("sendable, 100,000 sent, 500 chats waiting", timed(lambda: look(database), 50))
    tell("waiting, 100,000 sent", timed(lambda: count(database), 50))
    with took(f"verify {GROWN:,} entries"):
        assert ledger.verify(database).ok
    card_set = cards()
    with took(f"import of {CARDS:,} cards, first"):
        keep(database, card_set, "a" * 64)
    with took(f"import of {CARDS:,} cards, again"):
        keep(database, card_set, "b" * 64)
    with took(f"{CARDS:,} cards read"), database.reading() as session:
        assert len(snapshots.cards(session, "office").cards) == CARDS
    database.close()


def main() -> None:
    with TemporaryDirectory(dir=Path.cwd()) as folder:
        measure(Database(sqlite_url(Path(folder) / "bench.sqlite")))
    for url in sys.argv[1:]:
        measure(Database(url))


if __name__ == "__main__":
    main()
