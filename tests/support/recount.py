"""The figures of an exported ledger, counted once more by nothing of the product."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from tests.support.recounted_acts import RecountedActs

if TYPE_CHECKING:
    from tests.support.exported_ledger import Line

LINES_FILE = Path(__file__).resolve().parents[2] / "knowledge" / "business_lines.yaml"
FIELDS_FILE = LINES_FILE.with_name("fields.yaml")


class Recount(RecountedActs):
    """The figures of a range of days."""

    def totals(self) -> dict[str, float | None]:
        """Every figure by its key."""
        return {
            **self.patrol_totals(),
            **self.problem_totals(),
            **self.baseline_totals(),
            **self.prompt_totals(),
            **self.correction_totals(),
            **self.notice_totals(),
            **self.objection_totals(),
            **self.card_totals(),
            **self.held_totals(),
        }

    def patrol_totals(self) -> dict[str, float | None]:
        return {
            "patrol_runs": len(self.now("patrolled")),
            "patrolled": sum(self.patrolled().values()),
            "patrol_times": self.patrol_times(),
        }

    def problem_totals(self) -> dict[str, float | None]:
        problems = self.problems()
        watched, effective = len(self.watched()), len(self.effective())
        many = len(problems) + len(self.hand_problems())
        fixed = self.corrected_of()
        classes = [self.class_at_end(key) for _, key, _ in problems]
        return {
            "watched": watched,
            "effective": effective,
            "effective_rate": share(effective, watched),
            "problems": many,
            "corrected_of": fixed,
            "corrected_rate": share(fixed, many),
            "rejected": len(self.closed_lives(lambda line: line["data"]["how"] == "dropped")),
            "false_overdue": classes.count("false_overdue"),
            "after_notice": sum(known.get("after_notice") is not None for *_, known in problems),
            "repeated": sum(bool(known.get("repeats")) for *_, known in problems),
        }

    def baseline_totals(self) -> dict[str, float | None]:
        made = ("finding_made", "finding_reopened")
        begun = [line for line in self.until(*made) if line["data"].get("baseline")]
        left = [line for line in begun if self.closed_how(self.life_of(line)) is None]
        return {
            "baseline_made": sum(self.within(one) and "rule" in one["data"] for one in begun),
            "baseline_confirmed": len(self.problems(baseline=True)),
            "baseline_ended": len(
                self.closed_lives(
                    lambda line: self.told(self.number(line), line["sequence"])["baseline"]
                )
            ),
            "baseline_left": len(left),
        }

    def prompt_totals(self) -> dict[str, float | None]:
        return {
            "term_prompts": len(self.digest_problems(terms=True)),
            "check_prompts": len(self.digest_problems(terms=False)),
            "oral": len(self.now("oral_prompt")),
            "answered": len(self.lives_of("answer_recorded")),
        }

    def correction_totals(self) -> dict[str, float | None]:
        return {
            "corrected": len(self.corrected()),
            "explained": len(self.closed_lives(lambda line: bool(line["data"].get("checked")))),
            "unsupported": self.unsupported(),
            "date_changed": len(self.lives_of("date_changed_after_prompt")),
        }

    def notice_totals(self) -> dict[str, float | None]:
        notices, feedbacks = self.notices(), self.feedbacks()
        standing = Counter(self.notice_standing(self.number(one)) for one in notices)
        return {
            "notices": len(notices),
            "chief_reports": sum(bool(one["data"]["grave"]) for one in notices),
            "notices_replied": standing["replied"],
            "notices_not_due": standing["not_due"],
            "notices_overdue": standing["overdue"],
            "notices_overdue_left": self.overdue_left(),
            "feedbacks": len(feedbacks),
            "feedbacks_late": sum(one["data"]["late_days"] > 0 for one in feedbacks),
            "notices_voided": len(self.now("notice_voided")),
        }

    def objection_totals(self) -> dict[str, float | None]:
        standing = Counter(self.objections().values())
        told = ("upheld", "kept", "otherwise", "pending")
        raised = len(self.now("objection_raised"))
        return {"objections": raised, **{f"objections_{one}": standing[one] for one in told}}

    def card_totals(self) -> dict[str, float | None]:
        spent, publication = self.handling(), self.publication()
        told = ("due", "on_time", "late", "undated", "reasoned", "missing")
        return {
            "handled": len(spent),
            "handling_days": round(sum(spent) / len(spent), 1) if spent else None,
            **{f"publication_{one}": publication[one] for one in told},
        }

    def held_totals(self) -> dict[str, float | None]:
        cancelled = {self.number(line) for line in self.until("campaign_cancelled")}
        started = [self.number(line) for line in self.now("campaign_started")]
        return {
            "campaigns": sum(one not in cancelled for one in started),
            "trainings": len(self.now("training_held")),
        }

    def watched_by(self, row: str) -> Counter[str]:
        """Cases looked at by group, line, case type or department."""
        return Counter(
            placed(row, case_type, department)
            for _, case_type, department in self.watched().values()
        )

    def problems_by(self, row: str) -> Counter[str]:
        """Problems by group, line, case type or department."""
        found = Counter(
            placed(row, known["case_type"], known["department"]) for _, _, known in self.problems()
        )
        found.update(
            placed(row, line["data"]["case_type"], line["data"]["department"])
            for line in self.hand_problems()
        )
        return found

    def of_department(self, department: str) -> dict[str, float | None]:
        """The figures that a department's own report is read for."""
        fixed = 0
        for _, key, known in self.problems():
            closed = self.closed_how(key)
            corrected = closed is not None and closed[0] in ("cured", "accepted")
            fixed += corrected and known["department"] == department
        many = self.problems_by("departments")[department]
        notices = [one for one in self.notices() if one["data"]["department"] == department]
        standing = Counter(self.notice_standing(self.number(one)) for one in notices)
        return {
            "watched": self.watched_by("departments")[department],
            "problems": many,
            "corrected_of": fixed,
            "corrected_rate": share(fixed, many),
            "oral": sum(
                self.told(self.number(line), line["sequence"])["department"] == department
                for line in self.now("oral_prompt")
            ),
            "notices": len(notices),
            "notices_replied": standing["replied"],
            "notices_not_due": standing["not_due"],
            "notices_overdue": standing["overdue"],
        }

    def registered(self) -> list[tuple[str, str, bool]]:
        """The problems of a register: department, severity, whether corrected; as told last."""
        found = []
        for _, key, _ in (*self.problems(), *self.problems(baseline=True)):
            known, closed = self.told_last(key), self.closed_how(key)
            corrected = closed is not None and closed[0] in ("cured", "accepted")
            found.append((known["department"] or "", known["severity"], corrected))
        by_hand = [(line["data"]["department"] or "", "", False) for line in self.hand_problems()]
        return found + by_hand

    def told_last(self, key: str) -> Line:
        """What the ledger says of a life in its last entry on it."""
        number = key.partition("/")[0]
        told = [line["sequence"] for line in self.lines if self.number(line) == number]
        return self.told(number, max(one for one in told if self.life(number, one) == key))

    def confirmed_by_day(self) -> Counter[str]:
        """How many problems were first confirmed on each day."""
        first = [self.line_of(sequence) for sequence, _ in self.first_confirmations().values()]
        return Counter(self.day(line) for line in first if self.within(line))

    def found_by_day(self) -> Counter[str]:
        """How many problems the rules found on each day, those of a first import left out."""
        return Counter(
            self.day(line)
            for line in self.now("finding_made", "finding_reopened")
            if "rule" in line["data"]
            and not line["data"].get("baseline")
            and not self.by_person(line)
        )

    def problems_named(self, key: str) -> Counter[str]:
        """Problems by what the ledger says of them under a key (source, severity, title …)."""
        return Counter(str(known[key]) for _, _, known in self.problems())


def share(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None


def placed(row: str, case_type: str | None, department: str | None) -> str:
    if row == "departments":
        return department or "未填"
    name = known_types().get(case_type or "", case_type or "未填")
    if row == "case_types":
        return name
    for group in groups():
        for line in group["lines"]:
            if name in line["case_types"]:
                return str(group["name"] if row == "groups" else line["name"])
    return "未归类"


@cache
def groups() -> list[Line]:
    return list(yaml.safe_load(LINES_FILE.read_text(encoding="utf-8"))["groups"])


@cache
def known_types() -> dict[str, str]:
    found: dict[str, str] = {}
    for one in yaml.safe_load(FIELDS_FILE.read_text(encoding="utf-8"))["case_types"]:
        for alias in (one["name"], *one["aliases"]):
            found[alias] = one["name"]
    return found
