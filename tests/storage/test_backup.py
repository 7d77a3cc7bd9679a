from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

import pytest
from alembic import command
from sqlalchemy import select, text

from storage import backup, delivery, ledger, outbox, quarantine, schema
from storage.database import sqlite_url
from storage.errors import (
    BackupEngineError,
    BackupError,
    BackupUnwritableError,
    DamagedDatabaseError,
    SchemaTooNewError,
    TargetTakenError,
)
from storage.message_kinds import REPEATED
from storage.migrations.runner import configuration
from tests.storage.messages import claim, deliver, line, message, put, row_of, rows, said
from tests.storage.tampering import unguarded
from tests.support.database import NOW, later

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from storage.database import Database
    from storage.transaction import EntryMark

BACKUPS = 8


def release(database: Database, now: datetime) -> EntryMark | None:
    with database.transaction(now) as tx:
        return quarantine.release(tx, actor="person:9")


@pytest.fixture
def office(sqlite: Database) -> Database:
    with sqlite.transaction(NOW) as tx:
        tx.record("claim", "finding:A01", actor="person:1", text="改好了")
    return sqlite


@pytest.fixture
def saved(office: Database, tmp_path: Path) -> Path:
    put(office, message("digest", chat="1"), message("notice", chat="2"))
    path = tmp_path / "saved.backup"
    backup.backup(office, path)
    return path


@pytest.fixture
def restored(saved: Path, tmp_path: Path, opened: Callable[[str], Database]) -> Database:
    home = tmp_path / "home"
    home.mkdir()
    backup.restore(saved, home / "office.sqlite", now=later(3600), actor="person:9")
    return opened(sqlite_url(home / "office.sqlite"))


def test_a_backup_is_one_private_file_with_the_whole_ledger(
    office: Database, tmp_path: Path, opened: Callable[[str], Database]
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    head = backup.backup(office, folder / "monday.backup")
    assert [one.name for one in folder.iterdir()] == ["monday.backup"]
    assert (folder / "monday.backup").stat().st_mode & 0o777 == 0o600
    copy = opened(sqlite_url(folder / "monday.backup"))
    assert ledger.verify(copy, [head]).entries == 1


def test_a_backup_holds_what_was_committed_before_it_while_others_write(
    office: Database, tmp_path: Path, opened: Callable[[str], Database]
) -> None:
    enough = Event()

    def write() -> None:
        while not enough.is_set():
            with office.transaction(NOW) as tx:
                tx.record("claim", "finding:A01", actor="person:1")

    writer = Thread(target=write)
    writer.start()
    try:
        for number in range(BACKUPS):
            with office.reading() as session:
                before = ledger.head(session)
            head = backup.backup(office, tmp_path / f"{number}.backup")
            copy = opened(sqlite_url(tmp_path / f"{number}.backup"))
            assert head.size >= before.size
            assert ledger.verify(copy, [before, head]).ok
    finally:
        enough.set()
        writer.join()


def test_a_backup_never_overwrites_a_file(office: Database, tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("信", encoding="utf-8")
    with pytest.raises(TargetTakenError, match="没有覆盖"):
        backup.backup(office, path)
    assert path.read_text(encoding="utf-8") == "信"


def test_a_broken_ledger_is_not_backed_up_as_if_it_were_sound(
    office: Database, tmp_path: Path
) -> None:
    with unguarded(office) as connection:
        connection.execute(text("UPDATE ledger SET act = 'other'"))
    with pytest.raises(BackupError, match="第 1 条"):
        backup.backup(office, tmp_path / "bad.backup")
    assert not list(tmp_path.glob("*bad.backup*"))


def test_a_database_that_cannot_be_read_is_not_backed_up(office: Database, tmp_path: Path) -> None:
    with office.engine.begin() as connection:
        connection.execute(text("DROP TABLE ledger_texts"))
    with pytest.raises(BackupError, match="数据表"):
        backup.backup(office, tmp_path / "bad.backup")


def test_a_backup_into_a_missing_folder_ends_in_a_sentence(
    office: Database, tmp_path: Path
) -> None:
    with pytest.raises(BackupUnwritableError, match="没有这个目录或文件。请检查目录"):
        backup.backup(office, tmp_path / "nowhere" / "a.backup")


def test_a_failed_backup_leaves_nothing_whatever_its_name_is(
    office: Database, tmp_path: Path
) -> None:
    with unguarded(office) as connection:
        connection.execute(text("UPDATE ledger SET act = 'other'"))
    with pytest.raises(BackupError):
        backup.backup(office, tmp_path / "monday[1]*.backup")
    assert not list(tmp_path.glob("*monday*"))


def test_a_damaged_database_is_not_said_to_be_backed_up(office: Database, tmp_path: Path) -> None:
    # the ledger is whole: only the pages of another table are gone
    with office.engine.connect() as connection:
        page = connection.scalar(
            text("SELECT rootpage FROM sqlite_master WHERE name = 'ix_findings_open'")
        )
        size = connection.scalar(text("PRAGMA page_size"))
    assert isinstance(page, int)
    assert isinstance(size, int)
    office.settle_files()
    with Path(office.where).open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(bytes(200))
    with pytest.raises(DamagedDatabaseError, match="已损坏"):
        backup.backup(office, tmp_path / "bad.backup")
    assert not list(tmp_path.glob("*bad.backup*"))


@pytest.mark.postgresql
def test_postgresql_is_told_to_use_its_own_tool(postgresql: Database, tmp_path: Path) -> None:
    with pytest.raises(BackupEngineError, match="pg_dump"):
        backup.backup(postgresql, tmp_path / "a.backup")


def test_a_restored_database_is_whole_and_says_where_it_comes_from(restored: Database) -> None:
    with restored.reading() as session:
        acts = [entry.act for entry in ledger.tail(session, 0)]
        assert ledger.text_of(session, 1) == "改好了"
    assert acts == ["claim", "restored", "message_not_sent", "message_not_sent", "quarantined"]
    assert ledger.verify(restored).ok


def test_a_restored_database_sends_nothing_until_a_person_says_so(restored: Database) -> None:
    assert backup.is_quarantined(restored)
    (fresh,) = put(restored, message("answer", chat="3"), at=3700)
    assert line(restored, at=3700) == []
    assert not claim(restored, fresh, at=3700)
    with restored.reading() as session:
        assert delivery.waiting(session, later(3700)) == 0
    assert release(restored, later(3800)) is not None
    assert not backup.is_quarantined(restored)
    assert line(restored, at=3800) == [fresh]


def test_a_release_without_quarantine_says_nothing(office: Database) -> None:
    assert release(office, NOW) is None
    assert ledger.verify(office).entries == 1


def test_what_waited_in_the_backup_waits_for_a_person_and_goes_marked(restored: Database) -> None:
    release(restored, later(3800))
    with restored.reading() as session:
        waiting = [row.id for row in delivery.failed_rows(session)]
    assert waiting == [1, 2]
    with restored.transaction(later(3900)) as tx:
        assert delivery.send_again(tx, 1, actor="person:9")
    assert row_of(restored, 1).text.startswith(REPEATED)
    deliver(restored, 1, at=3900)


def test_held_and_leaving_messages_wait_too_but_a_toast_just_dies(database: Database) -> None:
    held, leaving, toast = put(
        database, message("digest"), message("prompt", chat="8"), message("toast", press_id="p")
    )
    assert claim(database, leaving)
    with database.transaction(NOW) as tx:
        outbox.hold_all(tx)
    with database.transaction(later(5)) as tx:
        assert quarantine.enter(tx, actor="person:9") == 2
    assert [row.state for row in rows(database)] == ["failed", "failed", "pending"]
    assert [row for act, row, _ in said(database)[-2:]] == [str(held), str(leaving)]
    with database.transaction(later(60)) as tx:
        quarantine.release(tx, actor="person:9")
    assert not claim(database, toast, at=60)


def test_nothing_is_restored_over_a_database(saved: Path, office: Database) -> None:
    with pytest.raises(TargetTakenError):
        backup.restore(saved, saved.parent / "office.sqlite", now=NOW)
    assert ledger.verify(office).entries == 1


def lose_an_index(saved: Path, bad: Path) -> None:
    """Let an index lack a row: everything can be read, and yet the file is not sound."""
    shutil.copy(saved, bad)
    find = "SELECT * FROM sqlite_master WHERE name = 'ix_binding_tries_account'"
    with changing_the_schema(bad) as connection:
        index = connection.execute(find).fetchone()
        connection.execute(find.replace("SELECT *", "DELETE"))
    with changing_the_schema(bad) as connection:
        connection.execute(
            "INSERT INTO binding_tries (door, account, tried_at, succeeded) VALUES ('a', 'b', 0, 0)"
        )
        connection.execute("INSERT INTO sqlite_master VALUES (?, ?, ?, ?, ?)", index)


@contextmanager
def changing_the_schema(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        yield connection
        connection.commit()


@pytest.mark.parametrize("damage", ["missing", "empty", "text", "cut", "index", "tampered"])
def test_a_damaged_backup_is_refused_and_leaves_nothing(
    saved: Path, tmp_path: Path, damage: str
) -> None:
    bad = tmp_path / "bad.backup"
    if damage == "text":
        bad.write_text("这不是备份" * 100, encoding="utf-8")
    elif damage == "cut":
        bad.write_bytes(saved.read_bytes()[: saved.stat().st_size // 2])
    elif damage == "empty":
        bad.touch()
    elif damage == "index":
        lose_an_index(saved, bad)
    elif damage == "tampered":
        shutil.copy(saved, bad)
        with closing(sqlite3.connect(bad)) as connection:
            connection.execute("DROP TRIGGER ledger_no_update")
            connection.execute("UPDATE ledger SET body = replace(body, 'A01', 'A02')")
            connection.commit()
    home = tmp_path / "home"
    home.mkdir()
    with pytest.raises(BackupError, match=r"bad\.backup"):
        backup.restore(bad, home / "office.sqlite", now=NOW)
    assert list(home.iterdir()) == []


@pytest.mark.parametrize(
    ("statement", "refusal", "why"),
    [
        ("UPDATE alembic_version SET version_num = '9999'", SchemaTooNewError, "请升级"),
        ("DROP TABLE ledger_head", BackupError, "不是方圆的数据"),
    ],
)
def test_a_backup_this_release_cannot_read_is_refused(
    saved: Path, tmp_path: Path, statement: str, refusal: type[Exception], why: str
) -> None:
    with closing(sqlite3.connect(saved)) as connection:
        connection.execute(statement)
        connection.commit()
    with pytest.raises(refusal, match=f"saved\\.backup.*{why}"):
        backup.restore(saved, tmp_path / "restored.sqlite", now=NOW)
    assert not (tmp_path / "restored.sqlite").exists()


def test_an_empty_database_takes_nobodys_place(tmp_path: Path) -> None:
    empty = tmp_path / "empty.db"
    with closing(sqlite3.connect(empty)) as connection:
        connection.execute("CREATE TABLE passing (id INTEGER)")
        connection.execute("DROP TABLE passing")
    with pytest.raises(BackupError, match=r"empty\.db.*没有数据"):
        backup.restore(empty, tmp_path / "restored.sqlite", now=NOW)
    assert not (tmp_path / "restored.sqlite").exists()


def test_a_backup_of_an_older_release_comes_back_at_the_newest_schema(
    office: Database, saved: Path, tmp_path: Path, opened: Callable[[str], Database]
) -> None:
    older = opened(sqlite_url(saved))
    with older.engine.begin() as connection:
        command.downgrade(configuration(connection), "0003")
    older.close()
    head = backup.restore(saved, tmp_path / "restored.sqlite", now=later(60))
    restored = opened(sqlite_url(tmp_path / "restored.sqlite"))
    with restored.engine.connect() as connection:
        assert schema.standing(connection, restored.where) == schema.newest()
    assert backup.is_quarantined(restored)
    with office.reading() as session:
        assert ledger.head(session) == head
    assert ledger.verify(restored, [head]).ok


def test_a_restored_database_can_be_backed_up_again(restored: Database, tmp_path: Path) -> None:
    head = backup.backup(restored, tmp_path / "second.backup")
    with restored.reading() as session:
        assert head == ledger.head(session)
        assert session.scalar(select(1)) == 1
