"""Numbers of notices under load: eight threads issue 500, each number once, none left out."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from handlers.desk import Desk
from handlers.notices import notice_numbers
from handlers.notices.notice_policy import NoticePolicy
from knowledge.calendar import Calendar
from storage import notices, people
from storage.models.notices import Notice
from tests.support.database import NOW

if TYPE_CHECKING:
    from storage.database import Database
    from storage.transaction import Transaction

OFFICE = "海州市东港区人民检察院"
MANY, THREADS = 500, 8


class RegretError(Exception):
    """Somebody's transaction fails after its number was drawn."""


class NoSearch:
    """No question is asked here."""


def desk() -> Desk:
    return Desk(
        office=OFFICE,
        calendar=Calendar(),
        rules={},
        search=NoSearch(),  # type: ignore[arg-type]
        doors={},
        settings={},
        notices=NoticePolicy(numbering="drawn", short_name="海东检"),
    )


def with_author(database: Database) -> int:
    with database.transaction(NOW) as tx:
        listed = people.Listed("陆明远", "案件管理办公室", ("officer",))
        return people.keep(tx.session, OFFICE, [listed])[0].id


def put(tx: Transaction, author: int) -> Notice:
    notice = Notice(
        office=OFFICE,
        department="第一检察部",
        state="approved",
        drafted_by=author,
        drafted_at=tx.now,
    )
    tx.session.add(notice)
    tx.session.flush()
    return notice


def test_eight_threads_draw_every_number_once(database: Database) -> None:
    author, at_work = with_author(database), desk()

    def issue(turn: int) -> None:
        with database.transaction(NOW) as tx:
            notice = put(tx, author)
            notice_numbers.draw(tx, at_work, notice)
            if turn % 10 == 0:
                notice.state = "voided"

    with ThreadPoolExecutor(THREADS) as threads:
        list(threads.map(issue, range(MANY)))
    with database.reading() as session:
        found = notices.in_states(session, OFFICE, ["approved", "voided"])
    assert sorted(one.sequence or 0 for one in found) == list(range(1, MANY + 1))
    assert len({one.number for one in found}) == MANY


def test_a_transaction_that_fails_leaves_no_gap(database: Database) -> None:
    author, at_work = with_author(database), desk()

    def fail(tx: Transaction) -> None:
        notice_numbers.draw(tx, at_work, put(tx, author))
        raise RegretError

    with pytest.raises(RegretError), database.transaction(NOW) as tx:
        fail(tx)
    with database.transaction(NOW) as tx:
        assert notice_numbers.draw(tx, at_work, put(tx, author)) == "海东检案管流监〔2026〕1号"
