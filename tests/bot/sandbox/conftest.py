from __future__ import annotations

from typing import TYPE_CHECKING

import aiohttp
import pytest
from telegram import Bot
from telegram.request import HTTPXRequest

from bot.sandbox.server import Sandbox
from tests.support.sandbox import GROUP, PEOPLE, Line, MovableClock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
async def sandbox(tmp_path: Path, clock: MovableClock) -> AsyncIterator[Sandbox]:
    sandbox = Sandbox(tmp_path / "sandbox", clock, people=PEOPLE, groups=[GROUP])
    yield sandbox
    await sandbox.stop()


@pytest.fixture
async def line(sandbox: Sandbox) -> AsyncIterator[Line]:
    address = await sandbox.start()
    async with aiohttp.ClientSession(address) as session:
        yield Line(session, sandbox.token, address)


def _bot(line: Line) -> Bot:
    def request() -> HTTPXRequest:
        return HTTPXRequest(httpx_kwargs={"trust_env": False}, read_timeout=2.0)

    return Bot(
        line.token,
        base_url=f"{line.address}/bot",
        base_file_url=f"{line.address}/file/bot",
        request=request(),
        get_updates_request=request(),
    )


@pytest.fixture
async def bot(line: Line, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Bot]:
    # the library's new way of telling durations; the old one warns
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    async with _bot(line) as ready:
        yield ready
