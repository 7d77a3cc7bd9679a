"""The whole case as a reader sees it: who, terms, problems, what was done, points to look at.

`write` makes the text of `/监控 91号`; the same file serves whoever may see the case. Names of
parties stand in it only on a cleared door, and never where a minor is in the case.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.digest import digest_text
from handlers.findings import states
from handlers.findings.items import days_left, is_open_term
from handlers.monitoring import case_history
from knowledge import chinese
from storage import findings as findings_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from handlers.desk import Clearance
    from handlers.monitoring.case_file import CaseFile
    from knowledge.monitoring.checkpoints import Checkpoint
    from knowledge.rules.case_terms import RunningTerm
    from storage.models.findings import Finding
    from storage.transaction import Transaction

MOST_TERMS, MOST_FINDINGS, MOST_EVENTS, MOST_SILENT = 6, 12, 8, 5
MOST_ENTRIES = 30
FAR = 60
"""Terms that end later than in so many days are not listed."""


def write(
    tx: Transaction,
    file: CaseFile,
    clearance: Clearance,
    *,
    note: str = "",
    entries: Sequence[int] = (),
) -> str:
    """Write the whole case; `note` stands first, `entries` of the ledger after what was done."""
    today = tx.now.date()
    lines = [
        *([note] if note else []),
        file.case.named([], clearance),
        *_head(file),
        *_terms(file.terms),
        *_findings(file, today),
        *_unspoken(file),
        *_history(tx, file),
        *_entries(entries),
        *_points(file.points),
    ]
    return "\n".join(lines)


def checklist(file: CaseFile, points: Sequence[Checkpoint] = ()) -> str:
    """Write the points to hold a case against, all of its stage or those given."""
    lines = ["请对照核对（只看程序，不看事实、证据和量刑）："]
    group = ""
    for place, one in enumerate(points or file.points, 1):
        if one.group != group:
            group = one.group
            lines.append(f"【{group}】")
        lines.append(f"{place}. {one.check}")
    return "\n".join(lines)


def _head(file: CaseFile) -> list[str]:
    case = file.case
    assistant = f"，助理{case.assistant}" if case.assistant else ""
    persons = [card for card in case.cards if card.person_no is not None]
    who = [
        f"人员 {len(persons)} 名" if persons else "",
        f"在押 {file.detained} 名" if file.detained else "",
        "有未成年人" if case.minor else "",
    ]
    days = [
        f"{day_words(case.accepted_on)}受理" if case.accepted_on else "未填受理日期",
        f"{day_words(case.concluded_on)}审结或办结" if case.concluded_on else "未审结",
    ]
    return [
        f"{case.department or '未填部门'} {case.prosecutor or '未填承办检察官'}{assistant}",
        "，".join([*days, *(one for one in who if one)]),
    ]


def day_words(day: date | None) -> str:
    """Say a day with its year, nothing where there is none."""
    return f"{day.year}年{chinese.month_day(day)}" if day else ""


def _terms(terms: Iterable[RunningTerm]) -> list[str]:
    near = [one for one in terms if one.days_left <= FAR]
    if not near:
        return ["期限：没有在 60 天内届满的期限。"]
    several = len({one.person_no for one in near}) > 1
    lines = ["期限："]
    for one in near[:MOST_TERMS]:
        whose = f"（{one.person_no[-4:]}）" if several and one.person_no else ""
        doubt = "" if one.certain else "，放假安排未公布，按较早日期"
        end = f"{chinese.month_day(one.due)}届满，{digest_text.days_words(one.days_left)}"
        lines.append(f"  {one.title}{whose}：{end}{doubt}")
    return [*lines, *_more(near, MOST_TERMS)]


def _findings(file: CaseFile, today: date) -> list[str]:
    if not file.findings:
        return ["问题：没有登记过问题。"]
    closed = len(file.findings) - len(file.open)
    ordered = [*file.open, *(one for one in reversed(file.findings) if one not in file.open)]
    lines = [f"问题：未销号 {len(file.open)} 条，已销号 {closed} 条"]
    lines += [f"  {_finding(one, today)}" for one in ordered[:MOST_FINDINGS]]
    return [*lines, *_more(ordered, MOST_FINDINGS)]


def _finding(finding: Finding, today: date) -> str:
    if finding.state == findings_table.CLOSED:
        how = states.CLOSED_WORDS.get(finding.closed_as or "", "")
        return f"{finding.number} {finding.title} · 已销号" + (f"（{how}）" if how else "")
    left = days_left(finding, today)
    end = f" · {digest_text.days_words(left)}" if is_open_term(finding) and left is not None else ""
    old = " · 存量" if finding.shelved else ""
    state = states.STATE_WORDS.get(finding.state, finding.state)
    return f"{finding.number} {finding.title} · {finding.severity} · {state}{end}{old}"


def _unspoken(file: CaseFile) -> list[str]:
    """Name what the rules say today and no open problem does."""
    kinds = (("已核对、不再提示", file.silent), ("今日命中、下次巡查登记", file.fresh))
    lines = []
    for words, hits in kinds:
        titles = list(dict.fromkeys(hit.title for hit in hits))
        more = f" 等 {len(titles)} 项" if len(titles) > MOST_SILENT else ""
        if titles:
            lines.append(f"{words}：{'、'.join(titles[:MOST_SILENT])}{more}")
    return lines


def _history(tx: Transaction, file: CaseFile) -> list[str]:
    looks = case_history.looks_at(tx, file.case.office, file.case.case_no)
    events = case_history.events(tx, file.findings, looks)
    if not events:
        return ["记录：尚无。"]
    shown = events[-MOST_EVENTS:]
    rest = len(events) - len(shown)
    earlier = [f"  此前 {rest} 项"] if rest else []
    return ["记录：", *earlier, *(f"  {one.line}" for one in shown)]


def _entries(entries: Sequence[int]) -> list[str]:
    if not entries:
        return []
    shown = entries[-MOST_ENTRIES:]
    earlier = f"此前 {len(entries) - len(shown)} 条，" if len(entries) > len(shown) else ""
    return [f"流水：{earlier}{'、'.join(map(str, shown))}（发送 /流水 号码 查看）"]


def _points(points: Sequence[Checkpoint]) -> list[str]:
    if not points:
        return []
    by_group: dict[str, list[str]] = {}
    for one in points:
        by_group.setdefault(one.group, []).append(one.title)
    lines = [f"核对要点 {len(points)} 项（点“核对要点”看全文）："]
    return [*lines, *(f"  {group}：{'、'.join(titles)}" for group, titles in by_group.items())]


def _more(found: Sequence[object], most: int) -> list[str]:
    rest = len(found) - most
    return [f"  另有 {rest} 项"] if rest > 0 else []
