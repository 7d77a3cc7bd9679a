"""One transaction: state, ledger entries and outbox rows become true together or not at all."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from storage import ledger, on_behalf, outbox, remembered
from storage.models.base import ZONE
from storage.stored_text import storable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from storage.models.messages import OutboxRow
    from storage.outbox import Outgoing

# Characters of a private use area: no keyboard types them, no export holds them. The random part
# keeps a person who sends such characters from forging a number.
_OPEN, _CLOSE = "\ue000", "\ue001"


class UnnumberedError(RuntimeError):
    """An entry's number was asked for before the commit."""


class TooLateError(RuntimeError):
    """Something was recorded or sent after the entries got their numbers."""


@dataclass
class EntryMark:
    """An entry on its way into the ledger; its text form becomes the number at the commit."""

    token: str
    number: int | None = None

    @property
    def seq(self) -> int:
        """The entry's number, once numbered."""
        if self.number is None:
            raise UnnumberedError
        return self.number

    def __str__(self) -> str:
        return str(self.number) if self.number is not None else self.token

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)


@dataclass(frozen=True)
class _Entry:
    act: str
    object: str
    actor: str
    data: Mapping[str, Any]
    text: str | None


class Transaction:
    """What a handler works with; entries gather and are numbered last, just before the commit.

    `session` is SQLAlchemy's, `now` the moment of the transaction in the office's zone.
    """

    def __init__(self, session: Session, now: datetime) -> None:
        if now.tzinfo is None:
            raise ValueError("a transaction needs an aware moment")
        self.session = session
        self.now = now.astimezone(ZONE)
        remembered.set_moment(session, self.now)
        self._nonce = secrets.token_hex(4)
        self._entries: list[_Entry] = []
        self._marks: list[EntryMark] = []
        self._rows: list[OutboxRow] = []
        self._after: list[Callable[[], object]] = []
        self._settled = False

    def record(
        self,
        act: str,
        object: str,  # noqa: A002 - the ledger's word for what an act is about
        *,
        actor: str,
        data: Mapping[str, Any] | None = None,
        text: str | None = None,
    ) -> EntryMark:
        """Put an entry into the ledger; `text` is personal and lies beside it under a salt.

        `data` is JSON with days and moments; a mark in it, or in `text`, becomes its number. Where
        the actor stands in for somebody, `data` says for whom (甲代乙).
        """
        self._demand_open()
        mark = EntryMark(f"{_OPEN}{self._nonce}:{len(self._marks)}{_CLOSE}")
        self._marks.append(mark)
        principal = on_behalf.of(self.session, actor, object)
        stood_in = {} if principal is None else {"for": f"person:{principal}"}
        self._entries.append(_Entry(act, object, actor, {**(data or {}), **stood_in}, text))
        return mark

    def send(self, outgoing: Outgoing) -> OutboxRow | None:
        """Write an outbox row; None where its key says that it was already written."""
        self._demand_open()
        row = outbox.add(self, outgoing)
        if row is not None:
            self._rows.append(row)
        return row

    def after_numbering(self, callback: Callable[[], object]) -> None:
        """Call back once the entries have their numbers, still inside the transaction."""
        self._after.append(callback)

    def settle(self) -> None:
        """Number and chain the entries, with the head row locked last; put numbers into texts."""
        self.session.flush()
        self._settled = True
        if self._entries:
            head = ledger.lock(self.session)
            for seq, mark in enumerate(self._marks, start=head.size + 1):
                mark.number = seq
            ledger.append(self.session, head, [self._draft(entry) for entry in self._entries])
        for row in self._rows:
            row.text = self._numbered(row.text)
        for callback in self._after:
            callback()
        self.session.flush()

    def _draft(self, entry: _Entry) -> ledger.Draft:
        text = None if entry.text is None else storable(self._numbered(entry.text))
        data = self._numbered_data(entry.data)
        return ledger.Draft(self.now, entry.actor, entry.act, entry.object, data, text)

    def _numbered_data(self, value: Any) -> Any:
        if isinstance(value, EntryMark):
            return value.seq
        if isinstance(value, str):
            return storable(self._numbered(value))
        if isinstance(value, dict):
            return {key: self._numbered_data(one) for key, one in value.items()}
        if isinstance(value, list | tuple):
            return [self._numbered_data(one) for one in value]
        return value

    def _numbered(self, text: str) -> str:
        pattern = f"{_OPEN}{self._nonce}:(\\d+){_CLOSE}"
        return re.sub(pattern, lambda match: str(self._marks[int(match[1])].seq), text)

    def _demand_open(self) -> None:
        if self._settled:
            raise TooLateError
