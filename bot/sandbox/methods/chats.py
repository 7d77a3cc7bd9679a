"""Methods about chats: what they are, who is in them, what is pinned, which topics they have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox import objects
from bot.sandbox.errors import BadRequestError
from bot.sandbox.memberships import change_status, member_object
from bot.sandbox.methods.targets import known_chat, own_message, post, writable_chat

if TYPE_CHECKING:
    from bot.sandbox.call import Call
    from bot.sandbox.residents import Chat
    from bot.sandbox.world import World

_NO_GIFTS = {
    "unlimited_gifts": False,
    "limited_gifts": False,
    "unique_gifts": False,
    "premium_subscription": False,
    "gifts_from_channels": False,
}


def get_chat(world: World, call: Call) -> dict[str, Any]:
    """Tell everything about a chat."""
    chat = known_chat(world, call)
    pinned = world.messages.get(chat.id, chat.facts.get("pinned", 0))
    return {
        **objects.chat_object(chat),
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": _NO_GIFTS,
        **({"pinned_message": objects.message_object(world, pinned)} if pinned else {}),
    }


def get_chat_member(world: World, call: Call) -> dict[str, Any]:
    """Tell what somebody is in a chat."""
    chat, number = known_chat(world, call), call.integer("user_id")
    if number != world.bot_id and world.residents.person(number) is None:
        raise BadRequestError("user not found")
    return member_object(world, number, world.residents.status(chat.id, number) or "left")


def get_chat_administrators(world: World, call: Call) -> list[dict[str, Any]]:
    """List owner and administrators of a group."""
    chat = known_chat(world, call)
    if chat.is_private:
        raise BadRequestError("there are no administrators in the private chat")
    members = world.residents.members(chat.id)
    return [
        member_object(world, number, status)
        for number, status in members.items()
        if status in {"creator", "administrator"}
    ]


def get_chat_member_count(world: World, call: Call) -> int:
    """Count the members of a chat; a private one has two."""
    chat = known_chat(world, call)
    return 2 if chat.is_private else len(world.residents.members(chat.id))


def leave_chat(world: World, call: Call) -> bool:
    """Take the bot out of a group."""
    chat = writable_chat(world, call)
    if chat.is_private:
        raise BadRequestError("chat member status can't be changed in private chats")
    change_status(world, chat, world.bot_id, "left", by=world.bot_id)
    return True


def pin_chat_message(world: World, call: Call) -> bool:
    """Pin a message at the top of its chat."""
    message = own_message(world, call, "message to pin not found")
    chat = known_chat(world, call)
    world.residents.put_facts(chat, {**chat.facts, "pinned": message.id})
    world.live.hold("pinned", chat=chat.id, message_id=message.id)
    return True


def unpin_chat_message(world: World, call: Call) -> bool:
    """Take the pinned message off, or the one named."""
    chat = writable_chat(world, call)
    pinned = chat.facts.get("pinned")
    if pinned is None or (call.has("message_id") and call.integer("message_id") != pinned):
        raise BadRequestError("message to unpin not found")
    facts = {key: value for key, value in chat.facts.items() if key != "pinned"}
    world.residents.put_facts(chat, facts)
    world.live.hold("pinned", chat=chat.id, message_id=None)
    return True


def create_forum_topic(world: World, call: Call) -> dict[str, Any]:
    """Open a topic in a group that has topics."""
    chat, name = _forum(world, call), call.text("name")
    if not 1 <= len(name) <= 128:
        raise BadRequestError("TOPIC_TITLE_EMPTY" if not name else "TOPIC_TITLE_INVALID")
    color = call.integer("icon_color", 0x6FB9F0)
    service = {"forum_topic_created": {"name": name, "icon_color": color}}
    message = post(world, chat, service)
    _put_topic(world, chat, message.id, {"name": name, "closed": False})
    return {"message_thread_id": message.id, "name": name, "icon_color": color}


def close_forum_topic(world: World, call: Call) -> bool:
    """Close a topic."""
    chat = _forum(world, call)
    thread = call.integer("message_thread_id")
    found = chat.facts.get("topics", {}).get(str(thread))
    if found is None:
        raise BadRequestError("TOPIC_ID_INVALID")
    if found["closed"]:
        raise BadRequestError("TOPIC_NOT_MODIFIED")
    _put_topic(world, chat, thread, {**found, "closed": True})
    in_topic = {"message_thread_id": thread, "is_topic_message": True}
    post(world, chat, {**in_topic, "forum_topic_closed": {}})
    return True


def _forum(world: World, call: Call) -> Chat:
    chat = writable_chat(world, call)
    if not chat.facts.get("is_forum"):
        raise BadRequestError("the chat is not a forum")
    return chat


def _put_topic(world: World, chat: Chat, thread: int, topic: dict[str, Any]) -> None:
    topics = {**chat.facts.get("topics", {}), str(thread): topic}
    world.residents.put_facts(chat, {**chat.facts, "topics": topics})
