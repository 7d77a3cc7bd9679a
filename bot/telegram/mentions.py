"""Whether a group message is meant for the bot, and what it says without the bot's name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Self:
    """The bot's own number and user name (without @)."""

    number: int
    username: str


def is_addressed(message: Mapping[str, Any], me: Self) -> bool:
    """Say whether a message is a command, an answer to the bot, or names it."""
    answered = message.get("reply_to_message") or {}
    if answered.get("from", {}).get("id") == me.number and "forum_topic_created" not in answered:
        return True
    entities = message.get("entities") or message.get("caption_entities") or []
    if any(entity.get("user", {}).get("id") == me.number for entity in entities):
        return True
    text = str(message.get("text") or message.get("caption") or "")
    if _name(me).search(text):
        return True
    # /命令 in Chinese is no entity for the messenger; /command@another_bot is not for us
    return text.startswith("/") and "@" not in text.split(maxsplit=1)[0]


def without_mention(text: str, me: Self) -> str:
    """Return a text without the bot's name, as if it had been said in private."""
    return _name(me).sub("", text).strip()


def _name(me: Self) -> re.Pattern[str]:
    # user names are ASCII and never case-sensitive: 请@fangyuan_bot看 needs no blanks around it
    return re.compile(rf"@{re.escape(me.username)}(?![A-Za-z0-9_])", re.IGNORECASE)
