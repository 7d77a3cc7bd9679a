"""The lists behind a report: its notices, its problems; they name cases and stay in the house."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.counting import noticing, stories, watching
from handlers.documents.work_report_facts import ReportRow, ReportTable
from handlers.registers import register
from knowledge.business_lines import case_type_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from handlers.counting.facts import Facts, NoticeFacts, Stamp
    from handlers.counting.ranges import Range
    from handlers.registers.shown import Shown

NOTICE_COLUMNS = ("文号", "承办部门", "问题数", "制发", "收到", "应回复", "回复", "结果")
PROBLEM_COLUMNS = ("监控日期", "部门受案号", "案件类别", "问题", "监控方式", "整改情况")
RESULTS = {"corrected": "已纠正", "follow": "继续跟踪", "upheld": "维持", "withdrawn": "撤回"}
TO_ANSWER, TO_REVIEW = "待答复", "待复核"
NOTHING = "（无）"
SHORT_DAYS = "只写月日的日期，均为{year}年。"


def notices(facts: Facts, during: Range, shown: Shown) -> ReportTable:
    """List the notices counted in a range, oldest first, as they stood at its end."""
    del shown
    counted = sorted(noticing.issued(facts, during), key=lambda one: one[1].seq)
    rows = tuple(ReportRow(_notice(notice, stamp, during)) for notice, stamp in counted)
    return _list("通知书清单", NOTICE_COLUMNS, rows, during.end.year)


def problems(facts: Facts, during: Range, shown: Shown) -> ReportTable:
    """List the problems counted in a range, oldest first, as they stood at its end."""
    counted = {act.about.problem for act in watching.confirmed(facts, during)}
    standing = stories.gather(facts, until=during.end)
    told = [one for problem, one in standing.items() if problem in counted]
    rows = tuple(
        ReportRow(
            (
                _day(one.confirmed.stamp.day, during.end.year),
                shown.case_no(one.about.case_no),
                case_type_name(one.about.case_type),
                one.about.title,
                stories.MANNERS.get(one.manner, register.RECORDED),
                one.standing,
            )
        )
        for one in sorted(told, key=lambda one: one.confirmed.stamp.seq)
    )
    return _list("问题清单", PROBLEM_COLUMNS, rows, during.end.year)


LISTS: Mapping[str, Callable[[Facts, Range, Shown], ReportTable]] = {
    "notices": notices,
    "problems": problems,
}


def _notice(one: NoticeFacts, issued: Stamp, during: Range) -> tuple[str, ...]:
    year, until = during.end.year, during.end
    is_received = one.received is not None and one.received.day <= until
    replied = one.replied if one.replied is not None and one.replied.day <= until else None
    return (
        one.number or "未编号",
        one.department,
        str(len(one.findings)),
        _day(issued.day, year),
        _day(one.received_on if is_received else None, year),
        _day(one.due if is_received else None, year),
        _day(replied.day if replied else None, year),
        "、".join(_results(one, until)) if replied else TO_ANSWER,
    )


def _results(one: NoticeFacts, until: date) -> tuple[str, ...]:
    """Return what was held last of each problem of an answered notice, every word once."""
    held: dict[str, str] = {}
    for review in one.reviews:
        if review.stamp.day <= until:
            word = RESULTS.get(review.outcome, review.outcome)
            held.update(dict.fromkeys(review.findings, word))
    return tuple(dict.fromkeys(held.get(about.problem, TO_REVIEW) for about in one.findings))


def _day(day: date | None, year: int) -> str:
    """Write a day; four dates in a row leave no room for the number, so the year may go."""
    if day is None:
        return "—"
    return f"{day:%m-%d}" if day.year == year else f"{day:%Y-%m-%d}"


def _list(
    title: str, columns: tuple[str, ...], rows: tuple[ReportRow, ...], year: int
) -> ReportTable:
    if not rows:
        nothing = ReportRow((NOTHING, *("—" for _ in columns[1:])))
        return ReportTable(title, columns, (nothing,))
    return ReportTable(title, columns, rows, (SHORT_DAYS.format(year=year),))
