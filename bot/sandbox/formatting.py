"""What a call writes: text or caption, in the way of writing it names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.entities import finish
from bot.sandbox.errors import BadRequestError
from bot.sandbox.given_entities import given
from bot.sandbox.html_markup import parse_html
from bot.sandbox.markdown_legacy import parse_markdown
from bot.sandbox.markdown_markup import parse_markdown_v2

if TYPE_CHECKING:
    from bot.sandbox.call import Call
    from bot.sandbox.entities import Formatted

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024

_PARSERS = {"html": parse_html, "markdown": parse_markdown, "markdownv2": parse_markdown_v2}


def formatted(text: str, parse_mode: str, entities: list[Any]) -> Formatted:
    """Turn marked-up text into plain text and entities."""
    if parse_mode and parse_mode.lower() != "none":
        parser = _PARSERS.get(parse_mode.lower())
        if parser is None:
            raise BadRequestError("unsupported parse_mode")
        return finish(*parser(text))
    return finish(text, given(entities, text))


def written_text(call: Call, *, too_long: str = "message is too long") -> dict[str, Any]:
    """Return the text of a call as the part of a Message it makes."""
    source = call.text("text")
    if not source:
        raise BadRequestError("message text is empty")
    whole = formatted(source, call.text("parse_mode"), call.series("entities"))
    if not whole.text:
        raise BadRequestError("text must be non-empty")
    # counted in code points after parsing (FerroxLabs/wayland #934), unlike entities
    if len(whole.text) > LONGEST_TEXT:
        raise BadRequestError(too_long)
    return {"text": whole.text, **_listed("entities", whole)}


def written_caption(text: str, parse_mode: str, entities: list[Any]) -> dict[str, Any]:
    """Return a caption as the part of a Message it makes; nothing for an empty one."""
    whole = formatted(text, parse_mode, entities)
    if len(whole.text) > LONGEST_CAPTION:
        raise BadRequestError("message caption is too long")
    if not whole.text:
        return {}
    return {"caption": whole.text, **_listed("caption_entities", whole)}


def call_caption(call: Call) -> dict[str, Any]:
    """Return the caption of a call as the part of a Message it makes."""
    written = written_caption(
        call.text("caption"), call.text("parse_mode"), call.series("caption_entities")
    )
    above = written and call.flag("show_caption_above_media")
    return {**written, "show_caption_above_media": True} if above else written


def spoken(text: str, key: str = "text") -> dict[str, Any]:
    """Return what a person wrote as the part of a Message it makes; no markup is read."""
    whole = finish(text, [])
    if not whole.text:
        return {}
    return {key: whole.text, **_listed("entities" if key == "text" else "caption_entities", whole)}


def _listed(key: str, whole: Formatted) -> dict[str, Any]:
    return {key: list(whole.entities)} if whole.entities else {}
