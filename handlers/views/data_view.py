"""/数据: how old the exports are, what they lack, and where the ledger stands."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from handlers import tell
from handlers.findings import rule_sets
from handlers.permissions import demand
from knowledge import chinese
from storage import ledger, settings, snapshots

if TYPE_CHECKING:
    from handlers.desk import Desk
    from handlers.incoming import Origin
    from storage.models.people import Person
    from storage.transaction import Transaction

MOST_CHARACTERS = 3000
MOST_COLUMNS = 12
"""What fits on a phone; the whole list is one tap away."""
EVERY_RULE = "全部"


def show(tx: Transaction, desk: Desk, person: Person, origin: Origin, wanted: str = "") -> None:
    """Say what the exports lack, by column; 全部 names every rule with the columns it lacks."""
    demand(person, "see_data")
    missing: dict[str, list[str]] = settings.read(tx.session, desk.office, "not_evaluated", {})
    if wanted == EVERY_RULE:
        for text in _messages(_rule_lines(desk, missing)):
            tell.answer(tx, origin, text, person=person)
        return
    newest = snapshots.newest(tx.session, desk.office)
    unknown: list[str] = settings.read(tx.session, desk.office, "unknown_columns", [])
    lines = [
        f"数据截至{chinese.month_day(newest.day)}导出。" if newest else "尚无案卡数据。",
        f"不认识的栏目：{'、'.join(unknown) or '无'}。",
        *_column_lines(missing),
        *rule_sets.off_lines(desk),
        f"留痕流水校验值 {ledger.head(tx.session).printed}",
    ]
    tell.answer(
        tx,
        origin,
        "\n".join(lines),
        person=person,
        buttons=tell.rows([_every_rule(tx, person)]) if missing else (),
    )


def _column_lines(missing: dict[str, list[str]]) -> list[str]:
    if not missing:
        return ["各条规则所需栏目齐全。"]
    lacking = Counter(column for columns in missing.values() for column in columns)
    shown = lacking.most_common(MOST_COLUMNS)
    more = f"等 {len(lacking)} 个栏目" if len(lacking) > len(shown) else ""
    named = "、".join(f"{column}（{rules} 条规则）" for column, rules in shown)
    return [
        f"有 {len(missing)} 条规则因导出缺少栏目未评估，不等于没有问题。",
        f"所缺栏目：{named}{more}。",
        "导出时勾选这些栏目，或一并导入人员明细表，即可评估。",
    ]


def _every_rule(tx: Transaction, person: Person) -> tuple[str, str]:
    data: dict[str, object] = {"text": f"/数据 {EVERY_RULE}"}
    return tell.button(tx, person, "逐条列出规则", "command", "command", data=data)


def _rule_lines(desk: Desk, missing: dict[str, list[str]]) -> list[str]:
    return [
        f"缺少栏目、未评估的规则 {len(missing)} 条：",
        *(f"{_title(desk, rule)}：缺{'、'.join(columns)}" for rule, columns in missing.items()),
    ]


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
