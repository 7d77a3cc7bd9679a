from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from bot.clock import ZONE
from bot.config import Config, OfficePart, PersonPart
from bot.office import keep_people, open_office
from bot.standing import DIGEST_DAY, NoHomeError, as_of, existing, person_of
from storage import settings

if TYPE_CHECKING:
    from pathlib import Path

    from bot.office import Office

NOW = datetime(2026, 6, 18, 9, 0, tzinfo=ZONE)
TODAY = NOW.date()


@pytest.fixture
def office(tmp_path: Path) -> Office:
    people = (
        PersonPart(name="林知秋", department="一部", roles=("prosecutor",), aliases=("林 知秋",)),
        PersonPart(name="许亦", department="一部", roles=("prosecutor",)),
        PersonPart(name="许亦", department="二部", roles=("prosecutor",)),
    )
    opened = open_office(tmp_path, config=Config(office=OfficePart(name="甲"), people=people))
    with opened.database.transaction(NOW) as tx:
        keep_people(tx, opened)
    return opened


def test_an_office_without_exports_stands_at_today(office: Office) -> None:
    with office.database.reading() as session:
        assert as_of(session, office.name, TODAY) == TODAY


def test_an_office_never_goes_back_before_its_last_digest(office: Office) -> None:
    with office.database.transaction(NOW) as tx:
        settings.write(tx.session, office.name, DIGEST_DAY, "2026-06-17")
    with office.database.reading() as session:
        assert as_of(session, office.name, date(2026, 6, 15)) == date(2026, 6, 17)
        assert as_of(session, office.name, TODAY) == TODAY


def test_of_two_with_one_name_neither_is_taken(office: Office) -> None:
    with office.database.reading() as session:
        assert person_of(session, office.name, "许亦") is None
        assert person_of(session, office.name, None) is None
        found = person_of(session, office.name, "林 知秋")
    assert found is not None
    assert found.name == "林知秋"


def test_a_home_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert existing(tmp_path) == tmp_path
    with pytest.raises(NoHomeError, match="fangyuan init"):
        existing(tmp_path / "slip")
