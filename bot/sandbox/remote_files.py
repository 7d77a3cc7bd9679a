"""Files that a call names by their address: fetched before the call is performed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import aiohttp

from bot.sandbox.attachments import KINDS
from bot.sandbox.errors import BadRequestError
from bot.sandbox.files import Upload

if TYPE_CHECKING:
    from bot.sandbox.call import Call

_SCHEMES = ("http://", "https://")
_WITHIN_SECONDS = 10.0
# https://core.telegram.org/bots/api#sending-files
_LARGEST_FETCHED = 20 * 1024 * 1024


async def with_remote_file(call: Call) -> Call:
    """Return the call with the file at its address among the uploads, if it names one.

    Raises:
        BadRequestError: Nothing can be fetched there.
    """
    kind = call.method.removeprefix("send").replace("videonote", "video_note")
    address = call.values.get(kind)
    if kind not in KINDS or not isinstance(address, str) or not address.startswith(_SCHEMES):
        return call
    uploads = {**call.uploads, kind: await _fetched(address)}
    return replace(call, values={**call.values, kind: f"attach://{kind}"}, uploads=uploads)


async def _fetched(address: str) -> Upload:
    timeout = aiohttp.ClientTimeout(total=_WITHIN_SECONDS)
    try:
        async with aiohttp.ClientSession(timeout=timeout) as session, session.get(address) as page:
            content = await page.content.read(_LARGEST_FETCHED + 1) if page.ok else b""
            mime = page.content_type
    except (aiohttp.ClientError, TimeoutError, ValueError):
        content, mime = b"", ""
    if not content or len(content) > _LARGEST_FETCHED:
        raise BadRequestError("failed to get HTTP URL content")
    if mime == "text/html":
        raise BadRequestError("wrong type of the web page content")
    return Upload(unquote(PurePosixPath(urlsplit(address).path).name) or "file", mime, content)
