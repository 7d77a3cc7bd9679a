"""Merge sheets into cards: per case, person and field the newest value, with where it is from.

A list row never doubles a person row: what a case list says is spread onto the person cards of
the case. What a list says of a field that belongs to a person (审结日期) holds for the whole case:
it replaces an older value of a person row where it is filled, and never blanks one.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from knowledge.card_origin import (
    HEADER,
    LIST,
    PUBLICATION,
    SETTING,
    Origin,
    origin_of,
    read_origin,
)
from knowledge.cards import Card, CardSet, ListedRow
from knowledge.fields import CASE_NO, CASE_TYPE, OFFICE, registry

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from knowledge.cards import Row, Sheet, Value
    from knowledge.fields import Registry

PUBLISHED = ("公开状态", "不公开原因")
_ROW_NUMBER = "序号"
_NAME = "嫌疑人姓名"
_INFERRED = frozenset({HEADER, SETTING, PUBLICATION})


@dataclass(slots=True)
class Layer:
    """Values of one case or one person while they gather, each with its origin."""

    values: dict[str, Value] = field(default_factory=dict)
    originals: dict[str, str] = field(default_factory=dict)
    headings: dict[str, str] = field(default_factory=dict)
    origins: dict[str, Origin] = field(default_factory=dict)
    report: str | None = None


@dataclass(slots=True)
class CaseLayers:
    """What is known of a case: from lists for the whole of it, from person rows for each."""

    whole: Layer = field(default_factory=Layer)
    persons: dict[str, Layer] = field(default_factory=dict)
    in_list: bool = False


def merge(
    sheets: Sequence[Sheet],
    *,
    office: str,
    known: CardSet | None = None,
    day: date | None = None,
) -> CardSet:
    """Return the card set that sheets add up to, over the cards known before.

    Args:
        sheets: the exports of one call, in any order; a newer day wins over an older one.
        office: the office of cases that no list names an office for.
        known: the card set so far.
        day: the day of sheets that name none; else the newest day among the sheets.
    """
    cases = _known_layers(known)
    for sheet in sheets:
        if _makes_cards(sheet):
            for row in sheet.rows:
                cases.setdefault(row.case_no, CaseLayers())
    dated = _in_order_of_days(sheets, day)
    for sheet, its_day in dated:
        if _makes_cards(sheet):
            _add(sheet, its_day, cases)
    listed = _listed(dated, known)
    published = _published(listed)
    fields = registry()
    cards: list[Card] = []
    for case_no, layers in cases.items():
        cards += _cards(case_no, layers, office, published.get(case_no, Layer()), fields)
    return CardSet(tuple(cards), listed)


def vanished(known: CardSet, sheets: Sequence[Sheet]) -> tuple[str, ...]:
    """Return the known cases that no sheet holds, though one of their kind is newer than they."""
    held = {row.case_no for sheet in sheets for row in sheet.rows}
    gone: dict[str, None] = {}
    for card in known.cards:
        if card.case_no not in held and any(_would_hold(sheet, card) for sheet in sheets):
            gone[card.case_no] = None
    return tuple(gone)


def _would_hold(sheet: Sheet, card: Card) -> bool:
    same = card.in_list if sheet.kind == "case_list" else sheet.report == card.report is not None
    last_seen = read_origin(card.sources[CASE_NO]).day
    return same and not (sheet.day and last_seen and sheet.day < last_seen)


def _makes_cards(sheet: Sheet) -> bool:
    return sheet.kind in {"case_list", "person_report"}


def _in_order_of_days(sheets: Sequence[Sheet], day: date | None) -> list[tuple[Sheet, date | None]]:
    if day is None:
        day = max((sheet.day for sheet in sheets if sheet.day), default=None)
    dated = [(sheet, sheet.day or day) for sheet in sheets]
    return sorted(dated, key=lambda pair: pair[1] or date.max)


def _known_layers(known: CardSet | None) -> dict[str, CaseLayers]:
    """Take known cards apart again into what lists said and what person rows said."""
    cases: dict[str, CaseLayers] = {}
    for card in known.cards if known else ():
        layers = cases.setdefault(card.case_no, CaseLayers())
        layers.in_list |= card.in_list
        person = layers.whole
        if card.person_no is not None:
            person = layers.persons[card.person_no] = Layer()
        person.report = card.report
        origins = {text: read_origin(text) for text in set(card.sources.values())}
        for name, value in card.values.items():
            origin = origins[card.sources[name]]
            if origin.word not in _INFERRED:
                _put(layers.whole if origin.word == LIST else person, name, value, origin, card)
    return cases


def _add(sheet: Sheet, day: date | None, cases: Mapping[str, CaseLayers]) -> None:
    of_case, of_person = origin_of(sheet, day), origin_of(sheet, day, of_person=True)
    unnamed = _unnamed_persons(sheet)
    for row in sheet.rows:
        layers = cases[row.case_no]
        layers.in_list |= sheet.kind == "case_list"
        if row.person_no is not None:
            layer, origin = layers.persons.setdefault(row.person_no, Layer()), of_person
        else:
            layer, origin = layers.whole, of_case
        layer.report = sheet.report or layer.report
        _add_row(layer, sheet, _of_case(row) if row.case_no in unnamed else row, origin)


def _unnamed_persons(sheet: Sheet) -> set[str]:
    """Return the cases with several rows that are on different persons but give no number."""
    met: dict[str, Row] = {}
    unnamed: set[str] = set()
    for row in sheet.rows:
        if row.person_no is None:
            first = met.setdefault(row.case_no, row)
            if first is not row and (
                sheet.kind == "person_report" or first.values.get(_NAME) != row.values.get(_NAME)
            ):
                unnamed.add(row.case_no)
    return unnamed


def _of_case(row: Row) -> Row:
    """Leave out what belongs to a person: it cannot be told to whom."""
    fields = registry().fields
    values = {name: value for name, value in row.values.items() if fields[name].level == "case"}
    return replace(row, values=values)


def _add_row(layer: Layer, sheet: Sheet, row: Row, origin: Origin) -> None:
    if not layer.values:
        layer.values.update(row.values)
        layer.originals.update(row.originals)
        layer.headings.update(sheet.headings)
        layer.origins.update(dict.fromkeys(row.values, origin))
        layer.values.pop(_ROW_NUMBER, None)
        return
    source = Card(row.case_no, row.person_no, row.values, row.originals, sheet.headings)
    for name, value in row.values.items():
        if name != _ROW_NUMBER and not _is_newer(layer.origins.get(name), origin):
            _put(layer, name, value, origin, source)


def _is_newer(old: Origin | None, new: Origin) -> bool:
    """Return whether a value held is of a later export; undated ones give way, and never wait."""
    return bool(old and old.day and new.day and old.day > new.day)


def _put(layer: Layer, name: str, value: Value, origin: Origin, source: Card) -> None:
    layer.values[name] = value
    layer.origins[name] = origin
    layer.headings[name] = source.headings.get(name, name)
    if name in source.originals:
        layer.originals[name] = source.originals[name]
    else:
        layer.originals.pop(name, None)


def _listed(
    dated: Iterable[tuple[Sheet, date | None]], known: CardSet | None
) -> tuple[ListedRow, ...]:
    """Keep the rows of error and publication lists; sheets of a kind replace what was known."""
    fresh: list[ListedRow] = []
    for sheet, day in dated:
        if not _makes_cards(sheet):
            source = str(origin_of(sheet, day))
            fresh += [ListedRow(sheet.kind, row.case_no, row.values, source) for row in sheet.rows]
    replaced = {row.kind for row in fresh}
    kept = (row for row in known.listed if row.kind not in replaced) if known else ()
    return (*kept, *fresh)


def _published(listed: Iterable[ListedRow]) -> dict[str, Layer]:
    """Return per case what its rows of the publication list agree on."""
    told: dict[str, dict[str, dict[Value, str]]] = {}
    for row in listed:
        if row.kind == "publication_list":
            for name in PUBLISHED:
                if name in row.values:
                    values = told.setdefault(row.case_no, {}).setdefault(name, {})
                    values[row.values[name]] = row.source
    layers: dict[str, Layer] = {}
    for case_no, names in told.items():
        layer = layers[case_no] = Layer()
        for name, values in names.items():
            if len(values) == 1:
                layer.values[name] = next(iter(values))
                layer.origins[name] = Origin(PUBLICATION)
    return layers


def _cards(
    case_no: str, layers: CaseLayers, office: str, published: Layer, fields: Registry
) -> Iterable[Card]:
    if not layers.persons:
        yield _card(case_no, None, layers.whole, layers, office, published)
    for person_no, person in layers.persons.items():
        _spread(layers.whole, person, fields)
        yield _card(case_no, person_no, person, layers, office, published)


def _spread(whole: Layer, person: Layer, fields: Registry) -> None:
    """Lay what lists say of the whole case over what a person row says, field by field."""
    for name, value in whole.values.items():
        held, origin = person.origins.get(name), whole.origins[name]
        if held is not None and not _list_wins(fields.field(name).level, held, origin, value):
            continue
        person.values[name] = value
        person.origins[name] = origin
        person.headings[name] = whole.headings.get(name, name)
        person.originals.pop(name, None)
        if name in whole.originals:
            person.originals[name] = whole.originals[name]


def _list_wins(level: str, held: Origin, listed: Origin, value: Value) -> bool:
    newer = (listed.day or date.min) > (held.day or date.min)
    if level == "person":
        return newer and value is not None
    return newer or listed.day == held.day


def _card(
    case_no: str,
    person_no: str | None,
    layer: Layer,
    layers: CaseLayers,
    office: str,
    published: Layer,
) -> Card:
    report = layer.report
    for name, value in published.values.items():
        layer.values.setdefault(name, value)
        layer.origins.setdefault(name, published.origins[name])
    if report is not None:
        _infer(layer, CASE_TYPE, _case_type(report), Origin(HEADER))
    if report is not None or not layers.in_list:
        _infer(layer, OFFICE, office, Origin(SETTING))
    origins = {id(origin): origin for origin in layer.origins.values()}
    texts = {key: str(origin) for key, origin in origins.items()}
    return Card(
        case_no=case_no,
        person_no=person_no,
        values=layer.values,
        originals=layer.originals,
        headings={name: layer.headings[name] for name in layer.values if name in layer.headings},
        sources={name: texts[id(layer.origins[name])] for name in layer.values},
        report=report,
        in_list=layers.in_list,
    )


def _infer(layer: Layer, name: str, value: str, origin: Origin) -> None:
    if name not in layer.values:
        layer.values[name] = value
        layer.origins[name] = origin


def _case_type(report: str) -> str:
    return next(each.case_type for each in registry().person_reports if each.report == report)
