"""Declare the commands of the ledger."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.options import present
from bot.home import folder

app = typer.Typer(help="留痕流水：核验、导出、按期清除。", no_args_is_help=True)


@app.command()
def verify(
    file: Annotated[
        Path | None,
        typer.Argument(metavar="[FILE]", help="数据库文件或导出的流水；不写则核验本院数据库。"),
    ] = None,
    *,
    head: Annotated[
        list[str] | None,
        typer.Option("--head", metavar="SIZE:HASH", help="此前公布的校验值，可多次给出。"),
    ] = None,
    heads: Annotated[
        list[Path] | None,
        typer.Option("--heads", metavar="FILE", help="第二存放处的校验值文件，或以前的导出。"),
    ] = None,
    texts: Annotated[
        Path | None, typer.Option("--texts", metavar="FILE", help="随流水导出的旁存文字。")
    ] = None,
) -> int:
    """核验流水是否完整；有误时退出码为 1。"""
    from bot.cli import ledger as command

    return command.verify(folder(), file, heads=head or [], head_files=heads or [], texts=texts)


@app.command()
def export(
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="写入的文件。")],
    *,
    texts: Annotated[
        Path | None,
        typer.Option("--texts", metavar="FILE", help="旁存文字另写的文件（含个人信息）。"),
    ] = None,
    xlsx: Annotated[
        Path | None, typer.Option("--xlsx", metavar="FILE", help="同时写成表格，便于查阅。")
    ] = None,
    by: Annotated[
        str | None, typer.Option("--by", metavar="姓名", help="由谁导出，须有查阅流水的权限。")
    ] = None,
) -> None:
    """导出流水，每条一行 JSON；导出本身也记入流水。"""
    from bot.cli import ledger as command
    from storage.ledger_export import Files

    command.export(folder(), Files(out, texts, xlsx), by=by, now=present())


@app.command()
def erase(
    before: Annotated[
        datetime, typer.Option("--before", formats=["%Y-%m-%d"], help="清除这一天以前的。")
    ],
    *,
    yes: Annotated[bool, typer.Option("--yes", help="不再询问。")] = False,
) -> None:
    """按期清除个人文字；流水不断，归档文书不受影响。"""
    from bot.cli import ledger_erase as command

    command.run(folder(), before.date(), yes=yes, now=present())
