"""/我的: everything a person has to answer, in one message he can tap through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import tell
from handlers.answers import answer_context
from handlers.digest import digest, digest_text
from handlers.digest.digest_choice import moment_of
from handlers.findings import items
from handlers.people import addressees
from handlers.views import own_month

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.desk import Desk
    from handlers.incoming import Origin
    from storage.models.findings import Finding
    from storage.models.people import Person
    from storage.transaction import Transaction


def show(tx: Transaction, desk: Desk, person: Person, origin: Origin) -> None:
    """List what is open, released and the person's."""
    moment = moment_of(tx, desk)
    owned = [
        one
        for one in answer_context.owned_by(tx.session, desk.office, person)
        if one.released_at is not None
    ]
    month = own_month.of(tx, desk.office, person)
    said = month.words if month else ""
    if not owned:
        # a head's own list is short: what his department has in hand stands elsewhere
        hint = "本部门的情况请发送 /本周、/通知书。" if "head" in person.roles else ""
        tell.answer(tx, origin, f"您目前没有待处理的问题。{said}{hint}", person=person)
        return
    grouped = items.group(owned, moment.today)
    contents = digest_text.Contents(
        full=tuple(grouped),
        data_day=moment.data_day,
        title=digest_text.MINE,
        month=said,
        on_leave=_on_leave(tx, desk, person, owned),
    )
    digest.show(tx, desk, person, contents, moment)


def _on_leave(
    tx: Transaction, desk: Desk, person: Person, owned: Sequence[Finding]
) -> dict[int, str]:
    """Say of items for whom the asker stands in, and who does so for him."""
    said = {}
    for one in addressees.address_all(tx.session, desk.office, owned):
        if one.principal is None or one.person is None:
            continue
        mine = one.principal.id == person.id
        said[one.finding.id] = (
            f"由{one.person.name}代为办理" if mine else f"代{one.principal.name}办理"
        )
    return said


def count(tx: Transaction, desk: Desk, person: Person) -> int:
    """Count a person's open items, for a group where nothing more may be said."""
    owned = [
        one
        for one in answer_context.owned_by(tx.session, desk.office, person)
        if one.told_at is not None
    ]
    return len(items.group(owned, tx.now.date()))
