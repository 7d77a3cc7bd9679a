"""The older Markdown as the Bot API understands it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.sandbox.entities import ParseError, byte_offset
from bot.sandbox.markup_writer import Writer, linked

if TYPE_CHECKING:
    from bot.sandbox.entities import Entity

_LEGACY = re.compile(
    r"\\(?P<escaped>[_*`\[])"
    r"|```(?:(?P<language>\w+)\n|\n?)(?P<pre>[\s\S]*?)```"
    r"|`(?P<code>[^`]*)`"
    r"|\*(?P<bold>[^*]*)\*"
    r"|_(?P<italic>[^_]*)_"
    r"|\[(?P<label>[^\]]*)\](?:\((?P<url>[^)\s]*)\))?"
    r"|(?P<mark>[*_`\[])"
    r"|(?P<text>[^\\*_`\[]+|\\)"
)


def parse_markdown(source: str) -> tuple[str, list[Entity]]:
    """Return plain text and entities of the older Markdown, which does not nest."""
    writer = Writer()
    for match in _LEGACY.finditer(source):
        if match["mark"]:
            where = byte_offset(source, match.start())
            raise ParseError(f"Can't find end of the entity starting at byte offset {where}")
        _legacy_piece(writer, match)
    return "".join(writer.plain), writer.found


def _legacy_piece(writer: Writer, match: re.Match[str]) -> None:
    if match["url"]:
        writer.block(match["label"], **linked(match["url"]))
        return
    for kind in ("pre", "code", "bold", "italic"):
        if match[kind] is not None:
            language = {"language": match["language"]} if match["language"] else {}
            writer.block(match[kind], type=kind, **language)
            return
    writer.emit(match["label"] or match["escaped"] or match["text"] or "")
