"""Fetching updates: offsets, limits, kinds, conflicts, speed."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from bot.sandbox.server import Sandbox
from tests.support.sandbox import PEOPLE, ZHOU, MovableClock

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.sandbox import Line


async def _until_polled(sandbox: Sandbox, *, polled: bool = True) -> None:
    async with asyncio.timeout(5):
        while (sandbox._world.updates._ticket is not None) is not polled:  # noqa: ASYNC110 - nothing tells
            await asyncio.sleep(0)


async def test_an_offset_confirms_what_is_below_it(line: Line) -> None:
    for text in "一二三":
        await line.say(text)

    first = await line.updates(limit=2)
    repeated = await line.updates()
    rest = await line.updates(offset=first[-1]["update_id"] + 1)

    assert [update["message"]["text"] for update in first] == ["一", "二"]
    assert len(repeated) == 3
    assert [update["message"]["text"] for update in rest] == ["三"]
    assert await line.updates() == rest


async def test_a_negative_offset_keeps_the_newest(line: Line) -> None:
    for text in "一二三":
        await line.say(text)

    kept = await line.updates(offset=-2)

    assert [update["message"]["text"] for update in kept] == ["二", "三"]
    assert await line.updates() == kept


async def test_a_waiting_poll_hears_at_once(sandbox: Sandbox, line: Line) -> None:
    polling = asyncio.create_task(line.updates(timeout=50))
    await _until_polled(sandbox)
    await line.say("来了")

    async with asyncio.timeout(5):
        (update,) = await polling

    assert update["message"]["text"] == "来了"


async def test_a_poll_without_news_ends_empty(line: Line) -> None:
    assert await line.updates(timeout=1) == []


async def test_two_pollers_and_a_webhook_conflict(sandbox: Sandbox, line: Line) -> None:
    first = asyncio.create_task(line.api("getUpdates", timeout=10))
    await _until_polled(sandbox)
    second = asyncio.create_task(line.api("getUpdates", timeout=10))
    ended = await first
    assert (ended["error_code"], ended["description"][:20]) == (409, "Conflict: terminated")

    await line.done("setWebhook", url="http://127.0.0.1:9/hook")
    assert (await second)["error_code"] == 409
    refused = await line.api("getUpdates")
    assert "while webhook is active" in refused["description"]
    await line.done("deleteWebhook")
    assert await line.updates() == []


async def test_reactions_come_only_when_named_and_the_names_are_remembered(line: Line) -> None:
    number = await line.say("一")
    (said,) = await line.updates()
    react: dict[str, Any] = {"message_id": number, "emoji": "👍"}
    await line.ask("POST", f"/people/{ZHOU.id}/reactions", **react)
    assert await line.updates(offset=said["update_id"] + 1) == []

    await line.updates(allowed_updates=["message_reaction"])
    await line.ask("POST", f"/people/{ZHOU.id}/reactions", message_id=number, emoji="")
    await line.say("不在名单里")
    (update,) = await line.updates()
    assert update["message_reaction"]["old_reaction"] == [{"type": "emoji", "emoji": "👍"}]
    assert update["message_reaction"]["new_reaction"] == []


async def test_stopping_sends_an_open_poll_home(tmp_path: Path, line: Line) -> None:
    other = Sandbox(tmp_path / "other", MovableClock(), people=PEOPLE)
    address = await other.start()
    url = f"{address}/bot{other.token}/getUpdates?timeout=50"
    polling = asyncio.create_task(line.session.get(url))
    await _until_polled(other)

    async with asyncio.timeout(5):
        await other.stop()
        (await polling).release()

    assert polling.done()


async def test_a_poller_that_goes_away_is_forgotten(sandbox: Sandbox, line: Line) -> None:
    gone = asyncio.create_task(line.updates(timeout=10))
    await _until_polled(sandbox)
    gone.cancel()
    await _until_polled(sandbox, polled=False)
    await line.say("还在")

    assert [update["message"]["text"] for update in await line.updates(timeout=1)] == ["还在"]
