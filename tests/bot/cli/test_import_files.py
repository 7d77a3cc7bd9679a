from __future__ import annotations

import os
import pty
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.cases import DAY, decided, detained, write_list
from tests.support.command import ROOT
from tests.support.shared import shared_folder
from tests.support.tables import OFFICE, case_no

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.command import Commands, Outcome

AS_OF = ("--date", DAY.isoformat())


@pytest.fixture
def export(tmp_path: Path) -> Path:
    return write_list(tmp_path / "list.csv", [detained(1), detained(2), detained(3)])


def open_cases(fangyuan: Commands) -> list[str]:
    return sorted({line["case_no"] for line in fangyuan("findings", "--json").lines})


def ledger_size(fangyuan: Commands) -> int:
    return int(fangyuan("ledger", "verify").out.split("共 ")[1].split(" ")[0])


def test_a_fresh_home_without_a_configuration_takes_an_import(
    fangyuan: Commands, export: Path
) -> None:
    outcome = fangyuan("import", export, *AS_OF, "--json")
    assert outcome.code == 0
    [answer] = outcome.lines
    assert list(answer) == ["files"]
    assert answer["files"][0] == {
        "name": "list.csv",
        "kind": "case_list",
        "rows": 3,
        "cases": 3,
        "persons": 3,
        "refused": [],
        "unknown_columns": [],
        "damaged_columns": [],
    }
    assert "新增" in outcome.sentence
    assert "关闭 0" in outcome.sentence
    assert open_cases(fangyuan) == [case_no(1), case_no(2), case_no(3)]


def test_a_second_time_changes_nothing_and_says_so(fangyuan: Commands, export: Path) -> None:
    first = fangyuan("import", export, *AS_OF, "--json")
    before = ledger_size(fangyuan)
    again = fangyuan("import", export, *AS_OF, "--json")
    assert (again.code, again.out) == (0, first.out)
    assert "已经导入过" in again.sentence
    assert ledger_size(fangyuan) == before


def test_people_read_what_was_read_and_what_changed(fangyuan: Commands, export: Path) -> None:
    outcome = fangyuan("import", export, *AS_OF)
    assert "list.csv：案件列表，3 行" in outcome.out
    assert "数据截至：2026-06-15" in outcome.out
    assert "已导入" in outcome.sentence


def test_one_file_that_cannot_be_read_keeps_all_of_them_out(
    fangyuan: Commands, export: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.xlsx"
    broken.write_text("no workbook", encoding="utf-8")
    outcome = fangyuan("import", export, broken, *AS_OF, "--json")
    assert (outcome.code, outcome.out) == (2, "")
    assert "broken.xlsx" in outcome.sentence
    assert not fangyuan.home.exists()


def test_a_preview_changes_nothing(fangyuan: Commands, export: Path) -> None:
    outcome = fangyuan("import", export, *AS_OF, "--dry-run")
    assert outcome.code == 0
    assert "将新增" in outcome.err
    assert "没有导入" in outcome.err
    assert open_cases(fangyuan) == []
    assert ledger_size(fangyuan) == 0


def test_the_next_export_closes_what_it_shows_done(
    fangyuan: Commands, export: Path, tmp_path: Path
) -> None:
    fangyuan("import", export, *AS_OF)
    following = write_list(tmp_path / "next.csv", [decided(1), detained(2), detained(3)])
    outcome = fangyuan("import", following, "--date", "2026-06-17")
    assert "关闭 " in outcome.sentence
    assert "关闭 0" not in outcome.sentence
    assert case_no(2) in open_cases(fangyuan)


def test_an_import_that_loses_most_cases_is_stopped_unless_forced(
    fangyuan: Commands, export: Path, tmp_path: Path
) -> None:
    fangyuan("import", export, *AS_OF)
    partial = write_list(tmp_path / "partial.csv", [detained(9)])
    stopped = fangyuan("import", partial, "--date", "2026-06-16", "--json")
    assert (stopped.code, stopped.out) == (2, "")
    assert "--force" in stopped.sentence
    assert case_no(9) not in open_cases(fangyuan)
    assert fangyuan("import", partial, "--date", "2026-06-16", "--force").code == 0
    assert case_no(9) in open_cases(fangyuan)


def test_the_last_import_can_be_taken_back(
    fangyuan: Commands, export: Path, tmp_path: Path
) -> None:
    fangyuan("import", export, *AS_OF)
    before = fangyuan("findings", "--json").out
    more = write_list(tmp_path / "more.csv", [detained(number) for number in range(1, 5)])
    fangyuan("import", more, *AS_OF)
    assert case_no(4) in open_cases(fangyuan)
    outcome = fangyuan("import", "--undo")
    assert outcome.code == 0
    assert "2026-06-15" in outcome.sentence
    assert fangyuan("findings", "--json").out == before
    assert fangyuan("import", more, *AS_OF).code == 0


def test_there_is_nothing_to_take_back_in_an_empty_home(fangyuan: Commands) -> None:
    fangyuan("init")
    outcome = fangyuan("import", "--undo")
    assert outcome.code == 2
    assert "没有可以撤回的导入" in outcome.sentence


def test_another_offices_cards_are_pointed_out(fangyuan: Commands, export: Path) -> None:
    fangyuan("init", "--office", "他市他区人民检察院")
    outcome = fangyuan("import", export, *AS_OF)
    assert outcome.code == 0
    assert OFFICE in outcome.err.splitlines()[0]


def answered(fangyuan: Commands, answer: bytes, *arguments: Path | str) -> tuple[int, str]:
    """Run an import as a person at a terminal would."""
    ours, theirs = pty.openpty()
    done = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", "bot.cli.main", "--home", fangyuan.home, "import", *arguments],
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
    )
    os.close(theirs)
    os.write(ours, answer)
    _, err = done.communicate(timeout=60)
    os.close(ours)
    return done.returncode, err.decode()


def test_at_a_terminal_it_asks_first(fangyuan: Commands, export: Path) -> None:
    code, err = answered(fangyuan, b"n\n", export, *AS_OF)
    assert code == 0
    assert "将新增" in err
    assert "没有变化" in err
    assert open_cases(fangyuan) == []
    code, err = answered(fangyuan, b"y\n", export, *AS_OF)
    assert code == 0
    assert "已导入" in err
    assert open_cases(fangyuan) == [case_no(1), case_no(2), case_no(3)]


SAMPLES: list[tuple[str, dict[str, Any]]] = [
    ("案件列表_20260615.csv", {"kind": "case_list", "rows": 66, "cases": 61, "persons": 0}),
    ("案件列表（第二周）.xls", {"kind": "case_list", "rows": 65, "cases": 63, "persons": 0}),
    ("案卡填录问题通报.xlsx", {"kind": "error_list", "rows": 20, "cases": 18, "persons": 0}),
    ("文书公开清单.xlsx", {"kind": "publication_list", "rows": 24, "cases": 22, "persons": 0}),
]


@pytest.mark.parametrize(("name", "counts"), SAMPLES)
def test_the_sample_exports_are_counted_as_their_readme_says(
    fangyuan: Commands, name: str, counts: dict[str, Any]
) -> None:
    outcome = fangyuan("import", shared_folder("samples", "exports", name), "--json")
    assert outcome.code == 0
    [file] = outcome.lines[0]["files"]
    assert {key: file[key] for key in counts} == counts


def test_the_machines_report_is_the_same_from_the_real_program(
    fangyuan: Commands, export: Path
) -> None:
    done = fangyuan.program("import", export, *AS_OF, "--json")
    assert done.returncode == 0
    said: Outcome = fangyuan("import", export, *AS_OF, "--json")
    assert done.stdout.decode() == said.out
