from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from storage import ledger, outbox
from storage.models.messages import OutboxRow
from storage.outbox import AimlessEditError
from tests.storage.messages import claim, deliver, line, message, put, row_of, rows, said
from tests.support.database import NOW, later

if TYPE_CHECKING:
    from storage.database import Database
    from storage.message_kinds import Kind


def test_a_message_is_kept_as_it_was_written(database: Database) -> None:
    (id_,) = put(
        database,
        message(
            "document",
            "请查收",
            buttons=((("A01", "t1"), ("A02", "t2")), (("全部知悉", "t3"),)),
            reply_to=12,
            document=Path("archive/1.docx"),
            file_name="通知书.docx",
            subjects=("A01", "A02"),
        ),
    )
    row = row_of(database, id_)
    assert row.buttons == [[["A01", "t1"], ["A02", "t2"]], [["全部知悉", "t3"]]]
    assert (row.reply_to, row.document, row.file_name) == (12, "archive/1.docx", "通知书.docx")
    assert (row.subjects, row.state, row.created_at) == (["A01", "A02"], "pending", NOW)


def test_a_key_that_was_used_writes_nothing(database: Database) -> None:
    first = put(database, message(dedup_key="digest:1:2026-06-15"))
    again = put(database, message(dedup_key="digest:1:2026-06-15"), at=60)
    assert (len(first), again) == (1, [])


def test_characters_a_database_does_not_keep_are_dropped(database: Database) -> None:
    (id_,) = put(database, message(text="甲\0乙\ud800"))
    assert row_of(database, id_).text == "甲乙?"


@pytest.mark.parametrize("kind", ["edit", "delete"])
def test_an_edit_that_names_no_message_is_refused(database: Database, kind: Kind) -> None:
    with pytest.raises(AimlessEditError):
        put(database, message(kind))


def test_the_newest_edit_wins_and_the_older_ones_are_accounted_for(database: Database) -> None:
    old, new = put(
        database,
        message("edit", "旧", edit_of=(55, 2)),
        message("edit", "新", edit_of=(55, 3)),
    )
    assert line(database) == [new]
    assert row_of(database, old).state == "superseded"
    assert said(database) == [("not_sent", str(old), "有更新的版本")]


def test_an_older_edit_that_comes_late_is_dropped(database: Database) -> None:
    (new,) = put(database, message("edit", "新", edit_of=(55, 3)))
    deliver(database, new)
    (late,) = put(database, message("edit", "旧", edit_of=(55, 2)), at=60)
    assert row_of(database, late).state == "superseded"


def test_edits_of_other_messages_do_not_touch_each_other(database: Database) -> None:
    put(
        database,
        message("edit", edit_of=(55, 2)),
        message("edit", edit_of=(56, 3)),
        message("edit", edit_of=(55, 3), chat="8"),
    )
    assert {row.state for row in rows(database)} == {"pending"}


def test_an_edit_being_sent_is_not_called_back(database: Database) -> None:
    (old,) = put(database, message("edit", "旧", edit_of=(55, 2)))
    assert claim(database, old)
    (new,) = put(database, message("edit", "新", edit_of=(55, 3)))
    assert (row_of(database, old).state, row_of(database, new).state) == ("sending", "pending")


def test_what_a_message_now_says_is_its_newest_edit(database: Database) -> None:
    (id_,) = put(database, message("answer", "旧"))
    deliver(database, id_, 55)
    with database.transaction(NOW) as tx:
        shown = outbox.find_by_message(tx, "telegram", "7", 55)
        assert shown is not None
        assert shown.text == "旧"
        tx.send(message("edit", "新", edit_of=(55, 2)))
        shown = outbox.find_by_message(tx, "telegram", "7", 55)
        assert shown is not None
        assert shown.text == "新"
        assert outbox.find_by_message(tx, "telegram", "7", 56) is None
        assert outbox.next_edit_version(tx, "telegram", "7", 55) == 3


def test_an_edit_is_never_taken_for_the_message_it_changed(database: Database) -> None:
    (id_,) = put(database, message("answer", "旧"))
    deliver(database, id_, 55)
    (edit,) = put(database, message("edit", "新", edit_of=(55, 2)), at=60)
    # a messenger that returns the message it edited names the same message again
    deliver(database, edit, 55, at=60)
    with database.transaction(later(90)) as tx:
        original = outbox.original_of(tx, "telegram", "7", 55)
        assert original is not None
        assert (original.id, original.text) == (id_, "旧")


def test_paused_sending_holds_what_can_wait_and_lets_answers_go(database: Database) -> None:
    waiting, answer = put(database, message("digest", chat="1"), message("answer", chat="2"))
    with database.transaction(later(1)) as tx:
        assert outbox.hold_all(tx) == 1
    (late,) = put(database, message("prompt", chat="3"), at=2)
    assert line(database, at=3) == [answer]
    assert [(act, row) for act, row, _ in said(database)] == [
        ("held", str(waiting)),
        ("held", str(late)),
    ]


def test_released_messages_go_in_their_order(database: Database) -> None:
    with database.transaction(NOW) as tx:
        outbox.hold_all(tx)
    first, second = put(database, message("digest"), message("prompt"))
    with database.transaction(later(60)) as tx:
        assert outbox.is_held(tx.session)
        assert outbox.release_all(tx) == 2
        assert not outbox.is_held(tx.session)
    assert line(database, at=60) == [first]
    deliver(database, first, at=60)
    assert line(database, at=61) == [second]


def test_a_message_that_has_not_left_can_be_called_back(database: Database) -> None:
    (id_,) = put(database, message())
    with database.transaction(later(1)) as tx:
        assert outbox.recall(
            tx, row_of(database, id_) and tx.session.get_one(OutboxRow, id_), "误发"
        )
    assert line(database, at=2) == []
    assert said(database) == [("not_sent", str(id_), "误发")]


def test_a_message_that_is_leaving_cannot_be_called_back(database: Database) -> None:
    (id_,) = put(database, message())
    with database.transaction(NOW) as tx:
        row = tx.session.get_one(OutboxRow, id_)
    assert claim(database, id_)
    with database.transaction(later(1)) as tx:
        row = tx.session.get_one(OutboxRow, row.id)
        assert not outbox.recall(tx, row, "误发")


def test_a_failed_transaction_leaves_no_message(database: Database) -> None:
    with pytest.raises(AimlessEditError):
        put(database, message(), message("edit"))
    assert rows(database) == []
    assert ledger.verify(database).entries == 0


def test_a_commit_wakes_who_waits_for_it_and_a_failure_does_not(database: Database) -> None:
    woken: list[int] = []
    database.on_commit(lambda: woken.append(len(rows(database))))
    put(database, message())
    with pytest.raises(AimlessEditError):
        put(database, message("edit"))
    assert woken == [1]
