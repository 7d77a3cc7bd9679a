"""Methods that send where something is or how somebody is reached."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.errors import BadRequestError
from bot.sandbox.keyboards import read_keyboard
from bot.sandbox.methods.delivery import deliver
from bot.sandbox.methods.editing import editable, rewritten

if TYPE_CHECKING:
    from bot.sandbox.call import Call
    from bot.sandbox.messages import Stored
    from bot.sandbox.world import World

_FOR_EVER = 0x7FFFFFFF
_LONGEST_LIVE_SECONDS = 86_400
_VENUE_MARKS = ("foursquare_id", "foursquare_type", "google_place_id", "google_place_type")


def send_location(world: World, call: Call) -> dict[str, Any]:
    """Send a point on the map; with `live_period` one that may move."""
    return deliver(world, call, {"location": _location(call)})


def send_venue(world: World, call: Call) -> dict[str, Any]:
    """Send a place with its name and address."""
    venue = {
        "location": _point(call),
        "title": _needed(call, "title"),
        "address": _needed(call, "address"),
        **{name: call.text(name) for name in _VENUE_MARKS if call.has(name)},
    }
    return deliver(world, call, {"location": venue["location"], "venue": venue})


def send_contact(world: World, call: Call) -> dict[str, Any]:
    """Send a telephone number with a name."""
    contact = {
        "phone_number": _needed(call, "phone_number"),
        "first_name": _needed(call, "first_name"),
        **{name: call.text(name) for name in ("last_name", "vcard") if call.has(name)},
    }
    return deliver(world, call, {"contact": contact})


def edit_live_location(world: World, call: Call) -> dict[str, Any]:
    """Move a live location."""
    keys, message = read_keyboard(call), _live(world, call)
    kept = message.body["location"]
    moved = {**_location(call), "live_period": call.integer("live_period", kept["live_period"])}
    return rewritten(world, message, {"location", "reply_markup"}, {"location": moved, **keys.part})


def stop_live_location(world: World, call: Call) -> dict[str, Any]:
    """Let a live location move no more."""
    keys, message = read_keyboard(call), _live(world, call)
    kept = {k: v for k, v in message.body["location"].items() if k in {"latitude", "longitude"}}
    return rewritten(world, message, {"location", "reply_markup"}, {"location": kept, **keys.part})


def _live(world: World, call: Call) -> Stored:
    message = editable(world, call)
    if "live_period" not in message.body.get("location", {}):
        raise BadRequestError("message can't be edited")
    return message


def _location(call: Call) -> dict[str, Any]:
    point = _point(call)
    period = call.integer("live_period")
    if period:
        if period != _FOR_EVER and not 60 <= period <= _LONGEST_LIVE_SECONDS:
            raise BadRequestError("invalid live location period specified")
        point["live_period"] = period
    if call.has("horizontal_accuracy"):
        point["horizontal_accuracy"] = call.fraction("horizontal_accuracy")
    marks = ("heading", "proximity_alert_radius")
    return {**point, **{name: call.integer(name) for name in marks if call.has(name)}}


def _point(call: Call) -> dict[str, Any]:
    latitude, longitude = call.fraction("latitude", 1000.0), call.fraction("longitude", 1000.0)
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise BadRequestError("invalid location specified")
    return {"latitude": latitude, "longitude": longitude}


def _needed(call: Call, name: str) -> str:
    value = call.text(name).strip()
    if not value:
        raise BadRequestError(f"{name.replace('_', ' ')} must be non-empty")
    return value
