from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storage import answers
from tests.storage.records import answered, make, staff

if TYPE_CHECKING:
    from storage.database import Database


@pytest.fixture
def finding(database: Database) -> int:
    return make(database, "A01")


@pytest.fixture
def zhou(database: Database) -> int:
    return staff(database, "周岚", "陈序")[0].id


def test_answers_come_back_by_their_ids_the_newest_first(
    database: Database, finding: int, zhou: int
) -> None:
    first, second, _ = (answered(database, finding, zhou) for _ in range(3))
    with database.reading() as session:
        found = answers.with_ids(session, (one for one in (first, second)))
        assert [one.id for one in found] == [second, first]
        assert answers.with_ids(session, []) == []


def test_only_what_nobody_decided_on_waits_and_the_oldest_comes_first(
    database: Database, finding: int, zhou: int
) -> None:
    standings = ("recorded", "asking", "withdrawn", "recorded", "accepted")
    first, _, _, second, _ = (
        answered(database, finding, zhou, standing=standing) for standing in standings
    )
    with database.reading() as session:
        assert [one.id for one in answers.recorded(session)] == [first, second]


def test_the_last_answer_is_of_the_finding_and_stands_as_asked(
    database: Database, finding: int, zhou: int
) -> None:
    other = make(database, "A02")
    recorded = answered(database, finding, zhou)
    accepted = answered(database, finding, zhou, standing="accepted")
    answered(database, finding, zhou, standing="withdrawn")
    answered(database, other, zhou)
    with database.reading() as session:
        last = answers.last_of(session, finding)
        assert last is not None
        assert last.id == recorded
        last = answers.last_of(session, finding, standings=("recorded", "accepted"))
        assert last is not None
        assert last.id == accepted
        assert answers.last_of(session, finding, standings=("moot",)) is None


@pytest.mark.parametrize(
    ("standing", "is_last"), [("recorded", False), ("withdrawn", True), ("asking", True)]
)
def test_an_answer_is_the_last_word_until_a_newer_one_is_recorded(
    database: Database, finding: int, zhou: int, standing: str, *, is_last: bool
) -> None:
    first = answered(database, finding, zhou)
    answered(database, finding, zhou, standing=standing)
    answered(database, make(database, "A02"), zhou)
    with database.reading() as session:
        (answer,) = answers.with_ids(session, [first])
        assert answers.is_last_word(session, answer) is is_last


def test_what_a_message_was_read_as_is_of_its_writer_and_still_undecided(
    database: Database, finding: int, zhou: int
) -> None:
    wanted = [answered(database, finding, zhou, standing=one) for one in ("recorded", "asking")]
    answered(database, finding, zhou, standing="accepted")
    answered(database, finding, zhou, message_id=101)
    answered(database, finding, zhou, chat="8")
    answered(database, finding, zhou, door="matrix")
    answered(database, finding, zhou + 1)
    with database.reading() as session:
        found = answers.read_from(session, zhou, door="telegram", chat="7", message_id=100)
    assert found == wanted
