"""The part of a Message that a file makes, one shape per kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.sandbox.files import StoredFile

KINDS = ("document", "photo", "video", "animation", "audio", "voice", "video_note", "sticker")
_LONGEST_SIDE = 10_000
_LONGEST_SECONDS = 86_400


def attachment(
    file: StoredFile,
    size: tuple[int, int] | None = None,
    told: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return the part of a Message that a file makes.

    Args:
        file: The file that was kept.
        size: Width and height in pixels where the bytes tell them.
        told: What the sender says of it: duration, width, height, title, performer, emoji.
    """
    common = {"file_id": file.id, "file_unique_id": file.unique_id, "file_size": file.size}
    if file.kind == "photo":
        width, height = size or (640, 480)
        return {"photo": [{**common, "width": width, "height": height}]}
    shape = {**common, **_shape(file, size, told or {})}
    part = {file.kind: shape}
    if file.kind == "animation":
        part["document"] = {**common, "file_name": file.name, "mime_type": file.mime}
    return part


def attached_file_id(body: Mapping[str, Any]) -> str | None:
    """Return the id of the file in a message's body."""
    if "photo" in body:
        return str(body["photo"][-1]["file_id"])
    kind = next((kind for kind in KINDS if kind in body), None)
    return None if kind is None else str(body[kind]["file_id"])


def _shape(
    file: StoredFile, size: tuple[int, int] | None, told: Mapping[str, Any]
) -> dict[str, Any]:
    named = {"file_name": file.name, "mime_type": file.mime}
    lasting = {"duration": _within(told, "duration", _LONGEST_SECONDS, 1)}
    if file.kind in {"video", "animation"}:
        return {**_sides(size or (1280, 720), told), **lasting, **named}
    if file.kind == "audio":
        words = {key: str(told[key]) for key in ("title", "performer") if told.get(key)}
        return {**lasting, **words, **named}
    if file.kind == "voice":
        return {**lasting, "mime_type": file.mime}
    if file.kind == "video_note":
        return {"length": _within(told, "length", 640, 240), **lasting}
    if file.kind == "sticker":
        flags = {"is_animated": False, "is_video": False, "type": "regular"}
        emoji = {"emoji": str(told["emoji"])} if told.get("emoji") else {}
        return {"width": 512, "height": 512, **flags, **emoji}
    return named


def _sides(size: tuple[int, int], told: Mapping[str, Any]) -> dict[str, int]:
    width, height = size
    return {
        "width": _within(told, "width", _LONGEST_SIDE, width),
        "height": _within(told, "height", _LONGEST_SIDE, height),
    }


def _within(told: Mapping[str, Any], name: str, largest: int, stand_in: int) -> int:
    value = str(told.get(name) or "")
    return min(int(value), largest) if value.isdigit() and int(value) else stand_in
