"""The stage around the people: groups, the clock, faults, calls, ledger, and the live channel."""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from aiohttp import web

from bot.sandbox import groups, views
from bot.sandbox.errors import BadFieldError, ClockBackwardsError, NotHereError
from bot.sandbox.faults import read_fault
from bot.sandbox.requests import json_body, needed_number, whole_number, words

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from bot.sandbox.faults import Faults
    from bot.sandbox.journal import Journal
    from bot.sandbox.residents import Chat
    from bot.sandbox.world import World

ADVANCE_WITHIN_SECONDS = 30.0
_MORNING = time(9, 0)
_FARTHEST_YEARS = 20


class StageSide:
    """Answers whoever moves the scenery."""

    def __init__(
        self,
        world: World,
        faults: Faults,
        journal: Journal,
        *,
        ledger_tail: Callable[[int], list[dict[str, object]]] | None,
        next_workday: Callable[[date], date] | None,
    ) -> None:
        self._world = world
        self._faults = faults
        self._journal = journal
        self._ledger_tail = ledger_tail
        self._next_workday = next_workday or _next_weekday
        self._moving = asyncio.Lock()
        self._advances: set[asyncio.Task[None]] = set()

    def routes(self) -> list[web.RouteDef]:
        """Return the routes of this side."""
        return [
            web.get("/chats", self.chats),
            web.post("/chats", self.found_group),
            web.post("/chats/{chat}/members", self.change_member),
            web.post("/chats/{chat}/upgrade", self.upgrade),
            web.get("/clock", self.clock),
            web.post("/clock", self.move_clock),
            web.get("/clock/targets", self.targets),
            web.get("/faults", self.faults),
            web.post("/faults", self.order_fault),
            web.delete("/faults", self.clear_faults),
            web.get("/calls", self.calls),
            web.get("/ledger", self.ledger),
            web.get("/live", self.live),
        ]

    async def chats(self, _request: web.Request) -> web.Response:
        """List private chats and groups."""
        found = [chat for chat in self._world.residents.chats() if "migrated_to" not in chat.facts]
        return web.json_response([views.chat_view(self._world, chat) for chat in found])

    async def found_group(self, request: web.Request) -> web.Response:
        """Make a group of everybody, with the bot in it."""
        body = await json_body(request)
        kind = words(body, "type") or "supergroup"
        if kind not in {"group", "supergroup"} or not words(body, "title").strip():
            raise BadFieldError("title、type", "群名称与 group 或 supergroup")
        everybody = [person.id for person in self._world.residents.people()]
        with self._world.changing():
            chat = self._world.residents.found_group(
                words(body, "title").strip(), everybody, self._world.bot_id, kind
            )
            self._world.live.hold("people")
        return web.json_response(views.chat_view(self._world, chat))

    async def change_member(self, request: web.Request) -> web.Response:
        """Let somebody into a group, make him something else there, or take him out."""
        body, chat = await json_body(request), self._group(request)
        status = words(body, "status") or "member"
        with self._world.changing():
            groups.change_member(self._world, chat, needed_number(body, "person"), status)
        return web.json_response(views.chat_view(self._world, chat))

    async def upgrade(self, request: web.Request) -> web.Response:
        """Turn a basic group into a supergroup with another id."""
        chat = self._group(request)
        with self._world.changing():
            upgraded = groups.upgrade(self._world, chat)
        return web.json_response(views.chat_view(self._world, upgraded))

    async def clock(self, _request: web.Request) -> web.Response:
        """Tell the time."""
        return web.json_response({"now": self._now()})

    async def move_clock(self, request: web.Request) -> web.Response:
        """Go forward, and answer when everything due until then is done."""
        target = self._target(await json_body(request))
        async with self._moving:
            if target < self._world.clock.now():
                raise ClockBackwardsError(self._now(), target.isoformat())
            task = asyncio.create_task(self._world.clock.advance(target))
            self._advances.add(task)
            task.add_done_callback(self._advances.discard)
            await asyncio.wait({task}, timeout=ADVANCE_WITHIN_SECONDS)
        if task.done():
            task.result()
        self._world.live.hold("clock", now=self._now())
        self._world.live.release()
        return web.json_response({"now": self._now()})

    async def targets(self, _request: web.Request) -> web.Response:
        """Tell the moments the page offers to go to."""
        now = self._world.clock.now()
        tomorrow = now.date() + timedelta(days=1)
        morning = datetime.combine(tomorrow, _MORNING, now.tzinfo)
        workday = datetime.combine(self._next_workday(tomorrow), _MORNING, now.tzinfo)
        return web.json_response(
            {
                "next_hour": (now + timedelta(hours=1)).isoformat(),
                "next_morning": morning.isoformat(),
                "next_workday": workday.isoformat(),
            }
        )

    async def faults(self, _request: web.Request) -> web.Response:
        """List the faults that are still to come."""
        return web.json_response([asdict(fault) for fault in self._faults.ordered()])

    async def order_fault(self, request: web.Request) -> web.Response:
        """Order a fault."""
        self._faults.order(read_fault(await json_body(request)))
        return web.json_response({})

    async def clear_faults(self, _request: web.Request) -> web.Response:
        """Forget the faults that are still to come."""
        self._faults.clear()
        return web.json_response({})

    async def calls(self, request: web.Request) -> web.Response:
        """List the bot's last calls."""
        return web.json_response(self._journal.after(whole_number(request.query, "after") or 0))

    async def ledger(self, request: web.Request) -> web.Response:
        """List the newest entries of the bot's ledger, where one was given."""
        if self._ledger_tail is None:
            raise NotHereError("页面", "ledger（未接入留痕流水）")
        after = whole_number(request.query, "after") or 0
        entries = await asyncio.to_thread(self._ledger_tail, after)
        return web.json_response(entries)

    async def live(self, request: web.Request) -> web.WebSocketResponse:
        """Push what happens to a page."""
        socket = web.WebSocketResponse(heartbeat=20)
        await socket.prepare(request)
        listener = self._world.live.join()
        pushing = asyncio.create_task(_push(socket, listener))
        try:
            async for _ in socket:
                pass
        finally:
            self._world.live.leave(listener)
            pushing.cancel()
        return socket

    def _group(self, request: web.Request) -> Chat:
        number = needed_number(request.match_info, "chat")
        chat = self._world.residents.chat(number)
        if chat is None or chat.is_private:
            raise NotHereError("群组", number)
        return chat

    def _now(self) -> str:
        return self._world.clock.now().isoformat()

    def _target(self, body: dict[str, object]) -> datetime:
        now = self._world.clock.now()
        hours = body.get("advance_hours")
        try:
            if isinstance(hours, (int, float)) and not isinstance(hours, bool):
                moment = now + timedelta(hours=hours)
            else:
                moment = datetime.fromisoformat(str(body.get("now", "")))
        except (ValueError, OverflowError):
            raise BadFieldError("now", "时刻，例如 2026-06-15T09:00:00") from None
        if moment.year > now.year + _FARTHEST_YEARS:
            raise BadFieldError("now", f"{_FARTHEST_YEARS} 年以内的时刻")
        return moment if moment.tzinfo else moment.replace(tzinfo=now.tzinfo)


async def _push(socket: web.WebSocketResponse, listener: asyncio.Queue[str | None]) -> None:
    while (event := await listener.get()) is not None:
        await socket.send_str(event)
    await socket.close(code=1001)


def _next_weekday(day: date) -> date:
    while day.isoweekday() > 5:
        day += timedelta(days=1)
    return day
