"""Methods that change or remove messages that stand already."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.errors import BadRequestError
from bot.sandbox.formatting import call_caption, written_text
from bot.sandbox.methods.targets import announce, keyboard, own_message, shown, writable_chat

if TYPE_CHECKING:
    from bot.sandbox.call import Call
    from bot.sandbox.messages import Stored
    from bot.sandbox.world import World

# https://core.telegram.org/bots/api#deletemessage
_DELETABLE_SECONDS = 48 * 3600
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the"
    " same as a current content and reply markup of the message"
)
_TEXT_PARTS = {"text", "entities", "reply_markup"}
_CAPTION_PARTS = {"caption", "caption_entities", "reply_markup"}


def edit_message_text(world: World, call: Call) -> dict[str, Any]:
    """Replace the text and the buttons of the bot's message."""
    message = _editable(world, call)
    if "text" not in message.body:
        raise BadRequestError("there is no text in the message to edit")
    return _rewritten(world, message, _TEXT_PARTS, {**written_text(call), **keyboard(call)})


def edit_message_caption(world: World, call: Call) -> dict[str, Any]:
    """Replace the caption and the buttons of the bot's file."""
    message = _editable(world, call)
    if "text" in message.body:
        raise BadRequestError("there is no caption in the message to edit")
    return _rewritten(world, message, _CAPTION_PARTS, {**call_caption(call), **keyboard(call)})


def edit_message_reply_markup(world: World, call: Call) -> dict[str, Any]:
    """Replace the buttons only."""
    return _rewritten(world, _editable(world, call), {"reply_markup"}, keyboard(call))


def delete_message(world: World, call: Call) -> bool:
    """Remove a message: the bot's own, and in a private or its own group also a person's."""
    message = own_message(world, call, "message to delete not found")
    if world.moment() - message.body["date"] > _DELETABLE_SECONDS:
        raise BadRequestError("message can't be deleted for everyone")
    remove(world, message)
    return True


def delete_messages(world: World, call: Call) -> bool:
    """Remove several messages; those that are gone already are passed over."""
    chat = writable_chat(world, call)
    for number in call.series("message_ids"):
        message = world.messages.get(chat.id, int(number))
        if message is not None:
            remove(world, message)
    return True


def remove(world: World, message: Stored) -> None:
    """Remove a message and take it off the pages."""
    world.messages.delete(message)
    world.live.hold("delete", chat=message.chat, message_id=message.id)


def _editable(world: World, call: Call) -> Stored:
    message = own_message(world, call, "message to edit not found")
    if message.sender != world.bot_id:
        raise BadRequestError("message can't be edited")
    return message


def _rewritten(
    world: World, message: Stored, parts: set[str], content: dict[str, Any]
) -> dict[str, Any]:
    kept = {key: value for key, value in message.body.items() if key not in parts}
    if {**kept, **content} == message.body:
        raise BadRequestError(_NOT_MODIFIED)
    body = {**kept, "edit_date": world.moment(), **content}
    changed = world.messages.rewrite(message, body)
    announce(world, changed)
    return shown(world, changed)
