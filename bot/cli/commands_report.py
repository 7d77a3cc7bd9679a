"""Declare the commands of reports."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.options import AsJson, Day, present
from bot.home import folder

app = typer.Typer(help="日志、台账、统计、工作报告。", no_args_is_help=True)

Out = Annotated[Path, typer.Option("--out", metavar="DIR", help="写入的目录。")]
Month = Annotated[str | None, typer.Option("--month", help="2026-06 或 6月；不写则最近一个满月。")]
Span = Annotated[
    str | None,
    typer.Option("--range", metavar="范围", help="2026年二季度、2026年；不写则最近的。"),
]


@app.command()
def daily(out: Out, *, date: Day = None) -> None:
    """流程监控日志：当日一张表，本年至当日一张表。"""
    from bot.cli import report as command

    command.daily(folder(), out, date.date() if date else None, now=present())


@app.command()
def register(
    out: Out,
    *,
    year: Annotated[
        int | None, typer.Option("--year", min=2000, max=2100, help="哪一年；不写则每年一张表。")
    ] = None,
) -> None:
    """流程监控台账和文书公开台账，每年一张表。"""
    from bot.cli import report as command

    command.register(folder(), out, year, now=present())


@app.command()
def statistics(
    span: Annotated[
        str | None,
        typer.Option(
            "--range",
            "--month",
            metavar="范围",
            help="2026-06、6月、2026年二季度、2026年；不写则最近一个满月。",
        ),
    ] = None,
    *,
    as_json: AsJson = False,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="同时写成表格的目录。")
    ] = None,
    figure: Annotated[
        str | None, typer.Option("--figure", metavar="项目", help="列出这一项所计的案件和流水。")
    ] = None,
    entry: Annotated[
        int | None, typer.Option("--entry", metavar="流水号", help="这条流水计入了哪些项目。")
    ] = None,
) -> None:
    """一个月、一个季度或一年的统计，附定义；每个数值可以追到流水。"""
    from bot.cli import report as command

    wanted = command.Wanted(range=span, as_json=as_json, out=out, figure=figure, entry=entry)
    command.statistics(folder(), wanted, now=present())


@app.command()
def monthly(out: Out, *, month: Month = None) -> None:
    """《月流程监控工作报告》草稿和附表。"""
    from bot.cli import report_works as command

    command.write(folder(), out, "monthly", month, now=present())


@app.command()
def department(
    out: Out,
    *,
    month: Month = None,
    name: Annotated[
        str | None, typer.Option("--name", metavar="部门", help="只写这一个部门的。")
    ] = None,
) -> None:
    """送各部门的《流程监控工作报告》草稿和附表。"""
    from bot.cli import report_works as command

    command.write(folder(), out, "department", month, department=name, now=present())


@app.command()
def campaign(
    number: Annotated[str, typer.Argument(metavar="编号", help="如 专项2026-1。")], out: Out
) -> None:
    """专项监控报告：进行中的写成草稿，附件为问题清单和整改台账。"""
    from bot.cli import report_works as command

    command.write_campaign(folder(), out, number, now=present())


@app.command()
def quarterly(out: Out, *, span: Span = None) -> None:
    """季度比较草稿和附表。"""
    from bot.cli import report_works as command

    command.write(folder(), out, "quarterly", span, now=present())


@app.command()
def yearly(out: Out, *, span: Span = None) -> None:
    """年度报告草稿和附表。"""
    from bot.cli import report_works as command

    command.write(folder(), out, "yearly", span, now=present())
