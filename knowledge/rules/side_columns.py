"""Columns that conditions read and no export has: sets of charges, words of numbers, counts.

They are worked out for a part of the cards, texts once per distinct value; a case lies in one part.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from knowledge import case_numbers
from knowledge.rules import charges, syntax
from knowledge.rules.frame import CASE, PERSON

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from knowledge.rules.frame import Frame
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
PERSONS = "同案人数"
WORD, WORD_STAGE = "受案号用字", "受案号用字的阶段"
_WORD = r"^[\u4e00-\u9fff]{1,8}?(?:检|院)([\u4e00-\u9fff]{1,8}?)\[\d{4}\]\d{11,12}号$"
"""The form most exports use; other forms are taken apart one by one."""


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


def add(frame: Frame, nodes: Iterable[Node], charge_lists: Mapping[str, frozenset[str]]) -> Frame:
    """Return the frame with every side column the conditions read."""
    for each in dict.fromkeys(part for node in nodes for part in syntax.walk(node)):
        frame = _add_one(frame, each, charge_lists)
    return frame


def _add_one(frame: Frame, node: Node, charge_lists: Mapping[str, frozenset[str]]) -> Frame:
    match node:
        case syntax.Charges():
            return _add_charges(frame, node)
        case syntax.Compare(syntax.Charges() as left, "⊆", syntax.Charges() as right):
            return _add_within(_add_charges(_add_charges(frame, left), right), left, right)
        case syntax.ChargeClass():
            inner = syntax.Charges(node.cells)
            listed = charge_lists[node.list_name]
            return _mapped(
                _add_charges(frame, inner),
                [charges_key(inner)],
                class_key(node),
                lambda texts: charges.is_of(texts[0], listed, only=node.only),
                pl.Boolean(),
            )
        case syntax.NoRecord(table) if table in LISTED:
            return _add_listed(frame, table)
        case syntax.Computed(name) if name in {PERSONS, WORD, WORD_STAGE}:
            return _add_computed(frame, name)
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
    frame: Frame,
    sources: Sequence[str],
    name: str,
    function: Callable[[tuple[str | None, ...]], object],
    kind: pl.DataType,
) -> Frame:
    """Add a column that is a function of others, worked out once per distinct value.

    Where all are blank the new column is blank too; a column of nothing but No is left out.
    """
    found = [source for source in sources if frame.column(source) is not None]
    if name in frame.data.columns or not found:
        return frame
    keys = frame.data.select(found).unique()
    texts = keys.select(pl.all().cast(pl.String)).iter_rows()
    values = [
        function(tuple(row[found.index(each)] if each in found else None for each in sources))
        for row in texts
    ]
    if not any(values):
        return frame
    told = pl.Series(name, values, dtype=pl.String if kind == frame.texts else kind).cast(kind)
    if len(found) == 1:
        column = pl.col(found[0]).replace_strict(
            keys.to_series(), told, default=None, return_dtype=kind
        )
        return frame.with_columns([column.alias(name)])
    joined = frame.data.select(found).join(
        keys.with_columns(told), on=found, how="left", nulls_equal=True, maintain_order="left"
    )
    return frame.with_columns([joined[name]])


def _add_charges(frame: Frame, node: Charges) -> Frame:
    cells = [cell.name for cell in node.cells]
    if not node.whole_case:
        return _mapped(
            frame, cells, charges_key(node), lambda texts: charges.joined(*texts), frame.texts
        )
    own = syntax.Charges(node.cells)
    return _add_of_case(_add_charges(frame, own), charges_key(own), charges_key(node))


def _add_of_case(frame: Frame, own: str, name: str) -> Frame:
    """Add the charges of all persons of a case; most cases have but one set of them."""
    if frame.column(own) is None or name in frame.data.columns:
        return frame
    pairs = frame.data.select(CASE, own).drop_nulls().unique()
    several = pairs.filter(pl.col(CASE).is_duplicated()).select(CASE, pl.col(own).cast(pl.String))
    joint = several.group_by(CASE).agg(pl.col(own).sort().str.join(","))
    whole = pl.Series(name, [charges.canonical(text) for text in joint[own]], dtype=pl.String).cast(
        frame.texts
    )
    single = pairs.filter(~pl.col(CASE).is_duplicated()).rename({own: name})
    table = pl.concat([single, joint.select(CASE).with_columns(whole)])
    joined = frame.data.select(CASE).join(table, on=CASE, how="left", maintain_order="left")
    return frame.with_columns([joined[name]])


def _add_within(frame: Frame, left: Charges, right: Charges) -> Frame:
    return _mapped(
        frame,
        [charges_key(left), charges_key(right)],
        within_key(left, right),
        lambda texts: charges.is_within(*texts),
        pl.Boolean(),
    )


def _add_listed(frame: Frame, table: str) -> Frame:
    key = record_key(table)
    numbers = sorted(frame.listed.get(table, ()))
    if key in frame.data.columns or not numbers:
        return frame
    return frame.with_columns([pl.col(CASE).is_in(numbers).alias(key)])


def _add_computed(frame: Frame, name: str) -> Frame:
    if name in frame.data.columns:
        return frame
    if name == PERSONS:
        if frame.column(PERSON) is None:
            return frame
        size = pl.len().over(CASE).cast(pl.Int64)
        return frame.with_columns([pl.when(pl.col(PERSON).is_not_null()).then(size).alias(PERSONS)])
    return _add_word(frame, name)


def _add_word(frame: Frame, name: str) -> Frame:
    """Add the word of each case number, or the stage it stands for."""
    plain = frame.data.select(pl.col(CASE).str.extract(_WORD)).to_series()
    unread = frame.data.select(pl.col(CASE).filter(plain.is_null())).to_series().unique()
    function = word_of if name == WORD else stage_of_number
    words = plain.unique()
    said = words if name == WORD else pl.Series([STAGE_OF_WORD.get(word or "") for word in words])
    column = plain.replace_strict(words, said, return_dtype=pl.String)
    if len(unread):
        others = pl.Series([function(text) for text in unread], dtype=pl.String)
        read = frame.data[CASE].replace_strict(unread, others, default=None, return_dtype=pl.String)
        column = column.zip_with(plain.is_not_null(), read)
    return frame.with_columns([column.cast(frame.texts).alias(name)])
