"""Notices counted: issued, reported to the chief, answered in time or not, voided."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from handlers.counting.figures import Measure, Unit, traits_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from handlers.counting.facts import Facts, NoticeFacts, Stamp
    from handlers.counting.ranges import Range

Standing = Literal["replied", "not_due", "overdue"]


def unit_of(notice: NoticeFacts, *stamps: Stamp) -> Unit:
    """Return a notice as a thing counted, with the entries that speak for it."""
    cases = tuple(dict.fromkeys(one.case_no for one in notice.findings))
    traits = tuple(dict.fromkeys(traits_of(one) for one in notice.findings))
    return Unit(tuple(one.seq for one in stamps), cases, traits)


def is_void(notice: NoticeFacts, until: Range) -> bool:
    """Tell whether a notice was voided by the end of a range."""
    return notice.ended is not None and notice.ended.day <= until.end


def standing(notice: NoticeFacts, until: Range) -> Standing:
    """Return how the written answer stood at the end of a range.

    A notice whose receipt is not recorded has no running term: it is not due.
    """
    if notice.replied is not None and notice.replied.day <= until.end:
        return "replied"
    known = notice.received is not None and notice.received.day <= until.end
    late = known and notice.due is not None and notice.due < until.end
    return "overdue" if late else "not_due"


def issued(facts: Facts, during: Range) -> list[tuple[NoticeFacts, Stamp]]:
    """Return the notices issued in a range and not void at its end."""
    return [
        (notice, notice.issued)
        for notice in facts.notices
        if notice.issued is not None and notice.issued.day in during and not is_void(notice, during)
    ]


def _issued(facts: Facts, during: Range) -> list[Unit]:
    return [unit_of(notice, stamp) for notice, stamp in issued(facts, during)]


def _to_chief(facts: Facts, during: Range) -> list[Unit]:
    return [unit_of(notice, stamp) for notice, stamp in issued(facts, during) if notice.grave]


def _standing(wanted: Standing) -> Callable[[Facts, Range], list[Unit]]:
    def count(facts: Facts, during: Range) -> list[Unit]:
        found: list[Unit] = []
        for notice, stamp in issued(facts, during):
            if standing(notice, during) == wanted:
                stamps = [one for one in (notice.received, notice.replied) if one is not None]
                known = [one for one in stamps if one.day <= during.end]
                found.append(unit_of(notice, stamp, *known))
        return found

    return count


def _overdue_left(facts: Facts, during: Range) -> list[Unit]:
    return [
        unit_of(notice, notice.issued, notice.received)
        for notice in facts.notices
        if notice.issued is not None
        and notice.received is not None
        and not is_void(notice, during)
        and notice.issued.day <= during.end
        and standing(notice, during) == "overdue"
    ]


def _replied(facts: Facts, during: Range) -> list[Unit]:
    return [
        unit_of(notice, notice.replied)
        for notice in facts.notices
        if notice.replied is not None
        and notice.replied.day in during
        and not is_void(notice, during)
    ]


def _replied_late(facts: Facts, during: Range) -> list[Unit]:
    return [
        unit_of(notice, notice.replied)
        for notice in facts.notices
        if notice.replied is not None
        and notice.replied.day in during
        and notice.late_days > 0
        and not is_void(notice, during)
    ]


def _voided(facts: Facts, during: Range) -> list[Unit]:
    return [
        unit_of(notice, notice.ended)
        for notice in facts.notices
        if notice.issued is not None and notice.ended is not None and notice.ended.day in during
    ]


NOTICES = Measure(
    "notices",
    "通知书",
    "份",
    "期内制发的案件流程监控通知书（《刑诉规则》第665条第2款），截至期末作废的不计；"
    "一份涉及几个组别、条线、案件类别或者规则的，在各行中分别计，合计只计一次。",
    _issued,
)
CHIEF = Measure(
    "chief_reports",
    "报检察长",
    "份",
    "通知书中，情节严重、同时向检察长报告的。",
    _to_chief,
)
FEEDBACKS = Measure(
    "feedbacks",
    "反馈意见书",
    "份",
    "期内部门负责人签署的流程监控反馈意见书，不论通知书何时制发；所答通知书截至期末作废的不计。",
    _replied,
)
MEASURES = (
    NOTICES,
    CHIEF,
    Measure(
        "notices_replied",
        "已回复",
        "份",
        "期内制发的通知书中，截至期末部门负责人已签署反馈意见书的。",
        _standing("replied"),
    ),
    Measure(
        "notices_not_due",
        "未到期",
        "份",
        "期内制发的通知书中，截至期末尚未回复、答复期限未届满的，尚未登记收到的计算在内。",
        _standing("not_due"),
    ),
    Measure(
        "notices_overdue",
        "逾期未回复",
        "份",
        "期内制发的通知书中，截至期末答复期限已届满（届满日早于期末）而尚未回复的。",
        _standing("overdue"),
    ),
    Measure(
        "notices_overdue_left",
        "期末逾期未回复",
        "份",
        "截至期末答复期限已届满而尚未回复的通知书，以前制发的计算在内。",
        _overdue_left,
    ),
    FEEDBACKS,
    Measure(
        "feedbacks_late",
        "逾期回复",
        "份",
        "反馈意见书中，签署之日晚于答复期限届满日的。",
        _replied_late,
    ),
    Measure("notices_voided", "作废", "份", "期内作废的、已制发的通知书。", _voided),
)
