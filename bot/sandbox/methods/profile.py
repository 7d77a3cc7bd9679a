"""Methods about how the bot presents itself: name, descriptions, menu button, wished rights."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.errors import BadRequestError, MalformedError
from bot.sandbox.fields import needed, needed_text
from bot.sandbox.links import is_link
from bot.sandbox.memberships import RIGHTS
from bot.sandbox.methods.scopes import language
from bot.sandbox.methods.targets import known_chat

if TYPE_CHECKING:
    from bot.sandbox.call import Call
    from bot.sandbox.world import World

BOT_NAME = "方圆"
_LONGEST = {"name": 64, "description": 512, "short_description": 120}
_DEFAULT_BUTTON = {"type": "commands"}
_BUTTONS = ("commands", "web_app", "default")


def set_my_name(world: World, call: Call) -> bool:
    """Change the bot's name."""
    return _put(world, call, "name")


def get_my_name(world: World, call: Call) -> dict[str, str]:
    """Return the bot's name."""
    return {"name": _get(world, call, "name") or BOT_NAME}


def set_my_description(world: World, call: Call) -> bool:
    """Change what an empty chat shows."""
    return _put(world, call, "description")


def get_my_description(world: World, call: Call) -> dict[str, str]:
    """Return what an empty chat shows."""
    return {"description": _get(world, call, "description")}


def set_my_short_description(world: World, call: Call) -> bool:
    """Change what the bot's profile shows."""
    return _put(world, call, "short_description")


def get_my_short_description(world: World, call: Call) -> dict[str, str]:
    """Return what the bot's profile shows."""
    return {"short_description": _get(world, call, "short_description")}


def set_chat_menu_button(world: World, call: Call) -> bool:
    """Change the menu button of a private chat, or of all."""
    button = _button(call)
    world.store.remember(f"menu:{_private(world, call)}", button)
    return True


def get_chat_menu_button(world: World, call: Call) -> dict[str, Any]:
    """Return the menu button of a private chat, else that of all."""
    general = world.store.setting("menu:", _DEFAULT_BUTTON)
    found: dict[str, Any] = world.store.setting(f"menu:{_private(world, call)}", general)
    return found


def set_default_rights(world: World, call: Call) -> bool:
    """Say which rights the bot asks for when it becomes an administrator."""
    rights = call.record("rights") or None
    world.store.remember(_rights_key(call), rights)
    return True


def get_default_rights(world: World, call: Call) -> dict[str, bool]:
    """Return the rights the bot asks for."""
    wished = world.store.setting(_rights_key(call), {})
    names = (*(right for right in RIGHTS if right != "can_be_edited"), "is_anonymous")
    return {name: bool(wished.get(name)) for name in names}


def _button(call: Call) -> dict[str, Any]:
    button: dict[str, Any] = call.record("menu_button") or {**_DEFAULT_BUTTON}
    kind = button.get("type")
    if kind not in _BUTTONS:
        raise BadRequestError("can't parse menu button: MenuButton has unsupported type")
    if kind != "web_app":
        return _DEFAULT_BUTTON if kind == "commands" else {"type": kind}
    try:
        text, address = needed_text(button, "text"), needed_text(needed(button, "web_app"), "url")
    except MalformedError as fault:
        raise BadRequestError(f"can't parse menu button: {fault}") from None
    if not address.startswith("https://") or not is_link(address):
        reason = "Only HTTPS links are allowed"
        raise BadRequestError(f"menu button Web App URL '{address}' is invalid: {reason}")
    return {"type": kind, "text": text, "web_app": {"url": address}}


def _private(world: World, call: Call) -> str:
    if not call.has("chat_id"):
        return ""
    chat = known_chat(world, call)
    if not chat.is_private:
        raise BadRequestError("chat must be private")
    return str(chat.id)


def _rights_key(call: Call) -> str:
    return f"rights:{'channels' if call.flag('for_channels') else 'groups'}"


def _put(world: World, call: Call, what: str) -> bool:
    text = call.text(what)
    if len(text) > _LONGEST[what]:
        raise BadRequestError(f"bot {what.replace('_', ' ')} is too long")
    world.store.remember(f"{what}:{language(call)}", text or None)
    return True


def _get(world: World, call: Call, what: str) -> str:
    general = world.store.setting(f"{what}:", "")
    return str(world.store.setting(f"{what}:{language(call)}", general))
