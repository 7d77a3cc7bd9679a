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
    numbers = _named(content)
    return findings_table.with_numbers(session, office, numbers) if numbers else []


def cases_of(
    session: Session, office: str, contents: Sequence[Mapping[str, Any]]
) -> list[set[str]]:
    """Return for each entry the cases it is about: its object, and those of its problems."""
    named = [_named(content) for content in contents]
    every = set().union(*named)
    known = {one.number: one.case_no for one in findings_table.with_numbers(session, office, every)}
    return [
        {known[number] for number in numbers & known.keys()} | _case_of(content)
        for content, numbers in zip(contents, named, strict=True)
    ]


def _named(content: Mapping[str, Any]) -> set[str]:
    return set(_numbers([content["object"].partition(":")[2], content["data"]]))


def _case_of(content: Mapping[str, Any]) -> set[str]:
    kind, _, name = str(content["object"]).partition(":")
    return {name} if kind == "case" else set()


def entries_of(session: Session, case_no: str, findings: Iterable[Finding]) -> list[int]:
    """Return the entries on a case or on its problems, the digests that told of them included."""
    known = {one.number: one.made_at for one in findings}
    about = ledger.about(session, [f"case:{case_no}", *(f"finding:{one}" for one in known)])
    found = {entry.seq for entry in about}
    if known:
        told = ledger.of_act(session, _TOLD_IN, since=min(known.values()), holding=known)
        for entry in told:
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
