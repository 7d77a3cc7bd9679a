"""Raw updates of the Bot API as what a person did, in the words of the handlers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot.telegram.attachments import attachment_of
from bot.telegram.mentions import is_addressed, without_mention
from handlers.incoming import Edited, Origin, Pressed, Reacted, Said, Uploaded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.telegram.attachments import Attachment
    from bot.telegram.mentions import Self
    from handlers.incoming import Incoming

_ZONE = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class Translator:
    """Reads the updates of one door; `me` is the bot as the messenger names it."""

    door: str
    me: Self

    def translate(self, update: Mapping[str, Any]) -> tuple[Incoming, ...]:
        """Return what a person did; nothing for what he did not do, or what has no meaning."""
        if "message" in update:
            event = self._message(update["message"])
        elif "edited_message" in update:
            event = self._edited(update["edited_message"])
        elif "callback_query" in update:
            event = self._press(update["callback_query"])
        elif "message_reaction" in update:
            event = self._reaction(update["message_reaction"])
        else:
            event = None
        return () if event is None else (event,)

    def _message(self, message: Mapping[str, Any]) -> Incoming | None:
        origin = self._origin_of(message)
        if origin is None:
            return None
        file = attachment_of(message)
        if file is not None:
            return self._upload(origin, message, file)
        if "text" not in message:
            return None
        return Said(origin, self._text(message), _reply_to(message))

    def _edited(self, message: Mapping[str, Any]) -> Incoming | None:
        origin = self._origin_of(message)
        if origin is None:
            return None
        text = self._text(message)
        file = attachment_of(message)
        if not text and file is not None:
            return self._upload(origin, message, file)
        return Edited(origin, text, _reply_to(message)) if text else None

    def _press(self, query: Mapping[str, Any]) -> Incoming | None:
        message = query.get("message")
        if "data" not in query or message is None:
            return None
        # a deleted message comes with date 0, and a press has no date of its own
        moment = message.get("edit_date") or message.get("date") or 0
        origin = self._origin(message["chat"], query["from"], message["message_id"], moment)
        return Pressed(origin, str(query["data"]), str(query["id"]))

    def _reaction(self, reaction: Mapping[str, Any]) -> Incoming | None:
        who = reaction.get("user")
        emoji = [kind["emoji"] for kind in reaction["new_reaction"] if kind["type"] == "emoji"]
        if who is None or who["is_bot"] or not emoji:
            return None
        origin = self._origin(reaction["chat"], who, reaction["message_id"], reaction["date"])
        return Reacted(origin, str(emoji[-1]))

    def _upload(self, origin: Origin, message: Mapping[str, Any], file: Attachment) -> Uploaded:
        return Uploaded(
            origin,
            file.kind,
            file.file_id,
            file.file_name,
            file.size,
            caption=self._text(message),
            reply_to=_reply_to(message),
        )

    def _text(self, message: Mapping[str, Any]) -> str:
        text = str(message.get("text") or message.get("caption") or "")
        return without_mention(text, self.me) if _is_group(message["chat"]) else text

    def _origin_of(self, message: Mapping[str, Any]) -> Origin | None:
        sender = message.get("from")
        # other bots, and administrators who write in the group's name, are nobody we know
        if sender is None or sender["is_bot"]:
            return None
        addressed = not _is_group(message["chat"]) or is_addressed(message, self.me)
        return self._origin(
            message["chat"],
            sender,
            message["message_id"],
            message.get("edit_date") or message["date"],
            addressed=addressed,
        )

    def _origin(
        self,
        chat: Mapping[str, Any],
        sender: Mapping[str, Any],
        message_id: int,
        moment: int,
        *,
        addressed: bool = True,
    ) -> Origin:
        return Origin(
            door=self.door,
            chat=str(chat["id"]),
            account=str(sender["id"]),
            display_name=" ".join(
                str(sender[part]) for part in ("first_name", "last_name") if sender.get(part)
            ),
            message_id=message_id,
            moment=datetime.fromtimestamp(moment, UTC).astimezone(_ZONE),
            in_group=_is_group(chat),
            addressed=addressed,
        )


def chat_of(update: Mapping[str, Any]) -> str:
    """Return the chat an update belongs to, empty where it belongs to none."""
    for key in ("message", "edited_message", "message_reaction"):
        if key in update:
            return str(update[key]["chat"]["id"])
    query = update.get("callback_query")
    if query is None:
        return ""
    place = query["message"]["chat"] if "message" in query else query["from"]
    return str(place["id"])


def _is_group(chat: Mapping[str, Any]) -> bool:
    return bool(chat["type"] != "private")


def _reply_to(message: Mapping[str, Any]) -> int | None:
    answered = message.get("reply_to_message")
    # in a topic every message formally answers the one that opened the topic
    if answered is None or "forum_topic_created" in answered:
        return None
    return int(answered["message_id"])
