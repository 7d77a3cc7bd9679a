"""Addresses that a message may point to."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from bot.sandbox.errors import BadRequestError

_HOST = re.compile(r"(?:[\w-]+\.)+[\w-]{2,}\.?|\[[0-9a-fA-F:.]+\]|localhost", re.ASCII)
_INTERNAL = ("tg://", "ton://", "tonsite://")


def refuse_wrong_link(kind: str, address: str) -> None:
    """Refuse an address that Telegram would not open."""
    reason = _fault(address)
    if reason:
        raise BadRequestError(f"{kind} '{address}' is invalid: {reason}")


def is_link(address: str) -> bool:
    """Say whether Telegram would open an address."""
    return not _fault(address)


def _fault(address: str) -> str:
    if address.startswith(_INTERNAL):
        return ""
    if not address:
        return "URL host is empty"
    scheme, separator, _ = address.partition("://")
    if separator and scheme.lower() not in {"http", "https"}:
        return "Unsupported URL protocol"
    try:
        host = urlsplit(address if separator else f"http://{address}").hostname or ""
    except ValueError:
        return "Wrong HTTP URL"
    if not host:
        return "URL host is empty"
    known = _HOST.fullmatch(host) or host.replace(".", "").isdigit() or not host.isascii()
    return "" if known else "Wrong HTTP URL"
