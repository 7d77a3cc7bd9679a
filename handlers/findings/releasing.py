"""Letting findings out of the queue; nobody releases those of his own cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.permissions import RefusedError, may

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from storage.models.findings import Finding
    from storage.models.people import Person
    from storage.transaction import Transaction


def release(tx: Transaction, findings: Iterable[Finding], person: Person) -> list[Finding]:
    """Let findings out, leaving alone those of the officer's own cases.

    Raises:
        RefusedError: none of those that wait is his to release.
    """
    allowed_ones = allowed([one for one in findings if one.state == "queued"], person)
    for finding in allowed_ones:
        finding.state = "new"
        finding.released_at, finding.released_by = tx.now, person.name
        finding.version += 1
        tx.record(
            "finding_released",
            f"finding:{finding.number}",
            actor=f"person:{person.id}",
            data={"rule": finding.rule},
        )
    return allowed_ones


def allowed(waiting: Sequence[Finding], person: Person) -> list[Finding]:
    """Return those that are a person's to decide on.

    Raises:
        RefusedError: none of them is.
    """
    found = [one for one in waiting if may(person, "release", one)]
    if waiting and not found:
        raise RefusedError("release")
    return found
