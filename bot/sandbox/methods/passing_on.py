"""Methods that copy or forward what stands in a chat already."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox import objects
from bot.sandbox.errors import BadRequestError
from bot.sandbox.formatting import call_caption
from bot.sandbox.methods.delivery import deliver
from bot.sandbox.methods.targets import known_chat, post, shown, topic, writable_chat

if TYPE_CHECKING:
    from bot.sandbox.call import Call
    from bot.sandbox.messages import Stored
    from bot.sandbox.world import World

MOST_AT_ONCE = 100
_LEFT_OUT = {
    "date",
    "edit_date",
    "reply_markup",
    "message_thread_id",
    "is_topic_message",
    "has_protected_content",
    "quote",
    "external_reply",
    "effect_id",
    "_fixed",
}
_SERVICE = (
    "forum_topic_created",
    "forum_topic_closed",
    "migrate_to_chat_id",
    "migrate_from_chat_id",
    "new_chat_title",
    "pinned_message",
)


def copy_message(world: World, call: Call) -> dict[str, Any]:
    """Send a message's content anew, without a link to the first."""
    source = _source(world, call, "copy")
    content = _content(source)
    if call.has("caption") and "text" not in content:
        content = {k: v for k, v in content.items() if k not in {"caption", "caption_entities"}}
        content |= call_caption(call)
    return {"message_id": deliver(world, call, content)["message_id"]}


def forward_message(world: World, call: Call) -> dict[str, Any]:
    """Pass a message on, with its author."""
    source = _source(world, call, "forward")
    return _forwarded(world, call, source)


def copy_messages(world: World, call: Call) -> list[dict[str, int]]:
    """Copy several messages; those that are gone are passed over."""
    return [
        {"message_id": deliver(world, call, _content(source))["message_id"]}
        for source in _sources(world, call, "copy")
    ]


def forward_messages(world: World, call: Call) -> list[dict[str, int]]:
    """Forward several messages; those that are gone are passed over."""
    return [
        {"message_id": _forwarded(world, call, source)["message_id"]}
        for source in _sources(world, call, "forward")
    ]


def _forwarded(world: World, call: Call, source: Stored) -> dict[str, Any]:
    chat = writable_chat(world, call)
    origin = {
        "type": "user",
        "sender_user": objects.user(world, source.sender),
        "date": source.body["date"],
    }
    first = {"forward_origin": origin, **_content(source)}
    protected = {"has_protected_content": True} if call.flag("protect_content") else {}
    return shown(world, post(world, chat, {**first, **topic(chat, call), **protected}))


def _content(source: Stored) -> dict[str, Any]:
    return {key: value for key, value in source.body.items() if key not in _LEFT_OUT}


def _source(world: World, call: Call, act: str) -> Stored:
    number = call.message_id()
    chat = known_chat(world, call, "from_chat_id")
    message = world.messages.get(chat.id, number)
    if message is None:
        raise BadRequestError(f"message to {act} not found")
    if not _may_travel(message):
        raise BadRequestError(f"message can't be {'copied' if act == 'copy' else 'forwarded'}")
    return message


def _sources(world: World, call: Call, act: str) -> list[Stored]:
    numbers = call.series("message_ids")
    if not numbers:
        raise BadRequestError("message identifiers are not specified")
    if len(numbers) > MOST_AT_ONCE:
        raise BadRequestError("too many message identifiers specified")
    if not all(isinstance(number, int) for number in numbers) or numbers != sorted(set(numbers)):
        raise BadRequestError("message identifiers must be in a strictly increasing order")
    chat = known_chat(world, call, "from_chat_id")
    found = [message for number in numbers if (message := world.messages.get(chat.id, number))]
    kept = [message for message in found if _may_travel(message)]
    if not kept:
        raise BadRequestError(f"there are no messages to {act}")
    return kept


def _may_travel(message: Stored) -> bool:
    protected = message.body.get("has_protected_content")
    return not protected and not any(kind in message.body for kind in _SERVICE)
