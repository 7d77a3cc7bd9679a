"""The client's exceptions as the door's own: was it delivered, may it be tried again."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)

from bot.door import (
    BlockedError,
    LaterError,
    MovedError,
    RefusedError,
    UncertainError,
    UnreachableError,
)
from bot.telegram.redaction import redacted
from knowledge.errors import UserFacingError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.door import SendError

# Raised before the first byte of the request has left: https://www.python-httpx.org/exceptions/
_NEVER_LEFT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)
# 400s that mean what 403 means: nobody is there any more
_GONE = ("chat not found", "user is deactivated", "peer_id_invalid", "group chat was deactivated")


class TokenRefusedError(UserFacingError):
    """The server does not know the bot's token."""

    def __init__(self) -> None:
        super().__init__("消息通道拒绝了机器人令牌，请在配置指明的令牌文件中核对后重新启动")


@contextmanager
def translated() -> Iterator[None]:
    """Raise the door's errors instead of the client's."""
    try:
        yield
    except TelegramError as fault:
        raise door_error(fault) from fault


def door_error(fault: TelegramError) -> SendError:
    """Return the door's error for one of the client's."""
    said = redacted(fault.message)
    if isinstance(fault, RetryAfter):
        return LaterError(_wait(fault))
    if isinstance(fault, ChatMigrated):
        return MovedError(str(fault.new_chat_id))
    if isinstance(fault, Forbidden) or says(fault, *_GONE):
        return BlockedError(said)
    # BadRequest is a NetworkError too: it must be looked at first
    if isinstance(fault, BadRequest):
        return RefusedError(said)
    return _line_error(fault, said)


def _line_error(fault: TelegramError, said: str) -> SendError:
    if isinstance(fault, InvalidToken):
        # 401 and 404 come before anything is done
        return UnreachableError("消息通道拒绝了机器人令牌或不认识所调用的方法")
    if isinstance(fault.__cause__, _NEVER_LEFT):
        return UnreachableError(f"未能连接消息通道：{said}")
    return UncertainError(f"消息通道未确认送达：{said}")


def says(fault: TelegramError, *phrases: str) -> bool:
    """Say whether an error's description holds one of the phrases, whatever its capitals."""
    words = fault.message.lower()
    return any(phrase in words for phrase in phrases)


def _wait(fault: RetryAfter) -> timedelta:
    wait = fault.retry_after
    return wait if isinstance(wait, timedelta) else timedelta(seconds=wait)
