"""The people's side: what a person sees and does."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from bot.sandbox import queries
from tests.support.sandbox import START, WU, ZHOU

if TYPE_CHECKING:
    from tests.support.sandbox import Line

KEYS = {"inline_keyboard": [[{"text": "知悉", "callback_data": "k"}]]}
PRESSES = f"/people/{ZHOU.id}/presses"


async def _pressed(line: Line, message_id: int, data: str) -> tuple[asyncio.Task[Any], Any]:
    waiting = (await line.updates())[-1:]
    offset = waiting[0]["update_id"] + 1 if waiting else 0
    body = {"message_id": message_id, "data": data}
    pressing = asyncio.create_task(line.session.post(PRESSES, json=body))
    (update,) = await line.updates(offset=offset, timeout=5)
    return pressing, update["callback_query"]


async def test_everybody_is_listed_with_his_role(line: Line) -> None:
    assert await line.ask("GET", "/people") == [
        {"id": 101, "name": "周岚", "role": "prosecutor"},
        {"id": 102, "name": "吴敏", "role": "officer"},
    ]


async def test_a_stranger_can_come_in_and_speak(line: Line) -> None:
    stranger = await line.ask("POST", "/people", name="路人")
    await line.say("你好", stranger["id"])

    (update,) = await line.updates()

    assert stranger["role"] is None
    assert update["message"]["from"]["id"] == update["message"]["chat"]["id"] == stranger["id"]
    assert stranger in await line.ask("GET", "/people")


async def test_a_message_is_seen_as_a_phone_shows_it(line: Line) -> None:
    sent = await line.done(
        "sendMessage", chat_id=ZHOU.id, text="<b>A01</b> &lt;期限&gt;", parse_mode="HTML",
        reply_markup=KEYS,
    )  # fmt: skip

    assert await line.seen() == [
        {
            "message_id": sent["message_id"],
            "from_bot": True,
            "text": "A01 <期限>",
            "buttons": [[{"text": "知悉", "data": "k"}]],
            "document": None,
            "reply_to_message_id": None,
            "edited": False,
            "date": int(START.timestamp()),
        }
    ]
    assert await line.seen(after=sent["message_id"]) == []
    assert await line.seen(WU.id) == []


async def test_a_press_waits_for_the_bots_answer(line: Line) -> None:
    sent = await line.done("sendMessage", chat_id=ZHOU.id, text="A01", reply_markup=KEYS)
    pressing, query = await _pressed(line, sent["message_id"], "k")
    assert query["message"]["message_id"] == sent["message_id"]
    assert query["chat_instance"]

    await line.done("answerCallbackQuery", callback_query_id=query["id"], text="已记录")
    again = await line.api("answerCallbackQuery", callback_query_id=query["id"])

    async with await pressing as answer:
        assert (answer.status, await answer.json()) == (200, {"toast": "已记录"})
    assert again["description"].startswith("Bad Request: query is too old")


async def test_a_button_that_has_gone_can_still_be_pressed(line: Line) -> None:
    sent = await line.done("sendMessage", chat_id=ZHOU.id, text="A01")
    await line.done("deleteMessage", chat_id=ZHOU.id, message_id=sent["message_id"])

    pressing, query = await _pressed(line, sent["message_id"], "old")
    await line.done("answerCallbackQuery", callback_query_id=query["id"])

    assert (query["message"]["date"], query["data"]) == (0, "old")
    async with await pressing as answer:
        assert await answer.json() == {"toast": ""}


async def test_a_press_nobody_answers_stays_in_the_queue(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "ANSWER_WITHIN_SECONDS", 0.05)
    sent = await line.done("sendMessage", chat_id=ZHOU.id, text="A01", reply_markup=KEYS)

    body: dict[str, Any] = {"message_id": sent["message_id"], "data": "k"}
    refused = await line.ask("POST", PRESSES, status=504, **body)

    assert "没有应答" in refused["error"]
    (update,) = await line.updates()
    query = update["callback_query"]["id"]
    assert await line.done("answerCallbackQuery", callback_query_id=query, text="迟到") is True


@pytest.mark.parametrize("kind", ["document", "photo", "voice", "sticker"])
async def test_files_of_every_kind_arrive(line: Line, kind: str) -> None:
    form = aiohttp.FormData({"kind": kind, "caption": "见附件"})
    form.add_field("document", b"bytes", filename="决定书.pdf")
    async with line.session.post(f"/people/{ZHOU.id}/documents", data=form) as answer:
        number = (await answer.json())["message_id"]

    (update,) = await line.updates()
    part = update["message"][kind]
    file = part[0] if kind == "photo" else part
    told = await line.done("getFile", file_id=file["file_id"])
    async with line.session.get(f"/file/bot{line.token}/{told['file_path']}") as answer:
        assert await answer.read() == b"bytes"
    async with line.session.get(f"/files/{file['file_id']}") as answer:
        assert await answer.read() == b"bytes"
    (seen,) = await line.seen()
    assert seen["message_id"] == number
    assert seen["document"] == {"file_id": file["file_id"], "file_name": "决定书.pdf", "size": 5}


async def test_a_group_is_shared_and_named_by_chat(line: Line) -> None:
    group = await line.group()
    number = await line.say("大家好", chat=group)
    await line.done("sendMessage", chat_id=group, text="收到")

    path = f"/people/{WU.id}/messages?chat={group}"
    assert [seen["text"] for seen in await line.ask("GET", path)] == ["大家好", "收到"]
    (update,) = await line.updates()
    assert update["message"]["chat"]["type"] == "supergroup"
    body: dict[str, Any] = {"text": "改", "chat": group}
    await line.ask("PUT", f"/people/{WU.id}/messages/{number}", status=403, **body)


async def test_a_long_text_is_split_as_a_phone_does(line: Line) -> None:
    last = await line.say("长" * 5000)

    seen = await line.seen()
    assert [len(message["text"]) for message in seen] == [4096, 904]
    assert seen[-1]["message_id"] == last


async def test_an_own_message_can_be_taken_back(line: Line) -> None:
    number = await line.say("错了")
    await line.ask("DELETE", f"/people/{ZHOU.id}/messages/{number}")

    assert await line.seen() == []


async def test_blocking_shuts_the_bot_out_and_is_told(line: Line) -> None:
    await line.ask("POST", f"/people/{ZHOU.id}/block", blocked=True)

    refused = await line.api("sendMessage", chat_id=ZHOU.id, text="x")
    assert refused["description"] == "Forbidden: bot was blocked by the user"
    await line.ask("POST", f"/people/{ZHOU.id}/messages", status=403, text="x")
    await line.ask("POST", f"/people/{ZHOU.id}/block", blocked=False)
    statuses = [u["my_chat_member"]["new_chat_member"]["status"] for u in await line.updates()]
    assert statuses == ["kicked", "member"]
    await line.done("sendMessage", chat_id=ZHOU.id, text="x")


WRONG = [
    ("GET", "/people/999/messages", 404, None),
    ("GET", "/people/abc/messages", 400, None),
    ("GET", f"/people/{ZHOU.id}/messages?chat={WU.id}", 403, None),
    ("GET", f"/people/{ZHOU.id}/messages?chat=-5", 404, None),
    ("GET", "/files/nothing", 404, None),
    ("GET", "/ledger", 404, None),
    ("POST", "/people", 400, {"name": " "}),
    ("POST", f"/people/{ZHOU.id}/messages", 400, {"text": " "}),
    ("POST", f"/people/{ZHOU.id}/messages", 400, {"text": 5}),
    ("POST", f"/people/{ZHOU.id}/messages", 400, None),
    ("POST", f"/people/{ZHOU.id}/messages", 404, {"text": "x", "reply_to_message_id": 9}),
    ("PUT", f"/people/{ZHOU.id}/messages/9", 404, {"text": "x"}),
    ("POST", f"/people/{ZHOU.id}/presses", 404, {"message_id": 9, "data": "x"}),
    ("POST", f"/people/{ZHOU.id}/presses", 400, {"message_id": 9}),
    ("POST", f"/people/{ZHOU.id}/reactions", 404, {"message_id": 9, "emoji": "👍"}),
    ("POST", f"/people/{ZHOU.id}/documents", 400, {"document": "x"}),
]


@pytest.mark.parametrize(("verb", "path", "status", "body"), WRONG)
async def test_wrong_requests_are_explained_in_chinese(
    line: Line, verb: str, path: str, status: int, body: dict[str, Any] | None
) -> None:
    async with line.session.request(verb, path, json=body) as answer:
        assert answer.status == status
        assert "请" in (await answer.json())["error"]


async def test_pages_from_elsewhere_are_kept_out(line: Line) -> None:
    for headers in ({"Origin": "http://evil.example"}, {"Host": "evil.example"}):
        async with line.session.get("/people", headers=headers) as answer:
            assert answer.status == 403


async def test_an_inline_question_is_answered_and_chosen(line: Line) -> None:
    path = f"/people/{ZHOU.id}/inline_queries"
    asking = asyncio.create_task(line.ask("POST", path, query="审捕"))
    (update,) = await line.updates(timeout=5)
    content = {"message_text": "<b>七日</b>", "parse_mode": "HTML"}
    result = {"type": "article", "id": "1", "title": "期限", "input_message_content": content}
    query = update["inline_query"]
    await line.done("answerInlineQuery", inline_query_id=query["id"], results=[result])
    answered = await asking

    choice = {"query_id": answered["query_id"], "result_id": "1"}
    await line.ask("POST", f"/people/{ZHOU.id}/inline_choices", **choice)

    chosen, said = await line.updates(offset=update["update_id"] + 1)
    assert chosen["chosen_inline_result"]["query"] == query["query"] == "审捕"
    assert said["message"]["text"] == "七日"
    assert said["message"]["via_bot"]["is_bot"]
