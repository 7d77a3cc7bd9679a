"""What is proposed for 案件评查, or sent there, counted once more from an exported ledger."""

from __future__ import annotations

from tests.support.recount import placed
from tests.support.recounted_acts import NEVER
from tests.support.recounted_lists import RecountedLists

DECISIONS = {None: "待定", True: "已移送", False: "不移送"}
GRAVEST = 3


class RecountedEvaluation(RecountedLists):
    """The list as it stands at the end of the range."""

    def proposed(self) -> list[tuple[str, ...]]:
        """Number, case, type, department, problem, notice, standing, reasons, decision, day."""
        found: list[tuple[str, ...]] = []
        for key, (sequence, number) in self.first_confirmations().items():
            why, sent, closed = self.reasons(key), self.sent(key), self.closed_how(key)
            if (closed is not None and closed[0] in NEVER) or not (why or sent):
                continue
            known, notices = self.told_last(key), self.notices_on(key)
            found.append(
                (
                    *(number, known["case_no"], placed("case_types", known["case_type"], None)),
                    *(known["department"] or "", known["title"]),
                    notices[-1]["data"]["number"] if notices else "",
                    *(self.standing(key), "、".join(why), DECISIONS[sent]),
                    self.day(self.line_of(sequence)),
                )
            )
        return found

    def sent(self, key: str) -> bool | None:
        """The last decision; None where there is none."""
        decided = self.on(key, "evaluation_decided")
        return bool(decided[-1]["data"]["sent"]) if decided else None

    def reasons(self, key: str) -> list[str]:
        """Why a problem is proposed."""
        known = self.told_last(key)
        held = {
            "情节严重": known["severity"] == "严重" or self.manner(key) == GRAVEST,
            "通知后重复发生": known.get("after_notice") is not None,
            "异议未决": self.closed_how(key) is None and self.is_disputed(key),
            "事后改期": self.class_at_end(key) == "date_changed",
        }
        return [reason for reason, holds in held.items() if holds]

    def is_disputed(self, key: str) -> bool:
        """Tell whether an objection was neither given up, nor upheld, nor decided by the chief."""
        settled = {one["data"]["objection"] for one in self.until("objection_given_up")}
        for line in self.until("objection_decided"):
            if line["data"]["upheld"] or line["data"]["stage"] == "chief":
                settled.add(line["data"]["objection"])
        return any(
            one["data"]["objection"] not in settled for one in self.on(key, "objection_raised")
        )
