"""Declare every command; each body imports its own module, so that a command starts fast."""

from __future__ import annotations

import sys
from datetime import datetime  # noqa: TC003 - typer reads the annotations at run time
from pathlib import Path  # noqa: TC003 - typer reads the annotations at run time
from typing import Annotated

import typer
from typer._click.exceptions import UsageError

from knowledge.errors import UserFacingError

app = typer.Typer(
    name="fangyuan",
    help="方圆：案件流程监控助手。",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
rules_app = typer.Typer(help="监控规则：列表、自测、解释。", no_args_is_help=True)
ledger_app = typer.Typer(help="留痕流水：核验、导出。", no_args_is_help=True)
user_app = typer.Typer(help="人员：邀请、列表、撤销。", no_args_is_help=True)
knowledge_app = typer.Typer(help="要点：列表。", no_args_is_help=True)
app.add_typer(rules_app, name="rules")
app.add_typer(ledger_app, name="ledger")
app.add_typer(user_app, name="user")
app.add_typer(knowledge_app, name="knowledge")

DAY = typer.Option(formats=["%Y-%m-%d"], help="以哪一天为准，如 2026-06-15。")
JSON = typer.Option("--json", help="输出 JSON 行。")
CASES = typer.Option("--cases", help="导出文件，可多次给出。")


@app.callback()
def choose_home(
    home: Annotated[
        Path | None, typer.Option("--home", envvar="FANGYUAN_HOME", help="数据目录。")
    ] = None,
) -> None:
    """方圆：案件流程监控助手。"""
    from bot import home as home_folder

    home_folder.choose(home)


# a length counted back (-7日) looks like an option
@app.command(context_settings={"ignore_unknown_options": True})
def period(
    start: Annotated[str, typer.Argument(help="起算日或时刻，如 2026-09-18、2026-11-20T16:30。")],
    amount: Annotated[
        str, typer.Argument(help="期限，如 15日、1个月+15日、10个工作日、24小时、-7日。")
    ],
    *,
    custody: Annotated[bool, typer.Option("--custody", help="在押：不顺延。")] = False,
    no_roll: Annotated[bool, typer.Option("--no-roll", help="一律不顺延。")] = False,
    as_json: Annotated[bool, JSON] = False,
) -> None:
    """计算期间：届满日和每一步。"""
    from bot.cli import period as command

    command.run(start, amount, custody=custody, no_roll=no_roll, as_json=as_json)


@app.command("import")
def import_files(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="csv、xlsx、xls 导出文件。")],
    *,
    date: Annotated[datetime | None, DAY] = None,
    as_json: Annotated[bool, JSON] = False,
) -> None:
    """读入导出文件，作为一次导出。"""
    from bot.cli import import_files as command

    command.run(files, date.date() if date else None, as_json=as_json)


def main() -> None:
    """Run the command line; any fault is one sentence on stderr and exit code 2."""
    try:
        code = app(standalone_mode=False)
    except UserFacingError as fault:
        print(fault, file=sys.stderr)
        sys.exit(2)
    except UsageError as fault:
        print(f"用法有误：{fault.format_message()}（fangyuan --help 查看用法）", file=sys.stderr)
        sys.exit(2)
    except (typer.Abort, KeyboardInterrupt):
        sys.exit(130)
    sys.exit(code if isinstance(code, int) else 0)


if __name__ == "__main__":
    main()
