"""Entities that a call brings along itself, checked as Telegram checks them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.entities import units
from bot.sandbox.errors import BadRequestError, MalformedError
from bot.sandbox.fields import needed, needed_number, needed_text
from bot.sandbox.links import refuse_wrong_link

if TYPE_CHECKING:
    from bot.sandbox.entities import Entity

_FOUND_ANYWAY = {
    "mention",
    "hashtag",
    "cashtag",
    "bot_command",
    "url",
    "email",
    "phone_number",
    "bank_card",
}
_PLAIN = {
    "bold",
    "italic",
    "underline",
    "strikethrough",
    "spoiler",
    "code",
    "pre",
    "blockquote",
    "expandable_blockquote",
}
_WITH_FIELD = {"text_link": "url", "text_mention": "user", "custom_emoji": "custom_emoji_id"}


def given(listed: list[Any], text: str) -> list[Entity]:
    """Return the entities that stay.

    Raises:
        BadRequestError: One is malformed, or lies outside the text.
    """
    try:
        read = [_read(entity) for entity in listed]
    except MalformedError as fault:
        raise BadRequestError(f"can't parse MessageEntity: {fault}") from None
    total = units(text)
    for entity in read:
        _check_place(entity, total)
        if entity["type"] == "text_link":
            refuse_wrong_link("entity URL", entity["url"])
    return [entity for entity in read if entity["type"] not in _FOUND_ANYWAY]


def _read(entity: Any) -> Entity:
    if not isinstance(entity, dict):
        raise BadRequestError("expected an Object as message entity")
    kind = needed_text(entity, "type")
    offset, length = needed_number(entity, "offset"), needed_number(entity, "length")
    read: Entity = {"type": kind, "offset": offset, "length": length}
    if kind in _WITH_FIELD:
        field = _WITH_FIELD[kind]
        return {**read, field: _field(entity, field)}
    if kind not in _PLAIN | _FOUND_ANYWAY:
        raise MalformedError("Unsupported type specified")
    language = entity.get("language")
    return {**read, "language": language} if kind == "pre" and language else read


def _field(entity: dict[str, Any], field: str) -> Any:
    if field == "custom_emoji_id":
        return str(needed_number(entity, field))
    if field == "user":
        return {"id": needed_number(needed(entity, field), "id")}
    return needed_text(entity, field)


def _check_place(entity: Entity, total: int) -> None:
    offset, length = entity["offset"], entity["length"]
    if offset < 0:
        raise BadRequestError(f"receive an entity with incorrect offset {offset}")
    if length < 0:
        raise BadRequestError(f"receive an entity with incorrect length {length}")
    if offset > total:
        raise BadRequestError(f"entity begins after the end of the text at UTF-16 offset {offset}")
    if offset + length > total:
        raise BadRequestError(
            f"entity beginning at UTF-16 offset {offset} ends after the end of the text"
            f" at UTF-16 offset {offset + length}"
        )
