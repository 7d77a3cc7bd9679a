"""The last calls of the bot with their answers, for whoever wants to look."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.sandbox.call import Call

_KEPT = 1000


class Journal:
    """A short memory of calls; it does not outlive the process."""

    def __init__(self) -> None:
        self._calls: deque[dict[str, Any]] = deque(maxlen=_KEPT)
        self._count = 0

    def note(self, call: Call, status: int, answer: Any) -> None:
        """Note a call with its status and answer."""
        self._count += 1
        files = {name: upload.name for name, upload in call.uploads.items()}
        self._calls.append(
            {
                "n": self._count,
                "method": call.method,
                "params": {**call.values, **files},
                "status": status,
                "answer": answer,
            }
        )

    def after(self, number: int) -> list[dict[str, Any]]:
        """Return the calls above a number, oldest first."""
        return [call for call in self._calls if call["n"] > number]
