from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import pytest

from storage import delivery, outbox, people
from storage.message_kinds import POLICIES, REPEATED, Kind
from tests.storage.messages import (
    claim,
    deliver,
    line,
    lose,
    message,
    put,
    refuse,
    row_of,
    rows,
    said,
)
from tests.support.database import NOW, later

if TYPE_CHECKING:
    from storage.database import Database


def failed(database: Database) -> list[int]:
    with database.reading() as session:
        return [row.id for row in delivery.failed_rows(session)]


def test_every_kind_has_a_policy() -> None:
    assert set(POLICIES) == set(get_args(Kind))


def test_toasts_go_first_then_the_first_of_each_chat_by_rank(database: Database) -> None:
    digest, second, confirmation, toast = put(
        database,
        message("digest", chat="1"),
        message("digest", chat="1"),
        message("confirmation", chat="2"),
        message("toast", chat="1", press_id="p"),
    )
    assert line(database) == [toast, confirmation, digest]
    assert second not in line(database)


def test_one_chat_s_messages_leave_in_their_order(database: Database) -> None:
    first, second = put(database, message("digest"), message("confirmation"))
    assert line(database) == [first]
    assert claim(database, first)
    assert line(database) == []
    with database.transaction(NOW) as tx:
        delivery.sent(tx, first, 100)
    assert line(database) == [second]


def test_a_chat_that_must_wait_is_left_out_but_not_its_toasts(database: Database) -> None:
    _, toast, other = put(
        database, message(), message("toast", press_id="p"), message(door="telegram", chat="8")
    )
    assert line(database, skip={("telegram", "7")}) == [toast, other]


def test_no_more_are_named_than_asked_for(database: Database) -> None:
    put(database, *(message(chat=str(chat)) for chat in range(5)))
    assert len(line(database, most=3)) == 3


def test_a_message_planned_for_later_waits_beside_the_line(database: Database) -> None:
    planned, now = put(database, message(not_before=later(60)), message())
    assert line(database) == [now]
    assert not claim(database, planned)
    with database.reading() as session:
        assert delivery.next_planned(session, NOW) == later(60)
    assert line(database, at=60) == [planned]


def test_what_waits_is_counted_without_parked_chats(database: Database) -> None:
    put(database, message(), message(), message(chat="8"), message(not_before=later(60)))
    with database.reading() as session:
        assert delivery.waiting(session, NOW) == 3
        assert delivery.waiting(session, NOW, parked={("telegram", "7")}) == 1


def test_a_message_is_taken_once(database: Database) -> None:
    (id_,) = put(database, message())
    assert claim(database, id_)
    assert not claim(database, id_)
    assert not claim(database, 999)


def test_a_delivered_message_is_known_by_its_id_and_its_reason(database: Database) -> None:
    (id_,) = put(database, message(reason="当日应提示"))
    deliver(database, id_, message_id=55)
    row = row_of(database, id_)
    assert (row.state, row.message_id, row.settled_at) == ("sent", 55, NOW)
    assert said(database) == [("sent", str(id_), "当日应提示")]


@pytest.mark.parametrize("kind", sorted(POLICIES))
def test_every_kind_is_sent_for_a_named_reason(database: Database, kind: Kind) -> None:
    (id_,) = put(database, message(kind, edit_of=(5, 1), press_id="p"))
    deliver(database, id_)
    assert said(database)[-1] == ("sent", str(id_), POLICIES[kind].purpose)


def test_a_failed_message_is_tried_three_times_then_a_person_sees_it(database: Database) -> None:
    first, second = put(database, message(), message())
    for at in (0, 10, 30):
        assert line(database, at=at) == [first]
        refuse(database, first, at=at)
    assert failed(database) == [first]
    assert line(database, at=31) == [second]
    assert [act for act, _, _ in said(database)] == ["not_sent"] * 3


def test_a_message_that_waits_for_its_next_try_holds_its_place(database: Database) -> None:
    first, _ = put(database, message(), message())
    refuse(database, first)
    assert line(database) == []
    assert not claim(database, first)
    assert line(database, at=2) == [first]


def test_what_will_never_be_taken_is_not_tried_again(database: Database) -> None:
    (id_,) = put(database, message())
    refuse(database, id_, final=True)
    assert failed(database) == [id_]


def test_what_could_not_be_tried_costs_no_try(database: Database) -> None:
    (id_,) = put(database, message())
    for _ in range(5):
        assert claim(database, id_)
        with database.transaction(NOW) as tx:
            delivery.postponed(tx, id_, "网络不通")
    assert (row_of(database, id_).state, row_of(database, id_).attempts) == ("pending", 0)
    assert said(database)[0] == ("postponed", str(id_), "网络不通")


@pytest.mark.parametrize("kind", ["digest", "prompt", "answer", "system"])
def test_an_unknown_message_is_sent_once_more_marked(database: Database, kind: Kind) -> None:
    (id_,) = put(database, message(kind, "A01 提示", subjects=("A01",)))
    lose(database, id_)
    original, repeat = rows(database)
    assert (original.state, repeat.state) == ("unknown", "pending")
    assert (repeat.text, repeat.subjects) == (f"{REPEATED}A01 提示", ["A01"])
    assert said(database)[-1] == ("unknown", str(id_), "超时；补发一次")


def test_a_repeat_whose_fate_is_unknown_too_goes_to_a_person(database: Database) -> None:
    (id_,) = put(database, message())
    lose(database, id_)
    repeat = rows(database)[1].id
    lose(database, repeat)
    assert len(rows(database)) == 2
    assert failed(database) == [repeat]


def test_tries_are_counted_over_the_message_and_its_repeat(database: Database) -> None:
    (id_,) = put(database, message())
    refuse(database, id_)
    lose(database, id_, at=10)
    repeat = rows(database)[1].id
    refuse(database, repeat, at=20)
    assert failed(database) == [repeat]


def test_an_unknown_confirmation_is_not_sent_again(database: Database) -> None:
    (id_,) = put(database, message("confirmation"))
    lose(database, id_)
    assert [row.state for row in rows(database)] == ["unknown"]
    assert failed(database) == []
    assert said(database)[-1] == ("unknown", str(id_), "超时；不再发送")


@pytest.mark.parametrize("kind", ["notice", "document"])
def test_an_unknown_notice_waits_for_a_person(database: Database, kind: Kind) -> None:
    (id_,) = put(database, message(kind))
    lose(database, id_)
    assert line(database, at=3600) == []
    assert failed(database) == [id_]


def test_a_person_can_send_it_again_and_it_is_marked(database: Database) -> None:
    (id_,) = put(database, message("notice", "通知书"))
    lose(database, id_)
    with database.transaction(later(60)) as tx:
        assert delivery.send_again(tx, id_, actor="person:9")
        assert not delivery.send_again(tx, 999, actor="person:9")
    assert row_of(database, id_).text == f"{REPEATED}通知书"
    assert line(database, at=60) == [id_]
    assert failed(database) == []


def test_what_was_surely_not_delivered_is_sent_again_unmarked(database: Database) -> None:
    (id_,) = put(database, message("notice", "通知书"))
    refuse(database, id_, final=True)
    with database.transaction(later(60)) as tx:
        assert delivery.send_again(tx, id_, actor="person:9")
    assert row_of(database, id_).text == "通知书"


@pytest.mark.parametrize("kind", ["edit", "delete"])
def test_an_unknown_edit_is_repeated_as_it_is_three_times_at_most(
    database: Database, kind: Kind
) -> None:
    (id_,) = put(database, message(kind, "新文字", edit_of=(55, 2)))
    for at in (0, 10, 20):
        lose(database, id_, at=at)
    assert [row.text for row in rows(database)] == ["新文字"]
    assert line(database, at=60) == []
    assert failed(database) == [id_]


def test_a_late_result_stops_the_repeat_that_has_not_left(database: Database) -> None:
    (id_,) = put(database, message())
    lose(database, id_)
    with database.transaction(later(5)) as tx:
        delivery.sent(tx, id_, 77)
        delivery.sent(tx, id_, 78)
    original, repeat = rows(database)
    assert (original.state, original.message_id, repeat.state) == ("sent", 77, "superseded")
    assert said(database)[-2] == ("not_sent", str(repeat.id), "原消息已送达，不再补发")


def test_a_late_failure_of_what_was_settled_changes_nothing(database: Database) -> None:
    (id_,) = put(database, message())
    deliver(database, id_)
    with database.transaction(later(5)) as tx:
        delivery.not_sent(tx, id_, "迟到的错误", final=True)
        delivery.unknown(tx, id_, "迟到的超时")
        delivery.postponed(tx, id_, "迟到的等待")
    assert (row_of(database, id_).state, row_of(database, id_).attempts) == ("sent", 1)


def test_a_toast_is_dead_after_fifteen_seconds(database: Database) -> None:
    early, late = put(database, message("toast", press_id="1"), message("toast", press_id="2"))
    assert claim(database, early, at=15)
    assert not claim(database, late, at=16)
    assert row_of(database, late).state == "expired"
    assert said(database) == [("not_sent", str(late), "已过时")]


@pytest.mark.parametrize("fate", ["not_sent", "unknown", "postponed"])
def test_a_toast_is_never_repeated_and_never_a_failure(database: Database, fate: str) -> None:
    (id_,) = put(database, message("toast", press_id="1"))
    assert claim(database, id_)
    with database.transaction(NOW) as tx:
        if fate == "not_sent":
            delivery.not_sent(tx, id_, "查询已过期", final=False)
        elif fate == "unknown":
            delivery.unknown(tx, id_, "超时")
        else:
            delivery.postponed(tx, id_, "请等待")
    assert line(database, at=1) == []
    assert failed(database) == []
    assert len(rows(database)) == 1


def test_after_a_crash_what_was_being_sent_is_unknown(database: Database) -> None:
    digest, notice, edit, toast = put(
        database,
        message("digest", chat="1"),
        message("notice", chat="2"),
        message("edit", chat="3", edit_of=(5, 2)),
        message("toast", press_id="p"),
    )
    for id_ in (digest, notice, edit, toast):
        assert claim(database, id_)
    with database.transaction(later(5)) as tx:
        assert delivery.recover(tx) == 4
    states = {row.id: row.state for row in rows(database)}
    repeat = max(states)
    assert states == {
        digest: "unknown",
        notice: "unknown",
        edit: "pending",
        toast: "unknown",
        repeat: "pending",
    }
    with database.transaction(later(6)) as tx:
        assert delivery.recover(tx) == 0


def test_a_crash_is_no_reason_to_touch_what_another_worker_is_sending(database: Database) -> None:
    (id_,) = put(database, message())
    with database.transaction(NOW) as tx:
        delivery.claim(tx, id_, worker="north")
    with database.transaction(later(5)) as tx:
        assert delivery.recover(tx, worker="south") == 0
    with database.transaction(later(3600)) as tx:
        assert delivery.recover(tx, worker="south") == 1


def test_a_moved_chat_takes_all_that_waits_along(database: Database) -> None:
    first, second, other = put(database, message(), message(), message(chat="8"))
    with database.transaction(NOW) as tx:
        listed = people.Listed("周岚", "刑检一部", ("prosecutor",))
        (person,) = people.keep(tx.session, "office", [listed])
        person.door, person.account, person.chat = "telegram", "7", "7"
    assert claim(database, first)
    with database.transaction(later(1)) as tx:
        delivery.moved(tx, first, "-1007")
    assert [row.chat for row in rows(database)] == ["-1007", "-1007", "8"]
    assert line(database, at=1) == [first, other]
    with database.reading() as session:
        found = people.by_account(session, "telegram", "7")
    assert found is not None
    assert found.chat == "-1007"
    assert second not in line(database, at=1)


def test_what_failed_while_sending_was_paused_is_held(database: Database) -> None:
    (id_,) = put(database, message())
    assert claim(database, id_)
    with database.transaction(later(1)) as tx:
        outbox.hold_all(tx)
    with database.transaction(later(2)) as tx:
        delivery.not_sent(tx, id_, "对方服务出错", final=False)
    assert row_of(database, id_).state == "held"
    assert line(database, at=60) == []


def test_a_repeat_is_held_while_sending_is_paused(database: Database) -> None:
    (id_,) = put(database, message())
    assert claim(database, id_)
    with database.transaction(later(1)) as tx:
        outbox.hold_all(tx)
    with database.transaction(later(2)) as tx:
        delivery.unknown(tx, id_, "超时")
    assert [row.state for row in rows(database)] == ["unknown", "held"]
