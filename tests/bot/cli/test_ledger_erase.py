from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.support.command import Commands


def test_it_is_only_told_what_would_go_until_somebody_says_yes(home: Commands) -> None:
    outcome = home("ledger", "erase", "--before", "2020-01-01")
    assert outcome.code == 0
    assert outcome.sentence == "2020-01-01 以前没有可以清除的文字"


def test_a_day_less_than_a_year_ago_is_refused(home: Commands) -> None:
    outcome = home("ledger", "erase", "--before", "2099-01-01", "--yes")
    assert outcome.code == 2
    assert "不满 1 年" in outcome.sentence
