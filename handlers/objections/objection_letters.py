"""Who is told of an objection: its author, or the one who stands in for him, and its deciders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import tell
from handlers.objections.objection_view import STAGE_OF, button, finding_of, numbers, subjects, view
from handlers.people import addressees
from storage import people

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.desk import Desk
    from handlers.people.addressees import Reader
    from storage.models.prompts import Objection
    from storage.transaction import Transaction


def author_of(tx: Transaction, objection: Objection) -> Reader | None:
    """Return who hears of an objection: who raised it, of a stand-in the one he did it for."""
    author = people.by_id(tx.session, objection.raised_for or objection.raised_by)
    if author is None:
        return None
    return addressees.reader(tx.session, author, "prosecutor", "assistant", "head")


def to_author(tx: Transaction, objection: Objection, text: str, named: Sequence[str]) -> None:
    """Tell the author something about the findings that are named."""
    author = author_of(tx, objection)
    if author is not None:
        tell.say(tx, author.person, "system", author.told(text), subjects=named)


def not_accepted(tx: Transaction, objection: Objection) -> None:
    """Tell the author that the officer keeps to it; he may go on or accept."""
    author = author_of(tx, objection)
    if author is None:
        return
    choices = [
        button(tx, author.person, objection, "仍有异议，报案管负责人", "objection_go_on"),
        button(tx, author.person, objection, "接受", "objection_accept"),
    ]
    text = (
        f"{numbers(tx, objection)} 的异议经复核未采纳。"
        "仍有异议的，可报案管负责人提出意见，由检察长决定。"
    )
    tell.say(
        tx,
        author.person,
        "system",
        author.told(text),
        buttons=tell.rows(choices, per_row=1),
        subjects=subjects(tx, objection),
    )


def to_deciders(
    tx: Transaction, desk: Desk, objection: Objection, stage: str, deciders: Sequence[Reader]
) -> None:
    """Tell whose turn it is; where nobody is reached the officers are told."""
    finding, named = finding_of(tx, objection), subjects(tx, objection)
    told = [one for one in deciders if people.is_reachable(one.person)]
    for one in told:
        text, buttons = view(tx, desk, one.person, objection, finding)
        tell.say(tx, one.person, "system", one.told(text), buttons=buttons, subjects=named)
    if told:
        return
    who = STAGE_OF[stage]
    text = f"{'、'.join(named)} 的异议须报{who}，但尚未绑定或无法送达，请当面呈报。"
    for officer in addressees.officers(tx.session, finding.office):
        tell.say(tx, officer, "system", text, subjects=named)
