"""How fast proposals, a whole case, groups and a campaign are over 3,000 cases.

`python -m bench.bench_monitoring [CASES]` prints processor time (user and system) and the clock.
Half of the cases are prosecutions whose judgment came in, for the campaign over judgments.
"""

from __future__ import annotations

import sys
import time
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from handlers.campaigns import campaign_proposals
from handlers.imports import imports
from handlers.monitoring import case_proposals
from storage.database import Database, sqlite_url
from tests.support.campaign_desk import press_all, started
from tests.support.monitored_cases import arrest, prosecution, with_rules
from tests.support.office_cards import sheet
from tests.support.office_desk import at_work_on

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from knowledge.cards import Card
    from storage.transaction import Transaction
    from tests.support.office_desk import OfficeAtWork

CASES = 3_000
FIRST, SPAN = date(2026, 3, 2), 100


def cards(wanted: int) -> list[Card]:
    """Make cases that came in over the last hundred days, every other one with its judgment."""
    made = []
    for place in range(wanted):
        accepted = FIRST + timedelta(days=place % SPAN)
        if place % 2:
            made.append(arrest(place, 受理日期=accepted))
        else:
            made.append(
                prosecution(
                    place,
                    受理日期=accepted,
                    决定日期=accepted + timedelta(days=5),
                    决定种类="起诉",
                    收到判决裁定日期=accepted + timedelta(days=20),
                    裁判审查表日期=accepted + timedelta(days=place % 40),
                )
            )
    return made


def measure(what: str, work: Callable[[], Any]) -> Any:
    """Do something and print what it took."""
    processor, clock = time.process_time(), time.perf_counter()
    found = work()
    processor, clock = time.process_time() - processor, time.perf_counter() - clock
    print(f"{what:<44} user+sys {processor:6.2f} s   clock {clock:6.2f} s", flush=True)
    return found


def take_in(office: OfficeAtWork, held: list[Card]) -> None:
    """Import the cases for the first time, with the rules really run."""
    day = office.now.date()

    def work(tx: Transaction) -> None:
        prepared = imports.prepare(tx, office.desk, [sheet(held, day, 1)], day=day)
        imports.commit(tx, office.desk, prepared, by="陆明远", actor="person:6")

    office.write(work)


def main(wanted: int) -> None:
    """Measure over that many cases."""
    with TemporaryDirectory() as folder:
        database = Database(sqlite_url(Path(folder) / "office.sqlite"))
        database.migrate()
        office = at_work_on(database, Path(folder))
        with_rules(office)
        officer = office["陆明远"]

        def propose(tx: Transaction) -> None:
            case_proposals.morning(tx, office.desk)
            campaign_proposals.morning(tx, office.desk)

        measure(f"import {wanted:,} cases, every rule", lambda: take_in(office, cards(wanted)))
        measure("morning: cases and campaigns proposed", lambda: office.write(propose))
        measure("/监控 of one case", lambda: officer.say("/监控 1号"))
        measure("/重点, whole office", lambda: officer.say("/重点"))
        measure("campaign over all judgments: start", lambda: started(officer))
        measure("its next case", lambda: officer.press("下一件"))
        measure("that case noted, the one after", lambda: press_all(officer, "无问题"))
        database.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else CASES)
