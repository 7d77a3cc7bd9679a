"""A press: the button, who pressed it, and what it is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from storage import findings as findings_table
from storage import outbox

if TYPE_CHECKING:
    from datetime import datetime

    from handlers.incoming import Pressed
    from storage.models.findings import Finding
    from storage.models.messages import ButtonRow
    from storage.models.people import Person
    from storage.transaction import Transaction


@dataclass(frozen=True)
class Press:
    """A press with its button and the person who pressed it."""

    event: Pressed
    row: ButtonRow
    person: Person

    def findings(self, tx: Transaction) -> list[Finding]:
        """Return the findings the button is about, the one it names first."""
        ids = [int(one) for one in self.row.data.get("findings", [])]
        if not ids and self.row.object.startswith("finding:"):
            ids = [int(self.row.object.removeprefix("finding:"))]
        found = {one.id: one for one in findings_table.with_ids(tx.session, ids)}
        return [found[one] for one in ids if one in found]

    def is_still_offered(self, tx: Transaction) -> bool:
        """Tell whether the message shows this button; a phone may keep an older state of it."""
        origin = self.event.origin
        shown = outbox.find_by_message(tx, origin.door, origin.chat, origin.message_id)
        return shown is None or any(
            self.row.token == token for row in shown.buttons for _, token in row
        )

    def already(self) -> str:
        """Say what a second press meets: recorded when and by whom."""
        return self.already_at(self.row.used_at, self.row.used_by)

    @staticmethod
    def already_at(moment: datetime | None, name: str | None) -> str:
        """Say when and by whom something was recorded before."""
        when = f"{moment.month}月{moment.day}日 {moment:%H:%M} " if moment else "此前"
        return f"已于 {when}由{name or '您'}记录，无需重复操作"
