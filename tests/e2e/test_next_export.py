from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.cases_csv import sample_with
from tests.support.numbers import findings_in

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.running_office import RunningOffice


def _finding(office: RunningOffice, ending: str) -> str:
    """Return the object of the first finding in a case."""
    return str(
        next(
            one["object"]
            for one in office.ledger(act="finding_made")
            if one["data"]["case_no"].endswith(ending)
        )
    )


def test_the_next_export_closes_what_it_shows_as_done(office: RunningOffice, home: Path) -> None:
    finding = _finding(office, "041号")
    done = {"审结日期": "2026-06-16", "审结处理结果": "批准逮捕", "办结日期": "2026-06-16"}
    sample_with(home / "exports" / "案件列表_20260617.csv", changed={"041号": done})

    office.go_to("2026-06-17T08:31:00+08:00")

    closed = {one["object"]: one["data"]["how"] for one in office.ledger(act="finding_closed")}
    assert closed.get(finding) == "cured"


def test_what_was_closed_is_not_told_again(office: RunningOffice, home: Path) -> None:
    number = _finding(office, "041号").removeprefix("finding:")
    done = {"审结日期": "2026-06-16", "审结处理结果": "批准逮捕", "办结日期": "2026-06-16"}
    sample_with(home / "exports" / "案件列表_20260617.csv", changed={"041号": done})
    office.go_to("2026-06-17T08:31:00+08:00")

    later = [one for one in office.heard("周岚") if "6月17日 周三" in one["text"]]
    assert all(number not in findings_in(one["text"]) for one in later)


def test_a_date_changed_after_the_prompt_closes_nothing_and_asks_the_officer(
    office: RunningOffice, home: Path
) -> None:
    officer = office.the("officer")
    office.press(officer, office.answer_to(officer, "/待审"), "全部发出")
    finding = _finding(office, "036号")
    moved = {"审结日期": "2026-05-27", "办结日期": "2026-05-27"}
    sample_with(home / "exports" / "案件列表_20260617.csv", changed={"036号": moved})

    office.go_to("2026-06-17T08:31:00+08:00")

    closed = [one["object"] for one in office.ledger(act="finding_closed")]
    changed = [one["object"] for one in office.ledger(act="date_changed_after_prompt")]
    assert (finding in closed, finding in changed) == (False, True)


def test_a_vanished_case_closes_nothing(office: RunningOffice, home: Path) -> None:
    finding = _finding(office, "041号")
    sample_with(home / "exports" / "案件列表_20260617.csv", without=("041号",))

    office.go_to("2026-06-17T08:31:00+08:00")

    assert finding not in [one["object"] for one in office.ledger(act="finding_closed")]
    assert finding in [one["object"] for one in office.ledger(act="case_vanished")]


def test_the_officer_is_told_of_a_file_that_cannot_be_read(
    office: RunningOffice, home: Path
) -> None:
    officer = office.the("officer")
    before = office.last(officer)
    (home / "exports" / "坏文件.csv").write_text("没有表头", encoding="utf-8")

    office.go_to("2026-06-16T08:31:00+08:00")

    assert "坏文件.csv" in office.next(officer, before, containing="未能导入")["text"]


def test_the_same_file_is_imported_once(office: RunningOffice, home: Path) -> None:
    sample_with(home / "exports" / "案件列表_20260616.csv", changed={"041号": {"附注": "催办"}})

    office.go_to("2026-06-18T08:31:00+08:00")

    assert len(office.ledger(act="imported")) == 2
