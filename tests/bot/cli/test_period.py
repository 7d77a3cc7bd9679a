from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.support.command import Commands


def test_a_term_is_given_for_machines_with_its_steps(fangyuan: Commands) -> None:
    outcome = fangyuan("period", "2026-09-18", "15日", "--json")
    assert outcome.code == 0
    [answer] = outcome.lines
    assert set(answer) == {"due", "raw_end", "rolled", "certain", "steps"}
    assert (answer["due"], answer["raw_end"]) == ("2026-10-08", "2026-10-03")
    assert answer["rolled"]
    assert answer["certain"]


def test_a_term_counted_back_and_one_in_hours_are_understood(fangyuan: Commands) -> None:
    assert fangyuan("period", "2026-06-15", "-7日", "--json").code == 0
    [hours] = fangyuan("period", "2026-11-20T16:30", "24小时", "--json").lines
    assert hours["due"] == "2026-11-21T16:30"


def test_custody_does_not_roll(fangyuan: Commands) -> None:
    [answer] = fangyuan("period", "2026-09-18", "15日", "--custody", "--json").lines
    assert answer["due"] == "2026-10-03"


def test_a_year_nobody_announced_is_uncertain_until_the_office_enters_it(
    fangyuan: Commands,
) -> None:
    term = ("period", "2031-05-01", "3日", "--json")
    assert not fangyuan(*term).lines[0]["certain"]
    fangyuan.home.mkdir()
    (fangyuan.home / "config.yaml").write_text(
        "office: {name: 甲}\nholidays: holidays.yaml", encoding="utf-8"
    )
    (fangyuan.home / "holidays.yaml").write_text(
        '2031: {days_off: {"2031-05-05": 劳动节}, workdays: ["2031-05-04"]}', encoding="utf-8"
    )
    [answer] = fangyuan(*term).lines
    assert answer["certain"]
    assert answer["due"] == "2031-05-04"


def test_what_is_no_day_is_one_sentence(fangyuan: Commands) -> None:
    assert "起算日" in fangyuan("period", "九月", "15日").sentence
    assert fangyuan("period", "2026-09-18", "一会儿").code == 2


def test_people_read_the_day_and_each_step(fangyuan: Commands) -> None:
    first, *steps = fangyuan("period", "2026-09-18", "15日").out.splitlines()
    assert first == "届满日 2026-10-08"
    assert [step.split(".")[0] for step in steps] == ["1", "2", "3", "4"]
