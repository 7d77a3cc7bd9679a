from __future__ import annotations

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from storage import findings, ledger, settings
from storage.database import WroteWhileReadingError
from storage.errors import DatabaseBusyError, DatabaseUnusableError
from storage.models.ledger import LedgerEntry
from storage.models.messages import OutboxRow
from storage.models.settings import Setting
from tests.storage.messages import claim, message, put, row_of, rows
from tests.support.database import NOW, python

if TYPE_CHECKING:
    from collections.abc import Callable

    from storage.database import Database

THREADS = 8
EACH = 25
KILLS = 3

WRITER = """
import sys
from datetime import UTC, datetime
from storage import settings
from storage.database import Database
from storage.outbox import Outgoing

database = Database(sys.argv[1])
while True:
    with database.transaction(datetime(2026, 6, 15, tzinfo=UTC)) as tx:
        done = settings.read(tx.session, "office", "done", 0)
        settings.write(tx.session, "office", "done", done + 1)
        for part in range(3):
            tx.record("claim", f"number:{done}", actor="person:1", text="话")
        tx.send(Outgoing(1, "telegram", "7", "digest", "提示"))
        tx.session.flush()
        print("inside", flush=True)
    print("done", flush=True)
"""

COUNTER = """
import sys
from datetime import UTC, datetime
from storage import findings
from storage.database import Database

database = Database(sys.argv[1])
for _ in range(20):
    with database.transaction(datetime(2026, 6, 15, tzinfo=UTC)) as tx:
        print(findings.draw_number(tx.session, "office"))
database.close()
"""


def test_eight_threads_that_read_decide_and_write_lose_nothing(database: Database) -> None:
    def count(_: int) -> None:
        for _ in range(EACH):
            with database.transaction(NOW) as tx:
                so_far = settings.read(tx.session, "office", "count", 0)
                tx.record("counted", f"number:{so_far}", actor="system")
                settings.write(tx.session, "office", "count", so_far + 1)

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(count, range(THREADS)))
    with database.reading() as session:
        objects = list(session.scalars(select(LedgerEntry.object).order_by(LedgerEntry.seq)))
    assert objects == [f"number:{number}" for number in range(THREADS * EACH)]
    assert ledger.verify(database).entries == THREADS * EACH


def test_findings_are_numbered_without_gap_or_double_by_threads(database: Database) -> None:
    def draw(_: int) -> list[str]:
        numbers = []
        for _ in range(EACH):
            with database.transaction(NOW) as tx:
                numbers.append(findings.draw_number(tx.session, "office"))
        return numbers

    with ThreadPoolExecutor(THREADS) as pool:
        drawn = [number for numbers in pool.map(draw, range(THREADS)) for number in numbers]
    assert sorted(drawn) == sorted(findings.number_of(index) for index in range(THREADS * EACH))


def test_findings_are_numbered_without_gap_or_double_by_processes(database: Database) -> None:
    started = [python(COUNTER, database.url.render_as_string(hide_password=False)) for _ in "1234"]
    outputs = [process.communicate() for process in started]
    drawn = [number for output, _ in outputs for number in output.decode().split()]
    assert [errors for _, errors in outputs] == [b""] * 4
    assert sorted(drawn) == sorted(findings.number_of(index) for index in range(80))


@pytest.mark.parametrize("during", ["inside", "done"])
def test_a_writer_killed_in_the_middle_leaves_nothing_half(database: Database, during: str) -> None:
    for _ in range(KILLS):
        process = python(WRITER, database.url.render_as_string(hide_password=False))
        assert process.stdout is not None
        while process.stdout.readline().decode().strip() != during:
            assert process.poll() is None
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
    with database.transaction(NOW) as tx:
        tx.record("started", "office", actor="system")
    verdict = ledger.verify(database)
    with database.reading() as session:
        done = settings.read(session, "office", "done", 0)
        sent = session.scalar(select(func.count()).select_from(OutboxRow))
    assert verdict.ok
    assert (verdict.entries, sent) == (3 * done + 1, done)


def test_a_reader_sees_one_state_while_others_write(database: Database) -> None:
    put(database, message())
    with database.reading() as session:
        before = session.scalar(select(func.count()).select_from(OutboxRow))
        put(database, message())
        after = session.scalar(select(func.count()).select_from(OutboxRow))
    assert (before, after) == (1, 1)
    assert len(rows(database)) == 2


def test_a_change_in_a_reading_session_is_refused(database: Database) -> None:
    with pytest.raises(WroteWhileReadingError), database.reading() as session:
        session.add(Setting(office="office", name="count", value=1))


@pytest.mark.postgresql
def test_messages_can_leave_beside_a_long_transaction(postgresql: Database) -> None:
    (id_,) = put(postgresql, message())
    with postgresql.transaction(NOW) as long_one:
        settings.write(long_one.session, "office", "count", 1)
        assert claim(postgresql, id_)
    assert row_of(postgresql, id_).state == "sending"


def test_a_writer_that_waits_too_long_is_told_so(
    database: Database, opened: Callable[[str], Database], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.engine.BUSY_SECONDS", 0.05)
    monkeypatch.setattr("storage.engine._PRAGMAS", ("busy_timeout = 50",))
    hasty = opened(database.url.render_as_string(hide_password=False))
    with database.transaction(NOW), pytest.raises(DatabaseBusyError, match="占用"):
        put(hasty, message())
    with hasty.transaction(NOW), pytest.raises(DatabaseBusyError, match="占用"):
        put(hasty, message())
    put(hasty, message())
    assert len(rows(database)) == 1


@pytest.mark.postgresql
def test_a_lost_connection_ends_in_a_sentence_and_the_next_try_succeeds(
    postgresql: Database,
) -> None:
    def write_and_break() -> None:
        with postgresql.transaction(NOW) as tx:
            tx.record("claim", "finding:A01", actor="person:1")
            tx.session.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))

    with pytest.raises(DatabaseUnusableError):
        write_and_break()
    put(postgresql, message())
    assert len(rows(postgresql)) == 1
    assert ledger.verify(postgresql).entries == 0


def test_a_reader_that_finds_no_free_connection_is_told_so(
    database: Database, opened: Callable[[str], Database], monkeypatch: pytest.MonkeyPatch
) -> None:
    crowded = opened(database.url.render_as_string(hide_password=False))
    monkeypatch.setattr(crowded.engine.pool, "_timeout", 0)
    with pytest.raises(DatabaseBusyError, match="占用"):
        crowd(crowded)
    with crowded.reading() as session:
        assert session.scalar(text("SELECT 1")) == 1


def crowd(database: Database) -> None:
    with ExitStack() as stack:
        for _ in range(16):
            stack.enter_context(database.reading()).execute(text("SELECT 1"))


def test_a_broken_constraint_is_not_called_a_broken_database(database: Database) -> None:
    put(database, message(dedup_key="a"))
    with pytest.raises(IntegrityError), database.transaction(NOW) as tx:
        tx.session.execute(text("UPDATE outbox SET state = NULL"))


LOOKER = """
import sys
from storage import ledger
from storage.database import Database

database = Database(sys.argv[1])
with database.reading() as session:
    print(ledger.head(session).size)
database.close()
"""


def looked_at(database: Database) -> int:
    """Let another process look at the database and leave; return how many entries it saw."""
    out, complaint = python(LOOKER, database.url.render_as_string()).communicate()
    assert complaint == b""
    return int(out)


def test_who_looks_in_and_leaves_takes_no_journal_from_who_is_at_work(sqlite: Database) -> None:
    # two connections at once, as a running bot has
    with sqlite.reading() as session, sqlite.transaction(NOW) as tx:
        assert ledger.head(session).size == 0
        tx.record("claim", "finding:A01", actor="person:1")
    assert looked_at(sqlite) == 1
    with sqlite.transaction(NOW) as tx:
        tx.record("claim", "finding:A02", actor="person:1")
    assert looked_at(sqlite) == 2
    with sqlite.reading() as session:
        assert ledger.head(session).size == 2
