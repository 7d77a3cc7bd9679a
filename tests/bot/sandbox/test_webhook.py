"""Updates pushed to an address of the bot."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import web

from tests.support.sandbox import ZHOU

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.support.sandbox import Line


class Hook:
    """A bot's own server: keeps what was pushed, and answers as it is told to."""

    def __init__(self) -> None:
        self.pushed: asyncio.Queue[tuple[dict[str, str], dict[str, Any]]] = asyncio.Queue()
        self.answers: list[web.Response] = []
        self.address = ""

    async def take(self, request: web.Request) -> web.Response:
        self.pushed.put_nowait((dict(request.headers), await request.json()))
        return self.answers.pop(0) if self.answers else web.Response()

    async def next(self) -> tuple[dict[str, str], dict[str, Any]]:
        async with asyncio.timeout(5):
            return await self.pushed.get()


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    hook = Hook()
    application = web.Application()
    application.router.add_post("/hook", hook.take)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    hook.address = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield hook
    await runner.cleanup()


async def test_an_update_is_pushed_with_the_secret(line: Line, hook: Hook) -> None:
    await line.done("setWebhook", url=hook.address, secret_token="geheim-1")
    await line.say("你好")

    headers, update = await hook.next()

    assert headers["Content-Type"] == "application/json"
    assert headers["X-Telegram-Bot-Api-Secret-Token"] == "geheim-1"
    assert update["message"]["text"] == "你好"


async def test_what_waited_is_pushed_too_and_nothing_twice(line: Line, hook: Hook) -> None:
    for text in "一二":
        await line.say(text)
    await line.done("setWebhook", url=hook.address)
    pushed = [(await hook.next())[1] for _ in range(2)]
    await line.say("三")
    pushed.append((await hook.next())[1])

    assert [update["message"]["text"] for update in pushed] == ["一", "二", "三"]
    await line.done("deleteWebhook")
    assert hook.pushed.empty()
    assert await line.updates() == []


async def test_a_refused_push_is_tried_again_and_told(line: Line, hook: Hook) -> None:
    hook.answers = [web.Response(status=500)]
    await line.done("setWebhook", url=hook.address, allowed_updates=["message"])
    await line.say("你好")

    first, again = await hook.next(), await hook.next()

    assert first[1] == again[1]
    told = await line.done("getWebhookInfo")
    assert (told["url"], told["allowed_updates"]) == (hook.address, ["message"])
    assert told["last_error_message"].startswith("Wrong response from the webhook: 500")


async def test_the_answer_to_a_push_may_be_a_call(line: Line, hook: Hook) -> None:
    call = {"method": "sendMessage", "chat_id": ZHOU.id, "text": "已收到"}
    hook.answers = [web.json_response(call)]
    await line.done("setWebhook", url=hook.address)
    await line.say("你好")
    await hook.next()
    await line.say("再来")
    await hook.next()

    assert [seen["text"] for seen in await line.seen()] == ["你好", "已收到", "再来"]


async def test_dropping_forgets_what_waits(line: Line, hook: Hook) -> None:
    await line.say("旧")
    await line.done("setWebhook", url=hook.address, drop_pending_updates=True)
    await line.say("新")

    assert (await hook.next())[1]["message"]["text"] == "新"
