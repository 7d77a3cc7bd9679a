"""Columns that conditions read and no export has: sets of charges, words of numbers, counts.

They are worked out for a part of the cards, texts once per distinct value; a case lies in one part.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from knowledge import case_numbers
from knowledge.rules import categories, charges, syntax
from knowledge.rules.frame import CASE, CASE_ID, PERSON

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
_HEAD = r"^([\u4e00-\u9fff]{2,16})\[[0-9]{4}\][0-9]{11,12}号$"
_REST = "[2026]99010300001号"
"""The form most exports use; its word depends on the head alone. Others are read one by one."""


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


def is_side(node: Node) -> bool:
    """Tell whether a node reads no column of the card itself."""
    if isinstance(node, syntax.Field):
        return node.table is not None
    if isinstance(node, syntax.Compare):
        return node.operator == "⊆"
    return isinstance(node, syntax.Charges | syntax.ChargeClass | syntax.NoRecord | syntax.Computed)


def add(frame: Frame, nodes: Iterable[Node], charge_lists: Mapping[str, frozenset[str]]) -> Frame:
    """Return the frame with every side column the conditions read."""
    for each in nodes:
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
    if len(found) == 1:
        place = sources.index(found[0])
        blanks = [None] * len(sources)
        column = categories.told(
            frame.data[found[0]],
            lambda text: function((*blanks[:place], text, *blanks[place + 1 :])),
            kind,
        )
        return frame if column is None else frame.with_columns([column.alias(name)])
    keys, met = categories.combined([frame.data[each] for each in found])
    values = [
        function(tuple(row[found.index(each)] if each in found else None for each in sources))
        for row in met
    ]
    if not any(values):
        return frame
    told = pl.Series(name, values, dtype=pl.String if kind == frame.texts else kind).cast(kind)
    return frame.with_columns([told.gather(keys)])


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
    columns = frame.data.select(CASE_ID, own)
    with_others = columns[CASE_ID].is_duplicated()
    pairs = columns.filter(with_others).lazy().drop_nulls().unique().collect()
    is_one_of_several = pl.col(CASE_ID).is_duplicated()
    several = pairs.filter(is_one_of_several).with_columns(pl.col(own).cast(pl.String))
    joint = several.group_by(CASE_ID).agg(pl.col(own).sort().str.join(","))
    whole = [charges.canonical(text) for text in joint[own]]
    table = pl.concat(
        [
            pairs.filter(~is_one_of_several).rename({own: name}),
            joint.select(CASE_ID, pl.Series(name, whole, dtype=pl.String).cast(frame.texts)),
        ]
    )
    rows = columns.filter(with_others).select(CASE_ID)
    joined = rows.join(table, on=CASE_ID, how="left", maintain_order="left")
    whole_case = columns[own].scatter(with_others.arg_true(), joined[name])
    return frame.with_columns([whole_case.alias(name)])


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
        size = pl.len().over(CASE_ID).cast(pl.Int64)
        return frame.with_columns([pl.when(pl.col(PERSON).is_not_null()).then(size).alias(PERSONS)])
    return _add_word(frame, name)


def _add_word(frame: Frame, name: str) -> Frame:
    """Add the word of each case number, or the stage it stands for."""
    if name == WORD:
        return frame.with_columns([_words(frame.data[CASE]).cast(frame.texts).alias(WORD)])
    if frame.column(WORD) is None:
        frame = _add_word(frame, WORD)
    return _mapped(
        frame, [WORD], WORD_STAGE, lambda texts: STAGE_OF_WORD.get(texts[0] or ""), frame.texts
    )


def _words(numbers: pl.Series) -> pl.Series:
    """Return the words of case numbers; unusual forms are taken apart one by one."""
    heads = numbers.str.extract(_HEAD)
    told = _translated(heads, lambda head: word_of(head + _REST))
    unread = heads.is_null()
    if not unread.any():
        return told
    return told.zip_with(~unread, _translated(numbers.set(~unread, None), word_of))


def _translated(texts: pl.Series, function: Callable[[str], str | None]) -> pl.Series:
    """Return what a function says of each text, asked once for each of them."""
    said = categories.told(texts, lambda text: text and function(text), pl.String())
    return texts.clear(len(texts)) if said is None else said
