"""What happened in an exported ledger, counted once more from the printed definitions.

Plain loops over JSON lines. Where the product gathers facts in one pass and sorts them afterwards,
this reads the lines again for every figure: it is slow, and has nothing to go wrong with it.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from tests.support.exported_ledger import ExportedLedger

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.exported_ledger import Line

NEVER = ("dropped", "objection_upheld", "withdrawn", "undone")
ALONE = (
    "finding_released",
    "finding_closed",
    "outcome_decided",
    "oral_prompt",
    "reviewed_accepted",
    "reviewed_noted",
    "reviewed_insufficient",
    "finding_made",
)


class RecountedActs(ExportedLedger):
    """What was done in a range of days, and how it stood at the end of it."""

    def problems(self, *, baseline: bool = False) -> list[tuple[int, str, Line]]:
        """Problems first confirmed in the range and standing so at its end: entry, life, what."""
        found = []
        for key, (sequence, number) in self.first_confirmations().items():
            known = self.told(number, sequence)
            if not self.within(self.line_of(sequence)) or bool(known["baseline"]) != baseline:
                continue
            closed = self.closed_how(key)
            if closed is None or closed[0] not in NEVER:
                found.append((sequence, key, known))
        return found

    def hand_problems(self) -> list[Line]:
        return [
            line
            for line in self.now("monitored_by_hand")
            if not line["data"]["sound"] and not line["data"].get("findings")
        ]

    def effective(self) -> set[str]:
        cases = {known["case_no"] for _, _, known in self.problems()}
        return cases | {self.number(line) for line in self.hand_problems()}

    def watched(self) -> dict[str, tuple[int, str | None, str | None]]:
        """Cases a person dealt with, each with the last entry, its type and its department."""
        found: dict[str, tuple[int, str | None, str | None]] = {}
        for line in self.lines:
            if not self.within(line) or not self.by_person(line):
                continue
            sequence = line["sequence"]
            for number in self.dealt_with(line):
                known = self.told(number, sequence)
                found[known["case_no"]] = (sequence, known["case_type"], known["department"])
            if line["act"] == "monitored_by_hand":
                case, data = self.number(line), line["data"]
                found[case] = (sequence, data["case_type"], data["department"])
        return found

    def dealt_with(self, line: Line) -> list[str]:
        """The findings that somebody dealt with by an entry."""
        act, data = line["act"], line["data"]
        if act == "objection_decided":
            return [self.number(line)] if data["stage"] in ("officer", "case_head") else []
        if act == "notice_drafted":
            return list(data["findings"])
        if act == "feedback_reviewed" and data.get("findings") is not None:
            return list(data["findings"])
        if act == "feedback_reviewed":
            return self.issued_with(self.number(line))
        if act == "finding_closed" and data["how"] == "objection_upheld":
            return []
        return [self.number(line)] if act in ALONE else []

    def issued_with(self, notice: str) -> list[str]:
        for line in self.acts("notice_issued"):
            if self.number(line) == notice:
                return list(line["data"]["findings"])
        return []

    def patrolled(self) -> Counter[str]:
        undone = {self.number(line) for line in self.acts("import_undone")}
        runs = self.now("patrolled")
        found: Counter[str] = Counter()
        for place, line in enumerate(runs):
            gone = str(line["data"]["snapshot"]) in undone
            if place == 0:
                found.update(line["data"]["by_type"])
                if gone:
                    found.subtract(line["data"]["added"])
            elif not gone:
                found.update(line["data"]["added"])
        return found

    def patrol_times(self) -> int:
        last: dict[str, Line] = {}
        for line in self.now("patrolled"):
            last[self.day(line)] = line
        return sum(sum(line["data"]["by_type"].values()) for line in last.values())

    def digest_problems(self, *, terms: bool) -> set[str]:
        found = set()
        for line in self.now("digest_made"):
            if line["data"]["dry_run"]:
                continue
            for number in line["data"]["full"]:
                if number in line["data"].get("seen", ()):
                    continue
                if (number in line["data"]["terms"]) == terms:
                    found.add(self.life(number, line["sequence"]))
        return found

    def notices(self) -> list[Line]:
        """Notices issued in the range and not void at its end."""
        void = {self.number(line) for line in self.until("notice_voided")}
        return [line for line in self.now("notice_issued") if self.number(line) not in void]

    def notice_standing(self, notice: str) -> str:
        replied = [one for one in self.until("feedback_signed") if self.number(one) == notice]
        if replied:
            return "replied"
        received = [one for one in self.until("notice_received") if self.number(one) == notice]
        due = received[-1]["data"]["due"] if received else None
        return "overdue" if due is not None and due < self.last else "not_due"

    def feedbacks(self) -> list[Line]:
        void = {self.number(line) for line in self.until("notice_voided")}
        return [line for line in self.now("feedback_signed") if self.number(line) not in void]

    def overdue_left(self) -> int:
        void = {self.number(line) for line in self.until("notice_voided")}
        issued = {self.number(line) for line in self.until("notice_issued")} - void
        return sum(self.notice_standing(one) == "overdue" for one in issued)

    def corrected(self) -> list[Line]:
        confirmed = self.first_confirmations()
        found = []
        for line in self.now("finding_closed"):
            how, data = line["data"]["how"], line["data"]
            if how not in ("cured", "accepted") or data.get("checked"):
                continue
            key = self.life(self.number(line), line["sequence"])
            known = self.told(self.number(line), line["sequence"])
            stands = self.closed_how(key)
            counts = key in confirmed and confirmed[key][0] <= line["sequence"]
            stands_so = stands is not None and stands[1] == line["sequence"]
            if counts and stands_so and not known["baseline"]:
                found.append(line)
        return found

    def corrected_of(self) -> int:
        found = 0
        for _, key, _ in self.problems():
            closed = self.closed_how(key)
            found += closed is not None and closed[0] in ("cured", "accepted")
        return found

    def objections(self) -> dict[str, str]:
        """How each objection raised by the range's end stood then, and whether settled in it."""
        found: dict[str, str] = {}
        for raised in self.until("objection_raised"):
            id_ = raised["data"]["objection"]
            stands, at = "pending", raised
            for line in self.until("objection_decided"):
                if line["data"]["objection"] != id_ or stands == "upheld":
                    continue
                at = line
                if line["data"]["upheld"]:
                    stands = "upheld"
                else:
                    stands = "kept" if line["data"]["stage"] == "chief" else "pending"
            if stands == "pending":
                given = [
                    one
                    for one in self.until("objection_given_up")
                    if one["data"]["objection"] == id_
                ]
                closed = self.closed_how(self.life(self.number(raised), raised["sequence"]))
                if given:
                    stands, at = "kept", given[-1]
                elif closed is not None and closed[1] > raised["sequence"]:
                    stands, at = "otherwise", self.line_of(closed[1])
            found[str(id_)] = stands if stands == "pending" or self.within(at) else "before"
        return found

    def noted(self, act: str) -> list[Line]:
        """The newest note of each case by an import that was not taken back."""
        undone = {self.number(line) for line in self.acts("import_undone")}
        newest: dict[str, Line] = {}
        for line in self.acts(act):
            if self.number(line) not in undone:
                for one in line["data"]["cases"]:
                    newest[one["case_no"]] = one
        return list(newest.values())

    def handling(self) -> list[int]:
        return [
            (date.fromisoformat(one["finished"]) - date.fromisoformat(one["accepted"])).days
            for one in self.noted("handling_noted")
            if self.first <= one["finished"] <= self.last
        ]

    def publication(self) -> Counter[str]:
        found: Counter[str] = Counter()
        for one in self.noted("publication_noted"):
            if one["minor"] or one["due"] is None or not self.first <= one["due"] <= self.last:
                continue
            found["due"] += 1
            if one["published"]:
                found["on_time" if one["published"] <= one["due"] else "late"] += 1
            elif one["state"] == "已公开":
                found["undated"] += 1
            else:
                found["reasoned" if one["reasoned"] else "missing"] += 1
        return found

    def unsupported(self) -> int:
        return sum(len(line["data"]["unsupported"]) for line in self.now("feedback_signed"))

    def class_at_end(self, key: str) -> str:
        known = "ordinary"
        for line in self.lines:
            if self.day(line) > self.last or not str(line["object"]).startswith("finding:"):
                continue
            if self.life(self.number(line), line["sequence"]) != key:
                continue
            data = line["data"]
            if line["act"] == "finding_changed":
                data = data["after"]
            if "problem_class" in data:
                known = data["problem_class"]
        return known

    def life_of(self, line: Line) -> str:
        return self.life(self.number(line), line["sequence"])

    def lives_of(self, act: str) -> set[str]:
        return {self.life_of(line) for line in self.now(act)}

    def closed_lives(self, wanted: Callable[[Line], bool]) -> set[str]:
        return {self.life_of(line) for line in self.now("finding_closed") if wanted(line)}
