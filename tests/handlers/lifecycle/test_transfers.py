from __future__ import annotations

from typing import TYPE_CHECKING

from storage import handovers, people
from storage.models.delegations import Handover
from tests.support.office_cards import FIRST, MONDAY, OFFICE, card, days, hit
from tests.support.office_desk import PEOPLE

if TYPE_CHECKING:
    from storage.transaction import Transaction
    from tests.support.office_desk import OfficeAtWork

ONE, TWO = card(1), card(2)
HERS, ALSO_HERS = card(1, prosecutor="许望舒"), card(2, prosecutor="许望舒")


def handed_over(office: OfficeAtWork) -> None:
    """Two prompted cases, one of them answered, went to another prosecutor."""
    office.export(hit(ONE), hit(TWO), cards=[ONE, TWO])
    office.morning()
    office["林知秋"].say("A01 说明：在等鉴定")
    office.at(MONDAY + days(1))
    office["林知秋"].clear()
    office.patrol(hit(HERS), hit(ALSO_HERS), cards=[HERS, ALSO_HERS])


def test_the_old_prosecutor_is_told_in_one_line(office: OfficeAtWork) -> None:
    handed_over(office)
    assert office["林知秋"].texts == ["A01、A02 的案件已变更承办检察官，条目已转出，您不必再答复。"]


def test_the_new_one_gets_the_items_and_that_they_were_prompted_before(
    office: OfficeAtWork,
) -> None:
    handed_over(office)
    office.morning()
    said = office["许望舒"].last.text
    assert "A01 期限届满提示" in said
    assert said.count("本案承办检察官已变更，此前已于6月15日提示过") == 2


def test_an_opened_item_shows_what_was_answered_before_without_names(
    office: OfficeAtWork,
) -> None:
    handed_over(office)
    office.morning()
    office["许望舒"].press("A01")
    said = office["许望舒"].last.text
    assert "A01 承办检察官6月16日变更，此前已于6月15日提示过" in said
    assert "6月15日答复：说明（流水第" in said
    assert "林知秋" not in said


def test_what_was_answered_speaks_for_the_new_one_no_more(office: OfficeAtWork) -> None:
    handed_over(office)
    assert office.finding("A01").state == "sent"
    office["林知秋"].say("A01 已改")
    assert office.finding("A01").state == "sent"


def test_an_item_its_rule_is_silent_on_goes_with_the_case(office: OfficeAtWork) -> None:
    office.export(hit(ONE), hit(TWO), cards=[ONE, TWO])
    office.morning()
    office["林知秋"].clear()
    office.patrol(hit(ALSO_HERS), cards=[HERS, ALSO_HERS])
    assert {office.finding(number).prosecutor for number in ("A01", "A02")} == {"许望舒"}
    assert office["林知秋"].texts == ["A01、A02 的案件已变更承办检察官，条目已转出，您不必再答复。"]


def test_a_card_without_a_prosecutor_moves_no_silent_item(office: OfficeAtWork) -> None:
    office.export(hit(ONE), cards=[ONE])
    office.morning()
    office.patrol(cards=[card(1, prosecutor=None)])
    assert office.finding("A01").prosecutor == "林知秋"


def test_who_was_never_prompted_is_not_told(office: OfficeAtWork) -> None:
    office.export(hit(ONE), cards=[ONE])
    office.patrol(hit(HERS), cards=[HERS])
    assert office["林知秋"].texts == []


def test_another_name_of_the_same_person_is_no_transfer(office: OfficeAtWork) -> None:
    known = people.Listed("林知秋", FIRST, ("prosecutor",), ("林检",))
    office.write(lambda tx: people.keep(tx.session, OFFICE, [known, *PEOPLE[1:]]))
    office.export(hit(ONE), cards=[ONE])
    office.morning()
    office["林知秋"].say("A01 说明：在等鉴定")
    office["林知秋"].clear()
    renamed = card(1, prosecutor="林检")
    office.patrol(hit(renamed), cards=[renamed])
    assert office["林知秋"].texts == []
    assert office.finding("A01").state == "explained"


def test_an_export_that_catches_up_with_a_handover_is_no_second_transfer(
    office: OfficeAtWork,
) -> None:
    office.export(hit(ONE), cards=[ONE])
    office.morning()
    office.write(lambda tx: hand_over(tx, office, "许望舒"))
    office["许望舒"].say("A01 说明：在等鉴定")
    office["林知秋"].clear()
    office.patrol(hit(HERS), cards=[HERS])
    assert office.finding("A01").state == "explained"
    assert office["林知秋"].texts == []


def hand_over(tx: Transaction, office: OfficeAtWork, name: str) -> None:
    receiver = people.named(tx.session, office.desk.office, name)[0]
    handovers.keep(
        tx,
        Handover(
            office=office.desk.office,
            case_no=ONE.case_no,
            prosecutor="林知秋",
            receiver_id=receiver.id,
            made_at=tx.now,
            made_by=receiver.id,
        ),
    )


def test_an_old_prosecutor_who_cannot_be_reached_stands_in_the_ledger(
    office: OfficeAtWork,
) -> None:
    office.export(hit(ONE), cards=[ONE])
    office.morning()
    office["陆明远"].say("/解绑 林知秋")
    office.patrol(hit(HERS), cards=[HERS])
    why = [one["data"]["why"] for one in office.acts("not_told")]
    assert why == ["old_prosecutor_not_reachable"]


def test_a_case_that_vanished_is_asked_about_and_stays_open(office: OfficeAtWork) -> None:
    office.export(hit(ONE), cards=[ONE])
    office.export(hit(ONE), cards=[TWO], vanished=[ONE.case_no])
    assert (office.finding("A01").vanished, office.finding("A01").state) == (True, "new")
    office["陆明远"].say("/待复核")
    assert "最近一次导出中没有这个案件" in office["陆明远"].last.text
    office.morning()
    assert "未见于导出 1 条，发送 /待复核 处理。" in office["陆明远"].last.text
