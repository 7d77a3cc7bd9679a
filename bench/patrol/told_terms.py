"""A term rule told to another engine: where it starts, when it ends, what is to be said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bench.patrol.scope import amount_of, in_question
from bench.patrol.translation import by_stage, condition, moment_of
from bench.patrol.view import every, filled, negated, some
from knowledge.fields import registry
from knowledge.rules import syntax
from knowledge.rules.compile import is_date_column
from knowledge.rules.terms import OTHERS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bench.patrol.view import Holds, Value, View
    from knowledge.rules.rule import Rule, Start, TermBody


@dataclass(frozen=True)
class Done:
    """Whether a duty is done, and on which day."""

    done: Holds
    day: Value


def _fulfilled(node: Any, view: View, *, moments: bool) -> Done:
    match node:
        case syntax.Both(parts) | syntax.Either(parts):
            found = [_fulfilled(part, view, moments=moments) for part in parts]
            days = [each for each in found if each.day is not None and each.done is not False]
            if isinstance(node, syntax.Both):
                return Done(every(view, [each.done for each in found]), _latest(days, view))
            excused = some(
                view,
                [
                    each.done
                    if each.day is None
                    else every(view, [each.done, view.rows.is_blank(each.day)])
                    for each in found
                ],
            )
            first = _earliest(days, view)
            if first is not None and excused is not False:
                first = None if excused is True else view.rows.chosen([(excused, None)], first)
            return Done(some(view, [each.done for each in found]), first)
        case syntax.Blank(left, True) | syntax.Compare(left):
            if isinstance(left, syntax.Field) and left.table is None and is_date_column(left.name):
                is_moment = moments and registry().fields[left.name].type == "datetime"
                day = moment_of(left, view) if is_moment else view.field(left.name)
                return Done(condition(node, view), day)
    return Done(condition(node, view), None)


def _latest(days: list[Done], view: View) -> Value:
    found = None
    for each in days:
        if found is None:
            found = each.day
            continue
        later = some(view, [view.rows.is_blank(found), view.rows.compare(">", each.day, found)])
        found = view.rows.chosen([(later, each.day)], found)
    return found


def _earliest(days: list[Done], view: View) -> Value:
    found = None
    for each in days:
        day = each.day if each.done is True else view.rows.chosen([(each.done, each.day)], None)
        if found is None:
            found = day
            continue
        earlier = some(view, [view.rows.is_blank(found), view.rows.compare("<", day, found)])
        found = view.rows.chosen([(earlier, day)], found)
    return found


@dataclass
class ToldTerm:
    """A term rule from one of its starts, over the rows of a view."""

    rule: Rule
    body: TermBody
    start: Start
    view: View

    @property
    def hourly(self) -> bool:
        """Whether the term is counted in hours."""
        return bool(self.body.amount and self.body.amount.hours)

    def begin(self) -> bool:
        """Keep the rows the term runs for, with its start; no: it runs for none."""
        begun = self._begun()
        if begun is None:
            return False
        asked = every(self.view, self._where(begun))
        if asked is False:
            return False
        self.view.rows.define("start", begun)
        if asked is not True:
            self.view.rows.where(asked)
        return True

    def _begun(self) -> Value:
        body, view = self.body, self.view
        field = self.start.field
        begun = moment_of(field, view) if self.hourly else view.field(field.name)
        again = view.field(body.restart.start.name) if body.restart else None
        if body.restart is None or again is None:
            return begun
        when = body.restart.when
        anew = every(view, [filled(view, again), condition(when, view) if when else True])
        return again if anew is True else view.rows.chosen([(anew, again)], begun)

    def _where(self, begun: Value) -> list[Holds]:
        rule, view, rows = self.rule, self.view, self.view.rows
        where = [in_question(rule, view), filled(view, begun)]
        bounds = (("≥", rule.valid_from), ("≤", rule.valid_to))
        day = rows.day_of(begun)
        where += [rows.compare(operator, day, rows.day(each)) for operator, each in bounds if each]
        if rule.applies_when is not None:
            where.append(condition(rule.applies_when, view))
        if self.body.event is not None:
            where.append(filled(view, view.field(self.body.event.name)))
        return where

    def end(self) -> tuple[Value, Holds]:
        """Add the due moment; return whether it is certain, and where the card is believed."""
        body, view, rows = self.body, self.view, self.view.rows
        raw, due_at, certain = _ends(body, view, rows.column("start"))
        doubted: Holds = False
        if body.event is not None:
            due_at, certain = view.field(body.event.name), True
        elif body.doubts:
            doubted = _doubted(body, view, rows.column("start"), raw)
            if doubted is not False:
                rows.define("doubted", rows.flag(doubted))
                doubted = rows.holds(rows.column("doubted"))
                due_at = rows.chosen([(doubted, view.field("到期日期"))], due_at)
        rows.define("due_at", due_at)
        return certain, doubted

    def due(self) -> Value:
        """Return the due day."""
        due_at = self.view.rows.column("due_at")
        return self.view.rows.day_of(due_at) if self.hourly else due_at

    def done(self) -> Done:
        """Return whether the duty is done; not done: no day."""
        found = _fulfilled(self.start.satisfied_by, self.view, moments=self.hourly)
        if found.done is False:
            return Done(done=False, day=None)
        if found.day is None or found.done is True:
            return found
        return Done(found.done, self.view.rows.chosen([(found.done, found.day)], None))

    def state(self) -> Value:
        """Return what is to be said, blank where nothing is."""
        kept: list[tuple[Holds, Value]] = []
        for holds, value in self._cases():
            if holds is True:
                return self.view.rows.chosen(kept, value)
            if holds is not False:
                kept.append((holds, value))
        return self.view.rows.chosen(kept, None)

    def _cases(self) -> list[tuple[Holds, Value]]:
        body, view, rows = self.body, self.view, self.view.rows
        node = self.start.verify_when or self.rule.verify_when
        verify = condition(node, view) if node is not None else False
        done, late = self.done(), False
        if done.day is not None:
            late = every(view, [done.done, rows.compare(">", done.day, rows.column("due_at"))])
        cases: list[tuple[Holds, Value]] = [
            (every(view, [late, verify]), rows.text("verify")),
            (late, rows.text("overdue")),
            (done.done, None),
        ]
        if body.kind == "before_event" and body.event is not None:
            return [*cases, (True, rows.text("missing"))]
        over = rows.compare("<", self.due(), rows.day(view.sheet.asked.as_of))
        word = "missing" if body.kind == "before_event" else "overdue"
        cases += [(every(view, [over, verify]), rows.text("verify")), (over, rows.text(word))]
        return (
            cases if body.kind == "immediate" else [*cases, (self._near(), rows.text("due_soon"))]
        )

    def _near(self) -> Holds:
        rows, asked, due = self.view.rows, self.view.sheet.asked, self.due()
        warning, others = self.rule.warning_days, self.rule.warning_days.get(OTHERS, 0)
        last = {
            stage: rows.day(asked.as_of + timedelta(days=warning.get(stage, others)))
            for stage in self.view.sheet.stages
        }
        is_near = rows.compare("≤", due, by_stage(self.view, last))
        return some(self.view, [is_near, rows.compare("<", due, rows.day(asked.horizon))])


def _ends(  # noqa: PLR0911 - a case for each kind of amount
    body: TermBody, view: View, begun: Value
) -> tuple[Value, Value, Holds]:
    """Return end, due day and whether it is certain."""
    rows = view.rows
    cases: list[tuple[Holds, int]] = []
    for place, other in enumerate(body.instead, 1):
        holds = condition(other.when, view)
        if holds is not False:
            cases.append((holds, place))
    cases.append((True, 0))
    usual = amount_of(body, 0, view)

    def end_at(place: int) -> Value:
        return _plus(rows, begun, amount_of(body, place, view))

    if usual.hours:
        due = _chosen(
            rows, cases, lambda place: rows.plus_hours(begun, amount_of(body, place, view).hours)
        )
        return rows.define("raw_end", rows.day_of(due)), due, True
    if usual.workdays:
        end = rows.looked_up(f"nth{usual.workdays}", begun)
        certain = rows.holds(rows.looked_up(f"nth_certain{usual.workdays}", begun))
        return rows.define("raw_end", end), end, certain
    if usual.days < 0 or usual.months < 0:
        raw = rows.define("raw_end", _chosen(rows, cases, end_at))
        certain = rows.holds(rows.looked_up("back_certain", raw))
        return raw, rows.looked_up("back", raw), certain
    raw = _extended(body, view, _chosen(rows, cases, end_at))
    raw = rows.define("raw_end", raw)
    if body.roll == "no":
        return raw, raw, True
    due, certain = rows.looked_up("due", raw), rows.holds(rows.looked_up("certain", raw))
    if body.roll == "yes":
        return raw, due, certain
    held = view.field("是否在押")
    if held is None:
        return raw, raw, True
    free = rows.compare("=", held, rows.text("否"))
    return (
        raw,
        rows.chosen([(free, due)], raw),
        some(view, [certain, negated(view, free)]),
    )


def _chosen(rows: Any, cases: Sequence[tuple[Holds, int]], end_at: Callable[[int], Value]) -> Value:
    """Return the end by the first amount that applies to a row."""
    end = None
    for holds, place in reversed(cases):
        own = end_at(place)
        end = own if holds is True else rows.chosen([(holds, own)], end)
    return end


def _plus(rows: Any, begun: Value, amount: Any) -> Value:
    moved = rows.plus_months(begun, amount.months) if amount.months else begun
    return rows.plus_days(moved, amount.days) if amount.days else moved


def _extended(body: TermBody, view: View, raw: Value) -> Value:
    rows = view.rows
    if body.extension is not None:
        days = view.field(body.extension.days.name)
        when = body.extension.when
        holds = condition(when, view) if when is not None else True
        if days is not None and holds is not False:
            extra = rows.capped(days, body.extension.most)
            if holds is not True:
                extra = rows.chosen([(holds, extra)], rows.number(0))
            raw = rows.plus_days(raw, extra)
    if body.suspension is not None:
        first, last = (
            view.field(each.name) for each in (body.suspension.first, body.suspension.last)
        )
        reason = body.suspension.reason
        known = [True] if reason is None else [filled(view, view.field(reason.name))]
        if first is not None and last is not None and not any(each is False for each in known):
            whole = every(view, [rows.compare("≤", first, last), *known])
            span = rows.chosen(
                [(whole, rows.arithmetic("+", rows.days_between(last, first), rows.number(1)))],
                rows.number(0),
            )
            raw = rows.plus_days(raw, span)
    return raw


def _doubted(body: TermBody, view: View, begun: Value, raw: Value) -> Holds:
    """Tell where the card's own due day is taken."""
    rows, card_due = view.rows, view.field("到期日期")
    if card_due is None:
        return False
    one = rows.number(1)
    found: list[Holds] = []
    for doubt in body.doubts:
        lacks = every(view, [negated(view, view.told(name)) for name in doubt.missing])
        if lacks is False:
            continue
        end = _plus(rows, begun, doubt.amount)
        if doubt.or_later:
            fits = rows.compare("≥", card_due, rows.plus_days(end, -1))
        else:
            end = rows.define(f"doubt{len(found)}", end)
            near = rows.compare("≤", rows.days_between(card_due, end), one)
            fits = some(view, [near, rows.compare("=", card_due, rows.looked_up("next", end))])
        found.append(every(view, [lacks, fits]))
    if not found:
        return False
    explained = some(
        view,
        [
            rows.compare("=", card_due, rows.looked_up("next", raw)),
            rows.compare("≤", rows.days_between(card_due, raw), one),
        ],
    )
    return every(view, [filled(view, card_due), negated(view, explained), some(view, found)])
