"""The report of a campaign, counted once more from an exported ledger."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

import yaml

from tests.support.recount import LINES_FILE, Recount

if TYPE_CHECKING:
    from datetime import date

    from tests.support.exported_ledger import Line

READY = LINES_FILE.parent / "monitoring" / "campaigns.yaml"
MOST_NAMED = 12
NO_PROBLEM = ("dropped", "objection_upheld", "clue_unfounded", "undone")
DECIDED = {
    "none": "不属问题",
    "record": "仅记录",
    "oral": "口头提示",
    "notice": "通知书",
    "notice_chief": "通知书并报检察长",
    "clue": "转监督线索",
}
CORRECTED = ("cured", "accepted", "clue_settled")


class RecountedCampaign(Recount):
    """One campaign as it stood at the end of a range of days."""

    def __init__(self, lines: list[Line], first: date, last: date, number: str) -> None:
        super().__init__(lines, first, last)
        self.campaign = number

    def of_it(self, act: str) -> list[Line]:
        return [one for one in self.until(act) if self.number(one) == self.campaign]

    @cached_property
    def looked(self) -> dict[str, Line]:
        """What the last look at each case came to."""
        last = {one["data"]["case_no"]: one["data"] for one in self.of_it("campaign_looked")}
        for one in self.of_it("campaign_marked"):
            case = one["data"]["case_no"]
            looks = [each for each in self.of_it("campaign_looked") if of_case(each, case)]
            if looks and looks[-1]["sequence"] < one["sequence"]:
                last[case] = {**last[case], "marks": one["data"]["after"]}
        return {case: data for case, data in last.items() if data["state"] != "unseen"}

    def figures(self) -> dict[str, int]:
        [started] = self.of_it("campaign_started")
        states = Counter(data["state"] for data in self.looked.values())
        told = {
            "符合条件": started["data"]["population"],
            "应核对": started["data"]["drawn"],
            "已核对": len(self.looked),
            "其中有问题": states["problem"],
        }
        ready = yaml.safe_load(READY.read_text(encoding="utf-8"))["campaigns"]
        kinds = [one for one in ready if one["id"] == started["data"]["kind"]]
        seen = [one for one in self.looked.values() if one["state"] in ("sound", "problem")]
        for figure in kinds[0]["figures"] if kinds else ():
            marks = set(figure["marks"])
            told[figure["name"]] = sum(bool(marks & set(one["marks"])) for one in seen)
        return told

    @cached_property
    def held(self) -> list[tuple[str, Line]]:
        """The problems of its cases, by number, none that was found to be none."""
        made = [one for one in self.lines if one["data"].get("campaign") == self.campaign]
        numbers = {self.number(one) for one in made if one["act"] == "finding_made"}
        for one in self.of_it("campaign_ran"):
            numbers |= set(one["data"]["known"])
        found = []
        for number in sorted(numbers):
            known = self.told(number, len(self.lines))
            state = self.looked.get(known["case_no"], {}).get("state")
            if state == "problem" and self.ended(number)[0] not in NO_PROBLEM:
                found.append((number, known))
        return found

    def ended(self, number: str) -> tuple[str, str]:
        """How a problem was closed and on which day; empty: it is open."""
        closed = self.closed_how(self.life(number, len(self.lines)))
        if closed is None:
            return "", ""
        line = self.line_of(closed[1])
        return line["data"]["how"], self.day(line)

    def classes(self) -> Counter[str]:
        return Counter(known["title"] for _, known in self.held)

    def departments(self) -> dict[str, tuple[int, int]]:
        """Cases looked at and problems, by the department that had the case at the start.

        A case that the campaign does not fit has no look of its own; the import told of it.
        """
        [started] = self.of_it("campaign_started")
        imported = [
            one for one in self.acts("publication_noted") if one["sequence"] < started["sequence"]
        ]
        of_case = {
            case["case_no"]: case["department"] or "未填部门"
            for one in imported
            for case in one["data"]["cases"]
        }
        seen = Counter(of_case[case] for case in self.looked)
        problems = Counter(of_case[known["case_no"]] for _, known in self.held)
        return {name: (seen[name], problems[name]) for name in seen}

    def corrected_by_day(self) -> Counter[str]:
        ends = [self.ended(number) for number, _ in self.held]
        return Counter(day for how, day in ends if how in CORRECTED)

    def listed(self) -> list[tuple[str, ...]]:
        return [
            (number, known["case_no"], known["department"], known["title"], known["severity"])
            for number, known in self.held
        ]

    def dealt_with_as(self) -> list[tuple[str, str, str, str]]:
        """How each problem was decided on last, its notice, and by when it is to be answered."""
        return [(number, self.decided(number), *self.noticed(number)) for number, _ in self.held]

    def decided(self, number: str) -> str:
        """The last decision on a problem in the life it is in."""
        now = self.life(number, len(self.lines))
        made = [
            one["data"]["decided"]
            for one in self.until("outcome_decided")
            if self.number(one) == number and self.life_of(one) == now
        ]
        return DECIDED[made[-1]] if made else "未定"

    def noticed(self, number: str) -> tuple[str, str]:
        """Number of the notice that stands, and the last day: the notice's or the campaign's."""
        [started] = self.of_it("campaign_started")
        own = started["data"]["rectify_by"] or "—"
        void = {one["object"] for one in self.until("notice_voided")}
        standing = [
            one
            for one in self.until("notice_issued")
            if number in one["data"]["findings"] and one["object"] not in void
        ]
        if not standing:
            return "—", own
        received = [
            one["data"]["due"]
            for one in self.until("notice_received")
            if one["object"] == standing[-1]["object"]
        ]
        return standing[-1]["data"]["number"], received[-1] if received else own

    def sentences(self) -> list[str]:
        """What must stand in the report's sentences, word for word where figures stand."""
        [started] = self.of_it("campaign_started")
        states = Counter(data["state"] for data in self.looked.values())
        left = started["data"]["drawn"] - len(self.looked)
        standing = Counter(state for _, state, _ in self.rectified())
        classes = [f"{title}{count}个" for title, count in sorted(self.classes().items())]
        typical = list(dict.fromkeys(known["title"] for _, known in self.held))[:5]
        rules = started["data"]["rules"]
        cured = [f"{one}{standing[one]}个" for one in ("已整改", "整改中", "待整改")]
        return [
            *([f"依据监控规则{len(rules)}条"] if len(rules) > MOST_NAMED else []),
            f"符合条件 {started['data']['population']} 件，全部核对",
            (
                f"已核对{len(self.looked)}件，其中无问题{states['sound']}件，"
                f"有问题{states['problem']}件，不适用{states['not_applicable']}件"
                f"{f'，尚未核对{left}件' if left else ''}；发现问题{len(self.held)}个。"
            ),
            "，".join(classes) + "。" if classes else "没有发现问题。",
            *(f"{place}．{title}：一起" for place, title in enumerate(typical, 1)),
            "，".join(cured) + "。" if self.held else "没有需要整改的问题。",
        ]

    def summary(self) -> str:
        """The line that a chat shows."""
        [started] = self.of_it("campaign_started")
        left = started["data"]["drawn"] - len(self.looked)
        found = sum(data["state"] == "problem" for data in self.looked.values())
        unseen = f"，尚未核对{left}件" if left else ""
        return f"已核对{len(self.looked)}件，有问题{found}件{unseen}；发现问题{len(self.held)}个。"

    def rectified(self) -> list[tuple[str, ...]]:
        found: list[tuple[str, ...]] = []
        for number, _ in self.held:
            how, day = self.ended(number)
            if how in CORRECTED:
                found.append((number, "已整改", day))
            elif how:
                found.append((number, "未要求整改", "—"))
            else:
                found.append((number, "整改中" if self.was_told(number) else "待整改", "—"))
        return found

    def was_told(self, number: str) -> bool:
        """Tell whether the prosecutor heard of it: by a prompt, a digest or a notice."""
        prompted = any(self.number(one) == number for one in self.until("oral_prompt"))
        digests = [one["data"] for one in self.until("digest_made") if not one["data"]["dry_run"]]
        notices = [one["data"] for one in self.until("notice_issued")]
        in_digest = any(number in one["full"] for one in digests)
        return prompted or in_digest or any(number in one["findings"] for one in notices)


def of_case(line: Line, case: str) -> bool:
    return bool(line["data"]["case_no"] == case)
