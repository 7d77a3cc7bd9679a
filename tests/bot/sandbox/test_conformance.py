"""Another client, by other authors, on the sandbox: it checks every shape on its own.

It needs another version of pydantic than this project, so it lives in an environment of its own.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.sandbox import PNG, WU, ZHOU

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.support.sandbox import Line

aiogram = pytest.importorskip("aiogram", reason="aiogram 没有安装，略过另一客户端的对照")


@pytest.fixture
async def bot(line: Line) -> AsyncIterator[Any]:
    session = aiogram.client.session.aiohttp.AiohttpSession(
        api=aiogram.client.telegram.TelegramAPIServer.from_base(line.address)
    )
    async with aiogram.Bot(line.token, session=session).context() as ready:
        yield ready


def _file(content: bytes = b"abc", name: str = "台账.xlsx") -> Any:
    return aiogram.types.BufferedInputFile(content, name)


def _keys() -> Any:
    button = aiogram.types.InlineKeyboardButton(text="知悉", callback_data="k")
    return aiogram.types.InlineKeyboardMarkup(inline_keyboard=[[button]])


async def test_every_kind_of_message_is_parsed(bot: Any) -> None:
    to = ZHOU.id
    text = await bot.send_message(to, "<b>粗</b>😀<code>x</code>", parse_mode="HTML")
    kinds = {
        "text": text,
        "photo": await bot.send_photo(to, _file(PNG, "a.png"), caption="图", has_spoiler=True),
        "document": await bot.send_document(to, _file(), reply_markup=_keys()),
        "video": await bot.send_video(to, _file(name="a.mp4"), duration=3, width=10, height=20),
        "animation": await bot.send_animation(to, _file(name="a.gif")),
        "audio": await bot.send_audio(to, _file(name="a.mp3"), title="题", performer="人"),
        "voice": await bot.send_voice(to, _file(name="a.oga")),
        "video_note": await bot.send_video_note(to, _file(name="a.mp4")),
        "sticker": await bot.send_sticker(to, _file(name="a.webp")),
        "location": await bot.send_location(to, 25.0, 102.7),
        "venue": await bot.send_venue(to, 25.0, 102.7, "检察院", "某路1号"),
        "contact": await bot.send_contact(to, "+8613800000000", "周岚"),
        "poll": await bot.send_poll(to, "几天？", ["七日", "十日"]),
        "dice": await bot.send_dice(to),
    }

    assert {kind: getattr(message, kind) is not None for kind, message in kinds.items()} == (
        dict.fromkeys(kinds, True)
    )
    assert [(e.type, e.offset, e.length) for e in text.entities] == [("bold", 0, 1), ("code", 3, 1)]
    assert kinds["document"].reply_markup.model_dump() == _keys().model_dump()


async def test_albums_copies_and_forwards_are_parsed(bot: Any) -> None:
    kinds = aiogram.types
    album = await bot.send_media_group(
        ZHOU.id, [kinds.InputMediaDocument(media=_file(), caption=str(n)) for n in range(2)]
    )
    numbers = [message.message_id for message in album]

    assert len({message.media_group_id for message in album}) == 1
    assert len(await bot.copy_messages(WU.id, ZHOU.id, numbers)) == 2
    assert len(await bot.forward_messages(WU.id, ZHOU.id, numbers)) == 2
    forwarded = await bot.forward_message(WU.id, ZHOU.id, numbers[0])
    assert forwarded.forward_origin.sender_user.id == bot.id
    assert (await bot.copy_message(WU.id, ZHOU.id, numbers[0])).message_id


async def test_edits_return_the_message(bot: Any) -> None:
    sent = await bot.send_message(ZHOU.id, "前", reply_markup=_keys())
    where = {"chat_id": ZHOU.id, "message_id": sent.message_id}
    assert (await bot.edit_message_text("后", **where)).text == "后"
    assert (await bot.edit_message_reply_markup(**where, reply_markup=_keys())).reply_markup

    photo = await bot.send_photo(ZHOU.id, _file(PNG, "a.png"), caption="一")
    where["message_id"] = photo.message_id
    assert (await bot.edit_message_caption(**where, caption="二")).caption == "二"
    media = aiogram.types.InputMediaDocument(media=_file())
    assert (await bot.edit_message_media(media, **where)).document.file_name == "台账.xlsx"

    spot = await bot.send_location(ZHOU.id, 1.0, 2.0, live_period=60)
    where["message_id"] = spot.message_id
    moved = await bot.edit_message_live_location(3.0, 4.0, **where)
    assert moved.location.latitude == 3.0
    assert (await bot.stop_message_live_location(**where)).location.live_period is None

    poll = await bot.send_poll(ZHOU.id, "几天？", ["七日", "十日"], is_anonymous=False)
    assert (await bot.stop_poll(ZHOU.id, poll.message_id)).is_closed


async def test_a_group_is_run_through(line: Line, bot: Any) -> None:
    group = await line.group()
    kinds = aiogram.types
    closed = kinds.ChatPermissions(can_send_messages=False)

    assert await bot.restrict_chat_member(group, WU.id, closed)
    assert (await bot.get_chat_member(group, WU.id)).status == "restricted"
    assert await bot.promote_chat_member(group, WU.id, can_pin_messages=True)
    assert await bot.set_chat_administrator_custom_title(group, WU.id, "专员")
    assert (await bot.get_chat_member(group, WU.id)).custom_title == "专员"
    assert len(await bot.get_chat_administrators(group)) == 3
    assert await bot.promote_chat_member(group, WU.id)
    assert await bot.ban_chat_member(group, WU.id)
    assert (await bot.get_chat_member(group, WU.id)).status == "kicked"
    assert await bot.unban_chat_member(group, WU.id, only_if_banned=True)
    assert await bot.set_chat_permissions(group, closed)
    assert await bot.set_chat_title(group, "新名")
    assert await bot.set_chat_description(group, "说明")
    assert await bot.set_chat_photo(group, _file(PNG, "a.png"))
    told = await bot.get_chat(group)
    assert (told.title, told.description, told.permissions.can_send_messages) == (
        ("新名", "说明", False)
    )
    assert told.photo is not None
    assert await bot.delete_chat_photo(group)
    assert await bot.get_chat_member_count(group) == 2
    assert (await bot.get_chat(ZHOU.id)).first_name == "周岚"


async def test_links_pins_and_topics_are_parsed(line: Line, bot: Any) -> None:
    group = await line.group()
    assert (await bot.export_chat_invite_link(group)).startswith("https://")
    link = await bot.create_chat_invite_link(group, name="六月", member_limit=3)
    assert (await bot.edit_chat_invite_link(group, link.invite_link, name="七月")).name == "七月"
    assert (await bot.revoke_chat_invite_link(group, link.invite_link)).is_revoked

    sent = await bot.send_message(group, "公告")
    assert await bot.pin_chat_message(group, sent.message_id)
    assert (await bot.get_chat(group)).pinned_message.message_id == sent.message_id
    assert await bot.unpin_chat_message(group)
    assert await bot.unpin_all_chat_messages(group)

    topic = await bot.create_forum_topic(group, "六月")
    thread = topic.message_thread_id
    inside = await bot.send_message(group, "话题内", message_thread_id=thread)
    assert (inside.message_thread_id, inside.is_topic_message) == (thread, True)
    assert await bot.edit_forum_topic(group, thread, name="七月")
    assert await bot.close_forum_topic(group, thread)
    assert await bot.reopen_forum_topic(group, thread)
    assert await bot.delete_forum_topic(group, thread)
    assert await bot.get_forum_topic_icon_stickers() == []


async def test_the_bots_own_profile_is_kept(bot: Any) -> None:
    kinds = aiogram.types
    commands = [kinds.BotCommand(command="help", description="帮助")]
    mine = kinds.BotCommandScopeChat(chat_id=ZHOU.id)
    assert await bot.set_my_commands(commands, scope=mine, language_code="zh")
    (kept,) = await bot.get_my_commands(scope=mine, language_code="zh")
    assert (kept.command, kept.description) == ("help", "帮助")
    assert await bot.get_my_commands() == []
    assert await bot.delete_my_commands(scope=mine, language_code="zh")
    assert await bot.get_my_commands(scope=mine, language_code="zh") == []
    assert await bot.set_my_name("方圆二")
    assert (await bot.get_my_name()).name == "方圆二"
    assert await bot.set_my_description("说明", language_code="zh")
    assert (await bot.get_my_description(language_code="zh")).description == "说明"
    assert await bot.set_my_short_description("短")
    assert (await bot.get_my_short_description()).short_description == "短"
    assert await bot.set_chat_menu_button(ZHOU.id, kinds.MenuButtonDefault())
    assert (await bot.get_chat_menu_button(ZHOU.id)).type == "default"
    assert await bot.set_my_default_administrator_rights()
    assert not (await bot.get_my_default_administrator_rights()).can_change_info
    assert (await bot.get_user_profile_photos(ZHOU.id)).total_count == 0
    assert (await bot.get_me()).first_name == "方圆二"


async def test_every_kind_of_update_is_parsed(line: Line, bot: Any) -> None:
    group = await line.group()
    named = [
        "message", "edited_message", "callback_query", "message_reaction", "inline_query",
        "chosen_inline_result", "my_chat_member", "chat_member",
    ]  # fmt: skip
    await bot.get_updates(allowed_updates=named)
    sent = await bot.send_message(ZHOU.id, "A01", reply_markup=_keys())
    number = await line.say("/start 你好", reply_to_message_id=sent.message_id)
    people = f"/people/{ZHOU.id}"
    await line.ask("PUT", f"{people}/messages/{number}", text="改")
    react: dict[str, Any] = {"message_id": sent.message_id, "emoji": "👍"}
    await line.ask("POST", f"{people}/reactions", **react)
    asking = asyncio.create_task(line.ask("POST", f"{people}/inline_queries", query="期限"))
    await line.stand(group, WU.id, "left")
    await line.stand(group, bot.id, "member")
    press: dict[str, Any] = {"message_id": sent.message_id, "data": "k"}
    pressing = asyncio.create_task(line.ask("POST", f"{people}/presses", **press))
    updates: list[Any] = []
    while len(updates) < 7:
        updates = await bot.get_updates(timeout=5)

    by_kind = {update.event_type: update for update in updates}
    article = aiogram.types.InlineQueryResultArticle(
        id="1", title="期限", input_message_content=aiogram.types.InputTextMessageContent(
            message_text="七日"
        )
    )  # fmt: skip
    assert await bot.answer_inline_query(by_kind["inline_query"].inline_query.id, [article])
    assert await bot.answer_callback_query(by_kind["callback_query"].callback_query.id, "好")
    assert await pressing == {"toast": "好"}
    choice = {"query_id": (await asking)["query_id"], "result_id": "1"}
    await line.ask("POST", f"{people}/inline_choices", **choice)
    last = (await bot.get_updates(offset=updates[-1].update_id + 1))[0]
    assert {*by_kind, last.event_type} == set(named)


async def test_files_come_back_as_they_went(bot: Any) -> None:
    sent = await bot.send_document(ZHOU.id, _file("内容".encode()))

    content = await bot.download(sent.document)

    assert content.read().decode() == "内容"


async def test_refusals_become_the_other_clients_exceptions(line: Line, bot: Any) -> None:
    faults = aiogram.exceptions
    with pytest.raises(faults.TelegramBadRequest, match="chat not found"):
        await bot.send_message(999, "x")
    order: dict[str, Any] = {"method": "sendMessage", "times": 1}
    await line.ask("POST", "/faults", **order, kind="429", retry_after=7)
    with pytest.raises(faults.TelegramRetryAfter) as raised:
        await bot.send_message(ZHOU.id, "x")
    assert raised.value.retry_after == 7
    await line.ask("POST", "/faults", **order, kind="403")
    with pytest.raises(faults.TelegramForbiddenError):
        await bot.send_message(ZHOU.id, "x")
    await line.ask("POST", "/faults", **order, kind="502")
    with pytest.raises(faults.TelegramServerError):
        await bot.send_message(ZHOU.id, "x")
    small = (await line.ask("POST", "/chats", title="小组", type="group"))["id"]
    await line.ask("POST", f"/chats/{small}/upgrade")
    with pytest.raises(faults.TelegramMigrateToChat):
        await bot.send_message(small, "x")
