"""Methods about how the bot receives: webhook, files, and who it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from bot.sandbox import objects
from bot.sandbox.errors import BadRequestError

if TYPE_CHECKING:
    from bot.sandbox.call import Call
    from bot.sandbox.world import World

# https://core.telegram.org/bots/api#getfile
_LARGEST_DOWNLOAD = 20 * 1024 * 1024
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}\Z")
_FILE_ID = re.compile(r"[A-Za-z0-9_-]{24,}")
_GONE = "wrong file_id or the file is temporarily unavailable"
_LOCAL = {"127.0.0.1", "localhost", "::1"}


def get_me(world: World, _call: Call) -> dict[str, Any]:
    """Tell who the bot is."""
    return {
        **objects.bot_user(world),
        "can_join_groups": True,
        "can_read_all_group_messages": True,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def get_file(world: World, call: Call) -> dict[str, Any]:
    """Tell from where a file can be fetched."""
    reference = call.text("file_id")
    file = world.files.get(reference)
    if file is None:
        known_form = _FILE_ID.fullmatch(reference) is not None
        raise BadRequestError(_GONE if known_form else "invalid file_id")
    if file.size > _LARGEST_DOWNLOAD:
        raise BadRequestError("file is too big")
    return {
        "file_id": file.id,
        "file_unique_id": file.unique_id,
        "file_size": file.size,
        "file_path": file.path,
    }


def set_webhook(world: World, call: Call) -> bool:
    """Send updates to an address from now on; an empty one ends it."""
    address = call.text("url")
    if not address:
        return delete_webhook(world, call)
    _check_address(address)
    secret = call.text("secret_token")
    if secret and not _SECRET.match(secret):
        raise BadRequestError("secret token contains unallowed characters")
    if "allowed_updates" in call.values:
        world.updates.allow(call.series("allowed_updates"))
    if call.flag("drop_pending_updates"):
        world.updates.clear()
    hook = {
        "url": address,
        "secret": secret,
        "certificate": call.upload("certificate") is not None,
        "max_connections": call.integer("max_connections", 40),
    }
    world.store.remember("webhook", hook)
    world.updates.end_poll()
    world.updates.pushed.set()
    return True


def delete_webhook(world: World, call: Call) -> bool:
    """Go back to being polled."""
    if call.flag("drop_pending_updates"):
        world.updates.clear()
    world.store.remember("webhook", None)
    world.updates.pushed.set()
    return True


def get_webhook_info(world: World, _call: Call) -> dict[str, Any]:
    """Tell where updates go and how that fares."""
    hook = world.store.setting("webhook", {})
    allowed = world.store.setting("allowed_updates", [])
    faults = {key: hook[key] for key in ("last_error_date", "last_error_message") if key in hook}
    connections = {"max_connections": hook["max_connections"]} if hook else {}
    return {
        "url": hook.get("url", ""),
        "has_custom_certificate": bool(hook.get("certificate")),
        "pending_update_count": world.updates.waiting(),
        **connections,
        **faults,
        **({"allowed_updates": allowed} if allowed else {}),
    }


def done(_world: World, _call: Call) -> bool:
    """Acknowledge logOut and close: there is no cloud to leave."""
    return True


def _check_address(address: str) -> None:
    parts = urlsplit(address)
    # Telegram takes https only; a stand-in on this machine may be spoken to without
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOCAL):
        raise BadRequestError("bad webhook: An HTTPS URL must be provided for webhook")
    if not parts.hostname:
        raise BadRequestError("bad webhook: Failed to resolve host: Name or service not known")
