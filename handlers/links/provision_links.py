"""Links from rules to imported items: confirmed, declined, taken back; each an entry of its own."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from handlers.findings import citations
from storage import provision_links
from storage.provision_links import CONFIRMED, DECLINED, PROPOSED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from knowledge.rules.rule import Rule
    from storage.models.people import Person
    from storage.models.provision_links import ProvisionLink
    from storage.transaction import EntryMark, Transaction

Done = list[Any]
"""How to take one decision back: the link's id, its turn since, and how it stood before."""


class Decider:
    """Who decides on links, and for which office; `person` None: whoever works at the machine."""

    def __init__(
        self,
        tx: Transaction,
        office: str,
        rules: Mapping[str, Rule],
        person: Person | None = None,
    ) -> None:
        self._tx, self._office, self._rules, self._person = tx, office, rules, person
        self.done: list[Done] = []
        self.entries: list[EntryMark] = []

    def confirm(self, rows: Iterable[ProvisionLink], place: int = 0) -> None:
        """Confirm links to the candidate at a place: alerts cite it first from now on."""
        chosen = list(rows)
        for row in chosen:
            before = _standing(row)
            row.article, row.seen = row.candidates[place % len(row.candidates)]
            self._decide(row, CONFIRMED, before)
        self._cite(chosen)

    def decline(self, row: ProvisionLink) -> None:
        """Leave a document uncited under a rule (不引用)."""
        self._decide(row, DECLINED, _standing(row))
        self._cite([row])

    def reopen(self, row: ProvisionLink) -> None:
        """Make a decided link a mere proposal again."""
        self._decide(row, PROPOSED, _standing(row))
        self._cite([row])

    def undo(self, done: Sequence[Done]) -> list[ProvisionLink]:
        """Take decisions back, leaving alone what was decided on anew since."""
        turns = {int(one[0]): (int(one[1]), one[2]) for one in done}
        taken = []
        for row in provision_links.with_ids(self._tx.session, turns):
            turn, before = turns[row.id]
            if row.turn != turn:
                continue
            _stand_again(row, before)
            row.turn += 1
            taken.append(row)
            self._record("link_undone", row)
        self._cite(taken)
        return taken

    def _decide(self, row: ProvisionLink, standing: str, before: dict[str, Any]) -> None:
        row.standing, row.turn = standing, row.turn + 1
        row.decided_at = self._tx.now
        row.decided_by = self._person.id if self._person else None
        if standing == CONFIRMED:
            row.fate, row.before = None, None
        self.done.append([row.id, row.turn, before])
        self._record(_ACTS[standing], row)

    def _record(self, act: str, row: ProvisionLink) -> None:
        actor = f"person:{self._person.id}" if self._person else "operator"
        data = {
            "document": row.document,
            "article": row.article,
            "version": row.version,
            "how": row.how,
        }
        self.entries.append(self._tx.record(act, f"rule:{row.rule}", actor=actor, data=data))

    def _cite(self, rows: Iterable[ProvisionLink]) -> None:
        self._tx.session.flush()
        citations.cite_anew(self._tx, self._office, self._rules, [row.rule for row in rows])


_ACTS = {CONFIRMED: "link_confirmed", DECLINED: "link_declined", PROPOSED: "link_undone"}


def _standing(row: ProvisionLink) -> dict[str, Any]:
    return {
        "standing": row.standing,
        "article": row.article,
        "seen": row.seen,
        "fate": row.fate,
        "before": row.before,
        "decided_at": row.decided_at.isoformat() if row.decided_at else None,
        "decided_by": row.decided_by,
    }


def _stand_again(row: ProvisionLink, before: Mapping[str, Any]) -> None:
    row.standing, row.article, row.seen = before["standing"], before["article"], before["seen"]
    row.fate, row.before, row.decided_by = before["fate"], before["before"], before["decided_by"]
    decided = before["decided_at"]
    row.decided_at = datetime.fromisoformat(decided) if decided else None
