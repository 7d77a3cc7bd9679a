"""The poller's line: keeps updates as they came, and never lets the client's loop die."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from telegram.error import NetworkError
from telegram.request import BaseRequest, HTTPXRequest

if TYPE_CHECKING:
    from collections.abc import Mapping

    import httpx
    from telegram.request import RequestData

_LOOP_ENDING = {HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND}


class PollRequest(HTTPXRequest):
    """Hands the client nothing but update ids and keeps the whole updates for the inbox.

    The client cannot then stumble over an update of a shape it does not know (it would fetch
    the same batch for ever), and the inbox gets exactly what came over the wire.
    """

    def __init__(self, *, httpx_kwargs: Mapping[str, Any], **options: Any) -> None:
        hooks = {"request": [self._trace]}
        super().__init__(httpx_kwargs={**httpx_kwargs, "event_hooks": hooks}, **options)
        self._connected = asyncio.Event()
        self._connected.set()
        self._under_way: set[asyncio.Task[tuple[int, bytes]]] = set()
        self._whole: dict[int, Mapping[str, object]] = {}
        self._last_answer = time.monotonic()

    @property
    def silent_seconds(self) -> float:
        """Return how long ago the messenger last answered the poller."""
        return time.monotonic() - self._last_answer

    def whole(self, update_id: int) -> Mapping[str, object]:
        """Return an update of the last batch as it came."""
        return self._whole[update_id]

    async def do_request(  # noqa: PLR0917 - the client's own signature
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Send a request; see the class for what is done with its answer."""
        timeouts = (read_timeout, write_timeout, connect_timeout, pool_timeout)
        sending = asyncio.create_task(super().do_request(url, method, request_data, *timeouts))
        self._under_way.add(sending)
        sending.add_done_callback(self._under_way.discard)
        try:
            status, payload = await asyncio.shield(sending)
        except asyncio.CancelledError:
            await self._cut_off(sending)
            raise
        if status in _LOOP_ENDING:
            # the client's loop ends for good on these while it still calls itself running
            return HTTPStatus.BAD_GATEWAY, payload
        if status != HTTPStatus.OK:
            return status, payload
        self._whole = _batch(payload)
        self._last_answer = time.monotonic()
        ids = [{"update_id": number} for number in self._whole]
        return status, json.dumps({"ok": True, "result": ids}).encode()

    async def _cut_off(self, sending: asyncio.Task[tuple[int, bytes]]) -> None:
        """Cancel a poll, but not while it connects: the client would leave its socket open."""
        await self._connected.wait()
        sending.cancel()
        with contextlib.suppress(asyncio.CancelledError, NetworkError):
            await sending

    async def settled(self) -> None:
        """Wait until no poll is under way: the client cuts its last one off and does not wait."""
        while self._under_way:
            await asyncio.wait(set(self._under_way))

    async def _trace(self, request: httpx.Request) -> None:
        # https://www.encode.io/httpcore/extensions/#trace
        request.extensions["trace"] = self._note_connecting

    async def _note_connecting(self, event: str, _: Mapping[str, Any]) -> None:
        if event == "connection.connect_tcp.started":
            self._connected.clear()
        elif event.startswith("connection.connect_tcp."):
            self._connected.set()


def _batch(payload: bytes) -> dict[int, Mapping[str, object]]:
    try:
        updates = json.loads(payload)["result"]
        return {int(update["update_id"]): update for update in updates}
    except (ValueError, TypeError, KeyError) as fault:
        raise NetworkError("getUpdates: the answer is not a list of updates") from fault
