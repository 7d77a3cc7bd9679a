"""What the sandbox keeps in its folder, also when its process is killed."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from tests.support.sandbox import GROUP, WU, ZHOU, Line

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[3]
SERVER = """
import asyncio, json, sys
from pathlib import Path
from bot.sandbox.server import Sandbox
from tests.support.sandbox import GROUP, PEOPLE, MovableClock

async def serve():
    sandbox = Sandbox(Path(sys.argv[1]), MovableClock(), people=PEOPLE, groups=[GROUP])
    address = await sandbox.start()
    print(json.dumps([address, sandbox.token]), flush=True)
    await asyncio.Event().wait()

asyncio.run(serve())
"""


@contextmanager
def _running(folder: Path) -> Iterator[tuple[str, str]]:
    command = [sys.executable, "-c", SERVER, str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - our own interpreter
        assert process.stdout is not None
        try:
            address, token = json.loads(process.stdout.readline())
            yield address, token
        finally:
            process.kill()


async def test_a_killed_sandbox_goes_on_where_it_was(tmp_path: Path) -> None:
    with _running(tmp_path) as (address, token):
        async with aiohttp.ClientSession(address) as session:
            line = Line(session, token, address)
            fetched = await _speak(line, "一", "二")
            await line.updates(offset=fetched[0] + 1)
            sent = await line.done("sendMessage", chat_id=ZHOU.id, text="A01")
            form = aiohttp.FormData({"chat_id": str(ZHOU.id)})
            form.add_field("document", b"abc", filename="台账.xlsx")
            async with session.post(f"/bot{token}/sendDocument", data=form) as answer:
                file = (await answer.json())["result"]["document"]["file_id"]
            where = {"chat_id": ZHOU.id, "message_id": sent["message_id"]}
            await line.done("editMessageText", **where, text="A01 已知悉")
            seen = await line.seen()
            stranger = await line.ask("POST", "/people", name="路人")

    with _running(tmp_path) as (address, kept_token):
        async with aiohttp.ClientSession(address) as session:
            line = Line(session, kept_token, address)
            waiting = await line.updates()
            later = await _speak(line, "三")
            now_seen = await line.seen()
            people = await line.ask("GET", "/people")
            async with session.get(f"/files/{file}") as answer:
                content = await answer.read()

    assert kept_token == token
    assert [update["message"]["text"] for update in waiting] == ["二"]
    assert later[-1] > fetched[-1]
    assert now_seen[:-1] == seen
    assert now_seen[-1]["message_id"] > seen[-1]["message_id"]
    assert stranger in people
    assert content == b"abc"


async def test_a_restart_makes_nothing_twice(tmp_path: Path) -> None:
    chats: list[Any] = []
    for _ in range(2):
        with _running(tmp_path) as (address, token):
            async with aiohttp.ClientSession(address) as session:
                chats.append(await Line(session, token, address).ask("GET", "/chats"))

    assert chats[0] == chats[1]
    assert [chat["title"] for chat in chats[0]] == [ZHOU.name, WU.name, GROUP]


@pytest.mark.parametrize("confirmed", [False, True])
async def test_update_ids_are_never_used_again(tmp_path: Path, *, confirmed: bool) -> None:
    drawn: list[int] = []
    for text in "一二":
        with _running(tmp_path) as (address, token):
            async with aiohttp.ClientSession(address) as session:
                line = Line(session, token, address)
                drawn.append((await _speak(line, text))[-1])
                if confirmed:
                    await line.updates(offset=drawn[-1] + 1)

    assert drawn[1] > drawn[0]


async def _speak(line: Line, *texts: str) -> list[int]:
    for text in texts:
        await line.say(text)
    return [update["update_id"] for update in await line.updates()]
