"""Declare the commands that work on a home: set up, import, look, check, back up."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.options import AsJson, Day, present
from bot.home import folder


def declare(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command()(init)
    app.command("check-config")(check_config)
    app.command()(doctor)
    app.command("import")(import_files)
    app.command()(findings)
    app.command()(replies)
    app.command()(backup)
    app.command()(restore)
    app.command()(resume)


def init(
    office: Annotated[
        str | None, typer.Option("--office", help="承办单位全称，写入配置文件。")
    ] = None,
) -> None:
    """建立数据目录和带注释的 config.yaml。"""
    from bot.cli import init as command

    command.run(folder(), office=office)


def check_config() -> None:
    """检查配置文件。"""
    from bot.cli import check_config as command

    command.run(folder())


def doctor() -> int:
    """自检：数据库和流水、配置、令牌、放假安排、导出、磁盘、规则、要点。"""
    from bot.cli import doctor as command

    return command.run(folder(), present().date())


def import_files(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="FILE…", help="csv、xlsx、xls 导出文件。")
    ] = None,
    *,
    date: Day = None,
    as_json: AsJson = False,
    yes: Annotated[bool, typer.Option("--yes", help="不再询问。")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只看会改变什么，不导入。")] = False,
    force: Annotated[bool, typer.Option("--force", help="过半案件消失或销号时仍然导入。")] = False,
    undo: Annotated[bool, typer.Option("--undo", help="撤回最近一次导入。")] = False,
) -> None:
    """读入导出文件，作为一次导出；先看后入，全有或全无。"""
    from bot.cli import import_files as command

    if undo:
        command.undo(folder(), files or [], now=present())
        return
    manner = command.Manner(as_json=as_json, yes=yes, dry_run=dry_run, force=force)
    command.run(folder(), files or [], date.date() if date else None, manner, now=present())


def findings(*, as_json: AsJson = False) -> None:
    """列出未销号的问题，待审的也在内。"""
    from bot.cli import findings as command

    command.run(folder(), present().date(), as_json=as_json)


def replies(
    *,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="逐行读入，逐行输出。")],
    date: Day = None,
) -> None:
    """一句回复会被读成什么；不改变任何东西。"""
    from bot.cli import replies as command

    del jsonl
    command.run(folder(), present().date(), day=date.date() if date else None)


def backup(
    out: Annotated[
        Path | None, typer.Option("--out", help="备份文件；不写则放入数据目录的 backups。")
    ] = None,
    *,
    encrypt: Annotated[
        Path | None, typer.Option("--encrypt", metavar="FILE", help="加密，口令写在这个文件里。")
    ] = None,
    keep: Annotated[
        int | None, typer.Option("--keep", min=1, help="backups 中只留最近几份，较早的删去。")
    ] = None,
) -> None:
    """备份数据库，写完即核验。"""
    from bot.cli import backup as command

    command.run(folder(), out, encrypt=encrypt, keep=keep, now=present())


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="备份文件。")],
    *,
    yes: Annotated[bool, typer.Option("--yes", help="不再询问。")] = False,
    decrypt: Annotated[
        Path | None, typer.Option("--decrypt", metavar="FILE", help="加密备份的口令文件。")
    ] = None,
) -> None:
    """从备份恢复数据库；恢复后须由人确认才会继续发送。"""
    from bot.cli import backup as command

    command.restore(folder(), file, yes=yes, decrypt=decrypt, now=present())


def resume() -> None:
    """核对恢复的备份之后，允许继续发送。"""
    from bot.cli import resume as command

    command.run(folder(), now=present())
