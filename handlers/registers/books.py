"""The workbooks: daily log, register, statistics; one sheet a year, definitions under tables."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from handlers.documents import workbook
from handlers.documents.workbook import Column, Table
from handlers.registers import daily_log, publication_register, register, shown
from handlers.registers.shown import HIDDEN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handlers.counting.facts import Facts
    from handlers.counting.figures import Figure
    from handlers.counting.statistics import Statistics
    from handlers.counting.tabling import StatisticsTable
    from handlers.desk import Clearance
    from knowledge.business_lines import BusinessLines
    from storage.session import Session

LOG, REGISTER, PUBLICATION, STATISTICS = (
    "流程监控日志",
    "流程监控台账",
    "文书公开台账",
    "流程监控统计",
)
PROOF = "流水依据"
UNSORTED_IN = frozenset({"groups", "lines"})
UNSORTED_NOTE = (
    "未归类的案件类别：{types}；可在数据目录的 business_lines.yaml 中补充，没有补充之前不猜。"
)
HEAD_WIDTH, FIGURE_WIDTH = 26, 11
MOST_LISTED = 400
"""Entries named in one cell; a cell holds some 32,000 characters."""


def log_book(
    session: Session, facts: Facts, clearance: Clearance, *, office: str, day: date
) -> bytes:
    """Make the log of a day: that day on a sheet of its own, then the year up to it."""
    first = date(day.year, 1, 1)
    known = shown.load(
        session,
        office,
        clearance,
        entries=daily_log.entries(facts, first, day),
        cases=register.cases(facts),
    )
    rows = daily_log.rows(facts, known, first, day)
    today = tuple(row for row in rows if row[daily_log.DAY] == day)
    today = today or (daily_log.nothing_at_all(day),)
    tables = [
        Table(f"{day.month}月{day.day}日", daily_log.COLUMNS, today),
        *workbook.yearly(LOG, daily_log.COLUMNS, rows, day=daily_log.DAY),
        workbook.code_table({"监控方式": register.CODES["监控方式"]}),
    ]
    return workbook.write(tables, title=f"{office}{LOG}", ledger_head=facts.head)


def register_book(
    session: Session,
    facts: Facts,
    lines: BusinessLines,
    clearance: Clearance,
    *,
    office: str,
    year: int | None = None,
) -> bytes:
    """Make the register with the one of publication, a sheet a year; of one year where asked."""
    known = shown.load(
        session,
        office,
        clearance,
        entries=[*register.entries(facts), *publication_register.entries(facts)],
        cases=register.cases(facts) | publication_register.cases(facts),
    )
    rows = _of_year(register.rows(facts, lines, known), register.DAY, year)
    public = _of_year(publication_register.rows(facts, known), publication_register.DAY, year)
    tables = [
        *_yearly(REGISTER, register.COLUMNS, rows, register.DAY, year),
        *(
            Table(one.name, one.columns, one.rows, (publication_register.DUE_BY,))
            for one in _yearly(
                PUBLICATION,
                publication_register.COLUMNS,
                public,
                publication_register.DAY,
                year,
            )
        ),
        workbook.code_table(register.CODES),
    ]
    return workbook.write(tables, title=f"{office}{REGISTER}", ledger_head=facts.head)


def _of_year(rows: list[workbook.Row], place: int, year: int | None) -> list[workbook.Row]:
    if year is None:
        return rows
    return [row for row in rows if isinstance(day := row[place], date) and day.year == year]


def _yearly(
    name: str, columns: tuple[Column, ...], rows: list[workbook.Row], day: int, year: int | None
) -> list[Table]:
    """Split by year; where nothing is known yet there is an empty sheet all the same."""
    found = workbook.yearly(name, columns, rows, day=day)
    return found or [Table(f"{name}{f'{year}年' if year else ''}", columns, ())]


def statistics_book(statistics: Statistics, clearance: Clearance) -> bytes:
    """Make the statistics: a sheet a table with its definitions, and what each figure counts.

    On an internet door the entries are named and the cases are not.
    """
    tables = [_table(one, statistics) for one in statistics.tables]
    tables.append(_proof(statistics, clearance))
    title = f"{statistics.office}{STATISTICS}（{statistics.during.title}）"
    return workbook.write(tables, title=title, ledger_head=statistics.head)


def _table(one: StatisticsTable, statistics: Statistics) -> Table:
    columns = (
        Column(one.head, HEAD_WIDTH),
        *(Column(name, max(FIGURE_WIDTH, len(name) * 2 + 1)) for name in one.columns),
    )
    rows = tuple((row.name, *(_cell(figure) for figure in row.figures)) for row in one.rows)
    notes = [statistics.range_line, *one.definitions]
    if statistics.unsorted and one.key in UNSORTED_IN:
        notes.append(UNSORTED_NOTE.format(types="、".join(statistics.unsorted)))
    return Table(one.title, columns, rows, tuple(notes))


def _cell(figure: Figure | None) -> workbook.CellValue:
    if figure is None or figure.value is None:
        return "—"
    if figure.unit == "%":
        return figure.written
    return int(figure.value) if figure.value == int(figure.value) else figure.value


def _proof(statistics: Statistics, clearance: Clearance) -> Table:
    columns = (
        Column("项目", 22),
        Column("数值", 10),
        Column("流水号", 60),
        Column("部门受案号", 60),
    )
    rows = tuple(
        (
            f"{one.name}（{one.unit}）",
            _cell(one),
            _listed(one.entries),
            _listed(one.cases) if clearance == "intranet" else (HIDDEN if one.cases else ""),
        )
        for one in statistics.totals.values()
    )
    notes = (
        statistics.range_line,
        "每个数值所计的流水，可用 fangyuan ledger export 导出后逐条核对。",
    )
    return Table(PROOF, columns, rows, notes)


def _listed(numbers: Iterable[object]) -> str:
    told = [str(one) for one in numbers]
    more = f"等 {len(told)} 项" if len(told) > MOST_LISTED else ""
    return "、".join(told[:MOST_LISTED]) + more
