from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from handlers.findings import custody_alerts, patrol
from knowledge.cards import CardSet
from knowledge.rules.loader import load_catalogue
from knowledge.rules.model import TermFacts
from tests.support.office_cards import MONDAY, card, case_no, hit, result

if TYPE_CHECKING:
    from knowledge.cards import Card
    from knowledge.rules.model import Hit
    from tests.support.office_desk import OfficeAtWork

END = date(2026, 6, 12)
PERSON = "99010320260034701"


def stage(sequence: int, kind: str, accepted: date, **values: Any) -> Card:
    """Return the card of one stage of the same detained person."""
    held = {
        "案件类别": kind,
        "受理日期": accepted,
        "强制措施种类": "逮捕",
        "羁押期限届满日期": END,
        "变更或释放日期": None,
        "决定日期": None,
        "决定种类": None,
        "到期日期": None,
        "逮捕执行日期": None,
    }
    return replace(card(sequence, **{**held, **values}), person_no=PERSON)


INVESTIGATED = stage(1, "职务犯罪侦查案件", date(2026, 2, 1), 逮捕执行日期=date(2026, 2, 12))
EXTENDED = stage(2, "延长侦查羁押期限案件", date(2026, 4, 1), 逮捕执行日期=date(2026, 2, 12))
PROSECUTED = stage(3, "一审公诉案件", date(2026, 6, 1), 到期日期=date(2026, 7, 1))
NECESSITY = stage(4, "羁押必要性审查案件", date(2026, 6, 5), 到期日期=date(2026, 6, 20))


@pytest.fixture
def ruled(office: OfficeAtWork) -> OfficeAtWork:
    """The office with all shipped rules in force."""
    office.desk = replace(office.desk, rules=load_catalogue().by_id())
    return office


def custody_hits(office: OfficeAtWork, *cards: Card) -> list[Hit]:
    found = patrol.evaluate(office.desk, CardSet(cards), MONDAY)
    return [one for one in found.hits if "custody" in one.rule]


def test_an_end_of_custody_is_told_in_the_latest_stage_alone(ruled: OfficeAtWork) -> None:
    found = custody_hits(ruled, INVESTIGATED, PROSECUTED, NECESSITY)
    expiry = [one.case_no for one in found if one.rule == "custody-expiry-release"]
    assert expiry == [PROSECUTED.case_no]


def test_the_term_of_investigation_is_not_told_again_by_the_case_of_its_extension(
    ruled: OfficeAtWork,
) -> None:
    found = custody_hits(ruled, INVESTIGATED, EXTENDED)
    term = [one.case_no for one in found if one.rule == "custody-investigation-2m"]
    assert term == [EXTENDED.case_no]


def test_two_people_in_custody_are_two_alerts(ruled: OfficeAtWork) -> None:
    other = replace(PROSECUTED, person_no="99010320260034702")
    found = custody_hits(ruled, PROSECUTED, other)
    assert len([one for one in found if one.rule == "custody-expiry-release"]) == 2


def term(of: Card, due: date, end: date) -> Hit:
    words = "同日" if due == end else f"{end.month}月{end.day}日"
    fact = f"{due.month}月{due.day}日届满，还有3天；羁押期限{words}届满"
    facts = TermFacts(
        "受理日期", date(2026, 6, 1), "一个月", due, rolled=False, custody=True, custody_end=end
    )
    return hit(of, of.case_no, due=due, fact=fact, plain_fact=fact, term=facts)


def test_an_end_of_custody_stands_in_the_item_whose_own_term_ends_first() -> None:
    end = date(2026, 6, 18)
    first, second = term(PROSECUTED, end, end), term(NECESSITY, date(2026, 6, 24), end)
    told = custody_alerts.told_once(result(first, second), CardSet((PROSECUTED, NECESSITY)))
    assert [one.plain_fact for one in told.hits] == [
        "6月18日届满，还有3天；羁押期限同日届满",
        "6月24日届满，还有3天",
    ]


def alert(of: Card) -> Hit:
    facts = TermFacts("羁押期限届满日期", END, "0日", END, rolled=False, custody=True)
    over = {"state": "overdue", "due": END, "occurrence": END.isoformat(), "term": facts}
    return hit(of, "custody-expiry-release", **over)


def test_an_alert_goes_over_to_the_next_stage_and_the_old_one_says_where(
    office: OfficeAtWork,
) -> None:
    office.export(alert(INVESTIGATED), cards=[INVESTIGATED])
    told = office.export(alert(PROSECUTED), cards=[INVESTIGATED, PROSECUTED])
    assert (told.made, told.closed) == (("A02",), ("A01",))
    [closed] = [one["data"] for one in office.acts("finding_closed")]
    assert (closed["how"], closed["case_no"]) == ("passed_on", case_no(3))
    assert office.finding("A02").repeats == 0
