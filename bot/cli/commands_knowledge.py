"""Declare what asks and feeds the knowledge base: a question, texts in, a list of them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.options import Day
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
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="md、txt、docx、pdf。")],
    *,
    yes: Annotated[bool, typer.Option("--yes", help="不再询问。")] = False,
) -> None:
    """导入法律、规则等正式文本；先看后入，全有或全无。"""
    from bot.cli import knowledge as command

    command.import_texts(files, folder(), yes=yes, confirm=typer.confirm)


@app.command("list")
def list_texts() -> None:
    """列出已导入的文本。"""
    from bot.cli import knowledge as command

    command.list_texts(folder())


@app.command("link")
def link_provisions(
    *,
    yes: Annotated[
        list[str] | None, typer.Option("--yes", metavar="ID", help="确认一条建议，可重复。")
    ] = None,
) -> None:
    """为规则寻找已导入的条文，由专员确认后关联。"""
    from bot.cli import knowledge_links as command

    command.run(folder(), yes or ())
