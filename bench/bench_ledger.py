"""How fast a million entries are verified; `python bench/bench_ledger.py [ENTRIES]`.

Prints processor time (user and system), which a busy machine distorts less than the clock does.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from storage import ledger, ledger_export, ledger_file
from storage.database import Database, sqlite_url

if TYPE_CHECKING:
    from collections.abc import Callable

    from storage.ledger_check import Verdict

NOW = datetime(2026, 6, 15, 8, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
ENTRIES = 1_000_000
PER_COMMIT = 5_000
SCRIPT = Path(__file__).resolve().parents[1] / "tools" / "verify_ledger.py"


def grow(database: Database, entries: int) -> None:
    """Entries as an office makes them; one in five has a personal text."""
    for start in range(0, entries, PER_COMMIT):
        with database.transaction(NOW + timedelta(minutes=start // PER_COMMIT)) as tx:
            for number in range(start, min(start + PER_COMMIT, entries)):
                tx.record(
                    "claim" if number % 3 else "message_sent",
                    f"finding:A{number % 90:02d}",
                    actor=f"person:{number % 50}",
                    data={"field": "审结日期", "value": NOW.date(), "rule": f"PC-{number % 60}"},
                    text="是5.27，改好了" if number % 5 == 0 else None,
                )


def spent() -> float:
    found = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in found)


def measure(what: str, work: Callable[[], object]) -> None:
    processor, clock = spent(), time.perf_counter()
    work()
    processor, clock = spent() - processor, time.perf_counter() - clock
    print(f"{what:<44} user+sys {processor:6.2f} s   clock {clock:6.2f} s")


def intact(verdict: Verdict) -> None:
    assert verdict.ok, verdict


def alone(*arguments: Path) -> None:
    words = [sys.executable, "-I", "-S", str(SCRIPT), *map(str, arguments)]
    subprocess.run(words, check=True, capture_output=True)  # noqa: S603 - our own script


def main(entries: int) -> None:
    with TemporaryDirectory() as folder:
        stored = Path(folder) / "office.sqlite"
        files = ledger_export.Files(Path(folder) / "ledger.jsonl", Path(folder) / "texts.jsonl")
        database = Database(sqlite_url(stored))
        database.migrate()
        measure(f"write {entries:,} entries", lambda: grow(database, entries))
        measure("product: database", lambda: intact(ledger.verify(database)))
        measure(
            "export chain and texts",
            lambda: ledger_export.export(database, files, now=NOW, actor="operator"),
        )
        chain, texts = files.chain, files.texts
        assert texts is not None
        measure("product: export", lambda: intact(ledger_file.verify_file(chain)))
        measure(
            "product: export with texts",
            lambda: intact(ledger_file.verify_file(chain, texts=texts)),
        )
        database.close()
        measure("stand-alone: database", lambda: alone(stored))
        measure("stand-alone: export", lambda: alone(chain))
        measure("stand-alone: export with texts", lambda: alone(chain, Path("--texts"), texts))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ENTRIES)
