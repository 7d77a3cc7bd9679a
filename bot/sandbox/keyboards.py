"""Keyboards under a message, with Telegram's own words for what it refuses."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.sandbox.errors import BadRequestError, MalformedError
from bot.sandbox.fields import flag, needed, needed_text
from bot.sandbox.links import refuse_wrong_link

if TYPE_CHECKING:
    from bot.sandbox.call import Call

LONGEST_BUTTON_DATA = 64
_LONGEST_COPIED = 256
_DRESS = ("text", "icon_custom_emoji_id", "style")
# the Bot API reads the acts of a button in this order and keeps the first it finds
_ACTS = (
    "url",
    "callback_data",
    "callback_game",
    "pay",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "login_url",
    "web_app",
    "copy_text",
)
_CHOSEN_CHATS = ("allow_user_chats", "allow_bot_chats", "allow_group_chats", "allow_channel_chats")
_KEYBOARD_FLAGS = ("is_persistent", "resize_keyboard", "one_time_keyboard", "selective")


@dataclass(frozen=True)
class Keyboard:
    """What a call hangs under its message.

    `part` is what the Message echoes: an inline keyboard or nothing. `fixed` says that a reply
    keyboard was asked for, so that the message can no longer be edited.
    """

    part: dict[str, Any]
    fixed: bool = False

    def check_data(self) -> None:
        """Refuse callback data of the wrong length; Telegram looks at it last of all."""
        rows = self.part.get("reply_markup", {}).get("inline_keyboard", [])
        for button in (button for row in rows for button in row):
            if len(str(button.get("callback_data", "")).encode()) > LONGEST_BUTTON_DATA:
                raise BadRequestError("BUTTON_DATA_INVALID")


def read_keyboard(call: Call) -> Keyboard:
    """Read `reply_markup`.

    Raises:
        BadRequestError: It is no keyboard, or a button of it is wrong.
    """
    markup = _markup(call)
    if markup is None:
        return Keyboard({})
    if not isinstance(markup, dict):
        raise BadRequestError("object expected as reply markup")
    inline = _rows(markup, "inline_keyboard", "inline keyboard button", _inline_button)
    reply = _rows(markup, "keyboard", "keyboard button", _reply_button)
    for name in (*_KEYBOARD_FLAGS, "remove_keyboard", "force_reply"):
        flag(markup, name)
    if reply or markup.get("remove_keyboard") or markup.get("force_reply"):
        return Keyboard({}, fixed=True)
    return Keyboard({"reply_markup": {"inline_keyboard": inline}} if inline else {})


def _markup(call: Call) -> Any:
    value = call.values.get("reply_markup")
    if not isinstance(value, str):
        return value
    if not value.strip():
        return None
    try:
        return json.loads(value)
    except ValueError:
        raise BadRequestError("can't parse reply keyboard markup JSON object") from None


def _rows(markup: dict[str, Any], name: str, kind: str, read: Any) -> list[list[dict[str, Any]]]:
    rows = markup.get(name)
    if rows is None:
        return []
    if not isinstance(rows, list):
        raise BadRequestError(f'field "{name}" must be of type Array')
    kept = []
    for row in rows:
        if not isinstance(row, list):
            raise BadRequestError(f'field "{name}" must be an Array of Arrays')
        try:
            buttons = [read(button) for button in row]
        except MalformedError as fault:
            raise BadRequestError(f"can't parse {kind}: {fault}") from None
        if buttons:
            kept.append(buttons)
    return kept


def _inline_button(button: Any) -> dict[str, Any]:
    if not isinstance(button, dict):
        raise MalformedError("InlineKeyboardButton must be an Object")
    needed_text(button, "text")
    if not button["text"].strip():
        raise BadRequestError("inline keyboard button text must be non-empty")
    act = next((name for name in _ACTS if button.get(name) not in (None, "", False)), None)
    if act is None and "switch_inline_query" in button:
        act = "switch_inline_query"
    if act is None and "switch_inline_query_current_chat" in button:
        act = "switch_inline_query_current_chat"
    if act is None:
        raise MalformedError("Text buttons are unallowed in the inline keyboard")
    _check_act(act, button[act])
    return {name: button[name] for name in (*_DRESS, act) if button.get(name) is not None}


def _check_act(act: str, value: Any) -> None:
    if act in {"pay", "callback_game"}:
        raise BadRequestError("BUTTON_TYPE_INVALID")
    if act == "callback_data" and not isinstance(value, str):
        raise MalformedError('Field "callback_data" must be of type String')
    if act == "url":
        refuse_wrong_link("inline keyboard button URL", str(value))
    elif act == "web_app":
        _refuse_open_app("inline keyboard button", value)
    elif act == "login_url":
        _check_login(value)
    elif act == "copy_text":
        text = value.get("text") if isinstance(value, dict) else None
        if not isinstance(text, str) or not 0 < len(text) <= _LONGEST_COPIED:
            raise BadRequestError("BUTTON_COPY_TEXT_INVALID")
    elif act == "switch_inline_query_chosen_chat":
        for name in _CHOSEN_CHATS:
            flag(value, name, plain=True)


def _check_login(value: Any) -> None:
    flag(value, "request_write_access", plain=True)
    refuse_wrong_link("inline keyboard button login URL", str(needed(value, "url")))
    if value.get("bot_username"):
        raise BadRequestError(f'bot "{value["bot_username"]}" not found')
    raise BadRequestError("BOT_DOMAIN_INVALID")


def _reply_button(button: Any) -> dict[str, Any]:
    if isinstance(button, str):
        button = {"text": button}
    if not isinstance(button, dict):
        raise MalformedError("KeyboardButton must be a String or an Object")
    needed_text(button, "text")
    if not button["text"].strip():
        raise BadRequestError("keyboard button text must be non-empty")
    for name in ("request_contact", "request_location"):
        flag(button, name, plain=True)
    for name in ("request_users", "request_chat"):
        if button.get(name) is not None:
            needed(button[name], "request_id")
    flag(button.get("request_chat") or {}, "chat_is_forum", plain=True)
    if button.get("web_app") is not None:
        _refuse_open_app("keyboard button", button["web_app"])
    return dict(button)


def _refuse_open_app(kind: str, value: Any) -> None:
    address = str(needed(value, "url"))
    if not address.startswith("https://"):
        reason = "Only HTTPS links are allowed"
        raise BadRequestError(f"{kind} Web App URL '{address}' is invalid: {reason}")
