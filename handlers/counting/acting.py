"""What was done: prompts of both kinds, oral prompts, answers, corrections, repetitions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.counting.facts import CORRECTING, EXPLAINED
from handlers.counting.figures import Measure, Unit, distinct, traits_of
from handlers.counting.watching import confirmed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from handlers.counting.facts import About, Facts, FindingAct, Stamp
    from handlers.counting.ranges import Range


def unit_of(stamp: Stamp, about: About) -> Unit:
    """Return one entry on one finding as a thing counted."""
    return Unit((stamp.seq,), (about.case_no,), (traits_of(about),))


def each(acts: Iterable[FindingAct], during: Range) -> list[Unit]:
    """Count every act of a range."""
    return [unit_of(act.stamp, act.about) for act in acts if act.stamp.day in during]


def once(acts: Iterable[FindingAct], during: Range) -> list[Unit]:
    """Count each finding of a range once, however often it is named."""
    return distinct(
        (act.about.problem, unit_of(act.stamp, act.about))
        for act in acts
        if act.stamp.day in during
    )


def _terms(facts: Facts, during: Range) -> list[Unit]:
    return distinct(
        (about.problem, unit_of(one.stamp, about))
        for one in facts.digests
        if one.stamp.day in during
        for about in one.terms
    )


def _checks(facts: Facts, during: Range) -> list[Unit]:
    return distinct(
        (about.problem, unit_of(one.stamp, about))
        for one in facts.digests
        if one.stamp.day in during
        for about in one.checks
    )


def _oral(facts: Facts, during: Range) -> list[Unit]:
    return each(facts.prompted, during)


def _answered(facts: Facts, during: Range) -> list[Unit]:
    return once(facts.answered, during)


def corrected(facts: Facts, during: Range) -> Iterator[FindingAct]:
    """Return how confirmed problems of any time ended in a range: corrected."""
    for act in facts.ended:
        first = facts.first_confirmed.get(act.about.problem)
        if (
            act.how in CORRECTING
            and act.stamp.day in during
            and not act.about.baseline
            and first is not None
            and first.stamp.seq <= act.stamp.seq
            and facts.ending(act.about.problem, during.end) is act
        ):
            yield act


def _corrected(facts: Facts, during: Range) -> list[Unit]:
    return [unit_of(act.stamp, act.about) for act in corrected(facts, during)]


def _corrected_of(facts: Facts, during: Range) -> list[Unit]:
    found: list[Unit] = []
    for act in confirmed(facts, during):
        ending = facts.ending(act.about.problem, during.end)
        if ending is not None and ending.how in CORRECTING:
            unit = unit_of(act.stamp, act.about)
            found.append(unit._replace(entries=(*unit.entries, ending.stamp.seq)))
    return found


def _explained(facts: Facts, during: Range) -> list[Unit]:
    return once((act for act in facts.ended if act.how == EXPLAINED), during)


def _date_changed(facts: Facts, during: Range) -> list[Unit]:
    return once(facts.date_changed, during)


def _unsupported(facts: Facts, during: Range) -> list[Unit]:
    return [
        unit_of(notice.replied, about)
        for notice in facts.notices
        if notice.replied is not None and notice.replied.day in during
        for about in notice.findings
        if about.problem in notice.unsupported
    ]


def _after_notice(facts: Facts, during: Range) -> list[Unit]:
    """Count problems of which the ledger says that a notice named their rule before."""
    issued = {one.number: one.issued for one in facts.notices if one.issued is not None}
    found: list[Unit] = []
    for act in confirmed(facts, during):
        if act.about.after_notice is not None:
            unit = unit_of(act.stamp, act.about)
            notice = issued.get(act.about.after_notice)
            before = (notice.seq,) if notice else ()
            found.append(unit._replace(entries=(*before, *unit.entries)))
    return found


def _repeated(facts: Facts, during: Range) -> list[Unit]:
    return [unit_of(act.stamp, act.about) for act in confirmed(facts, during) if act.about.repeats]


ORAL = Measure(
    "oral",
    "口头提示",
    "次",
    "期内登记的口头提示（《刑诉规则》第665条第2款），由流程监控人员作出；同一问题多次提示的分别计。",
    _oral,
)
CORRECTED_OF = Measure(
    "corrected_of",
    "当期问题已整改",
    "个",
    "问题数中，截至期末新的导出显示已纠正，或者经核实、复核认定已纠正而销号的。",
    _corrected_of,
)
MEASURES = (
    Measure(
        "term_prompts",
        "期限届满提示",
        "条",
        "期内机器人自行发出的每日提示中，列为期限届满提示（《刑诉规则》第620条）的问题，"
        "同一问题只计一次；不是口头提示。",
        _terms,
    ),
    Measure(
        "check_prompts",
        "数据核对提示",
        "条",
        "期内机器人自行发出的每日提示中，列为数据核对提示的问题，同一问题只计一次；"
        "不是口头提示，人工监控发现的不计。",
        _checks,
    ),
    ORAL,
    Measure("answered", "已答复", "个", "期内承办人作过答复的问题，同一问题只计一次。", _answered),
    Measure(
        "corrected",
        "本期整改",
        "个",
        "期内因新的导出显示已纠正，或者经核实、复核认定已纠正而销号的问题，不论何时确认；"
        "只计经流程监控人员确认过的，存量不计。",
        _corrected,
    ),
    CORRECTED_OF,
    Measure(
        "explained",
        "采纳说明",
        "个",
        "期内采纳承办人的说明而不再提示的问题，不计为整改。",
        _explained,
    ),
    Measure(
        "unsupported",
        "未佐证",
        "个",
        "期内签署的反馈意见书中，称已纠正而没有案卡新值、文书或者新的导出佐证的问题。",
        _unsupported,
    ),
    Measure(
        "date_changed",
        "事后改期",
        "个",
        "期内发现提示之后有关日期被改动、改后不再超期的问题；不因改动而销号，须有文书佐证。",
        _date_changed,
    ),
    Measure(
        "after_notice",
        "通知后重复发生",
        "个",
        "问题数中，确认时流水注明此前一年内同一部门因同一规则收到过通知书的。",
        _after_notice,
    ),
    Measure(
        "repeated",
        "同案重复发生",
        "个",
        "问题数中，确认时流水注明同一案件因同一规则已有问题销号、再次发生的。",
        _repeated,
    ),
)
