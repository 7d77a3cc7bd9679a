"""Methods that tell about chats: what they are, who is in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox import objects
from bot.sandbox.errors import BadRequestError
from bot.sandbox.memberships import change_status, member_object, permissions_of
from bot.sandbox.methods.targets import known_chat, present_chat

if TYPE_CHECKING:
    from bot.sandbox.call import Call
    from bot.sandbox.world import World

_GIFTS = (
    "unlimited_gifts",
    "limited_gifts",
    "unique_gifts",
    "premium_subscription",
    "gifts_from_channels",
)


def get_chat(world: World, call: Call) -> dict[str, Any]:
    """Tell everything about a chat."""
    chat = known_chat(world, call)
    pinned = world.messages.get(chat.id, (chat.facts.get("pins") or [0])[-1])
    told = {key: chat.facts[key] for key in ("description", "photo") if chat.facts.get(key)}
    group = {} if chat.is_private else {"permissions": permissions_of(chat)}
    return {
        **objects.chat_object(chat),
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(_GIFTS, False),
        **group,
        **told,
        **({"pinned_message": objects.message_object(world, pinned)} if pinned else {}),
    }


def get_chat_member(world: World, call: Call) -> dict[str, Any]:
    """Tell what somebody is in a chat."""
    number, chat = needed_user(call), known_chat(world, call)
    known_user(world, number)
    return member_object(world, chat, number, world.residents.status(chat.id, number) or "left")


def get_chat_administrators(world: World, call: Call) -> list[dict[str, Any]]:
    """List owner and administrators of a group."""
    chat = known_chat(world, call)
    if chat.is_private:
        raise BadRequestError("there are no administrators in the private chat")
    members = world.residents.members(chat.id)
    return [
        member_object(world, chat, number, status)
        for number, status in members.items()
        if status in {"creator", "administrator"}
    ]


def get_chat_member_count(world: World, call: Call) -> int:
    """Count the members of a chat; a private one has two."""
    chat = known_chat(world, call)
    return 2 if chat.is_private else len(world.residents.members(chat.id))


def leave_chat(world: World, call: Call) -> bool:
    """Take the bot out of a group."""
    chat = present_chat(world, call)
    if chat.is_private:
        raise BadRequestError("chat member status can't be changed in private chats")
    change_status(world, chat, world.bot_id, "left", by=world.bot_id)
    return True


def get_user_profile_photos(world: World, call: Call) -> dict[str, Any]:
    """List a person's pictures: nobody has one here."""
    known_user(world, needed_user(call))
    return {"total_count": 0, "photos": []}


def get_user_chat_boosts(world: World, call: Call) -> dict[str, Any]:
    """List what a person gave to a chat: nothing."""
    known_user(world, needed_user(call))
    known_chat(world, call)
    return {"boosts": []}


def needed_user(call: Call) -> int:
    """Return the person a call names."""
    number = call.integer("user_id")
    if number <= 0:
        raise BadRequestError("invalid user_id specified")
    return number


def known_user(world: World, number: int) -> None:
    """Refuse somebody the sandbox does not know."""
    if number != world.bot_id and world.residents.person(number) is None:
        raise BadRequestError("user not found")
