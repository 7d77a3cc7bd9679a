"""The command line: each command's body imports its own module, so that a command starts fast.

Commands over a home are declared in `commands_home`, those of a group in `commands_ledger` and
`commands_user`; a new command may be declared here.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.cli import (
    commands_home,
    commands_knowledge,
    commands_ledger,
    commands_report,
    commands_rules,
    commands_running,
    commands_user,
    ending,
)
from bot.cli.options import JSON

app = typer.Typer(
    name="fangyuan",
    help="方圆：案件流程监控助手。",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(commands_rules.app, name="rules")
app.add_typer(commands_ledger.app, name="ledger")
app.add_typer(commands_report.app, name="report")
app.add_typer(commands_user.app, name="user")
commands_home.declare(app)
commands_rules.declare(app)
commands_running.declare(app)
commands_knowledge.declare(app)


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


def main() -> None:
    """Run the command line; any fault is one sentence on stderr and exit code 2."""
    sys.exit(ending.run(app))


if __name__ == "__main__":
    main()
