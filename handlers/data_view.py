"""/数据: how old the exports are, what they lack, and where the ledger stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import tell
from handlers.permissions import demand
from knowledge import chinese
from storage import ledger, settings, snapshots

if TYPE_CHECKING:
    from handlers.desk import Desk
    from handlers.incoming import Origin
    from storage.models.people import Person
    from storage.transaction import Transaction

MOST_CHARACTERS = 3000


def show(tx: Transaction, desk: Desk, person: Person, origin: Origin) -> None:
    """Name every rule that could not be evaluated with the columns it lacks."""
    demand(person, "see_data")
    newest = snapshots.newest(tx.session, desk.office)
    missing: dict[str, list[str]] = settings.read(tx.session, desk.office, "not_evaluated", {})
    unknown: list[str] = settings.read(tx.session, desk.office, "unknown_columns", [])
    head = ledger.head(tx.session)
    lines = [
        f"数据截至{chinese.month_day(newest.day)}导出。" if newest else "尚无案卡数据。",
        f"不认识的栏目：{'、'.join(unknown) or '无'}。",
        f"缺少栏目、未评估的规则 {len(missing)} 条：",
        *(f"{_title(desk, rule)}：缺{'、'.join(columns)}" for rule, columns in missing.items()),
        f"留痕流水至第 {head.size} 号，校验值 {head.hash}",
    ]
    for text in _messages(lines):
        tell.answer(tx, origin, text, person=person)


def _title(desk: Desk, rule: str) -> str:
    known = desk.rules.get(rule)
    return known.title if known is not None else rule


def _messages(lines: list[str]) -> list[str]:
    messages = [""]
    for line in lines:
        joined = f"{messages[-1]}\n{line}" if messages[-1] else line
        if len(joined) <= MOST_CHARACTERS:
            messages[-1] = joined
        else:
            messages.append(line)
    return messages
