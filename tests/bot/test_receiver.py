from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NoReturn

import aiohttp
import pytest
from sqlalchemy import select

from bot.attachments import Attachments
from bot.receiver import Receiver
from bot.shelf import LateSearch
from handlers import tell
from handlers.desk import Desk
from handlers.incoming import Pressed, Said, Uploaded
from knowledge.calendar import Calendar
from knowledge.errors import UserFacingError
from storage import inbox
from storage.errors import DatabaseUnusableError
from storage.models.messages import InboxRow
from storage.models.people import Person
from tests.support.runtime import parts
from tests.support.sandbox import WU, ZHOU

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from handlers.incoming import Incoming
    from storage.database import Database
    from storage.transaction import Transaction
    from tests.support.runtime import Parts

OFFICE = "云川市北宽区人民检察院"
DESK = Desk(
    office=OFFICE,
    calendar=Calendar(),
    rules={},
    search=LateSearch(),
    doors={"telegram": "internet"},
    settings={},
)


class WrongDayError(UserFacingError):
    def __init__(self) -> None:
        super().__init__("日期不对，请重写")


def _fail(why: str) -> NoReturn:
    raise LookupError(why)


@dataclass
class Echo:
    """Answers what was said; trouble is ordered by the words themselves."""

    heard: list[str] = field(default_factory=list)
    times: int = 0

    def __call__(self, tx: Transaction, desk: Desk, event: Incoming) -> None:
        del desk
        if isinstance(event, Pressed):
            _fail("按钮坏了")
        if isinstance(event, Uploaded):
            self.heard.append(str(event.path))
            return
        assert isinstance(event, Said)
        tell.answer(tx, event.origin, f"听到：{event.text}")
        self.times += 1
        if event.text == "总是坏":
            raise ValueError(event.text)
        if event.text == "坏一次" and self.times == 1:
            raise ValueError(event.text)
        if event.text == "磁盘满" and self.times < 6:
            raise DatabaseUnusableError("office.db", "database or disk is full")
        if event.text == "拒绝":
            raise WrongDayError
        self.heard.append(event.text)


@dataclass(frozen=True)
class Hearing:
    """The parts with a receiver that polls them."""

    parts: Parts
    echo: Echo
    receiver: Receiver

    async def heard(self, many: int) -> list[str]:
        async def enough() -> bool:
            return len(self.echo.heard) >= many

        await self.parts.until(enough)
        return self.echo.heard

    async def answers(self, person: int = ZHOU.id, *, many: int = 1) -> list[str]:
        async def seen() -> list[str]:
            messages = await self.parts.line.seen(person)
            found = [one["text"] for one in messages if one["from_bot"]]
            return found if len(found) >= many else []

        found: list[str] = await self.parts.until(seen)
        return found

    async def states(self) -> list[str]:
        def read(session: Any) -> list[str]:
            return list(session.scalars(select(InboxRow.state).order_by(InboxRow.id)))

        found: list[str] = await self.parts.work.read(read)
        return found


@asynccontextmanager
async def hearing(folder: Path, on: Database | None = None) -> AsyncIterator[Hearing]:
    async with parts(folder, on=on) as ready:
        echo = Echo()
        doors = {"telegram": ready.door}
        receiver = Receiver(ready.work, DESK, doors, echo, Attachments(folder))
        poller = ready.door.poller(lambda update: receiver.store("telegram", update))
        await receiver.start()
        await poller.start()
        try:
            yield Hearing(ready, echo, receiver)
        finally:
            await poller.stop()
            await receiver.stop()


@pytest.fixture
async def hearer(tmp_path: Path, database: Database) -> AsyncIterator[Hearing]:
    async with hearing(tmp_path, database) as ready:
        yield ready


async def test_what_is_said_is_answered_and_done_in_one_commit(hearer: Hearing) -> None:
    await hearer.parts.line.say("收到")

    assert await hearer.answers() == ["听到：收到"]
    assert await hearer.states() == ["done"]


async def test_one_chat_keeps_its_order_while_another_goes_ahead(hearer: Hearing) -> None:
    said = ["第一句", "第二句", "第三句", "第四句", "第五句"]
    for text in said:
        await hearer.parts.line.say(text)
        await hearer.parts.line.say(f"吴：{text}", WU.id)

    heard = await hearer.heard(10)

    assert [text for text in heard if not text.startswith("吴")] == said
    assert [text for text in heard if text.startswith("吴")] == [f"吴：{text}" for text in said]


async def test_a_fault_leaves_nothing_behind_and_is_tried_again(hearer: Hearing) -> None:
    await hearer.parts.line.say("坏一次")

    assert await hearer.answers() == ["听到：坏一次"]
    assert (hearer.echo.times, await hearer.states()) == (2, ["done"])


async def test_what_always_fails_is_set_aside_told_and_blocks_nobody(hearer: Hearing) -> None:
    def make_officer(tx: Transaction) -> None:
        chat = str(WU.id)
        tx.session.add(
            Person(
                office=OFFICE,
                name=WU.name,
                door="telegram",
                account=chat,
                chat=chat,
                roles=["officer"],
            )
        )

    await hearer.parts.work.write(make_officer)
    await hearer.parts.line.say("总是坏")
    await hearer.parts.line.say("下一句")

    told, following = await hearer.answers(many=2)
    assert told.startswith("这条消息暂时没能处理，已保存")
    assert following == "听到：下一句"
    assert await hearer.states() == ["failed", "done"]
    (officer,) = await hearer.answers(WU.id)
    assert "有一条来信没能处理" in officer
    assert "总是坏" not in officer


async def test_a_press_that_fails_is_answered_with_a_toast(hearer: Hearing) -> None:
    number = await hearer.parts.queue("A01", buttons=((("知悉", "x1"),),))

    async def sent() -> bool:
        return (await hearer.parts.row(number)).state == "sent"

    await hearer.parts.until(sent)
    message = (await hearer.parts.row(number)).message_id
    body: dict[str, Any] = {"message_id": message, "data": "x1"}
    answer = await hearer.parts.line.ask("POST", f"/people/{ZHOU.id}/presses", **body)

    assert answer["toast"].startswith("这条消息暂时没能处理")


async def test_a_refusal_is_answered_in_its_own_words_and_not_repeated(hearer: Hearing) -> None:
    await hearer.parts.line.say("拒绝")

    assert await hearer.answers() == ["日期不对，请重写"]
    assert (hearer.echo.times, await hearer.states()) == (1, ["done"])


async def test_a_full_disk_is_no_fault_of_the_update(
    hearer: Hearing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.receiver._PAUSE_SECONDS", 0.001)
    await hearer.parts.line.say("磁盘满")

    assert await hearer.heard(1) == ["磁盘满"]
    rows = await hearer.parts.work.read(lambda session: session.get_one(InboxRow, 1))
    assert rows.attempts == 0


async def test_a_repeated_update_changes_nothing(hearer: Hearing) -> None:
    await hearer.parts.line.say("收到")
    await hearer.answers()
    row = await hearer.parts.work.read(lambda session: session.get_one(InboxRow, 1))

    await hearer.receiver.store("telegram", row.payload)
    await hearer.receiver.idle()

    assert (hearer.echo.heard, await hearer.states()) == (["收到"], ["done"])


async def test_what_was_kept_but_not_worked_off_is_worked_off_at_the_next_start(
    tmp_path: Path,
) -> None:
    async with hearing(tmp_path) as first:
        await first.parts.line.say("上一句")
        await first.heard(1)
        await first.receiver.idle()

        def die_before_the_handler(tx: Transaction) -> None:
            tx.session.get_one(InboxRow, 1).state = "open"

        await first.parts.work.write(die_before_the_handler)

    async with hearing(tmp_path) as second:
        assert await second.heard(1) == ["上一句"]
        # a poller that has had an answer is not cut off while it connects
        await second.parts.line.say("下一句")
        assert await second.heard(2) == ["上一句", "下一句"]


async def test_an_update_that_was_not_stored_comes_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put, failures = inbox.put, [True, True]

    def full_at_first(*arguments: Any) -> bool:
        if failures:
            failures.pop()
            raise DatabaseUnusableError("office.db", "database or disk is full")
        return put(*arguments)

    monkeypatch.setattr("bot.receiver.inbox.put", full_at_first)
    async with hearing(tmp_path) as hearer:
        await hearer.parts.line.say("存不下")

        assert await hearer.answers() == ["听到：存不下"]


async def test_a_file_is_never_fetched_on_an_internet_door(hearer: Hearing) -> None:
    await _upload(hearer, "案卡.csv")

    assert await hearer.heard(1) == ["None"]


async def test_a_file_is_fetched_under_a_random_name_on_a_cleared_door(
    hearer: Hearing, tmp_path: Path
) -> None:
    hearer.parts.door.clearance = "intranet"
    await _upload(hearer, "../../案卡.csv")

    (path,) = await hearer.heard(1)
    assert path.startswith(str(tmp_path))
    assert path.endswith(".csv")
    assert "案卡" not in path


async def _upload(hearer: Hearing, name: str) -> None:
    form = aiohttp.FormData()
    form.add_field("document", "部门受案号\n".encode(), filename=name, content_type="text/csv")
    path = f"/people/{ZHOU.id}/documents"
    async with hearer.parts.line.session.post(path, data=form) as answer:
        assert answer.status == 200
