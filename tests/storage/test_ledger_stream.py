from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from storage import ledger, ledger_stream
from tests.support.database import NOW

if TYPE_CHECKING:
    import pytest

    from storage.database import Database


def grow(database: Database, entries: int, *, per_commit: int = 100) -> None:
    for start in range(0, entries, per_commit):
        with database.transaction(NOW + timedelta(minutes=start)) as tx:
            for place in range(start, min(start + per_commit, entries)):
                act = "counted" if place % 3 == 0 else "left_out"
                text = f"文字{place}" if place % 2 else None
                tx.record(act, f"finding:A{place}", actor="system", data={"n": place}, text=text)


def test_only_the_acts_asked_for_come_oldest_first(database: Database) -> None:
    grow(database, 250)
    with database.reading() as session:
        found = list(ledger_stream.stream(session, {"counted"}))
    assert [one.content["data"]["n"] for one in found] == list(range(0, 250, 3))
    assert [one.seq for one in found] == list(range(1, 251, 3))
    assert {one.content["act"] for one in found} == {"counted"}


def test_progress_is_told_and_ends_at_the_whole(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger_stream, "_TOLD_EVERY", 50)
    grow(database, 210)
    told: list[tuple[int, int]] = []
    with database.reading() as session:
        list(
            ledger_stream.stream(
                session, {"counted"}, progress=lambda done, total: told.append((done, total))
            )
        )
    assert len(told) > 2
    assert told[-1] == (210, 210)
    assert told == sorted(told)


def test_an_empty_ledger_gives_nothing(database: Database) -> None:
    with database.reading() as session:
        assert list(ledger_stream.stream(session, {"counted"})) == []
        assert ledger_stream.beside(session, []) == {}


def test_texts_beside_entries_tell_what_was_erased_from_what_never_was(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger_stream, "_TEXTS_AT_ONCE", 2)
    grow(database, 6)
    with database.transaction(NOW + timedelta(days=1)) as tx:
        ledger.erase_text(tx, 4, reason="期满", actor="system")
    with database.reading() as session:
        found = ledger_stream.beside(session, [1, 2, 4, 6, 99])
    assert found == {2: "文字1", 4: None, 6: "文字5"}
