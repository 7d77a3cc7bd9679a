"""The kinds of messages and how each is treated: who goes first, what follows an unknown fate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Kind = Literal[
    "toast",
    "edit",
    "delete",
    "confirmation",
    "answer",
    "prompt",
    "digest",
    "notice",
    "document",
    "system",
]
AfterUnknown = Literal["same", "marked", "nothing", "person"]


@dataclass(frozen=True)
class Policy:
    """How a kind of message is treated.

    `rank`: who goes first. `purpose`: why it is sent, unless the sender says more. `after_unknown`,
    when it may or may not have been delivered: the `same` once more, since a repeat shows nothing
    new; once more `marked` 补发; `nothing`; or a `person` decides. `lives`: after that it is dead.
    `held_back`: waits while sending is paused.
    """

    rank: int
    purpose: str
    after_unknown: AfterUnknown
    lives: timedelta | None = None
    held_back: bool = True


POLICIES: Mapping[str, Policy] = {
    "toast": Policy(0, "按键应答", "nothing", lives=timedelta(seconds=15), held_back=False),
    "delete": Policy(1, "移除消息", "same", held_back=False),
    "edit": Policy(1, "更新消息", "same", held_back=False),
    "confirmation": Policy(1, "答复登记确认", "nothing", held_back=False),
    "answer": Policy(1, "回答来信", "marked", held_back=False),
    "system": Policy(2, "系统通知", "marked", held_back=False),
    "prompt": Policy(3, "口头提示或提醒", "marked"),
    "digest": Policy(4, "每日提示", "marked"),
    "notice": Policy(4, "监控通知书", "person"),
    "document": Policy(4, "文书", "person"),
}
CREATING = frozenset(POLICIES) - {"toast", "edit", "delete"}
"""The kinds that put a message into a chat; the others change or remove one, or show a toast."""
REPEATED = "【补发】"
"""Stands before a message that may have been delivered before."""
