"""Methods about how a group presents itself: title, description, picture, links into it."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from bot.sandbox import objects
from bot.sandbox.errors import BadRequestError
from bot.sandbox.images import dimensions
from bot.sandbox.methods.targets import post, ruled_chat

if TYPE_CHECKING:
    from bot.sandbox.call import Call
    from bot.sandbox.residents import Chat
    from bot.sandbox.world import World

_LONGEST_TITLE = 128
_LONGEST_DESCRIPTION = 255
_LONGEST_LINK_NAME = 32


def set_chat_title(world: World, call: Call) -> bool:
    """Give a group another title."""
    chat = _group(world, call, "chat title")
    title = call.text("title").strip()
    if not title:
        raise BadRequestError("title must be non-empty")
    world.residents.rename(chat, title[:_LONGEST_TITLE])
    post(world, chat, {"new_chat_title": title[:_LONGEST_TITLE]})
    world.live.hold("people")
    return True


def set_chat_description(world: World, call: Call) -> bool:
    """Give a group another description."""
    chat = _group(world, call, "chat description")
    text = call.text("description")
    if len(text) > _LONGEST_DESCRIPTION:
        raise BadRequestError("CHAT_ABOUT_TOO_LONG")
    if text == chat.facts.get("description", ""):
        raise BadRequestError("chat description is not modified")
    world.residents.put_facts(chat, {**chat.facts, "description": text})
    return True


def set_chat_photo(world: World, call: Call) -> bool:
    """Give a group a picture."""
    chat, upload = _group(world, call, "chat photo"), call.upload("photo")
    if upload is None:
        raise BadRequestError("there is no photo in the request")
    if dimensions(upload.content) is None:
        raise BadRequestError("IMAGE_PROCESS_FAILED")
    file = world.files.keep(upload, "photo")
    shown = {
        f"{size}_{name}": value
        for size in ("small", "big")
        for name, value in (("file_id", file.id), ("file_unique_id", file.unique_id))
    }
    world.residents.put_facts(chat, {**chat.facts, "photo": shown})
    return True


def delete_chat_photo(world: World, call: Call) -> bool:
    """Take a group's picture away."""
    chat = _group(world, call, "chat photo")
    if not chat.facts.get("photo"):
        raise BadRequestError("CHAT_NOT_MODIFIED")
    world.residents.put_facts(chat, {**chat.facts, "photo": None})
    return True


def export_chat_invite_link(world: World, call: Call) -> str:
    """Make a new main link into a group."""
    chat = _inviting(world, call)
    link = _link(world, {"is_primary": True})
    _keep(world, chat, link)
    return str(link["invite_link"])


def create_chat_invite_link(world: World, call: Call) -> dict[str, Any]:
    """Make one more link into a group."""
    chat = _inviting(world, call)
    link = _link(world, {"is_primary": False, **_terms(call)})
    _keep(world, chat, link)
    return link


def edit_chat_invite_link(world: World, call: Call) -> dict[str, Any]:
    """Change the terms of a link."""
    chat = _inviting(world, call)
    found = _known_link(chat, call)
    if found["is_primary"]:
        raise BadRequestError("CHAT_INVITE_PERMANENT")
    kept = ("invite_link", "creator", "is_primary", "is_revoked", "creates_join_request")
    link = {**{name: found[name] for name in kept}, **_terms(call)}
    _keep(world, chat, link)
    return link


def revoke_chat_invite_link(world: World, call: Call) -> dict[str, Any]:
    """Let nobody in by a link any more."""
    chat = _inviting(world, call)
    link = {**_known_link(chat, call), "is_revoked": True}
    _keep(world, chat, link)
    return link


def _group(world: World, call: Call, what: str) -> Chat:
    chat = ruled_chat(world, call, f"not enough rights to change {what}")
    if chat.is_private:
        raise BadRequestError(f"can't change private {what}")
    return chat


def _inviting(world: World, call: Call) -> Chat:
    chat = ruled_chat(world, call, "not enough rights to manage chat invite link")
    if chat.is_private:
        raise BadRequestError("can't invite members to a private chat")
    return chat


def _link(world: World, terms: dict[str, Any]) -> dict[str, Any]:
    return {
        "invite_link": f"https://t.me/+{secrets.token_urlsafe(12)}",
        "creator": objects.bot_user(world),
        "creates_join_request": False,
        "is_revoked": False,
        **terms,
    }


def _terms(call: Call) -> dict[str, Any]:
    if len(call.text("name")) > _LONGEST_LINK_NAME:
        raise BadRequestError("CHAT_INVITE_NAME_TOO_LONG")
    asks = call.flag("creates_join_request")
    if asks and call.integer("member_limit"):
        raise BadRequestError("member_limit can't be specified together with creates_join_request")
    numbers = {k: call.integer(k) for k in ("expire_date", "member_limit") if call.integer(k)}
    named = {"name": call.text("name")} if call.has("name") else {}
    return {"creates_join_request": asks, **named, **numbers}


def _known_link(chat: Chat, call: Call) -> dict[str, Any]:
    address = call.text("invite_link")
    if not address:
        raise BadRequestError("invite link must be non-empty")
    found: dict[str, Any] | None = chat.facts.get("links", {}).get(address)
    if found is None:
        raise BadRequestError("INVITE_HASH_EXPIRED")
    return found


def _keep(world: World, chat: Chat, link: dict[str, Any]) -> None:
    links = {**chat.facts.get("links", {}), link["invite_link"]: link}
    world.residents.put_facts(chat, {**chat.facts, "links": links})
