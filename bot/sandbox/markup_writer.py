"""Plain text as it grows while markup is read, and the entities over it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.sandbox.entities import units

if TYPE_CHECKING:
    from bot.sandbox.entities import Entity

_PERSON = re.compile(r"tg://user/?\?id=(\d+)")


@dataclass
class Writer:
    """Collects text; `cover` marks what was written since a place."""

    plain: list[str] = field(default_factory=list)
    offset: int = 0
    found: list[Entity] = field(default_factory=list)

    def emit(self, text: str) -> None:
        """Add plain text."""
        self.plain.append(text)
        self.offset += units(text)

    def cover(self, start: int, **entity: Any) -> None:
        """Lay an entity over what was written since a place."""
        if self.offset > start:
            self.found.append({**entity, "offset": start, "length": self.offset - start})

    def block(self, text: str, **entity: Any) -> None:
        """Add text with an entity over it."""
        start = self.offset
        self.emit(text)
        self.cover(start, **entity)


def linked(address: str) -> dict[str, Any]:
    """Return the entity that a link makes: to a page, or to a person."""
    person = _PERSON.fullmatch(address)
    if person:
        return {"type": "text_mention", "user": {"id": int(person[1])}}
    plain = "://" in address or address.startswith("mailto:")
    return {"type": "text_link", "url": address if plain else f"http://{address}"}
