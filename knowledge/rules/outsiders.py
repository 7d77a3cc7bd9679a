"""Whom outside the house a hit concerns: police, court or detention house (Rules art. 552, 613)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.rules.interpret import stage_of

if TYPE_CHECKING:
    from knowledge.rules.interpret import Row
    from knowledge.rules.rule import Body, Rule

OWN_INVESTIGATION = "职务犯罪侦查"
SENDERS = ("侦查机关", "移送单位")
PROCURATORATE = "检察院"


def concerned(rule: Rule, row: Row) -> Body | None:
    """Return who outside has the duty in this case; None where it is the office's own.

    What a procuratorate investigated itself stays inside the house (art. 569), and supervisory
    organs are not among those that articles 552 and 613 name.
    """
    if rule.concerns != "公安机关":
        return rule.concerns
    if stage_of(row.card) == OWN_INVESTIGATION or row.resolved("是否监察机关移送").value == "是":
        return None
    senders = [row.card.text(name) or "" for name in SENDERS]
    return None if any(PROCURATORATE in sender for sender in senders) else rule.concerns
