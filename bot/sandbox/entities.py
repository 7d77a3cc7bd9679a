"""Text with entities, measured in UTF-16 units as the Bot API measures them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from bot.sandbox.errors import BadRequestError

Entity = dict[str, Any]
MOST_ENTITIES = 100

_DETECTED = re.compile(
    r"(?P<url>\b(?:https?://|www\.)[^\s<>\"，。；：！？、（）【】《》]+)"
    r"|(?P<email>\b[\w.+-]+@[\w-]+\.[\w.-]*\w)"
    r"|(?<![\w/@])(?P<mention>@[A-Za-z]\w{3,31})\b"
    r"|(?<![\w/<>])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@[A-Za-z]\w{3,31})?)(?![\w/])"
    r"|(?<!\w)(?P<hashtag>#\w*[^\W\d]\w*)"
    r"|(?<![\w$])(?P<cashtag>\$[A-Z]{1,8})\b"
    r"|(?<![\w@./-])(?P<site>(?:[a-zA-Z0-9-]+\.)+(?:com|net|org|cn|gov|edu|io|me|ru|dev)"
    r"(?:/[^\s<>\"，。；：！？、（）【】《》]*)?)(?![\w@-])"
)
_OPAQUE = {"code", "pre", "text_link", "text_mention"}


@dataclass(frozen=True)
class Formatted:
    """Plain text and the entities over it."""

    text: str
    entities: tuple[Entity, ...] = ()


class ParseError(BadRequestError):
    """Markup that Telegram would not take."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"can't parse entities: {reason}")


def units(text: str) -> int:
    """Return a text's length in UTF-16 code units: an emoji counts two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def byte_offset(text: str, position: int) -> int:
    """Return where a character stands in UTF-8, as Telegram's complaints count."""
    return len(text[:position].encode("utf-8", "surrogatepass"))


def finish(text: str, entities: list[Entity]) -> Formatted:
    """Trim the text, find what needs no markup (links, commands), sort, keep at most 100."""
    shown = text.strip()
    before = units(text[: len(text) - len(text.lstrip())])
    kept = [moved for entity in entities if (moved := _moved(entity, before, units(shown)))]
    opaque = [entity for entity in kept if entity["type"] in _OPAQUE]
    found = [entity for entity in detected(shown) if not any(_meet(entity, o) for o in opaque)]
    ordered = sorted([*kept, *found], key=lambda e: (e["offset"], -e["length"]))
    return Formatted(shown, tuple(ordered[:MOST_ENTITIES]))


def detected(text: str) -> list[Entity]:
    """Return links, mentions, commands and hashtags that stand in a text."""
    return [
        {
            "type": "url" if match.lastgroup == "site" else match.lastgroup,
            "offset": units(text[: match.start(match.lastgroup or 0)]),
            "length": units(match[match.lastgroup or 0]),
        }
        for match in _DETECTED.finditer(text)
    ]


def _moved(entity: Entity, before: int, total: int) -> Entity | None:
    start = max(entity["offset"] - before, 0)
    end = min(entity["offset"] + entity["length"] - before, total)
    return {**entity, "offset": start, "length": end - start} if end > start else None


def _meet(one: Entity, other: Entity) -> bool:
    return bool(
        one["offset"] < other["offset"] + other["length"]
        and other["offset"] < one["offset"] + one["length"]
    )
