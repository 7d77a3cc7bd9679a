"""What follows when a text has come or gone: each follower is told, in the same transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.links import link_proposals
from storage import due_jobs

if TYPE_CHECKING:
    from collections.abc import Callable

    from knowledge.laws.model import OfficialText
    from storage.models.people import Person
    from storage.transaction import Transaction

    Follower = Callable[[Transaction, Person, OfficialText, str], None]

WARM = "text_search"
"""Opens the search anew outside any transaction, so that the next question need not wait."""


def tell_all(tx: Transaction, person: Person, text: OfficialText, key: str) -> None:
    """Tell every follower; `key` names what happened, for jobs that are planned once."""
    for follower in FOLLOWERS:
        follower(tx, person, text, key)


def _open_search(tx: Transaction, person: Person, text: OfficialText, key: str) -> None:
    del person, text
    due_jobs.plan(tx, WARM, tx.now, key=key, data={})


def _propose_links(tx: Transaction, person: Person, text: OfficialText, key: str) -> None:
    """Links that the text brings or takes away are told to the officers; no news, no message."""
    del person, text
    due_jobs.plan(tx, link_proposals.JOB, tx.now, key=key, data={})


FOLLOWERS: tuple[Follower, ...] = (_open_search, _propose_links)
