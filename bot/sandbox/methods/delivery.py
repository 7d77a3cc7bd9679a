"""How a new message is sent: what it answers, which keyboard it carries, in which topic."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.sandbox import objects
from bot.sandbox.entities import units
from bot.sandbox.errors import BadRequestError, MalformedError
from bot.sandbox.fields import LARGEST_NUMBER, flag, needed_number
from bot.sandbox.formatting import formatted
from bot.sandbox.keyboards import read_keyboard
from bot.sandbox.links import is_link
from bot.sandbox.methods.targets import post, shown, topic, writable_chat

if TYPE_CHECKING:
    from bot.sandbox.call import Call
    from bot.sandbox.messages import Stored
    from bot.sandbox.residents import Chat
    from bot.sandbox.world import World

_PREVIEW_FLAGS = ("is_disabled", "prefer_small_media", "prefer_large_media", "show_above_text")


@dataclass(frozen=True)
class Answered:
    """The message that a new one answers, and what of it the new one shows."""

    number: int | None = None
    part: dict[str, Any] = field(default_factory=dict)


def deliver(world: World, call: Call, content: dict[str, Any]) -> dict[str, Any]:
    """Send a message; the content was read before, as Telegram reads it first."""
    wanted, keys, marks = wanted_reply(call), read_keyboard(call), _marks(call)
    chat = writable_chat(world, call)
    thread = topic(chat, call)
    reply = answered(world, chat, wanted)
    keys.check_data()
    fixed = {"_fixed": True} if keys.fixed else {}
    whole = {**reply.part, **thread, **content, **marks, **keys.part, **fixed}
    return shown(world, post(world, chat, whole, reply_to=reply.number))


def wanted_reply(call: Call) -> dict[str, Any]:
    """Read which message a new one is to answer, empty for none."""
    wanted = call.record("reply_parameters")
    if wanted:
        return _checked(wanted)
    number = call.integer("reply_to_message_id")
    passed_over = call.flag("allow_sending_without_reply")
    return {"message_id": number, "allow_sending_without_reply": passed_over} if number else {}


def _checked(wanted: dict[str, Any]) -> dict[str, Any]:
    flag(wanted, "allow_sending_without_reply")
    try:
        number = needed_number(wanted, "message_id")
        elsewhere = needed_number(wanted, "chat_id") if wanted.get("chat_id") else 0
    except MalformedError as fault:
        raise BadRequestError(_lowered(str(fault))) from None
    return {**wanted, "message_id": number, "chat_id": elsewhere}


def answered(world: World, chat: Chat, wanted: dict[str, Any]) -> Answered:
    """Find the message that a new one answers."""
    if not wanted:
        return Answered()
    place = wanted.get("chat_id") or chat.id
    message = world.messages.get(place, wanted["message_id"])
    if message is None:
        if wanted.get("allow_sending_without_reply"):
            return Answered()
        raise BadRequestError("message to be replied not found")
    quoted = _quote(message, wanted)
    if place != chat.id:
        return Answered(None, {"external_reply": _external(world, message), **quoted})
    return Answered(message.id, {**_thread(message), **quoted})


def preview(call: Call) -> dict[str, Any]:
    """Return what is to happen with a link's preview as the part of a Message."""
    options = call.record("link_preview_options")
    if call.flag("disable_web_page_preview") and not options:
        options = {"is_disabled": True}
    kept = {name: True for name in _PREVIEW_FLAGS if flag(options, name)}
    if options.get("url"):
        if not is_link(str(options["url"])):
            raise BadRequestError("WEBPAGE_URL_INVALID")
        kept["url"] = options["url"]
    return {"link_preview_options": kept} if kept else {}


def _marks(call: Call) -> dict[str, Any]:
    if call.has("business_connection_id"):
        raise BadRequestError("business connection not found")
    if call.flag("allow_paid_broadcast"):
        raise BadRequestError("FLOODSKIP_NOT_ALLOWED")
    marks: dict[str, Any] = {}
    if call.flag("protect_content"):
        marks["has_protected_content"] = True
    if call.has("message_effect_id"):
        effect = call.text("message_effect_id")
        if not effect.isdigit() or int(effect) > LARGEST_NUMBER:
            raise BadRequestError("EFFECT_ID_INVALID")
        marks["effect_id"] = effect
    return marks


def _quote(message: Stored, wanted: dict[str, Any]) -> dict[str, Any]:
    source = str(wanted.get("quote") or "")
    if not source:
        return {}
    mode, listed = str(wanted.get("quote_parse_mode") or ""), wanted.get("quote_entities") or []
    whole = formatted(source, mode, listed)
    place = message.text.find(whole.text)
    if place < 0:
        raise BadRequestError("QUOTE_TEXT_INVALID")
    quote = {"text": whole.text, "position": units(message.text[:place]), "is_manual": True}
    return {"quote": {**quote, **({"entities": list(whole.entities)} if whole.entities else {})}}


def _external(world: World, message: Stored) -> dict[str, Any]:
    chat = world.residents.chat(message.chat)
    origin = {
        "type": "user",
        "sender_user": objects.user(world, message.sender),
        "date": message.body["date"],
    }
    shared = chat is not None and not chat.is_private
    told = {"chat": objects.chat_object(chat), "message_id": message.id} if shared and chat else {}
    return {"origin": origin, **told}


def _thread(message: Stored) -> dict[str, Any]:
    kept = ("message_thread_id", "is_topic_message")
    return {key: message.body[key] for key in kept if key in message.body}


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]
