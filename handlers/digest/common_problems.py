"""共性问题: the same problem in many cases of a department, told its head once, as a list only.

`of_office` lists them by department for whoever reports on a department; `tell_heads` is the
message of a morning. The prosecutors get their own items all the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from handlers import tell
from handlers.digest import digest_text
from handlers.people.addressees import holders, officers
from storage import findings as findings_table
from storage import people, settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from handlers.desk import Desk
    from storage.models.findings import Finding
    from storage.models.people import Person
    from storage.session import Session
    from storage.transaction import Transaction

TOLD = "common_problems_told"
"""The setting that says of each department and rule when it was told, and of how many cases."""
DAYS = 7
MOST_BUTTONS = 24


@dataclass(frozen=True)
class CommonProblem:
    """One rule that is a problem in several cases of a department; the oldest finding first."""

    department: str
    rule: str
    title: str
    findings: tuple[Finding, ...]

    @property
    def cases(self) -> int:
        """How many cases it is found in."""
        return len({one.case_no for one in self.findings})

    @property
    def numbers(self) -> tuple[str, ...]:
        """The numbers of its findings."""
        return tuple(one.number for one in self.findings)

    @property
    def key(self) -> str:
        """What the memory of tellings knows it by."""
        return f"{self.department}|{self.rule}"


def of_office(session: Session, office: str, *, least: int) -> list[CommonProblem]:
    """Return what is a problem in at least so many cases of one department, the commonest first.

    What counts was released and told: nothing an officer has not looked at, no term that still
    runs, nothing that is contested, and no duty of a body outside the house.
    """
    grouped: dict[tuple[str, str], list[Finding]] = {}
    for one in findings_table.open_ones(session, office):
        if one.department and _counts(one):
            grouped.setdefault((one.department, one.rule), []).append(one)
    found = [
        CommonProblem(department, rule, members[0].title, tuple(members))
        for (department, rule), members in grouped.items()
    ]
    return sorted(
        (one for one in found if one.cases >= least),
        key=lambda one: (one.department, -one.cases, one.rule),
    )


def _counts(finding: Finding) -> bool:
    return (
        finding.released_at is not None
        and finding.told_at is not None
        and finding.state not in {"queued", "clue", "objected"}
        and finding.concerns is None
        and finding.hit_state != "due_soon"
        and not finding.shelved
    )


def tell_heads(tx: Transaction, desk: Desk) -> None:
    """Tell each head in one message what is common: once a week, sooner where it grew."""
    common = of_office(tx.session, desk.office, least=desk.manners.common_cases)
    known: dict[str, list[object]] = settings.read(tx.session, desk.office, TOLD, {})
    today = tx.now.date()
    due = [one for one in common if _is_due(one, known.get(one.key), today)]
    entry = _Entry()
    for department in dict.fromkeys(one.department for one in due):
        listed = [one for one in due if one.department == department]
        heads = _heads(tx, desk, department)
        for head in heads:
            _tell(tx, desk, head, listed)
        (entry.told if heads else entry.without_head).extend(listed)
    entry.withheld.extend(one for one in common if one not in due)
    _remember(tx, desk, common, entry, known)
    if common:
        entry.record(tx)


def _is_due(one: CommonProblem, told: Sequence[object] | None, today: date) -> bool:
    if told is None:
        return True
    when, cases = date.fromisoformat(str(told[0])), int(str(told[1]))
    return one.cases > cases or (today - when).days >= DAYS


def _heads(tx: Transaction, desk: Desk, department: str) -> list[Person]:
    """Return who is told: the heads or their stand-ins, in a dry run the officers."""
    if desk.manners.dry_run:
        return officers(tx.session, desk.office)
    readers = holders(tx.session, desk.office, "head", department=department)
    return [one.person for one in readers if people.is_reachable(one.person)]


def _tell(tx: Transaction, desk: Desk, head: Person, listed: Sequence[CommonProblem]) -> None:
    today = tx.now.date()
    department = listed[0].department
    dry = f"【试运行，本应发给{department}负责人】\n" if desk.manners.dry_run else ""
    title = f"共性问题提示 · {department} · {today.month}月{today.day}日"
    lines = [f"{dry}{title}", "以下问题在本部门多件案件中出现，各条已分别提示承办检察官："]
    for place, one in enumerate(listed, 1):
        lines.append(f"{place}. {one.title}：{one.cases} 件（{'、'.join(one.numbers)}）")
        lines.append(f"{digest_text.INDENT}依据：{digest_text.citations(one.findings[0])}")
    lines.append("请统筹核对纠正；具体情况请登录系统查看，或点编号。")
    shown = [one for each in listed for one in each.findings][:MOST_BUTTONS]
    pressable = [
        tell.button(tx, head, one.number, "open", f"finding:{one.id}", data={"findings": [one.id]})
        for one in shown
    ]
    tell.say(
        tx,
        head,
        "prompt",
        "\n".join(lines),
        buttons=() if desk.manners.dry_run else tell.rows(pressable),
        subjects=[number for one in listed for number in one.numbers],
    )


class _Entry:
    """What the ledger keeps of a morning: what was told, and why the rest was not."""

    def __init__(self) -> None:
        self.told: list[CommonProblem] = []
        self.withheld: list[CommonProblem] = []
        self.without_head: list[CommonProblem] = []

    def record(self, tx: Transaction) -> None:
        tx.record(
            "common_problems",
            f"day:{tx.now.date()}",
            actor="system",
            data={
                "told": _summed(self.told),
                "withheld": _summed(self.withheld),
                "without_head": _summed(self.without_head),
                "why": {"withheld": "told_this_week", "without_head": "nobody_reachable"},
            },
        )


def _summed(common: Iterable[CommonProblem]) -> list[Mapping[str, object]]:
    return [
        {
            "department": one.department,
            "rule": one.rule,
            "cases": one.cases,
            "findings": list(one.numbers),
        }
        for one in common
    ]


def _remember(
    tx: Transaction,
    desk: Desk,
    common: Sequence[CommonProblem],
    entry: _Entry,
    known: Mapping[str, list[object]],
) -> None:
    """Keep when each was told last; what is no longer common starts anew."""
    today = tx.now.date().isoformat()
    kept = {one.key: known[one.key] for one in common if one.key in known}
    kept |= {one.key: [today, one.cases] for one in entry.told}
    settings.write(tx.session, desk.office, TOLD, kept)
