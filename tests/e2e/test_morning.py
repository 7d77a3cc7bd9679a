from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.numbers import findings_in
from tests.support.running_office import labels_of, office_in_process

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.running_office import RunningOffice


def _released(office: RunningOffice) -> dict[str, set[str]]:
    """Return who must be told which findings, from the ledger alone."""
    told: dict[str, set[str]] = {}
    for entry in office.ledger(act="digest_made"):
        numbers = {*entry["data"]["full"], *entry["data"]["brief"]}
        told.setdefault(str(entry["object"]), set()).update(numbers)
    return told


def test_nothing_leaves_before_the_time_of_the_digest(early_office: RunningOffice) -> None:
    early_office.settle()

    assert [one for name in early_office.people() for one in early_office.heard(name)] == []


def test_at_its_time_each_prosecutor_gets_one_digest_of_his_items(office: RunningOffice) -> None:
    told = _released(office)
    digests = {name: office.heard(name) for name in office.people("prosecutor")}
    shown = {name: heard for name, heard in digests.items() if heard}

    assert len(shown) == len(told) > 1
    assert {len(heard) for heard in shown.values()} == {1}
    assert sorted(sorted(findings_in(heard[0]["text"])) for heard in shown.values()) == sorted(
        sorted(numbers) for numbers in told.values()
    )


def test_a_digest_says_whose_and_which_day_and_shows_one_button_per_item(
    office: RunningOffice,
) -> None:
    digest = office.last("周岚")

    assert digest["text"].startswith("流程监控每日提示 · 6月15日 周一")
    assert "周岚检察官" in digest["text"]
    assert labels_of(digest) == [*findings_in(digest["text"]), "全部知悉"]


def test_no_names_and_no_case_numbers_in_full_leave_on_an_internet_door(
    office: RunningOffice,
) -> None:
    texts = "\n".join(
        one["text"] for name in office.people("prosecutor") for one in office.heard(name)
    )

    assert "赵启明" not in texts
    assert "盗窃" not in texts
    assert "990103000041" not in texts


def test_the_officer_is_told_what_waits(office: RunningOffice) -> None:
    summary, cases = office.heard(office.the("officer"))[-2:]

    assert "待审" in summary["text"]
    assert "/待审" in summary["text"]
    assert cases["text"].startswith("今日建议人工查看")


def test_a_restart_sends_no_digest_twice(home: Path) -> None:
    with office_in_process(home) as first:
        before = {name: len(first.heard(name)) for name in first.people()}

    with office_in_process(home) as second:
        second.go_to("2026-06-15T20:00:00+08:00")
        after = {name: len(second.heard(name)) for name in second.people()}

    assert after == before


def test_the_clock_goes_on_where_it_stood(home: Path) -> None:
    with office_in_process(home) as first:
        first.go_to("2026-06-15T10:00:00+08:00")
        stopped_at = first.now()

    with office_in_process(home) as second:
        assert stopped_at <= second.now() < "2026-06-15T10:01"


def test_the_intranet_form_shows_the_case(tmp_path: Path) -> None:
    with office_in_process(tmp_path / "home", clearance="intranet") as office:
        office.go_to("2026-06-15T08:31:00+08:00")

        assert "赵启明" in office.last("周岚")["text"]


def test_a_first_import_as_baseline_sends_only_what_is_pressing(tmp_path: Path) -> None:
    with office_in_process(tmp_path / "home", baseline=True) as office:
        office.go_to("2026-06-15T08:31:00+08:00")

        told = {number for numbers in _released(office).values() for number in numbers}
        made = office.ledger(act="finding_made")
        assert 0 < len(told) < len(made)
