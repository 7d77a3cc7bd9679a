"""Methods that change what somebody is or may do in a group."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.errors import BadRequestError
from bot.sandbox.memberships import PERMISSIONS, RIGHTS, change_status, note_member
from bot.sandbox.methods.chats import known_user, needed_user
from bot.sandbox.methods.targets import ruled_chat

if TYPE_CHECKING:
    from bot.sandbox.call import Call
    from bot.sandbox.residents import Chat
    from bot.sandbox.world import World

_LONGEST_TITLE = 16


def ban_chat_member(world: World, call: Call) -> bool:
    """Throw somebody out for good."""
    chat, number = _meant(world, call)
    if _status(world, chat, number) == "creator":
        raise BadRequestError("can't remove chat owner")
    if _status(world, chat, number) == "administrator":
        raise BadRequestError("user is an administrator of the chat")
    note_member(world, chat, number, {"until_date": call.integer("until_date")})
    change_status(world, chat, number, "kicked", by=world.bot_id)
    return True


def unban_chat_member(world: World, call: Call) -> bool:
    """Let somebody come back; a member is put out unless `only_if_banned` is given."""
    chat, number = _meant(world, call)
    status = _status(world, chat, number)
    if call.flag("only_if_banned") and status != "kicked":
        return True
    if status == "creator":
        raise BadRequestError("can't remove chat owner")
    if status != "left":
        change_status(world, chat, number, "left", by=world.bot_id)
    return True


def restrict_chat_member(world: World, call: Call) -> bool:
    """Take rights from a member of a supergroup, or give them back."""
    chat, number = _meant(world, call)
    if chat.type != "supergroup":
        raise BadRequestError("method is available only for supergroups")
    status = _status(world, chat, number)
    if status == "creator":
        raise BadRequestError("can't remove chat owner")
    if status == "administrator":
        raise BadRequestError("user is an administrator of the chat")
    given = call.record("permissions")
    allowed = {name: bool(given.get(name)) for name in PERMISSIONS}
    if all(allowed.values()):
        change_status(world, chat, number, "member", by=world.bot_id)
        return True
    note_member(world, chat, number, {**allowed, "until_date": call.integer("until_date")})
    change_status(world, chat, number, "restricted", by=world.bot_id)
    return True


def promote_chat_member(world: World, call: Call) -> bool:
    """Make somebody an administrator; without any right he becomes a member again."""
    chat, number = _meant(world, call)
    if chat.type != "supergroup":
        raise BadRequestError("method is available for supergroup and channel chats only")
    if _status(world, chat, number) == "creator":
        raise BadRequestError("can't demote chat creator")
    if _status(world, chat, number) not in {"member", "administrator", "restricted"}:
        raise BadRequestError("USER_NOT_PARTICIPANT")
    rights = {name: call.flag(name) for name in RIGHTS if name != "can_be_edited"}
    raised = any(rights.values())
    note_member(world, chat, number, {**rights, "can_be_edited": True} if raised else {})
    status = "administrator" if raised else "member"
    change_status(world, chat, number, status, by=world.bot_id)
    return True


def set_custom_title(world: World, call: Call) -> bool:
    """Give an administrator a title of his own."""
    chat, number = _meant(world, call)
    if chat.type != "supergroup":
        raise BadRequestError("method is available only for supergroups")
    status = _status(world, chat, number)
    if status == "creator":
        raise BadRequestError("only creator can edit their custom title")
    if status != "administrator":
        raise BadRequestError("user is not an administrator")
    title = call.text("custom_title")
    if len(title) > _LONGEST_TITLE:
        raise BadRequestError("ADMIN_RANK_INVALID")
    note_member(world, chat, number, {**_notes(chat, number), "custom_title": title})
    return True


def set_chat_permissions(world: World, call: Call) -> bool:
    """Say what members may do by default."""
    chat = ruled_chat(world, call, "not enough rights to change chat permissions")
    if chat.is_private:
        raise BadRequestError("can't change private chat permissions")
    given = call.record("permissions")
    allowed = {name: bool(given.get(name)) for name in PERMISSIONS}
    world.residents.put_facts(chat, {**chat.facts, "permissions": allowed})
    return True


def _meant(world: World, call: Call) -> tuple[Chat, int]:
    number = needed_user(call)
    chat = ruled_chat(world, call, "not enough rights to restrict/unrestrict chat member")
    if chat.is_private:
        raise BadRequestError("chat member status can't be changed in private chats")
    known_user(world, number)
    if number == world.bot_id:
        raise BadRequestError("can't restrict self")
    return chat, number


def _status(world: World, chat: Chat, number: int) -> str:
    return world.residents.status(chat.id, number) or "left"


def _notes(chat: Chat, number: int) -> dict[str, Any]:
    notes: dict[str, Any] = chat.facts.get("notes", {}).get(str(number), {})
    return notes
