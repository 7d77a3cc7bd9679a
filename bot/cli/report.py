"""`fangyuan report daily / register / statistics`: what is counted and written from the ledger."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.cli.user import OPERATOR
from bot.office import open_office
from bot.standing import as_of, existing
from handlers.counting import ledger_facts, proofs, ranges, summary
from handlers.counting import statistics as counting
from handlers.documents.whole_files import write_whole
from handlers.registers import books

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date, datetime
    from pathlib import Path

    from bot.office import Office
    from handlers.counting.facts import Facts
    from handlers.counting.figures import Figure
    from handlers.counting.statistics import Statistics
    from handlers.counting.tabling import StatisticsTable
    from storage.ledger_stream import Progress
    from storage.session import Session


@dataclass(frozen=True)
class Wanted:
    """What `report statistics` was asked for."""

    range: str | None = None
    as_json: bool = False
    out: Path | None = None
    figure: str | None = None
    entry: int | None = None


def daily(root: Path, out: Path, day: date | None, *, now: datetime) -> None:
    """Write the log of a day."""
    with opened(root) as office:
        with office.database.reading() as session:
            day = day or as_of(session, office.name, now.date())
            facts = facts_of(session)
            book = books.log_book(session, facts, "intranet", office=office.name, day=day)
        _keep(office, out, f"{books.LOG}（{day}）", book, now=now)


def register(root: Path, out: Path, year: int | None, *, now: datetime) -> None:
    """Write the register of a year, or of all years."""
    with opened(root) as office:
        lines = office.report_policy().lines
        with office.database.reading() as session:
            book = books.register_book(
                session, facts_of(session), lines, "intranet", office=office.name, year=year
            )
        _keep(office, out, f"{books.REGISTER}（{f'{year}年' if year else '各年'}）", book, now=now)


def statistics(root: Path, wanted: Wanted, *, now: datetime) -> None:
    """Print the statistics of a range, or walk from a figure to its entries and back."""
    with opened(root) as office:
        policy = office.report_policy()
        with office.database.reading() as session:
            during = _range(session, wanted, now, policy.month)
            found = counting.compute(facts_of(session), during, policy.lines, office=office.name)
            _print(session, found, wanted, office=office.name)
        if wanted.out is not None:
            book = books.statistics_book(found, "intranet")
            _keep(office, wanted.out, f"{books.STATISTICS}（{during.title}）", book, now=now)


def _range(
    session: Session, wanted: Wanted, now: datetime, manner: ranges.MonthManner
) -> ranges.Range:
    if wanted.range is not None:
        return ranges.read_range(wanted.range, now.date(), manner)
    if wanted.entry is not None:
        return ranges.month_of(proofs.day_of(session, wanted.entry), manner)
    return ranges.last_full(now.date(), manner)


def _print(session: Session, found: Statistics, wanted: Wanted, *, office: str) -> None:
    if wanted.figure is not None:
        one = proofs.find(found, wanted.figure)
        if wanted.as_json:
            print(_as_line(one, found))
        else:
            print(_walk(one, proofs.cases_with_entries(session, one, office=office)))
    elif wanted.entry is not None:
        if wanted.as_json:
            counted = [one.key for one in proofs.counting(found, wanted.entry)]
            print(json.dumps({"entry": wanted.entry, "figures": counted}))
        else:
            print(proofs.of_entry(session, found, wanted.entry, "intranet", office=office))
    elif wanted.as_json:
        for line in _lines(found):
            print(line)
    else:
        print("\n".join(_text(found)))


def _walk(one: Figure, entries: Mapping[str, Sequence[int]]) -> str:
    lines = [f"{one.name} {one.written}{'' if one.unit == '%' else one.unit}", one.definition]
    lines += [f"案件 {proofs.with_entries(case, entries[case])}" for case in one.cases]
    lines.append(f"流水 {'、'.join(str(seq) for seq in one.entries) or '无'}")
    return "\n".join(lines)


def _lines(found: Statistics) -> Iterator[str]:
    """Return the whole as JSON lines: the range, each figure, each row of each table."""
    during = found.during
    span = {"title": during.title, "from": f"{during.start}", "to": f"{during.end}"}
    yield _json({"range": span, "office": found.office, "head": found.head})
    for one in found.totals.values():
        yield _as_line(one, found)
    for table in found.tables:
        if table.key != "totals":
            yield from _rows(table)


def _as_line(one: Figure, found: Statistics) -> str:
    before = found.before[one.key].value if found.before else None
    year_ago = found.year_ago[one.key].value if found.year_ago else None
    return _json({**described(one), "before": before, "year_ago": year_ago})


def described(one: Figure) -> dict[str, object]:
    """Return a figure for machines, with its proof."""
    return {
        "key": one.key,
        "name": one.name,
        "unit": one.unit,
        "value": one.value,
        "definition": one.definition,
        "entries": list(one.entries),
        "cases": list(one.cases),
    }


def _rows(table: StatisticsTable) -> Iterator[str]:
    for row in table.rows:
        named = zip(table.columns, row.figures, strict=True)
        told = [
            {"column": column, **(described(one) if one is not None else {"value": None})}
            for column, one in named
        ]
        yield _json({"table": table.key, "row": row.name, "figures": told})


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False)


def _text(found: Statistics) -> Iterator[str]:
    yield summary.sentence(found)
    yield found.range_line
    for table in found.tables:
        yield ""
        yield f"{table.title}（{table.head}：{'、'.join(table.columns)}）"
        for row in table.rows:
            said = "、".join(one.written if one is not None else "—" for one in row.figures)
            yield f"  {row.name}：{said}"
        if table.definitions:
            yield "  说明："
            yield from (f"    {line}" for line in table.definitions)


@contextmanager
def opened(root: Path) -> Iterator[Office]:
    """Open the office of a home, and give it back."""
    office = open_office(existing(root))
    try:
        yield office
    finally:
        office.close()


def facts_of(session: Session) -> Facts:
    """Read the facts, with a bar where somebody looks on."""
    if not sys.stderr.isatty():
        return ledger_facts.read(session)
    # rich takes a tenth of a second to import, and machines want no bar
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import Progress as Bar  # noqa: PLC0415

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("读取流水", total=None)

        def tell(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        progress: Progress = tell
        return ledger_facts.read(session, progress=progress)


def _keep(office: Office, out: Path, name: str, book: bytes, *, now: datetime) -> None:
    """Write a workbook and record that it was made; it holds names."""
    path = write_whole(out / f"{name}.xlsx", book)
    with office.database.transaction(now) as tx:
        data = {"name": path.name, "clearance": "intranet"}
        tx.record("report_made", "report:file", actor=OPERATOR, data=data)
    print(path)
