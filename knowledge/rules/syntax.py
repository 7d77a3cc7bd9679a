"""What a condition is once it is read: small frozen values, each knowing where it stands."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

Unit = Literal["日", "个月", "年"]
Operator = Literal["=", "≠", "<", "≤", ">", "≥", "⊆"]
Sign = Literal["+", "-"]
Table = Literal["逮捕", "公诉"]


@dataclass(frozen=True, slots=True)
class Field:
    """A column of the card, or of the same person's row in another report (逮捕.决定种类)."""

    name: str
    table: Table | None = None
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Computed:
    """Something that is no column: 今天, 应到期日, 同案人数, 受案号用字."""

    name: str
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Text:
    """A value written out."""

    value: str


@dataclass(frozen=True, slots=True)
class Number:
    """A number written out."""

    value: int | float


@dataclass(frozen=True, slots=True)
class Shift:
    """A day moved by calendar days, months or years; a setting may give how many."""

    base: Term
    sign: Sign
    unit: Unit
    amount: int | None = None
    setting: str | None = None


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """A sum, a difference or a product of numbers."""

    left: Term
    sign: Literal["+", "-", "*"]
    right: Term


@dataclass(frozen=True, slots=True)
class Charges:
    """The set of charges in some cells, of the person or of all persons of the case."""

    cells: tuple[Field, ...]
    whole_case: bool = False


@dataclass(frozen=True, slots=True)
class Count:
    """How many of the conditions hold."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Age:
    """Years of age on a day; a birthday itself does not yet count (法释〔2006〕1号 art. 2)."""

    born: Term
    on: Term


@dataclass(frozen=True, slots=True)
class DaysBetween:
    """How many days lie between two days, whichever is first."""

    left: Term
    right: Term


@dataclass(frozen=True, slots=True)
class Digits:
    """How many digits a number text has; 0 where it holds anything else."""

    cell: Field


@dataclass(frozen=True, slots=True)
class Either:
    """Some of the conditions hold."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Both:
    """All of the conditions hold."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Negation:
    """The condition does not hold."""

    part: Condition


@dataclass(frozen=True, slots=True)
class Compare:
    """Two terms compared; a blank on either side is false, but a blank left side ≠ any value."""

    left: Term
    operator: Operator
    right: Term


@dataclass(frozen=True, slots=True)
class Member:
    """One of several values, or none of them."""

    left: Term
    values: tuple[Text | Number, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Holds:
    """A cell contains a word, or does not."""

    left: Term
    text: str
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Blank:
    """A cell is blank, or (negated) filled."""

    left: Term
    negated: bool = False


@dataclass(frozen=True, slots=True)
class ChargeClass:
    """Some charge of these cells stands in a named list, or (`only`) all of them do."""

    cells: tuple[Field, ...]
    list_name: str
    only: bool = False
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class CaseHas:
    """Some person of the case meets the condition."""

    part: Condition


@dataclass(frozen=True, slots=True)
class NoRecord:
    """The other table holds no row of this person, or of this case."""

    table: str
    at: int = field(default=0, compare=False)


Term = (
    Field
    | Computed
    | Text
    | Number
    | Shift
    | Arithmetic
    | Charges
    | Count
    | Age
    | DaysBetween
    | Digits
)
Condition = (
    Either | Both | Negation | Compare | Member | Holds | Blank | ChargeClass | CaseHas | NoRecord
)
Node = Term | Condition


def walk(node: Node) -> Iterator[Node]:
    """Yield a node and everything in it."""
    yield node
    for name in _parts(type(node)):
        value = getattr(node, name)
        for child in value if isinstance(value, tuple) else (value,):
            if isinstance(child, Node):
                yield from walk(child)


def _parts(kind: type[Node]) -> tuple[str, ...]:
    if kind not in _PARTS:
        _PARTS[kind] = tuple(entry.name for entry in fields(kind))
    return _PARTS[kind]


_PARTS: dict[type[Node], tuple[str, ...]] = {}


def columns(*nodes: Node | None) -> tuple[Field, ...]:
    """Return the columns conditions read, each once, in order of appearance."""
    found = (
        each for node in nodes if node is not None for each in walk(node) if isinstance(each, Field)
    )
    return tuple(dict.fromkeys(found))


def computed(*nodes: Node | None) -> frozenset[str]:
    """Return the names conditions use that are no columns."""
    return frozenset(
        each.name
        for node in nodes
        if node is not None
        for each in walk(node)
        if isinstance(each, Computed)
    )


def settings(*nodes: Node | None) -> tuple[str, ...]:
    """Return the office's settings conditions use."""
    found = (
        each.setting
        for node in nodes
        if node is not None
        for each in walk(node)
        if isinstance(each, Shift) and each.setting is not None
    )
    return tuple(dict.fromkeys(found))
