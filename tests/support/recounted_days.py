"""What each patrol covered, and the register of publication, once more from an exported ledger."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from tests.support.recounted_lists import RecountedLists

if TYPE_CHECKING:
    from pathlib import Path


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
