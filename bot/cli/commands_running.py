"""Declare the commands that run until they are stopped: the demo and the bot."""

from __future__ import annotations

from datetime import date as date_type
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.options import CASES, AsJson, Day, present
from bot.cli.several_files import SeveralFiles
from bot.door import Clearance
from bot.home import folder


def declare(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command(cls=SeveralFiles)(demo)
    app.command()(run)
    app.command()(rehearse)


def demo(
    context: typer.Context,
    *,
    cases: Annotated[list[Path] | None, CASES] = None,
    date: Day = None,
    port: Annotated[
        int, typer.Option("--port", help="网页和接口的端口。", min=0, max=65535)
    ] = 8088,
    clearance: Annotated[
        Clearance, typer.Option("--clearance", help="消息通道的许可：internet 或 intranet。")
    ] = "internet",
    sandbox_only: Annotated[
        bool, typer.Option("--sandbox-only", help="只开本机接口和网页，不启动方圆。")
    ] = False,
    baseline: Annotated[bool, typer.Option("--baseline", help="首次导入按存量处理。")] = False,
) -> None:
    """演示：样例院、模拟时钟、网页上的手机。"""
    from bot.cli import demo as command

    day = date.date() if date else None
    command.run(
        _demo_root(context, day),
        cases or [],
        day,
        port=port,
        clearance=clearance,
        sandbox_only=sandbox_only,
        baseline=baseline,
    )


def run() -> None:
    """运行：在配置的消息通道上值守。"""
    from bot.cli import run as command

    command.run(folder())


def rehearse(
    *,
    days: Annotated[int, typer.Option("--days", help="预演几个工作日。", min=1, max=60)] = 5,
    date: Day = None,
    as_json: AsJson = False,
) -> None:
    """预演：今后几个工作日会给谁发什么；在副本上进行，不发送。"""
    from bot.cli import rehearse as command

    day = date.date() if date else None
    command.run(folder(), days, day, as_json=as_json, now=present())


def _demo_root(context: typer.Context, day: date_type | None) -> Path:
    """Return the home that was given, else one of the demo's own: it is nobody's real office."""
    given = context.find_root().params.get("home")
    if given is not None:
        return Path(given)
    return folder() / f"demo-{day or 'sample'}"
