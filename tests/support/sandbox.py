"""A sandbox for tests: two people, a group, a clock that only moves when told, plain HTTP."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

from bot.sandbox.server import SandboxPerson

if TYPE_CHECKING:
    import aiohttp

ZHOU = SandboxPerson(101, "周岚", "prosecutor")
WU = SandboxPerson(102, "吴敏", "officer")
PEOPLE = (ZHOU, WU)
GROUP = "案管工作群"
# the first bytes of a picture of 300 by 200
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (300).to_bytes(4, "big") + (200).to_bytes(4, "big")
START = datetime(2026, 6, 15, 8, 29, 50, tzinfo=timezone(timedelta(hours=8)))


class MovableClock:
    """Stands still until it is moved; remembers where it was sent."""

    def __init__(self) -> None:
        self.moment = START
        self.sent_to: list[datetime] = []

    def now(self) -> datetime:
        """Return where the clock stands."""
        return self.moment

    async def advance(self, target: datetime) -> None:
        """Go to a moment, giving others a turn."""
        self.sent_to.append(target)
        await asyncio.sleep(0)
        self.moment = target


@dataclass(frozen=True)
class Line:
    """Both sides of a sandbox over plain HTTP."""

    session: aiohttp.ClientSession
    token: str
    address: str

    async def api(self, method: str, **params: Any) -> dict[str, Any]:
        """Call a Bot API method with JSON and return the whole envelope."""
        async with self.session.post(f"/bot{self.token}/{method}", json=params) as answer:
            body: dict[str, Any] = await answer.json()
            assert answer.status == body.get("error_code", 200)
            return body

    async def done(self, method: str, **params: Any) -> Any:
        """Call a Bot API method that must succeed and return its result."""
        body = await self.api(method, **params)
        assert body["ok"], body
        return body["result"]

    async def updates(self, **params: Any) -> list[dict[str, Any]]:
        """Fetch what waits."""
        found: list[dict[str, Any]] = await self.done("getUpdates", **params)
        return found

    async def ask(self, verb: str, path: str, *, status: int = 200, **body: Any) -> Any:
        """Make a request of the people's side and check its status."""
        payload = body or None
        async with self.session.request(verb, path, json=payload) as answer:
            assert answer.status == status, await answer.text()
            return await answer.json()

    async def say(self, text: str, person: int = ZHOU.id, **more: Any) -> int:
        """Let a person write."""
        answer = await self.ask("POST", f"/people/{person}/messages", text=text, **more)
        return int(answer["message_id"])

    async def seen(self, person: int = ZHOU.id, after: int = 0) -> list[dict[str, Any]]:
        """Return what a person sees in the private chat."""
        found: list[dict[str, Any]] = await self.ask(
            "GET", f"/people/{person}/messages?after={after}"
        )
        return found

    async def seen_in(self, chat: int, person: int = ZHOU.id) -> list[dict[str, Any]]:
        """Return what a person sees in a group."""
        found: list[dict[str, Any]] = await self.ask(
            "GET", f"/people/{person}/messages?chat={chat}"
        )
        return found

    async def stand(self, group: int, person: int, standing: str) -> None:
        """Make a person or the bot something else in a group."""
        change = {"person": person, "status": standing}
        async with self.session.post(f"/chats/{group}/members", json=change) as answer:
            assert answer.status == 200, await answer.text()

    async def group(self) -> int:
        """Return the id of the group."""
        chats = await self.ask("GET", "/chats")
        return next(int(chat["id"]) for chat in chats if chat["title"] == GROUP)
