"""The Bot API's objects as they go over the wire."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.sandbox.messages import Stored
    from bot.sandbox.residents import Chat
    from bot.sandbox.world import World

BOT_USERNAME = "fangyuan_sandbox_bot"
_BOT_NAME = "方圆"


def bot_user(world: World) -> dict[str, Any]:
    """Return the bot as a User."""
    return {
        "id": world.bot_id,
        "is_bot": True,
        "first_name": world.store.setting("name:", _BOT_NAME),
        "username": BOT_USERNAME,
    }


def user(world: World, number: int) -> dict[str, Any]:
    """Return a person or the bot as a User."""
    if number == world.bot_id:
        return bot_user(world)
    person = world.residents.person(number)
    name = "已注销" if person is None else person.name
    return {"id": number, "is_bot": False, "first_name": name, "language_code": "zh-hans"}


def chat_object(chat: Chat) -> dict[str, Any]:
    """Return a Chat."""
    if chat.is_private:
        return {"id": chat.id, "type": "private", "first_name": chat.title}
    forum = {"is_forum": True} if chat.facts.get("is_forum") else {}
    return {"id": chat.id, "type": chat.type, "title": chat.title, **forum}


def message_object(world: World, message: Stored, *, with_reply: bool = True) -> dict[str, Any]:
    """Return a Message; the one it answers comes without its own answer target."""
    chat = world.residents.chat(message.chat)
    shown = {
        "message_id": message.id,
        "from": user(world, message.sender),
        "chat": {"id": message.chat, "type": "private"} if chat is None else chat_object(chat),
        **_told(world, message.body),
    }
    answered = None
    if with_reply and message.reply_to is not None:
        answered = world.messages.get(message.chat, message.reply_to)
    if answered is not None:
        shown["reply_to_message"] = message_object(world, answered, with_reply=False)
    return shown


def _told(world: World, body: dict[str, Any]) -> dict[str, Any]:
    """Return what of a stored body goes over the wire: notes of our own stay here."""
    told = {key: value for key, value in body.items() if not key.startswith("_")}
    for key in ("entities", "caption_entities"):
        if key in told:
            told[key] = [known for e in told[key] if (known := _introduced(world, e))]
    return told


def _introduced(world: World, entity: dict[str, Any]) -> dict[str, Any] | None:
    if entity["type"] != "text_mention":
        return entity
    number = entity["user"]["id"]
    known = number == world.bot_id or world.residents.person(number) is not None
    return {**entity, "user": user(world, number)} if known else None


def reachable_message(world: World, message: Stored) -> dict[str, Any]:
    """Return a Message, or an InaccessibleMessage (date 0) for one that was deleted."""
    whole = message_object(world, message)
    if not message.deleted:
        return whole
    return {"message_id": message.id, "chat": whole["chat"], "date": 0}


def chat_instance(chat: int) -> str:
    """Return the constant that callback queries carry for a chat."""
    digest = hashlib.sha256(str(chat).encode()).digest()
    return str(int.from_bytes(digest[:8], "big", signed=True))
