"""What can be wrong with an installation: each check says what it saw and what to do."""

from __future__ import annotations

import shutil
import stat
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.config import load_if_there
from bot.door_setup import read_token
from bot.head_copier import heads_beside
from bot.home import Home
from bot.late_rules import LateRules
from bot.local import calendar_of
from bot.office import open_office
from bot.shelf import LateSearch
from knowledge.errors import UserFacingError
from knowledge.laws import shelf
from knowledge.monitoring import plan
from storage import ledger, quarantine, snapshots

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from bot.config import Config
    from bot.office import Office
    from storage.ledger_head import Head

OTHERS = stat.S_IRWXG | stat.S_IRWXO
LEAST_FREE = 1 << 30
AHEAD = timedelta(days=60)
"""How far terms reach: by then the holidays of that year must be entered."""
FIRST_QUESTION = "审查逮捕期限"


@dataclass
class Findings:
    """What was found so far: what is in order, and what is not, with the remedy."""

    good: list[str] = field(default_factory=list)
    bad: list[str] = field(default_factory=list)

    @contextmanager
    def collecting(self) -> Iterator[None]:
        """Note a fault with a sentence as a problem and go on with the next check."""
        try:
            yield
        except UserFacingError as fault:
            self.bad.append(str(fault))


def examine(root: Path, today: date) -> Findings:
    """Look at everything the bot needs."""
    found = Findings()
    if not root.is_dir():
        found.bad.append(f"数据目录 {root} 不存在，请先运行 fangyuan init")
        return found
    home = Home(root)
    _folder(home, found)
    config = None
    with found.collecting():
        config = load_if_there(root)
        _configuration(home, config, found)
        _calendar(home, config, today, found)
    _rules_and_points(home, config, found)
    if config is not None or home.database.exists():
        with found.collecting():
            office = open_office(root)
            try:
                _ledger(office, found)
                _newest_export(office, today, found)
                _quarantine(office, found)
            finally:
                office.close()
    else:
        found.bad.append("还没有数据库，请运行 fangyuan import 导入第一份导出")
    return found


def _folder(home: Home, found: Findings) -> None:
    if home.root.stat().st_mode & OTHERS:
        found.bad.append(f"数据目录 {home.root} 他人也能进入，请运行 chmod 700 {home.root}")
    else:
        found.good.append(f"数据目录 {home.root} 只有本人可以进入")
    free = shutil.disk_usage(home.root).free
    told = f"磁盘剩余 {free / (1 << 30):.1f} GB"
    if free < LEAST_FREE:
        found.bad.append(f"{told}，不足 1 GB，请清理磁盘")
    else:
        found.good.append(told)


def _configuration(home: Home, config: Config | None, found: Findings) -> None:
    if config is None:
        found.bad.append(f"没有配置文件 {home.config}，请运行 fangyuan init")
        return
    found.good.append(f"配置文件可用：{config.office.name}，人员 {len(config.people)} 名")
    with found.collecting():
        read_token(config, home.root)
        found.good.append("令牌文件只有本人可以读取")


def _calendar(home: Home, config: Config | None, today: date, found: Findings) -> None:
    calendar = calendar_of(home, config)
    for year in sorted({today.year, (today + AHEAD).year}):
        if calendar.is_announced(year):
            found.good.append(f"{year} 年放假安排已有")
        else:
            found.bad.append(
                f"没有 {year} 年的放假安排，届满日只能标为待更新，"
                "请按 docs/holidays.md 录入国务院办公厅的通知"
            )


def _rules_and_points(home: Home, config: Config | None, found: Findings) -> None:
    with found.collecting():
        rules = LateRules(home.rules, config.rules.switches() if config else None)
        off = f"，本院停用 {len(rules.off)} 条" if rules.off else ""
        found.good.append(f"监控规则 {len(rules)} 条{off}")
    with found.collecting():
        watched = plan.at(home.monitoring)
        found.good.append(
            f"核对要点 {len(watched.checkpoints)} 项，专项 {len(watched.campaigns)} 个，"
            f"重点 {len(watched.focus)} 组"
        )
    with found.collecting():
        LateSearch(home.root).ask(FIRST_QUESTION)
        held = len(shelf.current(shelf.texts(home.root)))
        found.good.append(
            f"要点可以查询，有效文本 {held} 部"
            if held
            else "要点可以查询；还没有导入正式文本，只能指出条号，可用 fangyuan knowledge import"
        )


def _ledger(office: Office, found: Findings) -> None:
    found.good.append(f"数据库 {office.database.where} 可用")
    heads: list[Head] = []
    with found.collecting():
        heads = heads_beside(office.home, office.config)
    verdict = ledger.verify(office.database, heads)
    if verdict.ok:
        found.good.append(f"流水完整，共 {verdict.entries} 条")
    else:
        found.bad.append(f"流水有误：{verdict.problem}，请停止使用，保留现场，并用最近的备份核对")


def _newest_export(office: Office, today: date, found: Findings) -> None:
    with office.database.reading() as session:
        newest = snapshots.newest(session, office.name)
    if newest is None:
        found.bad.append("还没有导入过案卡，请把导出文件放入 exports 目录，或运行 fangyuan import")
        return
    age = (today - newest.day).days
    most = office.manners().max_age_days
    if age > most:
        found.bad.append(f"最近的导出是 {newest.day}，已有 {age} 天（上限 {most} 天），请重新导出")
    else:
        found.good.append(f"最近的导出是 {newest.day}")


def _quarantine(office: Office, found: Findings) -> None:
    with office.database.reading() as session:
        held = quarantine.is_quarantined(session)
    if held:
        found.bad.append(
            "数据库是从备份恢复的，已停止发送，请核对未发出的消息后运行 fangyuan resume"
        )
