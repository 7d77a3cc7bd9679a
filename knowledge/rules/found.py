"""What a patrol found, in columns: every hit with its state and days; words only when asked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import polars as pl

from knowledge.cards import CardSet
from knowledge.fields import registry
from knowledge.rules import derivations, hits, terms
from knowledge.rules.frame import ROW
from knowledge.rules.interpret import Row, Surroundings
from knowledge.rules.rule import TermBody

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from typing import Any

    from knowledge.rules.evaluation import Evaluated
    from knowledge.rules.model import Hit
    from knowledge.rules.rule import Rule
    from knowledge.rules.run import Asked
    from knowledge.rules.source import Source

End = tuple["date", "date", "date", "date"]


@dataclass(frozen=True)
class Found:
    """The hits of one patrol, without words.

    `hits` has a row for each, in the order of rows and rules: the place of its `rule` among the
    rules, the `row` of the card set, `state`, `due`, `days_left`, the day `done`, whether it is
    `certain`, and `at`, its place among what was `spoken` of the rule.
    """

    source: Source
    rules: Sequence[Rule]
    asked: Asked
    parts: Sequence[Evaluated]
    spoken: Mapping[int, pl.DataFrame]
    hits: pl.DataFrame

    def values(self, place: int) -> pl.DataFrame:
        """Return the exported values the hits of a rule rest on, in the order of its hits."""
        first, count = self._runs.get(place, (0, 0))
        return self.source.rows(self._by_rule.slice(first, count), rests_on(self.rules[place]))

    @cached_property
    def _by_rule(self) -> pl.Series:
        """The rows of the hits, those of a rule under each other."""
        return self.hits.select("rule", "row").sort("rule", maintain_order=True)["row"]

    @cached_property
    def _runs(self) -> dict[int, tuple[int, int]]:
        """Where the rows of each rule begin among them, and how many there are."""
        counted = self.hits["rule"].value_counts().sort("rule")
        firsts = counted["count"].cum_sum() - counted["count"]
        return dict(zip(counted["rule"], zip(firsts, counted["count"], strict=True), strict=True))

    def worded(self, chosen: pl.DataFrame | None = None) -> Iterator[Hit]:
        """Yield hits with their words: all of them, or those of some rows of `hits`."""
        asked = self.hits if chosen is None else chosen
        for place, number, at in asked.select("rule", "row", "at").iter_rows():
            rule, told = self.rules[place], self.spoken[place].row(at, named=True)
            row = self.row(rule, number)
            if isinstance(rule.body, TermBody):
                yield hits.of_term(rule, rule.body, told, row, self.asked)
            else:
                yield hits.of_check(rule, rule.body, told, row, self.asked)

    def row(self, rule: Rule, place: int) -> Row:
        """Return one card as a rule sees it."""
        return Row(
            self.source.card(place),
            self._around(place),
            self.asked.settings_of(rule),
            rule.charge_lists,
            raw=rule.raw,
            must_be_there=rule.only_if_present,
        )

    def term_rows(self, rule: Rule, place: int | None = None) -> list[dict[str, Any]]:
        """Return what a term rule computed, for one card or for all, a row for each start.

        Only of cards: of a table no rows are kept.
        """
        if not isinstance(rule.body, TermBody):
            return []
        planned = [
            each.rows if place is None else each.rows.filter(pl.col(ROW) == place)
            for part in self.parts
            if part.run is not None
            for each in terms.plans(rule, rule.body, part.run)
        ]
        return [row for table in pl.collect_all(planned) for row in table.iter_rows(named=True)]

    def has(self, rule: Rule, name: str) -> bool:
        """Tell whether some row has a column a rule needs."""
        runs = [part.run for part in self.parts if part.run is not None]
        return any(run.need(rule, name) is not False for run in runs)

    def _around(self, place: int) -> Surroundings:
        """Return what the words of a row need beside its card."""
        if self.source.whole is not None:
            return self._around_all
        card = self.source.card(place)
        ends: dict[tuple[str, str | None], End] = {}
        for part in self.parts:
            for _, *days in part.ends.filter(pl.col(ROW) == place).iter_rows():
                ends[card.case_no, card.person_no] = (days[0], days[1], days[2], days[3])
        return Surroundings(CardSet((card,)), self.asked.as_of, self.asked.calendar, ends)

    @cached_property
    def _around_all(self) -> Surroundings:
        cards = self.source.whole
        assert cards is not None  # noqa: S101 - only asked for where there are cards
        ends: dict[tuple[str, str | None], End] = {}
        for part in self.parts:
            for row, *days in part.ends.iter_rows():
                card = cards.cards[row]
                ends[card.case_no, card.person_no] = (days[0], days[1], days[2], days[3])
        return Surroundings(cards, self.asked.as_of, self.asked.calendar, ends)


def rests_on(rule: Rule) -> list[str]:
    """Return the exported columns a rule rests on, those of derived fields included."""
    told = [name.partition(".")[2] or name for name in (*rule.needs, *rule.uses)]
    names = [name for name in told if name in registry().fields]
    if rule.raw:
        return list(dict.fromkeys(names))
    return list(dict.fromkeys((*names, *sorted(derivations.columns_needed(names)))))


def gathered(
    source: Source, rules: Sequence[Rule], asked: Asked, parts: Sequence[Evaluated]
) -> Found:
    """Put the hits of all parts in order; a custody end that an open term shows is left out."""
    spoken: dict[int, list[pl.DataFrame]] = {}
    for part in parts:
        for place, rows in part.spoken.items():
            spoken.setdefault(place, []).append(rows)
    whole = {
        place: rows[0] if len(rows) == 1 else pl.concat(rows)
        for place, rows in sorted(spoken.items())
    }
    listed = [_listed(place, rules[place], rows, asked) for place, rows in whole.items()]
    hits = pl.concat(listed) if listed else _listed_of_nothing()
    ordered = hits.sort("row", "rule", maintain_order=True)
    return Found(source, rules, asked, parts, whole, folded(ordered, source, rules))


def _listed(place: int, rule: Rule, rows: pl.DataFrame, asked: Asked) -> pl.DataFrame:
    """Return what all hits have in common."""
    done = pl.col("done_on").cast(pl.Date)
    against = pl.coalesce(done, pl.lit(asked.as_of))
    certain = pl.lit(value=True)
    if isinstance(rule.body, TermBody) and rule.body.event is None:
        certain = pl.col("certain")
    return rows.select(
        pl.lit(place, dtype=pl.UInt16).alias("rule"),
        pl.col(ROW).alias("row"),
        pl.col("state"),
        pl.col("due"),
        (pl.col("due").to_physical() - against.to_physical()).alias("days_left"),
        done.alias("done"),
        certain.alias("certain"),
        pl.int_range(pl.len(), dtype=pl.UInt32).alias("at"),
    )


def _listed_of_nothing() -> pl.DataFrame:
    return pl.DataFrame(
        schema={
            "rule": pl.UInt16,
            "row": pl.UInt32,
            "state": pl.String,
            "due": pl.Date,
            "days_left": pl.Int32,
            "done": pl.Date,
            "certain": pl.Boolean,
            "at": pl.UInt32,
        }
    )


def folded(hits: pl.DataFrame, source: Source, rules: Sequence[Rule]) -> pl.DataFrame:
    """Leave out a custody end that the item of an open term of the same day shows already."""
    joining = [place for place, rule in enumerate(rules) if rule.joins_term]
    joins = pl.col("rule").is_in(joining) & (pl.col("state") != "verify")
    if not joining or not hits.select(joins.any()).item():
        return hits
    counted = [place for place, rule in enumerate(rules) if isinstance(rule.body, TermBody)]
    is_told = pl.col("rule").is_in(counted) & pl.col("done").is_null()
    is_told &= ~pl.col("rule").is_in(joining)
    cases, persons = source.numbers()
    named = hits.select(
        "due",
        joins.alias("joins"),
        is_told.alias("told"),
        cases.gather(hits["row"]).alias("case"),
        persons.gather(hits["row"]).alias("person"),
    ).with_row_index("place")
    key = ["case", "person", "due"]
    shown = named.filter("told").select(key).unique()
    again = named.filter("joins").join(shown, on=key, how="semi", nulls_equal=True)
    return hits.filter(~pl.int_range(pl.len(), dtype=pl.UInt32).is_in(again["place"].implode()))
