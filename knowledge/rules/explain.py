"""Explain one rule on one card step by step: why it speaks, is silent, or cannot be evaluated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge import chinese
from knowledge.fields import CASE_TYPE
from knowledge.rules import patrol, run, syntax
from knowledge.rules.interpret import stage_of
from knowledge.rules.nodes import nodes_of
from knowledge.rules.resolve import said
from knowledge.rules.rule import DUE_NAMES, TermBody
from knowledge.rules.rule_words import RELEASE_WORDS, STATE_WORDS
from knowledge.rules.run import ALL_TYPES
from knowledge.rules.terms import TermKey, local_days, period
from knowledge.rules.unparse import written

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from typing import Any

    from knowledge.calendar import Calendar
    from knowledge.cards import CardSet
    from knowledge.rules.interpret import Row
    from knowledge.rules.model import Hit
    from knowledge.rules.rule import Rule
    from knowledge.rules.run import Run


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
    """Return the steps of one rule on every card of a case; the other rules as in a patrol."""
    result = patrol.evaluate(
        cards, rules, as_of=as_of, calendar=calendar, settings=settings, horizon=horizon
    )
    under_way = patrol.finished(
        cards, rules, as_of=as_of, calendar=calendar, settings=settings, horizon=horizon
    )
    around = patrol.surroundings(under_way, cards)
    lines = [*_head(rule, as_of)]
    for place, card in enumerate(cards.cards):
        if card.case_no != case_no:
            continue
        row = patrol.row_of(rule, place, under_way, around)
        own = [hit for hit in result.hits if _is_of(hit, rule, row)]
        evaluated = (rule.id, case_no, card.person_no) not in result.unevaluated
        lines += ["", f"案件 {case_no}" + (f"，人员 {card.person_no}" if card.person_no else "")]
        lines += _card(rule, row, own, under_way, evaluated=evaluated)
    return lines


def _is_of(hit: Hit, rule: Rule, row: Row) -> bool:
    return (hit.rule, hit.case_no, hit.person_no) == (
        rule.id,
        row.card.case_no,
        row.card.person_no,
    )


def _head(rule: Rule, as_of: date) -> Iterator[str]:
    yield f"{rule.id} {rule.title}（{rule.group}，{rule.severity}）"
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
    under_way: Run,
    *,
    evaluated: bool,
) -> Iterator[str]:
    types = "、".join(rule.case_types)
    shown = row.card.text(CASE_TYPE) or "空白"
    if not _is_for(rule, row):
        yield f"案件类别：{shown}；本规则适用于 {types}。结论：不适用"
        return
    yield f"案件类别：{shown}；本规则适用于 {types}"
    yield from _columns(rule, row)
    if not evaluated:
        yield f"结论：未评估，缺少 {'、'.join(_lacking(rule, row, under_way))}"
        return
    yield from _conditions(rule, row)
    if own:
        yield from (line for hit in own for line in _hit(hit))
        return
    yield from _silence(rule, row, under_way)


def _is_for(rule: Rule, row: Row) -> bool:
    if ALL_TYPES in rule.case_types:
        return True
    stage = stage_of(row.card)
    known = run.types_of(rule.case_types)
    return stage is not None and row.canonical_type in known


def _columns(rule: Rule, row: Row) -> Iterator[str]:
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
    if absent:
        yield f"导出表没有这些栏目，按空白处理：{'、'.join(absent)}"


def _lacking(rule: Rule, row: Row, under_way: Run) -> list[str]:
    lacking = [f"设置“{name}”" for name, own in under_way.settings_of(rule).items() if own is None]
    for name in rule.needs:
        if "." in name or name not in row.fields:
            lacking += [] if under_way.need(rule, name) is not False else [name]
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
        yield f"适用条件：{written(rule.applies_when)}——{holds}"
    if not isinstance(rule.body, TermBody):
        holds = "成立" if row.holds(rule.body.condition) else "不成立"
        yield f"有问题的情形：{written(rule.body.condition)}——{holds}"


def _hit(hit: Hit) -> Iterator[str]:
    yield from (f"{place}. {step}" for place, step in enumerate(hit.steps, 1))
    due = f"，届满日 {hit.due}" if hit.due else ""
    yield f"结论：{STATE_WORDS[hit.state]}{due}；{hit.fact}"
    yield f"请求：{hit.ask}（{RELEASE_WORDS[hit.release]}）"


def _silence(rule: Rule, row: Row, under_way: Run) -> Iterator[str]:
    if rule.applies_when is not None and not row.holds(rule.applies_when):
        yield "结论：适用条件不成立，不提示"
        return
    if not isinstance(rule.body, TermBody):
        if row.holds(rule.body.condition):
            yield f"结论：已由 {'、'.join(rule.replaced_by)} 评估，不重复提示"
        else:
            yield "结论：没有问题，不提示"
        return
    yield from _quiet_term(rule, rule.body, row, under_way)


def _quiet_term(rule: Rule, body: TermBody, row: Row, under_way: Run) -> Iterator[str]:
    found = patrol.term_row(rule, body, row.card, under_way)
    if not found:
        yield "结论：起算的日期（或者所指的事项）空白，不提示"
    for each in found:
        yield from _quiet_start(rule, body, each, under_way)


def _quiet_start(
    rule: Rule, body: TermBody, found: Mapping[str, Any], under_way: Run
) -> Iterator[str]:
    start = body.starts[found["place"]]
    yield f"{start.fact}：{start.field.name} {said(found['start'])}"
    if body.event is None:
        key = TermKey(*(found[name] for name in TermKey._fields))
        local = local_days(body, under_way.reading(rule))
        computed = period(body, key, under_way.calendar, local)
        yield from (f"{place}. {step}" for place, step in enumerate(computed.steps, 1))
    satisfied = written(start.satisfied_by)
    if found["done"]:
        day = f"，{said(found['done_on'])}" if found["done_on"] else ""
        yield f"结论：要求已在期限内完成（{satisfied}{day}），不提示"
    elif found["state"] is not None and rule.joins_term:
        yield "结论：与办案期限同日届满，并入办案期限的提示，不另报"
    else:
        yield f"结论：还没有到提示的日子；完成的标志：{satisfied}"
