from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from storage import inbox, settings
from storage.errors import DatabaseUnusableError
from storage.models.messages import InboxRow
from tests.storage.messages import message, rows
from tests.support.database import NOW, later

if TYPE_CHECKING:
    from storage.database import Database

WORKERS = 4
UPDATES = 40


def put(database: Database, update_id: int, chat: str = "7", text: str = "收到") -> bool:
    return inbox.put(database, "telegram", update_id, chat, {"text": text}, NOW)


def kept(database: Database) -> list[InboxRow]:
    with database.reading() as session:
        return list(session.scalars(select(InboxRow).order_by(InboxRow.id)))


def first_of(database: Database, chat: str = "7") -> int | None:
    with database.reading() as session:
        row = inbox.next_of(session, "telegram", chat)
        return None if row is None else row.id


def test_an_update_is_committed_once_put_returns(database: Database) -> None:
    assert put(database, 1)
    (row,) = kept(database)
    assert (row.state, row.payload, row.received_at) == ("open", {"text": "收到"}, NOW)


def test_an_update_that_comes_twice_changes_nothing(database: Database) -> None:
    put(database, 1, text="第一次")
    assert not put(database, 1, text="第二次")
    assert [row.payload for row in kept(database)] == [{"text": "第一次"}]


def test_an_update_kept_by_eight_threads_at_once_is_kept_once(database: Database) -> None:
    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(lambda _: put(database, 1), range(8)))
    assert sorted(taken) == [False] * 7 + [True]
    assert len(kept(database)) == 1


def test_an_update_done_long_ago_is_still_known(database: Database) -> None:
    put(database, 1)
    with database.transaction(NOW) as tx:
        row = inbox.take(tx, kept(database)[0].id)
        assert row is not None
        inbox.done(tx, row)
    assert not put(database, 1)
    assert first_of(database) is None


def test_a_write_that_fails_is_told_so_that_the_offset_stays(sqlite: Database) -> None:
    with sqlite.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1")
    with pytest.raises(DatabaseUnusableError):
        inbox.put(sqlite, "telegram", 1, "7", {"text": "长" * 100_000}, NOW)
    assert kept(sqlite) == []


def test_every_character_a_messenger_can_send_is_kept(database: Database) -> None:
    inbox.put(database, "telegram", 1, "7", {"text": "a\0b \ud800 👍 \u202e"}, NOW)
    assert kept(database)[0].payload == {"text": "a\0b \ud800 👍 \u202e"}


def test_chats_with_open_updates_are_listed_the_longest_waiting_first(database: Database) -> None:
    for update_id, chat in enumerate(("8", "7", "8", "9"), start=1):
        put(database, update_id, chat)
    with database.reading() as session:
        assert inbox.open_chats(session) == [
            ("telegram", "8"),
            ("telegram", "7"),
            ("telegram", "9"),
        ]


def test_a_chat_is_worked_off_in_its_order(database: Database) -> None:
    for update_id in (5, 6, 7):
        put(database, update_id)
    done = []
    while (id_ := first_of(database)) is not None:
        with database.transaction(NOW) as tx:
            row = inbox.take(tx, id_)
            assert row is not None
            inbox.done(tx, row)
            done.append(row.update_id)
    assert done == [5, 6, 7]


def test_an_update_is_not_taken_while_an_older_one_of_its_chat_is_open(database: Database) -> None:
    put(database, 1)
    put(database, 2)
    put(database, 3, chat="8")
    older, younger, elsewhere = kept(database)
    with database.transaction(NOW) as tx:
        assert inbox.take(tx, younger.id) is None
        assert inbox.take(tx, elsewhere.id) is not None
        assert inbox.take(tx, older.id) is not None


@pytest.mark.postgresql
def test_two_workers_never_have_the_same_update(postgresql: Database) -> None:
    put(postgresql, 1)
    (row,) = kept(postgresql)
    with (
        postgresql.transaction(NOW, alone=False) as one,
        postgresql.transaction(NOW, alone=False) as other,
    ):
        assert inbox.take(one, row.id) is not None
        assert inbox.take(other, row.id) is None


@pytest.mark.postgresql
def test_a_worker_does_not_take_what_follows_an_update_another_is_working_off(
    postgresql: Database,
) -> None:
    put(postgresql, 1)
    put(postgresql, 2)
    older, younger = kept(postgresql)
    with (
        postgresql.transaction(NOW, alone=False) as one,
        postgresql.transaction(NOW, alone=False) as other,
    ):
        assert inbox.take(one, older.id) is not None
        assert inbox.take(other, younger.id) is None


def test_done_and_effects_come_true_together_or_not_at_all(database: Database) -> None:
    put(database, 1)
    id_ = kept(database)[0].id
    with pytest.raises(ZeroDivisionError):
        _handle_badly(database, id_)
    assert rows(database) == []
    assert first_of(database) == id_


def _handle_badly(database: Database, id_: int) -> None:
    with database.transaction(NOW) as tx:
        row = inbox.take(tx, id_)
        assert row is not None
        tx.record("claim", "finding:A01", actor="person:1")
        tx.send(message("confirmation"))
        inbox.done(tx, row)
        raise ZeroDivisionError


def test_an_update_that_always_fails_is_set_aside_and_its_chat_goes_on(database: Database) -> None:
    put(database, 1)
    put(database, 2)
    bad, good = kept(database)
    given_up = []
    for seconds in range(3):
        assert first_of(database) == bad.id
        with database.transaction(later(seconds)) as tx:
            given_up.append(inbox.failed(tx, bad.id, f"第{seconds}次出错"))
    assert given_up == [False, False, True]
    assert first_of(database) == good.id
    with database.reading() as session:
        assert [(row.id, row.reason) for row in inbox.set_aside(session)] == [(bad.id, "第2次出错")]
    assert kept(database)[0].payload == {"text": "收到"}


def test_a_person_can_have_it_tried_again(database: Database) -> None:
    put(database, 1)
    (row,) = kept(database)
    for _ in range(3):
        with database.transaction(NOW) as tx:
            inbox.failed(tx, row.id, "出错")
    with database.transaction(later(60)) as tx:
        assert inbox.try_again(tx, row.id, actor="person:9")
        assert not inbox.try_again(tx, row.id, actor="person:9")
    assert first_of(database) == row.id


def test_a_failure_of_what_was_done_meanwhile_changes_nothing(database: Database) -> None:
    put(database, 1)
    (row,) = kept(database)
    with database.transaction(NOW) as tx:
        taken = inbox.take(tx, row.id)
        assert taken is not None
        inbox.done(tx, taken)
        assert not inbox.failed(tx, row.id, "出错")
    assert kept(database)[0].attempts == 0


def test_several_workers_work_every_update_off_once_and_each_chat_in_order(
    database: Database,
) -> None:
    for update_id in range(UPDATES):
        put(database, update_id, chat=str(update_id % 5))

    def work(_: int) -> None:
        while True:
            with database.reading() as session:
                chats = inbox.open_chats(session)
                heads = [inbox.next_of(session, *place) for place in chats]
            if not heads:
                return
            for head in heads:
                if head is not None:
                    _work_off(database, head.id)

    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(work, range(WORKERS)))
    with database.reading() as session:
        done = settings.read(session, "office", "done", [])
    assert sorted(done) == list(range(UPDATES))
    assert all(
        [one for one in done if one % 5 == chat] == list(range(chat, UPDATES, 5))
        for chat in range(5)
    )


def _work_off(database: Database, id_: int) -> None:
    with database.transaction(NOW) as tx:
        row = inbox.take(tx, id_)
        if row is None:
            return
        so_far = settings.read(tx.session, "office", "done", [])
        settings.write(tx.session, "office", "done", [*so_far, row.update_id])
        inbox.done(tx, row)
