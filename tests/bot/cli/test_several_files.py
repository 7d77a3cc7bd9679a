from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from bot.cli.several_files import spread

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.command import Commands

HEADER = "部门受案号,案件类别,承办检察官,受理日期,到期日期,审结日期,嫌疑人编号,强制措施"


def a_list(folder: Path, sequence: int) -> Path:
    path = folder / f"列表{sequence}.csv"
    row = (
        f"例检刑捕受[2026]99010300000{sequence}号,审查逮捕案件,某甲,2026-06-10,2026-06-17,,"
        f"9901032026000010{sequence},拘留"
    )
    path.write_text(f"{HEADER}\n{row}\n", encoding="utf-8")
    return path


def test_several_files_after_one_option_are_one_snapshot(
    fangyuan: Commands, tmp_path: Path
) -> None:
    one, two = a_list(tmp_path, 1), a_list(tmp_path, 2)
    together = fangyuan("patrol", "--cases", one, two, "--date", "2026-06-15", "--json")
    repeated = fangyuan("patrol", "--cases", one, "--cases", two, "--date", "2026-06-15", "--json")
    assert (together.code, together.out) == (0, repeated.out)
    assert json.loads(together.out.splitlines()[-1])["summary"]["cases"] == 2


def test_a_rule_is_explained_over_several_files(fangyuan: Commands, tmp_path: Path) -> None:
    one, two = a_list(tmp_path, 1), a_list(tmp_path, 2)
    rule, case = "arrest-review-detained-7d", "例检刑捕受[2026]990103000002号"
    day = ("--date", "2026-06-15")
    first = fangyuan("rules", "explain", rule, "--cases", one, two, "--case", case, *day)
    last = fangyuan("rules", "explain", "--case", case, *day, "--cases", one, two, rule)
    assert (first.code, first.out) == (0, last.out)
    assert "6月17日" in first.out


def test_a_word_that_is_no_file_is_named(fangyuan: Commands, tmp_path: Path) -> None:
    done = fangyuan("patrol", "--cases", a_list(tmp_path, 1), "多余")
    assert done.code == 2
    assert "多余" in done.err


@pytest.mark.parametrize(
    ("given", "read"),
    [
        (["--cases", "a.csv"], ["--cases", "a.csv"]),
        (
            ["--cases", "a.csv", "b.csv", "--json"],
            ["--cases", "a.csv", "--cases", "b.csv", "--json"],
        ),
        (["--cases=a.csv", "b.xls"], ["--cases=a.csv", "--cases", "b.xls"]),
        (["--cases", "a.csv", "--date", "2026.06"], ["--cases", "a.csv", "--date", "2026.06"]),
        (["--cases", "a.csv", "rule-id"], ["--cases", "a.csv", "rule-id"]),
    ],
)
def test_the_option_is_repeated_before_further_files(given: list[str], read: list[str]) -> None:
    assert spread(given) == read
