"""What the report of a campaign (专项监控报告) is made of, as plain values.

Texts stand here in full for the archive: `Problem.fact` may hold names, `plain_fact` may pass
anywhere; `case_name` is None where a minor is in the case. Departments come in the order of their
names and nobody is ranked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from storage.campaigns import Progress

Rectified = Literal["已整改", "整改中", "待整改", "未要求整改"]


@dataclass(frozen=True)
class Figure:
    """One key figure: how many cases looked at bear its marks; None: not to be told, and `why`."""

    name: str
    count: int | None
    why: str = ""


@dataclass(frozen=True)
class RuleLine:
    """One rule of the campaign; `in_force` False: it ran for this campaign only."""

    id: str
    title: str
    in_force: bool


@dataclass(frozen=True)
class Problem:
    """One line of the list of problems (附件1)."""

    number: str
    case_no: str
    case_type: str | None
    case_name: str | None
    minor: bool
    department: str | None
    prosecutor: str | None
    title: str
    group: str
    severity: str
    fact: str
    plain_fact: str
    citations: tuple[Mapping[str, object], ...]
    found_on: date
    how: str
    concerns: str | None


@dataclass(frozen=True)
class Rectification:
    """One line of the ledger of cures (附件2).

    `manner` is how it was dealt with (口头提示, 通知书 …), None: not decided. `corrected_on` is the
    day a newer export or a document showed the cure.
    """

    number: str
    case_no: str
    department: str | None
    asked: str
    manner: str | None
    notice: str | None
    due: date | None
    state: Rectified
    corrected_on: date | None


@dataclass(frozen=True)
class CampaignFacts:
    """Everything of one campaign; days are local, counts are of cases unless they say otherwise.

    `population` belong to the scope, `drawn` were looked at or are to be; `seed` None: all were.
    `by_class` counts problems by title, `by_department` cases looked at and problems,
    `corrected_by_day` problems that were put right, day by day. `unseen` cases stand in `progress`.
    """

    number: str
    title: str
    kind: str
    office: str
    background: str
    state: str
    first: date | None
    last: date | None
    basis: str
    case_types: tuple[str, ...]
    rules: tuple[RuleLine, ...]
    checks: tuple[str, ...]
    population: int
    drawn: int
    seed: str | None
    data_day: date | None
    started_on: date | None
    ended_on: date | None
    rectify_by: date | None
    progress: Progress
    figures: tuple[Figure, ...]
    by_class: tuple[tuple[str, int], ...]
    by_department: tuple[tuple[str, int, int], ...]
    corrected_by_day: tuple[tuple[date, int], ...]
    problems: tuple[Problem, ...]
    rectifications: tuple[Rectification, ...]
    not_evaluated: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def scope_words(self) -> str:
        """Which cases, in words."""
        return "、".join(self.case_types) or "全部案件类别"

    @property
    def method_words(self) -> str:
        """How the cases were chosen, in words that let anybody repeat the draw."""
        if self.seed is None:
            return f"符合条件 {self.population} 件，全部核对"
        return (
            f"符合条件 {self.population} 件，随机抽取 {self.drawn} 件（种子 {self.seed}，"
            "按“种子:部门受案号”的 SHA-256 值由小到大取）"
        )
