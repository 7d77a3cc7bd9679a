"""Where a message goes, what it answers, which buttons it carries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox import objects, views
from bot.sandbox.errors import BadRequestError, ForbiddenError

if TYPE_CHECKING:
    from bot.sandbox.call import Call
    from bot.sandbox.messages import Stored
    from bot.sandbox.residents import Chat
    from bot.sandbox.world import World

LONGEST_BUTTON_DATA = 64


def known_chat(world: World, call: Call, name: str = "chat_id") -> Chat:
    """Return the chat a call names, whether or not the bot may write there."""
    if not call.has(name):
        raise BadRequestError(f"{name} is empty")
    given = call.text(name).strip()
    number = int(given) if given.lstrip("-").isascii() and given.lstrip("-").isdigit() else 0
    chat = world.residents.chat(number)
    if chat is None:
        raise BadRequestError("chat not found")
    moved = chat.facts.get("migrated_to")
    if moved is not None:
        raise BadRequestError(
            "group chat was upgraded to a supergroup chat", {"migrate_to_chat_id": moved}
        )
    return chat


def writable_chat(world: World, call: Call) -> Chat:
    """Return the chat a call names if the bot may write there.

    Raises:
        ForbiddenError: The person has blocked the bot, or the bot is not in the group.
    """
    chat = known_chat(world, call)
    if chat.is_private and world.residents.has_blocked(chat.id):
        raise ForbiddenError("bot was blocked by the user")
    if not chat.is_private and world.bot_id not in world.residents.members(chat.id):
        raise ForbiddenError(f"bot is not a member of the {chat.type} chat")
    return chat


def own_message(world: World, call: Call, absent: str) -> Stored:
    """Return the message of the bot that a call names, `absent` being the complaint."""
    if call.has("inline_message_id"):
        raise BadRequestError("MESSAGE_ID_INVALID")
    chat = writable_chat(world, call)
    message = world.messages.get(chat.id, call.integer("message_id"))
    if message is None:
        raise BadRequestError(absent)
    return message


def answered(world: World, chat: Chat, call: Call) -> int | None:
    """Return the message that a new one answers, None for no answer."""
    wanted = call.record("reply_parameters")
    if call.has("reply_to_message_id") and not wanted:
        wanted = {
            "message_id": call.integer("reply_to_message_id"),
            "allow_sending_without_reply": call.flag("allow_sending_without_reply"),
        }
    number = wanted.get("message_id")
    if not wanted or number is None:
        return None
    if world.messages.get(chat.id, int(number)) is not None:
        return int(number)
    if wanted.get("allow_sending_without_reply"):
        return None
    raise BadRequestError("message to be replied not found")


def keyboard(call: Call) -> dict[str, Any]:
    """Return the inline keyboard of a call as the part of a Message; others are not echoed."""
    markup = call.record("reply_markup")
    rows = markup.get("inline_keyboard")
    if rows is None:
        _check_other(markup)
        return {}
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise BadRequestError('field "inline_keyboard" of the object must be of type Array')
    kept = [[_button(button) for button in row] for row in rows if row]
    return {"reply_markup": {"inline_keyboard": kept}} if kept else {}


def _check_other(markup: dict[str, Any]) -> None:
    known = {"keyboard", "remove_keyboard", "force_reply"}
    if markup and not known & markup.keys():
        raise BadRequestError("object expected as reply markup")


def _button(button: Any) -> dict[str, Any]:
    if not isinstance(button, dict):
        raise BadRequestError("object expected as inline keyboard button")
    if not str(button.get("text") or "").strip():
        raise BadRequestError("inline keyboard button text must be non-empty")
    acts = button.keys() - {"text", "style", "icon_custom_emoji_id"}
    if not acts:
        raise BadRequestError("text buttons are unallowed in the inline keyboard")
    data = button.get("callback_data")
    if data is not None and not 0 < len(str(data).encode()) <= LONGEST_BUTTON_DATA:
        raise BadRequestError("BUTTON_DATA_INVALID")
    return button


def topic(chat: Chat, call: Call) -> dict[str, Any]:
    """Return the topic of a new message as the part of a Message."""
    if not call.has("message_thread_id"):
        return {}
    thread = call.integer("message_thread_id")
    found = chat.facts.get("topics", {}).get(str(thread))
    if found is None:
        raise BadRequestError("message thread not found")
    if found["closed"]:
        raise BadRequestError("TOPIC_CLOSED")
    return {"message_thread_id": thread, "is_topic_message": True}


def post(
    world: World, chat: Chat, content: dict[str, Any], *, reply_to: int | None = None
) -> Stored:
    """Write a message of the bot down and show it on the pages."""
    body = {"date": world.moment(), **content}
    message = world.messages.add(chat.id, world.bot_id, body, reply_to=reply_to)
    announce(world, message)
    return message


def announce(world: World, message: Stored) -> None:
    """Tell the pages that a message is new or has changed."""
    view = views.detailed_view(world, message)
    world.live.hold("message", chat=message.chat, message=view)


def shown(world: World, message: Stored) -> dict[str, Any]:
    """Return a Message as the answer to the call that made or changed it."""
    return objects.message_object(world, message)
