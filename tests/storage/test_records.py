from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import event

from storage import accepted, buttons, findings, people, settings
from storage.models.findings import Accepted
from storage.models.people import Person
from storage.people import Listed
from tests.storage.records import OFFICE, make, staff
from tests.support.database import NOW, later

if TYPE_CHECKING:
    from storage.database import Database


@pytest.mark.parametrize(
    ("index", "number"),
    [(0, "A01"), (98, "A99"), (99, "B01"), (24 * 99 - 1, "Z99"), (24 * 99, "AA01")],
)
def test_finding_numbers_are_a_letter_and_two_digits_then_more_letters(
    index: int, number: str
) -> None:
    assert findings.number_of(index) == number


def test_no_two_of_ten_thousand_numbers_are_alike() -> None:
    numbers = {findings.number_of(index) for index in range(10_000)}
    assert len(numbers) == 10_000
    assert not any(set(number) & set("IO") for number in numbers)


def test_each_office_draws_its_own_numbers(database: Database) -> None:
    with database.transaction(NOW) as tx:
        drawn = [findings.draw_number(tx.session, office) for office in ("一", "一", "二")]
    with database.transaction(NOW) as tx:
        drawn.append(findings.draw_number(tx.session, "一"))
    assert drawn == ["A01", "A02", "A01", "A03"]


def test_a_number_of_a_failed_transaction_is_drawn_again(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.transaction(NOW) as tx:
        _draw_and_fail(tx)
    with database.transaction(NOW) as tx:
        assert findings.draw_number(tx.session, OFFICE) == "A01"


def _draw_and_fail(tx: Any) -> None:
    findings.draw_number(tx.session, OFFICE)
    raise ZeroDivisionError


def test_open_findings_are_those_not_closed_in_the_order_they_were_made(
    database: Database,
) -> None:
    make(database, "A01")
    make(database, "A02", state="closed", closed_at=NOW)
    make(database, "A03", state="acknowledged")
    make(database, "A01", office="别院")
    with database.reading() as session:
        assert [one.number for one in findings.open_ones(session, OFFICE)] == ["A01", "A03"]


def test_the_open_ones_are_found_by_their_own_index(sqlite: Database) -> None:
    asked: list[str] = []
    event.listen(sqlite.engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
    with sqlite.reading() as session:
        findings.open_ones(session, OFFICE)
        query = next(one for one in asked if "findings" in one)
        connection = session.connection()
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", (OFFICE,)).all()
    assert "ix_findings_open" in str(plan)


def test_a_finding_is_found_by_its_number_in_either_case(database: Database) -> None:
    id_ = make(database, "A01")
    with database.reading() as session:
        found = findings.numbered(session, OFFICE, "a01")
        assert found is not None
        assert found.id == id_
        assert findings.numbered(session, "别院", "A01") is None


def test_a_finding_is_found_by_what_it_is_about_closed_or_not(database: Database) -> None:
    id_ = make(database, "A01", state="closed", person_no="1", occurrence="2026-05-20")
    with database.reading() as session:
        found = findings.by_identity(session, OFFICE, ("案A01", "1", "RS-01", "2026-05-20"))
        assert found is not None
        assert found.id == id_
        assert findings.by_identity(session, OFFICE, ("案A01", "1", "RS-01", "2026-06-20")) is None


def test_what_is_accepted_twice_is_kept_once_and_can_be_taken_back(database: Database) -> None:
    id_ = make(database, "A01")
    with database.transaction(NOW) as tx:
        [finding] = findings.with_ids(tx.session, [id_])
        first = accepted.keep(tx, finding, reason="说明属实", by="陆明远")
        again = accepted.keep(tx, finding, reason="重复", by="沈一鸣")
        assert (again.id, again.reason) == (first.id, "说明属实")
        identity = (finding.case_no, finding.person_no, finding.rule)
        accepted.withdraw(tx, first, by="沈一鸣")
        assert not accepted.holds(tx.session, finding.office, identity, finding.evidence)
        accepted.renew(first)
        assert accepted.holds(tx.session, finding.office, identity, finding.evidence)
        assert accepted.count(tx.session, finding.office) == 1


def test_accepted_values_hold_until_one_of_them_changes(database: Database) -> None:
    evidence = {"受理日期": date(2026, 5, 20), "审结日期": None}
    with database.transaction(NOW) as tx:
        tx.session.add(
            Accepted(
                office=OFFICE,
                case_no="案",
                person_no="",
                rule="RS-01",
                evidence_hash=findings.evidence_hash(evidence),
                reason="说明属实",
                accepted_at=NOW,
                accepted_by="person:9",
            )
        )
    turned = dict(reversed(evidence.items()))
    changed = {**evidence, "审结日期": date(2026, 5, 27)}
    with database.reading() as session:
        about = ("案", "", "RS-01")
        assert accepted.holds(session, OFFICE, about, turned)
        assert not accepted.holds(session, OFFICE, about, changed)


def test_findings_are_found_by_numbers_or_ids_in_the_order_they_were_made(
    database: Database,
) -> None:
    last, first = make(database, "B02"), make(database, "A03")
    make(database, "A03", office="别院")
    with database.reading() as session:
        wanted = findings.with_numbers(session, OFFICE, ["A03", "B02", "C04"])
        assert [one.id for one in wanted] == [last, first]
        assert [one.id for one in findings.with_ids(session, [first, last, 999])] == [last, first]
        assert findings.with_ids(session, []) == []


def test_closed_findings_count_for_a_prosecutor_once_somebody_was_told(
    database: Database,
) -> None:
    make(database, "A01", state="closed", prosecutor="周岚", told_at=NOW)
    make(database, "A02", state="closed", prosecutor="周岚")
    make(database, "A03", state="sent", prosecutor="周岚", told_at=NOW)
    make(database, "A04", state="closed", prosecutor="陈序", told_at=NOW)
    make(database, "A05", state="closed", prosecutor="周岚", told_at=NOW, office="别院")
    with database.reading() as session:
        found = findings.closed_after_being_told(session, OFFICE, {"周岚"})
    assert [one.number for one in found] == ["A01"]


def test_the_names_in_findings_are_those_of_one_office_without_blanks(database: Database) -> None:
    make(database, "A01", prosecutor="周岚", assistant="", suspect="张某", case_name="张某盗窃案")
    make(database, "A02", prosecutor="周岚", assistant="李宁", state="closed")
    make(database, "A03", prosecutor="王敏", suspect="赵某", office="别院")
    with database.reading() as session:
        assert findings.staff_named(session, OFFICE) == {"周岚", "李宁"}
        assert findings.parties_named(session, OFFICE) == {"张某", "张某盗窃案"}


STAFF = (
    Listed("周岚", "一部", ("prosecutor",), aliases=("小周",)),
    Listed("王敏", "一部", ("prosecutor", "head")),
    Listed("王敏", "二部", ("prosecutor",)),
)


def test_people_are_kept_as_the_configuration_lists_them(database: Database) -> None:
    with database.transaction(NOW) as tx:
        people.keep(tx.session, OFFICE, STAFF)
    with database.transaction(later(60)) as tx:
        people.keep(tx.session, OFFICE, STAFF[1:])
        gone = people.everybody(tx.session, OFFICE)[0]
        assert (gone.name, gone.active) == ("周岚", False)
        assert people.named(tx.session, OFFICE, "周岚") == []
    with database.transaction(later(90)) as tx:
        back, *_ = people.keep(tx.session, OFFICE, STAFF)
        assert (back.id, back.active) == (gone.id, True)


def test_people_are_found_by_name_alias_role_and_account(database: Database) -> None:
    with database.transaction(NOW) as tx:
        zhou, head, other = people.keep(tx.session, OFFICE, STAFF)
        zhou.door, zhou.account, zhou.chat = "telegram", "7", "7"
    with database.reading() as session:
        assert [one.id for one in people.named(session, OFFICE, "小周")] == [zhou.id]
        assert [one.id for one in people.named(session, OFFICE, "王敏")] == [head.id, other.id]
        assert people.named(session, OFFICE, None) == []
        assert [one.id for one in people.with_role(session, OFFICE, "head")] == [head.id]
        in_two = people.with_role(session, OFFICE, "prosecutor", department="二部")
        assert [one.id for one in in_two] == [other.id]
        found = people.by_account(session, "telegram", "7")
        assert found is not None
        assert people.is_reachable(found)
        assert not people.is_reachable(head)


def test_an_account_is_held_even_by_somebody_no_longer_listed(database: Database) -> None:
    with database.transaction(NOW) as tx:
        zhou, *_ = people.keep(tx.session, OFFICE, STAFF)
        zhou.door, zhou.account, zhou.chat = "telegram", "7", "70"
        people.keep(tx.session, OFFICE, STAFF[1:])
    with database.reading() as session:
        assert people.by_account(session, "telegram", "7") is None
        assert [one.id for one in people.holding(session, "telegram", "7")] == [zhou.id]
        assert people.holding(session, "matrix", "7") == []
        reader = people.in_chat(session, "telegram", "70")
        assert reader is not None
        assert reader.id == zhou.id
        assert people.in_chat(session, "telegram", "7") is None


def test_colleagues_are_the_other_active_people_of_an_office(database: Database) -> None:
    staff(database, "旁人", office="别院")
    with database.transaction(NOW) as tx:
        zhou, *_ = people.keep(tx.session, OFFICE, STAFF)
        people.keep(tx.session, OFFICE, STAFF[:2])
        assert [one.name for one in people.colleagues(zhou)] == ["王敏"]
    assert people.colleagues(Person(office=OFFICE, name="未存")) == []


def test_the_first_office_with_people_is_known(database: Database) -> None:
    with database.reading() as session:
        assert people.first_office(session) is None
    staff(database, "周岚", office="乙")
    staff(database, "周岚", office="丙")
    with database.reading() as session:
        assert people.first_office(session) == "丙"


def test_a_button_is_found_by_its_token_for_ever(database: Database) -> None:
    with database.transaction(NOW) as tx:
        tokens = {
            buttons.create(tx, act="open", object="finding:1", person_id=1, data={"n": number})
            for number in range(50)
        }
    assert len(tokens) == 50
    assert all(len(token) >= 16 for token in tokens)
    token = tokens.pop()
    with database.transaction(later(60)) as tx:
        row = buttons.find(tx, token)
        assert row is not None
        buttons.mark_used(tx, row, by="周岚")
        assert buttons.find(tx, "forged") is None
    with database.transaction(later(10**8)) as tx:
        row = buttons.find(tx, token)
        assert row is not None
        assert (row.act, row.used_at, row.used_by) == ("open", later(60), "周岚")


def test_a_switch_is_its_default_until_it_is_set(database: Database) -> None:
    with database.transaction(NOW) as tx:
        assert settings.read(tx.session, OFFICE, "paused", default=False) is False
        settings.write(tx.session, OFFICE, "paused", value=True)
        settings.write(tx.session, OFFICE, "paused", value={"since": "2026-06-15"})
    with database.reading() as session:
        assert settings.read(session, OFFICE, "paused") == {"since": "2026-06-15"}
        assert settings.read(session, "别院", "paused") is None
