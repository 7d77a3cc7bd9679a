"""The tables of an exported ledger, cell by cell, counted once more by nothing of the product."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from tests.support.recount import Recount, groups, placed, share

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.support.exported_ledger import Line

Cells = tuple[float | None, ...]
Place = tuple[str | None, str | None]
"""Case type and department of a thing counted."""
Things = list[tuple[set[Place], int]]
"""What a column counts: where each belongs (a notice may belong to several) and how much it is."""
WORK = (
    "watched",
    "effective",
    "problems",
    "oral",
    "notices",
    "chief_reports",
    "feedbacks",
    "corrected_of",
)
ALWAYS = {
    "sources": ("规则巡查", "人工个案", "网页预警", "数据校验管家", "专项"),
    "severities": ("轻微", "较重", "严重"),
    "classes": ("一般问题", "假性超期", "事后改期"),
}
CLASSES = {"ordinary": "一般问题", "false_overdue": "假性超期", "date_changed": "事后改期"}


class RecountedTables(Recount):
    """The tables of a range of days."""

    def things(self, column: str) -> Things:
        if column == "patrolled":
            return [({(kind, None)}, many) for kind, many in self.patrolled().items()]
        if column == "watched":
            return [({(kind, where)}, 1) for _, kind, where in self.watched().values()]
        if column in ("problems", "effective"):
            return self._problems(once_a_case=column == "effective")
        if column == "corrected_of":
            return [({place_of(known)}, 1) for known in self.corrected_problems()]
        if column == "oral":
            lines = self.now("oral_prompt")
            told = [self.told(self.number(line), line["sequence"]) for line in lines]
            return [({place_of(known)}, 1) for known in told]
        return self._papers(column)

    def _problems(self, *, once_a_case: bool) -> Things:
        found = [(seq, str(known["case_no"]), known) for seq, _, known in self.problems()]
        found += [(one["sequence"], self.number(one), one["data"]) for one in self.hand_problems()]
        found.sort(key=lambda one: one[0])
        if once_a_case:
            # a case belongs where its last problem was found
            found = list({case: (seq, case, known) for seq, case, known in found}.values())
        return [({place_of(known)}, 1) for *_, known in found]

    def corrected_problems(self) -> list[Line]:
        found = []
        for _, key, known in self.problems():
            closed = self.closed_how(key)
            if closed is not None and closed[0] in ("cured", "accepted"):
                found.append({**known, "problem_class": self.class_at_end(key)})
        return found

    def _papers(self, column: str) -> Things:
        notices = self.notices()
        if column == "chief_reports":
            notices = [one for one in notices if one["data"]["grave"]]
        if column == "feedbacks":
            signed = [self.number(one) for one in self.feedbacks()]
            issued = self.until("notice_issued")
            notices = [one for number in signed for one in issued if self.number(one) == number]
        return [(self._places(one), 1) for one in notices]

    def _places(self, issued: Line) -> set[Place]:
        told = (self.told(one, issued["sequence"]) for one in issued["data"]["findings"])
        return {place_of(known) for known in told}

    def work(self, row: str) -> dict[str, Cells]:
        """A table of work: every row with every cell, the row of all as 合计."""
        columns = WORK if row == "departments" else ("patrolled", *WORK)
        counted = {one: self.things(one) for one in columns}
        by_row = {one: sorted_by(row, things) for one, things in counted.items()}
        names = {*always(row), *(name for one in by_row.values() for name in one)}
        pending = self.pending() if row == "departments" else {}
        found = {}
        for name in names | set(pending or ()):
            found[name] = with_rate([by_row[one][name] for one in columns], columns)
        totals = [sum(many for _, many in counted[one]) for one in columns]
        found["合计"] = with_rate(totals, columns)
        if row != "departments":
            return found
        if pending is None:
            return {name: (None, *cells) for name, cells in found.items()}
        open_ones = {**pending, "合计": sum(pending.values())}
        return {name: (open_ones.get(name, 0), *cells) for name, cells in found.items()}

    def pending(self) -> dict[str, int] | None:
        """Cases open at the last patrol of the range, by department; None: there was none."""
        runs = self.now("patrolled")
        told = runs[-1]["data"]["pending"] if runs else None
        return None if told is None else {name or "未填": many for name, many in told.items()}

    def problem_table(self, table: str, before: RecountedTables | None) -> dict[str, Cells]:
        """A table of problems: number, share, number before, change, corrected."""
        now = self.problems_of(table)
        then = before.problems_of(table) if before else None
        fixed = Counter(label(table, known) for known in self.corrected_problems())
        whole = sum(now.values())
        found: dict[str, Cells] = {}
        for name in {*ALWAYS.get(table, ()), *now, *(then or ())}:
            many = now[name]
            change = None if then is None else many - then[name]
            earlier = None if then is None else then[name]
            found[name] = (many, share(many, whole), earlier, change, fixed[name])
        return found

    def problems_of(self, table: str) -> Counter[str]:
        told = [
            {**known, "problem_class": self.class_at_end(key)} for _, key, known in self.problems()
        ]
        told += [{"source": line["data"]["source"]} for line in self.hand_problems()]
        return Counter(label(table, known) for known in told)

    def other(self, first: date, last: date) -> RecountedTables | None:
        """The same ledger over other days; None where it began after them."""
        began = min(self.day(line) for line in self.lines)
        if last.isoformat() < began:
            return None
        return RecountedTables(self.lines, first, last)

    def handled_in_months(self) -> dict[str, Cells]:
        """The average handling time of the twelve months that end with the range."""
        year, month = int(self.last[:4]), int(self.last[5:7])
        found: dict[str, Cells] = {}
        for back in range(12):
            then, number = divmod(year * 12 + month - 1 - back, 12)
            first = date(then, number + 1, 1)
            last = first.replace(day=monthrange(then, number + 1)[1])
            counted = Recount(self.lines, first, last).card_totals()
            found[f"{then}年{number + 1}月"] = (counted["handling_days"],)
        return found


def beside(now: dict[str, float | None], then: dict[str, float | None] | None) -> dict[str, Cells]:
    """Each figure's earlier value and its change."""
    if then is None:
        return dict.fromkeys(now, (None, None))
    found: dict[str, Cells] = {}
    for key, value in now.items():
        earlier = then[key]
        known = value is not None and earlier is not None
        found[key] = (earlier, round((value or 0) - (earlier or 0), 1) if known else None)
    return found


def place_of(known: Line) -> Place:
    return known["case_type"], known["department"]


def sorted_by(row: str, things: Things) -> Counter[str]:
    found: Counter[str] = Counter()
    for places, many in things:
        for name in {placed(row, *place) for place in places}:
            found[name] += many
    return found


def with_rate(cells: list[int], columns: Iterable[str]) -> Cells:
    told = dict(zip(columns, cells, strict=True))
    return (*cells, share(told["corrected_of"], told["problems"]))


def always(row: str) -> list[str]:
    """The rows that a table has whatever was counted."""
    if row == "groups":
        return [str(group["name"]) for group in groups()]
    if row == "lines":
        return [str(line["name"]) for group in groups() for line in group["lines"]]
    return []


def label(table: str, known: Line) -> str:
    """The row of a problem in a table of problems."""
    if table == "sources":
        return str(known["source"])
    if table == "severities":
        return known.get("severity") or "未填"
    if table == "classes":
        return CLASSES[known.get("problem_class") or "ordinary"]
    return known.get("group" if table == "categories" else "title") or "人工登记"
