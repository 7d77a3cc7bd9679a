"""The departments' written answers that wait for the officer, beside what people answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import tell
from handlers.notices import notice_texts
from handlers.permissions import may
from storage import notices as notices_table

if TYPE_CHECKING:
    from handlers.desk import Desk
    from storage.models.notices import Notice
    from storage.models.people import Person
    from storage.transaction import Transaction


def unreviewed(tx: Transaction, desk: Desk) -> list[Notice]:
    """Return the notices with an answer of which nobody said yet what he holds of it.

    One that is left open until a day (继续跟踪) comes back on that day by itself.
    """
    return [
        notice
        for notice in notices_table.in_states(tx.session, desk.office, ["replied"])
        if not all(
            (answer := notices_table.feedback(tx.session, one.id)) and answer.outcome
            for one in notices_table.items(tx.session, notice.id)
        )
    ]


def told(tx: Transaction, desk: Desk, person: Person) -> tuple[str, tell.Rows]:
    """Say in a line which written answers wait, with a button each; nothing: no words."""
    found = [
        notice
        for notice in unreviewed(tx, desk)
        if all(may(person, "review_feedback", one) for one in notice_texts.findings_of(tx, notice))
    ]
    if not found:
        return "", ()
    names = "、".join(notice_texts.name(one) for one in found)
    pressable = [
        notice_texts.button(tx, person, one, f"复核 {notice_texts.name(one)}", "notice_open")
        for one in found
    ]
    return f"书面答复待复核 {len(found)} 份：{names}", tell.rows(pressable, per_row=1)
