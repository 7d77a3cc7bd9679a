"""`fangyuan demo`: sandbox, page and bot on a sample office with a simulated clock."""

from __future__ import annotations

import asyncio
import errno
import json
import sys
from typing import TYPE_CHECKING

from bot import home_lock
from bot.sample_office import opening, stage
from bot.sample_office.alone import sandbox_alone
from bot.stopping import asked_to_stop
from knowledge.errors import UserFacingError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from bot.door import Clearance
    from bot.sandbox.server import Sandbox


class PortTakenError(UserFacingError):
    """Another program listens on the port."""

    def __init__(self, port: int) -> None:
        super().__init__(f"端口 {port} 已被占用。请用 --port 指定另一个端口，或停止占用它的程序")


class PortForbiddenError(UserFacingError):
    """The system does not let this program listen on the port."""

    def __init__(self, port: int, reason: str) -> None:
        super().__init__(
            f"不能使用端口 {port}：{reason}。请用 --port 指定 1024 至 65535 之间的端口"
        )


def run(
    root: Path,
    cases: Sequence[Path],
    day: date | None,
    *,
    port: int,
    clearance: Clearance = "internet",
    sandbox_only: bool = False,
    baseline: bool = False,
) -> None:
    """Run the demo until it is asked to stop.

    Raises:
        UserFacingError: it cannot start; the sentence says why.
    """
    sheets = opening.read_sample(cases)
    begin = opening.first_day(day, sheets, is_sample=not cases)
    with home_lock.held(root):
        if sandbox_only:
            asyncio.run(_alone(root / stage.FOLDER, begin, port))
            return
        opened = opening.open_sample(root, sheets, clearance)
        try:
            asyncio.run(_with_bot(opened, begin, port, baseline=baseline))
        finally:
            opened.office.close()


async def _with_bot(opened: opening.Opened, day: date, port: int, *, baseline: bool) -> None:
    stopping = asked_to_stop()
    demo = stage.set_up(opened, day, baseline=baseline)
    address = await _listen(demo.sandbox, port)
    try:
        app = await demo.start(address)
        try:
            _announce(address, demo.sandbox.token)
            await stopping.wait()
        finally:
            await app.stop()
    finally:
        await demo.sandbox.stop()


async def _alone(folder: Path, day: date, port: int) -> None:
    stopping = asked_to_stop()
    sandbox = sandbox_alone(folder, day)
    address = await _listen(sandbox, port)
    try:
        _announce(address, sandbox.token)
        await stopping.wait()
    finally:
        await sandbox.stop()


async def _listen(sandbox: Sandbox, port: int) -> str:
    try:
        return await sandbox.start(port)
    except (OSError, OverflowError) as fault:
        await sandbox.stop()
        if isinstance(fault, OSError) and fault.errno == errno.EADDRINUSE:
            raise PortTakenError(port) from fault
        reason = (fault.strerror if isinstance(fault, OSError) else None) or "不是端口号"
        raise PortForbiddenError(port, reason) from fault


def _announce(address: str, token: str) -> None:
    print(f"演示已就绪，请用浏览器打开 {address}/ （按 Ctrl+C 结束）", file=sys.stderr)
    print(json.dumps({"url": address, "token": token}), flush=True)
