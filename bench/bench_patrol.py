"""Patrol 3,000 rows: the whole command by the wall clock, and polars against plain Python.

Prints one JSON line: wall seconds of `fangyuan patrol --cases`, seconds of the evaluation alone,
seconds of the same checks row by row in Python, and the ratio of the two in this run.
"""

from __future__ import annotations

import csv
import json
import random
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from bot.cli.case_files import read
from knowledge.calendar import Calendar
from knowledge.periods import add_months
from knowledge.rules import patrol
from knowledge.rules.loader import load_catalogue
from knowledge.rules.rule import CheckBody

ROWS = 3000
AS_OF = date(2026, 6, 15)
ROOT = Path(__file__).resolve().parents[1]
HEADINGS = (
    "部门受案号", "统一受案号", "案件类别", "承办单位", "承办部门", "承办检察官", "移送单位名称",
    "移送案由", "嫌疑人编号", "作案时年龄", "受理日期", "到期日期", "审结日期", "审结处理结果",
    "办结日期", "完成日期", "归档日期", "强制措施", "强制措施开始日期", "强制措施到期日期",
    "羁押开始日期", "羁押到期日期", "适用认罪认罚", "庭审程序", "执行日期", "一审判决书收到日期",
    "一审判决生效日期",
)  # fmt: skip


def write_export(path: Path, rows: int) -> None:
    chance = random.Random(7)  # noqa: S311 - the same rows every time
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(HEADINGS)
        for place in range(rows):
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


def whole_command(path: Path) -> float:
    script = "from bot.cli.main import main; main()"
    command = [sys.executable, "-c", script, "patrol", "--cases", str(path), "--date"]
    began = time.perf_counter()
    subprocess.run(  # noqa: S603 - our own program
        [*command, AS_OF.isoformat(), "--json"], check=True, cwd=ROOT, stdout=subprocess.DEVNULL
    )
    return time.perf_counter() - began


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export.csv"
        write_export(path, rows)
        wall = min(whole_command(path) for _ in range(3))
        cards = read([path], AS_OF, AS_OF).cards
    rules, calendar = load_catalogue().rules, Calendar()
    checks = [rule for rule in rules if isinstance(rule.body, CheckBody)]
    asked = {"as_of": AS_OF, "calendar": calendar, "settings": {}, "horizon": AS_OF}
    began = time.perf_counter()
    result = patrol.evaluate(cards, rules, **asked)  # type: ignore[arg-type]
    compiled = time.perf_counter() - began
    run = patrol.finished(cards, rules, **asked)  # type: ignore[arg-type]
    around = patrol.surroundings(run, cards)
    began = time.perf_counter()
    held = 0
    for rule in checks:
        body = rule.body
        assert isinstance(body, CheckBody)
        for place in range(len(cards.cards)):
            held += patrol.row_of(rule, place, run, around).holds(body.condition)
    naive = time.perf_counter() - began
    print(
        json.dumps(
            {
                "rows": rows,
                "rules": len(rules),
                "hits": len(result.hits),
                "wall_s": round(wall, 2),
                "evaluate_s": round(compiled, 3),
                "row_by_row_checks_only_s": round(naive, 3),
                "ratio": round(naive / compiled, 1),
            }
        )
    )


if __name__ == "__main__":
    main()
