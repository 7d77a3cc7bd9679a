"""Which cases something is for: stages as the rules name them, 未检, or 全部."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.fields import registry

if TYPE_CHECKING:
    from collections.abc import Iterable

    from knowledge.rules.entries import Entry

ALL_TYPES, JUVENILE = "全部", "未检"


def read_stages(entry: Entry, key: str = "stages") -> tuple[str, ...]:
    """Return the stages an entry names.

    Raises:
        RuleFileError: one is unknown, or none is given.
    """
    known = {stage for each in registry().case_types.values() for stage in each.stages}
    stages = entry.texts(key)
    for stage in stages:
        if stage not in known | {ALL_TYPES, JUVENILE}:
            raise entry.fault(key, f"没有“{stage}”这一类")
    if not stages:
        raise entry.fault(key, "不能为空，全部案件写 [全部]")
    return stages


def fits(stages: Iterable[str], case_type: str | None, *, juvenile: bool = False) -> bool:
    """Tell whether stages are those of a case type; one that nobody knows is only of 全部."""
    wanted = set(stages)
    if ALL_TYPES in wanted:
        return True
    found = registry().case_type(case_type or "")
    if found is None:
        return False
    of_minors = JUVENILE in wanted and (found.juvenile or juvenile)
    return of_minors or bool(wanted & set(found.stages))
