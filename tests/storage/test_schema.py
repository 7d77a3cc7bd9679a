from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Column, Integer, Table, inspect, text
from sqlalchemy.exc import StatementError

from storage import due_jobs, schema
from storage.database import Database, sqlite_url
from storage.errors import (
    BadAddressError,
    DatabaseUnusableError,
    ForeignDatabaseError,
    SchemaTooNewError,
)
from storage.migrations.draft import draft
from storage.migrations.runner import SCRIPTS, BrokenReferenceError, configuration
from storage.models import every_table
from storage.models.base import Moment
from tests.support.database import NOW, python

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from storage.transaction import Transaction

PRIVATE = 0o600


def test_migrating_makes_exactly_what_the_classes_declare(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, every_table())
    assert differences == []


def test_the_indexes_of_growing_tables_are_there(database: Database) -> None:
    indexes = {
        index["name"]
        for table in ("outbox", "inbox", "ledger", "findings", "due_jobs")
        for index in inspect(database.engine).get_indexes(table)
    }
    declared = {
        index.name
        for table in ("outbox", "inbox", "ledger", "findings", "due_jobs")
        for index in every_table().tables[table].indexes
    }
    assert declared <= indexes


def test_migrating_twice_changes_nothing(empty_url: str, opened: Callable[[str], Database]) -> None:
    database = opened(empty_url)
    database.migrate()
    with database.transaction(NOW) as tx:
        tx.record("started", "office", actor="system")
    database.migrate()
    with database.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM ledger")) == 1


def test_processes_that_start_together_make_one_schema(
    empty_url: str, opened: Callable[[str], Database]
) -> None:
    script = (
        "import sys; from storage.database import Database;"
        "database = Database(sys.argv[1]); database.migrate(); database.close()"
    )
    started = [python(script, empty_url) for _ in range(4)]
    complaints = [process.communicate()[1] for process in started]
    assert [process.returncode for process in started] == [0] * 4, complaints
    with opened(empty_url).reading() as session:
        assert session.scalar(text("SELECT count(*) FROM ledger_head")) == 1


def test_a_schema_that_is_current_is_opened_without_loading_migrations(migrated_file: Path) -> None:
    script = (
        "import sys; from storage.database import Database; Database(sys.argv[1]).migrate();"
        "sys.exit('alembic' in sys.modules)"
    )
    process = python(script, sqlite_url(migrated_file))
    process.communicate()
    assert process.returncode == 0


def test_a_migration_can_be_undone_and_done_again(database: Database) -> None:
    from alembic import command  # noqa: PLC0415 - only this test goes backwards

    with database.engine.begin() as connection:
        command.downgrade(configuration(connection), "base")
        left = set(inspect(connection).get_table_names())
        command.upgrade(configuration(connection), "head")
    assert left == {"alembic_version"}
    with database.transaction(NOW) as tx:
        mark = tx.record("started", "office", actor="system")
    assert mark.seq == 1


def test_every_migration_file_is_named_after_its_version() -> None:
    scripts = ScriptDirectory(str(SCRIPTS)).walk_revisions()
    assert sorted(script.revision for script in scripts) == list(schema.versions())


def test_a_schema_of_a_newer_release_is_refused_in_one_sentence(database: Database) -> None:
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SchemaTooNewError) as refused:
        database.migrate()
    assert "更新版本" in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "address", ["nonsense", "oracle://x/y", "sqlite+none:///x", "mysql+nodriver://x/y"]
)
def test_an_address_that_names_no_database_is_refused_before_anything_is_opened(
    address: str,
) -> None:
    with pytest.raises(BadAddressError):
        Database(address)


def test_a_database_of_another_program_is_refused_and_left_alone(
    empty_url: str, opened: Callable[[str], Database]
) -> None:
    database = opened(empty_url)
    with database.engine.begin() as connection:
        connection.execute(text("CREATE TABLE shopping (id INTEGER)"))
    with pytest.raises(ForeignDatabaseError) as refused:
        database.migrate()
    assert "其他程序" in str(refused.value)
    assert inspect(database.engine).get_table_names() == ["shopping"]


def test_a_file_that_is_no_database_is_refused_in_one_sentence(
    tmp_path: Path, opened: Callable[[str], Database]
) -> None:
    path = tmp_path / "letter.sqlite"
    path.write_text("这是一封信" * 500, encoding="utf-8")
    with pytest.raises(DatabaseUnusableError) as refused:
        opened(sqlite_url(path)).migrate()
    assert "不是数据库" in str(refused.value)


def test_a_missing_folder_is_named_in_one_sentence(
    tmp_path: Path, opened: Callable[[str], Database]
) -> None:
    with pytest.raises(DatabaseUnusableError) as refused:
        opened(sqlite_url(tmp_path / "nowhere" / "office.sqlite")).migrate()
    assert "nowhere" in str(refused.value)


def test_a_server_that_does_not_answer_is_named_without_its_password(
    opened: Callable[[str], Database],
) -> None:
    with pytest.raises(DatabaseUnusableError) as refused:
        opened("postgresql+psycopg://officer:secret@127.0.0.1:1/office").migrate()
    assert "没有应答" in str(refused.value)
    assert "secret" not in str(refused.value)


def test_sqlite_is_opened_as_the_design_says(
    tmp_path: Path, opened: Callable[[str], Database]
) -> None:
    database = opened(sqlite_url(tmp_path / "office.sqlite"))
    database.migrate()
    with database.transaction(NOW) as tx:
        found = {
            name: tx.session.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "foreign_keys", "recursive_triggers")
        }
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "recursive_triggers": 1,
    }


def test_a_transaction_takes_the_writers_lock_before_it_reads(
    tmp_path: Path, opened: Callable[[str], Database]
) -> None:
    path = tmp_path / "office.sqlite"
    database = opened(sqlite_url(path))
    database.migrate()
    with database.transaction(NOW):
        other = sqlite3.connect(path, timeout=0)
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        other.close()


def test_the_file_and_its_side_files_are_the_owners_only(
    tmp_path: Path, opened: Callable[[str], Database]
) -> None:
    database = opened(sqlite_url(tmp_path / "office.sqlite"))
    database.migrate()
    with database.transaction(NOW) as tx:
        tx.record("started", "office", actor="system")
    modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}
    assert modes == dict.fromkeys(
        ("office.sqlite", "office.sqlite-wal", "office.sqlite-shm"), PRIVATE
    )


def test_a_file_that_others_could_read_is_closed_to_them(
    tmp_path: Path, migrated_file: Path, opened: Callable[[str], Database]
) -> None:
    path = tmp_path / "office.sqlite"
    path.write_bytes(migrated_file.read_bytes())
    path.chmod(0o644)
    opened(sqlite_url(path)).migrate()
    assert path.stat().st_mode & 0o777 == PRIVATE


def test_there_is_nothing_to_draft_while_classes_and_migrations_agree(tmp_path: Path) -> None:
    path = draft("nothing at all", into=tmp_path)
    written = path.read_text(encoding="utf-8")
    assert f'down_revision = "{schema.newest()}"' in written.replace("'", '"')
    assert "op." not in written


def test_a_draft_holds_what_the_classes_have_and_the_migrations_lack(tmp_path: Path) -> None:
    table = Table("shelves", every_table(), Column("id", Integer, primary_key=True))
    table.append_column(Column("moved_at", Moment, nullable=False))
    try:
        written = draft("shelves", into=tmp_path).read_text(encoding="utf-8")
    finally:
        every_table().remove(table)
    assert "Moment()" in written
    assert "'shelves'" in written


def test_a_migration_that_leaves_dangling_rows_is_rolled_back(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sqlite.engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.executescript(
            "PRAGMA foreign_keys = OFF;"
            "INSERT INTO invites (person_id, code_hash, created_at, expires_at)"
            " VALUES (99, 'x', '2026-06-15', '2026-06-15');"
            "PRAGMA foreign_keys = ON;"
        )
    monkeypatch.setattr("storage.schema.newest", lambda: "9999")
    with pytest.raises(BrokenReferenceError):
        sqlite.migrate()


def test_a_moment_without_a_zone_is_not_kept(database: Database) -> None:
    with pytest.raises(StatementError, match="zone"), database.transaction(NOW) as tx:
        put_naive(tx)


def put_naive(tx: Transaction) -> None:
    due_jobs.plan(tx, "job", NOW.replace(tzinfo=None), key="a", data={})


def test_a_database_in_memory_makes_no_file(
    tmp_path: Path, opened: Callable[[str], Database], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    opened("sqlite+pysqlite:///:memory:").migrate()
    assert list(tmp_path.iterdir()) == []
