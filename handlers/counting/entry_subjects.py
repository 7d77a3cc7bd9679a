"""From a ledger entry to the problems and cases it is about, and from a case to its entries."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from storage import findings as findings_table
from storage import ledger

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from storage.models.findings import Finding
    from storage.session import Session

_NUMBER = re.compile(r"[A-Z]+\d{2,}")
_TOLD_IN = "digest_made"
"""The act that counts as a prompt; its entry is about a person, and names problems in its data."""


def problems_of(session: Session, office: str, content: Mapping[str, Any]) -> Sequence[Finding]:
    """Return the problems an entry names, in its object or in its data."""
    numbers = dict.fromkeys(_numbers([content["object"].partition(":")[2], content["data"]]))
    return findings_table.with_numbers(session, office, numbers) if numbers else []


def case_of(content: Mapping[str, Any]) -> str | None:
    """Return the case that is an entry's object; None: it is about something else."""
    kind, _, name = str(content["object"]).partition(":")
    return name if kind == "case" else None


def entries_of(session: Session, case_no: str, findings: Iterable[Finding]) -> list[int]:
    """Return the entries on a case or on its problems, the digests that told of them included."""
    known = {one.number: one.made_at for one in findings}
    about = ledger.about(session, [f"case:{case_no}", *(f"finding:{one}" for one in known)])
    found = {entry.seq for entry in about}
    if known:
        for entry in ledger.of_act(session, _TOLD_IN, since=min(known.values())):
            if not known.keys().isdisjoint(_numbers(ledger.content_of(entry)["data"])):
                found.add(entry.seq)
    return sorted(found)


def _numbers(told: object) -> Iterator[str]:
    """Yield the numbers of problems in what an entry holds, however deep."""
    if isinstance(told, str):
        if _NUMBER.fullmatch(told):
            yield told
    elif isinstance(told, dict):
        for one in told.values():
            yield from _numbers(one)
    elif isinstance(told, list):
        for one in told:
            yield from _numbers(one)
