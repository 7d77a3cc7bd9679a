"""The poller: the client's own loop, its queue being the inbox."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from telegram.error import NetworkError
from telegram.ext import Updater

from bot.telegram.redaction import redacted

if TYPE_CHECKING:
    from typing import Any

    from telegram import Bot, Update
    from telegram.error import TelegramError

    from bot.door import Store
    from bot.telegram.poll_request import PollRequest

_LOG = logging.getLogger(__name__)
ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "message_reaction")
_POLL_SECONDS = 30
_STOP_SECONDS = 4.0


class NotStoredError(NetworkError):
    """The inbox did not take an update: the poller fetches it again, a little later."""

    def __init__(self, update_id: int) -> None:
        super().__init__(f"update {update_id} was not stored")


class _Inbox(asyncio.Queue[object]):
    """The queue the client fills before it moves the offset; nothing ever lies in it."""

    def __init__(self, request: PollRequest, store: Store) -> None:
        super().__init__()
        self._request = request
        self._store = store

    async def put(self, item: Any) -> None:
        update: Update = item
        try:
            await self._store(self._request.whole(update.update_id))
        except Exception as fault:
            # Whatever it was, the offset must stay: the client's loop moves it unless put raises,
            # goes on after its own kind of error and dies of any other.
            _LOG.exception("收到的第 %s 号更新未能存入收件箱，稍后重新领取", update.update_id)
            raise NotStoredError(update.update_id) from fault


class Poller:
    """Fetches updates and stores each before the messenger is told that it arrived.

    Args:
        bot: The client.
        request: The client's part that polls.
        store: Commits one raw update; it must bear getting the same one again.
    """

    def __init__(self, bot: Bot, request: PollRequest, store: Store) -> None:
        self._request = request
        self._updater = Updater(bot, _Inbox(request, store))

    @property
    def silent_seconds(self) -> float:
        """Return how long ago the messenger last answered; beyond two minutes it is cut off."""
        return self._request.silent_seconds

    async def start(self) -> None:
        """Begin to fetch; waits for the network as long as it takes."""
        await self._updater.initialize()
        await self._updater.start_polling(
            timeout=_POLL_SECONDS,
            bootstrap_retries=-1,
            allowed_updates=ALLOWED_UPDATES,
            error_callback=_complain,
        )

    async def stop(self) -> None:
        """Stop fetching; what was stored is confirmed if the messenger answers in time."""
        if not self._updater.running:
            return
        try:
            async with asyncio.timeout(_STOP_SECONDS):
                await self._updater.stop()
                await self._request.settled()
        except TimeoutError:
            # what is not confirmed comes again, and the inbox knows it
            _LOG.warning("停止收取消息时消息通道没有应答，已收到的消息不受影响")


def _complain(fault: TelegramError) -> None:
    _LOG.warning("收取消息出错，稍后重试：%s", redacted(fault.message))
