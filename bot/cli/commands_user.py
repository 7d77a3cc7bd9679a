"""Declare the commands for people and their accounts."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.cli.options import AsJson, present
from bot.home import folder

app = typer.Typer(help="人员：邀请、列表、撤销。", no_args_is_help=True)

Name = Annotated[str, typer.Argument(metavar="NAME", help="姓名，与配置文件一致。")]
Department = Annotated[str | None, typer.Option("--department", help="同名时写明部门。")]


@app.command()
def invite(name: Name, *, department: Department = None) -> None:
    """生成一次性绑定码，十分钟内有效。"""
    from bot.cli import user as command

    command.invite(folder(), name, department, now=present())


@app.command("list")
def list_people(*, as_json: AsJson = False) -> None:
    """列出人员和绑定情况。"""
    from bot.cli import user as command

    command.list_all(folder(), now=present(), as_json=as_json)


@app.command()
def revoke(name: Name, *, department: Department = None) -> None:
    """解除一个人的绑定。"""
    from bot.cli import user as command

    command.revoke(folder(), name, department, now=present())
