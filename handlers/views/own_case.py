"""/案 91号: a whole case for whoever may see it; outside the desk only what was released."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from handlers import tell
from handlers.counting import entry_subjects
from handlers.monitoring import case_file, case_in_hand, case_presses, case_view
from handlers.permissions import RefusedError, demand, may
from knowledge.errors import UserFacingError

if TYPE_CHECKING:
    from handlers.desk import Desk
    from handlers.incoming import Edited, Said
    from handlers.monitoring.case_file import CaseFile
    from storage.models.people import Person
    from storage.transaction import Transaction

USAGE = "请写明案号或尾号，例如：/案 91号。"


def command(tx: Transaction, desk: Desk, person: Person, event: Said | Edited, rest: str) -> None:
    """Show a case that is named by its number or by the number's tail."""
    if not rest.strip():
        tell.answer(tx, event.origin, USAGE, person=person)
        return
    try:
        case = case_in_hand.meant(tx, desk, rest.strip())
        demand(person, "see_item", case)
    except RefusedError:
        raise
    except UserFacingError as refused:
        tell.answer(tx, event.origin, str(refused), person=person)
        return
    file = case_file.read(tx, desk, case.case_no)
    if not may(person, "see_queue"):
        file = released(file)
    proof: list[int] = []
    if may(person, "read_ledger"):
        proof = entry_subjects.entries_of(tx.session, case.case_no, file.findings)
    tell.answer(
        tx,
        event.origin,
        case_view.write(tx, file, desk.clearance(event.origin.door), entries=proof),
        person=person,
        buttons=case_presses.buttons(tx, desk, person, file),
        subjects=[one.number for one in file.open],
    )


def released(file: CaseFile) -> CaseFile:
    """Return a case without what waits at the desk: queued findings, silent hits, points."""
    told = tuple(one for one in file.findings if one.released_at is not None)
    return replace(file, findings=told, silent=(), fresh=(), points=())
