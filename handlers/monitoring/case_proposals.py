"""Each working day a few cases are proposed for a look, by risk and with the reasons in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers import tell
from handlers.monitoring import case_in_hand
from handlers.people.addressees import officers
from handlers.permissions import may
from knowledge import case_numbers
from knowledge.cards import CardSet
from knowledge.monitoring.risks import Facts
from storage import case_looks, settings, snapshots
from storage import findings as findings_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from handlers.desk import Desk
    from handlers.monitoring.case_in_hand import CaseInHand
    from knowledge.rules.case_terms import RunningTerm
    from storage.models.people import Person
    from storage.transaction import Transaction

PROPOSED = "cases_proposed"
CHARGES = ("移送案由", "涉嫌案由", "审结案由", "移诉案由")


@dataclass(frozen=True)
class Proposal:
    """One case to look at, and why."""

    case_no: str
    score: int
    reasons: tuple[str, ...]


def morning(tx: Transaction, desk: Desk) -> None:
    """Propose the day's cases and tell the officers; nothing on days off."""
    today = tx.now.date()
    if desk.calendar.is_day_off(today) or not desk.monitoring.cases_a_day:
        return
    if settings.read(tx.session, desk.office, PROPOSED, {}).get("day") == today.isoformat():
        return
    chosen = choose(tx, desk)
    kept = [[one.case_no, list(one.reasons)] for one in chosen]
    settings.write(tx.session, desk.office, PROPOSED, {"day": today.isoformat(), "cases": kept})
    if not chosen:
        return
    tx.record(
        "cases_proposed",
        f"day:{today}",
        actor="system",
        data={
            "cases": [
                {"case_no": one.case_no, "score": one.score, "reasons": list(one.reasons)}
                for one in chosen
            ]
        },
    )
    for officer in officers(tx.session, desk.office):
        text, buttons = view(tx, desk, officer)
        key = f"cases:{desk.office}:{today}:{officer.id}"
        tell.say(tx, officer, "system", text, buttons=buttons, key=key)


def choose(tx: Transaction, desk: Desk) -> list[Proposal]:
    """Weigh every case that is still handled and was not looked at of late; the riskiest first."""
    # polars takes a fifth of a second to load; the morning has it already
    from knowledge.rules import case_terms  # noqa: PLC0415

    today, risks = tx.now.date(), desk.plan.risks
    cards = snapshots.cards(tx.session, desk.office)
    looked = case_looks.last_looks(tx.session, desk.office)
    cases = {
        case_no: case
        for case_no, case in case_in_hand.of_cards(desk.office, cards.cards).items()
        if case.is_open and not _rests(looked.get(case_no), today, risks.rest_days)
    }
    gathered = _Gathered(
        left=_nearest(
            case_terms.running(
                _only(cards, cases),
                list(desk.rules.values()),
                as_of=today,
                calendar=desk.calendar,
                settings=desk.settings,
            )
        ),
        detained={
            card.case_no
            for card in case_terms.detained(
                _only(cards, cases), as_of=today, calendar=desk.calendar
            )
        },
        problems=_open_findings(tx, desk),
        looked=looked,
        charges=risks.charges,
    )
    weighed = [
        Proposal(case_no, risk.score, risk.reasons)
        for case_no, case in cases.items()
        if (risk := risks.weigh(gathered.facts(case, today))).score > 0
    ]
    weighed.sort(key=lambda one: (-one.score, gathered.left.get(one.case_no, 999), one.case_no))
    return weighed[: desk.monitoring.cases_a_day]


@dataclass(frozen=True)
class _Gathered:
    left: Mapping[str, int]
    detained: set[str]
    problems: Mapping[str, int]
    looked: Mapping[str, datetime]
    charges: frozenset[str]

    def facts(self, case: CaseInHand, today: date) -> Facts:
        last = self.looked.get(case.case_no)
        return Facts(
            left=self.left.get(case.case_no),
            detained=case.case_no in self.detained,
            minor=case.minor,
            grave_charge=_has_charge(case, self.charges),
            open_findings=self.problems.get(case.case_no, 0),
            unseen=(today - last.date()).days if last is not None else None,
        )


def _rests(last: datetime | None, today: date, days: int) -> bool:
    return last is not None and (today - last.date()).days < days


def _only(cards: CardSet, cases: Mapping[str, CaseInHand]) -> CardSet:
    return CardSet(tuple(card for card in cards.cards if card.case_no in cases))


def _nearest(terms: Iterable[RunningTerm]) -> dict[str, int]:
    """Return for each case the days to its nearest end; terms come in that order."""
    found: dict[str, int] = {}
    for one in terms:
        found.setdefault(one.case_no, one.days_left)
    return found


def _open_findings(tx: Transaction, desk: Desk) -> dict[str, int]:
    counts: dict[str, int] = {}
    for one in findings_table.open_ones(tx.session, desk.office):
        if not one.shelved:
            counts[one.case_no] = counts.get(one.case_no, 0) + 1
    return counts


def _has_charge(case: CaseInHand, charges: frozenset[str]) -> bool:
    told = {
        charge.strip()
        for card in case.cards
        for name in CHARGES
        for charge in (card.text(name) or "").replace("，", ",").split(",")
    }
    return any(charge.partition("（")[0] in charges for charge in told)


def of_today(tx: Transaction, desk: Desk) -> list[tuple[str, list[str]]]:
    """Return today's proposals, each with its reasons; before the morning there are none."""
    kept = settings.read(tx.session, desk.office, PROPOSED, {})
    if kept.get("day") != tx.now.date().isoformat():
        return []
    return [(case_no, reasons) for case_no, reasons in kept["cases"]]


def view(tx: Transaction, desk: Desk, person: Person) -> tuple[str, tell.Rows]:
    """Return today's proposals as an officer reads them, with a button for each case not seen."""
    proposed = of_today(tx, desk)
    numbers = [case_no for case_no, _ in proposed]
    looked = case_looks.last_looks(tx.session, desk.office)
    seen = {one for one in numbers if (last := looked.get(one)) and last.date() == tx.now.date()}
    lines = [f"今日建议人工查看 {len(proposed)} 件（按风险，内部要求），已看 {len(seen)} 件："]
    pressable = []
    for place, (case_no, reasons) in enumerate(proposed, 1):
        case = _case(tx, desk, case_no)
        if case is None:
            continue
        name = case.named(numbers, desk.clearance(person.door or ""))
        own = not may(person, "look_at_case", case)
        state = "（已看）" if case_no in seen else "（本人承办，由他人查看）" if own else ""
        lines.append(f"{place}. {name}{state}：{'；'.join(reasons)}")
        if case_no not in seen and not own:
            label = f"{place} {case_numbers.tail(case_no, numbers)}"
            data: dict[str, object] = {"case": case_no}
            pressable.append(tell.button(tx, person, label, "case_open", "case", data=data))
    lines.append("点案号打开全案，看后登记“无问题”或者“发现问题”。")
    return "\n".join(lines), tell.rows(pressable, per_row=2)


def _case(tx: Transaction, desk: Desk, case_no: str) -> CaseInHand | None:
    try:
        return case_in_hand.of_number(tx, desk, case_no)
    except case_in_hand.NoSuchCaseError:
        # an import took it out of the cards since the morning
        return None


def next_one(tx: Transaction, desk: Desk, person: Person, *, after: str) -> str | None:
    """Return the next of today's cases that is not seen yet and this person may look at."""
    looked = case_looks.last_looks(tx.session, desk.office)
    numbers = [case_no for case_no, _ in of_today(tx, desk)]
    start = numbers.index(after) + 1 if after in numbers else 0
    for case_no in (*numbers[start:], *numbers[:start]):
        last = looked.get(case_no)
        case = _case(tx, desk, case_no)
        fresh = last is None or last.date() != tx.now.date()
        if case_no != after and fresh and case and may(person, "look_at_case", case):
            return case_no
    return None
