from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from knowledge.cards import Card, CardSet, ListedRow, Sheet
from storage import cases, snapshots
from storage.models.snapshots import CardRow, Snapshot
from tests.support.database import NOW

if TYPE_CHECKING:
    from storage.database import Database

CASE = "云北检刑捕受[2026]990103000041号"
LONG_NAME = "张某、" * 200


def card(case_no: str = CASE, person_no: str | None = "1", **values: object) -> Card:
    plain = {"受理日期": date(2026, 5, 20), "退回时间": datetime(2026, 5, 21, 9, 30), **values}  # noqa: DTZ001 - cells have no zone
    return Card(
        case_no=case_no,
        person_no=person_no,
        values={**plain, "审结日期": None},  # type: ignore[dict-item]
        originals={"案件类别": "01"},
        headings={"受理日期": "受理时间"},
        sources={"受理日期": "列表.xlsx"},
        in_list=True,
    )


def sheet(sha256: str) -> Sheet:
    return Sheet(
        name="列表.xlsx", kind="case_list", rows=(), rows_read=0, headings={}, sha256=sha256
    )


def keep(database: Database, cards: CardSet, sha256: str = "a" * 64, office: str = "office") -> int:
    with database.transaction(NOW) as tx:
        snapshot = snapshots.add(
            tx.session,
            office,
            [sheet(sha256)],
            cards,
            day=NOW.date(),
            moment=NOW,
            by="person:9",
            baseline=False,
        )
        snapshots.forget_older(tx.session, office, snapshot)
    return snapshot.id


def cards_of(database: Database, office: str = "office") -> CardSet:
    with database.reading() as session:
        return snapshots.cards(session, office)


LISTED = ListedRow("publication_list", CASE, {"公开日期": date(2026, 6, 1)}, "公开.csv")
FIRST = CardSet((card(), card(person_no=None, 案件名称=LONG_NAME)), (LISTED,))
SECOND = CardSet((card(person_no="2", 处理结果="批准逮捕"),))


def test_a_card_set_is_read_back_as_it_was(database: Database) -> None:
    keep(database, FIRST)
    assert cards_of(database) == FIRST


def test_an_import_replaces_the_card_set_and_remembers_the_one_before(database: Database) -> None:
    keep(database, FIRST)
    keep(database, SECOND, "b" * 64)
    with database.reading() as session:
        newest = snapshots.newest(session, "office")
        assert newest is not None
        assert snapshots.cards(session, "office") == SECOND
        assert snapshots.cards_before(newest) == FIRST


def test_the_first_import_remembers_that_there_was_nothing(database: Database) -> None:
    keep(database, FIRST)
    with database.reading() as session:
        newest = snapshots.newest(session, "office")
        assert newest is not None
        assert snapshots.cards_before(newest) == CardSet(())


def test_only_the_last_import_can_be_taken_back(database: Database) -> None:
    first = keep(database, FIRST)
    keep(database, SECOND, "b" * 64)
    with database.reading() as session, pytest.raises(snapshots.NothingToTakeBackError):
        snapshots.cards_before(session.get_one(Snapshot, first))


def test_offices_do_not_see_each_other_s_cards(database: Database) -> None:
    keep(database, FIRST)
    keep(database, SECOND, "b" * 64, office="other")
    assert cards_of(database) == FIRST
    assert cards_of(database, "other") == SECOND


def test_a_file_is_known_by_its_hash_until_its_import_is_taken_back(database: Database) -> None:
    id_ = keep(database, FIRST)
    with database.transaction(NOW) as tx:
        held = snapshots.holding(tx.session, "office", ["a" * 64, "c" * 64])
        assert {sha256: one.id for sha256, one in held.items()} == {"a" * 64: id_}
        tx.session.get_one(Snapshot, id_).undone_at = NOW
        tx.session.flush()
        assert snapshots.holding(tx.session, "office", ["a" * 64]) == {}
        assert snapshots.newest(tx.session, "office") is None


def test_an_import_that_fails_leaves_the_card_set_as_it_was(database: Database) -> None:
    keep(database, FIRST)
    twice = CardSet((card(), card()))
    with pytest.raises(Exception, match=r"(?i)unique"):
        keep(database, twice, "b" * 64)
    assert cards_of(database) == FIRST


def test_an_emptied_card_set_is_empty(database: Database) -> None:
    keep(database, FIRST)
    with database.transaction(NOW) as tx:
        snapshots.replace_cards(tx.session, "office", CardSet(()))
    assert cards_of(database) == CardSet(())


def test_three_thousand_cards_are_written_in_few_statements(database: Database) -> None:
    many = CardSet(tuple(card(person_no=str(number)) for number in range(3000)))
    statements: list[str] = []
    from sqlalchemy import event  # noqa: PLC0415 - only here are statements counted

    event.listen(database.engine, "before_cursor_execute", lambda *call: statements.append(call[2]))
    keep(database, many)
    assert len(statements) < 30
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(CardRow)) == 3000


def test_the_newest_import_names_its_office(database: Database) -> None:
    with database.reading() as session:
        assert snapshots.newest_office(session) is None
    keep(database, CardSet((card(),), ()), office="甲")
    keep(database, CardSet((card(),), ()), "b" * 64, office="乙")
    with database.reading() as session:
        assert snapshots.newest_office(session) == "乙"


def test_cases_are_looked_up_in_the_card_set_of_their_office(database: Database) -> None:
    other = CASE.replace("041", "042")
    keep(database, CardSet((card(other), card(person_no="2"), card(person_no="1")), ()))
    keep(database, CardSet((card("别院的案"),), ()), "b" * 64, office="别院")
    with database.reading() as session:
        assert cases.numbers(session, "office") == [CASE, other]
        found = cases.rows(session, "office", [CASE, "别院的案"])
        assert [(row.case_no, row.person_no) for row in found] == [(CASE, "1"), (CASE, "2")]
        assert cases.rows(session, "office", []) == []
