"""Patrol 3,000 and 100,000 rows: the whole command, the evaluation, and plain Python beside it.

Prints a JSON line for each size: wall seconds of `fangyuan patrol --cases` (the small size only),
seconds of reading and of the evaluation, cards × rules in a second, the process's peak memory (the
export read and all), the same rate of the checks row by row in Python on the first rows, and the
ratio of the two in this run. Every hit has its words made.
"""

from __future__ import annotations

import csv
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.case_files import read
from knowledge.calendar import Calendar
from knowledge.cards import CardSet
from knowledge.periods import add_months
from knowledge.rules import patrol
from knowledge.rules.loader import load_catalogue
from knowledge.rules.rule import CheckBody
from knowledge.rules.run import Asked
from knowledge.rules.source import Cards

if TYPE_CHECKING:
    from collections.abc import Sequence

ROWS, MANY, SAMPLE = 3000, 100_000, 2000
PER_FILE = 20_000
AS_OF = date(2026, 6, 15)
ROOT = Path(__file__).resolve().parents[1]
HEADINGS = (
    "部门受案号", "统一受案号", "案件类别", "承办单位", "承办部门", "承办检察官", "移送单位名称",
    "移送案由", "嫌疑人编号", "作案时年龄", "受理日期", "到期日期", "审结日期", "审结处理结果",
    "办结日期", "完成日期", "归档日期", "强制措施", "强制措施开始日期", "强制措施到期日期",
    "羁押开始日期", "羁押到期日期", "适用认罪认罚", "庭审程序", "执行日期", "一审判决书收到日期",
    "一审判决生效日期",
)  # fmt: skip


def write_exports(folder: Path, rows: int) -> list[Path]:
    """Write as many files as the reader's limit of rows asks for."""
    chance = random.Random(7)  # noqa: S311 - the same rows every time
    paths = []
    for first in range(0, rows, PER_FILE):
        paths.append(folder / f"export{first}.csv")
        write_export(paths[-1], range(first, min(first + PER_FILE, rows)), chance)
    return paths


def write_export(path: Path, places: range, chance: random.Random) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(HEADINGS)
        for place in places:
            table.writerow(_row(place, chance))


def _row(place: int, chance: random.Random) -> list[object]:
    arrest = chance.random() < 0.4
    accepted = AS_OF - timedelta(days=chance.randrange(1, 200))
    due = accepted + timedelta(days=7) if arrest else add_months(accepted, 1)
    term = (due - accepted).days
    late = chance.random() < 0.03
    decided: date | str = accepted + timedelta(days=term + 3 if late else chance.randrange(1, term))
    if isinstance(decided, date) and decided > AS_OF:
        decided = ""
    measure = "拘留" if arrest else chance.choice(["逮捕", "取保候审"])
    word, kind = ("刑捕受", "审查逮捕案件") if arrest else ("刑诉受", "一审公诉案件")
    result = ("批准逮捕" if arrest else "起诉") if decided else ""
    done = decided or ""
    return [
        f"例检{word}[2026]990103{place:06d}号", f"990103{place:011d}", kind, "某院", "第一检察部",
        "" if chance.random() < 0.01 else "某甲", "某市公安局", chance.choice(["盗窃罪", "诈骗罪"]),
        f"9901032026{place:07d}", 30, accepted, due, decided, result,
        done, done, done, measure, accepted - timedelta(days=3), "", accepted - timedelta(days=3),
        "", "是", "", done, "", "",
    ]  # fmt: skip


def whole_command(paths: Sequence[Path]) -> float:
    script = "from bot.cli.main import main; main()"
    command = [sys.executable, "-c", script, "patrol", "--cases", *map(str, paths), "--date"]
    began = time.perf_counter()
    subprocess.run(  # noqa: S603 - our own program
        [*command, AS_OF.isoformat(), "--json"], check=True, cwd=ROOT, stdout=subprocess.DEVNULL
    )
    return time.perf_counter() - began


@dataclass(frozen=True)
class Measured:
    """Seconds of the evaluation and of plain Python on a sample, in one process."""

    rows: int
    rules: int
    hits: int
    read_s: float
    evaluate_s: float
    peak_mib: int
    sample: int
    checks: int
    row_by_row_s: float

    @property
    def rate(self) -> float:
        """Cards times rules in a second, hits with their words made."""
        return self.rows * self.rules / self.evaluate_s

    @property
    def plain_rate(self) -> float:
        """Cards times rules in a second, row by row in Python: conditions only, no terms."""
        return self.sample * self.checks / self.row_by_row_s


def measure(paths: Sequence[Path], rows: int) -> Measured:
    began = time.perf_counter()
    cards = read(paths, AS_OF, AS_OF).cards
    read_s = time.perf_counter() - began
    rules, calendar = load_catalogue().rules, Calendar()
    checks = [rule for rule in rules if isinstance(rule.body, CheckBody)]
    asked = {"as_of": AS_OF, "calendar": calendar, "settings": {}, "horizon": AS_OF}
    began = time.perf_counter()
    result = patrol.evaluate(cards, rules, **asked)  # type: ignore[arg-type]
    evaluate_s = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    few = CardSet(cards.cards[:SAMPLE])
    found = patrol.find(Cards(few), rules, Asked(AS_OF, AS_OF, calendar, {}))
    began = time.perf_counter()
    for rule in checks:
        body = rule.body
        assert isinstance(body, CheckBody)
        for place in range(len(few.cards)):
            found.row(rule, place).holds(body.condition)
    plain_s = time.perf_counter() - began
    return Measured(
        rows, len(rules), len(result.hits), read_s, evaluate_s, peak, len(few.cards), len(checks),
        plain_s,
    )  # fmt: skip


def others() -> dict[str, str]:
    """Say which engines could be measured beside us on this machine."""
    return {
        name: "importable, not measured" if find_spec(name) else "absent"
        for name in ("duckdb", "pandas")
    }


def main() -> None:
    sizes = [int(word) for word in sys.argv[1:]] or [ROWS, MANY]
    for rows in sizes:
        with tempfile.TemporaryDirectory() as folder:
            paths = write_exports(Path(folder), rows)
            wall = min(whole_command(paths) for _ in range(3)) if rows <= ROWS else None
            found = measure(paths, rows)
        print(
            json.dumps(
                {
                    "rows": found.rows,
                    "rules": found.rules,
                    "hits": found.hits,
                    "wall_s": round(wall, 2) if wall else None,
                    "read_s": round(found.read_s, 2),
                    "evaluate_s": round(found.evaluate_s, 3),
                    "cards_rules_per_s": round(found.rate),
                    "peak_mib": found.peak_mib,
                    "plain_python_cards_rules_per_s": round(found.plain_rate),
                    "ratio": round(found.rate / found.plain_rate, 1),
                    **others(),
                }
            ),
            flush=True,
        )


if __name__ == "__main__":
    main()
