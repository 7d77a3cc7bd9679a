from __future__ import annotations

from typing import TYPE_CHECKING

import aiohttp
import pytest

from bot.sandbox.server import Sandbox
from tests.support.sandbox import GROUP, PEOPLE, Line, MovableClock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
async def line(tmp_path: Path, clock: MovableClock) -> AsyncIterator[Line]:
    sandbox = Sandbox(tmp_path / "sandbox", clock, people=PEOPLE, groups=[GROUP])
    address = await sandbox.start()
    async with aiohttp.ClientSession(address) as session:
        yield Line(session, sandbox.token, address)
    await sandbox.stop()
