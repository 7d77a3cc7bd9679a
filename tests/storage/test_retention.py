from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from storage import inbox, ledger, retention
from storage.models.ledger import LedgerEntry
from storage.models.messages import InboxRow, OutboxRow
from tests.storage.messages import deliver, message, put
from tests.support.database import NOW, later

if TYPE_CHECKING:
    from storage.database import Database

YEARS = timedelta(days=3 * 365).total_seconds()
CUT = NOW + timedelta(days=365)


def record(database: Database, act: str, text: str, *, at: float = 0) -> None:
    with database.transaction(later(at)) as tx:
        tx.record(act, "finding:A01", actor="person:1", text=text)


def erase(database: Database) -> retention.Overdue:
    with database.transaction(later(YEARS)) as tx:
        return retention.erase(tx, CUT, reason="保管期满", actor="operator")


def texts(database: Database) -> dict[str, str | None]:
    with database.reading() as session:
        entries = session.scalars(select(LedgerEntry)).all()
        return {one.act: ledger.text_of(session, one.seq) for one in entries}


def test_texts_over_their_time_go_and_the_chain_stays_whole(database: Database) -> None:
    record(database, "said", "张某某已到案")
    record(database, "question_asked", "审捕期限几天", at=YEARS / 2)
    assert erase(database).texts == 1
    assert texts(database)["said"] is None
    assert texts(database)["question_asked"] == "审捕期限几天"
    assert ledger.verify(database).ok


@pytest.mark.parametrize(
    "act",
    ["notice_drafted", "feedback_put", "objection_raised", "oral_prompt", "oral_prompt_answer"],
)
def test_what_belongs_to_the_archive_is_kept(database: Database, act: str) -> None:
    record(database, act, "逾期两天")
    assert erase(database).nothing
    assert texts(database)[act] == "逾期两天"


def test_an_act_that_only_looks_alike_is_not_kept(database: Database) -> None:
    record(database, "noticeXboard", "张某某")
    assert erase(database).texts == 1


def test_messages_and_updates_lose_their_words_and_keep_their_fate(database: Database) -> None:
    sent, waiting = put(database, message(text="A01 张某某"), message(text="A02", chat="8"))
    deliver(database, sent)
    inbox.put(database, "telegram", 1, "7", {"text": "张某某已到案"}, NOW)
    inbox.put(database, "telegram", 2, "7", {"text": "还没有处理"}, NOW)
    with database.transaction(NOW) as tx:
        first = tx.session.scalars(select(InboxRow).order_by(InboxRow.id)).first()
        assert first is not None
        inbox.done(tx, first)
    found = erase(database)
    assert (found.updates, found.messages) == (1, 1)
    with database.reading() as session:
        rows = {row.id: (row.state, row.text) for row in session.scalars(select(OutboxRow))}
        came = [
            (row.state, row.payload)
            for row in session.scalars(select(InboxRow).order_by(InboxRow.id))
        ]
    assert rows[sent] == ("sent", "已按期清除")
    assert rows[waiting][1] == "A02"
    assert came == [("erased", {}), ("open", {"text": "还没有处理"})]


def test_an_erased_update_that_comes_again_changes_nothing(database: Database) -> None:
    inbox.put(database, "telegram", 1, "7", {"text": "收到"}, NOW)
    with database.transaction(NOW) as tx:
        inbox.done(tx, tx.session.scalars(select(InboxRow)).one())
    erase(database)
    assert not inbox.put(database, "telegram", 1, "7", {"text": "收到"}, later(YEARS))
    with database.reading() as session:
        assert [row.state for row in session.scalars(select(InboxRow))] == ["erased"]


def test_a_second_time_finds_nothing_and_writes_nothing(database: Database) -> None:
    record(database, "said", "张某某已到案")
    erase(database)
    with database.reading() as session:
        before = ledger.head(session).size
    assert erase(database).nothing
    with database.reading() as session:
        assert ledger.head(session).size == before
