"""MarkdownV2 as the Bot API understands it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NoReturn

from bot.sandbox.entities import ParseError, byte_offset
from bot.sandbox.markup_writer import Writer, linked

if TYPE_CHECKING:
    from bot.sandbox.entities import Entity

_RESERVED = set("_*[]()~`>#+-=|{}.!")
_MARKS = {"||": "spoiler", "__": "underline", "*": "bold", "_": "italic", "~": "strikethrough"}
_LABELS = {
    "spoiler": "Spoiler",
    "underline": "Underline",
    "bold": "Bold",
    "italic": "Italic",
    "strikethrough": "Strikethrough",
    "code": "Code",
    "pre": "Pre",
    "link": "TextUrl",
}
_FENCE = re.compile(r"```(?:(?P<language>[^\s`]+)\n|\n?)(?P<body>(?:\\.|(?!```)[\s\S])*)```")
_CODE = re.compile(r"`(?P<body>(?:\\.|[^`\\])*)`")
_TARGET = re.compile(r"\]\((?P<url>(?:\\.|[^)\\])*)\)")
_ESCAPE = re.compile(r"\\([\x01-\x7e])")


@dataclass
class _Reader:
    source: str
    position: int = 0
    writer: Writer = field(default_factory=Writer)
    opened: list[tuple[str, int, int]] = field(default_factory=list)
    quote: int | None = None

    def read(self) -> None:
        while self.position < len(self.source):
            if self.at_line_start():
                self.begin_line()
            elif not (self.escape() or self.code() or self.link() or self.mark()):
                self.character()
        self.end_quote()
        if self.opened:
            kind, begin, _ = self.opened[-1]
            self.unended(kind, begin)

    def at_line_start(self) -> bool:
        begins = self.position == 0 or self.source[self.position - 1] == "\n"
        return begins and (self.quote is not None or self.source[self.position] == ">")

    def begin_line(self) -> None:
        if self.source[self.position] != ">":
            self.end_quote()
            return
        self.position += 1
        if self.quote is None:
            self.quote = self.writer.offset

    def end_quote(self) -> None:
        if self.quote is not None:
            self.writer.cover(self.quote, type="blockquote")
            self.quote = None

    def escape(self) -> bool:
        match = _ESCAPE.match(self.source, self.position)
        if match:
            self.writer.emit(match[1])
            self.position = match.end()
        return match is not None

    def code(self) -> bool:
        if self.source[self.position] != "`":
            return False
        fenced = self.source.startswith("```", self.position)
        match = (_FENCE if fenced else _CODE).match(self.source, self.position)
        if match is None:
            self.unended("pre" if fenced else "code", self.position)
        body = _ESCAPE.sub(r"\1", match["body"])
        language = match.groupdict().get("language")
        kind = {"type": "pre" if fenced else "code"}
        self.writer.block(body, **kind, **({"language": language} if language else {}))
        self.position = match.end()
        return True

    def link(self) -> bool:
        if self.source[self.position] == "[":
            self.opened.append(("link", self.position, self.writer.offset))
            self.position += 1
            return True
        if self.source[self.position] != "]" or not self.opened or self.opened[-1][0] != "link":
            return False
        match = _TARGET.match(self.source, self.position)
        if match is None:
            self.unended("link", self.opened[-1][1])
        _, _, start = self.opened.pop()
        url = _ESCAPE.sub(r"\1", match["url"])
        if url:
            self.writer.cover(start, **linked(url))
        self.position = match.end()
        return True

    def mark(self) -> bool:
        sign = next((m for m in _MARKS if self.source.startswith(m, self.position)), None)
        if sign is None:
            return False
        kind = _MARKS[sign]
        if self.opened and self.opened[-1][0] == kind:
            _, _, start = self.opened.pop()
            self.writer.cover(start, type=kind)
        else:
            self.opened.append((kind, self.position, self.writer.offset))
        self.position += len(sign)
        return True

    def character(self) -> None:
        char = self.source[self.position]
        if char in _RESERVED:
            raise ParseError(
                f"Character '{char}' is reserved and must be escaped with the preceding '\\'"
            )
        self.writer.emit(char)
        self.position += 1

    def unended(self, kind: str, begin: int) -> NoReturn:
        where = byte_offset(self.source, begin)
        raise ParseError(f"Can't find end of {_LABELS[kind]} entity at byte offset {where}")


def parse_markdown_v2(source: str) -> tuple[str, list[Entity]]:
    """Return plain text and entities of MarkdownV2."""
    reader = _Reader(source)
    reader.read()
    return "".join(reader.writer.plain), reader.writer.found
