"""Methods about what the sandbox does not have: sticker sets, stars, gifts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from bot.sandbox.errors import BadRequestError

if TYPE_CHECKING:
    from bot.sandbox.call import Call
    from bot.sandbox.world import World


def get_sticker_set(_world: World, _call: Call) -> NoReturn:
    """Refuse: there are no sets."""
    raise BadRequestError("STICKERSET_INVALID")


def get_star_balance(_world: World, _call: Call) -> dict[str, int]:
    """Tell how many stars the bot has."""
    return {"amount": 0}


def get_star_transactions(_world: World, _call: Call) -> dict[str, list[Any]]:
    """List what stars came and went."""
    return {"transactions": []}


def get_available_gifts(_world: World, _call: Call) -> dict[str, list[Any]]:
    """List what could be given."""
    return {"gifts": []}


def nothing(_world: World, _call: Call) -> list[Any]:
    """Return an empty list."""
    return []
