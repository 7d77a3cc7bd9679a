"""What the ledger says of official texts: imported, taken back, marked; titles are no secret."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.laws.model import OfficialText
    from storage.transaction import EntryMark, Transaction

IMPORTED, TAKEN_BACK, MARKED = "text_imported", "text_import_undone", "text_marked"
REFUSED, PAGES_READ = "text_refused", "text_pages_read"


def record_import(
    tx: Transaction, text: OfficialText, aside: Sequence[str], *, actor: str
) -> EntryMark:
    """Keep that a text was imported, from which file, and whether another had to go for it."""
    data = {
        "title": text.title,
        "version": text.version,
        "articles": len(text.articles),
        "sha256": text.source,
        "replaced": len(aside),
    }
    return tx.record(IMPORTED, object_of(text), actor=actor, data=data)


def object_of(text: OfficialText) -> str:
    """Return what the ledger calls a text: its title and version."""
    return f"text:{text.title}@{text.version}"
