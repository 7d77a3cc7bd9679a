"""Tell what kind of thing a term is, and whether a condition compares like with like."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from knowledge.fields import registry
from knowledge.rules import syntax

if TYPE_CHECKING:
    from knowledge.rules.syntax import Node, Term

Kind = Literal["date", "number", "text", "charges"]

COMPUTED: dict[str, Kind] = {
    "今天": "date",
    "月末工作日": "date",
    "应到期日": "date",
    "应到期日未顺延": "date",
    "应到期日顺延后": "date",
    "同案应到期日": "date",
    "同案人数": "number",
    "同编号数": "number",
    "同统一受案号的单位数": "number",
    "受案号用字": "text",
    "受案号用字的阶段": "text",
    "案件类别的阶段": "text",
}
"""What conditions may use that is no column, and of what kind it is."""

_WORDS = {"date": "日期", "number": "数", "text": "文字", "charges": "案由"}


class KindFault(NamedTuple):
    """Unlike things are compared; `at` is the place in the text."""

    at: int
    reason: str


def kind_of(term: Term) -> Kind:
    """Return what kind of thing a term is."""
    match term:
        case syntax.Field(name):
            return _field_kind(name)
        case syntax.Computed(name):
            return COMPUTED[name]
        case syntax.Text():
            return "text"
        case syntax.Shift():
            return "date"
        case syntax.Charges():
            return "charges"
        case _:
            return "number"


def is_moment(term: Term) -> bool:
    """Tell whether a term is a column that may hold the time of day."""
    return isinstance(term, syntax.Field) and registry().fields[term.name].type == "datetime"


def check_kinds(tree: Node) -> KindFault | None:
    """Return the first comparison of unlike things, None where there is none."""
    for node in syntax.walk(tree):
        fault = _fault(node)
        if fault is not None:
            return KindFault(_place(node), fault)
    return None


def _fault(node: Node) -> str | None:  # noqa: PLR0911 - a case for each kind of node
    match node:
        case syntax.Compare(left, operator, right):
            return _compare_fault(left, operator, right)
        case syntax.Shift(base):
            return None if kind_of(base) == "date" else "只有日期可以加减天数、月数"
        case syntax.Arithmetic(left, _, right):
            numbers = kind_of(left) == kind_of(right) == "number"
            return None if numbers else "只有数可以相加减、相乘；日期加减要写单位，如 + 4日"
        case syntax.Age(left, right) | syntax.DaysBetween(left, right):
            days = kind_of(left) == kind_of(right) == "date"
            return None if days else "周岁、绝对差要写两个日期"
        case syntax.Holds(left):
            return None if kind_of(left) == "text" else "含、不含只用于文字"
        case syntax.Member(left, values):
            wanted = "number" if kind_of(left) == "number" else "text"
            same = kind_of(left) != "date" and all(kind_of(value) == wanted for value in values)
            return None if same else "集合里的值与栏目不是一类"
        case _:
            return None


def _compare_fault(left: Term, operator: str, right: Term) -> str | None:
    kinds = kind_of(left), kind_of(right)
    if kinds[0] != kinds[1]:
        return f"不能拿{_WORDS[kinds[0]]}与{_WORDS[kinds[1]]}比较"
    if operator == "⊆" and kinds[0] != "charges":
        return "⊆ 只用于案由(…)"
    if kinds[0] in {"text", "charges"} and operator in {"<", "≤", ">", "≥"}:
        return f"{_WORDS[kinds[0]]}不能比大小"
    return None


def _place(node: Node) -> int:
    places = [
        each.at for each in syntax.walk(node) if isinstance(each, syntax.Field | syntax.Computed)
    ]
    return places[0] if places else 0


def _field_kind(name: str) -> Kind:
    kind = registry().fields[name].type
    if kind in {"date", "datetime"}:
        return "date"
    return "number" if kind in {"int", "number"} else "text"
