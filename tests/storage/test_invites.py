from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from storage import invites
from tests.storage.records import staff
from tests.support.database import NOW, later

if TYPE_CHECKING:
    from storage.database import Database

LIFE = timedelta(seconds=600)


@pytest.fixture
def zhou(database: Database) -> int:
    return staff(database, "周岚", "陈序")[0].id


def invite(database: Database, person_id: int, code_hash: str, at: float = 0) -> None:
    with database.transaction(later(at)) as tx:
        invites.make(tx, person_id, code_hash, life=LIFE)


def is_usable(database: Database, code_hash: str, at: float = 0) -> bool:
    with database.reading() as session:
        return invites.usable(session, code_hash, later(at)) is not None


def test_a_code_can_be_used_until_its_life_ends(database: Database, zhou: int) -> None:
    invite(database, zhou, "a")
    assert is_usable(database, "a", at=599)
    assert not is_usable(database, "a", at=600)
    assert not is_usable(database, "b")


def test_a_new_code_ends_the_persons_older_ones_and_nobody_elses(
    database: Database, zhou: int
) -> None:
    invite(database, zhou, "old")
    invite(database, zhou + 1, "other")
    invite(database, zhou, "new", at=60)
    assert not is_usable(database, "old", at=61)
    assert is_usable(database, "new", at=61)
    assert is_usable(database, "other", at=61)


def test_ending_codes_leaves_the_moment_of_an_earlier_use(database: Database, zhou: int) -> None:
    with database.transaction(NOW) as tx:
        used = invites.make(tx, zhou, "a", life=LIFE)
        used.used_at = later(5)
    with database.transaction(later(60)) as tx:
        invites.end_all(tx, zhou)
        assert tx.session.get_one(type(used), used.id).used_at == later(5)


def test_tries_are_counted_by_account_and_only_the_newer_ones(database: Database) -> None:
    for at, account, succeeded in ((0, "7", False), (60, "7", False), (61, "7", True)):
        with database.transaction(later(at)) as tx:
            invites.note_try(tx, door="telegram", account=account, succeeded=succeeded)
    with database.transaction(later(62)) as tx:
        invites.note_try(tx, door="telegram", account="8", succeeded=False)
        invites.note_try(tx, door="matrix", account="7", succeeded=False)
    with database.reading() as session:
        assert invites.tries_since(session, NOW, door="telegram", account="7") == 2
        assert invites.tries_since(session, later(99), door="telegram", account="7") == 0
