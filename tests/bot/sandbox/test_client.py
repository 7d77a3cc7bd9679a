"""The real client's library, unmodified, on the sandbox."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, InputMediaDocument, Update
from telegram.error import BadRequest, Conflict, Forbidden, RetryAfter, TimedOut
from telegram.ext import Updater

from tests.support.sandbox import ZHOU

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from telegram import Bot

    from tests.support.sandbox import Line


@pytest.fixture
async def incoming(bot: Bot) -> AsyncIterator[asyncio.Queue[object]]:
    queue: asyncio.Queue[object] = asyncio.Queue()
    updater = Updater(bot, queue)
    await updater.initialize()
    await updater.start_polling(allowed_updates=Update.ALL_TYPES, timeout=10)
    yield queue
    await updater.stop()
    await updater.shutdown()


async def _next(incoming: asyncio.Queue[object]) -> Update:
    async with asyncio.timeout(5):
        update = await incoming.get()
    assert isinstance(update, Update)
    return update


async def test_a_message_reaches_the_polling_client(
    line: Line, incoming: asyncio.Queue[object]
) -> None:
    number = await line.say("/start 你好")

    update = await _next(incoming)

    assert update.message is not None
    assert update.message.message_id == number
    assert update.message.from_user is not None
    assert update.message.from_user.full_name == "周岚"
    assert [entity.type for entity in update.message.entities] == ["bot_command"]


async def test_a_press_is_answered_and_the_message_edited(
    line: Line, bot: Bot, incoming: asyncio.Queue[object]
) -> None:
    keys = InlineKeyboardMarkup([[InlineKeyboardButton("知悉", callback_data="k1")]])
    sent = await bot.send_message(ZHOU.id, "A01", reply_markup=keys)
    press: dict[str, Any] = {"message_id": sent.message_id, "data": "k1"}
    pressing = asyncio.create_task(line.ask("POST", f"/people/{ZHOU.id}/presses", **press))

    query = (await _next(incoming)).callback_query
    assert query is not None
    await query.edit_message_text("A01 已知悉")
    await query.answer("已记录")

    assert await pressing == {"toast": "已记录"}
    (seen,) = await line.seen()
    assert (seen["text"], seen["buttons"], seen["edited"]) == ("A01 已知悉", [], True)


async def test_edits_and_reactions_reach_the_client(
    line: Line, bot: Bot, incoming: asyncio.Queue[object]
) -> None:
    sent = await bot.send_message(ZHOU.id, "提示")
    number = await line.say("收到", reply_to_message_id=sent.message_id)
    said = (await _next(incoming)).message
    assert said is not None
    assert said.reply_to_message is not None
    assert said.reply_to_message.text == "提示"

    await line.ask("PUT", f"/people/{ZHOU.id}/messages/{number}", text="收到了")
    edited = (await _next(incoming)).edited_message
    assert edited is not None
    assert (edited.text, edited.edit_date is not None) == ("收到了", True)

    reaction: dict[str, Any] = {"message_id": sent.message_id, "emoji": "👍"}
    await line.ask("POST", f"/people/{ZHOU.id}/reactions", **reaction)
    reacted = (await _next(incoming)).message_reaction
    assert reacted is not None
    assert [r.to_dict()["emoji"] for r in reacted.new_reaction] == ["👍"]


async def test_documents_go_down_and_up(line: Line, bot: Bot) -> None:
    sent = await bot.send_document(ZHOU.id, b"abc", filename="台账.xlsx", caption="<b>六月</b>")
    assert sent.document is not None
    assert sent.document.file_name == "台账.xlsx"

    file = await bot.get_file(sent.document.file_id)
    assert bytes(await file.download_as_bytearray()) == b"abc"
    (seen,) = await line.seen()
    assert seen["document"]["size"] == 3

    album = [
        InputMediaDocument(b"1", filename="一.txt"),
        InputMediaDocument(b"2", filename="二.txt"),
    ]
    messages = await bot.send_media_group(ZHOU.id, album)
    assert [m.document.file_name for m in messages if m.document] == ["一.txt", "二.txt"]


async def test_the_client_parses_chat_and_members(line: Line, bot: Bot) -> None:
    group = await line.group()

    assert (await bot.get_chat(group)).title == "案管工作群"
    assert (await bot.get_chat(ZHOU.id)).first_name == "周岚"
    assert (await bot.get_chat_member(group, ZHOU.id)).status == "creator"
    assert [m.user.id for m in await bot.get_chat_administrators(group)] == [ZHOU.id, bot.id]
    topic = await bot.create_forum_topic(group, "六月")
    sent = await bot.send_message(group, "话题内", message_thread_id=topic.message_thread_id)
    assert sent.is_topic_message


async def test_refusals_become_the_clients_own_exceptions(line: Line, bot: Bot) -> None:
    with pytest.raises(BadRequest, match=r"(?i)chat not found"):
        await bot.send_message(999, "x")
    with pytest.raises(BadRequest, match=r"(?i)can't parse entities"):
        await bot.send_message(ZHOU.id, "a < b", parse_mode="HTML")
    with pytest.raises(BadRequest, match=r"(?i)too long"):
        await bot.send_message(ZHOU.id, "长" * 4097)
    await line.ask("POST", f"/people/{ZHOU.id}/block", blocked=True)
    with pytest.raises(Forbidden, match="blocked by the user"):
        await bot.send_message(ZHOU.id, "x")


async def test_faults_become_the_clients_own_exceptions(line: Line, bot: Bot) -> None:
    await line.ask("POST", "/faults", method="sendMessage", times=1, kind="429", retry_after=7)
    with pytest.raises(RetryAfter):
        await bot.send_message(ZHOU.id, "一")

    await line.ask("POST", "/faults", method="sendMessage", times=1, kind="timeout_after_delivery")
    with pytest.raises(TimedOut):
        await bot.send_message(ZHOU.id, "二", read_timeout=0.2)

    assert [message["text"] for message in await line.seen()] == ["二"]


async def test_a_second_poller_ends_the_first(bot: Bot) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=10))
    other = asyncio.create_task(bot.get_updates(timeout=10))

    with pytest.raises(Conflict):
        await first
    other.cancel()
