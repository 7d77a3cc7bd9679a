"""What reports count from cards goes into the ledger with each import: terms met, publication.

Only what an import changes is noted, so that a figure can be walked back from cases to entries.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

from handlers.findings.finding_values import is_minor
from knowledge.fields import registry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from knowledge.cards import Card, CardSet
    from storage.transaction import Transaction

PROSECUTION = "一审公诉"
"""The stage whose average handling time is reported."""
PUBLICATION_DAYS = "文书公开天数"
PER_ENTRY = 500
"""One entry stays readable, however large the first import is."""
_REVIEWED, _DECIDED = "全案审结日期", "决定日期"
_EFFECTIVE = ("一审判决生效日期", "全案一审判决生效日期")


@dataclass(frozen=True)
class CardNotes:
    """What an import changes of cases: days of handling, days of publication, names beside."""

    handled: tuple[Mapping[str, Any], ...] = ()
    published: tuple[Mapping[str, Any], ...] = ()
    names: Mapping[str, list[str | None]] = field(default_factory=dict)


def changes(known: CardSet, merged: CardSet, settings: Mapping[str, int | None]) -> CardNotes:
    """Return what a new card set says of cases otherwise than the one before."""
    days = settings.get(PUBLICATION_DAYS)
    before, now = _by_case(known), _by_case(merged)
    handled: list[Mapping[str, Any]] = []
    published: list[Mapping[str, Any]] = []
    names: dict[str, list[str | None]] = {}
    for case_no, cards in now.items():
        old = before.get(case_no, [])
        note = _handled(case_no, cards)
        if note is not None and note != _handled(case_no, old):
            handled.append(note)
        note = _published(case_no, cards, days)
        if note is not None and note != _published(case_no, old, days):
            published.append(note)
            names[case_no] = _named(cards)
    return CardNotes(tuple(handled), tuple(published), names)


def record(tx: Transaction, notes: CardNotes, *, snapshot_id: int) -> None:
    """Put what an import changed into the ledger; names and reasons lie beside."""
    object_ = f"snapshot:{snapshot_id}"
    for part in _portions(notes.handled):
        tx.record("handling_noted", object_, actor="system", data={"cases": part})
    for part in _portions(notes.published):
        beside = {one["case_no"]: notes.names[one["case_no"]] for one in part}
        tx.record(
            "publication_noted",
            object_,
            actor="system",
            data={"cases": part},
            text=json.dumps(beside, ensure_ascii=False),
        )


def _portions(
    notes: tuple[Mapping[str, Any], ...],
) -> Iterator[list[Mapping[str, Any]]]:
    remaining = iter(notes)
    while part := list(islice(remaining, PER_ENTRY)):
        yield part


def _by_case(cards: CardSet) -> dict[str, list[Card]]:
    found: dict[str, list[Card]] = {}
    for card in cards.cards:
        found.setdefault(card.case_no, []).append(card)
    return found


def _handled(case_no: str, cards: Iterable[Card]) -> dict[str, Any] | None:
    """Return accepted and finished day of a 一审公诉 case; None: another type, or not finished.

    A case is finished on the day of the whole case, else on the last day that a person of it was
    decided on, once all were.
    """
    cards = list(cards)
    if not cards or not _is_prosecution(cards[0]):
        return None
    accepted = _day(cards[0], "受理日期")
    whole = next((day for card in cards if (day := _day(card, _REVIEWED))), None)
    each = [_day(card, _DECIDED) for card in cards]
    finished = whole or (None if None in each else max(day for day in each if day))
    if accepted is None or finished is None or finished < accepted:
        return None
    return {
        "case_no": case_no,
        "case_type": cards[0].text("案件类别"),
        "department": cards[0].text("承办部门"),
        "accepted": accepted.isoformat(),
        "finished": finished.isoformat(),
    }


def _is_prosecution(card: Card) -> bool:
    known = registry().case_type(card.text("案件类别") or "")
    return known is not None and PROSECUTION in known.stages


def _published(case_no: str, cards: Iterable[Card], days: int | None) -> dict[str, Any] | None:
    """Return the days of a judgment's publication; None: it is not in force yet."""
    cards = list(cards)
    in_force = [day for card in cards for column in _EFFECTIVE if (day := _day(card, column))]
    if not in_force:
        return None
    effective = max(in_force)
    received = max((day for card in cards if (day := _day(card, "收到判决裁定日期"))), default=None)
    published = max(
        (day for card in cards if (day := _day(card, "信息公开发布日期"))), default=None
    )
    return {
        "case_no": case_no,
        "case_type": cards[0].text("案件类别"),
        "department": cards[0].text("承办部门"),
        "received": received.isoformat() if received else None,
        "effective": effective.isoformat(),
        "due": None if days is None else (effective + timedelta(days=days)).isoformat(),
        "published": published.isoformat() if published else None,
        "state": next((text for card in cards if (text := card.text("公开状态"))), None),
        "reasoned": any(card.text("不公开原因") for card in cards),
        "minor": any(is_minor(card) for card in cards),
    }


def _named(cards: list[Card]) -> list[str | None]:
    """Return what lies beside: case name, prosecutor, why it is not published."""
    hidden = any(is_minor(card) for card in cards)
    reason = next((text for card in cards if (text := card.text("不公开原因"))), None)
    return [None if hidden else cards[0].text("案件名称"), cards[0].text("承办检察官"), reason]


def _day(card: Card, column: str) -> date | None:
    value = card.values.get(column)
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None
