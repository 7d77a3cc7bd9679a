"""Who belongs to a chat, as the Bot API tells it, and the updates a change brings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox import objects

if TYPE_CHECKING:
    from bot.sandbox.residents import Chat
    from bot.sandbox.world import World

RIGHTS = (
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
    "can_manage_tags",
    "can_send_welcome_messages",
)
PERMISSIONS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)
_DENIED = {"can_be_edited", "can_promote_members"}


def member_object(world: World, chat: Chat, number: int, status: str) -> dict[str, Any]:
    """Return a ChatMember."""
    member = {"user": objects.user(world, number), "status": status}
    notes: dict[str, Any] = chat.facts.get("notes", {}).get(str(number), {})
    if status == "administrator":
        rights = {right: bool(notes.get(right, right not in _DENIED)) for right in RIGHTS}
        title = {"custom_title": notes["custom_title"]} if notes.get("custom_title") else {}
        return {**member, **rights, "is_anonymous": False, **title}
    if status == "creator":
        return {**member, "is_anonymous": False}
    if status == "restricted":
        allowed = {name: bool(notes.get(name)) for name in PERMISSIONS}
        return {**member, "is_member": True, **allowed, "until_date": notes.get("until_date", 0)}
    return {**member, "until_date": notes.get("until_date", 0)} if status == "kicked" else member


def permissions_of(chat: Chat) -> dict[str, bool]:
    """Return what members of a group may do by default."""
    kept: dict[str, bool] = chat.facts.get("permissions", {})
    return {name: kept.get(name, True) for name in PERMISSIONS}


def note_member(world: World, chat: Chat, number: int, notes: dict[str, Any]) -> None:
    """Keep what a member may do beyond his status."""
    kept = {**chat.facts.get("notes", {}), str(number): notes}
    facts = {**chat.facts, "notes": kept}
    world.residents.put_facts(chat, facts)
    chat.facts.update(facts)


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
        "old_chat_member": member_object(world, chat, number, before),
        "new_chat_member": member_object(world, chat, number, after),
    }
    world.updates.add(kind, update)
    world.live.hold("people")
