"""The bot's side of the server: methods and downloads under the bot's token."""

from __future__ import annotations

import asyncio
import hmac
import logging
from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.sandbox.call import Call, read_call
from bot.sandbox.errors import BadRequestError, ConflictError, RefusalError
from bot.sandbox.methods.registry import GET_UPDATES, METHODS
from bot.sandbox.remote_files import with_remote_file

if TYPE_CHECKING:
    from bot.sandbox.faults import Fault, Faults
    from bot.sandbox.journal import Journal
    from bot.sandbox.world import World

_LOG = logging.getLogger(__name__)
_LONGEST_POLL_SECONDS = 50
# longer than any client waits for an answer
_HELD_BACK_SECONDS = 180.0


class BotSide:
    """Answers the bot's calls."""

    def __init__(
        self, world: World, token: str, faults: Faults, journal: Journal, stopping: asyncio.Event
    ) -> None:
        self._world = world
        self._token = token
        self._faults = faults
        self._journal = journal
        self._stopping = stopping

    def routes(self) -> list[web.RouteDef]:
        """Return the routes of this side."""
        method = "/bot{token:[^/]+}/{method:[^/]+}"
        return [
            web.get(method, self.call),
            web.post(method, self.call),
            web.get("/file/bot{token:[^/]+}/{path:.+}", self.download),
        ]

    async def call(self, request: web.Request) -> web.StreamResponse:
        """Perform one method and wrap its answer."""
        if not self._is_ours(request):
            return _refused(RefusalError(401, "Unauthorized"))
        name = request.match_info["method"]
        call = Call(name.lower(), {}, {})
        try:
            call = await read_call(request, name)
            fault = self._faults.strike(call)
            return await self._answer(request, call, fault)
        except web.HTTPRequestEntityTooLarge:
            return self._noted(call, RefusalError(413, "Request Entity Too Large"))
        except RefusalError as refusal:
            return self._noted(call, refusal)

    async def download(self, request: web.Request) -> web.StreamResponse:
        """Give the bot a file's bytes."""
        if not self._is_ours(request):
            return _refused(RefusalError(401, "Unauthorized"))
        file = self._world.files.at(request.match_info["path"])
        if file is None:
            return _refused(RefusalError(404, "Not Found"))
        return web.Response(
            body=self._world.files.content(file), content_type="application/octet-stream"
        )

    async def _answer(
        self, request: web.Request, call: Call, fault: Fault | None
    ) -> web.StreamResponse:
        refusal = fault.refusal() if fault else None
        if refusal is not None:
            raise refusal
        if fault and fault.kind == "reset" and not fault.delivered:
            return self._cut(request, call)
        result = await self._perform(call)
        answer = {"ok": True, "result": result}
        if fault and fault.kind == "reset":
            return self._cut(request, call)
        if call.method != GET_UPDATES or result:
            self._journal.note(call, 200, answer)
        if fault:
            await self._hold_back()
        return web.json_response(answer)

    async def _perform(self, call: Call) -> Any:
        if call.method == GET_UPDATES:
            return await self._get_updates(call)
        method = METHODS.get(call.method)
        if method is None:
            # the client's library reads 404 as a wrong token: say loudly what it really is
            _LOG.error("沙盒没有实现机器人接口的方法 %s，调用未执行", call.method)
            raise RefusalError(404, "Not Found: method not found")
        complete = await with_remote_file(call)
        with self._world.changing():
            return method(self._world, complete)

    async def _get_updates(self, call: Call) -> list[dict[str, Any]]:
        world = self._world
        if world.store.setting("webhook") is not None:
            raise ConflictError(
                "can't use getUpdates method while webhook is active;"
                " use deleteWebhook to delete the webhook first"
            )
        if call.has("allowed_updates"):
            named = call.series("allowed_updates")
            if not all(isinstance(name, str) for name in named):
                raise BadRequestError("can't parse allowed_updates: expected Array of Strings")
            with world.changing():
                world.updates.allow(named)
        limit = min(max(call.integer("limit", 100), 1), 100)
        seconds = min(max(call.integer("timeout"), 0), _LONGEST_POLL_SECONDS)
        return await world.updates.poll(call.integer("offset"), limit, seconds)

    async def _hold_back(self) -> None:
        try:
            async with asyncio.timeout(_HELD_BACK_SECONDS):
                await self._stopping.wait()
        except TimeoutError:
            return

    def _cut(self, request: web.Request, call: Call) -> web.Response:
        self._journal.note(call, 0, None)
        if request.transport is not None:
            request.transport.abort()
        return web.Response()

    def _noted(self, call: Call, refusal: RefusalError) -> web.Response:
        response = _refused(refusal)
        self._journal.note(call, refusal.code, _envelope(refusal))
        return response

    def _is_ours(self, request: web.Request) -> bool:
        given = request.match_info["token"]
        return hmac.compare_digest(given.encode(), self._token.encode())


def _envelope(refusal: RefusalError) -> dict[str, Any]:
    whole = {"ok": False, "error_code": refusal.code, "description": refusal.description}
    return {**whole, "parameters": refusal.parameters} if refusal.parameters else whole


def _refused(refusal: RefusalError) -> web.Response:
    return web.json_response(_envelope(refusal), status=refusal.code)
