from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from storage import digests
from tests.storage.records import make, staff
from tests.support.database import NOW, later

if TYPE_CHECKING:
    from storage.database import Database

TODAY = NOW.date()


@pytest.fixture
def zhou(database: Database) -> int:
    return staff(database, "周岚", "陈序")[0].id


def keep(
    database: Database,
    person_id: int,
    *places: list[int],
    at: float = 0,
    day: date = TODAY,
    supplement: bool = False,
) -> int:
    with database.transaction(later(at)) as tx:
        return digests.keep(tx, person_id, day, places, supplement=supplement).id


def test_the_last_digest_is_the_persons_own_newest(database: Database, zhou: int) -> None:
    with database.reading() as session:
        assert digests.last(session, zhou) is None
    keep(database, zhou)
    newest = keep(database, zhou, supplement=True)
    keep(database, zhou + 1)
    with database.reading() as session:
        last = digests.last(session, zhou)
        assert last is not None
        assert (last.id, last.day, last.made_at) == (newest, TODAY, NOW)


def test_findings_keep_the_places_they_had(database: Database, zhou: int) -> None:
    first, second, third = (make(database, number) for number in ("A01", "A02", "A03"))
    digest = keep(database, zhou, [second, first], [third])
    keep(database, zhou, [third])
    with database.reading() as session:
        assert digests.places(session, digest) == {1: [second, first], 2: [third]}


def test_a_digest_counts_for_its_person_and_day_a_supplement_does_not(
    database: Database, zhou: int
) -> None:
    keep(database, zhou, supplement=True)
    keep(database, zhou, day=date(2026, 6, 12))
    keep(database, zhou + 1)
    with database.reading() as session:
        assert not digests.had_one(session, zhou, TODAY)
    keep(database, zhou)
    with database.reading() as session:
        assert digests.had_one(session, zhou, TODAY)


def test_what_was_shown_since_a_moment_is_known(database: Database, zhou: int) -> None:
    before, after, supplement = (make(database, number) for number in ("A01", "A02", "A03"))
    keep(database, zhou, [before], at=0)
    keep(database, zhou, [after], at=60)
    keep(database, zhou + 1, [supplement], at=90, supplement=True)
    with database.reading() as session:
        assert digests.findings_shown_since(session, later(60)) == {after, supplement}
        assert digests.findings_shown_since(session, later(91)) == set()
