"""Methods that answer what a person did: a press, an inline question, a message to react to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.errors import BadRequestError
from bot.sandbox.methods.targets import announce, meant_message
from bot.sandbox.reactions import REACTIONS

if TYPE_CHECKING:
    from bot.sandbox.call import Call
    from bot.sandbox.world import World

LONGEST_TOAST = 200
_MOST_RESULTS = 50


def answer_callback_query(world: World, call: Call) -> bool:
    """Answer a press, once."""
    toast = call.text("text")
    if len(toast) > LONGEST_TOAST:
        raise BadRequestError("MESSAGE_TOO_LONG")
    answer = {"toast": toast, "alert": call.flag("show_alert")}
    person = world.queries.answer("press", call.text("callback_query_id"), answer)
    if toast:
        world.live.hold("toast", person=person, **answer)
    return True


def answer_inline_query(world: World, call: Call) -> bool:
    """Answer an inline question, once."""
    results = call.series("results")
    if len(results) > _MOST_RESULTS:
        raise BadRequestError("RESULTS_TOO_MUCH")
    if not all(isinstance(r, dict) and r.get("id") and r.get("type") for r in results):
        raise BadRequestError("RESULT_ID_INVALID")
    if len({r["id"] for r in results}) < len(results):
        raise BadRequestError("RESULT_ID_DUPLICATE")
    world.queries.answer("inline", call.text("inline_query_id"), {"results": results})
    return True


def set_message_reaction(world: World, call: Call) -> bool:
    """Put the bot's reaction under a message, or take it away."""
    message = meant_message(world, call, "message to react not found")
    reactions = call.series("reaction")
    if len(reactions) > 1:
        raise BadRequestError("REACTIONS_TOO_MANY")
    emoji = _emoji(reactions[0]) if reactions else ""
    announce(world, world.messages.react(message, world.bot_id, emoji))
    return True


def _emoji(reaction: Any) -> str:
    emoji = reaction.get("emoji", "") if isinstance(reaction, dict) else ""
    if emoji not in REACTIONS:
        raise BadRequestError("REACTION_INVALID")
    return str(emoji)
