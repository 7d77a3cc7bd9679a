"""The file a call sends: uploaded with it, or named by the id of one that is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.attachments import attachment
from bot.sandbox.errors import BadRequestError
from bot.sandbox.images import dimensions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.sandbox.call import Call
    from bot.sandbox.files import StoredFile
    from bot.sandbox.world import World

_NAMES = {"video_note": "VideoNote", "voice": "VoiceNote"}


def file_part(
    world: World, call: Call, kind: str, reference: str, told: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the part of a Message that the file makes.

    Raises:
        BadRequestError: There is no such file, it is empty, or of another kind.
    """
    file = _file(world, call, kind, reference)
    size = dimensions(world.files.content(file)) if file.kind == "photo" else None
    if file.kind == "photo" and size is None:
        raise BadRequestError("IMAGE_PROCESS_FAILED")
    return attachment(file, size, told)


def _file(world: World, call: Call, kind: str, reference: str) -> StoredFile:
    upload = call.uploads.get(reference.removeprefix("attach://") if reference else kind)
    if upload is not None:
        if not upload.content:
            raise BadRequestError("file must be non-empty")
        return world.files.keep(upload, kind)
    if not reference or reference.startswith("attach://"):
        raise BadRequestError(f"there is no {kind.replace('_', ' ')} in the request")
    file = world.files.get(reference)
    if file is None:
        raise BadRequestError("wrong file identifier/HTTP URL specified")
    if file.kind != kind and "photo" in {file.kind, kind}:
        raise BadRequestError(f"can't use file of type {_name(file.kind)} as {_name(kind)}")
    return file


def _name(kind: str) -> str:
    return _NAMES.get(kind, kind.capitalize())
