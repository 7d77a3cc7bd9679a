"""/日历: the terms of the coming thirty days, in words at once and as a picture a moment later.

Every reader sees what is his: a prosecutor his cases, a head his department's, the desk and the
leaders the office's. Only case types and number tails, never names: the picture may travel.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from handlers import tell
from handlers.documents.term_calendar_facts import (
    DayOff,
    TermCalendar,
    TermOnDay,
    alternative,
)
from handlers.findings.case_reference import type_words
from handlers.permissions import demand
from knowledge import case_numbers, chinese
from knowledge.cards import CardSet
from storage import due_jobs, people, snapshots

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from handlers.desk import Desk
    from handlers.documents.term_calendar_facts import TermKind
    from handlers.incoming import Origin
    from knowledge.cards import Card
    from knowledge.rules.case_terms import RunningTerm
    from storage.models.people import Person
    from storage.transaction import Transaction

JOB = "calendar_picture"
DAYS = 30
FOLDER = "calendars"
MOST_LINES = 25
_SATURDAY = 5
NO_CARDS = "尚无案卡数据，没有可以列出的期限。"
_WHOLE_OFFICE = frozenset({"officer", "case_head", "deputy", "chief"})
_SHORT = {"审查逮捕": "审捕", "一审公诉": "公诉", "羁押必要性审查": "羁审"}
"""Types that would not fit into a day's square."""


@dataclass(frozen=True)
class Drawn:
    """The picture in the archive; None: nothing can be drawn on this machine."""

    picture: Path | None


def show(tx: Transaction, desk: Desk, person: Person, origin: Origin) -> None:
    """Say what ends in the coming days, and plan the picture."""
    demand(person, "see_own")
    cards = snapshots.cards(tx.session, desk.office).cards
    if not cards:
        tell.answer(tx, origin, NO_CARDS, person=person)
        return
    own = [card for card in cards if _is_for(person, card)]
    over, facts = gather(tx, desk, person, own)
    lines = alternative(facts).splitlines()
    if len(lines) > MOST_LINES:
        lines = [*lines[:MOST_LINES], f"其后另有 {len(lines) - MOST_LINES} 天有期限届满，见图。"]
    if over:
        lines.append(f"已届满未见办结 {over} 项，见每日提示。")
    tell.answer(tx, origin, "\n".join(lines), person=person)
    key = f"{person.id}:{tx.now.isoformat()}"
    data = {"person": person.id, "facts": _as_json(facts)}
    due_jobs.plan(tx, JOB, tx.now, key=key, data=data)


def gather(
    tx: Transaction, desk: Desk, person: Person, cards: Sequence[Card]
) -> tuple[int, TermCalendar]:
    """Return how many terms are over, and those that end in the coming days."""
    # polars takes a fifth of a second to load; only who opens the calendar pays for it
    from knowledge.rules import case_terms  # noqa: PLC0415

    today = tx.now.date()
    found = case_terms.running(
        CardSet(tuple(cards)),
        list(desk.rules.values()),
        as_of=today,
        calendar=desk.calendar,
        settings=desk.settings,
    )
    last = today + timedelta(days=DAYS - 1)
    detained = {
        (card.case_no, card.person_no)
        for card in case_terms.detained(CardSet(tuple(cards)), as_of=today, calendar=desk.calendar)
    }
    named = _labels(cards)
    terms = {
        TermOnDay(one.due, named[one.case_no], _kind(desk, one, detained), certain=one.certain)
        for one in found
        if today <= one.due <= last
    }
    title = f"期限日历 · {chinese.month_day(today)}至{chinese.month_day(last)} · {_whose(person)}"
    facts = TermCalendar(title, today, DAYS, tuple(terms), tuple(special_days(desk, today, last)))
    return sum(one.due < today for one in found), facts


def special_days(desk: Desk, first: date, last: date) -> Iterable[DayOff]:
    """Return the holidays, and the weekend days that people work on."""
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        name = desk.calendar.holiday_name(day)
        weekend = day.weekday() >= _SATURDAY
        off = desk.calendar.is_day_off(day)
        if off and name and not weekend:
            yield DayOff(day, name)
        elif weekend and not off:
            yield DayOff(day, "调休", works=True)


def draw(desk: Desk, data: Mapping[str, Any]) -> Drawn:
    """Draw the picture into the archive, outside any transaction."""
    from handlers.documents import term_calendar  # noqa: PLC0415 - as above
    from handlers.documents.errors import DocumentError  # noqa: PLC0415

    if desk.archive is None:
        return Drawn(None)
    try:
        png = term_calendar.draw(_from_json(data["facts"]))
    except DocumentError:
        # the words were sent already, and the self-check names the missing font
        return Drawn(None)
    folder = desk.archive / FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{data['person']}.png"
    path.write_bytes(png)
    return Drawn(path)


def send(tx: Transaction, desk: Desk, data: Mapping[str, Any], drawn: Drawn) -> None:
    """Send the picture to who asked for it."""
    del desk
    person = people.by_id(tx.session, int(data["person"]))
    if drawn.picture is None or person is None:
        return
    facts = _from_json(data["facts"])
    name = f"期限日历{facts.first:%Y%m%d}.png"
    tell.document(tx, person, facts.title, drawn.picture, name)


def _is_for(person: Person, card: Card) -> bool:
    if _WHOLE_OFFICE & set(person.roles):
        return True
    if "head" in person.roles and card.text("承办部门") == person.department:
        return True
    names = {person.name, *person.aliases}
    return card.text("承办检察官") in names or card.text("检察官助理") in names


def _labels(cards: Sequence[Card]) -> dict[str, str]:
    numbers = list(dict.fromkeys(card.case_no for card in cards))
    labels: dict[str, str] = {}
    for card in cards:
        words = type_words(card.text("案件类别"))
        short = _SHORT.get(words, words)
        labels.setdefault(card.case_no, f"{short} {case_numbers.tail(card.case_no, numbers)}")
    return labels


def _kind(desk: Desk, term: RunningTerm, detained: set[tuple[str, str | None]]) -> TermKind:
    rule = desk.rules.get(term.rule)
    if rule is not None and not rule.statutory:
        return "own"
    return "custody" if (term.case_no, term.person_no) in detained else "statutory"


def _whose(person: Person) -> str:
    if _WHOLE_OFFICE & set(person.roles):
        return "全院"
    return person.department if "head" in person.roles else person.name


def _as_json(facts: TermCalendar) -> dict[str, Any]:
    told = asdict(facts)
    told["first"] = facts.first.isoformat()
    for row in (*told["terms"], *told["special"]):
        row["day"] = row["day"].isoformat()
    return told


def _from_json(told: Mapping[str, Any]) -> TermCalendar:
    return TermCalendar(
        told["title"],
        date.fromisoformat(told["first"]),
        int(told["days"]),
        tuple(TermOnDay(**row | {"day": date.fromisoformat(row["day"])}) for row in told["terms"]),
        tuple(DayOff(**row | {"day": date.fromisoformat(row["day"])}) for row in told["special"]),
    )
