"""Methods that put messages at the top of their chat."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.errors import BadRequestError
from bot.sandbox.methods.targets import meant_message, ruled_chat

if TYPE_CHECKING:
    from bot.sandbox.call import Call
    from bot.sandbox.residents import Chat
    from bot.sandbox.world import World

_NO_RIGHT = "not enough rights to manage pinned messages in the chat"


def pin_chat_message(world: World, call: Call) -> bool:
    """Pin a message at the top of its chat."""
    message = meant_message(world, call, "message to pin not found")
    chat = ruled_chat(world, call, _NO_RIGHT)
    _keep(world, chat, [*(pin for pin in _pins(chat) if pin != message.id), message.id])
    return True


def unpin_chat_message(world: World, call: Call) -> bool:
    """Take the newest pinned message off, or the one named."""
    chat = ruled_chat(world, call, _NO_RIGHT)
    pins = _pins(chat)
    wanted = call.integer("message_id") or (pins[-1] if pins else 0)
    if wanted not in pins:
        raise BadRequestError("message to unpin not found")
    _keep(world, chat, [pin for pin in pins if pin != wanted])
    return True


def unpin_all_chat_messages(world: World, call: Call) -> bool:
    """Take every pinned message off."""
    _keep(world, ruled_chat(world, call, _NO_RIGHT), [])
    return True


def _pins(chat: Chat) -> list[int]:
    pins: list[int] = chat.facts.get("pins", [])
    return pins


def _keep(world: World, chat: Chat, pins: list[int]) -> None:
    facts: dict[str, Any] = {**chat.facts, "pins": pins}
    world.residents.put_facts(chat, facts)
    world.live.hold("pinned", chat=chat.id, message_id=pins[-1] if pins else None)
