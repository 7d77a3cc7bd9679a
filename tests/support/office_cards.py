"""Hand-made cards, hits and exports of an invented office."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from knowledge.cards import Card, Row, Sheet
from knowledge.rules.model import Citation, Hit, PatrolResult, TermFacts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from knowledge.rules.model import HitState, Release

OFFICE = "海州市东港区人民检察院"
FIRST, SECOND, MANAGEMENT = "第一检察部", "第二检察部", "案件管理办公室"
MONDAY = date(2026, 6, 15)
TERM = Citation("人民检察院刑事诉讼规则", "第二百八十二条")
CARD_ENTRY = Citation("人民检察院刑事诉讼规则", "第六百六十四条")


def case_no(sequence: int, word: str = "刑捕受") -> str:
    """Return an invented case number."""
    return f"海东检{word}[2026]880201{sequence:06}号"


def card(sequence: int, prosecutor: str | None = "林知秋", **values: Any) -> Card:
    """Return a card of a case with one person, who is named after the sequence."""
    known: dict[str, Any] = {
        "案件名称": f"甄某{sequence}盗窃案",
        "案件类别": "审查逮捕案件",
        "承办单位": OFFICE,
        "承办部门": FIRST,
        "承办检察官": prosecutor,
        "检察官助理": "程小满",
        "嫌疑人姓名": f"甄某{sequence}",
        "作案时年龄": 30,
        "受理日期": date(2026, 6, 10),
        "审结日期": None,
    }
    known |= values
    return Card(
        case_no=case_no(sequence),
        person_no=f"8802012026{sequence:07}",
        values=known,
        headings={name: name for name in known},
        sources=dict.fromkeys(["部门受案号", *known], "案件列表.csv（2026-06-12）"),
        in_list=True,
    )


def hit(of: Card, rule: str = "review-7d", **changed: Any) -> Hit:
    """Return an open statutory term of a card, due on the Wednesday, with the fields changed."""
    due: date | None = changed.get("due", date(2026, 6, 17))
    state: HitState = changed.get("state", "due_soon")
    release: Release = changed.get("release", "auto")
    values = {
        "rule": rule,
        "title": "审查逮捕期限",
        "case_no": of.case_no,
        "person_no": of.person_no,
        "state": state,
        "release": release,
        "statutory": True,
        "severity": "较重",
        "due": due,
        "days_left": None,
        "done": None,
        "certain": True,
        "occurrence": "2026-06-10",
        "item": rule,
        "fact": f"{of.text('嫌疑人姓名')}：{due.month}月{due.day}日届满" if due else "案卡矛盾",
        "plain_fact": f"{due.month}月{due.day}日届满" if due else "审结日期早于受理日期",
        "ask": "请按期办结，并填录审结日期",
        "steps": ("6月10日受理，次日起算",) if due else (),
        "citations": (TERM,),
        "fields": {"受理日期": of.values.get("受理日期")},
        "evidence": {
            "受理日期": of.values.get("受理日期"),
            "审结日期": of.values.get("审结日期"),
        },
    }
    return Hit(**(values | changed))


def card_entry(of: Card, rule: str = "closed-before-accepted", **changed: Any) -> Hit:
    """Return a contradiction in a card, which waits for the officer."""
    wanted = {
        "title": "审结早于受理",
        "state": "conflict",
        "release": "review",
        "due": None,
        "occurrence": "",
        "ask": "请核对填录日期",
        "citations": (CARD_ENTRY,),
    }
    return hit(of, rule, **(wanted | changed))


def in_custody(end: date) -> TermFacts:
    """Return the facts of a term in custody that ends on a day."""
    return TermFacts("受理日期", date(2026, 6, 10), "七日", end, rolled=False, custody=True)


def result(
    *hits: Hit,
    as_of: date = MONDAY,
    unevaluated: Sequence[tuple[str, str, str | None]] = (),
    not_evaluated: Mapping[str, tuple[str, ...]] | None = None,
) -> PatrolResult:
    """Return what a patrol found."""
    return PatrolResult(
        as_of=as_of,
        hits=hits,
        cases=len({one.case_no for one in hits}),
        persons=len(hits),
        rules=2,
        not_evaluated=not_evaluated or {},
        unevaluated=frozenset(unevaluated),
    )


def sheet(cards: Sequence[Card], day: date, number: int) -> Sheet:
    """Return an export as read that holds cards."""
    rows = tuple(
        Row(line, one.case_no, one.person_no, one.values) for line, one in enumerate(cards, 2)
    )
    headings = {name: name for one in cards for name in one.values}
    return Sheet(
        "案件列表.csv", "case_list", rows, len(rows), headings, day=day, sha256=f"{number}"
    )


def days(count: int) -> timedelta:
    """Return so many days."""
    return timedelta(days=count)
