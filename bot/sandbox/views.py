"""Messages as a person sees them: plain for tests, with details for the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.attachments import KINDS as FILE_KINDS
from bot.sandbox.attachments import attached_file_id
from bot.sandbox.in_words import TOLD, in_words

if TYPE_CHECKING:
    from bot.sandbox.messages import Stored
    from bot.sandbox.residents import Chat, SandboxPerson
    from bot.sandbox.world import World

_KINDS = (*(kind for kind in FILE_KINDS if kind != "document"), "document", "text", *TOLD)


def person_view(person: SandboxPerson) -> dict[str, Any]:
    """Return a person as the people's side lists it."""
    return {"id": person.id, "name": person.name, "role": person.role}


def chat_view(world: World, chat: Chat) -> dict[str, Any]:
    """Return a chat with the ids of the people in it."""
    members = [number for number in world.residents.members(chat.id) if number != world.bot_id]
    return {"id": chat.id, "type": chat.type, "title": chat.title, "members": members}


def message_view(world: World, message: Stored) -> dict[str, Any]:
    """Return a message as it stands now, its text as a phone shows it."""
    return {
        "message_id": message.id,
        "from_bot": message.sender == world.bot_id,
        "text": message.text or in_words(message.body),
        "buttons": [[_button(button) for button in row] for row in message.buttons],
        "document": _document(world, message),
        "reply_to_message_id": message.reply_to,
        "edited": "edit_date" in message.body,
        "date": message.body["date"],
    }


def detailed_view(world: World, message: Stored) -> dict[str, Any]:
    """Return a message with what the page needs beyond its text."""
    sender = world.residents.person(message.sender)
    kind = next((name for name in _KINDS if name in message.body), "service")
    return {
        **message_view(world, message),
        "sender": {"id": message.sender, "name": "方圆" if sender is None else sender.name},
        "kind": kind,
        "entities": message.body.get("entities", message.body.get("caption_entities", [])),
        "reactions": [{"who": int(who), "emoji": e} for who, e in message.reactions.items()],
    }


def _button(button: dict[str, Any]) -> dict[str, Any]:
    shown = {"text": button["text"], "data": button.get("callback_data")}
    return {**shown, "url": button["url"]} if "url" in button else shown


def _document(world: World, message: Stored) -> dict[str, Any] | None:
    file = world.files.get(attached_file_id(message.body) or "")
    if file is None:
        return None
    return {"file_id": file.id, "file_name": file.name, "size": file.size}
