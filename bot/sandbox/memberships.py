"""Who belongs to a chat, as the Bot API tells it, and the updates a change brings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox import objects

if TYPE_CHECKING:
    from bot.sandbox.residents import Chat
    from bot.sandbox.world import World

_RIGHTS = (
    "can_be_edited",
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
    "can_manage_topics",
)
_DENIED = {"can_be_edited", "can_promote_members"}


def member_object(world: World, number: int, status: str) -> dict[str, Any]:
    """Return a ChatMember."""
    member = {"user": objects.user(world, number), "status": status}
    if status == "administrator":
        rights = {right: right not in _DENIED for right in _RIGHTS}
        return {**member, **rights, "is_anonymous": False}
    if status == "creator":
        return {**member, "is_anonymous": False}
    return {**member, "until_date": 0} if status == "kicked" else member


def change_status(world: World, chat: Chat, number: int, status: str, *, by: int) -> None:
    """Change what somebody is in a group, and tell the bot."""
    before = world.residents.status(chat.id, number) or "left"
    world.residents.set_status(chat.id, number, status)
    tell_change(world, chat, number, before, status, by=by)


def tell_change(world: World, chat: Chat, number: int, before: str, after: str, *, by: int) -> None:
    """Put a change of membership into the bot's updates."""
    kind = "my_chat_member" if number == world.bot_id else "chat_member"
    update = {
        "chat": objects.chat_object(chat),
        "from": objects.user(world, by),
        "date": world.moment(),
        "old_chat_member": member_object(world, number, before),
        "new_chat_member": member_object(world, number, after),
    }
    world.updates.add(kind, update)
    world.live.hold("people")
