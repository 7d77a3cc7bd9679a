"""One transaction: state, ledger entries and outbox rows become true together or not at all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from storage import ledger, outbox

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from storage.models.messages import OutboxRow
    from storage.outbox import Outgoing

# Characters of a private use area: no keyboard types them, no export holds them.
_OPEN, _CLOSE = "\ue000", "\ue001"
_MARK = re.compile(f"{_OPEN}(\\d+){_CLOSE}")


class UnnumberedError(RuntimeError):
    """An entry's number was asked for before the commit."""


@dataclass
class EntryMark:
    """An entry on its way into the ledger; its text form becomes the number at the commit."""

    index: int
    number: int | None = None

    @property
    def seq(self) -> int:
        """The entry's number, once numbered."""
        if self.number is None:
            raise UnnumberedError
        return self.number

    def __str__(self) -> str:
        return str(self.number) if self.number is not None else f"{_OPEN}{self.index}{_CLOSE}"

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
    """What a handler works with; entries gather and are numbered last, just before the commit."""

    def __init__(self, session: Session, now: datetime) -> None:
        self.session = session
        self.now = now
        self._entries: list[_Entry] = []
        self._marks: list[EntryMark] = []
        self._rows: list[OutboxRow] = []
        self._after: list[Callable[[], None]] = []
        self.wrote = False

    def record(
        self,
        act: str,
        object: str,  # noqa: A002 - the ledger's word for what an act is about
        *,
        actor: str,
        data: Mapping[str, Any] | None = None,
        text: str | None = None,
    ) -> EntryMark:
        """Put an entry into the ledger; `text` is personal and lies beside it under a salt."""
        mark = EntryMark(len(self._marks))
        self._marks.append(mark)
        self._entries.append(_Entry(act, object, actor, dict(data or {}), text))
        return mark

    def send(self, outgoing: Outgoing) -> OutboxRow | None:
        """Write an outbox row; None where its key says that it was already written."""
        row = outbox.add(self, outgoing)
        if row is not None:
            self._rows.append(row)
        return row

    def after_numbering(self, callback: Callable[[], None]) -> None:
        """Call back once the entries have their numbers, still inside the transaction."""
        self._after.append(callback)

    def settle(self) -> None:
        """Number and chain the entries, with the head row locked last; put numbers into texts."""
        self.session.flush()
        if self._entries:
            drafts = [
                ledger.Draft(self.now, entry.actor, entry.act, entry.object, entry.data, entry.text)
                for entry in self._entries
            ]
            for mark, seq in zip(self._marks, ledger.append(self.session, drafts), strict=True):
                mark.number = seq
        for row in self._rows:
            row.text = self._numbered(row.text)
        for callback in self._after:
            callback()
        self.wrote = bool(self._entries or self._rows or self.session.dirty or self.session.new)
        self.session.flush()

    def _numbered(self, text: str) -> str:
        return _MARK.sub(lambda match: str(self._marks[int(match[1])].seq), text)
