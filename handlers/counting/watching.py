"""What was watched: cards patrolled, cases looked at, problems confirmed; the baseline apart."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from handlers.counting.facts import FALSE_OVERDUE, REJECTING
from handlers.counting.figures import (
    Measure,
    Traits,
    Unit,
    distinct,
    traits_of,
    traits_of_look,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handlers.counting.facts import Facts, FindingAct
    from handlers.counting.ranges import Range


def _runs(facts: Facts, during: Range) -> list[Unit]:
    return [Unit((one.stamp.seq,), (), ()) for one in facts.patrols if one.stamp.day in during]


def _patrolled(facts: Facts, during: Range) -> list[Unit]:
    runs = [one for one in facts.patrols if one.stamp.day in during]
    if not runs:
        return []
    first = runs[0]
    known = Counter(first.by_type or {"": first.cases})
    if first.snapshot in facts.undone:
        known.subtract(first.added)
    units = [_many((first.stamp.seq,), case_type, many) for case_type, many in known.items()]
    for one in runs[1:]:
        if one.snapshot not in facts.undone:
            units += [
                _many((one.stamp.seq,), case_type, many) for case_type, many in one.added.items()
            ]
    return [unit for unit in units if unit.weight]


def _many(entries: tuple[int, ...], case_type: str, many: int) -> Unit:
    return Unit(entries, (), (Traits(case_type or None),), many)


def _patrol_times(facts: Facts, during: Range) -> list[Unit]:
    last = {one.stamp.day: one for one in facts.patrols if one.stamp.day in during}
    return [
        unit
        for one in last.values()
        for case_type, many in (one.by_type or {"": one.cases}).items()
        if (unit := _many((one.stamp.seq,), case_type, many)).weight
    ]


def _watched(facts: Facts, during: Range) -> list[Unit]:
    by_case = [
        (act.about.case_no, Unit((act.stamp.seq,), (act.about.case_no,), (traits_of(act.about),)))
        for act in facts.looked
        if act.stamp.day in during
    ]
    by_case += [
        (look.case_no, Unit((look.stamp.seq,), (look.case_no,), (traits_of_look(look),)))
        for look in facts.hand_looks
        if look.stamp.day in during
    ]
    by_case.sort(key=lambda pair: pair[1].entries)
    return distinct(by_case)


def confirmed(facts: Facts, during: Range, *, baseline: bool = False) -> Iterator[FindingAct]:
    """Return the findings first held to be problems in a range and standing so at its end."""
    for act in facts.first_confirmed.values():
        if act.stamp.day not in during or act.about.baseline is not baseline:
            continue
        ending = facts.ending(act.about.problem, during.end)
        if ending is None or ending.how not in REJECTING:
            problem_class = facts.class_of(act.about.problem, during.end)
            yield act._replace(about=act.about._replace(problem_class=problem_class))


def _problems(facts: Facts, during: Range) -> list[Unit]:
    found = [
        Unit((act.stamp.seq,), (act.about.case_no,), (traits_of(act.about),))
        for act in confirmed(facts, during)
    ]
    return found + _by_hand(facts, during)


def _by_hand(facts: Facts, during: Range) -> list[Unit]:
    return [
        Unit((look.stamp.seq,), (look.case_no,), (traits_of_look(look),))
        for look in facts.hand_looks
        if look.stamp.day in during and not look.sound and not look.findings
    ]


def _effective(facts: Facts, during: Range) -> list[Unit]:
    # a case stands where the last of its problems does, seen by hand or by a rule
    found = sorted(_problems(facts, during), key=lambda unit: unit.entries)
    return distinct((unit.cases[0], unit) for unit in found)


def _rejected(facts: Facts, during: Range) -> list[Unit]:
    return distinct(
        (act.about.problem, Unit((act.stamp.seq,), (act.about.case_no,), (traits_of(act.about),)))
        for act in facts.ended
        if act.how == "dropped" and act.stamp.day in during
    )


def _false_overdue(facts: Facts, during: Range) -> list[Unit]:
    return [
        Unit((act.stamp.seq,), (act.about.case_no,), (traits_of(act.about),))
        for act in confirmed(facts, during)
        if act.about.problem_class == FALSE_OVERDUE
    ]


def _baseline_made(facts: Facts, during: Range) -> list[Unit]:
    return [
        Unit((act.stamp.seq,), (act.about.case_no,), (traits_of(act.about),))
        for act in facts.made
        if act.about.baseline and act.stamp.day in during
    ]


def _baseline_confirmed(facts: Facts, during: Range) -> list[Unit]:
    return [
        Unit((act.stamp.seq,), (act.about.case_no,), (traits_of(act.about),))
        for act in confirmed(facts, during, baseline=True)
    ]


def _baseline_ended(facts: Facts, during: Range) -> list[Unit]:
    return distinct(
        (act.about.problem, Unit((act.stamp.seq,), (act.about.case_no,), (traits_of(act.about),)))
        for act in facts.ended
        if act.how and act.about.baseline and act.stamp.day in during
    )


def _baseline_left(facts: Facts, during: Range) -> list[Unit]:
    return [
        Unit((act.stamp.seq,), (act.about.case_no,), (traits_of(act.about),))
        for act in facts.made
        if act.about.baseline
        and act.stamp.day <= during.end
        and facts.ending(act.about.problem, during.end) is None
    ]


NOT_COUNTED = "截至期末已认定不属问题、异议成立、撤回通知书或撤回导入的不计"
PATROLLED = Measure(
    "patrolled",
    "自动巡查件数",
    "件",
    "期内规则巡查覆盖的案件，同一案件只计一次：期内第一次巡查的案件数，加上其后导入新增的案件数；"
    "撤回的导入不计。",
    _patrolled,
)
WATCHED = Measure(
    "watched",
    "人工监控件数",
    "件",
    "期内流程监控人员经手的案件（登记人工监控、审核、定处理方式、复核答复和反馈、口头提示、拟发通知书、"
    "处理异议），不论有无问题，同一案件只计一次；与自动巡查件数分别统计。",
    _watched,
)
EFFECTIVE = Measure(
    "effective",
    "有效监控件数",
    "件",
    f"期内至少有一个问题经流程监控人员首次确认的案件，同一案件只计一次；{NOT_COUNTED}，存量另计。",
    _effective,
)
PROBLEMS = Measure(
    "problems",
    "问题数",
    "个",
    f"期内经流程监控人员首次确认的问题，人工监控发现而没有另立编号的，每次计一个；{NOT_COUNTED}，存量另计。",
    _problems,
)
MEASURES = (
    Measure(
        "patrol_runs",
        "自动巡查次数",
        "次",
        "期内规则巡查运行的次数，导入导出文件时的巡查计算在内。",
        _runs,
    ),
    PATROLLED,
    Measure(
        "patrol_times",
        "自动巡查件次",
        "件次",
        "期内每日最后一次规则巡查的案件数之和，同一案件每日各计一次。",
        _patrol_times,
    ),
    WATCHED,
    EFFECTIVE,
    PROBLEMS,
    Measure(
        "rejected",
        "认定不属问题",
        "个",
        "期内流程监控人员认定不属问题而销号的，不计入问题数。",
        _rejected,
    ),
    Measure(
        "false_overdue",
        "假性超期",
        "个",
        "问题数中，已在期限内审结、只是办结等栏目漏填而显示超期的。",
        _false_overdue,
    ),
    Measure(
        "baseline_made",
        "存量发现",
        "个",
        "期内首次导入时已经存在的问题，另计，不计入问题数。",
        _baseline_made,
    ),
    Measure(
        "baseline_confirmed",
        "存量确认",
        "个",
        f"存量中，期内经流程监控人员首次确认的；{NOT_COUNTED}。",
        _baseline_confirmed,
    ),
    Measure(
        "baseline_ended", "存量销号", "个", "存量中，期内销号的，不论以何种方式。", _baseline_ended
    ),
    Measure("baseline_left", "期末存量", "个", "存量中，截至期末尚未销号的。", _baseline_left),
)
