"""Telegram as a door: sends, edits, deletes, answers presses, fetches files."""

from __future__ import annotations

import asyncio
import logging
import os
from typing import TYPE_CHECKING

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    ReplyParameters,
)
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.door import LaterError
from bot.telegram.client import make_bot
from bot.telegram.faults import TokenRefusedError, door_error, says, translated
from bot.telegram.mentions import Self
from bot.telegram.poll import Poller
from bot.telegram.redaction import redacted
from bot.telegram.translate import Translator, chat_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from bot.door import Clearance, Message, Store
    from handlers.incoming import Incoming

_LOG = logging.getLogger(__name__)
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
# https://core.telegram.org/bots/api#answercallbackquery
_LONGEST_TOAST = 200
_FIRST_PAUSE_SECONDS = 0.5
_LONGEST_PAUSE_SECONDS = 30.0
_CLOSE_SECONDS = 1.0


class TelegramDoor:
    """The door for Telegram, or for any server that speaks the Bot API.

    Args:
        token: The bot's token.
        clearance: What may pass through this door.
        base_url: Address of another server (`http://127.0.0.1:8088`); None is Telegram's own.
        proxy: Address of a proxy; the machine's own settings are not used.
        read_seconds: How long to wait for an answer before a send counts as unknown.
    """

    def __init__(
        self,
        token: str,
        *,
        clearance: Clearance,
        base_url: str | None = None,
        proxy: str | None = None,
        read_seconds: float = 10.0,
        name: str = "telegram",
    ) -> None:
        self.name = name
        self.clearance = clearance
        self._bot, self._polling = make_bot(
            token, base_url=base_url, proxy=proxy, read_seconds=read_seconds
        )
        self._translator: Translator | None = None

    async def open(self) -> None:
        """Learn the bot's own name; waits for the network as long as it takes.

        Raises:
            TokenRefusedError: The server does not know the token.
        """
        pause = _FIRST_PAUSE_SECONDS
        while True:
            try:
                await self._bot.initialize()
                break
            except InvalidToken:
                raise TokenRefusedError from None
            except TelegramError as fault:
                _LOG.warning("暂时连不上消息通道，稍后重试：%s", redacted(fault.message))
                refused = door_error(fault)
            asked = refused.wait.total_seconds() if isinstance(refused, LaterError) else 0.0
            await asyncio.sleep(asked or pause)
            pause = min(pause * 2, _LONGEST_PAUSE_SECONDS)
        self._translator = Translator(self.name, Self(self._bot.id, self._bot.username))

    async def close(self) -> None:
        """Close the connections; nothing can be sent any more."""
        try:
            async with asyncio.timeout(_CLOSE_SECONDS):
                await self._bot.shutdown()
        except TimeoutError:
            _LOG.warning("关闭消息通道的连接超时")

    def poller(self, store: Store) -> Poller:
        """Return the poller that hands every raw update to `store`; see `Poller`."""
        return Poller(self._bot, self._polling, store)

    async def send(self, message: Message) -> int:
        """Show a message and return its id in the chat; raises a SendError."""
        reply = (
            ReplyParameters(message.reply_to, allow_sending_without_reply=True)
            if message.reply_to is not None
            else None
        )
        with translated():
            if message.document is not None:
                sent = await self._bot.send_document(
                    int(message.chat),
                    await asyncio.to_thread(message.document.read_bytes),
                    filename=message.file_name or message.document.name,
                    caption=message.text or None,
                    reply_markup=_keyboard(message),
                    reply_parameters=reply,
                )
            else:
                sent = await self._bot.send_message(
                    int(message.chat),
                    message.text,
                    reply_markup=_keyboard(message),
                    reply_parameters=reply,
                    link_preview_options=_NO_PREVIEW,
                )
        return sent.message_id

    async def edit(self, message_id: int, message: Message) -> None:
        """Replace a message's text and buttons; "not modified" counts as done."""
        with translated():
            try:
                await self._bot.edit_message_text(
                    message.text,
                    int(message.chat),
                    message_id,
                    reply_markup=_keyboard(message),
                    link_preview_options=_NO_PREVIEW,
                )
            except BadRequest as fault:
                if not says(fault, "not modified"):
                    raise

    async def delete(self, chat: str, message_id: int) -> None:
        """Remove a message from the chat; one that is already gone counts as removed."""
        with translated():
            try:
                await self._bot.delete_message(int(chat), message_id)
            except BadRequest as fault:
                if not says(fault, "message to delete not found"):
                    raise

    async def answer_press(self, press_id: str, text: str, *, alert: bool = False) -> None:
        """Show the short answer to a press on the person's phone."""
        with translated():
            await self._bot.answer_callback_query(
                press_id, text[:_LONGEST_TOAST] or None, show_alert=alert
            )

    async def fetch(self, file_id: str, target: Path) -> None:
        """Bring a file a person sent to a path on this machine, whole or not at all."""
        beside = target.with_name(f"{target.name}.part")
        with translated():
            file = await self._bot.get_file(file_id)
            await file.download_to_drive(beside)
        await asyncio.to_thread(os.replace, beside, target)

    def address(self, payload: Mapping[str, object]) -> tuple[int, str]:
        """Return a raw update's number and the chat it belongs to (empty where to none)."""
        return int(str(payload["update_id"])), chat_of(payload)

    def is_group(self, chat: str) -> bool:
        """Say whether a chat is a group: groups have negative ids."""
        return chat.startswith("-")

    def translate(self, payload: Mapping[str, object]) -> Sequence[Incoming]:
        """Read a stored raw update; an update that says nothing to us gives an empty sequence."""
        if self._translator is None:
            raise NotOpenError
        return self._translator.translate(payload)


class NotOpenError(RuntimeError):
    """A door was used before it was opened."""


def _keyboard(message: Message) -> InlineKeyboardMarkup | None:
    if not message.buttons:
        return None
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(button.text, callback_data=button.token) for button in line]
            for line in message.buttons
        ]
    )
