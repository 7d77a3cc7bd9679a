"""What is counted from the cards' days and from the office's work: publication, handling time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.counting.figures import Figure, Measure, Traits, Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from handlers.counting.facts import Facts, Noted
    from handlers.counting.ranges import Range

PUBLISHED_STATE = "已公开"
ON_TIME, LATE, UNDATED, REASONED, MISSING = "on_time", "late", "undated", "reasoned", "missing"
HANDLING = (
    "handling_days",
    "一审公诉平均办理天数",
    "天",
    (
        "审结日期在期内的一审公诉案件（含未检），自受理日期至审结日期的自然日数的平均值，"
        "不扣除退回补充侦查、延期等期间；以统计时最近一次导入的案卡为准。"
    ),
)


def handling(facts: Facts, during: Range) -> Figure:
    """Return the average handling time of 一审公诉 cases finished in a range."""
    finished = [one for one in facts.handled if _in(one, "finished", during)]
    spent = [
        (one.days["finished"] - one.days["accepted"]).days
        for one in finished
        if one.days["finished"] and one.days["accepted"]
    ]
    value = round(sum(spent) / len(spent), 1) if spent else None
    entries = tuple(sorted({one.stamp.seq for one in finished}))
    return Figure(*HANDLING, value, entries, tuple(sorted(one.case_no for one in finished)))


def _in(one: Noted, key: str, during: Range) -> bool:
    day = one.days[key]
    return day is not None and day in during


def _handled(facts: Facts, during: Range) -> list[Unit]:
    return _units(one for one in facts.handled if _in(one, "finished", during))


def publication(one: Noted) -> str:
    """Return how the publication of a judgment stands."""
    due, published = one.days["due"], one.days["published"]
    if published is not None:
        return ON_TIME if due is None or published <= due else LATE
    if one.state == PUBLISHED_STATE:
        return UNDATED
    return REASONED if one.reasoned else MISSING


def _to_publish(facts: Facts, during: Range) -> list[Noted]:
    return [one for one in facts.published if not one.minor and _in(one, "due", during)]


def _due(facts: Facts, during: Range) -> list[Unit]:
    return _units(_to_publish(facts, during))


def _standing(wanted: str) -> Callable[[Facts, Range], list[Unit]]:
    def count(facts: Facts, during: Range) -> list[Unit]:
        found = _to_publish(facts, during)
        return _units(one for one in found if publication(one) == wanted)

    return count


def _units(noted: Iterable[Noted]) -> list[Unit]:
    return [
        Unit((one.stamp.seq,), (one.case_no,), (Traits(one.case_type, one.department),))
        for one in noted
    ]


def _campaigns(facts: Facts, during: Range) -> list[Unit]:
    return [
        Unit((one.stamp.seq,), (), ())
        for one in facts.campaigns
        if one.stamp.day in during and (one.cancelled is None or one.cancelled.day > during.end)
    ]


def _trainings(facts: Facts, during: Range) -> list[Unit]:
    return [Unit((one.stamp.seq,), (), ()) for one in facts.trainings if one.stamp.day in during]


CAMPAIGNS = Measure(
    "campaigns", "专项监控", "次", "期内启动的专项监控，截至期末已取消的不计。", _campaigns
)
TRAININGS = Measure("trainings", "专题培训", "次", "期内登记的专题培训。", _trainings)
_BY_CARDS = "以统计时最近一次导入的案卡为准，未成年人案件不计"
MEASURES = (
    Measure(
        "handled",
        "一审公诉审结",
        "件",
        "审结日期在期内的一审公诉案件（含未检）；以统计时最近一次导入的案卡为准。",
        _handled,
    ),
    Measure(
        "publication_due",
        "应公开文书",
        "件",
        f"公开截止日期（判决生效日期加本院设置的文书公开天数，内部要求）在期内的案件；{_BY_CARDS}；"
        "没有设置天数的不统计。",
        _due,
    ),
    Measure(
        "publication_on_time",
        "按时公开",
        "件",
        "应公开文书中，公开日期不晚于公开截止日期的。",
        _standing(ON_TIME),
    ),
    Measure(
        "publication_late",
        "超期公开",
        "件",
        "应公开文书中，公开日期晚于公开截止日期的。",
        _standing(LATE),
    ),
    Measure(
        "publication_undated",
        "已公开、日期未填",
        "件",
        "应公开文书中，公开状态为已公开而没有公开日期的，不能判断是否按时。",
        _standing(UNDATED),
    ),
    Measure(
        "publication_reasoned",
        "不公开并有原因",
        "件",
        "应公开文书中，没有公开而填有不公开原因的。",
        _standing(REASONED),
    ),
    Measure(
        "publication_missing",
        "未公开",
        "件",
        "应公开文书中，没有公开日期，也没有不公开原因的。",
        _standing(MISSING),
    ),
    CAMPAIGNS,
    TRAININGS,
)
