"""What a person reads of a hit: a fact and a question, with and without names and values.

The plain fact holds days of terms and names of columns only; it may pass an internet door.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge import chinese
from knowledge.rules.resolve import said
from knowledge.rules.rule import TermBody

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from knowledge.cards import Value
    from knowledge.rules.model import TermFacts
    from knowledge.rules.rule import HitState, Kind, Rule

_VALUE = re.compile(r"\{([^{}]+)\}")
_AMOUNTS = re.compile(r"\d+")
_YEAR = 12
_YEARS = re.compile(r"\b(24|36|48|60)个月")
"""Whole years from two on; twelve months the provisions count as months."""
_IN_TIME = re.compile(r"请(?:按期|在届满前|及时)(?P<act>.+?)，并填录(?P<columns>.+)")
_SAME_DAY = "0日"
_SOONEST = "请尽快{act}，填录{columns}，并说明逾期原因"
_WHETHER = "请核对：已经办理的请补填{columns}；未办的请说明原因"


@dataclass(frozen=True)
class Facts:
    """What is to be said of a hit."""

    state: HitState
    due: date | None
    days_left: int | None
    done: date | None
    certain: bool = True
    term: TermFacts | None = None
    event: str | None = None
    done_field: str | None = None
    kind: Kind | None = None
    instead: str | None = None
    computed: date | None = None


def fact(rule: Rule, facts: Facts, fields: Mapping[str, Value]) -> str:
    """Return the fact with values of the card, for cleared doors and the command line."""
    if rule.wording.fact:
        return _VALUE.sub(lambda found: said(fields.get(found[1])), rule.wording.fact)
    if facts.term is not None:
        return _term_fact(rule, facts)
    return f"{_told(rule)}{_values(rule, fields)}{_computed(facts)}{_day_of_check(facts)}"


def plain_fact(rule: Rule, facts: Facts) -> str:
    """Return the fact without names and values of the card."""
    if facts.term is not None:
        return _term_fact(rule, facts)
    return f"{_told(rule)}{_computed(facts)}{_day_of_check(facts)}"


def ask(rule: Rule, facts: Facts) -> str:
    """Return what the prosecutor is asked to do; what is over is not asked for in time."""
    if facts.done is not None:
        return rule.wording.ask_late
    if facts.state == "overdue":
        return rule.wording.ask_over or _in_other_words(rule.wording.ask, _SOONEST)
    if facts.state == "verify":
        return _in_other_words(rule.wording.ask, _WHETHER)
    return rule.wording.ask


def _in_other_words(text: str, form: str) -> str:
    found = _IN_TIME.fullmatch(text)
    return form.format(act=found["act"], columns=found["columns"]) if found else text


def _told(rule: Rule) -> str:
    """Say the fact of a check: what to do with it is the question that follows."""
    return rule.wording.plain or rule.title.removesuffix("，请核对")


def _term_fact(rule: Rule, facts: Facts) -> str:
    """Say a term's fact; only that of handling a case goes without the name of its duty."""
    said_fact = _of_term(facts)
    named = facts.done is not None and facts.event is None
    if named or (isinstance(rule.body, TermBody) and rule.body.handling):
        return said_fact
    return f"{rule.title}：{said_fact}"


def _of_term(facts: Facts) -> str:
    term, due = facts.term, facts.due
    assert term is not None  # noqa: S101 - callers ask first
    assert due is not None  # noqa: S101 - a term has an end
    if facts.event is not None:
        return _event_fact(facts, due)
    if facts.kind == "before_event":
        return _ahead_fact(facts, term, due)
    if facts.done is not None:
        late = (facts.done - due).days
        how_late = f"晚{late}天" if late else "当日超过规定的时刻"
        done = f"{chinese.month_day(facts.done)}{verb(facts.done_field or '完成')}"
        began = f"案卡：{chinese.month_day(term.start)}{verb(term.start_field)}，{done}"
        if term.amount == _SAME_DAY:
            return f"{began}；应当{'及时' if facts.kind == 'immediate' else '当日'}办理，{how_late}"
        return f"{began}；{_amount(term.amount)}期限{chinese.month_day(due)}届满，{how_late}"
    if facts.kind == "immediate":
        return (
            f"{term.start_field}为{chinese.month_day(term.start)}，"
            f"至今已{-(facts.days_left or 0)}天，案卡未见完成的记录"
        )
    return f"{chinese.month_day(due)}届满，{_left(facts.days_left or 0)}{custody_words(term, due)}"


def verb(name: str) -> str:
    """Say what happened on the day a column holds: 受理, 审结, 收到提请."""
    if name == "决定日期":
        return "审结"
    if name.endswith("期限"):
        return f"{name}届满"
    said_of = name.removesuffix("日期").removesuffix("时间")
    return f"作出{said_of}" if said_of.startswith("是否") else said_of


def _event_fact(facts: Facts, due: date) -> str:
    if facts.done is None:
        return f"应当在{verb(facts.event or '')}（{chinese.month_day(due)}）之前完成，案卡未见记录"
    return (
        f"应当在{verb(facts.event or '')}（{chinese.month_day(due)}）之前完成，"
        f"案卡记为{chinese.month_day(facts.done)}"
    )


def _ahead_fact(facts: Facts, term: TermFacts, due: date) -> str:
    """Say of a term counted back from a day: 6月20日羁押期限届满，应当在6月12日以前提请."""
    end = f"{chinese.month_day(term.start)}{verb(term.start_field)}"
    told = f"{end}，应当在{chinese.month_day(due)}以前办理"
    if facts.done is None:
        return f"{told}，案卡未见记录"
    return f"{told}，案卡记为{chinese.month_day(facts.done)}，晚{(facts.done - due).days}天"


def _left(days: int) -> str:
    if days > 0:
        return f"还有{days}天"
    return "今日届满" if days == 0 else f"已届满{-days}天"


def custody_words(term: TermFacts, due: date) -> str:
    """Say when custody ends, after the end of a term; empty where that is not to be said."""
    if term.custody_end is None:
        return ""
    if term.custody_end == due:
        return "；羁押期限同日届满"
    return f"；羁押期限{chinese.month_day(term.custody_end)}届满"


def _amount(amount: str) -> str:
    """Say an amount as provisions do: 七日, 一个月, 一个月零十五日, 二年."""
    whole = _YEARS.sub(lambda found: f"{int(found[1]) // _YEAR}年", amount)
    words = _AMOUNTS.sub(lambda found: chinese.numeral(int(found[0])), whole.replace("+", "零"))
    return words.replace("二个月", "两个月") if words.startswith("二个月") else words


def _values(rule: Rule, fields: Mapping[str, Value]) -> str:
    """Show what is needed, blank or not, and what else the condition read and found filled."""
    also = [name for name in rule.uses if name in rule.reads and fields.get(name) is not None]
    names = [*(name for name in rule.needs if name in fields), *also]
    shown = [f"{name}：{said(fields[name])}" for name in names]
    return f"（{'；'.join(shown)}）" if shown else ""


def _computed(facts: Facts) -> str:
    return f"；按案卡计算为{chinese.month_day(facts.computed)}届满" if facts.computed else ""


def _day_of_check(facts: Facts) -> str:
    if facts.due is None or facts.days_left is None:
        return ""
    if facts.done is not None:
        return f"；{chinese.month_day(facts.due)}届满，晚{-facts.days_left}天"
    if facts.days_left < 0:
        return f"；{chinese.month_day(facts.due)}届满，已过{-facts.days_left}天"
    return f"；{chinese.month_day(facts.due)}届满"
