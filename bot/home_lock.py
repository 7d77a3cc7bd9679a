"""One process per home: a lock on a file that the system takes back when the process dies."""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from knowledge.errors import UserFacingError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class HomeTakenError(UserFacingError):
    """Another process is at work in this home."""

    def __init__(self, root: Path) -> None:
        super().__init__(
            f"数据目录 {root} 正由另一个方圆进程使用。请先停止它，或用 --home 指定另一个目录"
        )


@contextmanager
def held(root: Path) -> Iterator[None]:
    """Hold the home for this process.

    Raises:
        HomeTakenError: another process holds it.
    """
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(root / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise HomeTakenError(root) from None
        yield
    finally:
        os.close(handle)
