"""Methods that put a text, a sign of life or a roll of the dice into a chat."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from bot.sandbox.errors import BadRequestError
from bot.sandbox.formatting import written_text
from bot.sandbox.methods.delivery import deliver, preview
from bot.sandbox.methods.targets import writable_chat

if TYPE_CHECKING:
    from bot.sandbox.call import Call
    from bot.sandbox.world import World

_ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}
# https://core.telegram.org/bots/api#dice: how far each kind counts
_DICE = {"🎲": 6, "🎯": 6, "🎳": 6, "🏀": 5, "⚽": 5, "🎰": 64}


def send_message(world: World, call: Call) -> dict[str, Any]:
    """Send a text."""
    content = written_text(call)
    return deliver(world, call, {**content, **preview(call)})


def send_message_draft(world: World, call: Call) -> bool:
    """Show a text that is still being written; it leaves nothing behind."""
    written_text(call)
    chat = writable_chat(world, call)
    if not call.integer("draft_id"):
        raise BadRequestError("draft identifier is invalid")
    world.live.hold("typing", chat=chat.id)
    return True


def send_dice(world: World, call: Call) -> dict[str, Any]:
    """Throw a die."""
    emoji = call.text("emoji").removesuffix("\ufe0f") or "🎲"
    if emoji not in _DICE:
        raise BadRequestError("EMOTICON_INVALID")
    value = secrets.randbelow(_DICE[emoji]) + 1
    return deliver(world, call, {"dice": {"emoji": emoji, "value": value}})


def send_chat_action(world: World, call: Call) -> bool:
    """Show that the bot is at work."""
    if call.text("action").lower() not in _ACTIONS:
        raise BadRequestError("wrong parameter action in request")
    chat = writable_chat(world, call)
    world.live.hold("typing", chat=chat.id)
    return True
