"""Write a condition back in the syntax it was read from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.rules import syntax

if TYPE_CHECKING:
    from knowledge.rules.syntax import Node


def written(node: Node) -> str:  # noqa: C901, PLR0911 - a case for each kind of node
    """Return a condition or term as text."""
    match node:
        case syntax.Both(parts):
            return " 且 ".join(_inside(part) for part in parts)
        case syntax.Either(parts):
            return " 或 ".join(written(part) for part in parts)
        case syntax.Negation(part):
            return f"非 ({written(part)})"
        case syntax.Compare(left, operator, right):
            return f"{written(left)} {operator} {written(right)}"
        case syntax.Member(left, values, negated):
            inside = ", ".join(written(value) for value in values)
            return f"{written(left)} {'∉' if negated else '∈'} {{{inside}}}"
        case syntax.Holds(left, text, negated):
            return f"{written(left)} {'不含' if negated else '含'} {text}"
        case syntax.Blank(left, negated):
            return f"{written(left)} {'非空' if negated else '为空'}"
        case syntax.ChargeClass(cells, name, only):
            kind = "只有案由类" if only else "案由类"
            return f"{kind}({', '.join(map(written, cells))}, {name})"
        case syntax.CaseHas(part):
            return f"同案有({written(part)})"
        case syntax.NoRecord(table):
            return f"无记录({table})"
        case _:
            return _term(node)


def _inside(part: Node) -> str:
    return f"({written(part)})" if isinstance(part, syntax.Either) else written(part)


def _term(node: Node) -> str:  # noqa: C901, PLR0911 - a case for each kind of node
    match node:
        case syntax.Field(name, table):
            return f"{table}.{name}" if table else name
        case syntax.Computed(name):
            return name
        case syntax.Text(value) | syntax.Number(value):
            return str(value)
        case syntax.Shift(base, sign, unit, amount, setting):
            number = str(amount) if setting is None else f"{{{setting}}}"
            return f"{written(base)} {sign} {number}{unit}"
        case syntax.Arithmetic(left, sign, right):
            return f"{_summand(left)} {sign} {_summand(right)}"
        case syntax.Charges(cells, whole_case):
            kind = "同案案由" if whole_case else "案由"
            return f"{kind}({', '.join(map(written, cells))})"
        case syntax.Count(conditions):
            return f"个数({', '.join(map(written, conditions))})"
        case syntax.Age(left, right):
            return f"周岁({written(left)}, {written(right)})"
        case syntax.DaysBetween(left, right):
            return f"绝对差({written(left)}, {written(right)})"
        case syntax.Digits(cell):
            return f"位数({written(cell)})"
        case _:  # pragma: no cover - conditions are written above
            raise TypeError(node)


def _summand(node: Node) -> str:
    return f"({written(node)})" if isinstance(node, syntax.Arithmetic) else written(node)
