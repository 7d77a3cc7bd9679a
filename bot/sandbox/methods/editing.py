"""Methods that change or remove messages that stand already."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.errors import BadRequestError
from bot.sandbox.formatting import call_caption, written_text
from bot.sandbox.keyboards import read_keyboard
from bot.sandbox.methods.delivery import preview
from bot.sandbox.methods.media import EDITABLE_KINDS, media_kind, media_part
from bot.sandbox.methods.targets import (
    announce,
    is_administrator,
    meant_message,
    present_chat,
    shown,
)

if TYPE_CHECKING:
    from bot.sandbox.call import Call
    from bot.sandbox.messages import Stored
    from bot.sandbox.world import World

# https://core.telegram.org/bots/api#deletemessage
_DELETABLE_SECONDS = 48 * 3600
_MOST_DELETED = 100
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the"
    " same as a current content and reply markup of the message"
)
_TEXT_PARTS = {"text", "entities", "link_preview_options", "reply_markup"}
_CAPTION_PARTS = {"caption", "caption_entities", "show_caption_above_media", "reply_markup"}
_CAPTIONED = {*EDITABLE_KINDS, "voice"}
_MEDIA_PARTS = {*_TEXT_PARTS, *_CAPTION_PARTS, *EDITABLE_KINDS, "has_media_spoiler"}


def edit_message_text(world: World, call: Call) -> dict[str, Any]:
    """Replace the text and the buttons of the bot's message."""
    content = {**written_text(call, too_long="MESSAGE_TOO_LONG"), **preview(call)}
    keys, message = read_keyboard(call), editable(world, call)
    if "text" not in message.body:
        raise BadRequestError("there is no text in the message to edit")
    keys.check_data()
    return rewritten(world, message, _TEXT_PARTS, {**content, **keys.part})


def edit_message_caption(world: World, call: Call) -> dict[str, Any]:
    """Replace the caption and the buttons of the bot's file."""
    content, keys = call_caption(call), read_keyboard(call)
    message = editable(world, call)
    if not _CAPTIONED & message.body.keys():
        raise BadRequestError("there is no caption in the message to edit")
    keys.check_data()
    return rewritten(world, message, _CAPTION_PARTS, {**content, **keys.part})


def edit_message_media(world: World, call: Call) -> dict[str, Any]:
    """Put another file in the place of the bot's file."""
    item = call.structure("media")
    media_kind(item)
    keys, message = read_keyboard(call), editable(world, call, "message to edit not found")
    if not {*EDITABLE_KINDS, "text"} & message.body.keys():
        raise BadRequestError("message media can't be edited")
    keys.check_data()
    content = media_part(world, call, item)
    return rewritten(world, message, _MEDIA_PARTS, {**content, **keys.part})


def edit_message_reply_markup(world: World, call: Call) -> dict[str, Any]:
    """Replace the buttons only."""
    keys, message = read_keyboard(call), editable(world, call)
    keys.check_data()
    return rewritten(world, message, {"reply_markup"}, keys.part)


def delete_message(world: World, call: Call) -> bool:
    """Remove a message: the bot's own, and in a private or its own group also a person's."""
    message = meant_message(world, call, "message to delete not found")
    if not _deletable(world, message):
        raise BadRequestError("message can't be deleted")
    if world.moment() - message.body["date"] > _DELETABLE_SECONDS:
        raise BadRequestError("message can't be deleted for everyone")
    remove(world, message)
    return True


def delete_messages(world: World, call: Call) -> bool:
    """Remove several messages; those that are gone already are passed over."""
    numbers = call.series("message_ids")
    if not numbers:
        raise BadRequestError("message identifiers are not specified")
    if len(numbers) > _MOST_DELETED:
        raise BadRequestError("too many message identifiers specified")
    if not all(isinstance(number, int) for number in numbers):
        raise BadRequestError("can't parse message identifiers")
    chat = present_chat(world, call)
    found = [message for number in numbers if (message := world.messages.get(chat.id, number))]
    if not all(_deletable(world, message) for message in found):
        raise BadRequestError("message can't be deleted")
    for message in found:
        remove(world, message)
    return True


def remove(world: World, message: Stored) -> None:
    """Remove a message and take it off the pages."""
    world.messages.delete(message)
    world.live.hold("delete", chat=message.chat, message_id=message.id)


def editable(world: World, call: Call, absent: str = "message to edit not found") -> Stored:
    """Return the bot's own message that a call names."""
    message = meant_message(world, call, absent)
    forwarded = "forward_origin" in message.body
    if message.sender != world.bot_id or forwarded or "_fixed" in message.body:
        raise BadRequestError("message can't be edited")
    return message


def rewritten(
    world: World, message: Stored, parts: set[str], content: dict[str, Any]
) -> dict[str, Any]:
    """Replace parts of a message.

    Raises:
        BadRequestError: Nothing would change.
    """
    kept = {key: value for key, value in message.body.items() if key not in parts}
    if {**kept, **content} == message.body:
        raise BadRequestError(_NOT_MODIFIED)
    body = {**kept, "edit_date": world.moment(), **content}
    return shown(world, replace_body(world, message, body))


def replace_body(world: World, message: Stored, body: dict[str, Any]) -> Stored:
    """Replace what a message holds and tell the pages."""
    changed = world.messages.rewrite(message, body)
    announce(world, changed)
    return changed


def _deletable(world: World, message: Stored) -> bool:
    chat = world.residents.chat(message.chat)
    if message.sender == world.bot_id or chat is None or chat.is_private:
        return True
    return is_administrator(world, chat)
