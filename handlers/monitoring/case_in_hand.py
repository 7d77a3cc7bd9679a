"""A whole case as its cards show it: whose it is, who is in it, and which one somebody means."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from handlers.findings.case_reference import MINOR, type_words
from handlers.findings.finding_values import is_minor
from knowledge import card_json, case_numbers
from knowledge.errors import UserFacingError
from storage import cases

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from handlers.desk import Clearance, Desk
    from knowledge.cards import Card
    from storage.transaction import Transaction

MOST_SHOWN = 5
ENDED = ("归档日期", "完成日期", "办结日期")
CONCLUDED = ("办结日期", "办结完成日期", "全案审结日期", "决定日期", "完成日期")
"""Columns that say when a case was concluded, the first that is filled holds."""


class NoSuchCaseError(UserFacingError):
    """No card is of the case that was named."""

    def __init__(self, typed: str) -> None:
        super().__init__(f"案卡中没有找到“{typed}”，请核对案号，或写完整的部门受案号")


class WhichCaseError(UserFacingError):
    """Several cases fit what was typed."""

    def __init__(self, typed: str, fitting: Sequence[str]) -> None:
        tails = "、".join(case_numbers.tail(one, fitting) for one in fitting[:MOST_SHOWN])
        super().__init__(
            f"“{typed}”对应 {len(fitting)} 件：{tails}。请把案号写全一些，例如：刑诉91号"
        )


@dataclass(frozen=True)
class CaseInHand:
    """One case of an office; `cards` are its persons, or the case itself."""

    office: str
    case_no: str
    cards: tuple[Card, ...]

    @property
    def first(self) -> Card:
        """The card that speaks for the case."""
        return self.cards[0]

    @property
    def case_type(self) -> str | None:
        """Its 案件类别."""
        return self.first.text("案件类别")

    @property
    def department(self) -> str | None:
        """The department that handles it."""
        return self.first.text("承办部门")

    @property
    def prosecutor(self) -> str | None:
        """The prosecutor whose case it is."""
        return self.first.text("承办检察官")

    @property
    def assistant(self) -> str | None:
        """The prosecutor's assistant."""
        return self.first.text("检察官助理")

    @cached_property
    def minor(self) -> bool:
        """Whether anybody in it is a minor: its name would give him away."""
        return any(is_minor(card) for card in self.cards)

    @property
    def accepted_on(self) -> date | None:
        """The day it came in."""
        return _day(self.first, ("受理日期",))

    @property
    def concluded_on(self) -> date | None:
        """The day it was concluded, by whatever column says so."""
        days = [day for card in self.cards if (day := _day(card, CONCLUDED))]
        return max(days) if len(days) == len(self.cards) else None

    @property
    def is_open(self) -> bool:
        """Whether it is still handled: no column says that it ended."""
        return _day(self.first, ENDED) is None

    def named(self, among: Iterable[str], clearance: Clearance) -> str:
        """Name it to a reader, as `case_reference` names a finding's case."""
        words = f"{type_words(self.case_type)} {case_numbers.tail(self.case_no, among)}"
        if clearance == "internet":
            return words
        return f"{words}{MINOR}" if self.minor else f"{words} {self.first.text('案件名称') or ''}"


def _day(card: Card, columns: Iterable[str]) -> date | None:
    for name in columns:
        value = card.values.get(name)
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
    return None


def of_cards(office: str, cards: Iterable[Card]) -> dict[str, CaseInHand]:
    """Put cards together case by case, in the order given."""
    found: dict[str, list[Card]] = {}
    for card in cards:
        found.setdefault(card.case_no, []).append(card)
    return {case_no: CaseInHand(office, case_no, tuple(own)) for case_no, own in found.items()}


def of_number(tx: Transaction, desk: Desk, case_no: str) -> CaseInHand:
    """Return the case with a whole number.

    Raises:
        NoSuchCaseError: no card is of it.
    """
    rows = cases.rows(tx.session, desk.office, [case_no])
    if not rows:
        raise NoSuchCaseError(case_numbers.tail(case_no, []))
    return CaseInHand(desk.office, case_no, tuple(card_json.card_from(row.card) for row in rows))


def meant(tx: Transaction, desk: Desk, typed: str) -> CaseInHand:
    """Return the one case that a typed number means.

    Raises:
        NoSuchCaseError, WhichCaseError: none fits, or several do.
    """
    fitting = [
        one for one in cases.numbers(tx.session, desk.office) if case_numbers.matches(typed, one)
    ]
    if not fitting:
        raise NoSuchCaseError(typed)
    if len(fitting) > 1:
        raise WhichCaseError(typed, fitting)
    return of_number(tx, desk, fitting[0])
