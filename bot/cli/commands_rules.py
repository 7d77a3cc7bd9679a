"""Declare the commands that run rules: the patrol, and those of the group `rules`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.options import CASES, AsJson, Day, present
from bot.cli.several_files import SeveralFiles
from bot.home import folder

TRY_ON = "新的一套里试着启用的规则，几个用逗号隔开。"
TRY_OFF = "新的一套里试着停用的规则，几个用逗号隔开。"
app = typer.Typer(help="监控规则：列表、自测、解释、试比、准确率。", no_args_is_help=True)


def declare(root: typer.Typer) -> None:
    """Add the patrol to the command line."""
    root.command(cls=SeveralFiles)(patrol)


def patrol(
    *,
    cases: Annotated[list[Path] | None, CASES] = None,
    date: Day = None,
    as_json: AsJson = False,
) -> None:
    """按规则巡查；带 --cases 时不需要数据库。"""
    from bot.cli import patrol as command

    day = date.date() if date else None
    command.run(folder(), cases or [], day, present().date(), as_json=as_json)


@app.command("list")
def list_rules(*, as_json: AsJson = False) -> None:
    """列出全部规则。"""
    from bot.cli import rules as command

    command.list_rules(folder(), as_json=as_json)


@app.command()
def test() -> int:
    """用每条规则自己的例子检验规则。"""
    from bot.cli import rules as command

    return command.test(folder())


@app.command(cls=SeveralFiles)
def explain(
    rule: Annotated[str, typer.Argument(metavar="ID", help="规则编号，见 rules list。")],
    *,
    cases: Annotated[list[Path], CASES],
    case: Annotated[str, typer.Option("--case", help="受案号，写尾号也可以。")],
    date: Day = None,
) -> None:
    """逐步说明一条规则对一件案件的结论。"""
    from bot.cli import rules as command

    day = date.date() if date else None
    command.explain(folder(), rule, cases, case, day, present().date())


@app.command(cls=SeveralFiles)
def diff(
    *,
    cases: Annotated[list[Path], CASES],
    old: Annotated[str, typer.Option("--from", metavar="OLD", help="规则目录，或 shipped、home。")],
    new: Annotated[str, typer.Option("--to", metavar="NEW", help="规则目录，或 shipped、home。")],
    on: Annotated[str, typer.Option("--on", metavar="编号", help=TRY_ON)] = "",
    off: Annotated[str, typer.Option("--off", metavar="编号", help=TRY_OFF)] = "",
    date: Day = None,
    as_json: AsJson = False,
) -> None:
    """比较两套规则对同一批案卡的结论。"""
    from bot.cli import rules_diff as command
    from knowledge.rule_switches import RuleSwitches

    day = date.date() if date else None
    tried = RuleSwitches(off=_ids(off), on=_ids(on))
    command.run(folder(), cases, (old, new), day, present().date(), tried=tried, as_json=as_json)


def _ids(written: str) -> frozenset[str]:
    return frozenset(re.split(r"[,，\s]+", written.strip())) - {""}


@app.command()
def examples(
    *,
    rule: Annotated[
        str | None, typer.Option("--rule", metavar="ID", help="只看这一条规则。")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="写入这个目录，一条规则一个文件。")
    ] = None,
) -> None:
    """列出异议成立留下的例子，可粘贴到规则里。"""
    from bot.cli import rules_examples as command

    command.run(folder(), rule, out)


@app.command()
def precision(*, as_json: AsJson = False) -> None:
    """按专员的处理列出各规则的准确率。"""
    from bot.cli import rules_precision as command

    command.run(folder(), as_json=as_json)
