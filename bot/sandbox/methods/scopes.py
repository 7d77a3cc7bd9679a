"""Methods about the bot's commands, one list per scope and language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bot.sandbox.errors import BadRequestError, MalformedError
from bot.sandbox.fields import needed, needed_number, needed_text
from bot.sandbox.store import dumps

if TYPE_CHECKING:
    from bot.sandbox.call import Call
    from bot.sandbox.world import World

_COMMAND = re.compile(r"[a-z0-9_]+")
_LANGUAGE = re.compile(r"[a-z]{2}")
_MOST_COMMANDS = 100
_LONGEST_COMMAND = 32
_LONGEST_DESCRIPTION = 256
_SCOPES = {
    "default": (),
    "all_private_chats": (),
    "all_group_chats": (),
    "all_chat_administrators": (),
    "chat": ("chat_id",),
    "chat_administrators": ("chat_id",),
    "chat_member": ("chat_id", "user_id"),
}


def set_my_commands(world: World, call: Call) -> bool:
    """Put the bot's list of commands into the menu of a scope and language."""
    key, commands = _key(world, call), call.series("commands")
    if len(commands) > _MOST_COMMANDS:
        raise BadRequestError("BOT_COMMANDS_TOO_MUCH")
    world.store.remember(key, [_command(item) for item in commands] or None)
    return True


def get_my_commands(world: World, call: Call) -> list[dict[str, str]]:
    """Return the commands of exactly this scope and language."""
    found: list[dict[str, str]] = world.store.setting(_key(world, call), [])
    return found


def delete_my_commands(world: World, call: Call) -> bool:
    """Take the commands of a scope and language away."""
    world.store.remember(_key(world, call), None)
    return True


def language(call: Call) -> str:
    """Return the language a call names, empty for every language."""
    code = call.text("language_code")
    if code and not _LANGUAGE.fullmatch(code):
        raise BadRequestError("invalid language code specified")
    return code


def _command(item: Any) -> dict[str, str]:
    try:
        command = needed_text(item, "command").strip().removeprefix("/")
        description = needed_text(item, "description").strip()
    except MalformedError as fault:
        raise BadRequestError(f"can't parse BotCommand: {fault}") from None
    if not command:
        raise BadRequestError("command must be non-empty")
    if len(command) > _LONGEST_COMMAND:
        raise BadRequestError(f"command length must not exceed {_LONGEST_COMMAND}")
    if not description:
        raise BadRequestError("command description must be non-empty")
    if len(description) > _LONGEST_DESCRIPTION:
        raise BadRequestError(f"command description length must not exceed {_LONGEST_DESCRIPTION}")
    if not _COMMAND.fullmatch(command):
        raise BadRequestError("BOT_COMMAND_INVALID")
    return {"command": command, "description": description}


def _key(world: World, call: Call) -> str:
    scope = call.record("scope") or {"type": "default"}
    try:
        read = _scope(scope)
    except MalformedError as fault:
        raise BadRequestError(f"can't parse BotCommandScope: {fault}") from None
    if "chat_id" in read and world.residents.chat(read["chat_id"]) is None:
        raise BadRequestError("chat not found")
    return f"commands:{dumps(read)}:{language(call)}"


def _scope(scope: dict[str, Any]) -> dict[str, Any]:
    kind = needed_text(scope, "type")
    if kind not in _SCOPES:
        raise MalformedError("Unsupported type specified")
    if "chat_id" in _SCOPES[kind]:
        needed(scope, "chat_id")
    return {"type": kind, **{name: needed_number(scope, name) for name in _SCOPES[kind]}}
