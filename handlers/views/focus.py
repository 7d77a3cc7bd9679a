"""重点监控 (/重点): open problems by focus area; each reader sees what is his to see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers import tell
from handlers.campaigns import campaign_facts
from handlers.digest import digest_text
from handlers.findings import states
from handlers.findings.case_reference import reference
from handlers.findings.items import days_left, is_open_term
from handlers.people.relations import relations
from handlers.permissions import demand, may
from handlers.redraw import redraw
from handlers.review import outcome_presses
from storage import findings as findings_table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from handlers.desk import Clearance, Desk
    from handlers.incoming import Edited, Said
    from handlers.press import Press
    from knowledge.monitoring.focus import FocusArea
    from storage.models.findings import Finding
    from storage.models.people import Person
    from storage.transaction import Transaction

WHOLE_OFFICE = frozenset({"officer", "case_head", "auditor"})
MOST_SHOWN = 15


@dataclass(frozen=True)
class Count:
    """One area: problems not closed, among them terms near their end and terms over."""

    area: FocusArea
    open: int
    near: int
    over: int

    @property
    def line(self) -> str:
        """The area in one line."""
        return f"{self.area.title}：未销号 {self.open}，临近 {self.near}，超期 {self.over}"


def seen_by(tx: Transaction, desk: Desk, person: Person) -> list[Finding]:
    """Return the open problems a person may see: all, his department's, or his own."""
    open_ones = findings_table.open_ones(tx.session, desk.office)
    if WHOLE_OFFICE & set(person.roles):
        return [one for one in open_ones if not one.shelved]
    return [
        one
        for one in open_ones
        if one.released_at is not None
        and not one.shelved
        and relations(person, one) & {"own", "assists", "heads"}
    ]


def of_area(desk: Desk, area: FocusArea, findings: Sequence[Finding]) -> list[Finding]:
    """Return the problems that belong to an area, what is nearest its end first."""
    own = [one for one in findings if area.holds(one.rule, campaign_facts.group_of(desk, one.rule))]
    return sorted(own, key=lambda one: (not is_open_term(one), str(one.due or "9999"), one.id))


def count(area: FocusArea, findings: Sequence[Finding], today: date) -> Count:
    """Count an area's problems; a term is over once its last day has passed unmet."""
    left = [days_left(one, today) for one in findings if is_open_term(one)]
    return Count(
        area,
        open=len(findings),
        near=sum(one is not None and one >= 0 for one in left),
        over=sum(one is not None and one < 0 for one in left),
    )


def command(tx: Transaction, desk: Desk, person: Person, event: Said | Edited, rest: str) -> None:
    """Show the areas, or the one that is named."""
    demand(person, "see_focus")
    named = next((one for one in desk.plan.focus if rest.strip() == one.title), None)
    text, buttons = (
        listing(tx, desk, person, named) if named is not None else overview(tx, desk, person)
    )
    tell.answer(tx, event.origin, text, person=person, buttons=buttons)


def overview(tx: Transaction, desk: Desk, person: Person) -> tuple[str, tell.Rows]:
    """Return the counts of every area, with a button each."""
    seen, today = seen_by(tx, desk, person), tx.now.date()
    counts = [count(area, of_area(desk, area, seen), today) for area in desk.plan.focus]
    lines = [f"重点监控（{_whose(person)}）", *(one.line for one in counts)]
    pressable = [
        tell.button(tx, person, one.area.title, "focus_open", "focus", data={"area": one.area.id})
        for one in counts
        if one.open
    ]
    return "\n".join(lines), tell.rows(pressable, per_row=2)


def _whose(person: Person) -> str:
    if WHOLE_OFFICE & set(person.roles):
        return "全院"
    return person.department if "head" in person.roles else "本人承办"


def listing(
    tx: Transaction, desk: Desk, person: Person, area: FocusArea, *, page: int = 0
) -> tuple[str, tell.Rows]:
    """Return a page of the problems of one area, each with a button to open it."""
    seen, today = of_area(desk, area, seen_by(tx, desk, person)), tx.now.date()
    clearance = desk.clearance(person.door or "")
    lines = [f"重点监控 · {count(area, seen, today).line}"]
    shown = seen[page * MOST_SHOWN : (page + 1) * MOST_SHOWN]
    lines += [_line(one, seen, clearance, today) for one in shown]
    rest = len(seen) - (page + 1) * MOST_SHOWN
    lines += [f"后面还有 {rest} 条"] if rest > 0 else []
    pressable = [
        outcome_presses.opening_button(tx, person, one)
        for one in shown
        if may(person, "see_item", one)
    ]
    turns = [("上一页", page - 1)] if page else []
    turns += [("下一页", page + 1)] if rest > 0 else []
    ways = [
        tell.button(tx, person, label, "focus_open", "focus", data={"area": area.id, "page": to})
        for label, to in turns
    ]
    ways.append(tell.button(tx, person, "返回重点监控", "focus_open", "focus", data={"area": None}))
    return "\n".join(lines), (*tell.rows(pressable), tuple(ways))


def _line(finding: Finding, others: Sequence[Finding], clearance: Clearance, today: date) -> str:
    left = days_left(finding, today)
    end = f" · {digest_text.days_words(left)}" if is_open_term(finding) and left is not None else ""
    state = states.STATE_WORDS.get(finding.state, finding.state)
    case = reference(finding, others, clearance)
    return f"{finding.number} {finding.title} · {case}{end} · {state}"


def press_open(tx: Transaction, desk: Desk, press: Press) -> str:
    """Show an area, or all of them again."""
    demand(press.person, "see_focus")
    area = desk.plan.area(str(press.row.data.get("area")))
    text, buttons = (
        listing(tx, desk, press.person, area, page=int(press.row.data.get("page", 0)))
        if area is not None
        else overview(tx, desk, press.person)
    )
    redraw(tx, press, text, buttons=buttons)
    return area.title if area is not None else "重点监控"
