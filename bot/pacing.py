"""How fast messages may leave: per chat and in all, computed from what was sent."""

from __future__ import annotations

import time
from collections import defaultdict, deque
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from storage.delivery import Place

_MINUTE = 60.0


@dataclass(frozen=True)
class Limits:
    """What a messenger bears: `burst` at once in a private chat, then one a second."""

    burst: int = 3
    per_second: int = 25
    group_per_minute: int = 18


@dataclass
class _Chat:
    is_group: bool
    sent: deque[float] = field(default_factory=deque)


class Pace:
    """Knows which chats must wait now, and how much may leave in all.

    Args:
        limits: What the messenger bears.
        monotonic: Seconds that pass evenly.
    """

    def __init__(
        self, limits: Limits | None = None, *, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._limits = limits or Limits()
        self._monotonic = monotonic
        self._all: deque[float] = deque(maxlen=self._limits.per_second)
        self._chats: dict[Place, _Chat] = {}
        self._parked: defaultdict[Place, float] = defaultdict(float)
        self._suspended = 0

    def note(self, place: Place, *, is_group: bool) -> None:
        """Count a message that leaves now."""
        now = self._monotonic()
        self._all.append(now)
        self._chats.setdefault(place, _Chat(is_group)).sent.append(now)

    def park(self, place: Place, seconds: float) -> None:
        """Let a chat wait as long as the messenger asks for it; other chats go on."""
        self._parked[place] = max(self._parked[place], self._monotonic() + seconds)

    def parked(self) -> set[Place]:
        """Return the chats the messenger asked to leave alone for now."""
        now = self._monotonic()
        for place in [one for one, until in self._parked.items() if until <= now]:
            del self._parked[place]
        return set(self._parked)

    def waiting(self) -> set[Place]:
        """Return the chats nothing may be sent to at this moment."""
        parked = self.parked()
        if self._suspended:
            return parked
        now = self._monotonic()
        frees = {place: self._frees(chat, now) for place, chat in self._chats.items()}
        for place in [one for one in frees if not self._chats[one].sent]:
            del self._chats[place]
        return parked | {place for place, at in frees.items() if at > now}

    def room(self) -> int:
        """Return how many messages may leave at this moment."""
        if self._suspended:
            return self._limits.per_second
        since = self._monotonic() - 1.0
        return self._limits.per_second - sum(moment > since for moment in self._all)

    @contextmanager
    def suspended(self) -> Iterator[None]:
        """Count on, but let nothing wait: while a simulated clock leaps, seconds mean nothing.

        What a chat got meanwhile lies, for the clock that leapt, far enough apart.
        """
        self._suspended += 1
        try:
            yield
        finally:
            self._suspended -= 1
            if not self._suspended:
                self._chats.clear()

    def _frees(self, chat: _Chat, now: float) -> float:
        """Return from when on a chat may get one more; forget what no longer counts."""
        if chat.is_group:
            most = self._limits.group_per_minute
            while chat.sent and chat.sent[0] <= now - _MINUTE:
                chat.sent.popleft()
            return now if len(chat.sent) < most else chat.sent[-most] + _MINUTE
        # a bucket of `burst` that fills by one a second, told by the times alone
        level, last = 0.0, now
        for moment in chat.sent:
            level = max(0.0, level - max(0.0, moment - last)) + 1.0
            last = moment
        level = max(0.0, level - (now - last))
        if level == 0.0:
            chat.sent.clear()
        return now + max(0.0, level - self._limits.burst + 1.0)
