"""Explain one rule on one card step by step: why it speaks, is silent, or cannot be evaluated."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import polars as pl

from knowledge import chinese
from knowledge.fields import CASE_TYPE
from knowledge.rules import patrol, run, syntax, term_steps, versions
from knowledge.rules.condition_words import in_words
from knowledge.rules.interpret import stage_of
from knowledge.rules.nodes import nodes_of
from knowledge.rules.resolve import said
from knowledge.rules.rule import DUE_NAMES, TermBody
from knowledge.rules.rule_words import RELEASE_WORDS, STATE_WORDS
from knowledge.rules.run import ALL_TYPES, Asked
from knowledge.rules.source import Cards
from knowledge.rules.terms import TermKey, local_days, period
from knowledge.rules.unevaluated import Unevaluated

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from knowledge.calendar import Calendar
    from knowledge.cards import CardSet
    from knowledge.rules.found import Found
    from knowledge.rules.interpret import Row
    from knowledge.rules.model import Hit
    from knowledge.rules.rule import Rule


def explain(
    rule: Rule,
    case_no: str,
    cards: CardSet,
    rules: Sequence[Rule],
    *,
    as_of: date,
    calendar: Calendar,
    settings: Mapping[str, int | None],
    horizon: date,
) -> list[str]:
    """Return the steps of one rule on every card of a case; the other rules as in a patrol.

    Of several versions each is explained, the oldest first.
    """
    asked = Asked(as_of, horizon, calendar, settings)
    # in one part, which keeps its rows: what is silent is told from them
    every = versions.apart(rules)
    found = patrol.find(Cards(cards), every, asked, enough=len(cards.cards) + 1)
    lines: list[str] = []
    for version in rule.versions:
        places = [place for place, each in enumerate(every) if _is_version(each, version)]
        spoken = found.hits.filter(pl.col("rule").is_in(places))
        lines += [*([""] if lines else []), *_head(version, as_of)]
        lines += _case(version, case_no, found, spoken)
    return lines


def _is_version(each: Rule, version: Rule) -> bool:
    return (each.id, each.valid_from) == (version.id, version.valid_from)


def _case(rule: Rule, case_no: str, found: Found, spoken: pl.DataFrame) -> Iterator[str]:
    unevaluated = Unevaluated(found)
    cases, persons = found.source.numbers()
    for place, (case, person) in enumerate(zip(cases, persons, strict=True)):
        if case != case_no:
            continue
        row = found.row(rule, place)
        own = list(found.worded(spoken.filter(pl.col("row") == place)))
        evaluated = (rule.id, case_no, person) not in unevaluated
        yield from ("", f"案件 {case_no}" + (f"，人员 {person}" if person else ""))
        yield from _card(rule, row, own, found, place, evaluated=evaluated)


def _head(rule: Rule, as_of: date) -> Iterator[str]:
    yield f"{rule.id} {rule.title}（{rule.group}，{rule.severity}）"
    if dated := versions.span(rule):
        yield f"版本：{dated}"
    yield f"要求：{rule.requirement}"
    cited = "、".join(
        chinese.full_citation(one.document, one.article, one.paragraph) for one in rule.citations
    )
    yield f"依据：{cited}"
    yield f"以 {as_of} 为准"


def _card(
    rule: Rule,
    row: Row,
    own: Sequence[Hit],
    found: Found,
    place: int,
    *,
    evaluated: bool,
) -> Iterator[str]:
    types = "、".join(rule.case_types)
    shown = row.card.text(CASE_TYPE) or "空白"
    if not _is_for(rule, row):
        yield f"案件类别：{shown}；本规则适用于 {types}。结论：不适用"
        return
    yield f"案件类别：{shown}；本规则适用于 {types}"
    if not _in_force(rule, row):
        yield f"本版本{versions.span(rule)}，事实不在其间。结论：不适用"
        return
    yield from _columns(rule, row, blank_told=bool(own))
    if not evaluated:
        yield f"结论：未评估，缺少 {'、'.join(_lacking(rule, row, found))}"
        return
    yield from _conditions(rule, row)
    if own:
        yield from (line for hit in own for line in _hit(rule, hit))
        return
    yield from _silence(rule, row, found, place)


def _in_force(rule: Rule, row: Row) -> bool:
    """Tell whether the facts a version goes by may lie in its time; one that is blank may."""
    values = [row.resolved(fact.name).value for fact in rule.body.facts] or [row.around.today]
    days = [each.date() if isinstance(each, datetime) else each for each in values]
    return any(not isinstance(day, date) or rule.is_in_force(day) for day in days)


def _is_for(rule: Rule, row: Row) -> bool:
    if ALL_TYPES in rule.case_types:
        return True
    stage = stage_of(row.card)
    known = run.types_of(rule.case_types)
    return stage is not None and row.canonical_type in known


def _columns(rule: Rule, row: Row, *, blank_told: bool) -> Iterator[str]:
    """Show what was read; what is taken as blank only where no step of a hit says so."""
    for name in rule.needs:
        if "." in name or name not in row.fields:
            continue
        found = row.resolved(name)
        if found.step:
            yield f"{name}：{said(found.value)}（{found.step}）"
        elif found.known:
            yield f"{name}：{said(found.value)}"
        else:
            yield f"{name}：导出表没有这一栏，也推导不出"
    absent = []
    for name in rule.uses:
        if "." in name or name not in row.fields:
            continue
        found = row.resolved(name)
        if found.value is not None:
            yield f"{name}：{said(found.value)}" + (f"（{found.step}）" if found.step else "")
        elif not found.known:
            absent.append(name)
    if absent and not blank_told:
        yield f"导出表没有这些栏目，按空白处理：{'、'.join(absent)}"


def _lacking(rule: Rule, row: Row, found: Found) -> list[str]:
    lacking = [
        f"设置“{name}”" for name, own in found.asked.settings_of(rule).items() if own is None
    ]
    for name in rule.needs:
        if "." in name or name not in row.fields:
            lacking += [] if found.has(rule, name) else [name]
        elif not row.resolved(name).known:
            lacking.append(name)
    if not lacking and _hours(rule):
        lacking.append("起算的时刻（只有日期）")
    if not lacking and syntax.computed(*nodes_of(rule)) & DUE_NAMES:
        lacking.append("可以计算的期限")
    return lacking


def _hours(rule: Rule) -> bool:
    body = rule.body
    return isinstance(body, TermBody) and bool(body.amount and body.amount.hours)


def _conditions(rule: Rule, row: Row) -> Iterator[str]:
    if rule.applies_when is not None:
        holds = "成立" if row.holds(rule.applies_when) else "不成立"
        yield f"适用条件：{in_words(rule.applies_when)}——{holds}"
    if not isinstance(rule.body, TermBody):
        holds = "成立" if row.holds(rule.body.condition) else "不成立"
        yield f"有问题的情形：{in_words(rule.body.condition)}——{holds}"


def _hit(rule: Rule, hit: Hit) -> Iterator[str]:
    yield from (f"{place}. {step}" for place, step in enumerate(hit.steps, 1))
    if hit.done is None and isinstance(rule.body, TermBody):
        ends = dict.fromkeys(in_words(start.satisfied_by) for start in rule.body.starts)
        yield f"办完的标志：{'；'.join(ends)}"
    due = f"，届满日 {hit.due}" if hit.due else ""
    yield f"结论：{STATE_WORDS[hit.state]}{due}；{hit.fact}"
    yield f"请求：{hit.ask}（{RELEASE_WORDS[hit.release]}）"


def _silence(rule: Rule, row: Row, found: Found, place: int) -> Iterator[str]:
    if rule.applies_when is not None and not row.holds(rule.applies_when):
        yield "结论：适用条件不成立，不提示"
        return
    if not isinstance(rule.body, TermBody):
        if row.holds(rule.body.condition):
            yield f"结论：已由 {'、'.join(rule.replaced_by)} 评估，不重复提示"
        else:
            yield "结论：没有问题，不提示"
        return
    yield from _quiet_term(rule, rule.body, found, place)


def _quiet_term(rule: Rule, body: TermBody, found: Found, place: int) -> Iterator[str]:
    rows = found.term_rows(rule, place)
    if not rows:
        yield "结论：起算的日期（或者所指的事项）空白，不提示"
    for each in rows:
        yield from _quiet_start(rule, body, each, found.asked)


def _quiet_start(
    rule: Rule, body: TermBody, found: Mapping[str, Any], asked: Asked
) -> Iterator[str]:
    steps = [term_steps.start_step(body, found)]
    if body.event is None:
        key = TermKey(*(found[name] for name in TermKey._fields))
        local = local_days(body, asked.settings_of(rule))
        steps += term_steps.period_steps(body, found, period(body, key, asked.calendar, local))
    yield from (f"{place}. {step}" for place, step in enumerate(steps, 1))
    satisfied = in_words(body.starts[found["place"]].satisfied_by)
    if found["done"]:
        day = f"，{said(found['done_on'])}" if found["done_on"] else ""
        yield f"结论：要求已在期限内完成（{satisfied}{day}），不提示"
    elif found["state"] is not None and rule.joins_term:
        yield "结论：与办案期限同日届满，并入办案期限的提示，不另报"
    else:
        yield f"结论：还没有到提示的日子；完成的标志：{satisfied}"
