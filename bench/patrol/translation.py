"""The rules told to another engine: the same trees, written out for SQL or for columns of pandas.

What a rule says is read from its tree alone, apart from the product's own compiler. An engine gives
values and conditions; a value that is blank on every row is None, a condition that is the same on
every row a bool. Each table holds the cards of one case type.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bench.patrol.view import STAGES, every, filled, negated, some
from knowledge.fields import CASE_TYPE
from knowledge.periods import add_months
from knowledge.rules import syntax
from knowledge.rules.kinds import is_moment
from knowledge.rules.run import last_workday
from knowledge.rules.side_columns import STAGE_OF_WORD

if TYPE_CHECKING:
    from bench.patrol.view import Holds, Value, View

ENDS = {
    "应到期日": "due",
    "应到期日未顺延": "raw",
    "应到期日顺延后": "rolled",
    "同案应到期日": "case_due",
}


def condition(node: Any, view: View) -> Holds:  # noqa: C901, PLR0911 - a case for each kind of node
    """Translate a condition."""
    rows = view.rows
    match node:
        case syntax.Both(parts):
            return every(view, [condition(part, view) for part in parts])
        case syntax.Either(parts):
            return some(view, [condition(part, view) for part in parts])
        case syntax.Negation(part):
            return negated(view, condition(part, view))
        case syntax.Compare():
            return _compare(node, view)
        case syntax.Member(left, values, no):
            value = term(left, view)
            found = False if value is None else rows.member(value, [each.value for each in values])
            return negated(view, found) if no else found
        case syntax.Holds(left, text, no):
            value = term(left, view)
            found = False if value is None else rows.contains(value, text)
            return negated(view, found) if no else found
        case syntax.Blank(left, no):
            value = term(left, view)
            if no:
                return filled(view, value)
            blank = True if value is None else rows.is_blank(value)
            name = left.name if isinstance(left, syntax.Field) else ""
            return False if name in view.must and name not in view.sheet.columns else blank
        case syntax.ChargeClass(cells, name, only):
            value = _charges(syntax.Charges(cells), view)
            listed = view.charge_lists[name]
            return False if value is None else rows.has_charge(value, listed, only=only)
        case syntax.CaseHas(part):
            inner = condition(part, view)
            return inner if isinstance(inner, bool) else rows.case_has(inner)
        case syntax.NoRecord(table):
            return negated(view, rows.has_record(table) if table in STAGES else False)
    raise AssertionError(node)


def _compare(node: syntax.Compare, view: View) -> Holds:  # noqa: PLR0911 - a case for each comparison
    left, right = term(node.left, view), term(node.right, view)
    if right is None:
        return False
    if node.operator == "≠":
        return view.rows.differs(left, right) if left is not None else filled(view, right)
    if left is None:
        return False
    if node.operator == "⊆":
        return view.rows.within(left, right)
    by_day = view.rows.compare(node.operator, left, right)
    if not (is_moment(node.left) and is_moment(node.right)):
        return by_day
    first, second = (moment_of(each, view) for each in (node.left, node.right))
    if first is None or second is None:
        return by_day
    exact = every(view, [filled(view, first), filled(view, second)])
    return some(view, [
        every(view, [exact, view.rows.compare(node.operator, first, second)]),
        every(view, [negated(view, exact), by_day]),
    ])  # fmt: skip


def moment_of(node: Any, view: View) -> Value:
    name = f"{node.name}@"
    return view.rows.column(name) if name in view.sheet.filled else None


def term(node: Any, view: View) -> Value:  # noqa: C901, PLR0911, PLR0912 - a case for each kind of node
    """Translate a term; None: blank on every row."""
    rows = view.rows
    match node:
        case syntax.Field(name, None):
            return view.field(name)
        case syntax.Field(name, table):
            if set(view.sheet.kinds.values()) == {STAGES[str(table)]}:
                return rows.column(name) if name in view.sheet.filled else None
            return rows.other(str(table), name)
        case syntax.Computed(name):
            return _computed(name, view)
        case syntax.Text(value):
            return rows.text(value)
        case syntax.Number(value):
            return rows.number(value)
        case syntax.Shift():
            return _shift(node, view)
        case syntax.Arithmetic(left, sign, right):
            pair = term(left, view), term(right, view)
            return None if any(each is None for each in pair) else rows.arithmetic(sign, *pair)
        case syntax.Charges():
            return _charges(node, view)
        case syntax.Count(conditions):
            return rows.count([condition(each, view) for each in conditions])
        case syntax.Age(born, on):
            first, second = term(born, view), term(on, view)
            return None if first is None or second is None else rows.age(first, second)
        case syntax.DaysBetween(left, right):
            first, second = term(left, view), term(right, view)
            return None if first is None or second is None else rows.days_between(first, second)
        case syntax.Digits(cell):
            value = view.field(cell.name)
            return None if value is None else rows.digits(value)
    raise AssertionError(node)


def _charges(node: syntax.Charges, view: View) -> Value:
    cells = [cell.name for cell in node.cells if cell.name in view.sheet.filled]
    return view.rows.charges(cells, whole_case=node.whole_case) if cells else None


def _computed(name: str, view: View) -> Value:  # noqa: PLR0911 - a case for each name
    asked = view.sheet.asked
    match name:
        case "今天":
            return view.rows.day(asked.as_of)
        case "月末工作日":
            return view.rows.day(last_workday(asked.as_of, asked.calendar))
        case "案件类别的阶段":
            return by_stage(view, {stage: view.rows.text(stage) for stage in view.sheet.stages})
        case "同案人数":
            return view.rows.persons()
        case "同编号数":
            return view.rows.same_number()
        case "同统一受案号的单位数":
            return view.rows.offices()
        case "受案号用字":
            return view.rows.word()
        case "受案号用字的阶段":
            word = view.rows.word()
            cases = [
                (view.rows.compare("=", word, view.rows.text(each)), view.rows.text(stage))
                for each, stage in STAGE_OF_WORD.items()
            ]
            return view.rows.chosen(cases, None)
    return view.rows.end(ENDS[name])


def _shift(node: syntax.Shift, view: View) -> Value:
    amount = node.amount if node.setting is None else view.settings.get(node.setting)
    if amount is None:
        return None
    signed = -amount if node.sign == "-" else amount
    months = {"日": 0, "个月": signed, "年": signed * 12}[node.unit]
    if isinstance(node.base, syntax.Computed) and node.base.name == "今天":
        day = add_months(view.sheet.asked.as_of, months) if months else view.sheet.asked.as_of
        return view.rows.day(day + timedelta(days=0 if months else signed))
    base = term(node.base, view)
    if base is None:
        return None
    moved = view.rows.plus_months(base, months) if months else base
    return moved if months else view.rows.plus_days(moved, signed)


def by_stage(view: View, values: dict[str, Value]) -> Value:
    """Return for each row the value of its stage."""
    if len({str(value) for value in values.values()}) == 1:
        return next(iter(values.values()))
    kind = view.rows.column(CASE_TYPE)
    cases = [
        (view.rows.member(kind, [name]), values[stage]) for name, stage in view.sheet.kinds.items()
    ]
    return view.rows.chosen(cases, None)
