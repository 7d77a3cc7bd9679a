"""HTML as the Bot API understands it, with Telegram's own words for what it refuses."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NoReturn

from bot.sandbox.entities import ParseError, byte_offset, units
from bot.sandbox.fields import LARGEST_NUMBER
from bot.sandbox.markup_writer import linked

if TYPE_CHECKING:
    from bot.sandbox.entities import Entity

_PLAIN = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
}
_TAGS = {*_PLAIN, "a", "blockquote", "tg-emoji"}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_TEXT = re.compile(r"[^<&]+")
_REFERENCE = re.compile(r"&(?:#(?P<dec>\d+)|#[xX](?P<hex>[0-9a-fA-F]+)|(?P<name>[A-Za-z]+));")
_TAG_NAME = re.compile(r"</?([^\s>]*)")
_ATTRIBUTE = re.compile(
    r"\s*([^\s=>/\"']+)"
    r"(?:\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[A-Za-z0-9.-]+)))?"
)


@dataclass(frozen=True)
class _Open:
    tag: str
    attributes: dict[str, str]
    offset: int


@dataclass
class _Reader:
    source: str
    position: int = 0
    offset: int = 0
    plain: list[str] = field(default_factory=list)
    opened: list[_Open] = field(default_factory=list)
    found: list[Entity] = field(default_factory=list)

    def read(self) -> None:
        while self.position < len(self.source):
            if run := _TEXT.match(self.source, self.position):
                self.emit(run[0], len(run[0]))
            elif self.source[self.position] == "&":
                self.reference()
            elif self.source.startswith("</", self.position):
                self.end_tag()
            else:
                self.start_tag()
        if self.opened:
            tag = self.opened[-1].tag
            raise ParseError(f'Can\'t find end tag corresponding to start tag "{tag}"')

    def emit(self, text: str, consumed: int) -> None:
        self.plain.append(text)
        self.offset += units(text)
        self.position += consumed

    def refuse(self, reason: str) -> NoReturn:
        raise ParseError(f"{reason} at byte offset {byte_offset(self.source, self.position)}")

    def reference(self) -> None:
        match = _REFERENCE.match(self.source, self.position)
        if match is None:
            self.emit("&", 1)
            return
        char = _decoded(match)
        if char is None:
            self.refuse(f'Unsupported entity "{match[0]}"')
        self.emit(char, len(match[0]))

    def start_tag(self) -> None:
        match = _TAG_NAME.match(self.source, self.position)
        tag = match[1].lower() if match else ""
        position = match.end() if match else len(self.source)
        if position == len(self.source):
            self.refuse("Unclosed start tag")
        if tag not in _TAGS:
            self.refuse(f'Unsupported start tag "{tag}"')
        attributes, position = self.attributes(tag, position)
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            self.refuse('Tag "span" must have class "tg-spoiler"')
        self.opened.append(_Open(tag, attributes, self.offset))
        self.position = position

    def attributes(self, tag: str, position: int) -> tuple[dict[str, str], int]:
        found: dict[str, str] = {}
        while match := _ATTRIBUTE.match(self.source, position):
            value = match["double"] or match["single"] or (match["bare"] or "").lower()
            found[match[1].lower()] = _REFERENCE.sub(lambda m: _decoded(m) or m[0], value)
            position = match.end()
        position += len(self.source[position:]) - len(self.source[position:].lstrip())
        if position >= len(self.source):
            self.refuse("Unclosed start tag")
        if self.source[position] != ">":
            self.refuse(f'Empty attribute name in the tag "{tag}"')
        return found, position + 1

    def end_tag(self) -> None:
        if not self.opened:
            self.refuse("Unexpected end tag")
        match = _TAG_NAME.match(self.source, self.position)
        tag = match[1].lower() if match else ""
        end = self.source.find(">", self.position)
        if end < 0 or self.source[self.position + 2 + len(tag) : end].strip():
            self.refuse("Unclosed end tag")
        expected = self.opened[-1].tag
        if tag not in {"", expected}:
            wrong = f'expected "</{expected}>", found "</{tag}>"'
            where = byte_offset(self.source, self.position)
            raise ParseError(f"Unmatched end tag at byte offset {where}, {wrong}")
        self.close(self.opened.pop())
        self.position = end + 1

    def close(self, opened: _Open) -> None:
        entity = _entity(opened)
        length = self.offset - opened.offset
        if entity is None or length <= 0:
            return
        last = self.found[-1] if self.found else {}
        covered = (last.get("offset"), last.get("length")) == (opened.offset, length)
        if opened.tag == "pre" and last.get("type") == "code" and covered:
            self.found.pop()
            entity |= {"language": last["language"]} if "language" in last else {}
        self.found.append({**entity, "offset": opened.offset, "length": length})


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Return plain text and entities.

    Raises:
        ParseError: A bare `<`, an unknown or unclosed tag, an entity other than the four.
    """
    reader = _Reader(source)
    reader.read()
    # a language belongs to a block only
    found = [
        {key: value for key, value in entity.items() if key != "language"}
        if entity["type"] == "code"
        else entity
        for entity in reader.found
    ]
    return "".join(reader.plain), found


def _decoded(match: re.Match[str]) -> str | None:
    if match["name"]:
        return _NAMED.get(match["name"])
    code = int(match["dec"]) if match["dec"] else int(match["hex"], 16)
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else None


def _entity(opened: _Open) -> Entity | None:
    if opened.tag == "a":
        address = opened.attributes.get("href", "")
        return linked(address) if address else None
    if opened.tag == "blockquote":
        wide = "expandable" in opened.attributes
        return {"type": "expandable_blockquote" if wide else "blockquote"}
    if opened.tag == "tg-emoji":
        # a bot without a bought name may not send one: Telegram keeps the sign under it
        identifier = opened.attributes.get("emoji-id", "")
        if not identifier.isdigit() or int(identifier) > LARGEST_NUMBER:
            raise ParseError("Invalid custom emoji identifier specified")
        return None
    language = opened.attributes.get("class", "").removeprefix("language-")
    if opened.tag == "code" and language != opened.attributes.get("class", ""):
        return {"type": "code", "language": language}
    return {"type": _PLAIN[opened.tag]}
