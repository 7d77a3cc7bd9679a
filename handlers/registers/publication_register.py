"""文书公开台账: when judgments came, took effect, had to be and were made public."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from handlers.counting.card_measures import PUBLISHED_STATE
from handlers.documents.workbook import Column
from handlers.registers.shown import ERASED, HIDDEN, NOT_KEPT

if TYPE_CHECKING:
    from handlers.counting.facts import Facts, Noted
    from handlers.documents.workbook import Row
    from handlers.registers.shown import Shown

COLUMNS = (
    Column("案件名称", 24),
    Column("部门受案号", 30),
    Column("文书收到日期", 14),
    Column("生效日期", 14),
    Column("公开截止日期", 14),
    Column("公开日期", 14),
    Column("未公开原因", 24),
    Column("承办人", 12),
)
DAY = 3
"""The place of the day that sheets are split by."""
DUE_BY = (
    "公开截止日期：生效日期加本院设置的文书公开天数（内部要求），没有设置的不填；"
    "未成年人案件不公开，不列；以统计时最近一次导入的案卡为准。"
)


def entries(facts: Facts) -> list[int]:
    """Return the entries whose texts are needed."""
    return [one.stamp.seq for one in facts.published]


def cases(facts: Facts) -> set[str]:
    """Return the cases it names."""
    return {one.case_no for one in facts.published}


def rows(facts: Facts, shown: Shown) -> list[Row]:
    """Return every judgment that took effect, in the order of that day."""
    listed = [one for one in facts.published if not one.minor and one.days["effective"]]
    listed.sort(key=lambda one: (str(one.days["effective"]), one.case_no))
    beside = {seq: _read(text) for seq, text in shown.texts.items()}
    return [_row(one, beside.get(one.stamp.seq), shown) for one in listed]


def _row(one: Noted, beside: dict[str, Any] | None, shown: Shown) -> Row:
    name, prosecutor, reason = _named(one, beside, shown)
    if one.days["published"] is None and one.state == PUBLISHED_STATE:
        reason = "已公开，公开日期未填"
    return (
        name,
        shown.case_no(one.case_no),
        one.days["received"],
        one.days["effective"],
        one.days["due"],
        one.days["published"],
        reason,
        prosecutor,
    )


def _named(one: Noted, beside: dict[str, Any] | None, shown: Shown) -> tuple[str, str, str]:
    if not shown.is_full:
        return HIDDEN, HIDDEN, HIDDEN if one.reasoned else ""
    if beside is None:
        return ERASED, ERASED, ERASED if one.reasoned else ""
    name, prosecutor, reason = beside.get(one.case_no) or (None, None, None)
    return name or NOT_KEPT, prosecutor or "", reason or ""


def _read(text: str | None) -> dict[str, Any] | None:
    """Read the names beside an entry, by case; None: they were erased."""
    if text is None:
        return None
    try:
        found: Any = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
