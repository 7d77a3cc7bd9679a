"""An exported ledger read line by line, from the printed definitions and nothing of the product."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

Line = dict[str, Any]


class ExportedLedger:
    """One exported ledger and a range of days, both ends counted."""

    def __init__(self, lines: list[Line], first: date, last: date) -> None:
        self.lines, self.first, self.last = lines, first.isoformat(), last.isoformat()
        self.lives = self._number_lives()

    @classmethod
    def of_file(cls, path: Path, first: date, last: date) -> Self:
        text = path.read_text(encoding="utf-8")
        return cls([json.loads(line) for line in text.splitlines()], first, last)

    def day(self, line: Line) -> str:
        return str(line["moment"])[:10]

    def within(self, line: Line) -> bool:
        return self.first <= self.day(line) <= self.last

    def acts(self, *names: str) -> list[Line]:
        return [line for line in self.lines if line["act"] in names]

    def now(self, *names: str) -> list[Line]:
        return [line for line in self.acts(*names) if self.within(line)]

    def until(self, *names: str) -> list[Line]:
        return [line for line in self.acts(*names) if self.day(line) <= self.last]

    def number(self, line: Line) -> str:
        return str(line["object"]).partition(":")[2]

    def by_person(self, line: Line) -> bool:
        return str(line["actor"]).startswith("person:")

    def _number_lives(self) -> dict[str, list[Line]]:
        """For each finding the lines that begin a life of it."""
        found: dict[str, list[Line]] = defaultdict(list)
        for line in self.acts("finding_made", "finding_reopened"):
            if "rule" in line["data"]:
                found[self.number(line)].append(line)
        return found

    def life(self, number: str, sequence: int) -> str:
        """Name the life a finding was in when an entry was written."""
        begun = [one for one in self.lives.get(number, []) if one["sequence"] <= sequence]
        return f"{number}/{max(len(begun), 1)}"

    def told(self, number: str, sequence: int) -> Line:
        """What the ledger had said of a finding up to an entry."""
        known: Line = {}
        for line in self.lines:
            if line["sequence"] > sequence or self.number(line) != number:
                continue
            if not str(line["object"]).startswith("finding:"):
                continue
            data = line["data"]
            if line["act"] in ("finding_made", "finding_reopened") and "rule" in data:
                known = dict(data)
            elif line["act"] == "finding_changed":
                known = {**known, **data["after"]}
            elif line["act"] == "finding_moved" and "department" in data:
                known["case_type"], known["department"] = data["case_type"], data["department"]
            elif line["act"] in ("outcome_decided", "finding_closed", "date_changed_after_prompt"):
                for key in ("problem_class", "repeats", "first", "after_notice"):
                    if data.get(key) is not None or (key in data and key == "after_notice"):
                        known[key] = data[key]
        return known

    def first_confirmations(self) -> dict[str, tuple[int, str]]:
        """When each life was first held to be a problem by a person: entry and finding."""
        found: dict[str, tuple[int, str]] = {}
        for line in self.lines:
            numbers: list[str] = []
            released = line["act"] == "finding_released" and self.by_person(line)
            decided = line["act"] == "outcome_decided" and line["data"]["decided"] != "none"
            if released or decided or line["act"] == "oral_prompt":
                numbers = [self.number(line)]
            elif line["act"] == "notice_issued":
                numbers = line["data"]["findings"]
            for number in numbers:
                key = self.life(number, line["sequence"])
                found.setdefault(key, (line["sequence"], number))
        return found

    def closed_how(self, key: str) -> tuple[str, int] | None:
        """How a life stood closed at the end of the range, and by which entry."""
        standing: tuple[str, int] | None = None
        for line in self.until("finding_closed", "finding_reopened"):
            if self.life(self.number(line), line["sequence"]) != key:
                continue
            if line["act"] == "finding_closed":
                how = "explained" if line["data"].get("checked") else line["data"]["how"]
                standing = (how, line["sequence"])
            elif "rule" not in line["data"]:
                standing = None
        return standing

    def line_of(self, sequence: int) -> Line:
        return self.lines[sequence - 1]
