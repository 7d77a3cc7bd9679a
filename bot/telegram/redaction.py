"""Keeping the bot's token out of logs and ledgers."""

from __future__ import annotations

import logging
import re

_TOKEN = re.compile(r"\d{5,}(?::|%3[Aa])[A-Za-z0-9_-]{20,}")
_SHOWN = "<令牌>"
_FORMATTER = logging.Formatter()


def redacted(text: str) -> str:
    """Return a text without anything that looks like a bot's token."""
    return _TOKEN.sub(_SHOWN, text)


class TokenFilter(logging.Filter):
    """Takes tokens out of a record's message and out of its traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record; it is always kept."""
        record.msg, record.args = redacted(record.getMessage()), None
        if record.exc_info:
            # a formatter takes this text instead of writing the traceback itself
            record.exc_text = redacted(_FORMATTER.formatException(record.exc_info))
        return True


def guard_logging() -> None:
    """Filter every handler there is, and quieten the library that logs whole addresses."""
    for handler in logging.getLogger().handlers:
        if not any(isinstance(known, TokenFilter) for known in handler.filters):
            handler.addFilter(TokenFilter())
    # httpx logs each request's address, token included, at INFO
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)
