"""What was done in a case, day by day: found, decided, prompted, answered, looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from handlers.findings import states
from handlers.notices import notice_texts
from handlers.review.outcomes import WORDS
from knowledge import chinese
from storage import case_history, case_looks, clues, people

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from handlers.review.outcomes import Decision
    from knowledge.replies.model import Intent
    from storage.case_history import Recorded
    from storage.models.case_looks import CaseLook
    from storage.models.findings import Finding
    from storage.transaction import Transaction


@dataclass(frozen=True)
class Event:
    """One thing that happened, in words without the names of parties."""

    at: datetime
    words: str

    @property
    def line(self) -> str:
        """The event with its day."""
        return f"{chinese.month_day(self.at.date())} {self.words}"


def events(tx: Transaction, findings: Sequence[Finding], looks: Sequence[CaseLook]) -> list[Event]:
    """Return everything recorded of some findings and looks, the newest last."""
    recorded = case_history.recorded(tx.session, [one.id for one in findings])
    numbers = {one.id: one.number for one in findings}
    found = [
        *_of_findings(findings),
        *_of_acts(recorded, numbers),
        *_of_notices(recorded, numbers),
        *_of_clues(tx, findings),
        *_of_looks(tx, looks),
    ]
    return sorted(found, key=lambda one: one.at)


def _of_findings(findings: Sequence[Finding]) -> Iterator[Event]:
    for one in findings:
        yield Event(one.made_at, f"{one.number} 发现：{one.title}（{one.source}）")
        if one.closed_at is not None:
            how = states.CLOSED_WORDS.get(one.closed_as or "", "")
            yield Event(one.closed_at, f"{one.number} 已销号" + (f"（{how}）" if how else ""))


def _of_acts(recorded: Recorded, numbers: dict[int, str]) -> Iterator[Event]:
    for outcome in recorded.outcomes:
        words = WORDS[cast("Decision", outcome.decided)]
        reason = f"（{outcome.reason}）" if outcome.reason else ""
        yield Event(outcome.decided_at, f"{numbers[outcome.finding_id]} 已定：{words}{reason}")
    for prompt in recorded.prompts:
        result = f"，{prompt.result}" if prompt.result else ""
        yield Event(
            prompt.prompted_at, f"{numbers[prompt.finding_id]} 口头提示（{prompt.manner}）{result}"
        )
    for answer in recorded.answers:
        if answer.finding_id is not None and answer.standing != "withdrawn":
            words = states.INTENT_WORDS[cast("Intent", answer.intent)]
            yield Event(answer.said_at, f"{numbers[answer.finding_id]} 答复：{words}")
    for objection in recorded.objections:
        number = numbers[objection.finding_id]
        yield Event(objection.raised_at, f"{number} 提出异议")
        if objection.settled_at is not None:
            words = "异议成立" if objection.upheld else "异议不成立"
            yield Event(objection.settled_at, f"{number} {words}")


def _of_notices(recorded: Recorded, numbers: dict[int, str]) -> Iterator[Event]:
    for finding_id, notice in recorded.notices:
        if notice.issued_at is not None:
            words = f"{numbers[finding_id]} 通知书 {notice_texts.name(notice)}"
            yield Event(notice.issued_at, f"{words}（{notice_texts.STATE_WORDS[notice.state]}）")


def _of_clues(tx: Transaction, findings: Sequence[Finding]) -> Iterator[Event]:
    for one in findings:
        for clue in clues.of_finding(tx.session, one.id):
            yield Event(
                clue.forwarded_at,
                f"{one.number} 转监督线索 {clue.number}（{clue.body}，{clue.department}）",
            )
            if clue.settled_at is not None and clue.result is not None:
                yield Event(clue.settled_at, f"{clue.number} 结果：{clue.result}")


def _of_looks(tx: Transaction, looks: Sequence[CaseLook]) -> Iterator[Event]:
    for look in looks:
        who = people.by_id(tx.session, look.looked_by)
        words = "无问题" if look.sound else f"发现问题 {'、'.join(look.findings)}".rstrip()
        campaign = f"{look.campaign} " if look.campaign else ""
        yield Event(look.looked_at, f"{campaign}人工监控：{words}（{who.name if who else '专员'}）")


def looks_at(tx: Transaction, office: str, case_no: str) -> Sequence[CaseLook]:
    """Return who looked at a case before."""
    return case_looks.of_case(tx.session, office, case_no)
