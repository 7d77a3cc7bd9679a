"""A report is asked for: a job that counts at once, outside any transaction."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from storage import due_jobs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.desk import Desk
    from storage.models.people import Person
    from storage.transaction import Transaction

REPORT = "report"


def plan(
    tx: Transaction,
    desk: Desk,
    person: Person,
    kind: str,
    asked: Mapping[str, object],
    *,
    key: str = "",
) -> None:
    """Plan the counting at once for one reader; of one `key` it is done once."""
    data = {
        "kind": kind,
        "person": person.id,
        "clearance": desk.clearance(person.door or ""),
        **asked,
    }
    due_jobs.plan(tx, REPORT, tx.now, key=key or secrets.token_hex(8), data=data)
