"""What must be in order before a door is opened: the approval and the token's file."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

from knowledge.errors import UserFacingError

if TYPE_CHECKING:
    from pathlib import Path

    from bot.config import Config

_OTHERS = stat.S_IRWXG | stat.S_IRWXO


class NotApprovedError(UserFacingError):
    """Cards may not be used on an internet door without an approval."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"互联网通道使用案卡数据须经批准：请在 {path} 中写明 approval（number 批准文号、"
            "person 批准人、date 批准日期）后重新启动"
        )


class NoTokenError(UserFacingError):
    """The configuration names no file with the bot's token, or the file holds none."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what}。请把机器人令牌存为文件（权限 0600），并在 door.token_file 写明")


class OpenTokenError(UserFacingError):
    """Others can read the token."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"令牌文件 {path} 他人也能读取，请运行 chmod 600 {path} 后重新启动")


def demand_approval(config: Config, root: Path) -> None:
    """Refuse an internet door that nobody approved.

    Raises:
        NotApprovedError: the configuration has no approval.
    """
    if config.door.clearance == "internet" and config.approval is None:
        raise NotApprovedError(root / "config.yaml")


def read_token(config: Config, root: Path) -> str:
    """Return the bot's token.

    Raises:
        NoTokenError, OpenTokenError: there is none, or others can read it.
    """
    if config.door.token_file is None:
        raise NoTokenError("配置中没有写 door.token_file")
    path = root / config.door.token_file
    try:
        if path.stat().st_mode & _OTHERS:
            raise OpenTokenError(path)
        token = path.read_text("utf-8").strip()
    except OSError as fault:
        raise NoTokenError(f"令牌文件 {path} 无法读取（{fault.strerror}）") from fault
    if not token:
        raise NoTokenError(f"令牌文件 {path} 是空的")
    return token
