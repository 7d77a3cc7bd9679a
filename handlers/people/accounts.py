"""Accounts: people are known by a numeric account bound with a one-time code."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from handlers.people import delegations
from knowledge.errors import UserFacingError
from storage import invites, people

if TYPE_CHECKING:
    from storage.models.people import Person
    from storage.transaction import EntryMark, Transaction

LIFE = timedelta(minutes=10)
CODE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""32 letters that are not mistaken for one another: 5 bits each, ten of them are 50 bits."""
CODE_LENGTH = 10


class UnknownPersonError(UserFacingError):
    """Nobody of this name is in the configuration."""

    def __init__(self, name: str) -> None:
        super().__init__(f"人员名单里没有“{name}”，请先在配置文件的 people 中登记")


class SeveralPeopleError(UserFacingError):
    """Two people have this name; the department must be given."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"有两名“{name}”，请写明部门：/邀请 第一检察部 {name}，命令行加 --department 第一检察部"
        )


class AlreadyBoundError(UserFacingError):
    """A person has an account; another one may not take its place unnoticed."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name}已绑定账号。如需更换，请先发送 /解绑 {name}")


def find(tx: Transaction, office: str, name: str, department: str | None) -> Person:
    """Return the one person of a name.

    Raises:
        UnknownPersonError, SeveralPeopleError: none, or more than one.
    """
    found = [
        one
        for one in people.named(tx.session, office, name)
        if department is None or one.department == department
    ]
    if not found:
        raise UnknownPersonError(name)
    if len(found) > 1:
        raise SeveralPeopleError(name)
    return found[0]


def find_typed(tx: Transaction, office: str, typed: str) -> Person:
    """Return the person meant by 姓名 or 部门 姓名.

    Raises:
        UnknownPersonError, SeveralPeopleError: none, or more than one.
    """
    department, _, name = typed.strip().rpartition(" ")
    return find(tx, office, name, department.strip() or None)


def invite(tx: Transaction, person: Person, *, actor: str) -> str:
    """Make a one-time code for a person; it is shown once and kept as a hash; older ones die.

    Raises:
        AlreadyBoundError: he has an account; it must be revoked first.
    """
    if person.account is not None:
        raise AlreadyBoundError(person.name)
    code = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
    invites.make(tx, person.id, hash_of(code), life=LIFE)
    tx.record("invited", f"person:{person.id}", actor=actor)
    return code


def hash_of(code: str) -> str:
    """Return what is kept of a code."""
    return hashlib.sha256(code.encode()).hexdigest()


def bind(
    tx: Transaction, person: Person, *, door: str, account: str, chat: str, actor: str
) -> EntryMark:
    """Give a person an account; whoever is no longer listed gives it up."""
    for former in people.holding(tx.session, door, account):
        if former.id != person.id:
            revoke(tx, former, actor="system")
    tx.session.flush()
    person.door, person.account, person.chat = door, account, chat
    person.bound_at, person.unreachable = tx.now, False
    return tx.record(
        "bound", f"person:{person.id}", actor=actor, data={"door": door, "account": account}
    )


def revoke(tx: Transaction, person: Person, *, actor: str) -> EntryMark:
    """Take a binding away, and every code that could make a new one."""
    invites.end_all(tx, person.id)
    person.door = person.account = person.chat = None
    person.bound_at = None
    entry = tx.record("unbound", f"person:{person.id}", actor=actor)
    delegations.end_of_unbound(tx, person, actor=actor)
    return entry
