"""Declare the commands of the ledger."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.home import folder

app = typer.Typer(help="留痕流水：核验、导出。", no_args_is_help=True)


@app.command()
def verify(
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="导出的流水；不写则核验数据库。")
    ] = None,
    *,
    head: Annotated[
        list[str] | None,
        typer.Option("--head", metavar="SIZE:HASH", help="此前公布的校验值，可多次给出。"),
    ] = None,
) -> int:
    """核验流水是否完整；有误时退出码为 1。"""
    from bot.cli import ledger as command

    return command.verify(folder(), file, head or [])


@app.command()
def export(
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="写入的文件。")],
) -> None:
    """导出流水，每条一行 JSON。"""
    from bot.cli import ledger as command

    command.export(folder(), out)
