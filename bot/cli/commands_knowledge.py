"""Declare what asks and feeds the knowledge base: a question, texts in, a list of them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.options import Day, present
from bot.home import folder

app = typer.Typer(help="要点和条文：导入、列表。", no_args_is_help=True)


def declare(root: typer.Typer) -> None:
    """Add the commands to the command line."""
    root.command()(ask)
    root.add_typer(app, name="knowledge")


def ask(
    question: Annotated[
        list[str] | None, typer.Argument(metavar="QUESTION", help="要查的内容，如 审捕期限几天。")
    ] = None,
    *,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="逐行读入、逐行输出；给出问题时输出一行。")
    ] = False,
    date: Day = None,
) -> None:
    """查询要点和条文：白话、拼音、条号都可以。"""
    from bot.cli import ask as command

    asked = " ".join(question) if question else None
    command.run(asked, folder(), as_jsonl=jsonl, day=date.date() if date else None)


@app.command("import")
def import_texts(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="[FILE…]", help="md、txt、docx、pdf。")
    ] = None,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="不再询问。")] = False,
    from_correction: Annotated[
        Path | None,
        typer.Option("--from-correction", metavar="DIR", help="扫描件改好后的文件夹或更正稿。"),
    ] = None,
    title: Annotated[str | None, typer.Option("--title", help="读出的标题不对时写明。")] = None,
    effective: Annotated[
        datetime | None,
        typer.Option("--effective", formats=["%Y-%m-%d"], help="读出的施行日期不对时写明。"),
    ] = None,
) -> None:
    """导入法律、规则等正式文本；先看后入，全有或全无。"""
    from bot.cli import knowledge as command

    wanted = command.Wanted(tuple(files or ()), from_correction, title, effective)
    command.import_texts(wanted, folder(), yes=yes, confirm=typer.confirm, now=present())


@app.command("list")
def list_texts() -> None:
    """列出已导入的文本。"""
    from bot.cli import knowledge as command

    command.list_texts(folder(), present())


@app.command("link")
def link_provisions(
    *,
    confirm: Annotated[
        list[str] | None,
        typer.Option("--confirm", "--yes", metavar="ID", help="确认一条建议，可重复。"),
    ] = None,
    sure: Annotated[bool, typer.Option("--sure", help="确认全部把握大的。")] = False,
    decline: Annotated[
        list[str] | None, typer.Option("--decline", metavar="ID", help="不引用，可重复。")
    ] = None,
    undo: Annotated[
        list[str] | None, typer.Option("--undo", metavar="ID", help="取消已确认的，可重复。")
    ] = None,
    list_all: Annotated[bool, typer.Option("--list", help="列出已处理的引用。")] = False,
) -> None:
    """为规则寻找已导入的条文，确认后提示优先引用。"""
    from bot.cli import knowledge_links as command

    wanted = command.Wanted(
        tuple(confirm or ()), tuple(decline or ()), tuple(undo or ()), sure, list_all
    )
    command.run(folder(), wanted, now=present())
