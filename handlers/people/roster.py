"""人员名册 kept from chat: added, moved, given roles, retired; nobody changes himself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import tell
from handlers.people import accounts, addressees
from handlers.permissions import demand
from knowledge.errors import UserFacingError
from knowledge.stand_ins import LEADING
from storage import delegations, people, remembered

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from storage.models.people import Person
    from storage.transaction import EntryMark, Transaction

ROLE_WORDS = {
    "prosecutor": "承办检察官",
    "assistant": "检察官助理",
    "head": "部门负责人",
    "officer": "流程监控专员",
    "case_head": "案管负责人",
    "deputy": "分管副检察长",
    "chief": "检察长",
    "auditor": "检查人员",
    "admin": "管理员",
}
LONGEST_NAME, LONGEST_DEPARTMENT = 20, 40
DECIDING = LEADING | {"officer", "admin"}
"""Roles that decide for the office: the case heads hear of it when somebody gets or loses one."""


class OwnEntryError(UserFacingError):
    """Somebody would change what he is himself."""

    def __init__(self) -> None:
        super().__init__("不能更改自己的身份和部门，请由另一名流程监控专员或者管理员办理")


class NoRoleLeftError(UserFacingError):
    """Somebody would be left without any role."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name}至少要有一种身份；调离、退休的请点“停用”")


class NothingChangedError(UserFacingError):
    """A person already is what he would be made."""

    def __init__(self, name: str, what: str) -> None:
        super().__init__(f"{name}{what}，无需重复操作")


class AlreadyListedError(UserFacingError):
    """The department has somebody of this name."""

    def __init__(self, department: str, name: str) -> None:
        super().__init__(f"{department}已有“{name}”，没有重复登记；同名的请写明区别，如 周岚（2）")


class BadNameError(UserFacingError):
    """What was typed is no name."""

    def __init__(self, typed: str, longest: int) -> None:
        super().__init__(f"“{typed[:20]}”不能作为名称：请只写名称本身，不超过{longest}个字")


def _demand(by: Person, person: Person) -> None:
    demand(by, "keep_roster")
    if by.id == person.id:
        raise OwnEntryError


def roles_words(roles: Iterable[str]) -> str:
    """Name roles in the order of the roster."""
    held = set(roles)
    return "、".join(words for role, words in ROLE_WORDS.items() if role in held)


def name_of(typed: str, longest: int) -> str:
    """Return a name that was typed, without what does not belong to it.

    Raises:
        BadNameError: it is none.
    """
    name = typed.strip()
    # a sign that cannot be seen would make a second person of the same name to the eye
    if not name.isprintable() or not name or len(name) > longest or len(name.split()) > 1:
        raise BadNameError(typed, longest)
    return name


def _record(
    tx: Transaction, by: Person, person: Person, what: str, before: object, after: object
) -> EntryMark:
    tx.session.flush()
    # what somebody may take over for another depends on what both of them are
    remembered.forget(tx.session, delegations.KIND)
    return tx.record(
        "roster_changed",
        f"person:{person.id}",
        actor=f"person:{by.id}",
        data={"what": what, "before": before, "after": after},
        text=f"{person.department}{person.name}",
    )


def add(
    tx: Transaction, by: Person, department: str, name: str, roles: Sequence[str]
) -> tuple[Person, EntryMark]:
    """Add a person; one who was retired comes back.

    Raises:
        AlreadyListedError: there is one of this name in the department.
    """
    demand(by, "keep_roster")
    person = people.add(tx, by.office, department, name, roles)
    if person is None:
        raise AlreadyListedError(department, name)
    entry = _record(tx, by, person, "added", None, {"roles": list(roles)})
    _tell_case_heads(tx, by, person, (), roles)
    return person, entry


def give_roles(tx: Transaction, by: Person, person: Person, roles: Sequence[str]) -> EntryMark:
    """Let a person have these roles and no others; he is told."""
    _demand(by, person)
    if not roles:
        raise NoRoleLeftError(person.name)
    before = list(person.roles)
    if set(before) == set(roles):
        raise NothingChangedError(person.name, f"的身份已是{roles_words(roles)}")
    person.roles = [role for role in ROLE_WORDS if role in roles]
    entry = _record(tx, by, person, "roles", before, list(person.roles))
    _tell(tx, person, f"您的身份已改为：{roles_words(person.roles)}。发送 /帮助 查看可用的命令。")
    _tell_case_heads(tx, by, person, before, person.roles)
    return entry


def move(tx: Transaction, by: Person, person: Person, department: str) -> EntryMark:
    """Let a person sit in another department; he is told.

    Raises:
        AlreadyListedError: that department has somebody of this name.
    """
    _demand(by, person)
    if person.department == department:
        raise NothingChangedError(person.name, f"已在{department or '未填部门'}")
    taken = [
        one
        for one in people.everybody(tx.session, person.office)
        if (one.department, one.name) == (department, person.name) and one.id != person.id
    ]
    if taken:
        raise AlreadyListedError(department, person.name)
    before, person.department = person.department, department
    entry = _record(tx, by, person, "department", before, department)
    _tell(tx, person, f"您的部门已改为：{department}。")
    return entry


def assist(tx: Transaction, by: Person, person: Person, prosecutor: Person | None) -> EntryMark:
    """Note whose assistant a person is; None: nobody's in particular."""
    _demand(by, person)
    before = person.assists_id
    if before == (prosecutor.id if prosecutor else None):
        what = f"已登记协助{prosecutor.name}" if prosecutor else "已登记为不固定协助"
        raise NothingChangedError(person.name, what)
    person.assists_id = prosecutor.id if prosecutor else None
    return _record(tx, by, person, "assists", _reference(before), _reference(person.assists_id))


def _reference(person_id: int | None) -> str | None:
    return None if person_id is None else f"person:{person_id}"


def retire(tx: Transaction, by: Person, person: Person) -> EntryMark:
    """Take a person off the roster: his account is unbound, his stand-ins end."""
    _demand(by, person)
    roles = list(person.roles)
    if person.account is not None:
        accounts.revoke(tx, person, actor=f"person:{by.id}")
    person.active = False
    entry = _record(tx, by, person, "active", before=True, after=False)
    _tell_case_heads(tx, by, person, roles, ())
    return entry


def bring_back(tx: Transaction, by: Person, person: Person) -> EntryMark:
    """Put a retired person on the roster again; he needs a new binding code."""
    _demand(by, person)
    person.active = True
    entry = _record(tx, by, person, "active", before=False, after=True)
    _tell_case_heads(tx, by, person, (), person.roles)
    return entry


def _tell(tx: Transaction, person: Person, text: str) -> None:
    if people.is_reachable(person):
        tell.say(tx, person, "system", text)


def _tell_case_heads(
    tx: Transaction, by: Person, person: Person, before: Iterable[str], after: Iterable[str]
) -> None:
    """Who decides for the office is no private matter of the one who keeps the roster."""
    given, taken = set(after) - set(before), set(before) - set(after)
    if not (given | taken) & DECIDING:
        return
    parts = [f"新增：{roles_words(given)}"] if given else []
    parts += [f"取消：{roles_words(taken)}"] if taken else []
    text = f"{by.name}更改了人员名册：{person.department}{person.name}，{'；'.join(parts)}。"
    for one in addressees.holders(tx.session, by.office, "case_head"):
        if one.person.id not in {by.id, person.id} and people.is_reachable(one.person):
            tell.say(tx, one.person, "system", one.told(text))
