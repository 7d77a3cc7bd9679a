"""Columns that conditions read and no export has: sets of charges, words of numbers, counts.

They are worked out for a part of the cards, texts once per distinct value; a case lies in one part.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from knowledge import case_numbers
from knowledge.rules import categories, charges, syntax
from knowledge.rules.frame import CASE, CASE_ID, PERSON
from knowledge.rules.runs import first_of_runs

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
_USUAL = r"^[\u4e00-\u9fff]{2,16}\[[0-9]{4}\][0-9]{11,12}号$"
_SERIAL = 13
"""The digits and 号 at the end of a number; of a shorter one the bracket as well."""
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
    cases, held = frame.data[CASE_ID], frame.data[own]
    unlike = _unlike(cases, held)
    joint = _of_whole_cases(cases.filter(unlike), held.filter(unlike)).cast(frame.texts)
    return frame.with_columns([held.clone().scatter(unlike.arg_true(), joint).alias(name)])


def _of_whole_cases(cases: pl.Series, held: pl.Series) -> pl.Series:
    """Return for each row the charges of all rows of its case."""
    keys, met = categories.combined([held])
    pairs = (cases.cast(pl.UInt64) * len(met) + keys).sort()
    pairs = pairs.filter(first_of_runs([pairs]))
    each_case = pl.DataFrame({"case": pairs // len(met), "key": pairs % len(met)})
    sets = each_case.group_by("case", maintain_order=True).agg("key")
    texts = pl.Series([text for [text] in met], dtype=pl.Categorical())
    longest = sets.select(pl.col("key").list.len().max()).item() or 0
    members = [texts.gather(sets["key"].list.get(n, null_on_oob=True)) for n in range(longest)]
    if not members:
        return pl.Series(dtype=pl.String)
    numbers, joint = categories.combined(members)
    whole = pl.Series([charges.joined(*each) for each in joint], dtype=pl.String)
    return whole.gather(numbers).gather(sets["case"].search_sorted(cases.cast(pl.UInt64)))


def _unlike(cases: pl.Series, held: pl.Series) -> pl.Series:
    """Mark the rows of the cases whose persons have not all the same charges."""
    if not cases.is_sorted():
        return cases.is_duplicated()
    same_case = cases[1:] == cases[:-1]
    differ = same_case & held[1:].ne_missing(held[:-1])
    return cases.is_in(cases[1:].filter(differ).implode())


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
    # the persons of a case mostly stand under each other: the first of them speaks for all
    is_first = first_of_runs([numbers])
    firsts = numbers.filter(is_first)
    usual = firsts.str.contains(_USUAL)
    # what stands before the serial number is the same for very many
    fronts = firsts.str.head(-_SERIAL).set(~usual, None)
    told = _translated(fronts, lambda front: word_of(front.partition("[")[0] + _REST))
    if not usual.all():
        told = told.zip_with(usual, _translated(firsts.set(usual, None), word_of))
    return told.gather(is_first.cum_sum() - 1)


def _translated(texts: pl.Series, function: Callable[[str], str | None]) -> pl.Series:
    """Return what a function says of each text, asked once for each of them."""
    said = categories.told(texts, lambda text: text and function(text), pl.String())
    return texts.clear(len(texts)) if said is None else said
