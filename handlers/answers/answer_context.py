"""The situation an answer is read in: the person's open items, what he quotes, who is who."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from handlers.findings import items
from handlers.incoming import Uploaded
from handlers.people import addressees, stand_ins
from handlers.people.relations import CLOSE, relations
from knowledge import card_json
from knowledge.replies.model import Context, OpenItem
from storage import cases, digests, outbox, people
from storage import findings as findings_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from handlers.desk import Desk
    from handlers.incoming import Edited, Said
    from knowledge.replies.model import Reading
    from storage.models.findings import Finding
    from storage.models.people import Person
    from storage.models.snapshots import CardRow
    from storage.session import Session
    from storage.transaction import Transaction


@dataclass(frozen=True)
class Situation:
    """A context for the reader, and the findings behind its items."""

    context: Context
    findings: tuple[Finding, ...]

    def finding(self, number: str | None) -> Finding | None:
        """Return the finding with a number, if it is one of the person's."""
        return next((one for one in self.findings if one.number == number), None)

    def meant(self, reading: Reading) -> list[Finding]:
        """Return the findings a reading speaks of: one, or all that are quoted.

        知悉 of a whole digest leaves out what is due today or over (design, Number).
        """
        if reading.finding is not None:
            one = self.finding(reading.finding)
            return [] if one is None else [one]
        quoted = set(self.context.reply_to)
        chosen = [one for one in self.findings if not quoted or one.number in quoted]
        if reading.intent == "ack":
            chosen = [one for one in chosen if not items.presses(one, self.context.today)]
        return chosen

    def beside(self, finding: Finding) -> list[Finding]:
        """Return the other findings of a finding's item: one fact answers them all."""
        item = (finding.case_no, finding.item)
        return [
            one for one in self.findings if (one.case_no, one.item) == item and one.id != finding.id
        ]


def of_event(
    tx: Transaction, desk: Desk, person: Person, event: Said | Edited | Uploaded
) -> Situation:
    """Build the situation of a message: only what the person was told of counts."""
    told = [
        one
        for one in owned_by(tx.session, desk.office, person)
        if one.told_at is not None or one.state not in {"queued", "new"}
    ]
    row = None
    if event.reply_to is not None:
        row = outbox.find_by_message(tx, event.origin.door, event.origin.chat, event.reply_to)
    situation = build(
        tx.session,
        desk,
        person.name,
        told,
        today=tx.now.date(),
        reply_to=tuple(row.subjects) if row is not None else (),
        placed=place(tx.session, told, person, tx.now.date(), digest=_digest_of(tx, event)),
    )
    context = replace(situation.context, attachment=isinstance(event, Uploaded))
    return replace(situation, context=context)


def _digest_of(tx: Transaction, event: Said | Edited | Uploaded) -> int | None:
    """Return which digest a text replies to: 第2条 means a place in that one."""
    if event.reply_to is None:
        return None
    row = outbox.original_of(tx, event.origin.door, event.origin.chat, event.reply_to)
    return digest_id(row.dedup_key) if row is not None else None


def digest_id(key: str | None) -> int | None:
    """Return the digest that an outbox key of the form digest:17:0:3 belongs to."""
    kind, _, rest = (key or "").partition(":")
    number = rest.partition(":")[0]
    return int(number) if kind == "digest" and number.isdigit() else None


def build(
    session: Session,
    desk: Desk,
    speaker: str,
    findings: Sequence[Finding],
    *,
    today: date,
    reply_to: tuple[str, ...] = (),
    person: Person | None = None,
    placed: Mapping[int, int] | None = None,
) -> Situation:
    """Build the situation from findings: places as given, else as in the person's last digest."""
    placed = placed or place(session, findings, person, today)
    cards = _cards(session, desk.office, {one.case_no for one in findings})
    everybody = people.everybody(session, desk.office)
    assistants = sorted({one.assistant for one in findings if one.assistant})
    open_items = tuple(
        replace(_open_item(one, placed[one.id], cards), fields=_fields(desk, one))
        for one in findings
    )
    names = {one.name for one in everybody if one.active and "head" not in one.roles}
    names |= findings_table.staff_named(session, desk.office)
    return Situation(
        Context(
            speaker=speaker,
            today=today,
            calendar=desk.calendar,
            items=tuple(sorted(open_items, key=lambda one: (one.item, one.finding))),
            people=tuple(sorted(names)),
            assistants=tuple(assistants),
            reply_to=reply_to,
        ),
        tuple(findings),
    )


def owned_by(session: Session, office: str, person: Person) -> list[Finding]:
    """Return the open findings a person answers for.

    His own, those that went to the head, and those of whom he stands in for.
    """
    open_ones = findings_table.open_ones(session, office)
    covers = stand_ins.of(person)
    own = [one for one in open_ones if _handles(person, covers, one)]
    if "head" not in person.roles and not covers:
        return own
    known = addressees.directory(session, office)
    sent_to_him = [
        one for one in open_ones if one not in own and known.address(one).person is person
    ]
    return [*own, *sent_to_him]


def own_of(session: Session, office: str, person: Person) -> list[Finding]:
    """Return the open findings of a person's own cases, whoever stands in for him."""
    open_ones = findings_table.open_ones(session, office)
    return [one for one in open_ones if relations(person, one) & CLOSE]


def _handles(person: Person, covers: Sequence[stand_ins.Cover], finding: Finding) -> bool:
    if relations(person, finding) & CLOSE:
        return True
    return any(one.handles_cases and relations(one.principal, finding) & CLOSE for one in covers)


def owned_by_name(session: Session, office: str, name: str) -> list[Finding]:
    """Return the open findings of a name as it stands in the cards."""
    return [
        one
        for one in findings_table.open_ones(session, office)
        if name in {one.prosecutor, one.assistant}
    ]


def place(
    session: Session,
    findings: Iterable[Finding],
    person: Person | None,
    today: date,
    *,
    digest: int | None = None,
) -> dict[int, int]:
    """Give each finding its place: that of `digest`, else the last; others follow by urgency."""
    given: dict[int, int] = {}
    if digest is None and person is not None:
        last = digests.last(session, person.id)
        digest = last.id if last is not None else None
    if digest is not None:
        for number, ids in digests.places(session, digest).items():
            given.update(dict.fromkeys(ids, number))
    following = max(given.values(), default=0)
    for item in items.group(list(findings), today):
        known = [given[one.id] for one in item.findings if one.id in given]
        if not known:
            following += 1
        for one in item.findings:
            given.setdefault(one.id, known[0] if known else following)
    return given


def _cards(session: Session, office: str, case_nos: set[str]) -> dict[tuple[str, str], CardRow]:
    rows = cases.rows(session, office, case_nos)
    return {(row.case_no, row.person_no): row for row in rows}


def _fields(desk: Desk, finding: Finding) -> tuple[str, ...]:
    """Return the columns people name when they speak of a finding: those its rule needs."""
    rule = desk.rules.get(finding.rule)
    return rule.needs if rule is not None else tuple(finding.evidence)


def _open_item(finding: Finding, number: int, cards: dict[tuple[str, str], CardRow]) -> OpenItem:
    of_case = [row for (case_no, _), row in cards.items() if case_no == finding.case_no]
    own = cards.get((finding.case_no, finding.person_no)) or (of_case[0] if of_case else None)
    about = [own] if own is not None and finding.person_no else of_case
    suspects = [str(row.card["values"].get("嫌疑人姓名") or "") for row in about]
    headings = card_json.card_from(own.card).headings if own is not None else {}
    return OpenItem(
        finding=finding.number,
        item=number,
        case_no=finding.case_no,
        person_no=finding.person_no or None,
        case_name=finding.case_name,
        case_type=finding.case_type,
        suspects=tuple(name for name in suspects if name),
        rule=finding.rule,
        title=finding.title,
        state=finding.hit_state,  # type: ignore[arg-type]  # the column holds only hit states
        due=finding.due,
        headings=headings,
        suspect=finding.suspect,
    )
