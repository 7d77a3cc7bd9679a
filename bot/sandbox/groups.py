"""What happens to a group as a whole: members come and go, it grows into a supergroup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox import objects
from bot.sandbox.errors import BadFieldError, NotHereError, NotYoursError
from bot.sandbox.memberships import change_status
from bot.sandbox.methods.targets import announce

if TYPE_CHECKING:
    from bot.sandbox.residents import Chat
    from bot.sandbox.world import World

_STATUSES = ("member", "administrator", "restricted", "left", "kicked")


def change_member(world: World, chat: Chat, number: int, status: str) -> None:
    """Make a person or the bot a member, an administrator, or take him out."""
    if status not in _STATUSES:
        raise BadFieldError("status", "、".join(_STATUSES) + " 之一")
    if number != world.bot_id and world.residents.person(number) is None:
        raise NotHereError("人员", number)
    members = world.residents.members(chat.id)
    owner = next((who for who, what in members.items() if what == "creator"), number)
    change_status(world, chat, number, status, by=owner)


def upgrade(world: World, chat: Chat) -> Chat:
    """Turn a basic group into a supergroup: new id, same members, the old one refuses."""
    if chat.type != "group" or "migrated_to" in chat.facts:
        raise NotYoursError(f"会话 {chat.id} 不是可以升级的普通群组")
    members = world.residents.members(chat.id)
    people = [number for number in members if number != world.bot_id]
    grown = world.residents.found_group(chat.title, people, world.bot_id)
    world.residents.put_facts(chat, {**chat.facts, "migrated_to": grown.id})
    owner = people[0] if people else world.bot_id
    for place, fact in (
        (chat.id, {"migrate_to_chat_id": grown.id}),
        (grown.id, {"migrate_from_chat_id": chat.id}),
    ):
        message = world.messages.add(place, owner, {"date": world.moment(), **fact})
        world.updates.add("message", objects.message_object(world, message))
        announce(world, message)
    world.live.hold("people")
    return grown
