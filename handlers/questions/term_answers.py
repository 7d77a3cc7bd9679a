"""Questions that want a sum, and /期限: the last day with its steps, and what was supposed."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from handlers import tell
from knowledge import chinese
from knowledge.errors import KnowledgeError
from knowledge.periods import Amount, compute
from knowledge.search import term_questions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.desk import Desk
    from handlers.incoming import Edited, Origin, Said
    from knowledge.periods import Period
    from knowledge.search.term_questions import Counted, TermQuestion
    from storage.models.people import Person
    from storage.transaction import Transaction

HOW = "请写明起算日和期限，例如：/期限 2026-09-18 15日；在押的加“在押”。"
_HELD = "在押"


class StartError(KnowledgeError):
    """The start of a term is no day and no moment."""

    def __init__(self, written: str) -> None:
        super().__init__(f"看不懂起算日“{written}”，请写成 2026-09-18 或 2026-11-20T16:30")


def answer(tx: Transaction, desk: Desk, person: Person, origin: Origin, text: str) -> bool:
    """Answer a text that asks when a term ends; False: it asks nothing of the kind."""
    asked = term_questions.read(text, tx.now.date(), desk.calendar)
    if asked is None:
        return False
    counted = term_questions.count(asked, desk.calendar)
    tx.record(
        "term_asked",
        f"person:{person.id}",
        actor=f"person:{person.id}",
        data={"terms": [one.term.point for one in counted], "start": asked.start},
        text=text,
    )
    points = dict.fromkeys(one.term.point for one in counted)
    offered = tell.rows(
        (
            tell.button(tx, person, f"依据 {point.title[:10]}", "point", f"point:{point.key}")
            for point in map(desk.search.point, points)
            if point is not None
        ),
        per_row=1,
    )
    said = "\n".join(_lines(desk, asked, counted))
    tell.answer(tx, origin, said, person=person, buttons=offered)
    return True


def command(tx: Transaction, desk: Desk, person: Person, event: Said | Edited, rest: str) -> None:
    """/期限 2026-09-18 15日: count a term; without 在押 both ways where they differ."""
    start, _, more = rest.partition(" ")
    amount = more.replace(_HELD, "").strip()
    if not start or not amount:
        tell.answer(tx, event.origin, HOW, person=person)
        return
    try:
        held, free = (
            compute(_start(start), Amount.parse(amount), calendar=desk.calendar, custody=custody)
            for custody in (True, False)
        )
    except KnowledgeError as fault:
        tell.answer(tx, event.origin, str(fault), person=person)
        return
    tx.record(
        "term_counted",
        f"person:{person.id}",
        actor=f"person:{person.id}",
        data={"start": start, "amount": amount},
    )
    lines = [f"{start} 起 {amount}："]
    if _HELD in more or held.due == free.due:
        lines += _counted_lines(held)
    else:
        lines += ["未写明是否在押，两种算法如下，请先按较早的一天掌握。"]
        lines += [f"在押：{_ends(held)}", *held.steps, f"未在押：{_ends(free)}", *free.steps]
    tell.answer(tx, event.origin, "\n".join(lines), person=person)


def _start(written: str) -> date | datetime:
    try:
        if "T" in written:
            return datetime.fromisoformat(written)
        return date.fromisoformat(written)
    except ValueError as error:
        raise StartError(written) from error


def _lines(desk: Desk, asked: TermQuestion, counted: Sequence[Counted]) -> list[str]:
    # the year was mostly not typed: it is said which one was taken
    begun = f"{asked.start.year}年{chinese.month_day(asked.start)}"
    lines = [f"自{begun}起算（当日不计入）："]
    if not asked.is_of_one_matter:
        lines.append(f"未写明是{'还是'.join(asked.matters)}，分别计算如下。")
    if asked.custody is None and len(counted) > 1:
        lines.append("未写明是否在押，两种情况都列出，请先按较早的一天掌握。")
    for one in counted:
        lines.append(
            f"{one.term.matter}（{_supposed(one)}，{one.term.amount}）：{_ends(one.period)}"
        )
        lines += [f"  {step}" for step in one.period.steps]
        if one.term.note:
            lines.append(f"  {one.term.note}")
    cited = dict.fromkeys(_citation(desk, one.term.point) for one in counted)
    return [*lines, f"依据：{'、'.join(filter(None, cited))}", "以法律文书和案卡为准。"]


def _supposed(one: Counted) -> str:
    return _HELD if one.in_custody else "未在押"


def _counted_lines(period: Period) -> list[str]:
    return [_ends(period), *period.steps]


def _ends(period: Period) -> str:
    day = period.due.date() if isinstance(period.due, datetime) else period.due
    clock = f" {period.due:%H:%M}" if isinstance(period.due, datetime) else ""
    unsure = "" if period.certain else "（放假安排未公布，日期待更新）"
    return f"{chinese.month_day(day)} {chinese.weekday(day)}{clock}届满{unsure}"


def _citation(desk: Desk, key: str) -> str:
    point = desk.search.point(key)
    if point is None:
        return ""
    return chinese.full_citation(point.document, point.article, point.paragraph)
