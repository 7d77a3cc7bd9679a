"""The head's view of the week: in hand, near their end, unanswered, what is common; on Mondays.

No copy of every light prompt: counts and numbers, each number a button.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from handlers import tell
from handlers.digest import common_problems, digest_text
from handlers.findings import items
from handlers.monitoring import case_in_hand
from handlers.people import addressees
from handlers.permissions import demand
from storage import findings as findings_table
from storage import notices, people, settings, snapshots

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from handlers.desk import Desk
    from handlers.digest.common_problems import CommonProblem
    from handlers.incoming import Origin
    from storage.models.findings import Finding
    from storage.models.notices import Notice
    from storage.models.people import Person
    from storage.transaction import Transaction

SENT = "head_week_sent"
"""The setting that holds the last day on which the heads got their week."""
NEAR_DAYS = 7
UNANSWERED_WORKDAYS = 3
MOST_NUMBERS = 12


@dataclass(frozen=True)
class Week:
    """What a department has before it."""

    department: str
    in_hand: int
    near: tuple[Finding, ...]
    over: tuple[Finding, ...]
    unanswered: tuple[Finding, ...]
    notices: tuple[Notice, ...]
    common: tuple[CommonProblem, ...]

    @property
    def shown(self) -> list[Finding]:
        """The findings that are named, each once."""
        named = [*self.over, *self.near, *self.unanswered]
        return list({one.id: one for one in named}.values())


def show(tx: Transaction, desk: Desk, person: Person, origin: Origin) -> None:
    """Show a head his department's week when he asks for it, or who stands in for him."""
    principal = demand(person, "see_department")
    week = gather(tx, desk, (principal or person).department)
    tell.answer(
        tx, origin, text(week, tx.now.date()), person=person, buttons=_buttons(tx, person, week)
    )


def morning(tx: Transaction, desk: Desk) -> None:
    """On the week's first working day tell every head; once, whatever is repeated."""
    today = tx.now.date()
    if not is_first_workday(desk, today) or _was_sent(tx, desk, today):
        return
    told = []
    for head in people.with_role(tx.session, desk.office, "head"):
        week = gather(tx, desk, head.department)
        one = addressees.reader(tx.session, head, "head")
        reached = people.is_reachable(one.person)
        if not reached or desk.manners.dry_run or not _says_anything(week):
            continue
        key = f"head-week:{today}:{head.id}"
        said = one.told(text(week, today))
        tell.say(tx, one.person, "system", said, buttons=_buttons(tx, one.person, week), key=key)
        told.append(one.person.id)
    settings.write(tx.session, desk.office, SENT, today.isoformat())
    tx.record("heads_told", f"day:{today}", actor="system", data={"people": told})


def gather(tx: Transaction, desk: Desk, department: str) -> Week:
    """Gather a department's week as it stands now."""
    today = tx.now.date()
    cards = [
        one
        for one in snapshots.cards(tx.session, desk.office).cards
        if one.text("承办部门") == department
    ]
    in_hand = sum(one.is_open for one in case_in_hand.of_cards(desk.office, cards).values())
    told = [
        one
        for one in findings_table.open_ones(tx.session, desk.office)
        if one.department == department and one.told_at is not None and not one.shelved
    ]
    terms = [(one, items.days_left(one, today)) for one in told if items.is_open_term(one)]
    common = common_problems.of_office(tx.session, desk.office, least=desk.manners.common_cases)
    return Week(
        department,
        in_hand,
        near=tuple(one for one, left in terms if left is not None and 0 <= left <= NEAR_DAYS),
        over=tuple(one for one in told if items.is_over(one, today)),
        unanswered=tuple(one for one in told if _waits(desk, one, today)),
        notices=tuple(
            one
            for one in notices.in_states(tx.session, desk.office, notices.RUNNING)
            if one.department == department
        ),
        common=tuple(one for one in common if one.department == department),
    )


def text(week: Week, today: date) -> str:
    """Say a department's week in a few lines."""
    lines = [
        f"{week.department}本周 · {today.month}月{today.day}日",
        f"在办 {week.in_hand} 件。",
        *_line("期限已届满未见办结", week.over),
        *_line(f"{NEAR_DAYS} 天内届满", week.near),
        *_line(f"提示后 {UNANSWERED_WORKDAYS} 个工作日未答复", week.unanswered),
    ]
    if week.notices:
        lines.append(f"通知书待答复 {len(week.notices)} 份，发送 /通知书 查看。")
    for place, one in enumerate(week.common):
        lines += ["共性问题："] if place == 0 else []
        lines.append(f"{digest_text.INDENT}{one.title}：{one.cases} 件")
    if not (week.shown or week.notices or week.common):
        lines.append("没有临近届满、逾期或者未答复的事项。")
    return "\n".join(lines)


def is_first_workday(desk: Desk, day: date) -> bool:
    """Tell whether a day is the first working day of its week."""
    monday = day - timedelta(days=day.weekday())
    return desk.calendar.next_workday(monday) == day


def _line(words: str, findings: Sequence[Finding]) -> list[str]:
    if not findings:
        return []
    numbers = [one.number for one in findings]
    more = f"等 {len(numbers)} 条" if len(numbers) > MOST_NUMBERS else f"（{len(numbers)} 条）"
    return [f"{words}：{'、'.join(numbers[:MOST_NUMBERS])}{more}"]


def _waits(desk: Desk, finding: Finding, today: date) -> bool:
    if finding.state != "sent" or finding.told_at is None:
        return False
    told = finding.told_at.date()
    return desk.calendar.nth_workday_after(told, UNANSWERED_WORKDAYS) < today


def _says_anything(week: Week) -> bool:
    return bool(week.in_hand or week.shown or week.notices or week.common)


def _buttons(tx: Transaction, person: Person, week: Week) -> tell.Rows:
    return tell.rows(
        tell.button(
            tx, person, one.number, "open", f"finding:{one.id}", data={"findings": [one.id]}
        )
        for one in week.shown[:MOST_NUMBERS]
    )


def _was_sent(tx: Transaction, desk: Desk, today: date) -> bool:
    sent = settings.read(tx.session, desk.office, SENT)
    return bool(sent == today.isoformat())
