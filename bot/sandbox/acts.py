"""What a person does in a chat, and the update it makes for the bot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox import objects
from bot.sandbox.attachments import KINDS, attachment
from bot.sandbox.errors import BadFieldError, NotHereError, NotYoursError
from bot.sandbox.formatting import LONGEST_CAPTION, LONGEST_TEXT, spoken
from bot.sandbox.images import dimensions
from bot.sandbox.methods.editing import remove
from bot.sandbox.methods.targets import announce
from bot.sandbox.reactions import REACTIONS

if TYPE_CHECKING:
    from bot.sandbox.files import Upload
    from bot.sandbox.messages import Stored
    from bot.sandbox.residents import Chat, SandboxPerson
    from bot.sandbox.world import World

UPLOAD_KINDS = KINDS


def say(
    world: World, person: SandboxPerson, chat: Chat, text: str, *, reply_to: int | None
) -> Stored:
    """Write a message; a text too long for one is split, as a phone does, and the last returned."""
    parts = [text[at : at + LONGEST_TEXT] for at in range(0, len(text), LONGEST_TEXT)]
    bodies = [body for part in parts if (body := spoken(part))]
    if not bodies:
        raise BadFieldError("text", "一段文字")
    sent = [
        _post(world, person, chat, body, reply_to=None if place else reply_to)
        for place, body in enumerate(bodies)
    ]
    return sent[-1]


def send_file(
    world: World,
    person: SandboxPerson,
    chat: Chat,
    upload: Upload,
    *,
    kind: str,
    caption: str,
    reply_to: int | None,
) -> Stored:
    """Send a file, a picture, a voice message or a sticker."""
    if kind not in UPLOAD_KINDS:
        raise BadFieldError("kind", "、".join(UPLOAD_KINDS) + " 之一")
    file = world.files.keep(upload, kind)
    part = attachment(file, dimensions(upload.content))
    written = {} if kind == "sticker" else spoken(caption[:LONGEST_CAPTION], "caption")
    return _post(world, person, chat, {**part, **written}, reply_to=reply_to)


def edit(world: World, person: SandboxPerson, chat: Chat, number: int, text: str) -> Stored:
    """Change the text or caption of one's own message."""
    message = _own(world, person, chat, number)
    key = "text" if "text" in message.body else "caption"
    written = spoken(text, key)
    if not written:
        raise BadFieldError("text", "一段文字")
    old = {key, "entities", "caption_entities"}
    kept = {name: value for name, value in message.body.items() if name not in old}
    changed = world.messages.rewrite(message, {**kept, "edit_date": world.moment(), **written})
    world.updates.add("edited_message", objects.message_object(world, changed))
    announce(world, changed)
    return changed


def take_back(world: World, person: SandboxPerson, chat: Chat, number: int) -> None:
    """Delete one's own message; the bot hears nothing of it, as with Telegram."""
    remove(world, _own(world, person, chat, number))


def press(world: World, person: SandboxPerson, chat: Chat, number: int, data: str) -> str:
    """Press a button, also one that has since gone, and return the query's id."""
    message = world.messages.trace(chat.id, number)
    if message is None:
        raise NotHereError("消息", number)
    query = world.queries.ask("press", person.id, {"data": data})
    update = {
        "id": query,
        "from": objects.user(world, person.id),
        "message": objects.reachable_message(world, message),
        "chat_instance": objects.chat_instance(chat.id),
        "data": data,
    }
    world.updates.add("callback_query", update)
    return query


def react(world: World, person: SandboxPerson, chat: Chat, number: int, emoji: str) -> None:
    """Put a reaction under a message; an empty one takes it away."""
    message = world.messages.get(chat.id, number)
    if message is None:
        raise NotHereError("消息", number)
    # phones send the heart with its variation selector, the Bot API tells it without
    plain = emoji.removesuffix("\ufe0f")
    if plain and plain not in REACTIONS:
        raise BadFieldError("emoji", "一个可用的表情，例如 👍")
    before = message.reactions.get(str(person.id), "")
    if before == plain:
        return
    update = {
        "chat": objects.chat_object(chat),
        "message_id": number,
        "user": objects.user(world, person.id),
        "date": world.moment(),
        "old_reaction": _reaction(before),
        "new_reaction": _reaction(plain),
    }
    world.updates.add("message_reaction", update)
    announce(world, world.messages.react(message, person.id, plain))


def _reaction(emoji: str) -> list[dict[str, str]]:
    return [{"type": "emoji", "emoji": emoji}] if emoji else []


def _post(
    world: World,
    person: SandboxPerson,
    chat: Chat,
    content: dict[str, Any],
    *,
    reply_to: int | None,
) -> Stored:
    answered = None if reply_to is None else world.messages.get(chat.id, reply_to)
    if reply_to is not None and answered is None:
        raise NotHereError("消息", reply_to)
    body = {"date": world.moment(), **_thread(answered), **content}
    message = world.messages.add(chat.id, person.id, body, reply_to=reply_to)
    world.updates.add("message", objects.message_object(world, message))
    announce(world, message)
    return message


def _thread(answered: Stored | None) -> dict[str, Any]:
    if answered is None or "message_thread_id" not in answered.body:
        return {}
    return {"message_thread_id": answered.body["message_thread_id"], "is_topic_message": True}


def _own(world: World, person: SandboxPerson, chat: Chat, number: int) -> Stored:
    message = world.messages.get(chat.id, number)
    if message is None:
        raise NotHereError("消息", number)
    if message.sender != person.id:
        raise NotYoursError(f"消息 {number} 不是 {person.name} 发的")
    return message
