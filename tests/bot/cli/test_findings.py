from __future__ import annotations

from typing import TYPE_CHECKING

from bot.cli.options import present
from bot.office import open_office
from storage import findings as findings_table
from tests.support.tables import case_no

if TYPE_CHECKING:
    from tests.support.command import Commands


def test_every_finding_is_a_line_with_exactly_the_agreed_keys(home: Commands) -> None:
    lines = home("findings", "--json").lines
    assert {line["case_no"] for line in lines} == {case_no(number) for number in range(1, 5)}
    keys = ["finding", "item", "case_no", "person_no", "rule", "prosecutor", "state", "due"]
    assert all(list(line) == keys for line in lines)
    assert len({line["finding"] for line in lines}) == len(lines)


def test_a_term_carries_its_end_and_its_person(home: Commands) -> None:
    [line] = [
        line
        for line in home("findings", "--json").lines
        if line["case_no"] == case_no(2) and line["rule"] == "arrest-review-detained-7d"
    ]
    assert (line["due"], line["prosecutor"], line["state"]) == ("2026-06-16", "林知秋", "new")
    assert line["person_no"] == "88020120270000201"


def test_before_any_digest_the_place_is_among_his_own_by_urgency(home: Commands) -> None:
    lines = home("findings", "--json").lines
    first: dict[str, int] = {}
    for line in lines:
        first[line["case_no"]] = min(line["item"], first.get(line["case_no"], line["item"]))
    assert first[case_no(2)] < first[case_no(1)]
    assert first[case_no(3)] == 1
    assert first[case_no(4)] == 1


def test_findings_of_one_item_share_their_place(home: Commands) -> None:
    lines = home("findings", "--json").lines
    places: dict[str, set[int]] = {}
    for line in lines:
        places.setdefault(line["prosecutor"] or "", set()).add(line["item"])
    for taken in places.values():
        assert taken == set(range(1, len(taken) + 1))


def test_a_reply_changes_the_state_and_keeps_the_line(home: Commands) -> None:
    before = home("findings", "--json").lines
    office = open_office(home.home)
    with office.database.reading() as session:
        number = findings_table.open_ones(session, office.name)[0].number
    with office.database.transaction(present()) as tx:
        found = findings_table.numbered(tx.session, office.name, number)
        assert found is not None
        found.state = "explained"
    office.close()
    after = home("findings", "--json").lines
    assert len(after) == len(before)
    assert [line["state"] for line in after if line["finding"] == number] == ["explained"]


def test_people_read_who_what_and_by_when(home: Commands) -> None:
    out = home("findings").out
    assert "林知秋第1条" in out
    assert "承办人为空" in out
    assert "2026-06-17 届满" in out
    assert out.splitlines()[-1].startswith("共 ")


def test_a_home_without_an_import_has_no_lines(fangyuan: Commands) -> None:
    fangyuan("init")
    outcome = fangyuan("findings", "--json")
    assert (outcome.code, outcome.out, outcome.err) == (0, "", "")
