"""Opening the demo's office: its people bound to sandbox phones, its cases imported."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

from bot.clock import ZONE
from bot.config import (
    Config,
    DoorPart,
    NoticesPart,
    OfficePart,
    PersonPart,
    load_if_there,
)
from bot.office import DOOR, keep_people, open_office
from bot.sample_office.cast import cast
from handlers.digest import digest
from handlers.imports import imports
from handlers.imports.import_errors import AlreadyImportedError
from knowledge import card_merge
from storage import people, snapshots
from storage.exports.read import read_files

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import time
    from pathlib import Path

    from bot.door import Clearance
    from bot.office import Office
    from handlers.desk import Desk
    from knowledge.calendar import Calendar
    from knowledge.cards import Card, Sheet
    from storage.models.people import Person
    from storage.transaction import Transaction

SAMPLE_DAY = date(2026, 6, 15)
"""The day the shipped sample cases are about."""
_BEFORE_DIGEST = timedelta(seconds=10)
FIRST_PHONE = 10_000


@dataclass(frozen=True)
class Opened:
    """The demo's office, with the exports it begins with."""

    office: Office
    desk: Desk
    sheets: tuple[Sheet, ...]


def read_sample(cases: Sequence[Path]) -> tuple[Sheet, ...]:
    """Read the exports that were given, else the shipped sample cases."""
    if cases:
        return read_files(cases)
    with as_file(files("bot.sample_office") / "sample_cases.csv") as sample:
        return read_files([sample])


def first_day(given: date | None, sheets: Sequence[Sheet], *, is_sample: bool) -> date:
    """Return the day to begin on: given, the sample's own, the export's, else today."""
    if is_sample:
        return given or SAMPLE_DAY
    return imports.day_of(sheets, given, datetime.now(ZONE).date())


def first_moment(calendar: Calendar, day: date, digest: time) -> datetime:
    """Return ten seconds before the digest, on the next working day if this is none."""
    return datetime.combine(calendar.next_workday(day), digest, ZONE) - _BEFORE_DIGEST


def open_sample(root: Path, sheets: Sequence[Sheet], clearance: Clearance) -> Opened:
    """Open the home as the demo's office; people who were there before stay who they are."""
    config = load_if_there(root)
    office = open_office(root, config=config, sheets=sheets)
    with office.database.reading() as session:
        cards = list(snapshots.cards(session, office.name).cards)
        kept = [one for one in people.everybody(session, office.name) if one.active]
    cards += card_merge.merge(list(sheets), office=office.name).cards
    listed = list(config.people) if config else []
    seats = {(one.department, one.name) for one in listed}
    listed += [_part(one) for one in kept if (one.department, one.name) not in seats]
    demo = _config(config, office.name, cast(cards, listed), clearance)
    office = replace(office, config=_drawing_numbers(demo, cards))
    desk = replace(office.reading_desk(), rules=office.rules())
    return Opened(office, desk, tuple(sheets))


def settle(tx: Transaction, opened: Opened, *, day: date, baseline: bool) -> list[Person]:
    """Bind everybody to a phone of the sandbox and import the cases; a repeat changes nothing."""
    kept = keep_people(tx, opened.office)
    for person in kept:
        _bind(tx, person)
    tx.session.flush()
    try:
        prepared = imports.prepare(tx, opened.desk, opened.sheets, day=day, baseline=baseline)
    except AlreadyImportedError:
        return kept
    imports.commit(tx, opened.desk, prepared, by="演示", actor="system")
    digest.send_pressing(tx, opened.desk)
    return kept


def phone_of(person: Person) -> int:
    """Return the number of a person's account and private chat in the sandbox."""
    return FIRST_PHONE + person.id


def _bind(tx: Transaction, person: Person) -> None:
    if person.account is not None:
        return
    person.door, person.account = DOOR, str(phone_of(person))
    person.chat, person.bound_at = person.account, tx.now
    tx.record(
        "bound",
        f"person:{person.id}",
        actor="system",
        data={"door": DOOR, "account": person.account, "how": "demo"},
    )


def _part(person: Person) -> PersonPart:
    """Name a person as he was named before: what was changed from chat since is no new listing."""
    now = {"department": person.department, "roles": person.roles, "aliases": person.aliases}
    said = {**now, **(person.listed or {})}
    return PersonPart(
        name=person.name,
        department=said["department"],
        roles=tuple(said["roles"]),
        aliases=tuple(said["aliases"]),
    )


def _drawing_numbers(config: Config, cards: Sequence[Card]) -> Config:
    """Let the demo draw its notices' numbers: there is no case system to give them."""
    of_cards = (card.case_no.partition("检") for card in cards)
    short = next((f"{name}检" for name, mark, _ in of_cards if mark), "")
    kept = config.notices
    drawn = NoticesPart(
        **kept.model_dump() | {"numbering": "drawn", "short_name": kept.short_name or short}
    )
    return config.model_copy(update={"notices": drawn})


def _config(
    config: Config | None, office: str, listed: tuple[PersonPart, ...], clearance: Clearance
) -> Config:
    door = DoorPart(clearance=clearance)
    if config is None:
        return Config(office=OfficePart(name=office), door=door, people=listed)
    return config.model_copy(update={"door": door, "people": listed})
