"""Columns that conditions read and no export has: sets of charges, rows of other reports, counts.

Texts are looked at once per distinct value, not once per card.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from knowledge import case_numbers
from knowledge.rules import charges, syntax
from knowledge.rules.frame import CASE, PERSON, REPORT_STAGES, STAGE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from knowledge.rules.frame import CardFrame
    from knowledge.rules.syntax import ChargeClass, Charges, Node, Table

STAGE_OF_WORD = {
    "刑捕受": "审查逮捕",
    "未捕受": "审查逮捕",
    "刑诉受": "审查起诉",
    "未起诉受": "审查起诉",
    "起诉受": "审查起诉",
    "刑申受": "控告申诉",
}
"""Words of case numbers seen; a word that is not here says nothing."""

LISTED = ("公开清单", "问题通报")
_ACCEPTED = "受理日期"


def charges_key(node: Charges) -> str:
    """Name the column of a set of charges."""
    scope = "同案案由" if node.whole_case else "案由"
    return f"{scope}({','.join(cell.name for cell in node.cells)})"


def class_key(node: ChargeClass) -> str:
    """Name the column that tells whether charges stand in a list."""
    kind = "只有案由类" if node.only else "案由类"
    return f"{kind}({','.join(cell.name for cell in node.cells)},{node.list_name})"


def within_key(left: Charges, right: Charges) -> str:
    """Name the column that tells whether a set of charges lies within another."""
    return f"{charges_key(left)}⊆{charges_key(right)}"


def table_key(table: Table, name: str) -> str:
    """Name the column of a value from another report."""
    return f"{table}.{name}"


def record_key(table: str) -> str:
    """Name the column that tells whether another table holds this person or case."""
    return f"{table}#"


def columns_needed(nodes: Iterable[Node]) -> set[str]:
    """Return the columns that must be loaded for side columns, beyond those conditions name."""
    found = {
        name
        for node in nodes
        for each in syntax.walk(node)
        if isinstance(each, syntax.Computed)
        for name in _COMPUTED_COLUMNS.get(each.name, ())
    }
    return found | {_ACCEPTED}


_COMPUTED_COLUMNS = {"同统一受案号的单位数": ("统一受案号", "承办单位")}


def add(
    frame: CardFrame, nodes: Iterable[Node], charge_lists: Mapping[str, frozenset[str]]
) -> CardFrame:
    """Return the frame with every side column the conditions read."""
    walked = dict.fromkeys(each for node in nodes for each in syntax.walk(node))
    for each in walked:
        frame = _add_one(frame, each, charge_lists)
    return frame


def _add_one(frame: CardFrame, node: Node, charge_lists: Mapping[str, frozenset[str]]) -> CardFrame:  # noqa: PLR0911 - a case for each kind of node
    match node:
        case syntax.Charges():
            return _add_charges(frame, node)
        case syntax.Compare(syntax.Charges() as left, "⊆", syntax.Charges() as right):
            frame = _add_charges(_add_charges(frame, left), right)
            return _add_within(frame, left, right)
        case syntax.ChargeClass():
            inner = syntax.Charges(node.cells)
            frame = _add_charges(frame, inner)
            listed = charge_lists[node.list_name]
            return _mapped(
                frame,
                charges_key(inner),
                class_key(node),
                lambda text: charges.is_of(text, listed, only=node.only),
                pl.Boolean,
            )
        case syntax.Field(name, table) if table is not None:
            return _add_table(frame, table, name)
        case syntax.NoRecord(table):
            return _add_record(frame, table)
        case syntax.Computed("受案号用字"):
            return _mapped(frame, CASE, "受案号用字", word_of, pl.String)
        case syntax.Computed("受案号用字的阶段"):
            return _mapped(frame, CASE, "受案号用字的阶段", stage_of_number, pl.String)
        case _:
            return frame


def word_of(case_no: str | None) -> str | None:
    """Return the word of a case number: 刑捕受."""
    number = case_numbers.parse(case_no) if case_no else None
    return number.word if number else None


def stage_of_number(case_no: str | None) -> str | None:
    """Return the stage the word of a case number stands for."""
    return STAGE_OF_WORD.get(word_of(case_no) or "")


def _mapped(
    frame: CardFrame,
    source: str,
    name: str,
    function: Callable[[str | None], object],
    kind: type[pl.DataType],
) -> CardFrame:
    """Add a column that is a function of another, worked out once per distinct value."""
    if name in frame.data.columns:
        return frame
    values = frame.data[source].unique().to_list()
    table = pl.DataFrame(
        [
            pl.Series("from", values, dtype=pl.String),
            pl.Series("to", [function(value) for value in values], dtype=kind),
        ]
    )
    found = frame.data.select(pl.col(source).alias("from")).join(
        table, on="from", how="left", nulls_equal=True, maintain_order="left"
    )
    return frame.with_columns([found["to"].alias(name)])


def _add_charges(frame: CardFrame, node: Charges) -> CardFrame:
    name = charges_key(node)
    if name in frame.data.columns:
        return frame
    joint = pl.concat_str([pl.col(c.name) for c in node.cells], separator=",", ignore_nulls=True)
    if node.whole_case:
        joint = joint.sort().str.join(",").over(CASE)
    return _mapped(
        frame.with_columns([joint.alias(f"{name}#")]),
        f"{name}#",
        name,
        charges.canonical,
        pl.String,
    )


def _add_within(frame: CardFrame, left: Charges, right: Charges) -> CardFrame:
    name = within_key(left, right)
    mark = "\x1f"
    pair = pl.concat_str(
        [pl.col(charges_key(each)).fill_null("") for each in (left, right)], separator=mark
    )

    def within(text: str | None) -> bool:
        first, second = (text or mark).split(mark)
        return charges.is_within(first or None, second or None)

    return _mapped(
        frame.with_columns([pair.alias(f"{name}#")]), f"{name}#", name, within, pl.Boolean
    )


def _of_report(frame: CardFrame, table: str, *names: str) -> pl.DataFrame:
    """Return some columns of a report, the newest row of each person, by person."""
    asked = list(dict.fromkeys((PERSON, STAGE, _ACCEPTED, *names)))
    rows = frame.data.select(asked).filter(
        pl.col(STAGE) == REPORT_STAGES[table], pl.col(PERSON).is_not_null()
    )
    return rows.sort(_ACCEPTED, nulls_last=False, maintain_order=True).unique(
        PERSON, keep="last", maintain_order=True
    )


def _add_table(frame: CardFrame, table: Table, name: str) -> CardFrame:
    key = table_key(table, name)
    if key in frame.data.columns:
        return frame
    other = _of_report(frame, table, name).select(PERSON, pl.col(name).alias(key))
    found = frame.data.select(PERSON, name, STAGE).join(
        other, on=PERSON, how="left", maintain_order="left"
    )
    own = pl.col(STAGE) == REPORT_STAGES[table]
    column = found.select(pl.when(own).then(pl.col(name)).otherwise(pl.col(key)).alias(key))
    return frame.with_columns([column[key]])


def _add_record(frame: CardFrame, table: str) -> CardFrame:
    key = record_key(table)
    if key in frame.data.columns:
        return frame
    if table in REPORT_STAGES:
        held = _of_report(frame, table)[PERSON].implode()
        return frame.with_columns([pl.col(PERSON).is_in(held).fill_null(value=False).alias(key)])
    numbers = sorted(frame.listed.get(table, ()))
    return frame.with_columns([pl.col(CASE).is_in(numbers).alias(key)])
