"""Say how a term was counted, step by step: in 详情, the notice and `rules explain`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from knowledge.rules.resolve import said
from knowledge.rules.wording import verb

if TYPE_CHECKING:
    from collections.abc import Mapping

    from knowledge.periods import Period
    from knowledge.rules.rule import TermBody

SAME_DAY = "0日"
LONGEST = "该期限是最长时间，"


def of_term(
    body: TermBody, found: Mapping[str, Any], computed: Period, derived: tuple[str, ...]
) -> tuple[str, ...]:
    """Return the steps of a hit: the start, what was derived, how the end was found."""
    steps = [start_step(body, found)]
    if body.event is not None:
        steps.append(f"应当在{verb(body.event.name)}之前完成")
        return (*steps, *derived)
    if found["doubt"]:
        steps.append(f"{found['doubt']}，导出表没有相关栏目，按案卡的到期日期")
        return (*steps, *derived)
    return (*steps, *derived, *period_steps(body, found, computed))


def start_step(body: TermBody, found: Mapping[str, Any]) -> str:
    """Say what a term runs from, the column it was read in and its day."""
    start = body.starts[found["place"]]
    return f"{start.fact}：{start.field.name} {said(found['start'])}"


def period_steps(body: TermBody, found: Mapping[str, Any], computed: Period) -> tuple[str, ...]:
    """Say how long a term is and how its end was found; of no days at all there is no counting."""
    steps: list[str] = []
    if found["amount"]:
        steps.append(f"{body.instead[found['amount'] - 1].why}，期限为{computed.amount}")
    elif found["extra"]:
        steps.append(f"按案卡的延长，期限为{computed.amount}")
    same_day = str(computed.amount) == SAME_DAY
    if body.kind == "immediate":
        office = "" if same_day else "，天数是本院内部要求"
        steps.append(f"条文只写及时办理，没有写天数{office}")
    if same_day:
        return (*steps, "当日办理的不提示，次日起提示")
    if body.kind == "max_duration":
        return (*steps, *computed.steps)
    # the sentence on longest durations is about custody and measures
    return (*steps, *(one.replace(LONGEST, "该期限") for one in computed.steps))
