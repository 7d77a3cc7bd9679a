"""Sending, editing, deleting: shapes and refusals as Telegram has them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from tests.support.sandbox import PNG, START, WU, ZHOU

if TYPE_CHECKING:
    from tests.support.sandbox import Line, MovableClock

KEYS = {"inline_keyboard": [[{"text": "知悉", "callback_data": "k"}]]}


async def test_a_message_has_the_shape_of_telegram(line: Line) -> None:
    sent = await line.done("sendMessage", chat_id=ZHOU.id, text=" 你好 ", reply_markup=KEYS)

    assert sent == {
        "message_id": sent["message_id"],
        "from": {
            "id": 7_000_000_001,
            "is_bot": True,
            "first_name": "方圆",
            "username": "fangyuan_sandbox_bot",
        },
        "chat": {"id": ZHOU.id, "type": "private", "first_name": "周岚"},
        "date": int(START.timestamp()),
        "text": "你好",
        "reply_markup": KEYS,
    }


@pytest.mark.parametrize("how", ["query", "form", "json", "multipart"])
async def test_parameters_are_read_wherever_they_stand(line: Line, how: str) -> None:
    values = {"chat_id": str(ZHOU.id), "text": "同一句", "reply_markup": '{"remove_keyboard":true}'}
    multipart = aiohttp.FormData(default_to_multipart=True)
    for name, value in values.items():
        multipart.add_field(name, value)
    ways: dict[str, dict[str, Any]] = {
        "query": {"params": values},
        "form": {"data": values},
        "json": {"json": values},
        "multipart": {"data": multipart},
    }

    async with line.session.post(f"/bot{line.token}/SENDmessage", **ways[how]) as answer:
        assert (await answer.json())["result"]["text"] == "同一句"


async def test_a_message_answered_comes_without_its_own_target(line: Line) -> None:
    first = await line.say("一")
    second = await line.say("二", reply_to_message_id=first)

    reply = {"message_id": second}
    sent = await line.done("sendMessage", chat_id=ZHOU.id, text="三", reply_parameters=reply)

    assert sent["reply_to_message"]["text"] == "二"
    assert "reply_to_message" not in sent["reply_to_message"]


async def test_a_missing_target_can_be_passed_over(line: Line) -> None:
    reply = {"message_id": 77, "allow_sending_without_reply": True}
    sent = await line.done("sendMessage", chat_id=ZHOU.id, text="三", reply_parameters=reply)

    assert "reply_to_message" not in sent


REFUSED = [
    ({"chat_id": 999}, "chat not found"),
    ({"chat_id": ""}, "chat_id is empty"),
    ({"text": ""}, "message text is empty"),
    ({"text": " \n"}, "text must be non-empty"),
    ({"text": "长" * 4097}, "message is too long"),
    ({"reply_parameters": {"message_id": 77}}, "message to be replied not found"),
    ({"reply_to_message_id": 77}, "message to be replied not found"),
    ({"reply_markup": {"inline_keyboard": [[{"text": "x"}]]}}, "Text buttons are unallowed"),
    ({"reply_markup": {"inline_keyboard": [[{"callback_data": "x"}]]}}, 'Can\'t find field "text"'),
    ({"reply_markup": {"inline_keyboard": "x"}}, "must be of type Array"),
    ({"reply_markup": [1]}, "object expected as reply markup"),
    ({"reply_markup": "{"}, "can't parse reply keyboard markup JSON object"),
    ({"parse_mode": "XML"}, "unsupported parse_mode"),
    ({"message_thread_id": 5}, "message thread not found"),
]


@pytest.mark.parametrize(("params", "reason"), REFUSED)
async def test_a_wrong_message_is_refused(line: Line, params: dict[str, Any], reason: str) -> None:
    body = await line.api("sendMessage", **{"chat_id": ZHOU.id, "text": "x", **params})

    assert (body["ok"], body["error_code"]) == (False, 400)
    assert body["description"].startswith("Bad Request: ")
    assert reason in body["description"]
    assert await line.seen() == []


async def test_button_data_is_measured_in_bytes(line: Line) -> None:
    def keys(data: str) -> dict[str, Any]:
        return {"inline_keyboard": [[{"text": "x", "callback_data": data}]]}

    await line.done("sendMessage", chat_id=ZHOU.id, text="x", reply_markup=keys("x" * 64))
    body = await line.api("sendMessage", chat_id=ZHOU.id, text="x", reply_markup=keys("字" * 22))

    assert body["description"] == "Bad Request: BUTTON_DATA_INVALID"


async def test_text_is_measured_in_code_points_after_parsing(line: Line) -> None:
    sent = await line.done(
        "sendMessage", chat_id=ZHOU.id, text=f"<b>{'😀' * 4096}</b>", parse_mode="HTML"
    )

    assert sent["entities"] == [{"type": "bold", "offset": 0, "length": 8192}]


async def test_an_edit_replaces_text_and_drops_the_buttons(line: Line) -> None:
    sent = await line.done("sendMessage", chat_id=ZHOU.id, text="前", reply_markup=KEYS)
    where = {"chat_id": ZHOU.id, "message_id": sent["message_id"]}

    edited = await line.done("editMessageText", **where, text="后")

    assert (edited["text"], "reply_markup" in edited) == ("后", False)
    again = await line.api("editMessageText", **where, text="后")
    assert "message is not modified" in again["description"]
    keyed = await line.done("editMessageReplyMarkup", **where, reply_markup=KEYS)
    assert (keyed["text"], keyed["reply_markup"]) == ("后", KEYS)


async def test_edits_of_what_cannot_be_edited_are_refused(line: Line) -> None:
    number = await line.say("我的")
    theirs = {"chat_id": ZHOU.id, "message_id": number, "text": "x"}
    absent = {"chat_id": ZHOU.id, "message_id": 999, "text": "x"}

    bodies = [await line.api("editMessageText", **params) for params in (theirs, absent)]

    assert [body["description"] for body in bodies] == [
        "Bad Request: message can't be edited",
        "Bad Request: message to edit not found",
    ]


async def test_the_bot_may_delete_a_persons_message(line: Line) -> None:
    number = await line.say("身份证号码")

    assert await line.done("deleteMessage", chat_id=ZHOU.id, message_id=number) is True

    assert await line.seen() == []
    again = await line.api("deleteMessage", chat_id=ZHOU.id, message_id=number)
    assert again["description"] == "Bad Request: message to delete not found"


async def test_a_message_of_three_days_cannot_be_deleted(line: Line, clock: MovableClock) -> None:
    number = await line.say("旧")
    clock.moment += timedelta(days=3)

    body = await line.api("deleteMessage", chat_id=ZHOU.id, message_id=number)
    assert "can't be deleted for everyone" in body["description"]


async def test_a_caption_can_be_edited_and_a_text_cannot_take_one(line: Line) -> None:
    form = aiohttp.FormData({"chat_id": str(ZHOU.id), "caption": "一"})
    form.add_field("photo", PNG, filename="a.png")
    async with line.session.post(f"/bot{line.token}/sendPhoto", data=form) as answer:
        photo = (await answer.json())["result"]
    assert (photo["photo"][0]["width"], photo["photo"][0]["height"]) == (300, 200)
    where = {"chat_id": ZHOU.id, "message_id": photo["message_id"]}

    assert (await line.done("editMessageCaption", **where, caption="二"))["caption"] == "二"

    refused = await line.api("editMessageText", **where, text="三")
    assert "no text in the message to edit" in refused["description"]


async def test_a_file_can_be_sent_again_by_its_id(line: Line) -> None:
    form = aiohttp.FormData({"chat_id": str(ZHOU.id)})
    form.add_field("document", b"abc", filename="台账.xlsx")
    async with line.session.post(f"/bot{line.token}/sendDocument", data=form) as answer:
        sent = (await answer.json())["result"]["document"]

    again = await line.done("sendDocument", chat_id=WU.id, document=sent["file_id"])
    wrong = await line.api("sendDocument", chat_id=WU.id, document="nothing")
    unknown = await line.api("getFile", file_id="nothing")

    assert again["document"] == sent
    assert sent["file_name"] == "台账.xlsx"
    assert "wrong file identifier" in wrong["description"]
    assert unknown["description"] == "Bad Request: invalid file_id"


async def test_messages_are_copied_and_forwarded(line: Line) -> None:
    number = await line.say("原话 @abcd")
    source = {"chat_id": WU.id, "from_chat_id": ZHOU.id, "message_id": number}

    copied = await line.done("copyMessage", **source)
    forwarded = await line.done("forwardMessage", **source)

    assert list(copied) == ["message_id"]
    assert forwarded["forward_origin"]["sender_user"]["first_name"] == "周岚"
    assert [seen["text"] for seen in await line.seen(WU.id)] == ["原话 @abcd"] * 2


async def test_calls_that_no_server_knows_are_refused_loudly(
    line: Line, caplog: pytest.LogCaptureFixture
) -> None:
    body = await line.api("sendTelepathy")

    assert (body["ok"], body["error_code"]) == (False, 404)
    assert "sendtelepathy" in caplog.text


async def test_any_other_token_is_refused(line: Line) -> None:
    for path in ("/bot7000000001:other/getMe", "/file/bot7000000001:other/documents/file_1.txt"):
        async with line.session.get(path) as answer:
            body = await answer.json()
            assert (answer.status, body["description"]) == (401, "Unauthorized")


async def test_reactions_of_the_bot_are_seen(line: Line) -> None:
    number = await line.say("收到")
    where = {"chat_id": ZHOU.id, "message_id": number}

    await line.done("setMessageReaction", **where, reaction=[{"type": "emoji", "emoji": "👌"}])
    wrong = await line.api("setMessageReaction", **where, reaction=[{"emoji": "🧮"}])

    (seen,) = await line.ask("GET", f"/people/{ZHOU.id}/messages?details=1")
    assert seen["reactions"] == [{"who": 7_000_000_001, "emoji": "👌"}]
    assert wrong["description"] == "Bad Request: REACTION_INVALID"
