"""全部知悉: one tap or a thumb for a whole digest, save what is due today or over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.answers import recording
from handlers.findings import items
from handlers.permissions import may
from storage import digests
from storage import findings as findings_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.incoming import Origin
    from storage.models.findings import Finding
    from storage.models.people import Person
    from storage.transaction import EntryMark, Transaction


def acknowledge(
    tx: Transaction, person: Person, origin: Origin, numbers: Sequence[str]
) -> tuple[str, EntryMark]:
    """Record 知悉 for findings nothing was said of yet; returns what to show, and the entry."""
    found = [
        one
        for one in findings_table.with_numbers(tx.session, person.office, numbers)
        if one.state in {"sent", "new"} and may(person, "answer", one)
    ]
    today = tx.now.date()
    left_out = [one for one in found if items.presses(one, today)]
    taken = [one for one in found if one not in left_out]
    entry = tx.record(
        "acknowledged_all",
        f"person:{person.id}",
        actor=f"person:{person.id}",
        data={
            "findings": [one.number for one in taken],
            "left_out": [one.number for one in left_out],
        },
    )
    for one in taken:
        recording.record(tx, person, origin, recording.Bound(one, "ack"), entry)
    return _said(taken, left_out), entry


def _said(taken: Sequence[Finding], left_out: Sequence[Finding]) -> str:
    said = []
    if taken:
        said.append(f"已知悉 {len(taken)} 条")
    if left_out:
        rest = "、".join(one.number for one in left_out)
        said.append(f"{rest} 今日届满或已超期，请逐条答复")
    return "；".join(said) or "此前均已答复，无需重复操作"


def digest_numbers(tx: Transaction, digest: int) -> list[str]:
    """Return the numbers of all findings of a digest, whichever of its messages is meant."""
    ids = [one for place in digests.places(tx.session, digest).values() for one in place]
    return [one.number for one in findings_table.with_ids(tx.session, ids)]
