"""The second schema, from a database of the first one that holds data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alembic import command
from sqlalchemy import inspect, text

from storage.migrations.runner import configuration
from tests.support.database import NOW

if TYPE_CHECKING:
    from collections.abc import Callable

    from storage.database import Database

NEW = {
    "awaited_texts",
    "feedback_items",
    "notice_items",
    "notices",
    "objections",
    "oral_prompts",
    "outcomes",
}


def first_schema_with_data(database: Database) -> None:
    with database.engine.begin() as connection:
        command.upgrade(configuration(connection), "0001")
        connection.execute(
            text(
                "INSERT INTO people (id, office, department, name, aliases, roles, active,"
                " unreachable) VALUES (1, '甲院', '一部', '林知秋', '[]', '[\"prosecutor\"]',"
                " :yes, :no)"
            ),
            {"yes": True, "no": False},
        )
        connection.execute(
            text("INSERT INTO settings (office, name, value) VALUES ('甲院', 'held', 'false')")
        )


def test_what_the_first_schema_held_is_still_there(
    empty_url: str, opened: Callable[[str], Database]
) -> None:
    database = opened(empty_url)
    first_schema_with_data(database)
    assert not NEW & set(inspect(database.engine).get_table_names())
    database.migrate()
    assert set(inspect(database.engine).get_table_names()) >= NEW
    with database.reading() as session:
        assert session.execute(text("SELECT name FROM people")).scalars().all() == ["林知秋"]
        assert session.execute(text("SELECT count(*) FROM ledger_head")).scalar() == 1
    with database.transaction(NOW) as tx:
        assert tx.record("started", "office", actor="system")


def test_going_back_drops_the_new_tables_only(database: Database) -> None:
    with database.engine.begin() as connection:
        command.downgrade(configuration(connection), "0001")
        left = set(inspect(connection).get_table_names())
        command.upgrade(configuration(connection), "head")
    assert not NEW & left
    assert {"findings", "ledger", "people"} <= left
