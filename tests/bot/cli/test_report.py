from __future__ import annotations

import sys
from datetime import date
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from bot.cli import report
from tests.support.cases import DAY

if TYPE_CHECKING:
    from tests.support.command import Commands

MONTH = date.today().strftime("%Y-%m")  # noqa: DTZ011 - the ledger is written by the real clock


def test_the_log_of_the_newest_exports_day_is_written_for_its_owner(
    home: Commands, tmp_path: Path
) -> None:
    outcome = home("report", "daily", "--out", tmp_path / "out")
    assert outcome.code == 0
    path = Path(outcome.out.strip())
    assert path.name == f"流程监控日志（{DAY}）.xlsx"
    assert path.stat().st_mode & 0o077 == 0
    assert "代码" in load_workbook(path).sheetnames


def test_a_day_can_be_named(home: Commands, tmp_path: Path) -> None:
    today = date.today()  # noqa: DTZ011
    outcome = home("report", "daily", "--date", today.isoformat(), "--out", tmp_path)
    sheet = load_workbook(outcome.out.strip()).worksheets[0]
    assert sheet["A2"].value.date() == today
    assert sheet["D2"].value == "审查逮捕4件"


def test_the_register_is_written_for_a_year_or_for_all(home: Commands, tmp_path: Path) -> None:
    for words, name in ((["--year", "2026"], "2026年"), ([], "各年")):
        outcome = home("report", "register", "--out", tmp_path, *words)
        assert Path(outcome.out.strip()).name == f"流程监控台账（{name}）.xlsx"


def test_what_is_written_stands_in_the_ledger(home: Commands, tmp_path: Path) -> None:
    home("report", "register", "--out", tmp_path)
    home("ledger", "export", "--out", tmp_path / "l.jsonl")
    acts = (tmp_path / "l.jsonl").read_text(encoding="utf-8")
    assert '"act":"report_made"' in acts


def test_statistics_are_words_for_people(home: Commands) -> None:
    outcome = home("report", "statistics", "--range", MONTH)
    assert outcome.code == 0
    assert "监控案件0件" in outcome.out
    assert "自动巡查件数（件）：4" in outcome.out
    assert "定义" not in outcome.err
    assert "人工监控件数：期内流程监控人员经手的案件" in outcome.out


def test_statistics_are_lines_for_machines(home: Commands) -> None:
    first, *lines = home("report", "statistics", "--month", MONTH, "--json").lines
    assert first["range"]["from"].startswith(MONTH)
    figures = {line["key"]: line for line in lines if "key" in line}
    assert figures["patrolled"]["value"] == 4
    assert figures["patrolled"]["entries"]
    assert set(figures["watched"]) == {
        "key",
        "name",
        "unit",
        "value",
        "definition",
        "entries",
        "cases",
        "before",
        "year_ago",
    }
    groups = {line["row"]: line["figures"] for line in lines if line.get("table") == "groups"}
    assert groups["合计"][0]["value"] == 4


def test_a_figure_is_walked_to_its_entries_and_an_entry_back(home: Commands) -> None:
    outcome = home("report", "statistics", "--month", MONTH, "--figure", "自动巡查件数")
    assert outcome.out.startswith("自动巡查件数 4件\n期内规则巡查覆盖的案件")
    entry = outcome.out.strip().rsplit(" ", 1)[1]
    back = home("report", "statistics", "--entry", entry)
    assert f"留痕流水第 {entry} 号" in back.out
    assert "自动巡查次数、自动巡查件数、自动巡查件次" in back.out
    (line,) = home("report", "statistics", "--entry", entry, "--json").lines
    assert line["figures"] == ["patrol_runs", "patrolled", "patrol_times"]
    (line,) = home(
        "report", "statistics", "--month", MONTH, "--figure", "patrolled", "--json"
    ).lines
    assert line["entries"] == [int(entry)]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--month", "十三月"], "不是月份、季度或年份"),
        (["--figure", "满意度"], "统计中没有“满意度”这一项"),
        (["--entry", "999999"], "留痕流水中没有第 999999 号"),
    ],
)
def test_what_is_not_there_is_one_sentence(home: Commands, words: list[str], said: str) -> None:
    outcome = home("report", "statistics", *words)
    assert outcome.code == 2
    assert said in outcome.sentence


def test_statistics_are_written_as_a_workbook_too(home: Commands, tmp_path: Path) -> None:
    outcome = home("report", "statistics", "--month", MONTH, "--out", tmp_path)
    path = Path(outcome.out.splitlines()[-1])
    assert "流水依据" in load_workbook(path).sheetnames


def test_the_offices_own_lines_are_used_and_a_slip_in_them_is_named(home: Commands) -> None:
    own = home.home / "business_lines.yaml"
    own.write_text(
        "groups:\n  - name: 全部\n    lines:\n      - {name: 逮捕, case_types: [审查逮捕案件]}\n",
        encoding="utf-8",
    )
    lines = home("report", "statistics", "--month", MONTH, "--json").lines
    assert [one["row"] for one in lines if one.get("table") == "groups"] == ["全部", "合计"]
    own.write_text("groups: 无\n", encoding="utf-8")
    assert "业务条线 business_lines.yaml 第 1 行" in home("report", "statistics").sentence


def test_without_a_home_nothing_is_made(fangyuan: Commands, tmp_path: Path) -> None:
    outcome = fangyuan("report", "daily", "--out", tmp_path / "out")
    assert outcome.code == 2
    assert "不存在" in outcome.sentence
    assert not (tmp_path / "out").exists()


def test_drafts_of_work_reports_are_written_with_their_annex(
    home: Commands, tmp_path: Path
) -> None:
    for kind, words in (
        ("monthly", ["--month", MONTH]),
        ("department", ["--month", MONTH, "--name", "第一检察部"]),
        ("quarterly", ["--range", MONTH]),
        ("yearly", ["--range", MONTH]),
    ):
        outcome = home("report", kind, "--out", tmp_path / kind, *words)
        assert outcome.code == 0, outcome.err
        endings = {Path(line).suffix for line in outcome.out.splitlines()}
        assert endings == {".docx", ".xlsx"}


def test_without_heads_there_is_no_department_to_write_to(home: Commands, tmp_path: Path) -> None:
    outcome = home("report", "department", "--out", tmp_path)
    assert "没有部门负责人" in outcome.sentence


def test_who_looks_on_sees_how_far_the_reading_is(
    home: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal(StringIO):
        def isatty(self) -> bool:
            return True

    shown = Terminal()
    monkeypatch.setattr(sys, "stderr", shown)
    with report.opened(home.home) as office, office.database.reading() as session:
        facts = report.facts_of(session)
    assert facts.patrols
    assert "读取流水" in shown.getvalue()
