"""Text that comes from cards and people, made fit for the XML of an office document."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

REPLACEMENT = "\ufffd"
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 cannot hold, be it escaped or not."""
LINE_ENDS = re.compile("\r\n?")


def has_forbidden(text: str) -> bool:
    """Tell whether a text holds a character that no office document can store."""
    return FORBIDDEN.search(text) is not None


def storable(text: str) -> str:
    """Replace what XML forbids by visible signs, U+0007 by ␇; all else stays as it is."""
    return FORBIDDEN.sub(_sign, LINE_ENDS.sub("\n", text))


def for_template(text: str) -> Markup:
    """Escape a text so that neither XML nor the template engine reads any of it.

    docxtpl turns the sequence {_{ and its like into braces after rendering, values included: the
    underscore is written as a character reference, which only the XML parser resolves.
    """
    written = str(escape(storable(text)))
    written = re.sub(r"(?<=[{}%])_(?=[{}%])", "&#95;", written)
    return Markup(written)  # noqa: S704 - escaped in the lines above


def _sign(match: re.Match[str]) -> str:
    code = ord(match[0])
    return chr(0x2400 + code) if code < 0x20 else REPLACEMENT
