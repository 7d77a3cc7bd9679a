"""Looking at a whole case by hand (人工个案监控): what came of it stands in the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.imports.sources import BY_HAND
from handlers.permissions import demand
from handlers.words_beside import Words, write_words
from storage.models.case_looks import CaseLook

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.imports.sources import Source
    from handlers.monitoring.case_in_hand import CaseInHand
    from storage.models.people import Person
    from storage.transaction import EntryMark, Transaction


def record(
    tx: Transaction,
    person: Person,
    case: CaseInHand,
    *,
    sound: bool,
    said: str,
    source: Source = BY_HAND,
    findings: Sequence[str] = (),
) -> EntryMark:
    """Record that somebody looked at a case, with what he found; nobody looks at his own.

    Raises:
        RefusedError: it is his own case, or not his to look at.
    """
    demand(person, "look_at_case", case)
    tx.session.add(
        CaseLook(
            office=case.office,
            case_no=case.case_no,
            looked_at=tx.now,
            looked_by=person.id,
            sound=sound,
            source=source.word,
            campaign=source.campaign,
            findings=list(findings),
        )
    )
    words = Words(case.first.text("案件名称"), case.prosecutor, said=said)
    return tx.record(
        "monitored_by_hand",
        f"case:{case.case_no}",
        actor=f"person:{person.id}",
        data={
            "sound": sound,
            "case_type": case.case_type,
            "department": case.department,
            "source": source.word,
            "campaign": source.campaign,
            "findings": list(findings),
        },
        text=write_words(words, minor=case.minor),
    )
