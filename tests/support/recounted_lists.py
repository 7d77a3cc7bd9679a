"""The lists of an exported ledger, line by line, made once more by nothing of the product."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tests.support.recount import Recount, placed
from tests.support.recounted_once import ReadOnce

if TYPE_CHECKING:
    from tests.support.exported_ledger import Line

MANNERS = ("仅记录", "口头通知", "发流程监控通知书", "发流程监控通知书并报检察长")


class RecountedLists(ReadOnce, Recount):
    """The lines of a report's lists and of the register, as they stood at the range's end."""

    def listed_problems(self) -> list[tuple[str, ...]]:
        """Day, case, type, problem, manner, how far it is: the list behind a report."""
        return [
            (
                self.day(self.line_of(sequence))[5:],
                known["case_no"],
                placed("case_types", known["case_type"], None),
                known["title"],
                MANNERS[self.manner(key)],
                self.standing(key),
            )
            for sequence, key, known in sorted(self.problems(), key=lambda one: one[0])
        ]

    def listed_notices(self) -> list[tuple[str, ...]]:
        """Number, department, problems, four days, outcome: the list of notices of a report."""
        return [
            (
                line["data"]["number"],
                line["data"]["department"],
                str(len(line["data"]["findings"])),
                self.short(self.day(line)),
                *(self.short(day) for day in self.received(line)),
                self.short(self.replied(line)),
                self.came_to(line),
            )
            for line in self.notices()
        ]

    def short(self, day: str | None) -> str:
        """A day without the year where it is the range's own."""
        if day is None:
            return "—"
        return day[5:] if day[:4] == self.last[:4] else day

    def received(self, notice: Line) -> tuple[str | None, str | None]:
        """When a notice was received, and by when it is to be answered."""
        found = [one for one in self.until("notice_received") if one["object"] == notice["object"]]
        return (found[-1]["data"]["day"], found[-1]["data"]["due"]) if found else (None, None)

    def came_to(self, notice: Line) -> str:
        """What was held last of each of its problems, once it was answered."""
        if self.replied(notice) is None:
            return "待答复"
        held = dict.fromkeys(notice["data"]["findings"], "待复核")
        for one in self.until("feedback_reviewed"):
            if one["object"] == notice["object"]:
                held.update(dict.fromkeys(one["data"]["findings"], one["data"]["outcome"]))
        return "、".join(dict.fromkeys(held.values()))

    def by_rule(self) -> list[tuple[str, int, int, str]]:
        """Title, problems, cases, example of each rule of the range, the commonest first."""
        found: dict[str, list[Line]] = {}
        for _, _, known in sorted(self.problems(), key=lambda one: one[0]):
            found.setdefault(known["rule"], []).append(known)
        told = [
            (held[0]["title"], len(held), len({one["case_no"] for one in held}), example(held))
            for held in found.values()
        ]
        return sorted(told, key=lambda one: (-one[2], -one[1], one[0]))

    def common(self) -> list[tuple[str, int, int, str]]:
        """What was found in two cases or more, ten of it at most."""
        return [one for one in self.by_rule() if one[2] > 1][:10]

    def rare(self) -> list[tuple[str, int, int, str]]:
        """What was found in one case only, ten of it at most."""
        return [one for one in self.by_rule() if one[2] == 1][:10]

    def common_problems(self) -> dict[str, tuple[int, int]]:
        """How many problems in how many cases, by title, where there are two cases."""
        return {title: (problems, cases) for title, problems, cases, _ in self.common()}

    def notices_on(self, key: str) -> list[Line]:
        """The notices that name a problem and stood at the end of the range."""
        void = {self.number(line) for line in self.until("notice_voided")}
        return [
            line
            for line in self.until("notice_issued")
            if self.number(line) not in void
            and any(self.life(one, line["sequence"]) == key for one in line["data"]["findings"])
        ]

    def on(self, key: str, act: str) -> list[Line]:
        return [line for line in self.until(act) if self.life_of(line) == key]

    def manner(self, key: str) -> int:
        notices = self.notices_on(key)
        if any(one["data"]["grave"] for one in notices):
            return 3
        return 2 if notices else int(bool(self.on(key, "oral_prompt")))

    def answered(self, key: str) -> Line | None:
        """The last answer, if it came after the last oral prompt."""
        prompted = self.on(key, "oral_prompt")
        given = self.on(key, "answer_recorded")
        late = not prompted or (given and given[-1]["sequence"] > prompted[-1]["sequence"])
        return given[-1] if given and late else None

    def replied(self, notice: Line) -> str | None:
        found = [one for one in self.until("feedback_signed") if one["object"] == notice["object"]]
        return self.day(found[-1]) if found else None

    def standing(self, key: str) -> str:
        closed = self.closed_how(key)
        if closed is not None and closed[0] in ("cured", "accepted"):
            return "已整改"
        if closed is not None and closed[0] == "explained":
            return "采纳说明"
        replied = any(self.replied(one) for one in self.notices_on(key))
        return "整改中" if replied or self.answered(key) else "待整改"

    def register(self) -> Counter[tuple[object, ...]]:
        """The lines of the register that have a number, by the columns that the ledger tells."""
        told = (*self.problems(), *self.problems(baseline=True))
        return Counter(self._registered(sequence, key) for sequence, key, _ in told)

    def _registered(self, sequence: int, key: str) -> tuple[object, ...]:
        known, closed = self.told_last(key), self.closed_how(key)
        done = self.standing(key) == "已整改" and closed is not None
        return (
            self.day(self.line_of(sequence)),
            known["case_no"],
            placed("case_types", known["case_type"], None),
            placed("lines", known["case_type"], None),
            known["department"] or None,
            f"{known['group'] or '未归类'}/{known['title']}",
            known["severity"],
            MANNERS[self.manner(key)],
            *self._papers(key),
            self.standing(key),
            self.day(self.line_of(closed[1])) if done and closed else None,
            f"是（{known['first']}）" if known.get("repeats") else "否",
        )

    def _papers(self, key: str) -> tuple[str | None, ...]:
        """Numbers, served on, due by, answered on: of the notices, else of the oral prompt."""
        notices, prompts = self.notices_on(key), self.on(key, "oral_prompt")
        if not notices:
            given = self.answered(key)
            return (
                key.partition("/")[0],
                self.day(prompts[-1]) if prompts else None,
                None,
                self.day(given) if given else None,
            )
        received = [
            one for one in self.until("notice_received") if one["object"] == notices[-1]["object"]
        ]
        told = received[-1]["data"] if received else {"day": None, "due": None}
        numbers = "、".join(one["data"]["number"] for one in notices)
        return numbers, told["day"], told["due"], self.replied(notices[-1])


def example(held: list[Line]) -> str:
    """The first of some problems that says what was wrong, without a name."""
    told = next((one for one in held if one.get("fact")), None)
    if told is None:
        return ""
    case_type = str(told["case_type"] or "案件")
    said = case_type.replace("案件（", "（") if "案件（" in case_type else case_type[: -len("案件")]
    return f"一起{said or '案件'}案件，{told['fact'].rstrip('。')}"
