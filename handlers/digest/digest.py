"""The digest: one message per person and working day, and what cannot wait for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from handlers import tell
from handlers.digest import common_problems, digest_text, officer_summary
from handlers.digest.digest_choice import choose, goes_on_days_off, is_fresh, moment_of, said_as
from handlers.findings import items
from handlers.people.addressees import address_all, copies, officers
from storage import digests, settings
from storage import findings as findings_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from handlers.desk import Desk
    from handlers.digest.digest_choice import Moment
    from handlers.digest.digest_parts import Part
    from handlers.people.addressees import Address
    from storage.models.findings import Digest, Finding
    from storage.models.people import Person
    from storage.transaction import Transaction

UNRELEASED = frozenset({"queued", "clue"})


def send_all(tx: Transaction, desk: Desk) -> int:
    """Send today's digests; returns to how many people something went."""
    moment = moment_of(tx, desk)
    addresses = address_all(tx.session, desk.office, released(tx, desk))
    withheld: dict[str, list[int]] = {}
    sent = 0
    copied = copies(addresses) if desk.manners.copy_on_leave else []
    # what a copy says is chosen before the stand-in is told of it: then it would be old news
    for person, due, contents in [
        _chosen(tx, desk, person, owned, moment)
        for person, owned in _by_person([*addresses, *copied])
    ]:
        if digests.had_one(tx.session, person.id, moment.today):
            withheld.setdefault("had_one", []).append(person.id)
        elif contents is None:
            withheld.setdefault("nothing_new" if due else "day_off", []).append(person.id)
        else:
            send(tx, desk, person, _with_why(contents, due), moment)
            sent += 1
    _record_withheld(tx, moment.today, withheld, addresses)
    if not moment.day_off:
        common_problems.tell_heads(tx, desk)
        officer_summary.tell(tx, desk, addresses, moment)
    settings.write(tx.session, desk.office, "digest_day", moment.today.isoformat())
    return sent


def _chosen(
    tx: Transaction, desk: Desk, person: Person, owned: Sequence[Address], moment: Moment
) -> tuple[Person, list[Address], digest_text.Contents | None]:
    """Choose what of a person's items stands in his digest today; None: nothing."""
    due = [
        one for one in owned if not moment.day_off or goes_on_days_off(one.finding, moment.today)
    ]
    chosen = choose(tx, desk, [one.finding for one in due], moment) if due else None
    return person, due, chosen


def _record_withheld(
    tx: Transaction, today: date, withheld: dict[str, list[int]], addresses: Sequence[Address]
) -> None:
    nobody = [one.finding.number for one in addresses if one.person is None]
    if withheld or nobody:
        tx.record(
            "digests_withheld",
            f"day:{today}",
            actor="system",
            data={"people": withheld, "findings_without_reader": nobody},
        )


def send_now(tx: Transaction, desk: Desk, findings: Iterable[Finding]) -> int:
    """Send findings at once, beside the day's digest; returns to how many people."""
    moment = moment_of(tx, desk)
    addresses = address_all(tx.session, desk.office, findings)
    by_person = _by_person(addresses)
    for person, owned in by_person:
        contents = digest_text.Contents(
            full=tuple(items.group([one.finding for one in owned], moment.today)),
            data_day=moment.data_day,
            title=digest_text.SUPPLEMENT,
        )
        send(tx, desk, person, _with_why(contents, owned), moment)
    _record_withheld(tx, moment.today, {}, addresses)
    return len(by_person)


def send_pressing(tx: Transaction, desk: Desk) -> int:
    """Send at once what became known after the day's digest and is over or due today."""
    moment = moment_of(tx, desk)
    if not digest_is_out(tx, desk):
        return 0
    late = [
        finding
        for finding in released(tx, desk)
        if is_fresh(finding)
        and finding.state not in items.ANSWERED
        and items.presses(finding, moment.today)
        and (not moment.day_off or goes_on_days_off(finding, moment.today))
    ]
    return send_now(tx, desk, late)


def digest_is_out(tx: Transaction, desk: Desk) -> bool:
    """Tell whether the time of the day's digest has come."""
    today = tx.now.date()
    if settings.read(tx.session, desk.office, "digest_day") == today.isoformat():
        return True
    return tx.now > datetime.combine(today, desk.manners.digest_time, tzinfo=tx.now.tzinfo)


def send(
    tx: Transaction,
    desk: Desk,
    person: Person,
    contents: digest_text.Contents,
    moment: Moment,
) -> None:
    """Write the digest's messages, its places, and what each finding was told as."""
    parts = _written(desk, person, contents, moment)
    digest = _keep(tx, person, contents, moment)
    if desk.manners.dry_run:
        for officer in officers(tx.session, desk.office):
            _send_parts(tx, officer, digest, parts, prefix=f"【试运行，本应发给{person.name}】\n")
    else:
        _send_parts(tx, person, digest, parts)
        for finding in (one for item in contents.full for one in item.findings):
            _mark_told(tx, finding, moment.today)
    tx.record(
        "digest_made",
        f"person:{person.id}",
        actor="system",
        data={
            "digest": digest.id,
            "day": moment.today.isoformat(),
            "full": [one.number for item in contents.full for one in item.findings],
            "brief": [one.number for item in contents.brief for one in item.findings],
            "terms": [
                one.number
                for item in contents.full
                if digest_text.is_term(item)
                for one in item.findings
            ],
            "seen": [
                one.number
                for item in contents.full
                if digest_text.is_seen(item)
                for one in item.findings
            ],
            "parts": len(parts),
            "supplement": digest.supplement,
            "dry_run": desk.manners.dry_run,
        },
    )


def show(
    tx: Transaction, desk: Desk, person: Person, contents: digest_text.Contents, moment: Moment
) -> None:
    """Show a person what is open on his own request: it counts as no digest."""
    parts = _written(desk, person, contents, moment)
    _send_parts(tx, person, _keep(tx, person, contents, moment), parts, kind="answer")


def _written(
    desk: Desk, person: Person, contents: digest_text.Contents, moment: Moment
) -> list[Part]:
    return digest_text.write(
        contents,
        person,
        today=moment.today,
        clearance=desk.clearance(person.door or ""),
        limit=desk.manners.part_length,
    )


def _keep(
    tx: Transaction, person: Person, contents: digest_text.Contents, moment: Moment
) -> Digest:
    """Keep which place each item has, so that 第2条 can be bound."""
    return digests.keep(
        tx,
        person.id,
        moment.today,
        ([finding.id for finding in item.findings] for item in contents.items),
        supplement=contents.title != digest_text.DAILY,
    )


def _send_parts(
    tx: Transaction,
    reader: Person,
    digest: Digest,
    parts: Sequence[Part],
    *,
    prefix: str = "",
    kind: tell.Kind = "digest",
) -> None:
    everything = [one.number for part in parts for item in part.items for one in item.findings]
    for index, part in enumerate(parts):
        tell.digest_part(
            tx,
            reader,
            part,
            key=f"digest:{digest.id}:{index}:{reader.id}",
            acknowledged=everything if index == len(parts) - 1 else (),
            prefix=prefix,
            kind=kind,
        )


def released(tx: Transaction, desk: Desk) -> list[Finding]:
    """Return the open findings that may leave."""
    return [
        one
        for one in findings_table.open_ones(tx.session, desk.office)
        if one.state not in UNRELEASED and one.released_at is not None
    ]


def _by_person(addresses: Iterable[Address]) -> list[tuple[Person, list[Address]]]:
    found: dict[int, tuple[Person, list[Address]]] = {}
    for one in addresses:
        if one.person is not None:
            found.setdefault(one.person.id, (one.person, []))[1].append(one)
    return list(found.values())


def _with_why(contents: digest_text.Contents, owned: Iterable[Address]) -> digest_text.Contents:
    owned = list(owned)
    return replace(
        contents,
        why={one.finding.id: one.why for one in owned},
        on_leave={one.finding.id: _on_leave(one) for one in owned if one.principal is not None},
    )


def _on_leave(one: Address) -> str:
    """Say for whom the reader handles it; in a copy to who is away, who handles it."""
    name = one.principal.name if one.principal else ""
    return f"由{name}代为办理" if one.copy else f"代{name}办理"


def _mark_told(tx: Transaction, finding: Finding, today: date) -> None:
    finding.shown_on = today
    finding.shown_as = said_as(finding)
    if finding.told_at is None:
        finding.told_at = tx.now
    if finding.state == "new":
        finding.state = "sent"
