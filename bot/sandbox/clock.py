"""The clock of the sandbox: the demo's own clock stands behind this protocol."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime


class SandboxClock(Protocol):
    """Tells the time that messages are dated with, and can be moved forward."""

    def now(self) -> datetime:
        """Return the aware moment it is in the sandbox."""
        ...

    async def advance(self, target: datetime) -> None:
        """Go forward to a moment; return when every job due until then is done and sent."""
        ...
