"""The figures of one department's own report, counted once more from an exported ledger.

A problem belongs to the department whose case it was when it was first confirmed (before that, when
it was found), whoever has the case later; a prompt, an answer and a look belong to the department
that had the case on that day, a notice to the one it went to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.recount import Recount
from tests.support.recounted_once import ReadOnce

if TYPE_CHECKING:
    from datetime import date

    from tests.support.exported_ledger import Line

AS_IT_WAS = ("oral_prompt", "answer_recorded", "date_changed_after_prompt")


class WholeOffice(ReadOnce, Recount):
    """The office that the department belongs to."""


class RecountedDepartment(ReadOnce, Recount):
    """The figures of a range of days, of one department."""

    def __init__(self, lines: list[Line], first: date, last: date, department: str) -> None:
        self.whole, self.department = WholeOffice(lines, first, last), department
        self.confirmed = self.whole.first_confirmations()
        self.drafted = {
            self.number(line): line["data"]["department"]
            for line in self.whole.acts("notice_drafted")
        }
        super().__init__(lines, first, last)
        self.lives = self.whole.lives

    def acts(self, *names: str) -> list[Line]:
        return [line for line in super().acts(*names) if self.is_its(line)]

    def is_its(self, line: Line) -> bool:
        kind, number = str(line["object"]).partition(":")[0], self.number(line)
        if line["act"] == "monitored_by_hand":
            return bool(line["data"]["department"] == self.department)
        if kind == "notice":
            return bool(self.drafted.get(number) == self.department)
        if kind != "finding":
            return True
        if line["act"] in AS_IT_WAS:
            return self.has_now(number, line["sequence"])
        return self.has_problem(self.whole.life(number, line["sequence"]))

    def has_now(self, number: str, sequence: int) -> bool:
        return bool(self.whole.told(number, sequence)["department"] == self.department)

    def has_problem(self, key: str) -> bool:
        number, _, life = key.partition("/")
        if key in self.confirmed:
            return self.has_now(number, self.confirmed[key][0])
        return self.has_now(number, self.whole.lives[number][int(life) - 1]["sequence"])

    def problems(self, *, baseline: bool = False) -> list[tuple[int, str, Line]]:
        found = super().problems(baseline=baseline)
        return [one for one in found if self.has_problem(one[1])]

    def watched(self) -> dict[str, tuple[int, str | None, str | None]]:
        """Its cases that a person dealt with while it had them."""
        found: dict[str, tuple[int, str | None, str | None]] = {}
        for line in self.lines:
            if not self.within(line) or not self.by_person(line):
                continue
            sequence = line["sequence"]
            for number in self.dealt_with(line):
                known = self.told(number, sequence)
                if known["department"] == self.department:
                    found[known["case_no"]] = sequence, known["case_type"], self.department
            if line["act"] == "monitored_by_hand" and self.is_its(line):
                case_type = line["data"]["case_type"]
                found[self.number(line)] = sequence, case_type, self.department
        return found

    def dealt_with(self, line: Line) -> list[str]:
        if line["act"] == "feedback_reviewed":
            return self.whole.dealt_with(line)
        return super().dealt_with(line)

    def digest_problems(self, *, terms: bool) -> set[str]:
        found = set()
        for line in self.now("digest_made"):
            sequence = line["sequence"]
            for key in self.one_digest(line, terms=terms):
                if self.has_now(key.partition("/")[0], sequence):
                    found.add(key)
        return found

    def one_digest(self, line: Line, *, terms: bool) -> set[str]:
        data = line["data"]
        if data["dry_run"]:
            return set()
        seen = data.get("seen", ())
        told = [one for one in data["full"] if one not in seen and (one in data["terms"]) == terms]
        return {self.whole.life(one, line["sequence"]) for one in told}

    def noted(self, act: str) -> list[Line]:
        return [one for one in super().noted(act) if one["department"] == self.department]
