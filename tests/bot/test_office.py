from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from bot.clock import ZONE
from bot.config import Config, ConfigError, OfficePart, PersonPart
from bot.office import DOOR, UNNAMED, keep_people, open_office
from storage import ledger, people
from storage.exports.read import read_files
from tests.support.tables import LIST_HEADER, OFFICE, list_row, write_csv

if TYPE_CHECKING:
    from pathlib import Path

    from bot.office import Office

NOW = datetime(2027, 3, 8, 9, 0, tzinfo=ZONE)


def config(*names: str, **more: object) -> Config:
    listed = tuple(PersonPart(name=name, roles=("prosecutor",)) for name in names)
    return Config.model_validate(
        {"office": OfficePart(name="海州市东港区人民检察院"), "people": listed, **more}
    )


def entries(office: Office) -> list[str]:
    with office.database.reading() as session:
        return [entry.act for entry in ledger.tail(session, 0)]


def kept(office: Office) -> None:
    with office.database.transaction(NOW) as tx:
        keep_people(tx, office)


def test_a_home_without_a_configuration_is_named_by_its_cards(tmp_path: Path) -> None:
    sheets = read_files(
        [write_csv(tmp_path / "a.csv", [LIST_HEADER, list_row(1), list_row(2, 承办单位="他院")])]
    )
    assert open_office(tmp_path / "home", sheets=sheets).name in {OFFICE, "他院"}
    more = read_files([write_csv(tmp_path / "b.csv", [LIST_HEADER, list_row(1), list_row(2)])])
    office = open_office(tmp_path / "other", sheets=more)
    assert office.name == OFFICE
    assert office.config is None


def test_a_home_keeps_its_name_once_it_holds_people(tmp_path: Path) -> None:
    first = open_office(tmp_path, config=config("林知秋"))
    kept(first)
    first.close()
    assert open_office(tmp_path).name == first.name


def test_nothing_names_a_home_of_person_reports_only(tmp_path: Path) -> None:
    assert open_office(tmp_path).name == UNNAMED


def test_the_configuration_names_the_office_first(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text("office: {name: 甲}", encoding="utf-8")
    assert open_office(tmp_path).name == "甲"


def test_the_desk_has_all_that_handlers_need(tmp_path: Path) -> None:
    office = open_office(
        tmp_path,
        config=config(
            door={"clearance": "intranet"},
            settings={"归档天数": 5},
            digest={"time": "07:45", "dry_run": True},
        ),
    )
    desk = office.desk()
    assert desk.office == office.name
    assert desk.clearance(DOOR) == "intranet"
    assert desk.clearance("another") == "internet"
    assert desk.settings["归档天数"] == 5
    assert (desk.manners.digest_time.hour, desk.manners.dry_run) == (7, True)
    assert desk.exports == tmp_path / "exports"
    assert len(desk.rules) >= 25
    assert desk.search.ask("审查逮捕期限几天").results


def test_a_desk_for_reading_leaves_the_rules_on_the_shelf(tmp_path: Path) -> None:
    assert open_office(tmp_path).reading_desk().rules == {}


def test_people_are_those_of_the_configuration_and_every_change_is_an_entry(
    tmp_path: Path,
) -> None:
    office = open_office(tmp_path, config=config("林知秋", "许亦"))
    kept(office)
    assert entries(office) == ["person_kept", "person_kept"]
    kept(office)
    assert len(entries(office)) == 2
    office.close()
    office = open_office(tmp_path, config=config("林知秋"))
    kept(office)
    assert len(entries(office)) == 3
    with office.database.reading() as session:
        assert [one.active for one in people.everybody(session, office.name)] == [True, False]


def test_names_lie_beside_the_ledger_not_in_it(tmp_path: Path) -> None:
    office = open_office(tmp_path, config=config("林知秋"))
    kept(office)
    with office.database.reading() as session:
        [entry] = ledger.tail(session, 0)
        assert "林知秋" not in entry.body
        assert "林知秋" in (ledger.text_of(session, entry.seq) or "")


def test_without_a_configuration_nobody_is_touched(tmp_path: Path) -> None:
    office = open_office(tmp_path, config=config("林知秋"))
    kept(office)
    office.close()
    bare = open_office(tmp_path)
    with bare.database.transaction(NOW) as tx:
        [person] = keep_people(tx, bare)
    assert person.active


@pytest.mark.parametrize("address", ["nonsense", "oracle://x/y", "sqlite+none:///x"])
def test_an_address_that_is_none_is_one_sentence(tmp_path: Path, address: str) -> None:
    with pytest.raises(ConfigError, match="database"):
        open_office(tmp_path, config=config(database=address))


def test_the_offices_own_holidays_are_in_the_calendar(tmp_path: Path) -> None:
    (tmp_path / "free.yaml").write_text('2031: {days_off: {"2031-01-02": 元旦}}', encoding="utf-8")
    office = open_office(tmp_path, config=config(holidays="free.yaml"))
    assert office.calendar.is_announced(2031)
