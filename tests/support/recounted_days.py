"""The daily log and the register of publication, made once more from an exported ledger."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from tests.support.recounted_lists import RecountedLists

if TYPE_CHECKING:
    from pathlib import Path

CODES = ("", "2201", "2202", "2203")


class RecountedDays(RecountedLists):
    """What was done on each day."""

    def scopes(self) -> dict[str, str]:
        """What the last patrol of each day covered."""
        found = {}
        for line in self.now("patrolled"):
            told = line["data"]["by_type"].items()
            scope = "、".join(f"{short(kind)}{many}件" for kind, many in told)
            found[self.day(line)] = scope or f"{line['data']['cases']}件"
        return found

    def logged(self) -> Counter[tuple[object, ...]]:
        """Day, manner, case, number and day of correction of every line that names a case."""
        dealt: dict[tuple[str, str], int] = defaultdict(int)
        for key, (sequence, _) in self.first_confirmations().items():
            dealt[self.day(self.line_of(sequence)), key] += 0
        for line in self.now("oral_prompt"):
            at = self.day(line), self.life_of(line)
            dealt[at] = max(dealt[at], 1)
        for line in self.now("notice_issued"):
            for number in line["data"]["findings"]:
                at = self.day(line), self.life(number, line["sequence"])
                dealt[at] = max(dealt[at], 3 if line["data"]["grave"] else 2)
        found = Counter(self._logged(day, key, manner) for (day, key), manner in dealt.items())
        for line in self.now("monitored_by_hand"):
            if not line["data"].get("findings"):
                found[self.day(line), None, self.number(line), None, None] += 1
        return found

    def _logged(self, day: str, key: str, manner: int) -> tuple[object, ...]:
        closed = self.closed_how(key)
        done = closed is not None and closed[0] in ("cured", "accepted")
        numbers = [one["data"]["number"] for one in self.notices_on(key) if self.day(one) == day]
        return (
            day,
            CODES[manner] or None,
            self.told_last(key)["case_no"],
            "、".join(numbers) or key.partition("/")[0],
            self.day(self.line_of(closed[1])) if done and closed else None,
        )

    def published(self, texts: Path) -> Counter[tuple[object, ...]]:
        """Every judgment in force, as the newest import not taken back told of it."""
        told = [json.loads(line) for line in texts.read_text(encoding="utf-8").splitlines()]
        beside = {one["sequence"]: one["text"] for one in told}
        undone = {self.number(line) for line in self.acts("import_undone")}
        newest: dict[str, tuple[object, ...]] = {}
        for line in self.acts("publication_noted"):
            if self.number(line) in undone:
                continue
            names = json.loads(beside[line["sequence"]])
            for one in line["data"]["cases"]:
                name, prosecutor, reason = names[one["case_no"]]
                if one["published"] is None and one["state"] == "已公开":
                    reason = "已公开，公开日期未填"
                days = (one[key] for key in ("received", "effective", "due", "published"))
                newest[one["case_no"]] = (name, one["case_no"], *days, reason, prosecutor)
                if one["minor"] or not self.first <= one["effective"] <= self.last:
                    del newest[one["case_no"]]
        return Counter(newest.values())


def short(case_type: str) -> str:
    """A case type as a log says it: 审查逮捕案件（未检） is 审查逮捕（未检）."""
    return case_type.replace("案件（", "（").removesuffix("案件")
