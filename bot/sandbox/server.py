"""The sandbox as one server on this machine: bot's side, people's side, stage and page."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from typing import TYPE_CHECKING

from aiohttp import web

from bot.sandbox import page_side
from bot.sandbox.bot_side import BotSide
from bot.sandbox.faults import Faults
from bot.sandbox.journal import Journal
from bot.sandbox.people_side import PeopleSide
from bot.sandbox.requests import explain
from bot.sandbox.residents import SandboxPerson
from bot.sandbox.stage_side import StageSide
from bot.sandbox.store import Store
from bot.sandbox.webhook import WebhookPusher
from bot.sandbox.world import open_world

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from pathlib import Path

    from bot.sandbox.clock import SandboxClock

__all__ = ["Sandbox", "SandboxPerson"]

BOT_ID = 7_000_000_001
_HOST = "127.0.0.1"
# https://core.telegram.org/bots/api#sending-files: 50 MB up, and the fields around them
_LARGEST_REQUEST = 51 * 1024 * 1024
_SHUTDOWN_SECONDS = 0.5


class Sandbox:
    """A Bot API of one's own, with people, kept in a folder.

    Args:
        folder: Where chats, files and waiting updates live; made where it is absent.
        clock: What messages are dated with, and what `POST /clock` moves.
        people: Who is there from the start; somebody known already keeps his chat.
        groups: Titles of groups of all these people, with the bot in them.
        ledger_tail: Gives the ledger's entries above a number, for the page: `sequence`, `moment`,
            `actor`, `act`, `object`, `data`, `text`, and names as `who` and `whom` where known.
            It is called in a thread.
        next_workday: Gives the first working day from a day on (itself if it is one).
    """

    def __init__(
        self,
        folder: Path,
        clock: SandboxClock,
        *,
        people: Sequence[SandboxPerson],
        groups: Sequence[str] = (),
        ledger_tail: Callable[[int], list[dict[str, object]]] | None = None,
        next_workday: Callable[[date], date] | None = None,
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._store = Store(folder / "sandbox.sqlite3")
        self._world = open_world(self._store, folder / "files", clock, BOT_ID)
        with self._store.transaction():
            self.token = self._kept_token()
            self._world.residents.settle(people, groups, BOT_ID)
        self._ledger_tail = ledger_tail
        self._next_workday = next_workday
        self._stopping = asyncio.Event()
        self._runner: web.AppRunner | None = None
        self._pusher: asyncio.Task[None] | None = None

    async def start(self, port: int = 0) -> str:
        """Listen on this machine only and return the address; port 0 takes a free one."""
        runner = web.AppRunner(
            self._application(),
            handler_cancellation=True,
            access_log=None,
            shutdown_timeout=_SHUTDOWN_SECONDS,
        )
        self._runner = runner
        await runner.setup()
        await web.TCPSite(runner, _HOST, port).start()
        self._world.updates.pushed.set()
        self._pusher = asyncio.create_task(WebhookPusher(self._world).run())
        return f"http://{_HOST}:{runner.addresses[0][1]}"

    async def stop(self) -> None:
        """Send everybody who waits home, close the server and the store."""
        self._stopping.set()
        self._world.updates.stop()
        self._world.queries.stop()
        self._world.live.stop()
        if self._pusher is not None:
            self._pusher.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._pusher
        if self._runner is not None:
            await self._runner.cleanup()
        self._store.close()

    def _application(self) -> web.Application:
        application = web.Application(middlewares=[explain], client_max_size=_LARGEST_REQUEST)
        faults, journal = Faults(), Journal()
        stage = StageSide(
            self._world,
            faults,
            journal,
            ledger_tail=self._ledger_tail,
            next_workday=self._next_workday,
        )
        bot = BotSide(self._world, self.token, faults, journal, self._stopping)
        for side in (bot, PeopleSide(self._world), stage):
            application.add_routes(side.routes())
        application.add_routes(page_side.routes())
        return application

    def _kept_token(self) -> str:
        token = self._store.setting("token")
        if token is None:
            token = f"{BOT_ID}:{secrets.token_urlsafe(27)[:35]}"
            self._store.remember("token", token)
        return str(token)
