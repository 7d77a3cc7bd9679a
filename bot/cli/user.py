"""`fangyuan user invite / list / revoke`: who is bound to which account."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from bot.office import keep_people, open_office
from bot.standing import existing
from handlers.answers import answer_context
from handlers.people import accounts
from storage import people

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from storage.models.people import Person

ROLE_WORDS = {
    "prosecutor": "承办检察官",
    "assistant": "检察官助理",
    "officer": "流程监控专员",
    "case_head": "案管负责人",
    "head": "部门负责人",
    "deputy": "分管副检察长",
    "chief": "检察长",
    "auditor": "检查人员",
    "admin": "管理员",
}
OPERATOR = "operator"
"""The ledger's word for whoever works at the machine itself."""


def invite(root: Path, name: str, department: str | None, *, now: datetime) -> None:
    """Print a one-time code for a person; it is shown this once."""
    office = open_office(existing(root))
    with office.database.transaction(now) as tx:
        keep_people(tx, office)
        person = accounts.find(tx, office.name, name, department)
        code = accounts.invite(tx, person, actor=OPERATOR)
    office.close()
    minutes = int(accounts.LIFE.total_seconds() // 60)
    print(code)
    print(
        f"请{name}本人在 {minutes} 分钟内把这个绑定码私聊发给机器人；只能用一次，请勿转发到群里",
        file=sys.stderr,
    )


def list_all(root: Path, *, now: datetime, as_json: bool) -> None:
    """Print everybody, those no longer in the configuration last."""
    office = open_office(existing(root))
    with office.database.transaction(now) as tx:
        keep_people(tx, office)
        everybody = sorted(
            people.everybody(tx.session, office.name), key=lambda one: (not one.active, one.id)
        )
    office.close()
    for person in everybody:
        print(json.dumps(described(person), ensure_ascii=False) if as_json else _as_text(person))
    if not everybody:
        print("还没有人员，请在配置文件的 people 中登记", file=sys.stderr)


def revoke(root: Path, name: str, department: str | None, *, now: datetime) -> None:
    """Take a person's binding away."""
    office = open_office(existing(root))
    with office.database.transaction(now) as tx:
        keep_people(tx, office)
        person = accounts.find(tx, office.name, name, department)
        was_bound = person.account is not None
        if was_bound:
            accounts.revoke(tx, person, actor=OPERATOR)
        left = len(answer_context.own_of(tx.session, office.name, person))
    office.close()
    print(f"已解除{name}的绑定" if was_bound else f"{name}没有绑定，无须解除", file=sys.stderr)
    if left:
        print(
            f"{name}名下未销号 {left} 条，转部门负责人；移交请由专员在聊天中发送 /移交 {name}",
            file=sys.stderr,
        )


def described(person: Person) -> dict[str, object]:
    """Return a person for machines; the account itself is not shown."""
    return {
        "name": person.name,
        "department": person.department,
        "roles": list(person.roles),
        "active": person.active,
        "bound": person.account is not None,
        "bound_at": person.bound_at.isoformat(timespec="seconds") if person.bound_at else None,
    }


def _as_text(person: Person) -> str:
    roles = "、".join(ROLE_WORDS[role] for role in person.roles)
    if not person.active:
        bound = "已不在名单"
    elif person.bound_at:
        bound = f"{person.bound_at:%Y-%m-%d %H:%M} 绑定"
    else:
        bound = "未绑定"
    return f"{person.name}  {person.department}  {roles}  {bound}"
