"""`fangyuan check-config`: check the configuration and say what is unwise in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot import config as configuration
from bot.home import Home
from bot.late_rules import LateRules
from bot.local import calendar_of
from bot.shelf import known_settings
from knowledge.monitoring import plan

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from bot.config import Config


def run(root: Path) -> None:
    """Check the configuration; a faulty one ends the command with its sentence."""
    config = configuration.load(root)
    calendar_of(Home(root), config)
    len(LateRules(Home(root).rules, config.rules.switches()))
    plan.at(Home(root).monitoring)
    print(f"配置文件 {Home(root).config} 可用：{config.office.name}，人员 {len(config.people)} 名")
    for line in advice(config, Home(root).rules):
        print(f"请留意：{line}")


def advice(config: Config, own_rules: Path | None = None) -> Iterable[str]:
    """Say what is allowed but probably not meant."""
    if config.door.token_file is None:
        yield "没有写 door.token_file，fangyuan run 无法连接机器人"
    if config.door.clearance == "internet" and config.approval is None:
        yield "互联网通道没有写 approval（批准文号、批准人、日期），fangyuan run 不会启动"
    roles = {role for person in config.people for role in person.roles}
    if "officer" not in roles:
        yield "people 中没有流程监控专员（officer），待审问题和异常无人接收"
    if "prosecutor" not in roles:
        yield "people 中没有承办检察官（prosecutor），提示都将转给部门负责人或专员"
    unknown = sorted(set(config.settings) - known_settings(own_rules))
    if unknown:
        yield f"settings 中的“{'、'.join(unknown)}”不是规则使用的设置，不起作用"
    if config.digest.dry_run:
        yield "digest.dry_run 已打开：所有提示只发给专员"
