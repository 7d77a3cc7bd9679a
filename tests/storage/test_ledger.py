from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import DatabaseError

from storage import ledger
from storage.errors import DatabaseUnusableError
from storage.ledger_head import FIRST
from storage.models.ledger import LedgerEntry
from storage.outbox import Outgoing
from storage.transaction import TooLateError, UnnumberedError
from tests.support.database import NOW, later

if TYPE_CHECKING:
    from storage.database import Database


def record(database: Database, count: int = 1, **entry: Any) -> None:
    with database.transaction(NOW) as tx:
        for number in range(count):
            tx.record("claim", f"finding:A{number:02d}", actor="person:1", **entry)


def contents(database: Database) -> list[dict[str, Any]]:
    with database.reading() as session:
        return [ledger.content_of(entry) for entry in ledger.tail(session, 0)]


def test_entries_are_numbered_without_a_gap_and_chained_from_the_first(database: Database) -> None:
    record(database, 3)
    record(database, 2)
    with database.reading() as session:
        entries = ledger.tail(session, 0)
        head = ledger.head(session)
    assert [entry.seq for entry in entries] == [1, 2, 3, 4, 5]
    assert [entry.previous for entry in entries] == [FIRST, *(one.hash for one in entries[:-1])]
    assert (head.size, head.hash) == (5, entries[-1].hash)


def test_an_entry_says_when_who_what_and_about_what(database: Database) -> None:
    record(database, data={"day": date(2026, 5, 27), "at": later(60), "path": Path("/x/a.csv")})
    assert contents(database) == [
        {
            "moment": "2026-06-15T08:30:00+08:00",
            "actor": "person:1",
            "act": "claim",
            "object": "finding:A00",
            "data": {"day": "2026-05-27", "at": "2026-06-15T08:31:00+08:00", "path": "a.csv"},
            "text_hash": None,
        }
    ]


def test_a_transaction_that_fails_leaves_no_entry_and_no_gap(database: Database) -> None:
    with pytest.raises(UnnumberedError), database.transaction(NOW) as tx:
        _ = tx.record("claim", "finding:A01", actor="person:1", text="没写完").seq
    record(database)
    with database.reading() as session:
        assert [entry.seq for entry in ledger.tail(session, 0)] == [1]
        assert ledger.text_of(session, 1) is None


def test_a_message_and_other_entries_quote_the_number_an_entry_gets(database: Database) -> None:
    record(database, 6)
    with database.transaction(NOW) as tx:
        mark = tx.record("claim", "finding:A01", actor="person:1")
        tx.record("seen", "finding:A01", actor="system", data={"of": mark, "all": [f"第{mark}号"]})
        row = tx.send(Outgoing(1, "telegram", "7", "confirmation", f"流水第 {mark} 号"))
    assert row is not None
    assert row.text == "流水第 7 号"
    assert contents(database)[-1]["data"] == {"of": 7, "all": ["第7号"]}


def test_what_a_person_types_cannot_pass_for_a_number(database: Database) -> None:
    with database.transaction(NOW) as tx:
        tx.record("claim", "finding:A01", actor="person:1", text="\ue00000000000:0\ue001")
    with database.reading() as session:
        assert ledger.text_of(session, 1) == "\ue00000000000:0\ue001"


def test_a_number_is_not_to_be_had_before_the_commit(database: Database) -> None:
    with database.transaction(NOW) as tx:
        mark = tx.record("claim", "finding:A01", actor="person:1")
        with pytest.raises(UnnumberedError):
            _ = mark.seq
    assert mark.seq == 1


def test_nothing_can_be_recorded_once_the_numbers_are_given(database: Database) -> None:
    with pytest.raises(TooLateError), database.transaction(NOW) as tx:
        tx.after_numbering(lambda: str(tx.record("late", "office", actor="system")))
    assert contents(database) == []


def test_a_moment_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(ValueError, match="aware"), database.transaction(NOW.replace(tzinfo=None)):
        pass


def test_data_that_is_no_json_is_refused(database: Database) -> None:
    with pytest.raises(TypeError, match="set"):
        record(database, data={"fields": {"a", "b"}})


def test_characters_no_database_keeps_do_not_lose_an_entry(database: Database) -> None:
    record(database, data={"said": "a\0b\ud800"}, text="甲\0乙\udfff")
    with database.reading() as session:
        assert ledger.text_of(session, 1) == "甲乙?"
    assert ledger.verify(database).ok


def test_a_text_lies_beside_the_chain_under_its_own_salt(database: Database) -> None:
    record(database, 2, text="是5.27，改好了")
    first, second = contents(database)
    assert "5.27" not in str(first)
    assert first["text_hash"] != second["text_hash"]
    with database.reading() as session:
        assert ledger.text_of(session, 2) == "是5.27，改好了"


def test_erasing_a_text_leaves_the_chain_whole_and_says_so(database: Database) -> None:
    record(database, 3, text="张某某已到案")
    with database.transaction(later(60)) as tx:
        mark = ledger.erase_text(tx, 2, reason="期满", actor="person:9")
    with database.reading() as session:
        assert ledger.text_of(session, 2) is None
        assert ledger.text_of(session, 3) == "张某某已到案"
    assert ledger.verify(database).ok
    assert mark is not None
    assert contents(database)[-1]["object"] == "ledger:2"


def test_erasing_what_is_not_there_writes_nothing(database: Database) -> None:
    record(database)
    with database.transaction(later(60)) as tx:
        assert ledger.erase_text(tx, 1, reason="期满", actor="person:9") is None
    assert len(contents(database)) == 1


def test_an_erased_text_is_nowhere_in_the_file(database: Database) -> None:
    record(database, text="独一无二的话")
    with database.transaction(later(60)) as tx:
        ledger.erase_text(tx, 1, reason="期满", actor="person:9")
    database.settle_files()
    if not database.is_sqlite:
        with database.engine.connect() as connection:
            assert connection.scalar(text("SELECT count(*) FROM ledger_texts")) == 0
        return
    folder = Path(database.where).parent
    found = [one.name for one in folder.iterdir() if "独一无二".encode() in one.read_bytes()]
    assert found == []


CHANGES = {
    "update": "UPDATE ledger SET act = 'other' WHERE seq = 1",
    "delete": "DELETE FROM ledger WHERE seq = 1",
    "same_value": "UPDATE ledger SET act = act",
}


@pytest.mark.parametrize("change", CHANGES)
def test_the_database_itself_refuses_to_change_an_entry(database: Database, change: str) -> None:
    record(database, 2)
    with pytest.raises(DatabaseError, match="only grows"), database.engine.begin() as connection:
        connection.execute(text(CHANGES[change]))
    assert ledger.verify(database).entries == 2


def test_the_database_itself_refuses_to_replace_an_entry(database: Database) -> None:
    record(database, 2)
    statement = (
        "INSERT OR REPLACE INTO ledger SELECT * FROM ledger WHERE seq = 1"
        if database.is_sqlite
        else "TRUNCATE ledger"
    )
    with pytest.raises(DatabaseError, match="only grows"), database.engine.begin() as connection:
        connection.execute(text(statement))
    assert ledger.verify(database).entries == 2


@pytest.mark.parametrize("seq", [0, 2, 4])
def test_the_database_itself_refuses_any_but_the_next_number(database: Database, seq: int) -> None:
    record(database, 2)
    entry = {"moment": NOW, "act": "a", "object": "b", "body": "{}", "previous": "", "hash": ""}
    with pytest.raises(DatabaseError, match="next number"), database.engine.begin() as connection:
        connection.execute(insert(LedgerEntry), [{"seq": seq, **entry}])
    assert ledger.verify(database).entries == 2


def test_the_day_s_entries_are_found_by_their_moment(database: Database) -> None:
    for seconds in (0, 3600, 7200):
        with database.transaction(later(seconds)) as tx:
            tx.record("claim", f"at:{seconds}", actor="person:1")
    with database.reading() as session:
        found = ledger.between(session, later(3600), later(7200))
    assert [entry.object for entry in found] == ["at:3600"]


def test_a_page_of_the_ledger_follows_a_number(database: Database) -> None:
    record(database, 5)
    with database.reading() as session:
        assert [entry.seq for entry in ledger.tail(session, 2, most=2)] == [3, 4]


def test_a_ledger_without_its_head_takes_nothing(database: Database) -> None:
    with database.engine.begin() as connection:
        connection.execute(text("DELETE FROM ledger_head"))
    with pytest.raises(ledger.HeadMissingError):
        record(database)
    with pytest.raises(ledger.HeadMissingError), database.reading() as session:
        ledger.head(session)
    assert not ledger.verify(database).ok


def test_a_moment_is_read_back_as_it_was_on_both_engines(database: Database) -> None:
    with database.transaction(NOW.replace(microsecond=123456)) as tx:
        tx.record("claim", "finding:A01", actor="person:1")
    with database.reading() as session:
        moment = ledger.tail(session, 0)[0].moment
    assert moment.isoformat() == "2026-06-15T08:30:00.123456+08:00"


def test_a_full_disk_ends_in_a_sentence_and_loses_nothing(sqlite: Database) -> None:
    record(sqlite)
    with sqlite.engine.connect() as connection:
        connection.execute(text("PRAGMA max_page_count = 1"))
    with pytest.raises(DatabaseUnusableError, match="磁盘已满"):
        record(sqlite, text="长" * 100_000)
    sqlite.close()
    record(sqlite)
    assert ledger.verify(sqlite).entries == 2


def test_a_damaged_file_ends_in_a_sentence(sqlite: Database) -> None:
    record(sqlite)
    sqlite.close()
    path = Path(sqlite.where)
    path.write_bytes(path.read_bytes()[:4096] + b"\xff" * 40_000)
    with pytest.raises(DatabaseUnusableError, match="已损坏"):
        record(sqlite)
