"""Pushing updates to the bot's webhook, one after the other, until each is taken."""

from __future__ import annotations

import asyncio
import json
import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import aiohttp

from bot.sandbox.call import Call
from bot.sandbox.errors import RefusalError
from bot.sandbox.methods.registry import METHODS
from bot.sandbox.store import dumps

if TYPE_CHECKING:
    from bot.sandbox.world import World

_LOG = logging.getLogger(__name__)
_FIRST_PAUSE_SECONDS = 0.5
_LONGEST_PAUSE_SECONDS = 30.0
_HEADER = "X-Telegram-Bot-Api-Secret-Token"


@dataclass(frozen=True)
class _Outcome:
    """What became of a push: a fault, or the call that the bot put into its answer."""

    fault: str
    call: dict[str, Any] = field(default_factory=dict)


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
            outcome = await _deliver(session, hook, batch[0])
            self._note(hook, batch[0]["update_id"], outcome)
            self._perform(outcome.call)
            if outcome.fault:
                await asyncio.sleep(pause)
            failed = bool(outcome.fault)
            pause = min(pause * 2, _LONGEST_PAUSE_SECONDS) if failed else _FIRST_PAUSE_SECONDS

    def _note(self, hook: dict[str, Any], number: int, outcome: _Outcome) -> None:
        with self._world.changing():
            if not outcome.fault:
                self._world.updates.forget(number)
            elif self._world.store.setting("webhook") == hook:
                told = {
                    "last_error_date": self._world.moment(),
                    "last_error_message": outcome.fault,
                }
                self._world.store.remember("webhook", {**hook, **told})

    def _perform(self, values: dict[str, Any]) -> None:
        name = str(values.get("method", "")).lower()
        if name not in METHODS:
            return
        parameters = {key: value for key, value in values.items() if key != "method"}
        try:
            with self._world.changing():
                METHODS[name](self._world, Call(name, parameters, {}))
        except RefusalError as refusal:
            # nobody waits for the answer to such a call: Telegram does not tell the bot either
            _LOG.warning("机器人在推送应答中附带的调用 %s 被拒绝：%s", name, refusal.description)


async def _deliver(
    session: aiohttp.ClientSession, hook: dict[str, Any], update: dict[str, Any]
) -> _Outcome:
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
                return _Outcome("", _call_in(await answer.read()))
            return _Outcome(f"Wrong response from the webhook: {answer.status} {answer.reason}")
    except (aiohttp.ClientError, TimeoutError) as fault:
        return _Outcome(f"Connection failed: {fault}")


def _call_in(answer: bytes) -> dict[str, Any]:
    try:
        content = json.loads(answer)
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}
