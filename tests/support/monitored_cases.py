"""Cases as exports hold them, for what an officer watches by hand and in campaigns."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from handlers import daily
from knowledge.rules.loader import load_catalogue
from tests.support.office_cards import card

if TYPE_CHECKING:
    from knowledge.cards import Card
    from knowledge.rules.rule import Rule
    from tests.support.office_desk import OfficeAtWork
    from tests.support.office_phones import Message, Phone


def arrest(sequence: int, prosecutor: str | None = "林知秋", **values: Any) -> Card:
    """Return an arrest case in custody, seven days from the tenth of June."""
    known: dict[str, Any] = {
        "移送单位": "某市公安局",
        "移送案由": "盗窃罪",
        "强制措施种类": "拘留",
        "决定日期": None,
    }
    return card(sequence, prosecutor, **(known | values))


def prosecution(sequence: int, prosecutor: str | None = "林知秋", **values: Any) -> Card:
    """Return a prosecution case that came in on the first of June."""
    known: dict[str, Any] = {
        "案件类别": "一审公诉案件",
        "移送单位": "某市公安局",
        "移送案由": "盗窃罪",
        "强制措施种类": "取保候审",
        "受理日期": date(2026, 6, 1),
        "决定日期": None,
    }
    one = card(sequence, prosecutor, **(known | values))
    return replace(one, case_no=one.case_no.replace("刑捕受", "刑诉受"))


def with_rules(office: OfficeAtWork, *ids: str) -> None:
    """Let the office work with shipped rules: all of them, or those named."""
    rules: dict[str, Rule] = {one.id: one for one in load_catalogue().rules}
    chosen = {one: rules[one] for one in ids} if ids else rules
    office.desk = replace(office.desk, rules=chosen)


def morning(office: OfficeAtWork) -> None:
    """Do what the morning's job does."""
    office.write(lambda tx: daily.morning(tx, office.desk))


def said(phone: Phone, beginning: str) -> Message:
    """Return the newest message that begins with some words."""
    return next(one for one in reversed(phone.messages) if one.text.startswith(beginning))
