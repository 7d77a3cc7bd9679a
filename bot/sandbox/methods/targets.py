"""Where a message goes: the chat a call names, the message it means, the topic it belongs to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bot.sandbox import objects, views
from bot.sandbox.errors import BadRequestError, ForbiddenError

if TYPE_CHECKING:
    from bot.sandbox.call import Call
    from bot.sandbox.messages import Stored
    from bot.sandbox.residents import Chat
    from bot.sandbox.world import World

_CHAT_ID = re.compile(r"-?[0-9]{1,19}")


def known_chat(world: World, call: Call, name: str = "chat_id") -> Chat:
    """Return the chat a call names, whether or not the bot may write there."""
    if not call.has(name):
        raise BadRequestError(f"{name} is empty")
    given = call.text(name).strip()
    chat = world.residents.chat(int(given)) if _CHAT_ID.fullmatch(given) else None
    if chat is None:
        raise BadRequestError("chat not found")
    moved = chat.facts.get("migrated_to")
    if moved is not None:
        raise BadRequestError(
            "group chat was upgraded to a supergroup chat", {"migrate_to_chat_id": moved}
        )
    return chat


def present_chat(world: World, call: Call) -> Chat:
    """Return the chat a call names if the bot is in it.

    Raises:
        ForbiddenError: The person has blocked the bot, or the bot is not in the group.
    """
    chat = known_chat(world, call)
    if chat.is_private:
        if world.residents.has_blocked(chat.id):
            raise ForbiddenError("bot was blocked by the user")
        return chat
    status = world.residents.status(chat.id, world.bot_id) or "left"
    if status == "kicked":
        raise ForbiddenError(f"bot was kicked from the {chat.type} chat")
    if status == "left":
        raise ForbiddenError(f"bot is not a member of the {chat.type} chat")
    return chat


def writable_chat(world: World, call: Call) -> Chat:
    """Return the chat a call names if the bot may write there."""
    chat = present_chat(world, call)
    if world.residents.status(chat.id, world.bot_id) == "restricted":
        raise BadRequestError("have no rights to send a message")
    return chat


def ruled_chat(world: World, call: Call, refusal: str) -> Chat:
    """Return the chat a call names if the bot is an administrator there.

    Raises:
        BadRequestError: It is not; `refusal` names the right it lacks.
    """
    chat = present_chat(world, call)
    if not chat.is_private and not is_administrator(world, chat):
        raise BadRequestError(refusal)
    return chat


def is_administrator(world: World, chat: Chat) -> bool:
    """Say whether the bot is an administrator of a group."""
    return world.residents.status(chat.id, world.bot_id) in {"administrator", "creator"}


def meant_message(world: World, call: Call, absent: str) -> Stored:
    """Return the message that a call names, `absent` being the complaint."""
    if call.has("inline_message_id"):
        raise BadRequestError("MESSAGE_ID_INVALID")
    number = call.message_id()
    chat = present_chat(world, call)
    message = world.messages.get(chat.id, number)
    if message is None:
        raise BadRequestError(absent)
    return message


def topic(chat: Chat, call: Call) -> dict[str, Any]:
    """Return the topic of a new message as the part of a Message."""
    thread = call.integer("message_thread_id")
    if not thread:
        return {}
    found = chat.facts.get("topics", {}).get(str(thread))
    if found is None:
        raise BadRequestError("message thread not found")
    if found["closed"]:
        raise BadRequestError("TOPIC_CLOSED")
    return {"message_thread_id": thread, "is_topic_message": True}


def post(
    world: World, chat: Chat, content: dict[str, Any], *, reply_to: int | None = None
) -> Stored:
    """Write a message of the bot down and show it on the pages."""
    body = {"date": world.moment(), **content}
    message = world.messages.add(chat.id, world.bot_id, body, reply_to=reply_to)
    announce(world, message)
    return message


def announce(world: World, message: Stored) -> None:
    """Tell the pages that a message is new or has changed."""
    view = views.detailed_view(world, message)
    world.live.hold("message", chat=message.chat, message=view)


def shown(world: World, message: Stored) -> dict[str, Any]:
    """Return a Message as the answer to the call that made or changed it."""
    return objects.message_object(world, message)
