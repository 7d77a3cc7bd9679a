"""The auditor's walk: from a figure to its cases and their entries, and from an entry back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handlers.counting import entry_subjects
from handlers.registers.act_words import ACT_WORDS, OBJECT_WORDS
from handlers.registers.shown import Shown
from knowledge import case_numbers
from knowledge.errors import UserFacingError
from storage import ledger, people

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from handlers.counting.figures import Figure
    from handlers.counting.statistics import Statistics
    from handlers.desk import Clearance
    from storage.models.findings import Finding
    from storage.models.ledger import LedgerEntry
    from storage.session import Session

MOST_NAMED = 60
"""What a message holds; the whole list stands in the exported workbook and on the command line."""
_AT_ONCE = 1_000
"""Entries that one query asks for."""
WHOLE = "完整清单见“导出xlsx”的流水依据，或 fangyuan report statistics --figure。"


class NoFigureError(UserFacingError):
    """There is no figure of that name; `near` are those whose names hold the word."""

    def __init__(self, name: str, near: Sequence[str] = ()) -> None:
        way = f"最接近的有：{'、'.join(near)}" if near else "请发送 /统计 查看有哪些"
        super().__init__(f"统计中没有“{name[:20]}”这一项，{way}")


class NoEntryError(UserFacingError):
    """The ledger has no entry of that number."""

    def __init__(self, number: int) -> None:
        super().__init__(f"留痕流水中没有第 {number} 号，请核对号码")


def find(statistics: Statistics, name: str) -> Figure:
    """Return a figure by its key, its name, or a word that stands in one name alone.

    Raises:
        NoFigureError: there is none, or the word stands in several names.
    """
    for key, one in statistics.totals.items():
        if name in {key, one.name}:
            return one
    near = [one for one in statistics.totals.values() if name in one.name]
    if len(near) != 1:
        raise NoFigureError(name, [one.name for one in near])
    return near[0]


def of_figure(
    session: Session, statistics: Statistics, name: str, clearance: Clearance, *, office: str
) -> str:
    """Say what a figure counts: its definition, its entries, its cases with the entries of each."""
    one = find(statistics, name)
    known = _shown(clearance, one.cases)
    entries = cases_with_entries(session, one, office=office, most=MOST_NAMED)
    cases = [with_entries(known.case_no(case), entries.get(case, [])) for case in one.cases]
    value = one.written if one.unit == "%" else f"{one.written}{one.unit}"
    lines = [
        f"{one.name}：{value}（{statistics.during.title}）",
        f"定义：{one.definition}",
        f"流水 {len(one.entries)} 条：{_cut(one.entries)}",
    ]
    if cases:
        lines.append(f"案件 {len(cases)} 件：{_cut(cases, between='；')}")
    elif one.unit == "件" and one.value:
        lines.append("案件：按流水中记明的件数计，没有逐件列出。")
    if max(len(one.entries), len(cases)) > MOST_NAMED:
        lines.append(WHOLE)
    lines.append("发送 /流水 号码 查看一条流水。")
    return "\n".join(lines)


def cases_with_entries(
    session: Session, figure: Figure, *, office: str, most: int | None = None
) -> Mapping[str, Sequence[int]]:
    """Return for each case of a figure the entries that are about it; of many, the first `most`."""
    counted: dict[str, list[int]] = {case: [] for case in figure.cases}
    entries = figure.entries[:most]
    for start in range(0, len(entries), _AT_ONCE):
        numbers = entries[start : start + _AT_ONCE]
        found = ledger.numbered(session, numbers)
        if missing := [number for number in numbers if number not in found]:
            raise NoEntryError(missing[0])
        contents = [ledger.content_of(found[number]) for number in numbers]
        told = entry_subjects.cases_of(session, office, contents)
        for number, cases in zip(numbers, told, strict=True):
            for case in cases & counted.keys():
                counted[case].append(number)
    return counted


def _shown(clearance: Clearance, cases: Iterable[str]) -> Shown:
    return Shown(clearance, {}, {}, {} if clearance == "intranet" else case_numbers.tails(cases))


def with_entries(case: str, entries: Sequence[int]) -> str:
    """Name a case with the entries that count it."""
    return f"{case}（流水 {'、'.join(map(str, entries))}）" if entries else case


def _cut(named: Iterable[object], *, between: str = "、") -> str:
    told = [str(one) for one in named]
    more = f" 等 {len(told)} 项" if len(told) > MOST_NAMED else ""
    return between.join(told[:MOST_NAMED]) + more if told else "无"


def counting(statistics: Statistics, entry: int) -> list[Figure]:
    """Return the figures that count an entry."""
    return [one for one in statistics.totals.values() if entry in one.entries]


def day_of(session: Session, entry: int) -> date:
    """Return the day of an entry.

    Raises:
        NoEntryError: there is none of that number.
    """
    return _entry(session, entry).moment.date()


_NOBODY = {"system": "系统", "operator": "操作员", "config": "配置文件"}


def _entry(session: Session, entry: int) -> LedgerEntry:
    found = ledger.tail(session, entry - 1, 1)
    if not found or found[0].seq != entry:
        raise NoEntryError(entry)
    return found[0]


def of_entry(
    session: Session, statistics: Statistics, entry: int, clearance: Clearance, *, office: str
) -> str:
    """Say one entry, and which figures of a range count it; what people wrote is left out.

    Raises:
        NoEntryError: there is none of that number.
    """
    found = _entry(session, entry)
    content = ledger.content_of(found)
    figures = counting(statistics, entry)
    named = "、".join(one.name for one in figures) or "没有一项"
    act = ACT_WORDS.get(content["act"], content["act"])
    about = _about(entry_subjects.problems_of(session, office, content), clearance)
    return "\n".join(
        [
            f"留痕流水第 {entry} 号 · {found.moment:%Y-%m-%d %H:%M} · " + _acted(session, content),
            f"{act} {_object(session, content, clearance)}".strip(),
            *([f"涉及 {about}"] if about else []),
            f"校验值 {found.hash[:16]}",
            f"计入{statistics.during.title}的：{named}。",
        ]
    )


def _about(problems: Sequence[Finding], clearance: Clearance) -> str:
    """Name the problems of an entry with their cases: A01 尾号099、A02 尾号041."""
    known = _shown(clearance, [one.case_no for one in problems])
    named = [f"{one.number} {known.case_no(one.case_no)}" for one in problems]
    return _cut(named) if named else ""


def _object(session: Session, content: dict[str, Any], clearance: Clearance) -> str:
    kind, _, name = str(content["object"]).partition(":")
    word = OBJECT_WORDS.get(kind, "")
    if kind == "person":
        # who acted stands before it already
        return "" if content["object"] == content["actor"] else _who(session, content["object"])
    if kind == "finding":
        return name
    if kind == "case" and clearance == "internet":
        return f"{word} {case_numbers.tail(name, [])}"
    return f"{word} {name}".strip()


def _acted(session: Session, content: dict[str, Any]) -> str:
    """Name who acted, and for whom he stood in: 李明代周岚."""
    principal = content["data"].get("for")
    stood_in = f"代{_who(session, str(principal))}" if principal else ""
    return f"{_who(session, content['actor'])}{stood_in}"


def _who(session: Session, actor: str) -> str:
    kind, _, number = actor.partition(":")
    person = people.by_id(session, int(number)) if kind == "person" and number.isdigit() else None
    return person.name if person else _NOBODY.get(actor, actor)
