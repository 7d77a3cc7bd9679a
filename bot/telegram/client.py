"""The client of the Bot API with explicit time-outs and without the machine's own proxy."""

from __future__ import annotations

import os

from telegram import Bot
from telegram.request import HTTPXRequest

from bot.telegram.poll_request import PollRequest

_SEND_POOL = 64
# an interrupted poll can keep its connection for good, and one is the library's default
_POLL_POOL = 4
_CONNECT_SECONDS = 5.0
_POOL_SECONDS = 5.0
_WRITE_SECONDS = 20.0
_UPLOAD_SECONDS = 60.0


def make_bot(
    token: str, *, base_url: str | None, proxy: str | None, read_seconds: float
) -> tuple[Bot, PollRequest]:
    """Return a client and the part of it that polls.

    Args:
        token: The bot's token.
        base_url: Address of another Bot API server, without `/bot`; None is Telegram's own.
        proxy: Address of a proxy for both sending and polling.
        read_seconds: How long to wait for an answer once a request has left.
    """
    # RetryAfter then tells a timedelta; without it, reading it warns (PTB 22.2)
    os.environ["PTB_TIMEDELTA"] = "true"
    sending = HTTPXRequest(
        connection_pool_size=_SEND_POOL,
        connect_timeout=_CONNECT_SECONDS,
        pool_timeout=_POOL_SECONDS,
        read_timeout=read_seconds,
        write_timeout=_WRITE_SECONDS,
        media_write_timeout=_UPLOAD_SECONDS,
        proxy=proxy,
        # HTTP_PROXY would be used for 127.0.0.1 too
        httpx_kwargs={"trust_env": False},
    )
    polling = PollRequest(
        connection_pool_size=_POLL_POOL,
        connect_timeout=_CONNECT_SECONDS,
        pool_timeout=_POOL_SECONDS,
        read_timeout=read_seconds,
        write_timeout=_WRITE_SECONDS,
        proxy=proxy,
        httpx_kwargs={"trust_env": False},
    )
    if base_url is None:
        return Bot(token, request=sending, get_updates_request=polling), polling
    root = base_url.rstrip("/").removesuffix("/bot")
    bot = Bot(
        token,
        base_url=f"{root}/bot",
        base_file_url=f"{root}/file/bot",
        request=sending,
        get_updates_request=polling,
    )
    return bot, polling
