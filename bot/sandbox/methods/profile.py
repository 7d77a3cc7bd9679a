"""Methods about how the bot presents itself: commands, name, descriptions, menu button."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bot.sandbox.errors import BadRequestError
from bot.sandbox.store import dumps

if TYPE_CHECKING:
    from bot.sandbox.call import Call
    from bot.sandbox.world import World

_COMMAND = re.compile(r"[a-z0-9_]{1,32}\Z")
_MOST_COMMANDS = 100
_LONGEST = {"name": 64, "description": 512, "short_description": 120}
_DEFAULT_BUTTON = {"type": "commands"}


def set_my_commands(world: World, call: Call) -> bool:
    """Put the bot's list of commands into the menu of a scope and language."""
    commands = call.series("commands")
    if len(commands) > _MOST_COMMANDS:
        raise BadRequestError("BOT_COMMANDS_TOO_MUCH")
    world.store.remember(_commands_key(call), [_command(item) for item in commands])
    return True


def get_my_commands(world: World, call: Call) -> list[dict[str, str]]:
    """Return the commands of exactly this scope and language."""
    found: list[dict[str, str]] = world.store.setting(_commands_key(call), [])
    return found


def delete_my_commands(world: World, call: Call) -> bool:
    """Take the commands of a scope and language away."""
    world.store.remember(_commands_key(call), None)
    return True


def set_my_name(world: World, call: Call) -> bool:
    """Change the bot's name."""
    return _put(world, call, "name")


def get_my_name(world: World, call: Call) -> dict[str, str]:
    """Return the bot's name."""
    return {"name": world.store.setting(f"name:{call.text('language_code')}", "方圆")}


def set_my_description(world: World, call: Call) -> bool:
    """Change what an empty chat shows."""
    return _put(world, call, "description")


def get_my_description(world: World, call: Call) -> dict[str, str]:
    """Return what an empty chat shows."""
    key = f"description:{call.text('language_code')}"
    return {"description": world.store.setting(key, "")}


def set_my_short_description(world: World, call: Call) -> bool:
    """Change what the bot's profile shows."""
    return _put(world, call, "short_description")


def get_my_short_description(world: World, call: Call) -> dict[str, str]:
    """Return what the bot's profile shows."""
    key = f"short_description:{call.text('language_code')}"
    return {"short_description": world.store.setting(key, "")}


def set_chat_menu_button(world: World, call: Call) -> bool:
    """Change the menu button of a chat, or of all."""
    button = call.record("menu_button") or _DEFAULT_BUTTON
    if button.get("type") not in {"commands", "web_app", "default"}:
        raise BadRequestError("MenuButton has unsupported type")
    world.store.remember(f"menu:{call.text('chat_id')}", button)
    return True


def get_chat_menu_button(world: World, call: Call) -> dict[str, Any]:
    """Return the menu button of a chat, else that of all."""
    general = world.store.setting("menu:", _DEFAULT_BUTTON)
    found: dict[str, Any] = world.store.setting(f"menu:{call.text('chat_id')}", general)
    return found


def _command(item: Any) -> dict[str, str]:
    if not isinstance(item, dict) or not _COMMAND.match(str(item.get("command", ""))):
        raise BadRequestError("BOT_COMMAND_INVALID")
    description = str(item.get("description") or "")
    if not 1 <= len(description) <= 256:
        raise BadRequestError("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": str(item["command"]), "description": description}


def _commands_key(call: Call) -> str:
    scope = call.record("scope") or {"type": "default"}
    ordered = dict(sorted(scope.items()))
    return f"commands:{dumps(ordered)}:{call.text('language_code')}"


def _put(world: World, call: Call, what: str) -> bool:
    text = call.text(what)
    if len(text) > _LONGEST[what]:
        raise BadRequestError(f"bot {what.replace('_', ' ')} is too long")
    world.store.remember(f"{what}:{call.text('language_code')}", text or None)
    return True
