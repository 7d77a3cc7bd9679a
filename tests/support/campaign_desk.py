"""An office with cases for a campaign, whose rules are off but for one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from handlers.campaigns import campaign_facts
from handlers.findings.rule_sets import RuleSet
from handlers.imports import imports
from knowledge.rules.loader import load_catalogue
from storage import campaigns
from tests.support.monitored_cases import arrest, prosecution
from tests.support.office_cards import sheet

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from handlers.campaigns.campaign_values import CampaignFacts
    from knowledge.cards import Card, Value
    from knowledge.rules.rule import Rule
    from storage.models.campaigns import Campaign
    from storage.transaction import Transaction
    from tests.support.office_desk import OfficeAtWork
    from tests.support.office_phones import Phone

NUMBER = "专项2026-1"
RECEIVED = date(2026, 5, 1)
LATE: dict[str, Any] = {"收到判决裁定日期": RECEIVED, "裁判审查表日期": None}
"""A judgment that nobody reviewed, more than ten days ago."""
FIRST = [
    prosecution(
        number,
        受理日期=date(2026, 4, 1),
        决定日期=date(2026, 5, number),
        决定种类="起诉",
        收到判决裁定日期=RECEIVED,
        裁判审查表日期=date(2026, 5, 4) if number % 2 else None,
        一审判决生效日期=date(2026, 5, 11),
    )
    for number in range(1, 7)
]
MINE = prosecution(
    9,
    prosecutor="陆明远",
    受理日期=date(2026, 4, 1),
    决定日期=date(2026, 5, 9),
    一审判决生效日期=date(2026, 5, 11),
)
OTHER = arrest(20)


class OneInForce(RuleSet):
    """The catalogue with one rule in force; the office knows all the others."""

    def __init__(self, id_: str) -> None:
        self._all = {one.id: one for one in load_catalogue().rules}
        self._force = {id_: self._all[id_]}

    @property
    def off(self) -> tuple[Rule, ...]:
        """Every other rule."""
        return tuple(one for one in self.known if one.id not in self._force)

    @property
    def known(self) -> tuple[Rule, ...]:
        """Every rule there is."""
        return tuple(self._all.values())

    def __getitem__(self, key: str) -> Rule:
        return self._force[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._force)

    def __len__(self) -> int:
        return len(self._force)


@pytest.fixture
def campaign_officer(office: OfficeAtWork) -> Phone:
    """The officer of an office with seven prosecutions, one his own, and an arrest."""
    office.desk = replace(office.desk, rules=OneInForce("accepted-after-closed"))
    office.export(cards=[*FIRST, MINE, OTHER])
    return office["陆明远"]


def press_all(phone: Phone, *labels: str) -> str:
    """Tap one button after the other on the newest message; returns the last toast."""
    toast = ""
    for label in labels:
        toast = phone.press(label)
    return toast


def started(phone: Phone, kind: str = "裁判文书审查", *choices: str) -> str:
    """Start a campaign of a kind; without choices over all cases of all times."""
    phone.say("/专项")
    chosen = choices or ("下一步", "不限时间", "全部")
    return press_all(phone, "新建", kind, *chosen, "开始")


def the_campaign(office: OfficeAtWork) -> Campaign:
    """Return the first campaign of the year."""
    found = office.read(lambda session: campaigns.numbered(session, office.desk.office, NUMBER))
    assert found is not None
    return found


def listed(office: OfficeAtWork) -> list[tuple[str, str]]:
    """Return the campaign's cases with where each stands."""
    found = office.read(lambda session: campaigns.cases(session, the_campaign(office).id))
    return [(one.case_no, one.state) for one in found]


def facts_of(office: OfficeAtWork) -> CampaignFacts:
    """Return what the report of the campaign gets."""

    def gather(tx: Transaction) -> CampaignFacts:
        campaign = campaigns.numbered(tx.session, office.desk.office, NUMBER)
        assert campaign is not None
        return campaign_facts.facts(tx.session, office.desk, campaign)

    return office.write(gather)


def import_again(office: OfficeAtWork, cards: Sequence[Card], day: date, **changed: Value) -> None:
    """Import an export on a later day for which the rules are really run."""
    office.at(day)
    newer = [replace(one, values={**one.values, **changed}) for one in cards]

    def work(tx: Transaction) -> None:
        prepared = imports.prepare(tx, office.desk, [sheet(newer, day, 999)], day=day)
        imports.commit(tx, office.desk, prepared, by="陆明远", actor="person:6")

    office.write(work)
