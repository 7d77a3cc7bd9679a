"""A query under construction: layers of SELECT, one in the other."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from bench.patrol.in_duckdb import Duck
    from bench.patrol.view import Holds, Sheet

ORDER = {"=": "=", "<": "<", "≤": "<=", ">": ">", "≥": ">="}


def quoted(name: str) -> str:
    """Quote a name."""
    return '"' + name.replace('"', '""') + '"'


def text(value: str) -> str:
    """Quote a text."""
    return "'" + value.replace("'", "''") + "'"


def truth(holds: Holds) -> str:
    """Write out a condition that may be settled."""
    return str(holds).upper() if isinstance(holds, bool) else str(holds)


@dataclass
class SqlRows:
    """A query under construction: layers of SELECT, one in the other."""

    engine: Duck
    sheet: Sheet
    source: str
    pending: list[tuple[str, str]] = field(default_factory=list)
    count_: int = 0

    def flush(self) -> None:
        if self.pending:
            added = ", ".join(f"{value} AS {quoted(name)}" for name, value in self.pending)
            self.source = f"(SELECT *, {added} FROM {self.source})"
            self.pending = []

    def column(self, name: str) -> str:
        return quoted(name)

    def define(self, name: str, value: str) -> str:
        self.flush()
        self.pending.append((name, value))
        self.flush()
        return quoted(name)

    def where(self, holds: str) -> None:
        self.flush()
        self.source = f"(SELECT * FROM {self.source} WHERE {holds})"

    def day(self, value: date) -> str:
        return f"DATE '{value}'"

    def text(self, value: str) -> str:
        return text(value)

    def number(self, value: float) -> str:
        return str(value)

    def flag(self, holds: Holds) -> str:
        return truth(holds) if isinstance(holds, bool) else f"COALESCE({holds}, FALSE)"

    def holds(self, value: str) -> str:
        return value

    def every(self, parts: Sequence[str]) -> str:
        return "(" + " AND ".join(parts) + ")"

    def some(self, parts: Sequence[str]) -> str:
        return "(" + " OR ".join(parts) + ")"

    def negated(self, part: str) -> str:
        return f"(({part}) IS NOT TRUE)"

    def is_blank(self, value: str) -> str:
        return f"({value} IS NULL)"

    def compare(self, operator: str, left: str, right: str) -> str:
        return f"({left} {ORDER[operator]} {right})"

    def differs(self, left: str, right: str) -> str:
        return f"({right} IS NOT NULL AND {left} IS DISTINCT FROM {right})"

    def member(self, value: str, values: Sequence[Any]) -> str:
        told = ", ".join(text(each) if isinstance(each, str) else str(each) for each in values)
        return f"({value} IN ({told}))"

    def contains(self, value: str, word: str) -> str:
        return f"contains({value}, {text(word)})"

    def chosen(self, cases: Sequence[tuple[Holds, str | None]], otherwise: str | None) -> str:
        if not cases:
            return otherwise or "NULL"
        told = " ".join(f"WHEN {truth(holds)} THEN {value or 'NULL'}" for holds, value in cases)
        return f"(CASE {told} ELSE {otherwise or 'NULL'} END)"

    def plus_days(self, value: str, days: int | str) -> str:
        return f"({value} + CAST({days} AS INTEGER))"

    def plus_months(self, value: str, months: int) -> str:
        moved = f"CAST({value} + INTERVAL {months} MONTH AS DATE)"
        return f"(CASE WHEN {value} = last_day({value}) THEN last_day({moved}) ELSE {moved} END)"

    def plus_hours(self, value: str, hours: int) -> str:
        return f"({value} + INTERVAL {hours} HOUR)"

    def day_of(self, value: str) -> str:
        return f"CAST({value} AS DATE)"

    def days_between(self, left: str, right: str) -> str:
        return f"abs({left} - {right})"

    def age(self, born: str, on: str) -> str:
        return (
            f"(year({on}) - year({born}) - CASE WHEN month({on}) * 100 + day({on}) <= "
            f"month({born}) * 100 + day({born}) THEN 1 ELSE 0 END)"
        )

    def digits(self, value: str) -> str:
        plain = f"regexp_full_match({value}, '[0-9]+')"
        return f"(CASE WHEN {value} IS NULL THEN NULL WHEN {plain} THEN length({value}) ELSE 0 END)"

    def arithmetic(self, sign: str, left: str, right: str) -> str:
        return f"({left} {sign} {right})"

    def count(self, parts: Sequence[Holds]) -> str:
        return (
            "("
            + " + ".join(f"CASE WHEN {self.flag(each)} THEN 1 ELSE 0 END" for each in parts)
            + ")"
        )

    def capped(self, value: str, most: int) -> str:
        return f"CAST(trunc(greatest(0, least({most}, COALESCE({value}, 0)))) AS INTEGER)"

    def charges(self, cells: Sequence[str], *, whole_case: bool) -> str:
        joint = f"concat_ws(',', {', '.join(map(quoted, cells))})"
        plain = f"regexp_replace({joint}, '[（(][^（）()]*[）)]', '', 'g')"
        split = f"list_transform(string_split_regex({plain}, '[,，]'), lambda x: trim(x))"
        own = f"list_sort(list_distinct(list_filter({split}, lambda x: x <> '')))"
        own = f"(CASE WHEN len({own}) > 0 THEN {own} END)"
        if not whole_case:
            return own
        name = f"charges{len(cells)}"
        listed = f'list({own}) FILTER ({own} IS NOT NULL) OVER (PARTITION BY "#case")'
        joined = f"list_sort(list_distinct(flatten({listed})))"
        return self.define(name, f"(CASE WHEN len({joined}) > 0 THEN {joined} END)")

    def within(self, left: str, right: str) -> str:
        return f"list_has_all({right}, {left})"

    def has_charge(self, charges: str, names: frozenset[str], *, only: bool) -> str:
        listed = "[" + ", ".join(text(name) for name in sorted(names)) + "]"
        return (
            f"list_has_all({listed}, {charges})" if only else f"list_has_any({charges}, {listed})"
        )

    def persons(self) -> str:
        size = 'count(*) OVER (PARTITION BY "#case")'
        return self.define("persons", f'(CASE WHEN "#person" IS NOT NULL THEN {size} END)')

    def _joined(self, table: str, own: str, other: str, shown: str) -> None:
        self.flush()
        self.source = (
            f"(SELECT q.*, {shown} FROM {self.source} q LEFT JOIN {table} o "
            f"ON o.{quoted(other)} = q.{quoted(own)})"
        )

    def same_number(self) -> str:
        self._joined("same_number", "#person", "person", 'COALESCE(o.n, 1) AS "same_number"')
        return self.chosen([('"#person" IS NOT NULL', '"same_number"')], None)

    def offices(self) -> str:
        self._joined("offices", "统一受案号", "number", 'COALESCE(o.n, 1) AS "offices"')
        return self.chosen([('"统一受案号" IS NOT NULL', '"offices"')], None)

    def word(self) -> str:
        pattern = "^.{1,8}?(检|院)(.{1,8}?)\\[[0-9]{4}\\][0-9]{11,12}号$"
        return f"NULLIF(regexp_extract(\"#case\", {text(pattern)}, 2), '')"

    def case_has(self, part: str) -> str:
        self.count_ += 1
        whole = f'bool_or({self.flag(part)}) OVER (PARTITION BY "#case")'
        return self.define(f"case_has{self.count_}", whole)

    def other(self, table: str, name: str) -> str:
        self.count_ += 1
        shown = f"other{self.count_}"
        self._joined(f"newest_{table}", "#person", "#person", f"o.{quoted(name)} AS {shown}")
        return shown

    def has_record(self, table: str) -> str:
        self.count_ += 1
        shown = f"record{self.count_}"
        self._joined(
            f"newest_{table}", "#person", "#person", f'(o."#person" IS NOT NULL) AS {shown}'
        )
        return shown

    def looked_up(self, table: str, day: str) -> str:
        self.count_ += 1
        name, own = f"looked{self.count_}", f"day{self.count_}"
        self.define(own, f"CAST({day} AS DATE)")
        self._joined("days", own, "day", f"o.{quoted(table)} AS {name}")
        return name

    def end(self, name: str) -> str:
        shown = f"end_{name}"
        if f" AS {shown} " not in self.source:
            self._joined(f"ends{self.sheet.number}", "#row", "#row", f"o.{name} AS {shown}")
        return shown
