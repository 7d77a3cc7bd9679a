"""Turn a card into plain JSON values and back, without losing a day, a moment or an absent key."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from knowledge.cards import Card, ListedRow

if TYPE_CHECKING:
    from collections.abc import Mapping

    from knowledge.cards import Value


def card_to(card: Card) -> dict[str, Any]:
    """Return a card as JSON values; its sources are listed once and referred to by place."""
    sources = list(dict.fromkeys(card.sources.values()))
    places = {text: place for place, text in enumerate(sources)}
    return {
        "case_no": card.case_no,
        "person_no": card.person_no,
        "values": {name: _plain(value) for name, value in card.values.items()},
        "originals": dict(card.originals),
        "headings": {name: heading for name, heading in card.headings.items() if name != heading},
        "same_headings": [name for name, heading in card.headings.items() if name == heading],
        "sources": sources,
        "source_of": {name: places[text] for name, text in card.sources.items()},
        "report": card.report,
        "in_list": card.in_list,
    }


def card_from(data: Mapping[str, Any]) -> Card:
    """Return the card that `card_to` wrote."""
    sources = data["sources"]
    return Card(
        case_no=data["case_no"],
        person_no=data["person_no"],
        values={name: _value(value) for name, value in data["values"].items()},
        originals=data["originals"],
        headings={name: name for name in data["same_headings"]} | data["headings"],
        sources={name: sources[place] for name, place in data["source_of"].items()},
        report=data["report"],
        in_list=data["in_list"],
    )


def listed_to(row: ListedRow) -> dict[str, Any]:
    """Return a row of an error or publication list as JSON values."""
    return {
        "kind": row.kind,
        "case_no": row.case_no,
        "values": {name: _plain(value) for name, value in row.values.items()},
        "source": row.source,
    }


def listed_from(data: Mapping[str, Any]) -> ListedRow:
    """Return the row that `listed_to` wrote."""
    values = {name: _value(value) for name, value in data["values"].items()}
    return ListedRow(data["kind"], data["case_no"], values, data["source"])


def _plain(value: Value) -> object:
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    return value


def _value(value: Any) -> Value:
    if not isinstance(value, dict):
        plain: Value = value
        return plain
    if "moment" in value:
        return datetime.fromisoformat(value["moment"])
    return date.fromisoformat(value["day"])
