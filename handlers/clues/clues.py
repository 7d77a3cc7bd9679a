"""监督线索: what concerns police, court or detention house goes to the department that answers.

Rules art. 552 and 613: the terms of police and court are watched by 刑事执行检察 where somebody is
held, else by 捕诉; the detention house by 刑事执行检察. A notice of article 665 is for the office's
own work and never for these.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from handlers.findings import finding_life, rule_sets
from handlers.monitoring import case_in_hand
from handlers.monitoring.monitoring_policy import DETENTION_LINE, PROSECUTION_LINE
from handlers.people.relations import handles
from handlers.permissions import RefusedError, demand
from knowledge.cards import CardSet
from knowledge.errors import UserFacingError
from storage import clues as clues_table
from storage import findings as findings_table
from storage import people
from storage.models.clues import Clue

if TYPE_CHECKING:
    from handlers.desk import Desk
    from storage.models.findings import Finding
    from storage.models.people import Person
    from storage.transaction import Transaction

Result = Literal["口头纠正", "纠正违法通知书", "检察建议", "不成立"]
RESULTS: tuple[Result, ...] = get_args(Result)
BODIES = ("公安机关", "人民法院", "看守所")
EITHER = "办案机关"
"""The rule leaves open whether police or court is meant."""
BASIS = "《人民检察院刑事诉讼规则》第五百五十二条、第六百一十三条"
TERM_GROUPS = frozenset({"办案期限", "强制措施"})
STATE = "clue"
STATE_WORDS = {
    "forwarded": "已移送，待签收",
    "received": "已签收，待登记结果",
    "settled": "已有结果",
    "withdrawn": "已撤回",
}


class NoClueError(UserFacingError):
    """A finding cannot be handed on as a clue."""


class ClueMovedOnError(UserFacingError):
    """A button speaks of a clue as it no longer stands."""

    def __init__(self, clue: Clue) -> None:
        super().__init__(f"{clue.number} 现为“{STATE_WORDS[clue.state]}”，请发送 /线索 查看")


@dataclass(frozen=True)
class Proposal:
    """To which line of work a clue is proposed to go, and the facts that rests on."""

    line: str
    why: str


def propose(tx: Transaction, desk: Desk, finding: Finding, body: str) -> Proposal:
    """Propose the line: by the body, and for terms by whether somebody is held."""
    if body == "看守所":
        return Proposal(DETENTION_LINE, "看守所的监管活动由刑事执行检察部门监督")
    if not _about_a_term(desk, finding):
        return Proposal(PROSECUTION_LINE, "侦查、审判活动由捕诉部门监督")
    held = _held(tx, desk, finding)
    if held:
        return Proposal(DETENTION_LINE, "在押，期限由刑事执行检察部门监督")
    said = "案卡未见在押" if held is None else "未在押"
    return Proposal(PROSECUTION_LINE, f"{said}，期限由捕诉部门监督")


def _about_a_term(desk: Desk, finding: Finding) -> bool:
    rule = rule_sets.known(desk).get(finding.rule)
    point = desk.plan.checkpoint(finding.rule)
    group = rule.group if rule is not None else point.group if point is not None else None
    return finding.due is not None or group in TERM_GROUPS


def _held(tx: Transaction, desk: Desk, finding: Finding) -> bool | None:
    """Tell whether the person, or anybody in the case, is held; None: no card says so."""
    # polars takes a fifth of a second to load; only who forwards a clue pays for it
    from knowledge.rules import case_terms  # noqa: PLC0415

    if finding.custody:
        return True
    try:
        case = case_in_hand.of_number(tx, desk, finding.case_no)
    except case_in_hand.NoSuchCaseError:
        return None
    own = [one for one in case.cards if finding.person_no in {"", one.person_no}]
    if case_terms.detained(CardSet(tuple(own)), as_of=tx.now.date(), calendar=desk.calendar):
        return True
    return False if any(one.values.get("强制措施种类") for one in own) else None


def departments(tx: Transaction, desk: Desk, line: str, finding: Finding) -> list[str]:
    """Return which departments may be meant by a line of work, the likeliest first.

    Where the office has not said who does it, all that have a head.
    """
    named = list(desk.monitoring.departments.get(line, ()))
    if not named:
        named = sorted(
            {one.department for one in people.with_role(tx.session, desk.office, "head")}
        )
    first = [one for one in named if line == PROSECUTION_LINE and one == finding.department]
    return [*first, *(one for one in named if one not in first)]


def demand_forwardable(tx: Transaction, person: Person, finding: Finding) -> None:
    """Raise NoClueError where a finding is closed or already a clue, RefusedError in own cases."""
    demand(person, "forward_clue", finding)
    live = live_of(tx, finding)
    if live is not None:
        raise NoClueError(f"{finding.number} 已转监督线索（{live.number}），不能重复移送")
    if finding.state == findings_table.CLOSED:
        raise NoClueError(f"{finding.number} 已销号，不能转监督线索")


def live_of(tx: Transaction, finding: Finding) -> Clue | None:
    """Return the clue a finding stands in, one that is over left out."""
    found = clues_table.of_finding(tx.session, finding.id)
    return next((one for one in found if one.state in clues_table.LIVE), None)


def forward(
    tx: Transaction, person: Person, finding: Finding, *, body: str, line: str, department: str
) -> Clue:
    """Hand a finding on as a numbered clue; from now on nobody is reminded of it by the digest."""
    demand_forwardable(tx, person, finding)
    year = tx.now.year
    sequence = clues_table.next_sequence(tx.session, finding.office, year)
    clue = Clue(
        office=finding.office,
        number=f"线索{year}-{sequence}",
        year=year,
        sequence=sequence,
        finding_id=finding.id,
        body=body,
        line=line,
        department=department,
        state=clues_table.FORWARDED,
        forwarded_by=person.id,
        forwarded_at=tx.now,
        version=1,
    )
    tx.session.add(clue)
    finding.state = STATE
    finding.version += 1
    tx.session.flush()
    _record(tx, person, clue, finding, "clue_forwarded", body=body, line=line, to=department)
    return clue


def receive(tx: Transaction, person: Person, clue: Clue, finding: Finding) -> None:
    """Note that the department has it; the officer may note it for a head who is not bound."""
    _demand_handler(person, clue)
    _demand_state(clue, clues_table.FORWARDED)
    clue.state = clues_table.RECEIVED
    clue.received_by, clue.received_at = person.id, tx.now
    clue.version += 1
    _record(tx, person, clue, finding, "clue_received")


def settle(tx: Transaction, person: Person, clue: Clue, finding: Finding, result: Result) -> None:
    """Record what came of it; the finding is closed and its values do not bring it back.

    Nobody does so in his own case: it closes the finding.
    """
    _demand_handler(person, clue)
    if handles(person, finding):
        raise RefusedError("close")
    _demand_state(clue, clues_table.FORWARDED, clues_table.RECEIVED)
    clue.state, clue.result = clues_table.SETTLED, result
    clue.settled_by, clue.settled_at = person.id, tx.now
    clue.received_by, clue.received_at = clue.received_by or person.id, clue.received_at or tx.now
    clue.version += 1
    _record(tx, person, clue, finding, "clue_settled", result=result)
    if finding.state != findings_table.CLOSED:
        reason = f"{clue.number} {result}"
        finding_life.accept(tx, finding, person, reason)
        how = "clue_unfounded" if result == "不成立" else "clue_settled"
        finding_life.close(tx, finding, how, actor=f"person:{person.id}", reason=reason)


def withdraw(tx: Transaction, person: Person, clue: Clue, finding: Finding) -> None:
    """Take a clue back that nobody has received; its number stays used."""
    demand(person, "forward_clue", finding)
    _demand_state(clue, clues_table.FORWARDED)
    clue.state = clues_table.WITHDRAWN
    clue.version += 1
    if finding.state == STATE:
        finding.state = "queued"
        finding.version += 1
    _record(tx, person, clue, finding, "clue_withdrawn")


def _demand_handler(person: Person, clue: Clue) -> None:
    """The head of the department it went to, or the officers for him; nobody else's head."""
    demand(person, "receive_clue")
    desk_roles = {"officer", "case_head"} & set(person.roles)
    if person.office != clue.office or not (desk_roles or person.department == clue.department):
        raise RefusedError("receive_clue")


def _demand_state(clue: Clue, *states: str) -> None:
    if clue.state not in states:
        raise ClueMovedOnError(clue)


def _record(
    tx: Transaction, person: Person, clue: Clue, finding: Finding, act: str, **data: object
) -> None:
    told = {"finding": finding.number, "state": clue.state, "rule": finding.rule, **data}
    tx.record(act, f"clue:{clue.number}", actor=f"person:{person.id}", data=told)
