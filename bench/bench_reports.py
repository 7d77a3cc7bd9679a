"""How fast a month is reported over a million entries; `python -m bench.bench_reports [ENTRIES]`.

Prints processor time (user and system), which a busy machine distorts less than the clock does,
and why the clock ran longer: how often others took the processor away, how often a disk was waited
for.
The mix of acts is that of the tests' busy months: of a hundred entries some forty tell of messages.
"""

from __future__ import annotations

import resource
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot.shelf import LateSearch
from handlers.counting import ledger_facts, statistics
from handlers.counting.ranges import month_of
from handlers.desk import Desk
from handlers.registers import books
from handlers.reports import work_report
from handlers.reports.work_report import Signatures
from knowledge import business_lines
from knowledge.calendar import Calendar
from knowledge.rules.loader import load_catalogue
from storage.database import Database, sqlite_url

if TYPE_CHECKING:
    from collections.abc import Callable

    from storage.transaction import Transaction

FIRST = datetime(2023, 1, 2, 8, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
ENTRIES = 1_000_000
PER_COMMIT = 5_000
SPAN = timedelta(days=3 * 365)
TYPES = ("审查逮捕案件", "一审公诉案件", "民事执行活动监督案件", "刑事申诉审查案件")
OTHERS = ("message_sent", "said", "message_sent", "item_opened", "message_sent", "pressed")


def number(place: int) -> str:
    return f"A{place // 100}"


def finding(place: int) -> dict[str, Any]:
    group = place // 100
    return {
        "rule": f"rule-{group % 60}",
        "case_no": f"海东检刑捕受[2025]880201{group % 20_000:06}号",
        "state": "queued",
        "hit_state": "conflict",
        "due": None,
        "done": None,
        "release": "review",
        "released_by": None,
        "certain": True,
        "problem_class": "ordinary",
        "source": "规则巡查",
        "campaign": None,
        "concerns": None,
        "title": f"规则{group % 60}",
        "severity": "轻微",
        "statutory": True,
        "baseline": False,
        "case_type": TYPES[group % len(TYPES)],
        "department": f"第{'一二三四五'[group % 5]}检察部",
        "fact": "审结日期早于受理日期",
        "provisions": [
            {"document": "人民检察院刑事诉讼规则", "article": "第六百六十四条", "paragraph": None}
        ],
        "group": "案卡填录",
        "waits": "review",
    }


def told(place: int) -> dict[int, tuple[str, dict[str, Any]]]:
    """What happens to one finding, by its place among a hundred entries."""
    changed = {"before": finding(place), "after": finding(place), "basis": {}}
    answer = ("answer_recorded", {"intent": "ack", "answer": place})
    return {
        0: ("finding_made", finding(place)),
        10: ("finding_changed", changed),
        20: ("finding_changed", changed),
        30: ("finding_released", {"rule": "rule"}),
        31: ("outcome_decided", {"decided": "oral"}),
        32: ("oral_prompt", {"manner": "电话"}),
        **dict.fromkeys((40, 41, 42, 43), answer),
        **dict.fromkeys((50, 51), ("reviewed_noted", {"answers": [place]})),
        60: ("finding_closed", {"how": "cured"}),
    }


def beside(place: int) -> dict[int, tuple[str, str, dict[str, Any]]]:
    """What goes on beside: a look by hand, a patrol, ten digests."""
    sound = {"sound": True, "case_type": TYPES[0], "department": "第一检察部", "findings": []}
    counts = {"by_type": dict.fromkeys(TYPES, 225), "pending": {}, "added": {}, "snapshot": None}
    digest = {"full": [number(place)], "brief": [], "terms": [], "dry_run": False}
    return {
        70: ("monitored_by_hand", f"case:{place % 9_999}", sound),
        80: ("patrolled", "day:x", {"cases": 900, **counts}),
        **dict.fromkeys(range(5, 100, 10), ("digest_made", f"person:{place % 50}", digest)),
    }


def record(tx: Transaction, place: int) -> None:
    """Put one entry of the mix; a hundred of them make a finding's life."""
    step, person = place % 100, f"person:{place % 7}"
    if step in LIFE:
        act, data = told(place)[step]
        tx.record(act, f"finding:{number(place)}", actor=person if step else "system", data=data)
    elif step in BESIDE:
        act, object_, data = beside(place)[step]
        tx.record(act, object_, actor=person, data=data)
    else:
        tx.record(OTHERS[step % len(OTHERS)], f"outbox:{place}", actor="system", data={"n": step})


LIFE, BESIDE = frozenset(told(0)), frozenset(beside(0))


def grow(database: Database, entries: int) -> None:
    for start in range(0, entries, PER_COMMIT):
        with database.transaction(FIRST + SPAN * (start / entries)) as tx:
            for place in range(start, min(start + PER_COMMIT, entries)):
                record(tx, place)


def measure(what: str, work: Callable[[], Any]) -> Any:
    before, clock = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
    found = work()
    after, clock = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter() - clock
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    taken, waited = after.ru_nivcsw - before.ru_nivcsw, after.ru_nvcsw - before.ru_nvcsw
    read = after.ru_inblock - before.ru_inblock
    print(
        f"{what:<46} user+sys {processor:6.2f} s   clock {clock:6.2f} s   "
        f"taken away {taken}, waited {waited}, blocks read {read}",
        flush=True,
    )
    return found


def at_a_desk(folder: Path) -> Desk:
    rules = {one.id: one for one in load_catalogue().rules}
    search = LateSearch(folder)
    return Desk(office="院", calendar=Calendar(), rules=rules, search=search, doors={}, settings={})


def main(entries: int) -> None:
    with TemporaryDirectory() as folder:
        database = Database(sqlite_url(Path(folder) / "office.sqlite"))
        database.migrate()
        measure(f"write {entries:,} entries", lambda: grow(database, entries))
        during = month_of((FIRST + SPAN - timedelta(days=40)).date(), "calendar")
        told: list[int] = []
        with database.reading() as session:
            facts = measure(
                "read the facts, with progress",
                lambda: ledger_facts.read(session, progress=lambda done, _: told.append(done)),
            )
        lines = business_lines.shipped()
        counted = measure(
            "count a month beside two others",
            lambda: statistics.compute(facts, during, lines, office="院"),
        )
        measure("write it as a workbook", lambda: books.statistics_book(counted, "intranet"))
        desk = at_a_desk(Path(folder))
        report = measure(
            "count it again and compose the month's report",
            lambda: work_report.count(desk, facts, "monthly", during),
        )
        signed, day = Signatures("起草人", "审核人", "签发人", "1"), (FIRST + SPAN).date()
        with database.reading() as session:
            papers = measure(
                "draw it, twice, with both annexes",
                lambda: work_report.papers(desk, session, report, day=day, signed=signed),
            )
        assert papers.full
        assert told[-1] == entries
        assert counted.totals["problems"].value
        database.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ENTRIES)
