"""Every line of the register with every column, made once more from an exported ledger."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tests.support.recount import placed
from tests.support.recounted_lists import MANNERS
from tests.support.recounted_register_texts import ANSWERS, RecountedTexts, plain

if TYPE_CHECKING:
    from tests.support.exported_ledger import Line
    from tests.support.recounted_register_texts import Row

GRAVEST = 3
"""The place of the manner that is told to the chief."""


class RecountedRegister(RecountedTexts):
    """The register as it stood at the end of the range."""

    def register_by_year(self) -> dict[str, list[Row]]:
        """The lines of each year in the order of confirmation, numbered anew."""
        told = [
            (sequence, self._line(sequence, key))
            for sequence, key, _ in (*self.problems(), *self.problems(baseline=True))
        ]
        told += [(line["sequence"], self._by_hand(line)) for line in self.hand_problems()]
        years: Counter[str] = Counter()
        found: dict[str, list[Row]] = {}
        for _, row in sorted(told, key=lambda one: one[0]):
            year = str(row[0])[:4]
            years[year] += 1
            found.setdefault(year, []).append(plain((years[year], *row)))
        return found

    def _line(self, sequence: int, key: str) -> Row:
        known = self.told_last(key)
        words = self.words_of(key, len(self.lines))
        day, case_no, kind, line, department, category, severity, manner, *papers = (
            self._registered(sequence, key)
        )
        number, served, due, answered, standing, corrected, repeated = papers
        return (
            *(day, self.case_name(words), self.case_no(str(case_no)), kind, line, department),
            *(self.prosecutor(words), category, self.fact(words, known), self.basis(known)),
            *(severity, manner, number, served, due, answered, self._held(key), standing),
            *(corrected, self.person(self._reviewer(key)), repeated, self._evaluated(key)),
            "；".join(self.remarks(key)),
        )

    def _by_hand(self, line: Line) -> Row:
        data, words = line["data"], self.words([line])
        case_type = data["case_type"]
        return (
            *(self.day(line), self.case_name(words), self.case_no(self.number(line))),
            *(placed("case_types", case_type, None), placed("lines", case_type, None)),
            *(data["department"], self.prosecutor(words), data["source"], self.said(words)),
            *("", "", MANNERS[0], "", None, None, None, "", "待整改", None),
            *(self.person(line["actor"]), "否", "否", data["source"]),
        )

    def _held(self, key: str) -> str:
        """What the department held of it in its signed answer, else what was answered."""
        notices = self.notices_on(key)
        signed = [
            line["sequence"]
            for line in self.until("feedback_signed")
            if notices and line["object"] == notices[-1]["object"]
        ]
        put = [
            line
            for line in self.on(key, "feedback_put")
            if line["data"]["field"] == "conclusion" and line["sequence"] < max(signed, default=0)
        ]
        if put:
            return self.text(put[-1]) or ""
        given = self.answered(key)
        return ANSWERS[given["data"]["intent"]] if given else ""

    def _reviewer(self, key: str) -> str | None:
        """Who dealt with it last."""
        number = key.partition("/")[0]
        found = None
        for line in self.lines:
            if self.by_person(line) and number in self.dealt_with(line):
                found = line["actor"] if self.life(number, line["sequence"]) == key else found
        return found

    def _evaluated(self, key: str) -> str:
        decided = self.on(key, "evaluation_decided")
        if decided:
            return "是" if decided[-1]["data"]["sent"] else "否"
        why = self._reasons(key)
        return f"建议（{'、'.join(why)}）" if why else "否"

    def _reasons(self, key: str) -> list[str]:
        known, found = self.told_last(key), []
        if known["severity"] == "严重" or self.manner(key) == GRAVEST:
            found.append("情节严重")
        if known.get("after_notice") is not None:
            found.append("通知后重复发生")
        if self.closed_how(key) is None and self._disputed(key):
            found.append("异议未决")
        if self.class_at_end(key) == "date_changed":
            found.append("事后改期")
        return found

    def _disputed(self, key: str) -> bool:
        """Whether an objection to it was neither given up, nor upheld, nor decided by the chief."""
        settled = {line["data"]["objection"] for line in self.until("objection_given_up")}
        for line in self.until("objection_decided"):
            if line["data"]["upheld"] or line["data"]["stage"] == "chief":
                settled.add(line["data"]["objection"])
        raised = self.on(key, "objection_raised")
        return any(line["data"]["objection"] not in settled for line in raised)
