"""Inline mode from a person's side: ask the bot in any chat, and send one of its results."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox import objects
from bot.sandbox.errors import NotHereError
from bot.sandbox.formatting import formatted
from bot.sandbox.methods.targets import announce

if TYPE_CHECKING:
    from bot.sandbox.messages import Stored
    from bot.sandbox.residents import Chat, SandboxPerson
    from bot.sandbox.world import World

_CHAT_TYPES = {"private": "sender"}


def ask(world: World, person: SandboxPerson, chat: Chat, question: str, offset: str) -> str:
    """Ask an inline question and return its id."""
    query = world.queries.ask("inline", person.id, {"query": question})
    update = {
        "id": query,
        "from": objects.user(world, person.id),
        "query": question,
        "offset": offset,
        "chat_type": _CHAT_TYPES.get(chat.type, chat.type),
    }
    world.updates.add("inline_query", update)
    return query


def choose(world: World, person: SandboxPerson, chat: Chat, query: str, result_id: str) -> Stored:
    """Send one result of an answered question in the person's name."""
    results = (world.queries.given(query) or {}).get("results", [])
    result = next((r for r in results if str(r["id"]) == result_id), None)
    if result is None:
        raise NotHereError("内联结果", result_id)
    body = {
        "date": world.moment(),
        "via_bot": objects.bot_user(world),
        **_content(result.get("input_message_content") or {}, str(result.get("title", ""))),
    }
    message = world.messages.add(chat.id, person.id, body)
    chosen = {"result_id": result_id, "from": objects.user(world, person.id)}
    world.updates.add(
        "chosen_inline_result", {**chosen, "query": world.queries.asked(query)["query"]}
    )
    world.updates.add("message", objects.message_object(world, message))
    announce(world, message)
    return message


def _content(content: dict[str, Any], title: str) -> dict[str, Any]:
    whole = formatted(
        str(content.get("message_text", title)),
        str(content.get("parse_mode") or ""),
        content.get("entities") or [],
    )
    return {"text": whole.text, **({"entities": list(whole.entities)} if whole.entities else {})}
