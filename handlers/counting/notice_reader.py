"""Read what the ledger says of notices and of objections, from the first entry to the last."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from handlers.counting.facts import Decision, NoticeFacts, ObjectionFacts, Review

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from handlers.counting.facts import Stamp
    from handlers.counting.finding_reader import FindingReader

    Data = Mapping[str, Any]
    Handled = dict[str, Callable[[Stamp, str, Data], None]]


class NoticeReader:
    """Gathers notices; the findings in one are those it was issued with."""

    def __init__(self, findings: FindingReader) -> None:
        self._findings = findings
        self._notices: dict[int, NoticeFacts] = {}
        self._drafted: dict[int, list[str]] = {}

    @property
    def notices(self) -> tuple[NoticeFacts, ...]:
        """The notices, in the order they were drafted."""
        return tuple(self._notices.values())

    @property
    def handled(self) -> Handled:
        """What is done with an entry, by its act."""
        return {
            "notice_drafted": self._draft,
            "notice_item_dropped": self._drop,
            "notice_issued": self._issue,
            "notice_received": self._receive,
            "feedback_signed": self._reply,
            "feedback_reviewed": self._review,
            "notice_voided": self._end,
            "notice_discarded": self._end,
        }

    def _draft(self, stamp: Stamp, number: str, data: Data) -> None:
        id_ = int(number)
        self._findings.look_at(stamp, data["findings"])
        self._drafted.setdefault(id_, []).extend(data["findings"])
        known = self._notices.get(id_)
        if known is None:
            known = NoticeFacts(id_, data["department"], bool(data["grave"]), None, (), stamp)
        self._notices[id_] = replace(known, grave=bool(data["grave"]))

    def _drop(self, stamp: Stamp, number: str, data: Data) -> None:
        del stamp
        left = self._drafted.get(int(number), [])
        if data["finding"] in left:
            left.remove(data["finding"])

    def _issue(self, stamp: Stamp, number: str, data: Data) -> None:
        numbers = data.get("findings") or self._drafted.get(int(number), [])
        self._findings.confirm(stamp, numbers, "notice")
        abouts = tuple(self._findings.about(one) for one in numbers)
        self._put(number, issued=stamp, number=data["number"], findings=abouts)

    def _receive(self, stamp: Stamp, number: str, data: Data) -> None:
        self._put(number, received=stamp, received_on=_day(data["day"]), due=_day(data["due"]))

    def _reply(self, stamp: Stamp, number: str, data: Data) -> None:
        unsupported = tuple(self._findings.about(one).problem for one in data["unsupported"])
        self._put(number, replied=stamp, late_days=int(data["late_days"]), unsupported=unsupported)

    def _review(self, stamp: Stamp, number: str, data: Data) -> None:
        known = self._notices.get(int(number))
        if known is None:
            return
        meant = data.get("findings")
        about = [
            one for one in known.findings if meant is None or one.problem.partition("#")[0] in meant
        ]
        self._findings.look_at(stamp, [one.problem.partition("#")[0] for one in about])
        problems = tuple(one.problem for one in about)
        outcome = str(data.get("outcome") or "")
        self._put(number, reviews=(*known.reviews, Review(stamp, outcome, problems)))

    def _end(self, stamp: Stamp, number: str, data: Data) -> None:
        del data
        self._put(number, ended=stamp)

    def _put(self, id_: str, /, **changed: Any) -> None:
        known = self._notices.get(int(id_))
        if known is not None:
            self._notices[known.id] = replace(known, **changed)


class ObjectionReader:
    """Gathers objections."""

    def __init__(self, findings: FindingReader) -> None:
        self._findings = findings
        self._objections: dict[int, ObjectionFacts] = {}

    @property
    def objections(self) -> tuple[ObjectionFacts, ...]:
        """The objections, in the order they were raised."""
        return tuple(self._objections.values())

    @property
    def handled(self) -> Handled:
        """What is done with an entry, by its act."""
        return {
            "objection_raised": self._raise,
            "objection_decided": self._decide,
            "objection_given_up": self._give_up,
        }

    def _raise(self, stamp: Stamp, number: str, data: Data) -> None:
        id_ = int(data["objection"])
        self._objections[id_] = ObjectionFacts(id_, self._findings.about(number), stamp)

    def _decide(self, stamp: Stamp, number: str, data: Data) -> None:
        del number
        known = self._objections.get(int(data["objection"]))
        if known is not None:
            made = Decision(stamp, str(data["stage"]), upheld=bool(data["upheld"]))
            self._objections[known.id] = replace(known, decisions=(*known.decisions, made))

    def _give_up(self, stamp: Stamp, number: str, data: Data) -> None:
        del number
        known = self._objections.get(int(data["objection"]))
        if known is not None:
            self._objections[known.id] = replace(known, given_up=stamp)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
