"""The rules in plain Python, card by card: the second opinion of the tests, and a baseline.

Conditions are judged by `knowledge.rules.interpret`, terms by `knowledge.periods`; none of the
compiled patrol is used.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from bench.patrol.plain_terms import PlainTerms, day_of
from knowledge.rules.interpret import Row
from knowledge.rules.rule import CheckBody, TermBody

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knowledge.cards import Card, CardSet
    from knowledge.rules.rule import Rule
    from knowledge.rules.run import Asked

Ends = tuple[date, date, date, date]


class Said(NamedTuple):
    """What a rule says of a card."""

    row: int
    rule: int
    state: str
    due: date | None
    done: date | None
    certain: bool


def patrol(cards: CardSet, rules: Sequence[Rule], asked: Asked) -> list[Said]:
    """Return what all rules say of all cards, in order of rows and rules."""
    plain = Plain(cards, rules, asked)
    return plain.folded(sorted(plain.said(), key=lambda each: (each.row, each.rule)))


def as_table(said: Sequence[Said]) -> pl.DataFrame:
    """Return what was said as the columns of `Found.hits`."""
    return pl.DataFrame(
        said,
        schema={
            "row": pl.UInt32,
            "rule": pl.UInt16,
            "state": pl.String,
            "due": pl.Date,
            "done": pl.Date,
            "certain": pl.Boolean,
        },
        orient="row",
    )


class Plain(PlainTerms):
    """One patrol in plain Python."""

    def said(self) -> Iterator[Said]:
        """Yield what is said: first the terms, whose ends the checks may rest on."""
        ends: dict[int, tuple[date, date, date]] = {}
        for place, card in enumerate(self.cards.cards):
            for number, rule in enumerate(self.rules):
                if not isinstance(rule.body, TermBody):
                    continue
                for found in self._term(rule, rule.body, self._row(number, card)):
                    if rule.body.handling and not found.doubted:
                        ends.setdefault(place, (found.due, found.raw, found.rolled))
                    if found.state is not None:
                        yield Said(place, number, found.state, found.due, found.done, found.certain)
        self.around = replace(self.around, dues=self._with_case(ends))
        for place, card in enumerate(self.cards.cards):
            for number, rule in enumerate(self.rules):
                if isinstance(rule.body, CheckBody):
                    yield from self._check(place, number, rule, rule.body, card)

    def _with_case(
        self, ends: dict[int, tuple[date, date, date]]
    ) -> dict[tuple[str, str | None], Ends]:
        cards = self.cards.cards
        first: dict[str, date] = {}
        for place, (due, _, _) in ends.items():
            case_no = cards[place].case_no
            first[case_no] = min(due, first.get(case_no, due))
        return {
            (cards[place].case_no, cards[place].person_no): (*own, first[cards[place].case_no])
            for place, own in ends.items()
        }

    def _row(self, number: int, card: Card) -> Row:
        rule = self.rules[number]
        return Row(
            card,
            self.around,
            self.settings[number],
            rule.charge_lists,
            raw=rule.raw,
            must_be_there=rule.only_if_present,
        )

    def _check(
        self, place: int, number: int, rule: Rule, body: CheckBody, card: Card
    ) -> Iterator[Said]:
        row = self._row(number, card)
        if not self._in_question(rule, row) or not self._in_force(rule, body, row):
            return
        if not row.holds(body.condition):
            return
        if rule.applies_when is not None and not row.holds(rule.applies_when):
            return
        for other, replacing in enumerate(self.rules):
            if replacing.id in rule.replaced_by and self._active(replacing, self._row(other, card)):
                return
        done = [day for each in body.done if (day := day_of(row.value(each))) is not None]
        due = day_of(row.value(body.due)) if body.due is not None else None
        yield Said(place, number, body.state, due, done[0] if done else None, certain=True)

    def _in_force(self, rule: Rule, body: CheckBody, row: Row) -> bool:
        if body.fact is None:
            return rule.is_in_force(self.asked.as_of)
        day = day_of(row.value(body.fact))
        return rule.is_in_force(self.asked.as_of if day is None else day)

    def folded(self, said: list[Said]) -> list[Said]:
        """Leave out a custody end that the item of an open term of the same day shows already."""
        cards, rules = self.cards.cards, self.rules
        told = {
            (cards[each.row].case_no, cards[each.row].person_no, each.due)
            for each in said
            if isinstance(rules[each.rule].body, TermBody)
            and each.done is None
            and not rules[each.rule].joins_term
        }
        return [
            each
            for each in said
            if not rules[each.rule].joins_term
            or each.state == "verify"
            or (cards[each.row].case_no, cards[each.row].person_no, each.due) not in told
        ]
