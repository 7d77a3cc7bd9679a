"""人员名册 as it is shown: by department, then a person with what can be changed of him."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import tell
from handlers.people.roster import ROLE_WORDS, roles_words
from knowledge import chinese
from storage import people

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storage.models.people import Person
    from storage.transaction import Transaction

NO_DEPARTMENT = "未填部门"
RETIRED = "已停用"
MOST = 60
"""More buttons a message takes no more; the others are found by /名册 姓名."""


def button(tx: Transaction, by: Person, label: str, act: str, **data: object) -> tuple[str, str]:
    """Make a button of the roster."""
    return tell.button(tx, by, label, act, "roster", data={"label": label, **data})


def overview(tx: Transaction, by: Person) -> tuple[str, tell.Rows]:
    """Return the departments with how many people, and how many of them are not bound."""
    everybody = people.everybody(tx.session, by.office)
    lines = ["人员名册："]
    pressable = []
    for department in people.departments(tx.session, by.office):
        own = [one for one in everybody if one.active and one.department == department]
        unbound = sum(one.account is None for one in own)
        left = f"，未绑定 {unbound} 人" if unbound else ""
        name = department or NO_DEPARTMENT
        lines.append(f"    {name} {len(own)} 人{left}")
        pressable.append(button(tx, by, name, "roster_department", department=department))
    if any(not one.active for one in everybody):
        pressable.append(button(tx, by, RETIRED, "roster_department", retired=True))
    pressable.append(button(tx, by, "新增人员", "roster_add"))
    lines.append("点部门查看；直接找人请发送：/名册 姓名。")
    return "\n".join(lines), tell.rows(pressable, per_row=2)


def department(
    tx: Transaction, by: Person, name: str, *, retired: bool = False
) -> tuple[str, tell.Rows]:
    """Return the people of a department, a line and a button each; or those who were retired."""
    found = [
        one
        for one in people.everybody(tx.session, by.office)
        if (not one.active if retired else one.active and one.department == name)
    ]
    title = RETIRED if retired else name or NO_DEPARTMENT
    lines = [f"{title}（{len(found)} 人）：", *(f"    {line(tx, one)}" for one in found)]
    pressable = [button(tx, by, one.name, "roster_person", person=one.id) for one in found[:MOST]]
    pressable.append(button(tx, by, "返回", "roster_overview"))
    return "\n".join(lines), tell.rows(pressable)


def line(tx: Transaction, person: Person) -> str:
    """Say in a line who a person is and whether he is bound."""
    parts = [person.name, roles_words(person.roles)]
    assisted = people.by_id(tx.session, person.assists_id)
    if assisted is not None and "assistant" in person.roles:
        parts.append(f"协助{assisted.name}")
    return " ".join([*parts, bound_words(person)])


def bound_words(person: Person) -> str:
    """Say whether a person can be reached."""
    if not person.active:
        return RETIRED
    if person.account is None:
        return "未绑定"
    if person.unreachable:
        return "已绑定，无法送达"
    when = f"{chinese.month_day(person.bound_at.date())}" if person.bound_at else ""
    return f"{when}绑定"


def one_person(
    tx: Transaction, by: Person, person: Person, note: str = ""
) -> tuple[str, tell.Rows]:
    """Return a person with what can be changed of him; of oneself nothing."""
    text = f"{person.department or NO_DEPARTMENT} {line(tx, person)}"
    wanted: list[tuple[str, str]] = []
    if by.id == person.id:
        text += "\n本人的身份和部门由另一名专员或者管理员更改。"
    elif not person.active:
        wanted = [("恢复", "roster_back")]
    else:
        binding = ("解除绑定", "roster_unbind") if person.account else ("绑定码", "roster_invite")
        wanted = [binding, ("改身份", "roster_roles"), ("改部门", "roster_move")]
        if "assistant" in person.roles:
            wanted.append(("协助谁", "roster_assists"))
        wanted.append(("停用", "roster_retire"))
    pressable = [button(tx, by, label, act, person=person.id) for label, act in wanted]
    back = {"department": person.department, "retired": not person.active}
    pressable.append(button(tx, by, "返回", "roster_department", **back))
    return "\n".join(part for part in (note, text) if part), tell.rows(pressable, per_row=3)


def choose_roles(
    tx: Transaction, by: Person, person: Person, roles: Sequence[str]
) -> tuple[str, tell.Rows]:
    """Return the roles to be ticked; a tap ticks or unticks, 确认 makes it so."""
    pressable = []
    for role, words in ROLE_WORDS.items():
        held = role in roles
        after = [one for one in roles if one != role] if held else [*roles, role]
        label = f"✓ {words}" if held else words
        pressable.append(button(tx, by, label, "roster_roles", person=person.id, roles=after))
    text = f"{person.name}的身份（可选几种）：{roles_words(roles) or '无'}"
    if set(roles) != set(person.roles):
        text += f"\n原为：{roles_words(person.roles)}"
        data = {"person": person.id, "roles": list(roles)}
        pressable.append(button(tx, by, "确认", "roster_roles_set", **data))
    pressable.append(button(tx, by, "返回", "roster_person", person=person.id))
    return text, tell.rows(pressable, per_row=3)


def choose_department(
    tx: Transaction, by: Person, text: str, act: str, **data: object
) -> tuple[str, tell.Rows]:
    """Return the departments there are to choose from, and a way to name another."""
    pressable = [
        button(tx, by, one or NO_DEPARTMENT, act, department=one, **data)
        for one in people.departments(tx.session, by.office)
    ]
    pressable.append(button(tx, by, "其他部门", "roster_ask", field="department", then=act, **data))
    return text, tell.rows(pressable, per_row=2)


def choose_assisted(tx: Transaction, by: Person, person: Person) -> tuple[str, tell.Rows]:
    """Return the prosecutors an assistant may assist, his own department's first."""
    found = people.with_role(tx.session, person.office, "prosecutor")
    found.sort(key=lambda one: (one.department != person.department, one.id))
    pressable = [
        button(tx, by, one.name, "roster_assists_set", person=person.id, prosecutor=one.id)
        for one in found[:MOST]
        if one.id != person.id
    ]
    pressable.append(
        button(tx, by, "不固定", "roster_assists_set", person=person.id, prosecutor=None)
    )
    pressable.append(button(tx, by, "返回", "roster_person", person=person.id))
    return f"{person.name}协助哪位承办检察官？", tell.rows(pressable, per_row=3)


def choose_first_role(
    tx: Transaction, by: Person, name: str, department_name: str
) -> tuple[str, tell.Rows]:
    """Return the roles a new person may have to begin with."""
    data = {"name": name, "department": department_name}
    pressable = [
        button(tx, by, words, "roster_add_role", role=role, **data)
        for role, words in ROLE_WORDS.items()
    ]
    return f"{department_name or NO_DEPARTMENT} {name}的身份？", tell.rows(pressable, per_row=3)


def preview_new(
    tx: Transaction, by: Person, name: str, department_name: str, role: str
) -> tuple[str, tell.Rows]:
    """Return what will be added."""
    data = {"name": name, "department": department_name, "role": role}
    pressable = [
        button(tx, by, "确认新增", "roster_add_set", **data),
        button(tx, by, "取消", "roster_overview"),
    ]
    text = f"请核对：{department_name or NO_DEPARTMENT} {name}，{ROLE_WORDS[role]}。"
    return f"{text}姓名须与案卡一致。", tell.rows(pressable)
