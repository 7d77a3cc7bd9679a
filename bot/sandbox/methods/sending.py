"""Methods that put new messages into a chat."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox import objects
from bot.sandbox.errors import BadRequestError
from bot.sandbox.formatting import call_caption, written_caption, written_text
from bot.sandbox.images import dimensions
from bot.sandbox.methods.targets import (
    answered,
    keyboard,
    known_chat,
    post,
    shown,
    topic,
    writable_chat,
)

if TYPE_CHECKING:
    from bot.sandbox.call import Call
    from bot.sandbox.files import StoredFile
    from bot.sandbox.messages import Stored
    from bot.sandbox.residents import Chat
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
_FORWARDED_LEFT_OUT = {"date", "edit_date", "reply_markup", "message_thread_id", "is_topic_message"}


def send_message(world: World, call: Call) -> dict[str, Any]:
    """Send a text."""
    chat = writable_chat(world, call)
    return _sent(world, chat, call, written_text(call))


def send_document(world: World, call: Call) -> dict[str, Any]:
    """Send a file."""
    chat = writable_chat(world, call)
    part = _file_part(world, call, "document", call.text("document"))
    return _sent(world, chat, call, {**part, **call_caption(call)})


def send_photo(world: World, call: Call) -> dict[str, Any]:
    """Send a picture."""
    chat = writable_chat(world, call)
    part = _file_part(world, call, "photo", call.text("photo"))
    return _sent(world, chat, call, {**part, **call_caption(call)})


def send_media_group(world: World, call: Call) -> list[dict[str, Any]]:
    """Send two to ten files as one album."""
    chat = writable_chat(world, call)
    media = call.series("media")
    if not 2 <= len(media) <= 10:
        raise BadRequestError("group must include 2-10 items" if media else "media is empty")
    album = {"media_group_id": str(world.store.draw("album", first=13_000_000_000_000_001))}
    reply_to, thread = answered(world, chat, call), topic(chat, call)
    sent = []
    for item in media:
        content = {**album, **thread, **_album_part(world, call, item)}
        sent.append(shown(world, post(world, chat, content, reply_to=reply_to)))
    return sent


def copy_message(world: World, call: Call) -> dict[str, Any]:
    """Send a message's content anew, without a link to the first."""
    chat = writable_chat(world, call)
    source = _source(world, call, "message to copy not found")
    content = {k: v for k, v in source.body.items() if k not in _FORWARDED_LEFT_OUT}
    if "caption" in call.values and "text" not in content:
        content = {k: v for k, v in content.items() if k not in {"caption", "caption_entities"}}
        content |= call_caption(call)
    return {"message_id": _sent(world, chat, call, content)["message_id"]}


def forward_message(world: World, call: Call) -> dict[str, Any]:
    """Pass a message on, with its author."""
    chat = writable_chat(world, call)
    source = _source(world, call, "message to forward not found")
    content = {k: v for k, v in source.body.items() if k not in _FORWARDED_LEFT_OUT}
    origin = {
        "type": "user",
        "sender_user": objects.user(world, source.sender),
        "date": source.body["date"],
    }
    content = {"forward_origin": origin, **content, **topic(chat, call)}
    return shown(world, post(world, chat, content))


def send_chat_action(world: World, call: Call) -> bool:
    """Show that the bot is at work."""
    chat = writable_chat(world, call)
    if call.text("action") not in _ACTIONS:
        raise BadRequestError("wrong parameter action in request")
    world.live.hold("typing", chat=chat.id)
    return True


def _sent(world: World, chat: Chat, call: Call, content: dict[str, Any]) -> dict[str, Any]:
    whole = {**topic(chat, call), **content, **keyboard(call)}
    return shown(world, post(world, chat, whole, reply_to=answered(world, chat, call)))


def _source(world: World, call: Call, absent: str) -> Stored:
    chat = known_chat(world, call, "from_chat_id")
    message = world.messages.get(chat.id, call.integer("message_id"))
    if message is None:
        raise BadRequestError(absent)
    return message


def _album_part(world: World, call: Call, item: Any) -> dict[str, Any]:
    if not isinstance(item, dict) or item.get("type") not in {"document", "photo"}:
        raise BadRequestError("can't parse InputMedia: type must be document or photo")
    part = _file_part(world, call, item["type"], str(item.get("media", "")))
    caption = written_caption(
        str(item.get("caption") or ""),
        str(item.get("parse_mode") or ""),
        item.get("caption_entities") or [],
    )
    return {**part, **caption}


def _file_part(world: World, call: Call, kind: str, reference: str) -> dict[str, Any]:
    file = _file(world, call, kind, reference)
    size = dimensions(world.files.content(file)) if kind == "photo" else None
    if kind == "photo" and size is None:
        raise BadRequestError("IMAGE_PROCESS_FAILED")
    return objects.attachment(file, size or (0, 0))


def _file(world: World, call: Call, kind: str, reference: str) -> StoredFile:
    upload = call.uploads.get(reference.removeprefix("attach://") if reference else kind)
    if upload is not None:
        if not upload.content:
            raise BadRequestError("file must be non-empty")
        return world.files.keep(upload, kind)
    if not reference:
        raise BadRequestError(f"there is no {kind} in the request")
    file = world.files.get(reference)
    if file is None:
        raise BadRequestError("wrong file identifier/HTTP URL specified")
    if file.kind != kind:
        raise BadRequestError(f"type of file mismatch: can't use file of type {file.kind}")
    return file
