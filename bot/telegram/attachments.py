"""What file a message carries: its kind, id, name and size."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.incoming import FileKind

_KINDS: tuple[tuple[str, FileKind, str], ...] = (
    # an animation comes with a document of its own beside it, and is no document for us
    ("animation", "other", "动图.mp4"),
    ("document", "document", "文件"),
    ("voice", "voice", "语音.ogg"),
    ("sticker", "sticker", "贴纸.webp"),
    ("video", "other", "视频.mp4"),
    ("video_note", "other", "视频.mp4"),
    ("audio", "other", "音频.mp3"),
)
_PHOTO_NAME = "图片.jpg"


@dataclass(frozen=True)
class Attachment:
    """The file of a message; the name is the sender's, or a plain one where he gave none."""

    kind: FileKind
    file_id: str
    file_name: str
    size: int


def attachment_of(message: Mapping[str, Any]) -> Attachment | None:
    """Return the file a raw message carries, None where there is none."""
    sizes = message.get("photo")
    if sizes:
        largest = max(sizes, key=lambda size: size["width"] * size["height"])
        return _attachment("photo", largest, _PHOTO_NAME)
    for key, kind, name in _KINDS:
        if key in message:
            return _attachment(kind, message[key], name)
    return None


def _attachment(kind: FileKind, file: Mapping[str, Any], name: str) -> Attachment:
    return Attachment(
        kind, str(file["file_id"]), str(file.get("file_name") or name), file.get("file_size") or 0
    )
