"""The dispatcher's side of the outbox: taking a message, and what becomes of each try.

These may run beside other writers (`transaction(now, alone=False)`): each locks its own row.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

from sqlalchemy import and_, or_, select

from storage.message_kinds import POLICIES, REPEATED
from storage.models.messages import OutboxRow
from storage.models.people import Person
from storage.outbox import note, waiting_state
from storage.quarantine import RESTORED, is_quarantined
from storage.send_line import Place, next_planned, sendable, waiting

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from storage.transaction import Transaction

__all__ = ["Place", "next_planned", "sendable", "waiting"]
MOST_TRIES = 3
FIRST_WAIT = timedelta(seconds=2)
STALE = timedelta(minutes=10)
"""After so long without a result, another worker's message counts as broken off."""
_FOLLOWS = {
    "same": "未成则再试",
    "marked": "补发一次",
    "nothing": "不再发送",
    "person": "由人决定",
}


def claim(tx: Transaction, id_: int, *, worker: str = "bot") -> OutboxRow | None:
    """Take a row as being sent, committed before anything leaves; a dead one is dropped."""
    row = tx.session.get(OutboxRow, id_, with_for_update={"skip_locked": True})
    if row is None or row.state != "pending" or is_quarantined(tx.session):
        return None
    if row.not_before is not None and row.not_before > tx.now:
        return None
    lives = POLICIES[row.kind].lives
    if lives is not None and tx.now - row.created_at > lives:
        row.state, row.settled_at = "expired", tx.now
        note(tx, row, "not_sent", "已过时")
        return None
    row.state, row.worker, row.claimed_at = "sending", worker, tx.now
    row.attempts += 1
    return row


def _locked(tx: Transaction, id_: int) -> OutboxRow:
    return tx.session.get_one(OutboxRow, id_, with_for_update=True)


def sent(tx: Transaction, id_: int, message_id: int | None) -> None:
    """It was delivered, be it late: then a repeat that has not left yet is dropped."""
    row = _locked(tx, id_)
    if row.state == "sent":
        return
    if row.state == "unknown":
        _drop_repeats(tx, row)
    row.state, row.settled_at, row.message_id = "sent", tx.now, message_id
    note(tx, row, "sent", row.purpose)


def _drop_repeats(tx: Transaction, row: OutboxRow) -> None:
    for repeat in tx.session.scalars(
        select(OutboxRow)
        .where(OutboxRow.state.in_(["pending", "held"]), OutboxRow.repeat_of == row.id)
        .with_for_update()
    ):
        repeat.state, repeat.settled_at = "superseded", tx.now
        note(tx, repeat, "not_sent", "原消息已送达，不再补发")


def not_sent(tx: Transaction, id_: int, reason: str, *, final: bool) -> None:
    """It was not delivered: tried again later, three times at most, then a person sees it."""
    row = _locked(tx, id_)
    if row.state != "sending":
        return
    row.reason = reason
    if row.kind == "toast":
        row.state, row.settled_at = "expired", tx.now
    elif final or row.attempts >= MOST_TRIES:
        row.state, row.settled_at = "failed", tx.now
    else:
        row.state = waiting_state(tx.session, row.kind)
        row.not_before = tx.now + FIRST_WAIT * 2 ** (row.attempts - 1)
    note(tx, row, "not_sent", reason)


def postponed(tx: Transaction, id_: int, reason: str) -> None:
    """It could not be tried (the messenger asks to wait, the network is down): not a try."""
    row = _locked(tx, id_)
    if row.state != "sending":
        return
    row.reason = reason
    row.attempts -= 1
    if row.kind == "toast":
        row.state, row.settled_at = "expired", tx.now
        note(tx, row, "not_sent", reason)
        return
    row.state = waiting_state(tx.session, row.kind)
    note(tx, row, "postponed", reason)


def unknown(tx: Transaction, id_: int, reason: str) -> None:
    """It may have been delivered: what follows is the kind's policy, never a blind repeat."""
    row = _locked(tx, id_)
    if row.state != "sending":
        return
    row.reason = reason
    follows = POLICIES[row.kind].after_unknown
    if follows == "marked" and row.repeat_of is not None:
        follows = "person"
    note(tx, row, "unknown", f"{reason}；{_FOLLOWS[follows]}")
    if follows == "same" and row.attempts < MOST_TRIES:
        row.state = waiting_state(tx.session, row.kind)
        row.not_before = tx.now + FIRST_WAIT
        return
    row.state, row.settled_at = "unknown", tx.now
    if follows == "marked":
        tx.session.add(_repeat(tx, row))
        tx.session.flush()


def _repeat(tx: Transaction, row: OutboxRow) -> OutboxRow:
    return OutboxRow(
        person_id=row.person_id,
        door=row.door,
        chat=row.chat,
        kind=row.kind,
        purpose=f"{row.purpose}（补发）",
        text=f"{REPEATED}{row.text}",
        buttons=row.buttons,
        subjects=row.subjects,
        reply_to=row.reply_to,
        document=row.document,
        file_name=row.file_name,
        created_at=tx.now,
        state=waiting_state(tx.session, row.kind),
        # tries are counted over both, but the repeat has at least one
        attempts=min(row.attempts, MOST_TRIES - 1),
        repeat_of=row.id,
    )


def moved(tx: Transaction, id_: int, chat: str) -> None:
    """The chat goes on under another id: everything waiting for it follows, and the person too."""
    row = _locked(tx, id_)
    door, before = row.door, row.chat
    postponed(tx, id_, f"会话已迁移，改发到 {chat}")
    for one in tx.session.scalars(
        select(OutboxRow)
        .where(
            OutboxRow.door == door,
            OutboxRow.chat == before,
            OutboxRow.state.in_(["pending", "held"]),
        )
        .order_by(OutboxRow.id)
        .with_for_update()
    ):
        one.chat = chat
    for person in tx.session.scalars(
        select(Person).where(Person.door == door, Person.chat == before)
    ):
        person.chat = chat


def recover(tx: Transaction, *, worker: str = "bot") -> int:
    """After a start: what this worker was sending when it died is unknown; return how many.

    So is what another worker has been sending for longer than any request lasts.
    """
    rows = tx.session.scalars(
        select(OutboxRow.id)
        .where(
            OutboxRow.state == "sending",
            or_(
                OutboxRow.worker == worker,
                OutboxRow.worker.is_(None),
                OutboxRow.claimed_at < tx.now - STALE,
            ),
        )
        .order_by(OutboxRow.id)
    ).all()
    for id_ in rows:
        unknown(tx, id_, "程序中断，不知是否送达")
    return len(rows)


def failed_rows(session: Session) -> list[OutboxRow]:
    """Return what a person must see: could not be delivered, or unknown and not to be repeated."""
    not_repeated = [
        kind for kind, one in POLICIES.items() if one.after_unknown in {"person", "same"}
    ]
    seen = or_(OutboxRow.kind.in_(not_repeated), OutboxRow.repeat_of.is_not(None))
    return list(
        session.scalars(
            select(OutboxRow)
            .where(or_(OutboxRow.state == "failed", and_(OutboxRow.state == "unknown", seen)))
            .order_by(OutboxRow.id)
        )
    )


class Decide(Protocol):
    """What a person may decide of a message or a letter; False: it is not there any more."""

    def __call__(self, tx: Transaction, id_: int, *, actor: str) -> bool:
        """Do it."""
        ...


def send_again(tx: Transaction, id_: int, *, actor: str) -> bool:
    """Let a message that stood in the list go once more, as a person decided; False: not there."""
    row = tx.session.get(OutboxRow, id_, with_for_update=True)
    if row is None or row.id not in {one.id for one in failed_rows(tx.session)}:
        return False
    perhaps_seen = row.state == "unknown" or row.reason == RESTORED
    row.state = waiting_state(tx.session, row.kind)
    row.attempts, row.not_before, row.settled_at = 0, None, None
    row.reason = None
    if perhaps_seen and not row.text.startswith(REPEATED):
        row.text = f"{REPEATED}{row.text}"
    tx.record("message_sent_again", f"outbox:{row.id}", actor=actor, data={"kind": row.kind})
    return True


def told_otherwise(tx: Transaction, id_: int, *, actor: str) -> bool:
    """Take a message from the list: its reader was told in another way; False: not there."""
    row = tx.session.get(OutboxRow, id_, with_for_update=True)
    if row is None or row.id not in {one.id for one in failed_rows(tx.session)}:
        return False
    row.state, row.settled_at = "expired", tx.now
    tx.record("message_told_otherwise", f"outbox:{row.id}", actor=actor, data={"kind": row.kind})
    return True
