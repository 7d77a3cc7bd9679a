from __future__ import annotations

import os
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import aiohttp
import pytest
from playwright.async_api import async_playwright

from bot.sandbox.server import Sandbox
from tests.support.sandbox import GROUP, PEOPLE, Line, MovableClock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Browser, Page

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(autouse=True)
def _needs_chromium() -> None:
    if CHROMIUM.exists():
        return
    reason = f"没有 {CHROMIUM}，略过浏览器测试"
    if os.environ.get("FANGYUAN_REQUIRE_BROWSER") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture
async def browser(_needs_chromium: None) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        await browser.close()


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
def entries() -> list[dict[str, object]]:
    return []


class Stage:
    """A sandbox that can be stopped and started again at the same address."""

    def __init__(self, folder: Path, clock: MovableClock, entries: list[dict[str, object]]) -> None:
        self._folder = folder
        self._clock = clock
        self._entries = entries
        self._sandbox: Sandbox | None = None
        self._port = 0

    async def start(self) -> tuple[str, str]:
        self._sandbox = Sandbox(
            self._folder, self._clock, people=PEOPLE, groups=[GROUP], ledger_tail=self._tail
        )
        address = await self._sandbox.start(self._port)
        self._port = int(address.rsplit(":", 1)[1])
        return address, self._sandbox.token

    async def stop(self) -> None:
        if self._sandbox is not None:
            await self._sandbox.stop()
            self._sandbox = None

    def _tail(self, after: int) -> list[dict[str, object]]:
        return [entry for entry in self._entries if int(str(entry["sequence"])) > after]


@pytest.fixture
async def stage(
    tmp_path: Path, clock: MovableClock, entries: list[dict[str, object]]
) -> AsyncIterator[Stage]:
    stage = Stage(tmp_path / "sandbox", clock, entries)
    yield stage
    await stage.stop()


@pytest.fixture
async def line(stage: Stage) -> AsyncIterator[Line]:
    address, token = await stage.start()
    async with aiohttp.ClientSession(address) as session:
        yield Line(session, token, address)


@asynccontextmanager
async def opened(browser: Browser, line: Line, width: int, height: int) -> AsyncIterator[Page]:
    context = await browser.new_context(viewport={"width": width, "height": height})
    page = await context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    await page.goto(line.address)
    await page.get_by_text("已连接").wait_for()
    yield page
    await context.close()
    assert faults == []


@pytest.fixture
async def desktop(browser: Browser, line: Line) -> AsyncIterator[Page]:
    async with opened(browser, line, 1440, 900) as page:
        yield page


@pytest.fixture
async def handset(browser: Browser, line: Line) -> AsyncIterator[Page]:
    async with opened(browser, line, 390, 844) as page:
        yield page
