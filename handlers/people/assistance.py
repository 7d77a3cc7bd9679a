"""交助理办理: the assistant gets a copy, the prosecutor stays in charge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import tell
from handlers.answers import answer_context
from handlers.digest import digest_text
from handlers.findings.items import Item
from handlers.permissions import may
from storage import people

if TYPE_CHECKING:
    from handlers.desk import Desk
    from storage.models.findings import Finding
    from storage.models.people import Person
    from storage.transaction import Transaction


def tell_assistant(
    tx: Transaction, desk: Desk, by: Person, finding: Finding, name: str | None
) -> None:
    """Send a copy of an item to the assistant named, else to the one in the card."""
    found = [
        one
        for one in people.named(tx.session, desk.office, name or finding.assistant)
        if may(one, "see_item", finding)
    ]
    reader = found[0] if len(found) == 1 and people.is_reachable(found[0]) else None
    tx.record(
        "delegated" if reader else "delegation_not_sent",
        f"finding:{finding.number}",
        actor=f"person:{by.id}",
        data={"to": reader.id if reader else None, "why": None if reader else "not_reachable"},
    )
    if reader is None:
        return
    cases = answer_context.owned_by(tx.session, desk.office, reader)
    block = digest_text.item_block(
        Item((finding,)), cases, desk.clearance(reader.door or ""), tx.now.date()
    )
    data = {"findings": [finding.id]}
    opened = tell.button(tx, reader, finding.number, "open", f"finding:{finding.id}", data=data)
    tell.say(
        tx,
        reader,
        "prompt",
        f"{by.name}请您协助办理：\n{block}",
        buttons=((opened,),),
        subjects=[finding.number],
    )
