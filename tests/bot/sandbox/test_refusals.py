"""Refusals in the words of the Bot API: a client that compares them notices no difference."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from tests.support.sandbox import PNG, WU, ZHOU

if TYPE_CHECKING:
    from tests.support.sandbox import Line


def _inline(**button: Any) -> dict[str, Any]:
    return {"reply_markup": {"inline_keyboard": [[{"text": "x", **button}]]}}


def _entity(kind: str, offset: Any = 0, length: int = 1, **more: Any) -> dict[str, Any]:
    return {"entities": [{"type": kind, "offset": offset, "length": length, **more}]}


INLINE = "can't parse inline keyboard button: "
ENTITY = "can't parse MessageEntity: "
HTTPS_ONLY = "is invalid: Only HTTPS links are allowed"

MESSAGES = [
    ({"text": "", "chat_id": 0}, "message text is empty"),
    ({"chat_id": "not_a_chat"}, "chat not found"),
    ({"chat_id": "@nobody"}, "chat not found"),
    ({"chat_id": -1}, "chat not found"),
    ({"reply_parameters": {"quote": "x"}}, 'can\'t find field "message_id"'),
    ({"business_connection_id": "x"}, "business connection not found"),
    ({"message_effect_id": "9999999999999999999"}, "EFFECT_ID_INVALID"),
    ({"allow_paid_broadcast": True}, "FLOODSKIP_NOT_ALLOWED"),
    ({"link_preview_options": {"url": "not-a-url"}}, "WEBPAGE_URL_INVALID"),
    (
        {"link_preview_options": {"is_disabled": "yes"}},
        'field "is_disabled" must be of type Boolean',
    ),
    ({"reply_markup": {"inline_keyboard": "x"}}, 'field "inline_keyboard" must be of type Array'),
    ({"reply_markup": {"keyboard": "x"}}, 'field "keyboard" must be of type Array'),
    ({"reply_markup": {"force_reply": "yes"}}, 'field "force_reply" must be of type Boolean'),
    (
        {"reply_markup": {"remove_keyboard": "yes"}},
        'field "remove_keyboard" must be of type Boolean',
    ),
    (
        {"reply_markup": {"keyboard": [[{"text": "A"}]], "resize_keyboard": "yes"}},
        'field "resize_keyboard" must be of type Boolean',
    ),
    (_inline(callback_data=""), INLINE + "Text buttons are unallowed in the inline keyboard"),
    (_inline(text=None, callback_data="x"), INLINE + 'Can\'t find field "text"'),
    (_inline(callback_data="x" * 65), "BUTTON_DATA_INVALID"),
    (_inline(pay=True), "BUTTON_TYPE_INVALID"),
    (_inline(copy_text={"text": "x" * 257}), "BUTTON_COPY_TEXT_INVALID"),
    (
        _inline(url="not-a-url"),
        "inline keyboard button URL 'not-a-url' is invalid: Wrong HTTP URL",
    ),
    (
        _inline(url="ftp://example.com"),
        "inline keyboard button URL 'ftp://example.com' is invalid: Unsupported URL protocol",
    ),
    (
        _inline(web_app={"url": "http://example.com"}),
        f"inline keyboard button Web App URL 'http://example.com' {HTTPS_ONLY}",
    ),
    (
        _inline(switch_inline_query_chosen_chat={"allow_user_chats": "yes"}),
        INLINE + 'Field "allow_user_chats" must be of type Boolean',
    ),
    (
        {"reply_markup": {"keyboard": [[{"text": "x", "request_chat": {"a": 1}}]]}},
        "can't parse keyboard button: Can't find field \"request_id\"",
    ),
    (
        {"reply_markup": {"keyboard": [[{"text": "x", "web_app": {"url": "http://a.cn"}}]]}},
        f"keyboard button Web App URL 'http://a.cn' {HTTPS_ONLY}",
    ),
    (
        {"reply_markup": {"inline_keyboard": ["x"]}},
        'field "inline_keyboard" must be an Array of Arrays',
    ),
    (
        {"reply_markup": {"inline_keyboard": [["x"]]}},
        INLINE + "InlineKeyboardButton must be an Object",
    ),
    (_inline(text=" ", callback_data="x"), "inline keyboard button text must be non-empty"),
    (_inline(text=5, callback_data="x"), INLINE + 'Field "text" must be of type String'),
    (_inline(callback_data=5), INLINE + 'Field "callback_data" must be of type String'),
    (_inline(url="http://"), "inline keyboard button URL 'http://' is invalid: URL host is empty"),
    (_inline(url="http://[x"), "inline keyboard button URL 'http://[x' is invalid: Wrong HTTP URL"),
    (_inline(login_url={"url": "https://a.cn"}), "BOT_DOMAIN_INVALID"),
    (_inline(login_url={"url": "https://a.cn", "bot_username": "b"}), 'bot "b" not found'),
    (
        {"reply_markup": {"keyboard": [[5]]}},
        "can't parse keyboard button: KeyboardButton must be a String or an Object",
    ),
    ({"reply_markup": {"keyboard": [[" "]]}}, "keyboard button text must be non-empty"),
    ({"entities": ["x"]}, "expected an Object as message entity"),
    (_entity("bold", "x"), ENTITY + 'Field "offset" must be a valid Number'),
    (_entity("bold", [1]), ENTITY + 'Field "offset" must be of type Number'),
    (_entity("bold", 0, -1), "receive an entity with incorrect length -1"),
    (
        _entity("custom_emoji", custom_emoji_id=str(2**64)),
        ENTITY + 'Field "custom_emoji_id" must be a valid Number',
    ),
    ({"entities": "x["}, "can't parse entities JSON object"),
    ({"entities": {"a": 1}}, "expected an Array of entities"),
    ({"link_preview_options": [1]}, "object expected as link preview options"),
    ({"reply_to_message_id": "x"}, "invalid reply_to_message_id specified"),
    ({"message_thread_id": 10**30}, "invalid message_thread_id specified"),
    (_entity("telepathy"), ENTITY + "Unsupported type specified"),
    (_entity("text_link"), ENTITY + 'Can\'t find field "url"'),
    (_entity("text_mention"), ENTITY + 'Can\'t find field "user"'),
    (_entity("custom_emoji"), ENTITY + 'Can\'t find field "custom_emoji_id"'),
    (_entity("bold", -1), "receive an entity with incorrect offset -1"),
    (_entity("bold", 100), "entity begins after the end of the text at UTF-16 offset 100"),
    (
        _entity("bold", 0, 100),
        "entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 100",
    ),
    (_entity("text_link", url=""), "entity URL '' is invalid: URL host is empty"),
    (_entity("text_link", url="not-a-url"), "entity URL 'not-a-url' is invalid: Wrong HTTP URL"),
]


@pytest.mark.parametrize(("params", "reason"), MESSAGES)
async def test_a_message_is_refused_in_telegrams_words(
    line: Line, params: dict[str, Any], reason: str
) -> None:
    body = await line.api("sendMessage", **{"chat_id": ZHOU.id, "text": "x", **params})

    assert body == {"ok": False, "error_code": 400, "description": f"Bad Request: {reason}"}
    assert await line.seen() == []


CALLS = [
    ("editMessageText", {"text": "x"}, "message identifier is not specified"),
    ("editMessageText", {"text": "x", "inline_message_id": "1"}, "MESSAGE_ID_INVALID"),
    ("editMessageText", {"text": "长" * 4097, "message_id": 1}, "MESSAGE_TOO_LONG"),
    ("deleteMessage", {}, "message identifier is not specified"),
    ("deleteMessages", {}, "message identifiers are not specified"),
    ("pinChatMessage", {"message_id": 9}, "message to pin not found"),
    ("unpinChatMessage", {}, "message to unpin not found"),
    ("copyMessage", {"from_chat_id": WU.id, "message_id": 9},
     "message to copy not found"),
    ("forwardMessage", {"from_chat_id": WU.id, "message_id": 9},
     "message to forward not found"),
    ("forwardMessage", {"message_id": 9}, "from_chat_id is empty"),
    ("sendPhoto", {}, "there is no photo in the request"),
    ("sendVideoNote", {}, "there is no video note in the request"),
    ("sendDocument", {"document": "attach://a"}, "there is no document in the request"),
    ("sendDocument", {"document": "nothing"},
     "wrong file identifier/HTTP URL specified"),
    ("sendDocument", {"document": "http://127.0.0.1:9/a"},
     "failed to get HTTP URL content"),
    ("sendMediaGroup", {}, "there are no messages to send"),
    (
        "sendMediaGroup",
        {"media": [{"type": "animation", "media": "x"}]},
        "can't parse InputMedia: type \"animation\" can't be used in sendMediaGroup",
    ),
    (
        "sendMediaGroup",
        {"media": [{"media": "x"}]},
        'can\'t parse InputMedia: Can\'t find field "type"',
    ),
    ("getFile", {"file_id": "nothing"}, "invalid file_id"),
    ("getFile", {"file_id": "x" * 32},
     "wrong file_id or the file is temporarily unavailable"),
    ("sendChatAction", {"action": "sleep"}, "wrong parameter action in request"),
    ("sendPoll", {"question": "", "options": ["a", "b"]},
     "poll question must be non-empty"),
    ("sendPoll", {"question": "?", "options": []}, "poll must have at least 2 option"),
    ("sendLocation", {"latitude": 91, "longitude": 0}, "invalid location specified"),
    ("sendContact", {"first_name": "x"}, "phone number must be non-empty"),
    ("getChatMember", {}, "invalid user_id specified"),
    ("getChatMember", {"user_id": 999}, "user not found"),
    ("getChatAdministrators", {}, "there are no administrators in the private chat"),
    ("banChatMember", {"user_id": WU.id},
     "chat member status can't be changed in private chats"),
    ("setChatTitle", {"title": "x"}, "can't change private chat title"),
    ("createForumTopic", {"name": "x"}, "the chat is not a forum"),
    (
        "setMyCommands",
        {"commands": [{"command": "", "description": "x"}]},
        "command must be non-empty",
    ),
    ("setMyCommands", {"commands": [{"command": "大", "description": "x"}]},
     "BOT_COMMAND_INVALID"),
    (
        "setMyCommands",
        {"commands": [], "scope": {"type": "planet"}},
        "can't parse BotCommandScope: Unsupported type specified",
    ),
    (
        "getMyCommands",
        {"scope": {"type": "chat"}},
        'can\'t parse BotCommandScope: Can\'t find field "chat_id"',
    ),
    ("getMyCommands", {"language_code": "zh-hans"}, "invalid language code specified"),
    ("setMyName", {"name": "长" * 65}, "bot name is too long"),
    (
        "setWebhook",
        {"url": "http://example.com"},
        "bad webhook: An HTTPS URL must be provided for webhook",
    ),
    (
        "answerCallbackQuery",
        {"callback_query_id": "1"},
        "query is too old and response timeout expired or query ID is invalid",
    ),
    ("answerCallbackQuery", {"callback_query_id": "1", "text": "长" * 201},
     "MESSAGE_TOO_LONG"),
    ("setMessageReaction", {"message_id": 9}, "message to react not found"),
    ("sendMessageDraft", {"text": "x"}, "draft identifier is invalid"),
    ("sendDice", {"emoji": "🎹"}, "EMOTICON_INVALID"),
    ("sendPoll", {"question": "长" * 301, "options": ["a"]},
     "poll question length must not exceed 300"),
    ("sendPoll", {"question": "?", "options": ["a"], "type": "x"},
     "unsupported poll type specified"),
    ("sendPoll", {"question": "?", "options": [" "]}, "poll options must be non-empty"),
    ("sendPoll", {"question": "?", "options": ["长" * 101]},
     "poll options length must not exceed 100"),
    ("sendPoll", {"question": "?", "options": ["a"] * 13},
     "poll can't have more than 12 options"),
    ("sendPoll", {"question": "?", "options": [5]},
     "can't parse options: expected an Array of InputPollOption"),
    ("sendPoll", {"question": "?", "options": ["a"], "type": "quiz"},
     "wrong correct option ID specified"),
    ("sendLocation", {"latitude": 1, "longitude": 1, "live_period": 5},
     "invalid live location period specified"),
    ("sendMediaGroup", {"media": ["x"]}, "can't parse InputMedia: expected an Object"),
    ("sendMediaGroup", {"media": [{"type": "sticker", "media": "x"}]},
     'can\'t parse InputMedia: type "sticker" is unsupported'),
    ("sendMediaGroup", {"media": [{"type": "photo", "media": "x"}] * 11},
     "too many messages to send as an album"),
    ("copyMessages", {"from_chat_id": WU.id}, "message identifiers are not specified"),
    ("copyMessages", {"from_chat_id": WU.id, "message_ids": [9]},
     "there are no messages to copy"),
    ("copyMessages", {"from_chat_id": WU.id, "message_ids": [9, 8]},
     "message identifiers must be in a strictly increasing order"),
    ("forwardMessages", {"from_chat_id": WU.id, "message_ids": [*range(1, 102)]},
     "too many message identifiers specified"),
    ("deleteMessages", {"message_ids": [*range(1, 102)]},
     "too many message identifiers specified"),
    ("deleteMessages", {"message_ids": ["x"]}, "can't parse message identifiers"),
    ("leaveChat", {}, "chat member status can't be changed in private chats"),
    ("setChatPermissions", {}, "can't change private chat permissions"),
    ("createChatInviteLink", {}, "can't invite members to a private chat"),
    ("setMyCommands", {"commands": [{"command": "a", "description": ""}]},
     "command description must be non-empty"),
    ("setMyCommands", {"commands": [{"command": "a" * 33, "description": "x"}]},
     "command length must not exceed 32"),
    ("setMyCommands", {"commands": [{"command": "a", "description": "x" * 257}]},
     "command description length must not exceed 256"),
    ("setMyCommands", {"commands": [{"command": "a"}]},
     'can\'t parse BotCommand: Can\'t find field "description"'),
    ("setMyCommands", {"commands": [{"command": "a", "description": "b"}] * 101},
     "BOT_COMMANDS_TOO_MUCH"),
    ("getMyCommands", {"scope": {"type": "chat", "chat_id": 999}}, "chat not found"),
    ("setChatMenuButton", {"menu_button": {"type": "x"}},
     "can't parse menu button: MenuButton has unsupported type"),
    ("setChatMenuButton", {"menu_button": {"type": "web_app"}},
     'can\'t parse menu button: Can\'t find field "text"'),
    ("setChatMenuButton",
     {"menu_button": {"type": "web_app", "text": "x", "web_app": {"url": "http://a.cn"}}},
     f"menu button Web App URL 'http://a.cn' {HTTPS_ONLY}"),
    ("setWebhook", {"url": "https://"},
     "bad webhook: Failed to resolve host: Name or service not known"),
    ("setWebhook", {"url": "https://a.cn", "secret_token": "字"},
     "secret token contains unallowed characters"),
    ("answerInlineQuery", {"results": [{"type": "article"}]}, "RESULT_ID_INVALID"),
    ("answerInlineQuery", {"results": [{"type": "article", "id": "1"}] * 2},
     "RESULT_ID_DUPLICATE"),
    ("answerInlineQuery", {"results": [{"type": "article", "id": "1"}] * 51},
     "RESULTS_TOO_MUCH"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "params", "reason"), CALLS)
async def test_a_call_is_refused_in_telegrams_words(
    line: Line, method: str, params: dict[str, Any], reason: str
) -> None:
    body = await line.api(method, **{"chat_id": ZHOU.id, **params})

    assert body == {"ok": False, "error_code": 400, "description": f"Bad Request: {reason}"}


NEEDS_RIGHTS = [
    ("pinChatMessage", {}, "not enough rights to manage pinned messages in the chat"),
    ("banChatMember", {"user_id": WU.id}, "not enough rights to restrict/unrestrict chat member"),
    ("setChatTitle", {"title": "x"}, "not enough rights to change chat title"),
    ("createForumTopic", {"name": "x"}, "not enough rights to create a topic"),
    ("exportChatInviteLink", {}, "not enough rights to manage chat invite link"),
    ("deleteMessage", {}, "message can't be deleted"),
]


@pytest.mark.parametrize(("method", "params", "reason"), NEEDS_RIGHTS)
async def test_a_bot_that_is_only_a_member_lacks_rights(
    line: Line, method: str, params: dict[str, Any], reason: str
) -> None:
    group = await line.group()
    said = await line.say("你好", chat=group)
    await line.stand(group, 7_000_000_001, "member")

    body = await line.api(method, **{"chat_id": group, "message_id": said, **params})

    assert body["description"] == f"Bad Request: {reason}"


async def test_only_supergroups_know_restrictions(line: Line) -> None:
    small = (await line.ask("POST", "/chats", title="小组", type="group"))["id"]
    where = {"chat_id": small, "user_id": WU.id}
    only = "Bad Request: method is available only for supergroups"

    told = {
        method: (await line.api(method, **where))["description"]
        for method in ("restrictChatMember", "promoteChatMember", "setChatAdministratorCustomTitle")
    }

    assert told == {
        "restrictChatMember": only,
        "promoteChatMember": (
            "Bad Request: method is available for supergroup and channel chats only"
        ),
        "setChatAdministratorCustomTitle": only,
    }


STANDINGS = [
    ("restricted", "Bad Request: have no rights to send a message"),
    ("left", "Forbidden: bot is not a member of the supergroup chat"),
    ("kicked", "Forbidden: bot was kicked from the supergroup chat"),
]


@pytest.mark.parametrize(("standing", "reason"), STANDINGS)
async def test_a_group_may_shut_the_bot_up(line: Line, standing: str, reason: str) -> None:
    group = await line.group()
    await line.stand(group, 7_000_000_001, standing)

    body = await line.api("sendMessage", chat_id=group, text="x")

    assert body["description"] == reason


async def test_members_that_stand_higher_are_not_touched(line: Line) -> None:
    where = {"chat_id": await line.group(), "user_id": ZHOU.id}

    told = {
        method: (await line.api(method, **where))["description"]
        for method in ("banChatMember", "promoteChatMember", "setChatAdministratorCustomTitle")
    }

    assert told == {
        "banChatMember": "Bad Request: can't remove chat owner",
        "promoteChatMember": "Bad Request: can't demote chat creator",
        "setChatAdministratorCustomTitle": (
            "Bad Request: only creator can edit their custom title"
        ),
    }


async def test_a_message_with_a_reply_keyboard_cannot_be_edited(line: Line) -> None:
    keys = {"keyboard": [["一", {"text": "二"}]], "resize_keyboard": True}
    sent = await line.done("sendMessage", chat_id=ZHOU.id, text="选", reply_markup=keys)
    where = {"chat_id": ZHOU.id, "message_id": sent["message_id"]}

    body = await line.api("editMessageText", **where, text="x")

    assert "reply_markup" not in sent
    assert body["description"] == "Bad Request: message can't be edited"


async def test_a_file_stays_what_it_is(line: Line) -> None:
    form = aiohttp.FormData({"chat_id": str(ZHOU.id)})
    form.add_field("photo", PNG, filename="a.png")
    async with line.session.post(f"/bot{line.token}/sendPhoto", data=form) as answer:
        photo = (await answer.json())["result"]["photo"][-1]["file_id"]

    body = await line.api("sendDocument", chat_id=ZHOU.id, document=photo)

    assert body["description"] == "Bad Request: can't use file of type Photo as Document"


async def test_protected_messages_stay_where_they_are(line: Line) -> None:
    sent = await line.done("sendMessage", chat_id=ZHOU.id, text="x", protect_content=True)
    source = {"chat_id": WU.id, "from_chat_id": ZHOU.id, "message_id": sent["message_id"]}

    copied, forwarded = [await line.api(m, **source) for m in ("copyMessage", "forwardMessage")]

    assert sent["has_protected_content"]
    assert copied["description"] == "Bad Request: message can't be copied"
    assert forwarded["description"] == "Bad Request: message can't be forwarded"
