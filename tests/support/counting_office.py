"""An office on either engine whose ledger is counted: everybody bound, papers drawn and kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from handlers.counting import ledger_facts, statistics
from handlers.notices.notice_policy import NoticePolicy
from knowledge import business_lines
from tests.support.campaign_desk import OneInForce
from tests.support.office_desk import ZONE, at_work_on
from tests.support.office_phones import DOOR

if TYPE_CHECKING:
    from pathlib import Path

    from handlers.counting.facts import Facts
    from handlers.counting.ranges import Range
    from handlers.counting.statistics import Statistics
    from handlers.desk import Clearance
    from storage.database import Database
    from tests.support.office_desk import OfficeAtWork


def at_work(
    database: Database, folder: Path, now: datetime, *, clearance: Clearance = "intranet"
) -> OfficeAtWork:
    """Return an office at work on a database, with an archive and numbers of its own."""
    office = at_work_on(database, folder / "exports")
    office.now = now
    office.desk = replace(
        office.desk,
        rules=OneInForce("accepted-after-closed"),
        doors={DOOR: clearance},
        settings={"文书公开天数": 30},
        archive=folder / "archive",
        notices=NoticePolicy(numbering="drawn", short_name="海东检"),
        database=database,
    )
    return office


@pytest.fixture
def counting(database: Database, tmp_path: Path) -> OfficeAtWork:
    """An office on a Monday in June, on each engine in turn."""
    return at_work(database, tmp_path, datetime(2026, 6, 1, 8, 30, tzinfo=ZONE))


@pytest.fixture
def counted(sqlite: Database, tmp_path: Path) -> OfficeAtWork:
    """The same on one engine, for what does not depend on it."""
    return at_work(sqlite, tmp_path, datetime(2026, 6, 1, 8, 30, tzinfo=ZONE))


def facts_of(office: OfficeAtWork) -> Facts:
    """Read the facts of an office's ledger."""
    return office.read(ledger_facts.read)


def statistics_of(office: OfficeAtWork, during: Range) -> Statistics:
    """Count a range of an office's ledger by the shipped lines."""
    lines = business_lines.shipped()
    return statistics.compute(facts_of(office), during, lines, office=office.desk.office)
