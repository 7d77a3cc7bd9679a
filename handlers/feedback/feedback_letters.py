"""What heads and prosecutors hear of the review of their answer, each of his own problems."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import tell as telling
from handlers.notices import notice_delivery
from handlers.notices.notice_texts import TRACKED
from handlers.people import addressees, stand_ins
from handlers.people.addressees import Reader
from knowledge import chinese
from storage import people

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from handlers.feedback.feedback import Answered
    from storage.models.notices import FeedbackItem, Notice
    from storage.transaction import Transaction

SAID = {
    "已纠正": "已纠正，予以销号",
    "继续跟踪": "继续跟踪",
    "维持": "维持通知书意见，请继续纠正",
    "撤回": "撤回通知书的这一项",
}


def opinion(one: Answered) -> str:
    """Say what was held of one problem: 已纠正，予以销号."""
    answer = one.answer
    if answer is None or answer.outcome is None:
        return "待复核"
    said = SAID[answer.outcome]
    if answer.outcome == TRACKED and answer.follow_up_on is not None:
        return f"{said}，{chinese.month_day(answer.follow_up_on)}再核对"
    return said


def opinions(found: Sequence[Answered]) -> str:
    """Say what was held of several problems; where it is the same of all, once."""
    said = dict.fromkeys(opinion(one) for one in found)
    if len(said) == 1:
        return next(iter(said))
    return "；".join(f"{one.finding.number} {opinion(one)}" for one in found)


def reviewer(tx: Transaction, answer: FeedbackItem) -> str | None:
    """Name who reviewed an answer, and for whom."""
    return stand_ins.named(tx.session, answer.reviewed_by, answer.reviewed_for)


def tell(tx: Transaction, notice: Notice, found: Sequence[Answered]) -> None:
    """Tell the head of all, and each prosecutor of his own problems."""
    readers = {
        one.person.id: (one, list(found)) for one in notice_delivery.head_readers(tx, notice)
    }
    for one in found:
        address = addressees.address(tx.session, one.finding)
        if address.person is None or address.why != "prosecutor":
            continue
        if address.person.id not in readers:
            readers[address.person.id] = (Reader(address.person, address.principal), [])
        known = readers[address.person.id][1]
        if one not in known:
            known.append(one)
    for reader, own in readers.values():
        _say(tx, notice, reader, own)


def _say(tx: Transaction, notice: Notice, reader: Reader, own: Iterable[Answered]) -> None:
    said = opinions(list(own))
    text = f"通知书 {notice.number} 的反馈意见已复核：{said}。"
    if people.is_reachable(reader.person):
        telling.say(tx, reader.person, "system", reader.told(text))
