"""An office at work without a messenger: real database, real handlers, messages read as on phones.

What a dispatcher would do with outbox rows is done here with the same calls of the storage, so that
edits, removals and buttons are seen as a person sees them.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from handlers import daily, route
from handlers.counting import card_notes
from handlers.desk import Desk, Manners
from handlers.digest import digest
from handlers.findings import patrol
from handlers.findings.comparison import Comparison, Import
from handlers.imports import imports
from knowledge.calendar import Calendar
from knowledge.cards import CardSet
from knowledge.rules.loader import load_catalogue
from knowledge.search.model import Answer, Point, Result
from storage import delivery, due_jobs, people, snapshots
from storage.database import Database, sqlite_url
from storage.models.findings import Finding
from storage.models.ledger import LedgerEntry, LedgerText
from tests.support.office_cards import FIRST, MANAGEMENT, OFFICE, SECOND, result, sheet
from tests.support.office_phones import DOOR, GROUP, Message, Phone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from handlers.daily import Found
    from handlers.findings.patrol import Patrolled
    from handlers.incoming import Incoming
    from knowledge.cards import Card
    from knowledge.rules.model import Hit, PatrolResult
    from knowledge.rules.rule import Rule
    from knowledge.search.model import Provision
    from storage.models.messages import DueJob, OutboxRow
    from storage.transaction import Transaction

T = TypeVar("T")
ZONE = ZoneInfo("Asia/Shanghai")

PEOPLE = (
    people.Listed("林知秋", FIRST, ("prosecutor",)),
    people.Listed("许望舒", FIRST, ("prosecutor",)),
    people.Listed("程小满", FIRST, ("assistant",)),
    people.Listed("顾长青", FIRST, ("head",)),
    people.Listed("叶清和", SECOND, ("prosecutor",)),
    people.Listed("陆明远", MANAGEMENT, ("officer",)),
    people.Listed("沈一鸣", MANAGEMENT, ("case_head",)),
    people.Listed("白鹭", "", ("auditor",)),
    people.Listed("江平", "院领导", ("chief",)),
    people.Listed("段鸿", "院领导", ("deputy",)),
)


class FewPoints:
    """A knowledge base of one point; it knows an answer by a word of the question."""

    known = Point(
        key="p1",
        title="审查逮捕的期限",
        text="在押的七日，未在押的十五日。",
        document="人民检察院刑事诉讼规则",
        article="第二百八十二条",
        full_text="本院导入的条文。",
    )

    def ask(self, question: str, *, limit: int = 3) -> Answer:
        """Find the point for 审捕."""
        del limit
        if "审捕" in question:
            return Answer((Result(self.known, 95.0),), certain=True)
        if "期限" in question:
            return Answer((Result(self.known, 50.0),), certain=False)
        return Answer((), certain=False)

    def on(self, day: date) -> FewPoints:
        """Return these few points whatever the day."""
        del day
        return self

    def point(self, key: str) -> Point | None:
        """Return the point."""
        return self.known if key == self.known.key else None

    def beside(self, key: str, step: int) -> Point | None:
        """Return nothing: the point stands alone."""
        del key, step
        return None

    def provision(self, provision: Provision) -> Point | None:
        """Return the point where it is the one meant."""
        return self.known if provision.article == self.known.article else None

    def siblings(self, key: str) -> tuple[Point, ...]:
        """Return nothing: the point stands alone."""
        del key
        return ()

    def nearest(self, question: str, *, limit: int = 3) -> tuple[Point, ...]:
        """Return the one point there is."""
        del question, limit
        return (self.known,)

    def forget(self, key: str, words: str) -> bool:
        """Forget nothing."""
        del key, words
        return False

    def learn(self, key: str, words: str) -> bool:
        """Learn nothing."""
        del key, words
        return False


class OfficeAtWork:
    """A database, a desk, people with phones, and a clock that only tests move."""

    def __init__(self, database: Database, desk: Desk, now: datetime) -> None:
        self.database, self.desk, self.now = database, desk, now
        self._messages = 100
        self.phones: dict[str, Phone] = {}
        self.group = Phone(self, "group", "", GROUP)

    def next_message(self) -> int:
        """Return the next message id."""
        self._messages += 1
        return self._messages

    def write(self, work: Callable[[Transaction], T]) -> T:
        """Do something in a transaction, then let the messages out."""
        with self.database.transaction(self.now) as tx:
            value = work(tx)
        self.deliver()
        return value

    def handle(self, event: Incoming) -> None:
        """Let the handlers do what an event asks for."""
        self.write(lambda tx: route.handle(tx, self.desk, event))

    def at(self, moment: datetime | date, hour: int = 8, minute: int = 30) -> None:
        """Move the clock."""
        if not isinstance(moment, datetime):
            moment = datetime(moment.year, moment.month, moment.day, hour, minute, tzinfo=ZONE)
        self.now = moment

    def manners(self, **changed: Any) -> None:
        """Change how the office wants to be spoken to."""
        self.desk = replace(self.desk, manners=replace(self.desk.manners, **changed))

    def patrol(
        self, *hits: Hit, cards: Sequence[Card] = (), baseline: bool = False, **kept: Any
    ) -> Patrolled:
        """Apply a patrol without a new export."""
        found = result(*hits, as_of=self.now.date(), **kept)
        return self.write(
            lambda tx: patrol.apply(tx, self.desk, found, CardSet(tuple(cards)), baseline=baseline)
        )

    def export(
        self,
        *hits: Hit,
        cards: Sequence[Card],
        day: date | None = None,
        vanished: Sequence[str] = (),
        alone: PatrolResult | None = None,
        baseline: bool = False,
    ) -> Patrolled:
        """Import an export that holds these cards and of which the rules say these hits."""
        found = result(*hits, as_of=self.now.date())
        day = day or self.now.date()

        def work(tx: Transaction) -> Patrolled:
            before = snapshots.newest(tx.session, self.desk.office)
            known, merged = snapshots.cards(tx.session, self.desk.office), CardSet(tuple(cards))
            held = {one.case_no for one in known.cards}
            newest = Import(
                merged,
                alone or found,
                vanished=frozenset(vanished),
                added=frozenset(one.case_no for one in cards) - held,
                day_before=before.day if before else None,
            )
            prepared = imports.Prepared(
                sheets=(sheet(cards, day, self.next_message()),),
                day=day,
                cards=merged,
                result=found,
                newest=newest,
                compared=Comparison(),
                known_cases=len(cards),
                baseline=baseline,
                notes=card_notes.changes(known, merged, self.desk.settings),
            )
            return imports.commit(tx, self.desk, prepared, by="陆明远", actor="person:6")[1]

        return self.write(work)

    def morning(self) -> None:
        """Send the day's digests as the morning job does."""
        self.write(lambda tx: digest.send_all(tx, self.desk))

    def sweep(self, found: Found | None = None) -> list[str]:
        """Do the jobs that are due, in order of time; returns their names."""
        done: list[str] = []
        while rows := self.read(lambda session: due_jobs.due(session, self.now)):
            job = rows[0]
            read = found or daily.read(self.desk, job.job, job.data)

            def work(tx: Transaction, job: DueJob = job, read: Found = read) -> None:
                row = due_jobs.take(tx, job.id)
                assert row is not None
                daily.run(tx, self.desk, row.job, row.data, read)
                due_jobs.done(tx, row)

            self.write(work)
            done.append(job.job)
        return done

    def read(self, work: Callable[[Any], T]) -> T:
        """Look at the database."""
        with self.database.reading() as session:
            return work(session)

    def deliver(self) -> None:
        """Let every message out that may go, and put it on the phone it is for."""
        while rows := self.read(lambda session: delivery.sendable(session, self.now)):
            for id_ in rows:
                self._deliver(id_)

    def _deliver(self, id_: int) -> None:
        with self.database.transaction(self.now) as tx:
            row = delivery.claim(tx, id_)
            if row is None:
                return
            changes_one = row.kind in {"toast", "edit", "delete"}
            message_id = None if changes_one else self.next_message()
            delivery.sent(tx, id_, message_id)
            self._show(row, message_id or row.target or 0)

    def _show(self, row: OutboxRow, message_id: int) -> None:
        phone = next((one for one in self.phones.values() if one.chat == row.chat), self.group)
        buttons = {label: token for line in row.buttons for label, token in line}
        if row.kind == "toast":
            phone.toasts.append(row.text)
        elif row.kind == "delete":
            phone.removed.append(message_id)
        elif row.kind == "edit":
            known = next(one for one in phone.messages if one.id == message_id)
            known.text, known.buttons, known.edits = row.text, buttons, known.edits + 1
        else:
            phone.messages.append(Message(message_id, row.text, row.kind, buttons))

    def finding(self, number: str) -> Finding:
        """Return a finding by its number."""
        found: Finding = self.read(
            lambda session: session.scalars(select(Finding).where(Finding.number == number)).one()
        )
        return found

    def acts(self, act: str | None = None) -> list[dict[str, Any]]:
        """Return what the ledger says, oldest first, of one act where that is given."""
        entries = self.read(
            lambda session: session.scalars(select(LedgerEntry).order_by(LedgerEntry.seq)).all()
        )
        found = [{"seq": one.seq, **json.loads(one.body)} for one in entries]
        return [one for one in found if act is None or one["act"] == act]

    def words(self) -> list[str]:
        """Return the personal texts beside the ledger."""
        return list(self.read(lambda session: session.scalars(select(LedgerText.text)).all()))

    def stranger(self, account: str = "999") -> Phone:
        """Return the phone of somebody nobody knows."""
        phone = Phone(self, "stranger", account, account)
        self.phones[account] = phone
        return phone

    def __getitem__(self, name: str) -> Phone:
        return self.phones[name]


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "template.sqlite"
    database = Database(sqlite_url(path))
    database.migrate()
    database.close()
    return path


@cache
def one_rule() -> Mapping[str, Rule]:
    """Return one shipped rule that is silent on hand-made cards; their hits are hand-made too."""
    return {one.id: one for one in load_catalogue().rules if one.id == "accepted-after-closed"}


def at_work_on(database: Database, exports: Path) -> OfficeAtWork:
    """Open an office on a Monday morning: everybody bound, an internet door, nothing imported."""
    desk = Desk(
        office=OFFICE,
        calendar=Calendar(),
        rules=one_rule(),
        search=FewPoints(),
        doors={DOOR: "internet"},
        settings={},
        manners=Manners(),
        exports=exports,
    )
    at_work = OfficeAtWork(database, desk, datetime(2026, 6, 15, 8, 30, tzinfo=ZONE))
    with database.transaction(at_work.now) as tx:
        for person in people.keep(tx.session, OFFICE, PEOPLE):
            person.door, person.account, person.chat = DOOR, str(person.id), str(person.id)
            person.bound_at = at_work.now
            phone = Phone(at_work, person.name, str(person.id), str(person.id))
            at_work.phones[person.name] = phone
    return at_work


@pytest.fixture
def office(template: Path, tmp_path: Path) -> Iterator[OfficeAtWork]:
    """An office on a Monday morning, on SQLite."""
    path = tmp_path / "office.sqlite"
    shutil.copy(template, path)
    database = Database(sqlite_url(path))
    yield at_work_on(database, tmp_path / "exports")
    database.close()


@pytest.fixture
def intranet(office: OfficeAtWork) -> OfficeAtWork:
    """The same office behind a door cleared for case names."""
    office.desk = replace(office.desk, doors={DOOR: "intranet"})
    return office
