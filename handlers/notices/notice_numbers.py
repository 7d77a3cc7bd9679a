"""Numbers of notices: drawn by us, or entered as the case system gave them; never one twice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handlers.notices.notice_policy import FORM
from knowledge.errors import UserFacingError
from storage import notices

if TYPE_CHECKING:
    from handlers.desk import Desk
    from storage.models.notices import Notice
    from storage.transaction import Transaction

BRACKETS = str.maketrans("[]（）()【】［］", "〔〕〔〕〔〕〔〕〔〕")
EXAMPLE = "云北检案管流监〔2026〕7号"


class NumberFormError(UserFacingError):
    """The number that was typed is none."""

    def __init__(self, typed: str) -> None:
        super().__init__(
            f"文号“{typed[:40]}”的写法不对，未作登记。请按系统给出的文号填写，例如：{EXAMPLE}"
        )


class NumberYearError(UserFacingError):
    """The number is of another year."""

    def __init__(self, number: str, year: int) -> None:
        super().__init__(f"文号“{number}”的年份不是 {year} 年，未作登记。请核对系统给出的文号")


class NumberTakenError(UserFacingError):
    """Another notice has this number, a voided one too."""

    def __init__(self, number: str) -> None:
        super().__init__(f"文号“{number}”已经用过（作废的也不再使用），未作登记。请核对文号")


def draw(tx: Transaction, desk: Desk, notice: Notice) -> str:
    """Give a notice the next number of the year, in the transaction that issues it."""
    year = tx.now.year
    sequence = notices.next_sequence(tx.session, notice.office, year)
    _give(notice, written(desk, year, sequence), year, sequence)
    tx.session.flush()
    return str(notice.number)


def written(desk: Desk, year: int, sequence: int) -> str:
    """Write a number in the office's pattern."""
    return (
        desk.notices.pattern.replace("{院代字}", desk.notices.short_name)
        .replace("{年}", str(year))
        .replace("{序号}", str(sequence))
    )


def enter(tx: Transaction, notice: Notice, typed: str) -> str:
    """Give a notice the number that the case system gave.

    Raises:
        NumberFormError, NumberYearError, NumberTakenError: with the sentence for the officer.
    """
    number = re.sub(r"\s+", "", typed).translate(BRACKETS)
    match = FORM.fullmatch(number)
    if match is None:
        raise NumberFormError(typed)
    year, sequence = int(match["year"]), int(match["sequence"])
    if year not in {tx.now.year, notice.drafted_at.year}:
        raise NumberYearError(number, tx.now.year)
    known = notices.numbered(tx.session, notice.office, number) or notices.with_sequence(
        tx.session, notice.office, year, sequence
    )
    if known is not None:
        raise NumberTakenError(number)
    _give(notice, number, year, sequence)
    tx.session.flush()
    return number


def _give(notice: Notice, number: str, year: int, sequence: int) -> None:
    notice.number, notice.year, notice.sequence = number, year, sequence
