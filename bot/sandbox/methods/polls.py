"""Methods that ask a chat something and count no more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.errors import BadRequestError
from bot.sandbox.formatting import formatted
from bot.sandbox.methods.delivery import deliver
from bot.sandbox.methods.editing import editable, replace_body

if TYPE_CHECKING:
    from bot.sandbox.call import Call
    from bot.sandbox.world import World

# https://core.telegram.org/bots/api#sendpoll
_LONGEST_QUESTION = 300
_LONGEST_OPTION = 100
_MOST_OPTIONS = 12


def send_poll(world: World, call: Call) -> dict[str, Any]:
    """Send a poll; people of the sandbox do not vote."""
    question = formatted(
        call.text("question"), call.text("question_parse_mode"), call.series("question_entities")
    )
    if not question.text:
        raise BadRequestError("poll question must be non-empty")
    if len(question.text) > _LONGEST_QUESTION:
        raise BadRequestError("poll question length must not exceed 300")
    kind = call.text("type") or "regular"
    if kind not in {"regular", "quiz"}:
        raise BadRequestError("unsupported poll type specified")
    poll = {
        "id": str(world.store.draw("poll", first=5_000_000_000_000_001)),
        "question": question.text,
        **({"question_entities": list(question.entities)} if question.entities else {}),
        "options": _options(call),
        "total_voter_count": 0,
        "is_closed": call.flag("is_closed"),
        "is_anonymous": not call.has("is_anonymous") or call.flag("is_anonymous"),
        "type": kind,
        "allows_multiple_answers": call.flag("allows_multiple_answers"),
        "allows_revoting": kind == "regular",
        "members_only": False,
        **_quiz(call, kind),
        **{name: call.integer(name) for name in ("open_period", "close_date") if call.has(name)},
    }
    return deliver(world, call, {"poll": poll})


def stop_poll(world: World, call: Call) -> dict[str, Any]:
    """Close a poll and return how it stands."""
    message = editable(world, call, "message with poll to stop not found")
    if "poll" not in message.body:
        raise BadRequestError("message with poll to stop not found")
    if message.body["poll"]["is_closed"]:
        raise BadRequestError("poll has already been closed")
    poll: dict[str, Any] = {**message.body["poll"], "is_closed": True}
    replace_body(world, message, {**message.body, "poll": poll})
    return poll


def _options(call: Call) -> list[dict[str, Any]]:
    texts = [_option(item) for item in call.series("options")]
    if not texts:
        raise BadRequestError("poll must have at least 2 option")
    if len(texts) > _MOST_OPTIONS:
        raise BadRequestError(f"poll can't have more than {_MOST_OPTIONS} options")
    return [
        {"persistent_id": str(place), "text": text, "voter_count": 0}
        for place, text in enumerate(texts)
    ]


def _option(item: Any) -> str:
    text = item.get("text") if isinstance(item, dict) else item
    if not isinstance(text, str):
        raise BadRequestError("can't parse options: expected an Array of InputPollOption")
    plain = text.strip()
    if not plain:
        raise BadRequestError("poll options must be non-empty")
    if len(plain) > _LONGEST_OPTION:
        raise BadRequestError("poll options length must not exceed 100")
    return plain


def _quiz(call: Call, kind: str) -> dict[str, Any]:
    if kind != "quiz":
        return {}
    given = call.series("correct_option_ids") if call.has("correct_option_ids") else []
    right = [int(item) for item in given if isinstance(item, int)]
    right = right or ([call.integer("correct_option_id")] if call.has("correct_option_id") else [])
    if not right or not all(0 <= place < len(call.series("options")) for place in right):
        raise BadRequestError("wrong correct option ID specified")
    explanation = call.text("explanation")
    told = {"explanation": explanation} if explanation else {}
    return {"correct_option_ids": right, **told}
