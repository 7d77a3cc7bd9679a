"""The outbox: what is to be sent, in which order, and what becomes of each try."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from sqlalchemy import func, or_, select, update

from storage import settings
from storage.models.messages import OutboxRow

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy.orm import Session

    from storage.transaction import Transaction

Kind = Literal[
    "toast",
    "edit",
    "delete",
    "confirmation",
    "answer",
    "prompt",
    "digest",
    "notice",
    "document",
    "system",
]


@dataclass(frozen=True)
class Policy:
    """How a kind of message is treated.

    `rank`: who goes first. `lives`: after that it is dead. `after_unknown`: what follows when it
    may or may not have been delivered: once more marked 补发, nothing, or a person decides.
    `pausable`: held while sending is paused.
    """

    rank: int
    after_unknown: Literal["repeat", "nothing", "person"]
    lives: timedelta | None = None
    pausable: bool = True


POLICIES: dict[Kind, Policy] = {
    "toast": Policy(0, "nothing", lives=timedelta(seconds=15), pausable=False),
    "delete": Policy(1, "repeat", pausable=False),
    "edit": Policy(1, "nothing", pausable=False),
    "confirmation": Policy(1, "nothing", pausable=False),
    "answer": Policy(1, "repeat", pausable=False),
    "system": Policy(2, "repeat", pausable=False),
    "prompt": Policy(3, "repeat"),
    "digest": Policy(4, "repeat"),
    "notice": Policy(4, "person"),
    "document": Policy(4, "person"),
}
MOST_TRIES = 3
REPEATED = "【补发】"
EVERYWHERE = "*"
"""The office under which a switch of the whole installation is kept."""
WAITING = ("pending", "sending")


@dataclass(frozen=True)
class Outgoing:
    """A message before it is a row.

    `buttons`: rows of (label, token). `edit_of`: message and version that an edit or delete is
    about. `press_id`: the press a toast answers. `subjects`: finding numbers in item order.
    """

    person_id: int | None
    door: str
    chat: str
    kind: Kind
    text: str
    buttons: tuple[tuple[tuple[str, str], ...], ...] = ()
    reply_to: int | None = None
    document: Path | None = None
    file_name: str | None = None
    edit_of: tuple[int, int] | None = None
    press_id: str | None = None
    subjects: tuple[str, ...] = ()
    dedup_key: str | None = None
    not_before: datetime | None = None


def add(tx: Transaction, outgoing: Outgoing) -> OutboxRow | None:
    """Write a row; a key that is already there writes nothing."""
    if outgoing.dedup_key is not None and _known(tx.session, outgoing.dedup_key):
        return None
    if outgoing.kind == "edit" and outgoing.edit_of is not None:
        _supersede(tx, outgoing)
    paused = POLICIES[outgoing.kind].pausable and is_held(tx.session)
    row = OutboxRow(
        person_id=outgoing.person_id,
        door=outgoing.door,
        chat=outgoing.chat,
        kind=outgoing.kind,
        text=outgoing.text,
        buttons=[[list(button) for button in line] for line in outgoing.buttons],
        subjects=list(outgoing.subjects),
        reply_to=outgoing.reply_to,
        document=str(outgoing.document) if outgoing.document else None,
        file_name=outgoing.file_name,
        target=outgoing.edit_of[0] if outgoing.edit_of else None,
        version=outgoing.edit_of[1] if outgoing.edit_of else 1,
        press_id=outgoing.press_id,
        dedup_key=outgoing.dedup_key,
        created_at=tx.now,
        not_before=outgoing.not_before,
        state="held" if paused else "pending",
        attempts=0,
    )
    tx.session.add(row)
    tx.session.flush()
    if paused:
        _note(tx, row, "held", "发送已暂停")
    return row


def _known(session: Session, key: str) -> bool:
    return (
        session.scalars(select(OutboxRow.id).where(OutboxRow.dedup_key == key)).first() is not None
    )


def _supersede(tx: Transaction, outgoing: Outgoing) -> None:
    """The newest version of an edit wins; older ones still waiting are dropped, and said so."""
    if outgoing.edit_of is None:
        return
    for row in tx.session.scalars(
        select(OutboxRow).where(
            OutboxRow.door == outgoing.door,
            OutboxRow.chat == outgoing.chat,
            OutboxRow.kind == "edit",
            OutboxRow.target == outgoing.edit_of[0],
            OutboxRow.state == "pending",
        )
    ):
        row.state, row.settled_at = "superseded", tx.now
        _note(tx, row, "not_sent", "有更新的版本")


def _note(tx: Transaction, row: OutboxRow, result: str, reason: str | None) -> None:
    tx.record(
        f"message_{result}",
        f"outbox:{row.id}",
        actor="system",
        data={
            "kind": row.kind,
            "person": row.person_id,
            "subjects": row.subjects,
            "attempt": row.attempts,
            "message_id": row.message_id,
            "reason": reason,
        },
    )


def sendable(session: Session, now: datetime, *, skip: Collection[tuple[str, str]]) -> list[int]:
    """Return the rows that may go now, best first: the first of each chat, toasts before all.

    `skip` names (door, chat) pairs that must wait: paced, parked, or being sent to right now.
    """
    rows = session.execute(
        select(OutboxRow.id, OutboxRow.door, OutboxRow.chat, OutboxRow.kind, OutboxRow.state)
        .where(
            OutboxRow.state.in_(WAITING),
            or_(OutboxRow.not_before.is_(None), OutboxRow.not_before <= now),
        )
        .order_by(OutboxRow.id)
        .limit(2000)
    )
    heads: dict[tuple[str, str], tuple[int, int]] = {}
    toasts: list[tuple[int, int]] = []
    for id_, door, chat, kind, state in rows:
        if kind == "toast":
            if state == "pending":
                toasts.append((0, id_))
        elif (door, chat) not in heads:
            rank = POLICIES[kind].rank if state == "pending" else -1
            heads[door, chat] = (rank, id_)
    ready = [head for where, head in heads.items() if head[0] >= 0 and where not in set(skip)]
    return [id_ for _, id_ in sorted([*toasts, *ready])]


def claim(tx: Transaction, id_: int, *, moment: datetime | None = None) -> OutboxRow | None:
    """Commit a row as being sent, before anything leaves; a dead one is dropped instead."""
    row = tx.session.get(OutboxRow, id_, with_for_update=True)
    if row is None or row.state != "pending":
        return None
    lives = POLICIES[row.kind].lives  # type: ignore[index]
    if lives is not None and (moment or tx.now) - row.created_at > lives:
        row.state, row.settled_at = "expired", tx.now
        _note(tx, row, "not_sent", "已过时")
        return None
    row.state = "sending"
    row.attempts += 1
    return row


def sent(tx: Transaction, id_: int, message_id: int | None) -> None:
    """It was delivered."""
    row = tx.session.get_one(OutboxRow, id_)
    row.state, row.settled_at, row.message_id = "sent", tx.now, message_id
    _note(tx, row, "sent", None)


def not_sent(tx: Transaction, id_: int, reason: str, *, final: bool) -> None:
    """It was not delivered; tried three times at most, then it stands in a list a person sees."""
    row = tx.session.get_one(OutboxRow, id_)
    row.reason = reason
    dead = final or row.attempts >= MOST_TRIES
    if row.kind == "toast":
        row.state, row.settled_at = "expired", tx.now
    elif dead:
        row.state, row.settled_at = "failed", tx.now
    else:
        row.state = "pending"
        row.not_before = tx.now + timedelta(seconds=2**row.attempts)
    _note(tx, row, "not_sent", reason)


def postponed(tx: Transaction, id_: int, until: datetime, reason: str) -> None:
    """The messenger asks to wait: not a try."""
    row = tx.session.get_one(OutboxRow, id_)
    row.state, row.not_before, row.reason = "pending", until, reason
    row.attempts -= 1
    _note(tx, row, "postponed", reason)


def unknown(tx: Transaction, id_: int, reason: str) -> None:
    """It may have been delivered: what follows is the kind's policy, never a blind repeat."""
    row = tx.session.get_one(OutboxRow, id_)
    row.state, row.reason, row.settled_at = "unknown", reason, tx.now
    _note(tx, row, "unknown", reason)
    policy = POLICIES[row.kind]  # type: ignore[index]
    if policy.after_unknown != "repeat" or row.repeat_of is not None:
        return
    marked = row.text if row.kind == "delete" else f"{REPEATED}{row.text}"
    again = OutboxRow(
        person_id=row.person_id,
        door=row.door,
        chat=row.chat,
        kind=row.kind,
        text=marked,
        buttons=row.buttons,
        subjects=row.subjects,
        reply_to=row.reply_to,
        document=row.document,
        file_name=row.file_name,
        target=row.target,
        version=row.version,
        created_at=tx.now,
        state="pending",
        attempts=0,
        repeat_of=row.id,
    )
    tx.session.add(again)
    tx.session.flush()


def recover(tx: Transaction) -> int:
    """After a start: what was being sent when the process died is unknown; returns how many."""
    rows = list(tx.session.scalars(select(OutboxRow.id).where(OutboxRow.state == "sending")))
    for id_ in rows:
        unknown(tx, id_, "程序中断，不知是否送达")
    return len(rows)


def needs_a_person(session: Session) -> list[OutboxRow]:
    """Return what could not be delivered or is unknown and must not be repeated by itself."""
    decided_by_people = [kind for kind, one in POLICIES.items() if one.after_unknown == "person"]
    return list(
        session.scalars(
            select(OutboxRow)
            .where(
                or_(
                    OutboxRow.state == "failed",
                    (OutboxRow.state == "unknown") & OutboxRow.kind.in_(decided_by_people),
                )
            )
            .order_by(OutboxRow.id)
        )
    )


def find_by_message(tx: Transaction, door: str, chat: str, message_id: int) -> OutboxRow | None:
    """Return what a message of ours now says: its newest edit, else the message itself."""
    newest = tx.session.scalars(
        select(OutboxRow)
        .where(
            OutboxRow.door == door,
            OutboxRow.chat == chat,
            OutboxRow.kind == "edit",
            OutboxRow.target == message_id,
            OutboxRow.state.in_(["sent", "pending", "sending"]),
        )
        .order_by(OutboxRow.version.desc(), OutboxRow.id.desc())
        .limit(1)
    ).one_or_none()
    return newest or original_of(tx, door, chat, message_id)


def original_of(tx: Transaction, door: str, chat: str, message_id: int) -> OutboxRow | None:
    """Return the row a message of ours was first sent as."""
    return tx.session.scalars(
        select(OutboxRow)
        .where(
            OutboxRow.door == door,
            OutboxRow.chat == chat,
            OutboxRow.message_id == message_id,
            OutboxRow.kind != "edit",
        )
        .order_by(OutboxRow.id.desc())
        .limit(1)
    ).one_or_none()


def next_edit_version(tx: Transaction, door: str, chat: str, message_id: int) -> int:
    """Return the version the next edit of a message has."""
    newest = tx.session.scalar(
        select(func.max(OutboxRow.version)).where(
            OutboxRow.door == door,
            OutboxRow.chat == chat,
            OutboxRow.kind == "edit",
            OutboxRow.target == message_id,
        )
    )
    return (newest or 1) + 1


def is_held(session: Session) -> bool:
    """Tell whether sending is paused."""
    return bool(settings.read(session, EVERYWHERE, "held", default=False))


def hold_all(tx: Transaction) -> int:
    """Hold every waiting message of a pausable kind, and those to come; returns how many."""
    return _switch(tx, "pending", "held", hold=True)


def release_all(tx: Transaction) -> int:
    """Let held messages go; returns how many."""
    return _switch(tx, "held", "pending", hold=False)


def _switch(tx: Transaction, before: str, after: str, *, hold: bool) -> int:
    settings.write(tx.session, EVERYWHERE, "held", value=hold)
    kinds = [kind for kind, one in POLICIES.items() if one.pausable]
    ids = list(
        tx.session.scalars(
            select(OutboxRow.id).where(OutboxRow.state == before, OutboxRow.kind.in_(kinds))
        )
    )
    tx.session.execute(update(OutboxRow).where(OutboxRow.id.in_(ids)).values(state=after))
    return len(ids)


def waiting(session: Session, now: datetime) -> int:
    """Count what could be sent now or is being sent."""
    return (
        session.scalar(
            select(func.count())
            .select_from(OutboxRow)
            .where(
                OutboxRow.state.in_(WAITING),
                or_(OutboxRow.not_before.is_(None), OutboxRow.not_before <= now),
            )
        )
        or 0
    )
