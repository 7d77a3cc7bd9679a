"""Methods about the topics of a group."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.errors import BadRequestError
from bot.sandbox.methods.targets import post, ruled_chat

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.sandbox.call import Call
    from bot.sandbox.residents import Chat
    from bot.sandbox.world import World

_LONGEST_NAME = 128
_COLORS = {7322096, 16766590, 13338331, 9367192, 16749490, 16478047}
_FIRST_COLOR = 7322096
_GENERAL = "1"


def create_forum_topic(world: World, call: Call) -> dict[str, Any]:
    """Open a topic in a group that has topics."""
    chat, name = _forum(world, call), _name(call)
    color = call.integer("icon_color", _FIRST_COLOR)
    if color not in _COLORS:
        raise BadRequestError("invalid icon color specified")
    message = post(world, chat, {"forum_topic_created": {"name": name, "icon_color": color}})
    in_topic = {"message_thread_id": message.id, "is_topic_message": True}
    world.messages.rewrite(message, {**message.body, **in_topic})
    _put(world, chat, message.id, {"name": name, "closed": False})
    return {"message_thread_id": message.id, "name": name, "icon_color": color}


def edit_forum_topic(world: World, call: Call) -> bool:
    """Give a topic another name or sign."""
    chat = _forum(world, call)
    thread, found = _topic(chat, call)
    name = _name(call) if call.has("name") else found["name"]
    if name == found["name"] and "icon_custom_emoji_id" not in call.values:
        raise BadRequestError("TOPIC_NOT_MODIFIED")
    _put(world, chat, thread, {**found, "name": name})
    edited = {"name": name} if name != found["name"] else {}
    _tell(world, chat, thread, {"forum_topic_edited": edited})
    return True


def close_forum_topic(world: World, call: Call) -> bool:
    """Close a topic."""
    return _turn(world, call, "forum_topic_closed", closed=True)


def reopen_forum_topic(world: World, call: Call) -> bool:
    """Open a closed topic again."""
    return _turn(world, call, "forum_topic_reopened", closed=False)


def delete_forum_topic(world: World, call: Call) -> bool:
    """Remove a topic with its messages."""
    chat = _forum(world, call)
    thread, _ = _topic(chat, call)
    topics = {key: value for key, value in _topics(chat).items() if key != str(thread)}
    world.residents.put_facts(chat, {**chat.facts, "topics": topics})
    for message in world.messages.after(chat.id, 0):
        if message.body.get("message_thread_id") == thread:
            world.messages.delete(message)
            world.live.hold("delete", chat=chat.id, message_id=message.id)
    return True


def unpin_all_forum_topic_messages(world: World, call: Call) -> bool:
    """Take off what is pinned in a topic."""
    chat = _forum(world, call)
    thread, _ = _topic(chat, call)
    pins = [
        number for number in chat.facts.get("pins", []) if not _within(world, chat, number, thread)
    ]
    world.residents.put_facts(chat, {**chat.facts, "pins": pins})
    return True


def general_topic(field: str, *, value: bool) -> Callable[[World, Call], bool]:
    """Return the method that closes, opens, hides or shows the general topic."""

    def change(world: World, call: Call) -> bool:
        chat = _forum(world, call)
        general = _topics(chat).get(_GENERAL, {"name": "General", "closed": False, "hidden": False})
        if bool(general.get(field)) is value:
            raise BadRequestError("TOPIC_NOT_MODIFIED")
        _put(world, chat, int(_GENERAL), {**general, field: value})
        return True

    return change


def edit_general_forum_topic(world: World, call: Call) -> bool:
    """Give the general topic another name."""
    chat, name = _forum(world, call), _name(call)
    general = _topics(chat).get(_GENERAL, {"name": "General", "closed": False})
    if general["name"] == name:
        raise BadRequestError("TOPIC_NOT_MODIFIED")
    _put(world, chat, int(_GENERAL), {**general, "name": name})
    return True


def get_forum_topic_icon_stickers(_world: World, _call: Call) -> list[dict[str, Any]]:
    """List the signs a topic may have: none here."""
    return []


def _turn(world: World, call: Call, told: str, *, closed: bool) -> bool:
    chat = _forum(world, call)
    thread, found = _topic(chat, call)
    if found["closed"] is closed:
        raise BadRequestError("TOPIC_NOT_MODIFIED")
    _put(world, chat, thread, {**found, "closed": closed})
    _tell(world, chat, thread, {told: {}})
    return True


def _forum(world: World, call: Call) -> Chat:
    chat = ruled_chat(world, call, "not enough rights to create a topic")
    if not chat.facts.get("is_forum"):
        raise BadRequestError("the chat is not a forum")
    return chat


def _name(call: Call) -> str:
    name = call.text("name").strip()
    if not name:
        raise BadRequestError("topic name must be non-empty")
    return name[:_LONGEST_NAME]


def _topic(chat: Chat, call: Call) -> tuple[int, dict[str, Any]]:
    thread = call.integer("message_thread_id")
    found = _topics(chat).get(str(thread))
    if found is None:
        raise BadRequestError("message thread not found" if thread else "TOPIC_ID_INVALID")
    return thread, found


def _topics(chat: Chat) -> dict[str, dict[str, Any]]:
    topics: dict[str, dict[str, Any]] = chat.facts.get("topics", {})
    return topics


def _put(world: World, chat: Chat, thread: int, topic: dict[str, Any]) -> None:
    topics = {**_topics(chat), str(thread): topic}
    world.residents.put_facts(chat, {**chat.facts, "topics": topics})


def _tell(world: World, chat: Chat, thread: int, service: dict[str, Any]) -> None:
    in_topic = {"message_thread_id": thread, "is_topic_message": True}
    post(world, chat, {**in_topic, **service})


def _within(world: World, chat: Chat, number: int, thread: int) -> bool:
    message = world.messages.get(chat.id, number)
    return message is not None and message.body.get("message_thread_id") == thread
