"""A button pressed by everybody else first, then by its owner, then by its owner once more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from storage.models.base import Base
from tests.support.notice_desk import with_button

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.support.office_desk import OfficeAtWork

KEPT = (
    *("findings", "outcomes", "oral_prompts", "notices", "notice_items", "feedback_items"),
    *("objections", "clues", "case_looks", "delegations", "handovers", "people"),
    *("campaigns", "campaign_cases", "campaign_findings", "problem_drafts", "accepted_values"),
    *("work_reports", "invites", "settings"),
)
"""What the acts of the desk change."""
NOT_YOURS = "这个按钮不是发给您的"


def standing(office: OfficeAtWork) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of the tables that the desk's acts change."""

    def read(session: Session) -> dict[str, list[tuple[object, ...]]]:
        tables = [Base.metadata.tables[one] for one in KEPT]
        return {
            one.name: [
                tuple(row) for row in session.execute(select(one).order_by(*one.primary_key))
            ]
            for one in tables
        }

    return office.read(read)


def others_messages(office: OfficeAtWork, name: str) -> int:
    """Count what everybody but one person has been told so far."""
    return sum(len(phone.messages) for one, phone in office.phones.items() if one != name)


def tap(office: OfficeAtWork, name: str, label: str) -> str:
    """Let everybody else press a button first, then its owner, then its owner once more."""
    message = with_button(office[name], label)
    token = next(token for words, token in message.buttons.items() if words.startswith(label))
    before = standing(office)
    for other in sorted(office.phones):
        if other != name:
            assert office[other].press_token(token, message) == NOT_YOURS, (label, other)
    assert standing(office) == before, f"{label}: pressed by others"
    said = office[name].press_token(token, message)
    after, entries, told = standing(office), len(office.acts()), others_messages(office, name)
    again = office[name].press_token(token, message)
    assert standing(office) == after, f"{label}: a second press changed something ({again})"
    more = {one["act"] for one in office.acts()[entries:]}
    # the answer to the press itself goes out as a message of its kind
    assert more <= {"press_refused", "message_sent"}, f"{label}: a second press recorded {more}"
    assert others_messages(office, name) == told, f"{label}: a second press told somebody"
    assert again, label
    return said


def tap_all(office: OfficeAtWork, name: str, *labels: str) -> str:
    """Let one person's buttons be pressed so one after the other; returns the last toast."""
    said = ""
    for label in labels:
        said = tap(office, name, label)
    return said
