"""Pushing updates to the bot's webhook, one after the other, until each is taken."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import aiohttp

from bot.sandbox.store import dumps

if TYPE_CHECKING:
    from bot.sandbox.world import World

_FIRST_PAUSE_SECONDS = 0.5
_LONGEST_PAUSE_SECONDS = 30.0
_HEADER = "X-Telegram-Bot-Api-Secret-Token"


class WebhookPusher:
    """One task that delivers while a webhook is set."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def run(self) -> None:
        """Deliver for ever."""
        timeout = aiohttp.ClientTimeout(total=60)
        async with aiohttp.ClientSession(timeout=timeout) as session:
            while True:
                await self._world.updates.pushed.wait()
                self._world.updates.pushed.clear()
                await self._empty(session)

    async def _empty(self, session: aiohttp.ClientSession) -> None:
        pause = _FIRST_PAUSE_SECONDS
        while (hook := self._world.store.setting("webhook")) is not None:
            with self._world.store.transaction():
                batch = self._world.updates.take(0, 1)
            if not batch:
                return
            fault = await _deliver(session, hook, batch[0])
            self._note(hook, batch[0]["update_id"], fault)
            if fault:
                await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE_SECONDS) if fault else _FIRST_PAUSE_SECONDS

    def _note(self, hook: dict[str, Any], number: int, fault: str) -> None:
        with self._world.changing():
            if not fault:
                self._world.updates.forget(number)
            elif self._world.store.setting("webhook") == hook:
                told = {"last_error_date": self._world.moment(), "last_error_message": fault}
                self._world.store.remember("webhook", {**hook, **told})


async def _deliver(
    session: aiohttp.ClientSession, hook: dict[str, Any], update: dict[str, Any]
) -> str:
    # exactly this media type: the client's library refuses one with a charset
    headers = {"Content-Type": "application/json"}
    if hook["secret"]:
        headers[_HEADER] = hook["secret"]
    # a certificate given by the bot itself is trusted, as Telegram does
    trust = not hook["certificate"]
    body = dumps(update).encode()
    try:
        async with session.post(hook["url"], data=body, headers=headers, ssl=trust) as answer:
            if answer.ok:
                return ""
            return f"Wrong response from the webhook: {answer.status} {answer.reason}"
    except (aiohttp.ClientError, TimeoutError) as fault:
        return f"Connection failed: {fault}"
