"""Faults of storage, each with its sentence."""

from __future__ import annotations

from knowledge.errors import UserFacingError


class StorageError(UserFacingError):
    """A fault in what is kept or in what is asked of it."""


class DatabaseUnusableError(StorageError):
    """The database cannot be opened or written."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(f"数据库 {where} 无法使用：{reason}。请检查磁盘空间、权限或连接后重试")
