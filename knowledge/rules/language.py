"""Read a condition: text in the small syntax of the rules becomes a tree of typed values."""

from __future__ import annotations

import ast
import difflib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from lark import Lark, Token, Transformer
from lark.exceptions import UnexpectedInput

from knowledge.fields import registry
from knowledge.rules import syntax
from knowledge.rules.faults import ConditionError
from knowledge.rules.kinds import COMPUTED, check_kinds

if TYPE_CHECKING:
    from collections.abc import Callable

    from knowledge.rules.syntax import Condition, Field, Node, Term

TABLES = ("逮捕", "公诉")
LISTED_TABLES = ("公开清单", "问题通报")
_GRAMMAR = Path(__file__).with_name("grammar.lark")


def condition(text: str) -> Condition:
    """Read a condition.

    Raises:
        ConditionError: it is not of the syntax, names an unknown column or compares unlike things.
    """
    return cast("Condition", _read(text, "condition"))


def term(text: str) -> Term:
    """Read a term: a column, a day such as 决定日期 + 4日, a number."""
    return cast("Term", _read(text, "term"))


@cache
def _read(text: str, start: str) -> Node:
    try:
        found = _parser().parse(text, start=start)
        node = _column(found) if start == "term" else found
    except UnexpectedInput as error:
        token = getattr(error, "token", None)
        ended = token is not None and token.type == "$END"
        place = len(text) if ended or error.pos_in_stream is None else error.pos_in_stream
        raise ConditionError(text, place + 1, _unexpected(text, place)) from error
    except _NameFault as error:
        raise ConditionError(text, error.at + 1, error.reason) from error
    tree = cast("Node", node)
    fault = check_kinds(tree)
    if fault is not None:
        raise ConditionError(text, fault.at + 1, fault.reason)
    return tree


def _unexpected(text: str, place: int) -> str:
    rest = text[place:].strip()
    if not rest:
        return "还没有写完"
    return f"看不懂“{rest.split()[0][:12]}”，请检查运算符、括号和空格"


class _NameFault(Exception):  # noqa: N818 - never leaves this module
    def __init__(self, at: int, reason: str) -> None:
        super().__init__(reason)
        self.at = at
        self.reason = reason


@cache
def _parser() -> Lark:
    return Lark(
        _GRAMMAR.read_text(encoding="utf-8"),
        parser="lalr",
        lexer="basic",
        start=["condition", "term"],
        transformer=_Builder(),
        maybe_placeholders=False,
    )


def _field(token: Token, at: int) -> Field:
    table, dot, name = str(token).partition(".")
    if dot and table in TABLES:
        found = syntax.Field(name, cast("syntax.Table", table), at)
    else:
        found = syntax.Field(str(token), None, at)
    if found.name not in registry().fields:
        raise _NameFault(at, f"没有栏目“{found.name}”{_similar(found.name)}")
    return found


def _similar(name: str) -> str:
    near = difflib.get_close_matches(name, registry().fields, n=1, cutoff=0.6)
    return f"，是不是“{near[0]}”？" if near else "，请用字段规范表里的名称"


def _place(token: Any) -> int:
    place: int = token.start_pos
    return place


class _Builder(Transformer[Token, Any]):
    """Build the tree while the parser reads; `word` stays open until its place is known."""

    def word(self, found: list[Token]) -> Token:
        return found[0]

    def text(self, found: list[Token]) -> syntax.Text:
        return syntax.Text(str(found[0]))

    def quoted(self, found: list[Token]) -> syntax.Text:
        return syntax.Text(str(found[0])[1:-1])

    def number(self, found: list[Token]) -> syntax.Number:
        value = ast.literal_eval(str(found[0]))
        return syntax.Number(value)

    def either(self, found: list[Any]) -> Condition:
        return syntax.Either(tuple(found[::2])) if found[1:] else cast("Condition", found[0])

    def both(self, found: list[Any]) -> Condition:
        return syntax.Both(tuple(found[::2])) if found[1:] else cast("Condition", found[0])

    def negation(self, found: list[Any]) -> Condition:
        return syntax.Negation(found[1])

    def compare(self, found: list[Any]) -> Condition:
        left, operator, right = found
        return syntax.Compare(_column(left), str(operator), _operand(right))  # type: ignore[arg-type]

    def member(self, found: list[Any]) -> Condition:
        left, operator, *values = found
        return syntax.Member(_column(left), tuple(values), negated=str(operator) == "∉")

    def holds(self, found: list[Any]) -> Condition:
        left, operator, value = found
        text = str(value.value) if isinstance(value, syntax.Number) else value.value
        return syntax.Holds(_column(left), text, negated=str(operator) == "不含")

    def blank(self, found: list[Any]) -> Condition:
        left, operator = found
        return syntax.Blank(_column(left), negated=str(operator) == "非空")

    def charge_class(self, found: list[Any]) -> Condition:
        name, *cells, charge_list = found
        if not cells:
            raise _NameFault(_place(name), f"“{name}”要写栏目和名单两样")
        columns = tuple(_field(cell, _place(cell)) for cell in cells)
        only = str(name) == "只有案由类"
        return syntax.ChargeClass(columns, str(charge_list), only=only, at=_place(charge_list))

    def case_has(self, found: list[Any]) -> Condition:
        return syntax.CaseHas(found[1])

    def no_record(self, found: list[Token]) -> Condition:
        table = found[1]
        if table not in (*TABLES, *LISTED_TABLES):
            raise _NameFault(_place(table), f"没有表“{table}”")
        return syntax.NoRecord(str(table), _place(table))

    def arithmetic(self, found: list[Any]) -> Term:
        left, sign, right = found
        return syntax.Arithmetic(_column(left), str(sign), _column(right))  # type: ignore[arg-type]

    def shift(self, found: list[Any]) -> Term:
        base, sign, amount = found
        digits = "".join(letter for letter in amount if letter.isdigit())
        unit = amount[len(digits) :].strip()
        return syntax.Shift(_column(base), str(sign), unit, amount=int(digits))  # type: ignore[arg-type]

    def shift_by_setting(self, found: list[Any]) -> Term:
        base, sign, setting, unit = found
        return syntax.Shift(_column(base), str(sign), str(unit), setting=str(setting))  # type: ignore[arg-type]

    def charges(self, found: list[Token]) -> Term:
        name, *cells = found
        columns = tuple(_field(cell, _place(cell)) for cell in cells)
        return syntax.Charges(columns, whole_case=str(name) == "同案案由")

    def count(self, found: list[Any]) -> Term:
        return syntax.Count(tuple(found[1:]))

    def date_function(self, found: list[Any]) -> Term:
        name, left, right = found
        make: Callable[..., Term] = syntax.Age if str(name) == "周岁" else syntax.DaysBetween
        return make(_column(left), _column(right))

    def digits(self, found: list[Token]) -> Term:
        return syntax.Digits(_field(found[1], _place(found[1])))


def _column(found: Any) -> Term:
    """Take a word on the left, or inside a function, as a column or a computed name."""
    if not isinstance(found, Token):
        return cast("Term", found)
    if found in COMPUTED:
        return syntax.Computed(str(found), _place(found))
    return _field(found, _place(found))


def _operand(found: Any) -> Term:
    """Take a word on the right as a column where there is one, else as a value."""
    if not isinstance(found, Token):
        return cast("Term", found)
    name = str(found).removeprefix("逮捕.").removeprefix("公诉.")
    if found in COMPUTED or name in registry().fields:
        return _column(found)
    return syntax.Text(str(found))
