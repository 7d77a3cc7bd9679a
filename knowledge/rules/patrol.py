"""Run rules over a card set: every hit of a day, and which rules could not be evaluated.

Order: derivations, term rules, the computed due day of each row, then checks, which may rest on
that day and give way to a term rule that was evaluated for the row.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import polars as pl

from knowledge.rules import checks, derivations, hits, side_columns, syntax, terms
from knowledge.rules.checks import ACTIVE
from knowledge.rules.compile import DUE, DUE_CASE, DUE_RAW, DUE_ROLLED, Reading
from knowledge.rules.frame import CASE, ROW, build, expression
from knowledge.rules.interpret import Row, Surroundings
from knowledge.rules.model import PatrolResult
from knowledge.rules.nodes import nodes_of
from knowledge.rules.rule import CheckBody, TermBody
from knowledge.rules.run import Run, last_workday

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from knowledge.calendar import Calendar
    from knowledge.cards import Card, CardSet
    from knowledge.rules.frame import CardFrame
    from knowledge.rules.model import Hit
    from knowledge.rules.rule import Rule
    from knowledge.rules.terms import TermRows

ENDS = (DUE, DUE_RAW, DUE_ROLLED, DUE_CASE)
Key = tuple[str, str, str | None]
Coverage = pl.DataFrame


def evaluate(
    cards: CardSet,
    rules: Sequence[Rule],
    *,
    as_of: date,
    calendar: Calendar,
    settings: Mapping[str, int | None],
    horizon: date,
) -> PatrolResult:
    """Evaluate rules over cards.

    Args:
        cards: the card set.
        rules: the rules of the office.
        as_of: the day the patrol is of.
        calendar: working days and days off.
        settings: the office's own numbers; what is not given has the catalogue's default.
        horizon: terms that end before this day are warned of, whatever their warning days.
    """
    run = prepare(cards, rules, as_of=as_of, calendar=calendar, settings=settings, horizon=horizon)
    found, run = _terms(rules, run)
    return _result(rules, found, run)


def _result(
    rules: Sequence[Rule], found: Sequence[tuple[Rule, TermBody, TermRows]], run: Run
) -> PatrolResult:
    cards = run.frame.cards
    made = [*_term_hits(found, run), *_check_hits(rules, run)]
    coverage = _coverage(rules, run)
    order = {rule.id: place for place, rule in enumerate(rules)}
    made.sort(key=lambda pair: (pair[0], order[pair[1].rule]))
    return PatrolResult(
        as_of=run.as_of,
        hits=tuple(folded((hit for _, hit in made), {r.id for r in rules if r.joins_term})),
        cases=len({card.case_no for card in cards}),
        persons=sum(card.person_no is not None for card in cards),
        rules=len(rules),
        not_evaluated=not_evaluated(rules, run, coverage),
        unevaluated=_unevaluated(rules, run, coverage),
        asked=frozenset(order),
    )


def prepare(
    cards: CardSet,
    rules: Sequence[Rule],
    *,
    as_of: date,
    calendar: Calendar,
    settings: Mapping[str, int | None],
    horizon: date,
) -> Run:
    """Lay the cards out with everything the rules' conditions read."""
    nodes = [node for rule in rules for node in nodes_of(rule)]
    names = {column.name for column in syntax.columns(*nodes)} | _needed(rules)
    derived = derivations.order(names)
    loaded = derivations.columns_needed(names) | side_columns.columns_needed(nodes)
    frame = build(cards, sorted(loaded))
    reading = Reading(as_of, last_workday(as_of, calendar), settings)
    frame = derivations.resolve(frame, derived, reading)
    lists: dict[str, frozenset[str]] = {}
    for rule in rules:
        lists |= rule.charge_lists
    frame = side_columns.add(frame, nodes, lists)
    nothing = pl.lit(None, dtype=pl.Date)
    frame = frame.with_columns([nothing.alias(name) for name in ENDS])
    return Run(frame, as_of, horizon, calendar, settings, frozenset(derived))


def finished(
    cards: CardSet,
    rules: Sequence[Rule],
    *,
    as_of: date,
    calendar: Calendar,
    settings: Mapping[str, int | None],
    horizon: date,
) -> Run:
    """Return a patrol after its term rules: every due day is known."""
    run = prepare(cards, rules, as_of=as_of, calendar=calendar, settings=settings, horizon=horizon)
    return _terms(rules, run)[1]


def term_row(rule: Rule, body: TermBody, card: Card, run: Run) -> list[dict[str, Any]]:
    """Return what a term rule computed for one card, a row for each start."""
    rows = terms.evaluate(rule, body, run)
    if rows is None:
        return []
    place = run.frame.cards.index(card)
    return list(rows.dues.filter(pl.col(ROW) == place).iter_rows(named=True))


def _needed(rules: Iterable[Rule]) -> set[str]:
    """Return the needed and used columns, those of other reports by their own names."""
    told = {name.partition(".")[2] or name for rule in rules for name in (*rule.needs, *rule.uses)}
    return told - set(side_columns.LISTED)


def _terms(rules: Sequence[Rule], run: Run) -> tuple[list[tuple[Rule, TermBody, TermRows]], Run]:
    """Evaluate term rules; the frame then knows each row's due day and which rules were active."""
    found: list[tuple[Rule, TermBody, TermRows]] = []
    dues: list[pl.DataFrame] = []
    for rule in rules:
        if not isinstance(rule.body, TermBody):
            continue
        rows = terms.evaluate(rule, rule.body, run)
        if rows is None:
            continue
        found.append((rule, rule.body, rows))
        if rule.body.handling:
            known = rows.dues.filter(pl.col("doubt").is_null())
            dues.append(known.select(ROW, "due", "raw_end", "rolled_end"))
    run = replace(run, frame=_with_dues(run.frame, dues))
    return found, replace(run, frame=run.frame.with_columns(_marks(rules, run)))


def _marks(rules: Sequence[Rule], run: Run) -> list[pl.Expr]:
    """Mark the rows on which a rule was evaluated that others give way to."""
    by_id = {rule.id: rule for rule in rules}
    named = sorted({name for rule in rules for name in rule.replaced_by})
    return [
        (expression(run.active(by_id[name])) if name in by_id else pl.lit(value=False)).alias(
            ACTIVE + name
        )
        for name in named
    ]


def _with_dues(frame: CardFrame, dues: Sequence[pl.DataFrame]) -> CardFrame:
    if not dues:
        return frame
    first = pl.concat(dues).unique(ROW, keep="first", maintain_order=True)
    joined = frame.data.select(ROW).join(first, on=ROW, how="left", maintain_order="left")
    known = frame.with_columns(
        [
            joined["due"].alias(DUE),
            joined["raw_end"].alias(DUE_RAW),
            joined["rolled_end"].alias(DUE_ROLLED),
        ]
    )
    return known.with_columns([pl.col(DUE).min().over(CASE).alias(DUE_CASE)])


def surroundings(run: Run, cards: CardSet) -> Surroundings:
    """Return what an explanation needs beside the card."""
    known = run.frame.data.filter(pl.col(DUE).is_not_null()).select(ROW, *ENDS)
    dues = {}
    for place, *ends in known.iter_rows():
        card = run.frame.cards[place]
        dues[card.case_no, card.person_no] = (ends[0], ends[1], ends[2], ends[3])
    return Surroundings(cards, run.as_of, run.calendar, dues)


def row_of(rule: Rule, place: int, run: Run, around: Surroundings) -> Row:
    """Return one card as a rule sees it."""
    return Row(
        run.frame.cards[place],
        around,
        run.settings_of(rule),
        rule.charge_lists,
        raw=rule.raw,
        must_be_there=rule.only_if_present,
    )


def _term_hits(
    found: Iterable[tuple[Rule, TermBody, TermRows]], run: Run
) -> Iterator[tuple[int, Hit]]:
    around = _around(run)
    for rule, body, rows in found:
        for each in rows.hits.iter_rows(named=True):
            place = each[ROW]
            yield place, hits.of_term(rule, body, each, row_of(rule, place, run, around), run)


def _check_hits(rules: Iterable[Rule], run: Run) -> Iterator[tuple[int, Hit]]:
    around = _around(run)
    asked = [(rule, rule.body) for rule in rules if isinstance(rule.body, CheckBody)]
    for rule, body, each in checks.evaluate(asked, run):
        place = each[ROW]
        yield place, hits.of_check(rule, body, each, row_of(rule, place, run, around), run)


def _around(run: Run) -> Surroundings:
    return surroundings(run, run.frame.card_set)


def folded(found: Iterable[Hit], joining: AbstractSet[str]) -> list[Hit]:
    """Leave out a custody end that the item of an open term of the same day shows already."""
    made = list(found)
    told = {
        (hit.case_no, hit.person_no, hit.due)
        for hit in made
        if hit.term is not None and hit.done is None and hit.rule not in joining
    }
    return [
        hit
        for hit in made
        if hit.rule not in joining
        or hit.state == "verify"
        or (hit.case_no, hit.person_no, hit.due) not in told
    ]


def _coverage(rules: Iterable[Rule], run: Run) -> Coverage:
    """Tell in one pass where rules are for a row, and where they cannot be evaluated."""
    columns = []
    for rule in rules:
        applies = expression(run.applies(rule))
        columns.append(applies.alias(f"for {rule.id}"))
        columns.append((applies & ~expression(run.known(rule))).alias(rule.id))
    return run.frame.data.select([pl.col(ROW), *columns])


def not_evaluated(
    rules: Iterable[Rule], run: Run, coverage: Coverage
) -> dict[str, tuple[str, ...]]:
    """Name the rules that could be evaluated on no row they are for, with what is missing."""
    found: dict[str, tuple[str, ...]] = {}
    if coverage.is_empty() or coverage.width == 1:
        return found
    sums = coverage.drop(ROW).sum().row(0, named=True)
    for rule in rules:
        if sums[rule.id] == sums[f"for {rule.id}"] > 0:
            found[rule.id] = run.missing(rule)
    return found


def _unevaluated(rules: Iterable[Rule], run: Run, coverage: Coverage) -> Unevaluated:
    places = {(card.case_no, card.person_no): place for place, card in enumerate(run.frame.cards)}
    return Unevaluated({rule.id: coverage[rule.id] for rule in rules}, places)


@dataclass(frozen=True)
class Unevaluated(AbstractSet[Key]):
    """Triples (rule, case, person) that were not evaluated, told from masks and never listed."""

    masks: Mapping[str, Any]
    places: Mapping[tuple[str, str | None], int]

    def __contains__(self, key: object) -> bool:
        if not isinstance(key, tuple) or len(key) != 3:
            return False
        rule, case_no, person_no = key
        mask, place = self.masks.get(rule), self.places.get((case_no, person_no))
        return mask is not None and place is not None and bool(mask[place])

    def __iter__(self) -> Iterator[Key]:
        for rule, mask in self.masks.items():
            for (case_no, person_no), place in self.places.items():
                if mask[place]:
                    yield (rule, case_no, person_no)

    def __len__(self) -> int:
        return sum(int(mask.sum()) for mask in self.masks.values())
