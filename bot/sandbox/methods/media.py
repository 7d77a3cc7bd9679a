"""Methods that send files: one of a kind, or several as an album."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.errors import BadRequestError, MalformedError
from bot.sandbox.fields import needed_text
from bot.sandbox.formatting import call_caption, written_caption
from bot.sandbox.methods.delivery import answered, deliver, wanted_reply
from bot.sandbox.methods.file_parts import file_part
from bot.sandbox.methods.targets import post, shown, topic, writable_chat

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.sandbox.call import Call
    from bot.sandbox.world import World

MOST_IN_ALBUM = 10
EDITABLE_KINDS = ("document", "photo", "video", "animation", "audio")
_ALBUM_KINDS = ("document", "photo", "video", "audio")
_WITHOUT_CAPTION = {"sticker", "video_note"}
_ALONE = {"document", "audio"}


def send_file(kind: str) -> Callable[[World, Call], dict[str, Any]]:
    """Return the method that sends a file of one kind."""

    def send(world: World, call: Call) -> dict[str, Any]:
        caption = {} if kind in _WITHOUT_CAPTION else call_caption(call)
        part = file_part(world, call, kind, call.text(kind), call.values)
        spoiler = {"has_media_spoiler": True} if call.flag("has_spoiler") else {}
        return deliver(world, call, {**part, **caption, **spoiler})

    return send


def send_media_group(world: World, call: Call) -> list[dict[str, Any]]:
    """Send up to ten files as one album."""
    wanted, media = wanted_reply(call), call.series("media")
    kinds = [album_kind(item) for item in media]
    chat = writable_chat(world, call)
    if not media:
        raise BadRequestError("there are no messages to send")
    if len(media) > MOST_IN_ALBUM:
        raise BadRequestError("too many messages to send as an album")
    for kind in _ALONE & set(kinds):
        if len(set(kinds)) > 1:
            raise BadRequestError(f"{kind} can't be mixed with other media types")
    album = {"media_group_id": str(world.store.draw("album", first=13_000_000_000_000_001))}
    reply, thread = answered(world, chat, wanted), topic(chat, call)
    common = {**reply.part, **thread, **(album if len(media) > 1 else {})}
    if call.flag("protect_content"):
        common["has_protected_content"] = True
    parts = [media_part(world, call, item) for item in media]
    posted = [post(world, chat, {**common, **part}, reply_to=reply.number) for part in parts]
    return [shown(world, message) for message in posted]


def album_kind(item: Any) -> str:
    """Return the kind of one file of an album."""
    kind = media_kind(item)
    if kind not in _ALBUM_KINDS:
        raise BadRequestError(
            f"can't parse InputMedia: type \"{kind}\" can't be used in sendMediaGroup"
        )
    return kind


def media_kind(item: Any) -> str:
    """Return the kind of an InputMedia."""
    if not isinstance(item, dict):
        raise BadRequestError("can't parse InputMedia: expected an Object")
    try:
        kind = needed_text(item, "type")
        needed_text(item, "media")
    except MalformedError as fault:
        raise BadRequestError(f"can't parse InputMedia: {fault}") from None
    if kind not in EDITABLE_KINDS:
        raise BadRequestError(f'can\'t parse InputMedia: type "{kind}" is unsupported')
    return kind


def media_part(world: World, call: Call, item: dict[str, Any]) -> dict[str, Any]:
    """Return the part of a Message that an InputMedia makes."""
    part = file_part(world, call, media_kind(item), str(item["media"]), item)
    caption = written_caption(
        str(item.get("caption") or ""),
        str(item.get("parse_mode") or ""),
        item.get("caption_entities") or [],
    )
    above = {"show_caption_above_media": True} if item.get("show_caption_above_media") else {}
    spoiler = {"has_media_spoiler": True} if item.get("has_spoiler") else {}
    return {**part, **caption, **(above if caption else {}), **spoiler}
