"""The poller's line: keeps updates as they came, and never lets the client's loop die."""

from __future__ import annotations

import json
import time
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from telegram.error import NetworkError
from telegram.request import BaseRequest, HTTPXRequest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from telegram.request import RequestData

_LOOP_ENDING = {HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND}


class PollRequest(HTTPXRequest):
    """Hands the client nothing but update ids and keeps the whole updates for the inbox.

    The client cannot then stumble over an update of a shape it does not know (it would fetch
    the same batch for ever), and the inbox gets exactly what came over the wire.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
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
        status, payload = await super().do_request(url, method, request_data, *timeouts)
        if status in _LOOP_ENDING:
            # the client's loop ends for good on these while it still calls itself running
            return HTTPStatus.BAD_GATEWAY, payload
        if status != HTTPStatus.OK:
            return status, payload
        self._whole = _batch(payload)
        self._last_answer = time.monotonic()
        ids = [{"update_id": number} for number in self._whole]
        return status, json.dumps({"ok": True, "result": ids}).encode()


def _batch(payload: bytes) -> dict[int, Mapping[str, object]]:
    try:
        updates = json.loads(payload)["result"]
        return {int(update["update_id"]): update for update in updates}
    except (ValueError, TypeError, KeyError) as fault:
        raise NetworkError("getUpdates: the answer is not a list of updates") from fault
