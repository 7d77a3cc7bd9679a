from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from bot.pacing import Pace
from storage.models.people import Person
from storage.outbox import Outgoing
from tests.support.runtime import IMPATIENT_SECONDS, parts
from tests.support.sandbox import WU, ZHOU

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from storage.database import Database
    from storage.transaction import Transaction
    from tests.support.runtime import Parts


@pytest.fixture
async def office(tmp_path: Path, database: Database) -> AsyncIterator[Parts]:
    async with parts(tmp_path, on=database) as ready:
        yield ready


@pytest.fixture
async def impatient(tmp_path: Path, database: Database) -> AsyncIterator[Parts]:
    """An office whose client does not wait long for an answer."""
    async with parts(tmp_path, on=database, read_seconds=IMPATIENT_SECONDS) as ready:
        yield ready


async def _texts(office: Parts, person: int = ZHOU.id) -> list[str]:
    return [message["text"] for message in await office.line.seen(person)]


async def _settled(office: Parts, number: int) -> str:
    async def state() -> str:
        row = await office.row(number)
        return row.state if row.state not in {"pending", "sending"} else ""

    found: str = await office.until(state)
    return found


async def test_a_committed_row_is_sent_and_its_message_known(office: Parts) -> None:
    number = await office.queue("A01 已记录")

    assert await _settled(office, number) == "sent"
    (seen,) = await office.line.seen()
    row = await office.row(number)
    assert (seen["text"], seen["message_id"]) == ("A01 已记录", row.message_id)
    assert await office.results() == [("message_sent", "回答来信")]


async def test_messages_of_a_chat_keep_their_order(office: Parts) -> None:
    for text in ("一", "二", "三"):
        await office.queue(text)
    await office.dispatcher.drain()

    assert await _texts(office) == ["一", "二", "三"]


async def test_an_edit_changes_the_message_and_an_equal_one_is_no_failure(office: Parts) -> None:
    number = await office.queue("A01")
    await _settled(office, number)
    message = (await office.row(number)).message_id
    assert message is not None

    for version, text in ((2, "A01 已知悉"), (3, "A01 已知悉")):
        edit = await office.queue(text, "edit", edit_of=(message, version))
        assert await _settled(office, edit) == "sent"

    assert await _texts(office) == ["A01 已知悉"]


async def test_removing_what_is_gone_counts_as_removed(office: Parts) -> None:
    number = await office.queue("身份证号")
    await _settled(office, number)
    message = (await office.row(number)).message_id
    assert message is not None

    first = await office.queue("", "delete", edit_of=(message, 1))
    second = await office.queue("", "delete", edit_of=(message, 1))

    assert [await _settled(office, one) for one in (first, second)] == ["sent", "sent"]
    assert await _texts(office) == []


@pytest.mark.parametrize(
    ("kind", "state", "act"),
    [
        ("403", "failed", "message_not_sent"),
        ("400", "failed", "message_not_sent"),
        ("502", "unknown", "message_unknown"),
        ("reset", "unknown", "message_unknown"),
    ],
)
async def test_each_fault_of_a_confirmation_has_its_named_result(
    office: Parts, kind: str, state: str, act: str
) -> None:
    await office.line.ask("POST", "/faults", method="sendMessage", times=1, kind=kind)
    number = await office.queue("已记录", "confirmation")

    assert await _settled(office, number) == state
    ((found, reason),) = await office.results()
    assert (found, bool(reason)) == (act, True)


async def test_a_confirmation_of_unknown_fate_is_not_said_again(impatient: Parts) -> None:
    order: dict[str, Any] = {"method": "sendMessage", "times": 1, "kind": "timeout_after_delivery"}
    await impatient.line.ask("POST", "/faults", **order)
    number = await impatient.queue("已记录", "confirmation")

    assert await _settled(impatient, number) == "unknown"
    await impatient.dispatcher.drain()
    assert await _texts(impatient) == ["已记录"]


async def test_a_digest_of_unknown_fate_is_said_once_more_and_marked(impatient: Parts) -> None:
    order: dict[str, Any] = {"method": "sendMessage", "times": 1, "kind": "timeout_after_delivery"}
    await impatient.line.ask("POST", "/faults", **order)
    await impatient.queue("A01 期限届满提示", "digest")

    async def both() -> bool:
        return len(await _texts(impatient)) > 1

    await impatient.until(both)
    await impatient.dispatcher.drain()
    assert await _texts(impatient) == ["A01 期限届满提示", "【补发】A01 期限届满提示"]


async def test_a_notice_of_unknown_fate_waits_for_a_person(impatient: Parts) -> None:
    order: dict[str, Any] = {"method": "sendMessage", "times": 1, "kind": "timeout_after_delivery"}
    await impatient.line.ask("POST", "/faults", **order)
    number = await impatient.queue("监控通知书", "notice")

    assert await _settled(impatient, number) == "unknown"
    await impatient.dispatcher.drain()
    assert await _texts(impatient) == ["监控通知书"]


async def test_too_many_requests_hold_up_their_chat_only_and_count_as_no_try(
    office: Parts,
) -> None:
    order: dict[str, Any] = {"method": "sendMessage", "times": 1, "kind": "429", "contains": "慢"}
    await office.line.ask("POST", "/faults", **order)
    slow = await office.queue("慢")
    other = await office.queue("快", chat=str(WU.id))

    assert await _settled(office, other) == "sent"
    assert (await office.row(slow)).state != "sent"
    assert await _settled(office, slow) == "sent"
    assert (await office.row(slow)).attempts == 1
    assert sorted(act for act, _ in await office.results()) == [
        "message_postponed",
        "message_sent",
        "message_sent",
    ]


async def test_a_person_who_blocked_the_bot_is_noted_as_unreachable(office: Parts) -> None:
    def bind(tx: Transaction) -> None:
        chat = str(ZHOU.id)
        tx.session.add(
            Person(office="院", name="周岚", door="telegram", account=chat, chat=chat, roles=[])
        )

    await office.work.write(bind)
    await office.line.ask("POST", f"/people/{ZHOU.id}/block", blocked=True)
    number = await office.queue("提示", "digest")

    assert await _settled(office, number) == "failed"
    person = await office.work.read(lambda session: session.get_one(Person, 1))
    assert person.unreachable


async def test_a_row_that_is_not_due_yet_waits_for_its_moment(office: Parts) -> None:
    later = office.clock.now() + timedelta(hours=1)
    number = await office.queue("一小时后", not_before=later)
    await office.dispatcher.drain()
    assert (await office.row(number)).state == "pending"

    office.clock.move_to(later)
    await office.dispatcher.drain()

    assert (await office.row(number)).state == "sent"


async def test_an_answer_to_a_press_dies_after_fifteen_seconds(office: Parts) -> None:
    toast = Outgoing(
        person_id=None, door="telegram", chat=str(ZHOU.id), kind="toast", text="晚了", press_id="1"
    )

    def sixteen_seconds_ago(tx: Transaction) -> int:
        row = tx.send(toast)
        assert row is not None
        row.created_at -= timedelta(seconds=16)
        return row.id

    number = await office.work.write(sixteen_seconds_ago)

    assert await _settled(office, number) == "expired"
    assert await office.results() == [("message_not_sent", "已过时")]


async def test_what_was_being_sent_when_the_process_died_is_unknown(tmp_path: Path) -> None:
    async with parts(tmp_path) as office:
        number = await office.queue("已记录", "confirmation")
        await _settled(office, number)

        def die_while_sending(tx: Transaction) -> None:
            row = tx.session.get_one(type(found), number)
            row.state, row.attempts = "sending", 1

        found = await office.row(number)
        await office.work.write(die_while_sending)

        assert await office.dispatcher.recover() == 1
        assert (await office.row(number)).state == "unknown"


async def test_the_fourth_message_waits_for_its_second(tmp_path: Path) -> None:
    moments: list[float] = []

    def standing_still() -> float:
        return 1000.0 + len(moments)

    async with parts(tmp_path, Pace(monotonic=standing_still)) as office:
        numbers = [await office.queue(text) for text in "一二三四"]
        assert await _settled(office, numbers[2]) == "sent"
        assert (await office.row(numbers[3])).state == "pending"

        moments.append(1.0)

        assert await _settled(office, numbers[3]) == "sent"


async def test_a_network_that_is_down_postpones_and_counts_no_try(tmp_path: Path) -> None:
    async with parts(tmp_path) as office:
        office.door._bot._base_url = office.door._bot._base_url.replace("127.0.0.1", "127.0.0.2")
        number = await office.queue("提示", "digest")

        async def postponed() -> bool:
            return bool(await office.results())

        await office.until(postponed)
        row = await office.row(number)
        assert (row.state, row.attempts) == ("pending", 0)
        assert {act for act, _ in await office.results()} == {"message_postponed"}


async def test_what_waits_for_a_group_follows_it_to_its_new_number(office: Parts) -> None:
    group = await office.line.ask("POST", "/chats", title="小组", type="group")
    path = f"/chats/{group['id']}/upgrade"
    upgraded = await office.line.ask("POST", path)
    number = await office.queue("群里的话", chat=str(group["id"]))

    assert await _settled(office, number) == "sent"
    assert (await office.row(number)).chat == str(upgraded["id"])
    assert [act for act, _ in await office.results()] == ["message_postponed", "message_sent"]


async def test_a_document_arrives_whole_under_its_name(office: Parts, tmp_path: Path) -> None:
    paper = tmp_path / "x1"
    paper.write_bytes(b"PK\x03\x04")
    number = await office.queue("台账", "document", document=paper, file_name="台账.docx")

    assert await _settled(office, number) == "sent"
    (seen,) = await office.line.seen()
    assert (seen["document"]["file_name"], seen["document"]["size"]) == ("台账.docx", 4)


async def test_a_document_that_is_gone_is_named_and_not_tried_again(
    office: Parts, tmp_path: Path
) -> None:
    number = await office.queue("台账", "document", document=tmp_path / "gone.docx")

    assert await _settled(office, number) == "failed"
    ((act, reason),) = await office.results()
    assert (act, reason.startswith("附件无法读取")) == ("message_not_sent", True)


async def test_a_door_that_is_not_open_is_named(office: Parts) -> None:
    outgoing = Outgoing(person_id=None, door="feishu", chat="1", kind="answer", text="在吗")

    def write(tx: Transaction) -> int:
        row = tx.send(outgoing)
        assert row is not None
        return row.id

    assert await _settled(office, await office.work.write(write)) == "failed"
    assert await office.results() == [("message_not_sent", "消息通道 feishu 没有打开")]
