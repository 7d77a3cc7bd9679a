"""Read what the ledger says of findings: each life from being made to being closed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handlers.counting.facts import (
    BY_HAND,
    EXPLAINED,
    ORDINARY,
    PATROL,
    About,
    DigestMade,
    FindingAct,
    HandLook,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from handlers.counting.facts import Stamp

    Data = Mapping[str, Any]

NO_PROBLEM = "none"
UPHELD = "objection_upheld"
BY_HAND_STAGES = frozenset({"officer", "case_head"})
"""Whose opinion on an objection counts as monitoring; the chief decides, he does not monitor."""
OPEN_STATES = frozenset({"due_soon", "overdue"})


class FindingReader:
    """Gathers acts on findings; an entry of an older release may lack what newer ones say."""

    def __init__(self) -> None:
        self.last: dict[str, About] = {}
        """What is known last of a problem; one that came again keeps what it was."""
        self.made: list[FindingAct] = []
        self.confirmed: list[FindingAct] = []
        self.ended: list[FindingAct] = []
        self.looked: list[FindingAct] = []
        self.prompted: list[FindingAct] = []
        self.answered: list[FindingAct] = []
        self.date_changed: list[FindingAct] = []
        self.hand_looks: list[HandLook] = []
        self.digests: list[DigestMade] = []
        self.worded: dict[str, list[int]] = {}
        self.classed: dict[str, list[tuple[Stamp, str]]] = {}
        self.concluded: dict[str, int] = {}
        self.evaluated: dict[str, bool] = {}
        self._now: dict[str, About] = {}
        self._lives: dict[str, int] = {}

    @property
    def handled(self) -> dict[str, Callable[[Stamp, str, Data], None]]:
        """What is done with an entry, by its act."""
        return {
            "finding_made": self._made,
            "finding_reopened": self._made,
            "finding_changed": self._changed,
            "finding_moved": self._moved,
            "finding_released": self._released,
            "finding_closed": self._closed,
            "outcome_decided": self._outcome,
            "oral_prompt": self._prompted,
            "reviewed_accepted": self._reviewed,
            "reviewed_noted": self._reviewed,
            "reviewed_insufficient": self._reviewed,
            "objection_decided": self._objection_decided,
            "date_changed_after_prompt": self._date_changed,
            "answer_recorded": self._answered,
            "feedback_put": self._feedback,
            "evaluation_decided": self._evaluated,
            "digest_made": self._digest,
            "monitored_by_hand": self._by_hand,
        }

    def about(self, number: str) -> About:
        """Return what a finding is about now; one that no entry tells of is only a number."""
        return self._now.get(number) or About(number, "")

    def look_at(self, stamp: Stamp, numbers: Iterable[str]) -> None:
        """Note that somebody dealt with findings."""
        if stamp.by_person:
            self.looked += [FindingAct(stamp, self.about(one)) for one in numbers]

    def confirm(self, stamp: Stamp, numbers: Iterable[str], how: str) -> None:
        """Note that somebody held findings to be problems."""
        self.confirmed += [FindingAct(stamp, self.about(one), how) for one in numbers]

    def _made(self, stamp: Stamp, number: str, data: Data) -> None:
        if "rule" not in data:
            # a closing that an import had brought, taken back with the import: the same life
            self.ended.append(FindingAct(stamp, self.about(number)))
            return
        life = self._lives[number] = self._lives.get(number, 0) + 1
        problem = number if life == 1 else f"{number}#{life}"
        about = _about(problem, data)
        self._know(stamp, number, about)
        self.made.append(FindingAct(stamp, about))
        if stamp.by_person:
            self.look_at(stamp, [number])

    def _changed(self, stamp: Stamp, number: str, data: Data) -> None:
        known = self.about(number)
        told = {"group": known.group, "baseline": known.baseline, **data["after"]}
        self._know(stamp, number, _about(known.problem, told))

    def _evaluated(self, stamp: Stamp, number: str, data: Data) -> None:
        # what goes to 案件评查 goes beyond flow monitoring: to decide on it is no look at the case
        del stamp
        self.evaluated[self.about(number).problem] = bool(data["sent"])

    def _moved(self, stamp: Stamp, number: str, data: Data) -> None:
        if "department" in data:
            known = self.about(number)._replace(
                case_type=data["case_type"], department=data["department"]
            )
            self._know(stamp, number, known)

    def _know(self, stamp: Stamp, number: str, about: About, *, worded: bool = True) -> None:
        """Take over what an entry says of a finding, and when its class changed."""
        self._now[number] = self.last[about.problem] = about
        if worded:
            self.worded.setdefault(about.problem, []).append(stamp.seq)
        classes = self.classed.setdefault(about.problem, [])
        if about.problem_class != (classes[-1][1] if classes else ORDINARY):
            classes.append((stamp, about.problem_class))

    def _retold(self, stamp: Stamp, number: str, data: Data) -> None:
        """Take over class and repetition as a decision names them."""
        known = self.about(number)
        told = {
            "problem_class": data.get("problem_class") or known.problem_class,
            "repeats": int(data.get("repeats", known.repeats)),
            "first": data.get("first", known.first),
            "after_notice": data.get("after_notice", known.after_notice),
        }
        self._know(stamp, number, known._replace(**told), worded=False)

    def _released(self, stamp: Stamp, number: str, data: Data) -> None:
        del data
        if stamp.by_person:
            self.confirm(stamp, [number], "released")
            self.look_at(stamp, [number])

    def _closed(self, stamp: Stamp, number: str, data: Data) -> None:
        self._retold(stamp, number, data)
        how = EXPLAINED if data.get("checked") else str(data["how"])
        self.ended.append(FindingAct(stamp, self.about(number), how))
        if how != UPHELD:
            # whose opinion upheld it says the entry of the objection, and it may be the chief's
            self.look_at(stamp, [number])

    def _outcome(self, stamp: Stamp, number: str, data: Data) -> None:
        self._retold(stamp, number, data)
        self.look_at(stamp, [number])
        if data["decided"] != NO_PROBLEM:
            self.confirm(stamp, [number], str(data["decided"]))

    def _prompted(self, stamp: Stamp, number: str, data: Data) -> None:
        self.look_at(stamp, [number])
        self.confirm(stamp, [number], "oral")
        self.prompted.append(FindingAct(stamp, self.about(number), str(data["manner"])))

    def _reviewed(self, stamp: Stamp, number: str, data: Data) -> None:
        del data
        self.look_at(stamp, [number])

    def _objection_decided(self, stamp: Stamp, number: str, data: Data) -> None:
        if data["stage"] in BY_HAND_STAGES:
            self.look_at(stamp, [number])

    def _date_changed(self, stamp: Stamp, number: str, data: Data) -> None:
        self._retold(stamp, number, data)
        self.date_changed.append(FindingAct(stamp, self.about(number)))

    def _answered(self, stamp: Stamp, number: str, data: Data) -> None:
        self.answered.append(FindingAct(stamp, self.about(number), str(data["intent"])))

    def _feedback(self, stamp: Stamp, number: str, data: Data) -> None:
        if data["field"] == "conclusion":
            self.concluded[self.about(number).problem] = stamp.seq

    def _digest(self, stamp: Stamp, person: str, data: Data) -> None:
        del person
        if data.get("dry_run"):
            return
        full = [self.about(one) for one in data["full"]]
        # before digests said so themselves: what was an open statutory term at that time
        said = data.get("terms")
        terms = (
            {one.problem for one in full if one.open_term and one.statutory}
            if said is None
            else {self.about(one).problem for one in said}
        )
        # before digests named them apart these stood among what was to be checked
        seen = {self.about(one).problem for one in data.get("seen", ())}
        self.digests.append(
            DigestMade(
                stamp,
                tuple(one for one in full if one.problem in terms),
                tuple(one for one in full if one.problem not in terms | seen),
            )
        )

    def _by_hand(self, stamp: Stamp, case_no: str, data: Data) -> None:
        self.hand_looks.append(
            HandLook(
                stamp,
                case_no,
                data.get("case_type"),
                data.get("department"),
                sound=bool(data["sound"]),
                source=data.get("source") or BY_HAND,
                findings=tuple(data.get("findings") or ()),
                campaign=data.get("campaign"),
            )
        )


def _about(problem: str, data: Data) -> About:
    return About(
        problem=problem,
        case_no=data["case_no"],
        rule=data["rule"],
        title=data.get("title") or data["rule"],
        group=data.get("group") or "",
        case_type=data.get("case_type"),
        department=data.get("department"),
        severity=data.get("severity") or "",
        source=data.get("source") or PATROL,
        problem_class=data.get("problem_class") or ORDINARY,
        statutory=bool(data.get("statutory", data.get("release") == "auto")),
        baseline=bool(data.get("baseline", data.get("waits") == "baseline")),
        open_term=data.get("hit_state") in OPEN_STATES and data.get("done") is None,
        campaign=data.get("campaign"),
        concerns=data.get("concerns"),
        repeats=int(data.get("repeats") or 0),
        first=data.get("first"),
        after_notice=data.get("after_notice"),
        fact=data.get("fact") or "",
        provisions=data.get("provisions") or (),
    )
