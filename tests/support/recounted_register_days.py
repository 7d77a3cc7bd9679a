"""Every line of the daily log with every column, made once more from an exported ledger."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from tests.support.recounted_acts import NEVER
from tests.support.recounted_register_texts import (
    ANSWERS,
    HIDDEN,
    RecountedTexts,
    plain,
    said_day,
    stage,
)

if TYPE_CHECKING:
    from tests.support.exported_ledger import Line
    from tests.support.recounted_register_texts import Row

CODES = ("", "2201", "2202", "2203")
UNPATROLLED = "当日未巡查"
WEEK = "一二三四五六日"
ORAL, NOTICE, GRAVE = 1, 2, 3


class RecountedLog(RecountedTexts):
    """What was done on each day, line by line."""

    def log(self) -> dict[str, Counter[Row]]:
        """The lines of each day on which something was done."""
        dealt, looks, watchers = self._dealt(), self._looks(), self._watchers()
        scopes, made, confirmed = self.scopes(), self.found_by_day(), self.confirmed_by_day()
        baseline = self._baseline()
        days = {*scopes, *dealt, *looks, *watchers, *made, *baseline}
        days |= {self.day(line) for line in self.now("monitored_by_hand")}
        found: dict[str, Counter[Row]] = {}
        for day in sorted(days):
            head = (
                day,
                f"周{WEEK[date.fromisoformat(day).weekday()]}",
                "、".join(sorted(watchers[day])) or self.person(None),
                scopes.get(day, UNPATROLLED),
                self._source(day),
                made[day],
                confirmed[day],
            )
            lines = [self._problem(day, key, manner) for key, manner in dealt[day].items()]
            lines += [self._look(line) for line in looks[day]]
            nothing = self._nothing(day, baseline[day], made[day])
            told = lines or [(*("",) * 6, nothing, "", "", "", None, "")]
            found[day] = Counter(plain((*head, *line)) for line in told)
        return found

    def _dealt(self) -> defaultdict[str, dict[str, int]]:
        """By day the problems dealt with, each with the weightiest manner of that day."""
        found: defaultdict[str, dict[str, int]] = defaultdict(dict)
        for key, sequence, manner in self.dealings:
            day = self.day(self.line_of(sequence))
            if self.first <= day <= self.last:
                found[day][key] = max(found[day].get(key, 0), manner)
        return found

    @cached_property
    def dealings(self) -> list[tuple[str, int, int]]:
        """Problem, entry and manner of every confirmation, oral prompt and notice."""
        told = [(key, sequence, 0) for key, (sequence, _) in self.first_confirmations().items()]
        told += [(self.life_of(line), line["sequence"], ORAL) for line in self.acts("oral_prompt")]
        for line in self.acts("notice_issued"):
            for number in line["data"]["findings"]:
                key = self.life(number, line["sequence"])
                told.append((key, line["sequence"], GRAVE if line["data"]["grave"] else NOTICE))
        return told

    def _looks(self) -> defaultdict[str, list[Line]]:
        found: defaultdict[str, list[Line]] = defaultdict(list)
        for line in self.now("monitored_by_hand"):
            if not line["data"].get("findings"):
                found[self.day(line)].append(line)
        return found

    def _watchers(self) -> defaultdict[str, set[str]]:
        found: defaultdict[str, set[str]] = defaultdict(set)
        for line in self.lines:
            watched = line["act"] == "monitored_by_hand" or self.dealt_with(line)
            if watched and self.by_person(line) and self.within(line):
                found[self.day(line)].add(self.person(line["actor"]))
        return found

    def _baseline(self) -> Counter[str]:
        return Counter(
            self.day(line)
            for line in self.now("finding_made", "finding_reopened")
            if line["data"].get("baseline") and "rule" in line["data"] and not self.by_person(line)
        )

    def _source(self, day: str) -> str:
        """The newest import up to that day that was never taken back."""
        undone = {line["object"] for line in self.acts("import_undone")}
        imports = [one for one in self.acts("imported") if one["object"] not in undone]
        known = [one for one in imports if self.day(one) <= day]
        if not known:
            return ""
        name = HIDDEN if self.hidden else self.text(known[-1]) or "导出文件"
        return f"{name}，数据截至{said_day(known[-1]['data']['day'])}"

    def _problem(self, day: str, key: str, manner: int) -> Row:
        until = max(
            sequence
            for known, sequence, _ in self.standing_dealings
            if known == key and self.day(self.line_of(sequence)) <= day
        )
        known, words = self.told(key.partition("/")[0], until), self.words_of(key, until)
        issued = [one for one in self.notices_on(key) if self.day(one) == day]
        closed = self.closed_how(key)
        remarks = self.remarks(key)
        if closed is not None and closed[0] in NEVER:
            remarks.append("其后认定不属问题")
        corrected = closed is not None and closed[0] in ("cured", "accepted")
        return (
            *(CODES[manner], self.case_name(words), self.case_no(known["case_no"])),
            *(known["department"], self.prosecutor(words), stage(known["case_type"])),
            *(self.fact(words, known), self.basis(known)),
            "、".join(one["data"]["number"] for one in issued) or key.partition("/")[0],
            self._reply(key),
            self.day(self.line_of(closed[1])) if corrected and closed else None,
            "；".join(remarks),
        )

    @cached_property
    def standing_dealings(self) -> list[tuple[str, int, int]]:
        """Notices that are void no more count, but for what they confirmed first."""
        void = {line["object"] for line in self.acts("notice_voided")}
        return [
            one
            for one in self.dealings
            if one[2] < NOTICE or self.line_of(one[1])["object"] not in void
        ]

    def _reply(self, key: str) -> str:
        notices = self.notices_on(key)
        if notices:
            replied, due = self.replied(notices[-1]), self.received(notices[-1])[1]
            if replied:
                return f"{said_day(replied)}书面答复"
            return f"未书面答复，{said_day(due)}到期" if due else "未书面答复"
        given = self.answered(key)
        if given is None:
            return "未答复"
        return said_day(self.day(given)) + ANSWERS[given["data"]["intent"]]

    def _look(self, line: Line) -> Row:
        data, words = line["data"], self.words([line])
        return (
            *("", self.case_name(words), self.case_no(self.number(line)), data["department"]),
            *(self.prosecutor(words), stage(data["case_type"])),
            "人工监控，未发现问题" if data["sound"] else self.said(words),
            *("", "", "", None),
            "人工监控" if data["source"] == "人工个案" else data["source"],
        )

    def _nothing(self, day: str, baseline: int, made: int) -> str:
        patrols = [line for line in self.now("patrolled") if self.day(line) == day]
        if not patrols:
            return UNPATROLLED
        patrolled = f"巡查{patrols[-1]['data']['cases']}件"
        if baseline:
            return f"{patrolled}，首次导入，存量{baseline}个另计"
        found = f"自动发现{made}个，待人工复核" if made else "未发现问题"
        return f"{patrolled}，{found}"
