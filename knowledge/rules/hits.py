"""Make a hit from a row a rule speaks of: its words, its steps, the values it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from knowledge.fields import registry
from knowledge.rules import outsiders, syntax, term_steps
from knowledge.rules.model import Hit, TermFacts
from knowledge.rules.rule import TermBody
from knowledge.rules.terms import TermKey, local_days, period
from knowledge.rules.wording import Facts, ask, fact, plain_fact

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from knowledge.cards import Value
    from knowledge.rules.interpret import Row
    from knowledge.rules.rule import CheckBody, HitState, Release, Rule
    from knowledge.rules.run import Asked

CUSTODY_END = "羁押期限届满日期"
CUSTODY = "是否在押"


@dataclass(frozen=True)
class Evidence:
    """The exported values a hit rests on and the sentences that say where others come from."""

    values: dict[str, Value]
    fields: dict[str, Value]
    steps: tuple[str, ...]


def of_term(rule: Rule, body: TermBody, found: Mapping[str, Any], row: Row, asked: Asked) -> Hit:
    """Return the hit of a term rule; `found` is its row of the term table."""
    start = body.starts[found["place"]]
    began, due, done = _as_day(found["start"]), _as_day(found["due"]), _as_day(found["done_on"])
    key = TermKey(*(found[name] for name in TermKey._fields))
    computed = period(body, key, asked.calendar, local_days(body, asked.settings_of(rule)))
    evidence = gather(rule, row)
    term = TermFacts(
        start_field=_start_column(start.field.name, row),
        start=began,
        amount=str(computed.amount),
        raw_end=found["raw_end"] if body.event is None else due,
        rolled=found["rolled"] and body.event is None,
        custody=_custody(body, found, row),
        custody_end=_custody_end(row, due, found),
    )
    facts = Facts(
        state=found["state"],
        due=due,
        days_left=(due - (done or asked.as_of)).days,
        done=done,
        certain=found["certain"] or body.event is not None,
        term=term,
        event=body.event.name if body.event else None,
        done_field=_done_field(start.satisfied_by, done, row),
        kind=body.kind,
        instead=body.instead[key.amount - 1].why if key.amount else None,
    )
    steps = term_steps.of_term(body, found, computed, evidence.steps)
    return _hit(rule, row, facts, evidence, steps, occurrence=_occurrence(found["start"]))


def _start_column(name: str, row: Row) -> str:
    """Return the exported column the start was read from: 受理日期 where 收到 is not filled."""
    found = row.resolved(name)
    sources = [each for each in found.basis if row.card.values.get(each) == found.value]
    return name if name in sources or not sources else sources[0]


def _occurrence(start: Any) -> str:
    text: str = start.isoformat()
    return text


def _as_day(value: Any) -> Any:
    return value.date() if hasattr(value, "hour") else value


def _custody(body: TermBody, found: Mapping[str, Any], row: Row) -> bool | None:
    """Whether the person is in custody; None where the term's end depends on it, unknown."""
    if body.roll == "no_if_in_custody":
        known: bool | None = found["custody"]
        return known
    return row.resolved("是否在押").value == "是"


def _custody_end(row: Row, due: date, found: Mapping[str, Any]) -> date | None:
    """The end of custody, where it is known and not later than the term."""
    end = row.card.values.get(CUSTODY_END)
    if found["done"] or row.resolved("是否在押").value != "是":
        return None
    end_day = _as_day(end)
    return end_day if end_day is not None and end_day <= due else None


def _done_field(node: syntax.Condition, done: date | None, row: Row) -> str | None:
    """Return the column that holds the day the duty was done."""
    if done is None:
        return None
    for column in syntax.columns(node):
        if _as_day(row.resolved(column.name).value) == done:
            return column.name
    return None


def of_check(rule: Rule, body: CheckBody, found: Mapping[str, Any], row: Row, asked: Asked) -> Hit:
    """Return the hit of a check; `found` holds its due day and the day it was done, if any."""
    due, done = found["due"], found["done_on"]
    facts = Facts(
        state=body.state,
        due=due,
        days_left=(due - (done or asked.as_of)).days if due else None,
        done=done,
        done_field=next(
            (column.name for column in body.done if row.resolved(column.name).value == done), None
        )
        if done
        else None,
        computed=_computed(body, row),
    )
    evidence = gather(rule, row)
    return _hit(rule, row, facts, evidence, evidence.steps, occurrence="")


def _computed(body: CheckBody, row: Row) -> date | None:
    """Return the computed end of the term, where the check compares the card with it."""
    if not body.compares_due:
        return None
    ends = row.around.dues.get((row.card.case_no, row.card.person_no))
    return ends[0] if ends else None


def gather(rule: Rule, row: Row) -> Evidence:
    """Collect the exported values a rule rests on, and how others were derived."""
    values: dict[str, Value] = {}
    steps: list[str] = []
    absent: list[str] = []
    for name in (*rule.needs, *rule.uses):
        column = name.partition(".")[2] or name
        if column not in registry().fields:
            continue
        found = row.resolved(column)
        if found.step is not None and (name in rule.needs or found.value is not None):
            steps.append(found.step)
        if not found.known and name in rule.uses:
            absent.append(column)
        for basis in found.basis:
            values[basis] = row.card.values[basis]
    steps += _taken_as_blank(absent)
    shown = {name: row.card.originals.get(name, value) for name, value in values.items()}
    return Evidence(values, shown, tuple(dict.fromkeys(steps)))


def _taken_as_blank(absent: list[str]) -> list[str]:
    """Name columns taken as blank; whether custody is known the steps of a term say themselves."""
    others = [name for name in absent if name != CUSTODY]
    return [f"导出表没有这些栏目，按空白处理：{'、'.join(others)}"] if others else []


def _release(rule: Rule, facts: Facts) -> Release:
    """Decide who lets a hit out: statutory open terms leave by themselves."""
    if facts.state == "verify":
        return "officer" if rule.release in {None, "officer", "auto"} else rule.release
    if facts.done is not None:
        return "review"
    if rule.release is not None:
        return rule.release
    is_open_term = facts.state in {"due_soon", "overdue"} and isinstance(rule.body, TermBody)
    return "auto" if is_open_term and rule.statutory else "review"


def _hit(
    rule: Rule,
    row: Row,
    facts: Facts,
    evidence: Evidence,
    steps: tuple[str, ...],
    *,
    occurrence: str,
) -> Hit:
    state: HitState = facts.state
    return Hit(
        rule=rule.id,
        title=rule.title,
        case_no=row.card.case_no,
        person_no=row.card.person_no,
        state=state,
        release=_release(rule, facts),
        statutory=rule.statutory,
        severity=rule.severity,
        due=facts.due,
        days_left=facts.days_left,
        done=facts.done,
        certain=facts.certain,
        occurrence=occurrence,
        item=rule.item,
        fact=fact(rule, facts, evidence.fields),
        plain_fact=plain_fact(rule, facts),
        ask=ask(rule, facts),
        steps=steps,
        citations=rule.citations,
        fields=evidence.fields,
        evidence=evidence.values,
        term=facts.term,
        to_head=rule.to_head,
        concerns=outsiders.concerned(rule, row),
        group=rule.group,
    )
