"""All rules over all tables of another engine: derivations, terms, computed ends, then checks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

from bench.patrol.scope import active, concerns, derive, in_question
from bench.patrol.told_terms import ToldTerm
from bench.patrol.translation import condition, term
from bench.patrol.view import STAGES, Rows, Sheet, View, every, filled, negated, some
from knowledge.fields import CASE_TYPE, registry
from knowledge.rules import plan
from knowledge.rules.found import rests_on
from knowledge.rules.rule import CheckBody, TermBody

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.patrol.view import Holds, Value
    from knowledge.rules.card_table import CardTable
    from knowledge.rules.rule import Rule
    from knowledge.rules.run import Asked


R = TypeVar("R", bound=Rows)


class Engine(Protocol[R]):
    """An engine that holds the cards in tables."""

    def open(self, sheet: Sheet) -> R:
        """Return the rows of a table."""

    def settle(self, rows: R) -> None:
        """Work out what was defined so far, once for all rules."""

    def fork(self, rows: R) -> R:
        """Return the same rows, to be asked something of their own."""

    def hits(self, place: int, rows: R, shown: dict[str, Value], values: list[str]) -> None:
        """Keep the rows that are left as hits of a rule, with the values it rests on."""

    def ends(self, sheet: Sheet, found: list[tuple[R, dict[str, Value]]]) -> None:
        """Keep the computed ends of a table's rows; the first that knows a row is taken."""


def sheets_of(cards: CardTable, asked: Asked) -> list[Sheet]:
    """Tell what is known of each table."""
    types = registry().case_types
    kinds = [
        {str(kind): types[str(kind)].stages[0] for kind in table.data[CASE_TYPE].unique().sort()}
        for table in cards.tables
    ]
    everywhere = {
        (name, column)
        for name, stage in STAGES.items()
        for table, own in zip(cards.tables, kinds, strict=True)
        if stage in own.values()
        for column in table.columns
    }
    found = []
    for number, (table, own) in enumerate(zip(cards.tables, kinds, strict=True)):
        data = table.data
        held = {column.name for column in data if column.null_count() < data.height}
        held |= {f"{name}@" for name in held if str(data.schema[name]).startswith("Datetime")}
        found.append(
            Sheet(number, own, table.columns, frozenset(held), frozenset(everywhere), asked)
        )
    return found


def patrol(engine: Engine[R], sheets: Sequence[Sheet], rules: Sequence[Rule]) -> None:
    """Evaluate all rules."""
    for sheet in sheets:
        own = [(place, rule) for place, rule in enumerate(rules) if concerns(rule, sheet)]
        base = engine.open(sheet)
        view = View(base, sheet)
        derive(view, plan.plan([rule for _, rule in own]).derived)
        engine.settle(base)
        ends: list[tuple[R, dict[str, Value]]] = []
        for place, rule in own:
            if isinstance(rule.body, TermBody):
                for start in rule.body.starts:
                    asked = view.of(rule, engine.fork(base))
                    ends += _term(engine, place, ToldTerm(rule, rule.body, start, asked))
        engine.ends(sheet, ends)
        for place, rule in own:
            if isinstance(rule.body, CheckBody):
                _check(engine, place, rule, view.of(rule, engine.fork(base)), rules)


def _check(engine: Engine[R], place: int, rule: Rule, view: View, rules: Sequence[Rule]) -> None:
    body = rule.body
    assert isinstance(body, CheckBody)
    where = [in_question(rule, view), condition(body.condition, view)]
    if rule.applies_when is not None:
        where.append(condition(rule.applies_when, view))
    where.append(_in_force(rule, body, view))
    where += [
        negated(view, active(other, view.of(other, view.rows)))
        for other in rules
        if other.id in rule.replaced_by
    ]
    asked = every(view, where)
    if asked is False:
        return
    if asked is not True:
        view.rows.where(asked)
    due = term(body.due, view) if body.due else None
    done = [value for each in body.done if (value := view.field(each.name)) is not None]
    done_on = None
    if done:
        done_on = view.rows.chosen([(filled(view, each), each) for each in done], None)
    shown = {
        "state": view.rows.text(body.state),
        "due": due,
        "done": done_on,
        "certain": view.rows.flag(holds=True),
    }
    engine.hits(place, view.rows, shown, _values(rule, view))


def _term(engine: Engine[R], place: int, told: ToldTerm) -> list[tuple[R, dict[str, Value]]]:
    """Keep the hits of a term rule from one start; return the ends it gives the rows."""
    if not told.begin():
        return []
    certain, doubted = told.end()
    view, rows = told.view, told.view.rows
    found = []
    if told.body.handling:
        rolled = rows.looked_up("next", rows.column("raw_end"))
        kept = engine.fork(rows)
        if doubted is not False:
            kept.where(kept.negated(kept.holds(kept.column("doubted"))))
        found.append((kept, {"rolled": rolled}))
    rows.define("certain", rows.flag(certain))
    rows.define("state", told.state())
    rows.where(filled(view, rows.column("state")))
    day = told.done().day
    shown = {
        "state": rows.column("state"),
        "due": told.due(),
        "done": None if day is None else rows.day_of(day),
        "certain": rows.column("certain"),
    }
    engine.hits(place, rows, shown, _values(told.rule, view))
    return found


def _in_force(rule: Rule, body: CheckBody, view: View) -> Holds:
    as_of = view.sheet.asked.as_of
    day = None if body.fact is None else view.field(body.fact.name)
    if day is None or not (rule.valid_from or rule.valid_to):
        return rule.is_in_force(as_of)
    bounds = (("≥", rule.valid_from), ("≤", rule.valid_to))
    within = every(
        view,
        [
            view.rows.compare(operator, view.rows.day_of(day), view.rows.day(bound))
            for operator, bound in bounds
            if bound
        ],
    )
    unknown = [view.rows.is_blank(day)] if rule.is_in_force(as_of) else []
    return some(view, [within, *unknown])


def _values(rule: Rule, view: View) -> list[str]:
    return [name for name in rests_on(rule) if name in view.sheet.filled]
