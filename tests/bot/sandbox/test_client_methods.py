"""Every method of the sandbox, called by the real client's library, which parses each answer."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import telegram as t
from telegram import helpers

from tests.support.sandbox import PNG, WU, ZHOU

if TYPE_CHECKING:
    from tests.support.sandbox import Line


async def test_every_kind_of_message(bot: t.Bot) -> None:
    to = ZHOU.id
    kinds: dict[str, t.Message] = {
        "photo": await bot.send_photo(to, PNG, caption="图", show_caption_above_media=True),
        "document": await bot.send_document(to, b"x", filename="a.txt"),
        "video": await bot.send_video(to, b"x", duration=3, width=10, height=20),
        "animation": await bot.send_animation(to, b"x"),
        "audio": await bot.send_audio(to, b"x", title="题", performer="人", thumbnail=PNG),
        "voice": await bot.send_voice(to, b"x"),
        "video_note": await bot.send_video_note(to, b"x"),
        "sticker": await bot.send_sticker(to, b"x", emoji="😀"),
        "location": await bot.send_location(to, 25.0, 102.7, horizontal_accuracy=5),
        "venue": await bot.send_venue(to, 25.0, 102.7, "检察院", "某路1号", foursquare_id="f"),
        "contact": await bot.send_contact(to, "1", "周岚", vcard="v"),
        "poll": await bot.send_poll(to, "几天？", ["七日", t.InputPollOption("十日")]),
        "dice": await bot.send_dice(to, emoji="🎰"),
    }

    assert [kind for kind, message in kinds.items() if not getattr(message, kind)] == []
    video = kinds["video"].video
    assert video is not None
    assert (video.duration, video.width, video.height) == (timedelta(seconds=3), 10, 20)
    assert kinds["animation"].document is not None
    quiz = await bot.send_poll(to, "几天？", ["七日", "十日"], type="quiz", correct_option_ids=[0])
    assert quiz.poll is not None
    assert quiz.poll.type == "quiz"
    assert await bot.send_message_draft(to, 5, "正在写") is True


async def test_people_see_every_kind_in_words(line: Line, bot: t.Bot) -> None:
    await bot.send_location(ZHOU.id, 25.0, 102.7)
    await bot.send_venue(ZHOU.id, 25.0, 102.7, "检察院", "某路1号")
    await bot.send_contact(ZHOU.id, "110", "值班")
    await bot.send_poll(ZHOU.id, "几天？", ["七日", "十日"])
    await bot.send_audio(ZHOU.id, b"x", filename="a.mp3")

    seen = await line.seen()

    assert [message["text"] for message in seen[:4]] == [
        "位置：25.00000，102.70000",
        "地点：检察院（某路1号）",
        "联系人：值班 110",
        "投票：几天？\n○ 七日\n○ 十日",
    ]
    assert seen[4]["document"]["file_name"] == "a.mp3"


async def test_what_a_message_answers_is_told(line: Line, bot: t.Bot) -> None:
    first = await bot.send_message(ZHOU.id, "请核对 A02")
    quoting = t.ReplyParameters(first.message_id, quote="A02")
    reply = await bot.send_message(ZHOU.id, "x", reply_parameters=quoting)
    assert reply.quote is not None
    assert (reply.quote.text, reply.quote.position) == ("A02", 4)
    assert reply.reply_to_message is not None

    shared = await bot.send_message(await line.group(), "公告")
    elsewhere = t.ReplyParameters(shared.message_id, chat_id=shared.chat_id)
    outside = await bot.send_message(ZHOU.id, "x", reply_parameters=elsewhere)
    assert outside.external_reply is not None
    assert outside.external_reply.message_id == shared.message_id

    absent = t.ReplyParameters(first.message_id, quote="没有")
    with pytest.raises(t.error.BadRequest, match=r"(?i)quote_text_invalid"):
        await bot.send_message(ZHOU.id, "x", reply_parameters=absent)


async def test_marks_on_a_message_are_told(bot: t.Bot) -> None:
    options = t.LinkPreviewOptions(is_disabled=True)
    sent = await bot.send_message(
        ZHOU.id, "http://a.cn", link_preview_options=options, protect_content=True
    )
    mention = helpers.mention_html(WU.id, "吴")
    named = await bot.send_message(ZHOU.id, mention, parse_mode="HTML", message_effect_id="5104")

    assert sent.link_preview_options == options
    assert sent.has_protected_content
    assert named.effect_id == "5104"
    (entity,) = named.entities
    assert entity.user is not None
    assert entity.user.full_name == "吴敏"


async def test_albums_copies_and_forwards(bot: t.Bot) -> None:
    photo, video = t.InputMediaPhoto(PNG, has_spoiler=True), t.InputMediaVideo(b"x", thumbnail=PNG)
    album = await bot.send_media_group(ZHOU.id, [photo, video], caption="两张")
    numbers = [message.message_id for message in album]
    assert [message.caption for message in album] == ["两张", None]

    assert len(await bot.copy_messages(WU.id, ZHOU.id, numbers)) == 2
    assert len(await bot.forward_messages(WU.id, ZHOU.id, numbers)) == 2
    copied = await bot.copy_message(WU.id, ZHOU.id, numbers[0], caption="换")
    assert copied.message_id > numbers[1]
    assert await bot.delete_messages(ZHOU.id, numbers)

    document = t.InputMediaDocument(b"x")
    with pytest.raises(t.error.BadRequest, match=r"(?i)document can't be mixed"):
        await bot.send_media_group(ZHOU.id, [photo, document])


async def test_edits_of_every_kind(bot: t.Bot) -> None:
    photo = await bot.send_photo(ZHOU.id, PNG, caption="一")
    document = t.InputMediaDocument(b"x", filename="a.txt")
    changed = await bot.edit_message_media(document, ZHOU.id, photo.message_id)
    assert isinstance(changed, t.Message)
    assert (changed.document is not None, changed.photo) == (True, ())

    spot = await bot.send_location(ZHOU.id, 1.0, 2.0, live_period=60)
    moved = await bot.edit_message_live_location(ZHOU.id, spot.message_id, latitude=3, longitude=4)
    assert isinstance(moved, t.Message)
    assert moved.location is not None
    assert moved.location.live_period is not None
    assert await bot.stop_message_live_location(ZHOU.id, spot.message_id)
    with pytest.raises(t.error.BadRequest, match=r"(?i)can't be edited"):
        await bot.stop_message_live_location(ZHOU.id, spot.message_id)

    poll = await bot.send_poll(ZHOU.id, "几天？", ["七日", "十日"])
    assert (await bot.stop_poll(ZHOU.id, poll.message_id)).is_closed
    with pytest.raises(t.error.BadRequest, match=r"(?i)already been closed"):
        await bot.stop_poll(ZHOU.id, poll.message_id)


async def test_members_rise_and_fall(line: Line, bot: t.Bot) -> None:
    group = await line.group()
    silent = t.ChatPermissions.no_permissions()

    async def status() -> str:
        return (await bot.get_chat_member(group, WU.id)).status

    assert await bot.restrict_chat_member(group, WU.id, silent)
    assert await status() == "restricted"
    assert await bot.restrict_chat_member(group, WU.id, t.ChatPermissions.all_permissions())
    assert await bot.promote_chat_member(group, WU.id, can_pin_messages=True)
    assert await bot.set_chat_administrator_custom_title(group, WU.id, "专员")
    assert await status() == "administrator"
    with pytest.raises(t.error.BadRequest, match=r"(?i)is an administrator"):
        await bot.ban_chat_member(group, WU.id)
    assert await bot.promote_chat_member(group, WU.id)
    assert await bot.ban_chat_member(group, WU.id)
    assert await status() == "kicked"
    assert await bot.get_chat_member_count(group) == 2
    assert await bot.unban_chat_member(group, WU.id, only_if_banned=True)
    assert await status() == "left"


async def test_a_groups_profile_is_kept(line: Line, bot: t.Bot) -> None:
    group = await line.group()
    assert await bot.set_chat_title(group, "新名")
    assert await bot.set_chat_description(group, "说明")
    assert await bot.set_chat_photo(group, PNG)
    assert await bot.set_chat_permissions(group, t.ChatPermissions.no_permissions())
    told = await bot.get_chat(group)
    assert (told.title, told.description, told.photo is not None) == ("新名", "说明", True)
    assert told.permissions is not None
    assert not told.permissions.can_send_messages
    assert await bot.delete_chat_photo(group)
    with pytest.raises(t.error.BadRequest, match=r"(?i)not_modified"):
        await bot.delete_chat_photo(group)
    with pytest.raises(t.error.BadRequest, match=r"(?i)is not modified"):
        await bot.set_chat_description(group, "说明")
    assert await bot.leave_chat(group)
    with pytest.raises(t.error.Forbidden, match="not a member"):
        await bot.send_message(group, "x")


async def test_links_into_a_group(line: Line, bot: t.Bot) -> None:
    group = await line.group()
    main = await bot.export_chat_invite_link(group)
    link = await bot.create_chat_invite_link(group, name="六月", member_limit=3)
    edited = await bot.edit_chat_invite_link(group, link, name="七月")
    assert (edited.name, edited.member_limit) == ("七月", None)
    assert (await bot.revoke_chat_invite_link(group, link)).is_revoked
    with pytest.raises(t.error.BadRequest, match=r"(?i)permanent"):
        await bot.edit_chat_invite_link(group, main, name="x")
    with pytest.raises(t.error.BadRequest, match=r"(?i)expired"):
        await bot.revoke_chat_invite_link(group, "https://t.me/+other")
    with pytest.raises(t.error.BadRequest, match="creates_join_request"):
        await bot.create_chat_invite_link(group, member_limit=3, creates_join_request=True)


async def test_pins_lie_upon_each_other(bot: t.Bot) -> None:
    first, second = [await bot.send_message(ZHOU.id, text) for text in "一二"]

    async def pinned() -> str | None:
        message = (await bot.get_chat(ZHOU.id)).pinned_message
        return None if message is None else message.text

    assert await bot.pin_chat_message(ZHOU.id, first.message_id)
    assert await bot.pin_chat_message(ZHOU.id, second.message_id)
    assert await pinned() == "二"
    assert await bot.unpin_chat_message(ZHOU.id, second.message_id)
    assert await pinned() == "一"
    assert await bot.unpin_all_chat_messages(ZHOU.id)
    assert await pinned() is None


async def test_topics_open_and_close(line: Line, bot: t.Bot) -> None:
    group = await line.group()
    topic = await bot.create_forum_topic(group, "六月", icon_color=7322096)
    thread = topic.message_thread_id
    inside = await bot.send_message(group, "话题内", message_thread_id=thread)
    answer = await inside.reply_text("也在", do_quote=True)
    assert (answer.message_thread_id, answer.is_topic_message) == (thread, True)

    assert await bot.pin_chat_message(group, inside.message_id)
    assert await bot.edit_forum_topic(group, thread, name="七月")
    assert await bot.unpin_all_forum_topic_messages(group, thread)
    assert (await bot.get_chat(group)).pinned_message is None
    assert await bot.close_forum_topic(group, thread)
    with pytest.raises(t.error.BadRequest, match=r"(?i)topic_closed"):
        await bot.send_message(group, "x", message_thread_id=thread)
    with pytest.raises(t.error.BadRequest, match=r"(?i)topic_not_modified"):
        await bot.close_forum_topic(group, thread)
    assert await bot.reopen_forum_topic(group, thread)
    assert await bot.delete_forum_topic(group, thread)
    with pytest.raises(t.error.BadRequest, match=r"(?i)thread not found"):
        await bot.send_message(group, "x", message_thread_id=thread)
    assert "话题内" not in [m["text"] for m in await line.seen_in(group)]


async def test_the_general_topic_is_turned_too(line: Line, bot: t.Bot) -> None:
    group = await line.group()
    assert await bot.edit_general_forum_topic(group, "总")
    assert await bot.close_general_forum_topic(group)
    assert await bot.reopen_general_forum_topic(group)
    assert await bot.hide_general_forum_topic(group)
    assert await bot.unhide_general_forum_topic(group)
    assert await bot.unpin_all_general_forum_topic_messages(group)
    with pytest.raises(t.error.BadRequest, match=r"(?i)topic_not_modified"):
        await bot.reopen_general_forum_topic(group)
    assert await bot.get_forum_topic_icon_stickers() == ()


SCOPES = [
    t.BotCommandScopeDefault(),
    t.BotCommandScopeAllPrivateChats(),
    t.BotCommandScopeAllGroupChats(),
    t.BotCommandScopeAllChatAdministrators(),
    t.BotCommandScopeChat(ZHOU.id),
    t.BotCommandScopeChatAdministrators(ZHOU.id),
    t.BotCommandScopeChatMember(ZHOU.id, WU.id),
]


@pytest.mark.parametrize("scope", SCOPES, ids=lambda scope: scope.type)
async def test_commands_are_kept_by_scope_and_language(
    bot: t.Bot, scope: t.BotCommandScope
) -> None:
    assert await bot.set_my_commands([("help", "帮助")], scope=scope, language_code="zh")

    kept = await bot.get_my_commands(scope=scope, language_code="zh")
    assert kept == (t.BotCommand("help", "帮助"),)
    assert await bot.get_my_commands(scope=scope) == ()
    assert await bot.delete_my_commands(scope=scope, language_code="zh")
    assert await bot.get_my_commands(scope=scope, language_code="zh") == ()


async def test_the_bots_profile_is_kept_by_language(bot: t.Bot) -> None:
    assert await bot.set_my_name("Fangyuan", language_code="en")
    assert await bot.set_my_description("说明")
    assert await bot.set_my_short_description("短")
    button = t.MenuButtonWebApp("看", t.WebAppInfo("https://a.cn"))
    assert await bot.set_chat_menu_button(ZHOU.id, button)
    assert await bot.set_my_default_administrator_rights(t.ChatAdministratorRights.all_rights())

    assert (await bot.get_my_name("en")).name == "Fangyuan"
    assert (await bot.get_my_name()).name == "方圆"
    assert (await bot.get_my_description("en")).description == "说明"
    assert (await bot.get_my_short_description()).short_description == "短"
    assert await bot.get_chat_menu_button(ZHOU.id) == button
    assert (await bot.get_chat_menu_button(WU.id)).type == "commands"
    assert (await bot.get_my_default_administrator_rights()).can_change_info


async def test_what_the_sandbox_lacks_is_empty(line: Line, bot: t.Bot) -> None:
    assert (await bot.get_user_profile_photos(ZHOU.id)).total_count == 0
    assert (await bot.get_user_chat_boosts(await line.group(), ZHOU.id)).boosts == ()
    assert (await bot.get_my_star_balance()).amount == 0
    assert (await bot.get_star_transactions()).transactions == ()
    assert (await bot.get_available_gifts()).gifts == ()
    assert await bot.get_custom_emoji_stickers(["1"]) == ()
    with pytest.raises(t.error.BadRequest, match=r"(?i)stickerset_invalid"):
        await bot.get_sticker_set("nothing")
    assert await bot.log_out()


async def test_a_file_is_fetched_from_its_address(line: Line, bot: t.Bot) -> None:
    known = await bot.send_document(ZHOU.id, b"abc", filename="a.bin")
    assert known.document is not None
    address = f"{line.address}/files/{known.document.file_id}"

    sent = await bot.send_document(WU.id, address)

    assert sent.document is not None
    assert sent.document.file_size == 3
    with pytest.raises(t.error.BadRequest, match=r"(?i)wrong type of the web page content"):
        await bot.send_document(WU.id, f"{line.address}/")
