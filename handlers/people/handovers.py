"""移交: items of a case go to another prosecutor from now on, until the export names somebody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers import tell
from handlers.people import addressees
from handlers.people.relations import relations
from handlers.permissions import demand
from knowledge.errors import UserFacingError
from storage import findings as findings_table
from storage import handovers as table
from storage import people
from storage.models.delegations import Handover

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from handlers.desk import Desk
    from knowledge.cards import CardSet
    from storage.models.findings import Finding
    from storage.models.people import Person
    from storage.transaction import EntryMark, Transaction


class NoReceiverError(UserFacingError):
    """The person who was named cannot take cases over."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name}{why}，不能接办，请另选一位承办检察官")


class NothingToHandOverError(UserFacingError):
    """There is no open item of this name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name}名下没有未销号的问题，无须移交；新问题按案卡承办检察官发送")


@dataclass(frozen=True)
class Cases:
    """The open items of one prosecutor, case by case."""

    name: str
    findings: tuple[Finding, ...]

    @property
    def numbers(self) -> list[str]:
        """The numbers of the cases, in the order of their items."""
        return list(dict.fromkeys(one.case_no for one in self.findings))

    def of(self, case_nos: Iterable[str]) -> Cases:
        """Return the items of some cases."""
        wanted = set(case_nos)
        return Cases(self.name, tuple(one for one in self.findings if one.case_no in wanted))


def cases_of(tx: Transaction, desk: Desk, name: str) -> Cases:
    """Return the open items of a prosecutor, be he no longer in the roster.

    Raises:
        NothingToHandOverError: there are none.
    """
    known = people.named(tx.session, desk.office, name)
    found = [
        one
        for one in findings_table.open_ones(tx.session, desk.office)
        if (
            any("own" in relations(person, one) for person in known)
            if known
            else one.prosecutor == name
        )
    ]
    if not found:
        raise NothingToHandOverError(name)
    return Cases(name, tuple(found))


def check(by: Person, cases: Cases, receiver: Person) -> None:
    """Raise one sentence where somebody may not hand over, or the other not take over.

    Raises:
        RefusedError, NoReceiverError: it may not be.
    """
    for finding in cases.findings:
        demand(by, "hand_over", finding)
    if receiver.name == cases.name:
        raise NoReceiverError(receiver.name, "就是原承办检察官")
    if "prosecutor" not in receiver.roles:
        raise NoReceiverError(receiver.name, "不是承办检察官")
    if not people.is_reachable(receiver):
        raise NoReceiverError(receiver.name, "尚未绑定或者无法送达")


def hand_over(
    tx: Transaction, by: Person, cases: Cases, receiver: Person
) -> tuple[list[Handover], EntryMark]:
    """Hand cases over; both prosecutors are told.

    Raises:
        UserFacingError: something speaks against it.
    """
    if not cases.findings:
        raise NothingToHandOverError(cases.name)
    check(by, cases, receiver)
    made: list[Handover] = []
    marks: list[EntryMark] = []
    for case_no in cases.numbers:
        own = cases.of([case_no]).findings
        handover = Handover(
            office=receiver.office,
            case_no=case_no,
            prosecutor=own[0].prosecutor or "",
            receiver_id=receiver.id,
            made_at=tx.now,
            made_by=by.id,
        )
        made.append(table.keep(tx, handover))
        for finding in own:
            finding.moved_on = tx.now.date()
            finding.shown_on = finding.shown_as = None
            finding.version += 1
        marks.append(
            tx.record(
                "case_handed_over",
                f"case:{case_no}",
                actor=f"person:{by.id}",
                data={"to": f"person:{receiver.id}", "findings": [one.number for one in own]},
                text=f"{cases.name}→{receiver.name}",
            )
        )
    _tell(tx, cases, receiver)
    return made, marks[-1]


def _tell(tx: Transaction, cases: Cases, receiver: Person) -> None:
    numbers = [one.number for one in cases.findings]
    listed = "、".join(numbers)
    mine = tell.button(tx, receiver, "/我的", "command", "command", data={"text": "/我的"})
    text = (
        f"{cases.name}承办的案件移交您接办，未销号 {len(numbers)} 条：{listed}。"
        "今后的提示发给您；请在业务系统中办理承办人变更。"
    )
    tell.say(tx, receiver, "system", text, buttons=((mine,),), subjects=numbers)
    before = f"{listed} 的案件已移交{receiver.name}接办，今后的提示发给{receiver.name}。"
    for person in _formers(tx, receiver.office, cases.name):
        tell.say(tx, person, "system", before, subjects=numbers)


def _formers(tx: Transaction, office: str, name: str) -> list[Person]:
    """Return whom the former prosecutor's news reach: himself, or who stands in for him."""
    found = [
        addressees.reader(tx.session, one, "prosecutor").person
        for one in people.named(tx.session, office, name)
    ]
    return [one for one in found if people.is_reachable(one)]


def undo(tx: Transaction, by: Person, made: Sequence[Handover]) -> EntryMark | None:
    """Take handovers back that still hold; the cards hold again. None: none did."""
    live = [one for one in made if one.ended_at is None]
    entry = None
    open_ones = findings_table.open_ones(tx.session, by.office) if live else []
    for one in live:
        own = [each for each in open_ones if each.case_no == one.case_no]
        for finding in own:
            demand(by, "hand_over", finding)
            finding.moved_on = finding.shown_on = finding.shown_as = None
            finding.version += 1
        table.end(tx, one, by.id, "undone")
        entry = tx.record(
            "handover_undone",
            f"case:{one.case_no}",
            actor=f"person:{by.id}",
            data={"to": f"person:{one.receiver_id}", "findings": [each.number for each in own]},
        )
        _tell_undone(tx, one, [each.number for each in own])
    return entry


def _tell_undone(tx: Transaction, handover: Handover, numbers: Sequence[str]) -> None:
    listed = "、".join(numbers)
    receiver = people.by_id(tx.session, handover.receiver_id)
    told = {one.id: one for one in _formers(tx, handover.office, handover.prosecutor)}
    if receiver is not None and people.is_reachable(receiver):
        told[receiver.id] = receiver
    text = f"{listed} 的移交已撤销，仍由{handover.prosecutor}承办。"
    for person in told.values() if numbers else ():
        tell.say(tx, person, "system", text, subjects=numbers)


def end_overtaken(tx: Transaction, desk: Desk, cards: CardSet) -> None:
    """End what the cards have overtaken: they name another prosecutor than when it was handed over.

    Were it left, a card that names the first one again would wake it up.
    """
    live = table.live(tx.session, desk.office)
    if not live:
        return
    named = {one.case_no: one.text("承办检察官") for one in cards.cards if one.case_no in live}
    for case_no, one in list(live.items()):
        if named.get(case_no) in {None, one.prosecutor}:
            continue
        table.end(tx, one, None, "export")
        tx.record(
            "handover_ended",
            f"case:{case_no}",
            actor="system",
            data={"to": f"person:{one.receiver_id}", "why": "export"},
        )
