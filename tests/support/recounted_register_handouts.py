"""The lists to print for those whom no message reaches, made once more from an exported ledger."""

from __future__ import annotations

from tests.support.recounted_register_texts import TELLING, WORDED, RecountedTexts

ANSWERED = ("explained", "corrected_claimed", "objected", "forwarded", "blocked")
SETTLING = ("reviewed_insufficient", "finding_moved", "objection_given_up")
"""After these an answer waits for nobody any more."""
Handouts = dict[str, dict[str, str | None]]
"""By sheet the numbers on it, each with the day its term ends where one is open."""


class RecountedHandouts(RecountedTexts):
    """What is open, was let out and is not answered, by who has the case."""

    def handouts(self, unbound: tuple[str, ...]) -> Handouts:
        found: Handouts = {}
        for number in self.lives:
            prosecutor = self._prosecutor(number)
            if prosecutor in unbound and self._is_told_of(number):
                known = self.told(number, len(self.lines))
                is_open = known["hit_state"] in ("due_soon", "overdue") and known["done"] is None
                sheet = f"{known['department'] or '未填部门'}{prosecutor}"
                found.setdefault(sheet, {})[number] = known["due"] if is_open else None
        return found

    def _prosecutor(self, number: str) -> str | None:
        """Who has the case by the newest entry that names it."""
        told = [
            line
            for line in self.acts(*WORDED)
            if self.number(line) == number and TELLING.get(line["act"], "after") in line["data"]
        ]
        return self.words(told[-1:]).get("prosecutor")

    def _is_told_of(self, number: str) -> bool:
        """Whether a finding is open, was let out, and nothing said on it waits for the officer."""
        closed = out = answered = False
        for line in self.lines:
            if line["object"] != f"finding:{number}":
                continue
            act, data = line["act"], line["data"]
            if act in ("finding_made", "finding_reopened"):
                closed = False
                if "rule" in data:
                    out, answered = data["state"] != "queued", False
            elif act == "finding_closed":
                closed = True
            elif act in ("finding_released", "finding_recalled"):
                out = act == "finding_released"
            elif act == "answer_recorded":
                answered = data["state"] in ANSWERED
            elif act in SETTLING or (act == "objection_decided" and data["stage"] == "chief"):
                answered = False
            elif act == "finding_changed":
                answered = data["after"]["state"] in ANSWERED
        return out and not closed and not answered
