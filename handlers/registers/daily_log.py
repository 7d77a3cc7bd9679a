"""流程监控日志: what was done each day, line by line; a day without findings is a line too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.counting import stories
from handlers.counting.facts import BY_HAND
from handlers.counting.stories import MANNERS
from handlers.documents.workbook import Column
from handlers.findings.case_reference import type_words
from handlers.registers import log_days
from handlers.registers.register import intent_words, provisions, remarks
from handlers.registers.shown import ERASED, HIDDEN
from knowledge import chinese

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from handlers.counting.facts import About, Facts, HandLook, Imported, Patrol
    from handlers.counting.stories import Story
    from handlers.documents.workbook import Row
    from handlers.registers.log_days import Day
    from handlers.registers.shown import Shown

COLUMNS = (
    Column("日期", 11),
    Column("星期", 6),
    Column("监控人", 8),
    Column("巡查范围（案件类别/件数）", 15),
    Column("数据来源（导出文件名，时间）", 15),
    Column("自动发现数", 7),
    Column("人工复核后有效数", 8),
    Column("监控方式（2201/2202/2203）", 9),
    Column("案件名称", 13),
    Column("部门受案号", 17),
    Column("承办部门", 9),
    Column("承办检察官", 8),
    Column("监控环节", 9),
    Column("问题", 20),
    Column("依据", 20),
    Column("提示/通知书编号", 12),
    Column("回复情况", 11),
    Column("整改日期", 11),
    Column("备注", 13),
)
DAY = 0
NOT_PATROLLED = "当日未巡查"


def entries(facts: Facts, first: date, last: date) -> list[int]:
    """Return the entries whose texts the log of some days needs."""
    wanted = {
        problem for day in log_days.gather(facts, first, last).values() for problem in day.problems
    }
    worded = [seq for problem in wanted for seq in facts.worded.get(problem, ())]
    looks = [look.stamp.seq for look in facts.hand_looks if first <= look.stamp.day <= last]
    imports = [one.stamp.seq for one in facts.imports if one.stamp.day <= last]
    return [*worded, *looks, *imports]


def rows(facts: Facts, shown: Shown, first: date, last: date) -> list[Row]:
    """Return the lines of some days, the oldest first.

    A day on which nobody worked and nothing was patrolled has no line.
    """
    told = stories.gather(facts)
    days = log_days.gather(facts, first, last)
    found: list[Row] = []
    for day in sorted(days):
        head = _head(facts, day, days[day], shown)
        found += [(*head, *line) for line in _lines(facts, day, days[day], told, shown)]
    return found


def _head(facts: Facts, day: date, did: Day, shown: Shown) -> Row:
    watchers = "、".join(sorted({shown.person(one) for one in did.watchers}))
    return (
        day,
        chinese.weekday(day),
        watchers or shown.person(None),
        _scope(did.last),
        _source(facts, day, shown),
        did.made,
        did.confirmed,
    )


def _scope(patrol: Patrol | None) -> str:
    if patrol is None:
        return NOT_PATROLLED
    if not patrol.by_type:
        return f"{patrol.cases}件"
    return "、".join(f"{type_words(one)}{many}件" for one, many in patrol.by_type.items())


def _source(facts: Facts, day: date, shown: Shown) -> str:
    newest: Imported | None = None
    for one in facts.imports:
        if one.stamp.day <= day and one.snapshot not in facts.undone:
            newest = one
    if newest is None:
        return ""
    name = shown.texts.get(newest.stamp.seq, "") if shown.is_full else HIDDEN
    when = f"数据截至{chinese.month_day(newest.data_day)}"
    return f"{ERASED if name is None else name or '导出文件'}，{when}"


def _lines(
    facts: Facts, day: date, did: Day, told: Mapping[str, Story], shown: Shown
) -> Iterator[Row]:
    nothing = True
    for problem, manners in did.problems.items():
        if problem in told:
            nothing = False
            yield _problem(facts, day, told[problem], max(manners, default=""), shown)
    for look in did.looks:
        if look.findings:
            continue
        nothing = False
        yield _look(look, shown)
    if nothing:
        yield (*("",) * 6, _nothing(did), *("",) * 3, None, "")


def _problem(facts: Facts, day: date, story: Story, manner: str, shown: Shown) -> Row:
    last, then = _told_by(story, day)
    words = shown.words(facts.worded.get(then.problem, ()), until=last)
    numbers = [
        one.number or ""
        for one in story.notices
        if one.issued is not None and one.issued.day == day
    ]
    rejected = "其后认定不属问题" if story.is_rejected else ""
    return (
        manner,
        shown.case_name(words),
        shown.case_no(then.case_no),
        then.department or "",
        shown.prosecutor(words),
        type_words(then.case_type),
        shown.fact(words, then),
        provisions(then),
        "、".join(numbers) or then.problem.partition("#")[0],
        _reply(story),
        story.corrected_on,
        "；".join(part for part in (remarks(facts, story.about), rejected) if part),
    )


def _told_by(story: Story, day: date) -> tuple[int, About]:
    """Return the last entry up to that day that deals with the problem, and what it was then.

    Names, department and facts that came later stand in later lines: a case that has moved on
    keeps the department of the prosecutor who had it.
    """
    told = [(one.stamp, one.about) for one in (story.confirmed, *story.prompts)]
    for notice in story.notices:
        if notice.issued is not None:
            told += [(notice.issued, one) for one in notice.findings if _is_of(story, one)]
    return max(
        ((stamp.seq, about) for stamp, about in told if stamp.day <= day), key=lambda one: one[0]
    )


def _is_of(story: Story, about: About) -> bool:
    return about.problem == story.about.problem


def _reply(story: Story) -> str:
    notice = story.notice
    if notice is not None:
        if notice.replied is not None:
            return f"{chinese.month_day(notice.replied.day)}书面答复"
        due = f"，{chinese.month_day(notice.due)}到期" if notice.due else ""
        return f"未书面答复{due}"
    last = story.answer
    if last is None:
        return "未答复"
    return f"{chinese.month_day(last.stamp.day)}{intent_words(last.how)}"


def _look(look: HandLook, shown: Shown) -> Row:
    words = shown.words([look.stamp.seq])
    return (
        "",
        shown.case_name(words),
        shown.case_no(look.case_no),
        look.department or "",
        shown.prosecutor(words),
        type_words(look.case_type),
        "人工监控，未发现问题" if look.sound else shown.said(words),
        "",
        "",
        "",
        None,
        look.source if look.source != BY_HAND else "人工监控",
    )


def _nothing(did: Day) -> str:
    if did.last is None:
        return NOT_PATROLLED
    if did.baseline:
        return f"巡查{did.last.cases}件，首次导入，存量{did.baseline}个另计"
    if did.made:
        return f"巡查{did.last.cases}件，自动发现{did.made}个，待人工复核"
    return f"巡查{did.last.cases}件，未发现问题"


def nothing_at_all(day: date) -> Row:
    """Return the line of a day on which nothing was patrolled and nobody worked."""
    words = "当日没有巡查，也没有登记人工监控"
    return (day, chinese.weekday(day), *("",) * 5, *("",) * 6, words, *("",) * 3, None, "")


def in_words(rows: Sequence[Row], most: int) -> list[str]:
    """Say a day's lines as a phone shows them: what was patrolled, then a line a problem."""
    if not rows:
        return ["当日没有巡查，也没有登记人工监控。"]
    first = rows[0]
    told = [
        f"监控人：{first[2]}；巡查范围：{first[3]}",
        f"自动发现 {first[5]} 个，人工复核后有效 {first[6]} 个。",
    ]
    for row in rows[:most]:
        code, case, problem, number = str(row[7] or ""), row[9], row[13], row[15]
        parts = (number, MANNERS.get(code, ""), case, problem)
        told.append(" ".join(str(part) for part in parts if part))
    if len(rows) > most:
        told.append(f"另有 {len(rows) - most} 条，见表格。")
    return told
