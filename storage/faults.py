"""Translate the database library's errors at the border into sentences."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from storage.engine import BUSY_SECONDS
from storage.errors import DatabaseBusyError, DatabaseUnusableError

if TYPE_CHECKING:
    from collections.abc import Iterator

_BUSY_STATES = {"55P03", "40P01", "40001"}
"""PostgreSQL's codes: lock not available in time, deadlock, not serialisable."""
_REASONS = (
    ("disk is full", "磁盘已满"),
    ("No space left", "磁盘已满"),
    ("disk I/O error", "读写磁盘出错"),
    ("readonly", "没有写入权限"),
    ("unable to open", "打不开这个文件"),
    ("not a database", "这个文件不是数据库"),
    ("malformed", "文件已损坏"),
    ("no such table", "还没有建立数据表"),
    ("Connection refused", "数据库服务没有应答"),
    ("No such file or directory", "没有这个目录或文件"),
    ("Not a directory", "所在的路径不是目录"),
    ("Is a directory", "这是目录，不是文件"),
    ("Permission denied", "没有权限"),
    ("Operation not permitted", "没有权限"),
    ("Read-only file system", "这个磁盘只能读，不能写"),
    ("quota exceeded", "磁盘配额已满"),
    ("File name too long", "文件名太长"),
    ("File too large", "文件超过了允许的大小"),
    ("Input/output error", "读写磁盘出错"),
)


@contextmanager
def translating(where: str) -> Iterator[None]:
    """Say in one sentence that the database at a place is busy or unusable, and what to do.

    Raises:
        DatabaseBusyError: others hold it, a later try may succeed.
        DatabaseUnusableError: it cannot be opened, read or written.
    """
    try:
        yield
    except PoolTimeoutError as error:
        raise DatabaseBusyError(where, BUSY_SECONDS) from error
    except DatabaseError as error:
        if isinstance(error, OperationalError) and _is_busy(error):
            raise DatabaseBusyError(where, BUSY_SECONDS) from error
        # a broken constraint is the caller's fault, not the database's
        if isinstance(error, OperationalError) or type(error) is DatabaseError:
            raise DatabaseUnusableError(where, reason(str(error.orig))) from error
        raise


def _is_busy(error: OperationalError) -> bool:
    if "is locked" in str(error.orig):
        return True
    return getattr(error.orig, "sqlstate", None) in _BUSY_STATES


def cause(error: Exception) -> str:
    """Say in Chinese why the driver or the system refused a file, where it is a common thing."""
    return reason(getattr(error, "strerror", None) or str(error))


def reason(said: str) -> str:
    """Say in Chinese what the driver or the system said, where it is a common thing."""
    return next((words for sign, words in _REASONS if sign in said), said.strip().split("\n")[0])
