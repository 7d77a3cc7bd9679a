"""Cases of the current card set, looked up one by one; the whole set is in `snapshots`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from knowledge import card_json
from knowledge.cards import CardSet
from storage.models.snapshots import CardRow, ListedRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.orm import Session


def numbers(session: Session, office: str) -> Sequence[str]:
    """Return the number of every case in the card set, each once, sorted."""
    return session.scalars(
        select(CardRow.case_no).where(CardRow.office == office).distinct().order_by(CardRow.case_no)
    ).all()


def rows(session: Session, office: str, case_nos: Iterable[str]) -> Sequence[CardRow]:
    """Return the cards of some cases, one for each person, case by case."""
    return session.scalars(
        select(CardRow)
        .where(CardRow.office == office, CardRow.case_no.in_(list(case_nos)))
        .order_by(CardRow.case_no, CardRow.person_no)
    ).all()


def around(session: Session, office: str, case_no: str) -> CardSet:
    """Return the cards of a case, those of its persons in other cases, and all listed rows.

    What a rule says of one case rests on no more than these (same person, same case, lists).
    """
    own = rows(session, office, [case_no])
    persons = [row.person_no for row in own if row.person_no]
    wanted = (CardRow.case_no == case_no) | (CardRow.person_no.in_(persons))
    found = session.scalars(
        select(CardRow.card).where(CardRow.office == office, wanted).order_by(CardRow.position)
    )
    listed = session.scalars(
        select(ListedRow.row).where(ListedRow.office == office).order_by(ListedRow.position)
    )
    return CardSet(
        tuple(card_json.card_from(card) for card in found),
        tuple(card_json.listed_from(row) for row in listed),
    )
