from __future__ import annotations

import json
import os
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from openpyxl import load_workbook

from bot.office import open_office
from bot.standing import existing
from handlers.campaigns import campaigns
from storage import people
from tests.support.docx_text import everything

if TYPE_CHECKING:
    from tests.support.command import Commands

MONTH = date.today().strftime("%Y-%m")  # noqa: DTZ011 - the ledger is written by the real clock
NUMBER = "专项2026-1"
WORKS = {
    "daily": (["--date", f"{MONTH}-01"], 1),
    "register": ([], 1),
    "monthly": (["--month", MONTH], 2),
    "department": (["--month", MONTH, "--name", "第一检察部"], 2),
    "quarterly": (["--range", MONTH], 2),
    "yearly": (["--range", MONTH], 2),
    "campaign": ([NUMBER], 1),
}


@pytest.fixture
def campaigning(home: Commands) -> Commands:
    """A home in which the campaign on card entries has just been started."""
    office = open_office(existing(home.home))
    try:
        now = datetime(2026, 6, 15, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
        with office.database.transaction(now) as tx:
            (officer,) = people.keep(
                tx.session, office.name, [people.Listed("陆明远", "综合业务部", ("officer",))]
            )
            desk = office.desk()
            draft = campaigns.begin(tx, desk, officer, "card-entry")
            campaigns.start(tx, desk, officer, draft)
    finally:
        office.close()
    return home


@pytest.mark.parametrize("kind", list(WORKS))
def test_what_is_written_is_named_complete_and_for_its_owner_alone(
    campaigning: Commands, tmp_path: Path, kind: str
) -> None:
    words, count = WORKS[kind]
    out = tmp_path / "made" / kind
    outcome = campaigning("report", kind, "--out", out, *words)
    assert outcome.code == 0, outcome.err
    paths = [Path(line) for line in outcome.out.splitlines()]
    assert sorted(out.iterdir()) == sorted(paths)
    assert len(paths) == count
    for path in paths:
        assert path.stat().st_mode & 0o077 == 0
        assert "留痕流水" in footers(path)
    assert out.stat().st_mode & 0o077 == 0


def footers(path: Path) -> str:
    """What stands at the foot of a file's pages, a paper's other text included."""
    if path.suffix == ".docx":
        return everything(path.read_bytes())
    feet = (sheet.oddFooter for sheet in load_workbook(path))
    return "".join(str(foot.left.text) for foot in feet if foot is not None and foot.left)


def test_a_campaigns_report_is_a_draft_with_its_annexes(
    campaigning: Commands, tmp_path: Path
) -> None:
    outcome = campaigning("report", "campaign", "2026-1", "--out", tmp_path)
    path = Path(outcome.out.strip())
    assert path.name == f"案卡填录专项监控报告（{NUMBER}）.docx"
    text = everything(path.read_bytes())
    assert "草稿，尚未审签" in text
    assert "符合条件\t4" in text
    assert "附件2　整改台账" in text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["campaign", "2026-9"], "没有编号为“2026-9”的专项监控"),
        (["monthly", "--month", "十三月"], "不是月份、季度或年份"),
        (["monthly", "--month", "2026-13"], "2026-13"),
        (["quarterly", "--range", "第五季度"], "不是月份、季度或年份"),
        (["yearly", "--range", "明天"], "不是月份、季度或年份"),
        (["daily", "--date", "6月31日"], "--date 的值不对，应当是 2026-06-15 这样的日期"),
        (["register", "--year", "26"], "--year 的值不对"),
        (["department"], "名册中没有部门负责人，没有可以送的部门"),
    ],
)
def test_what_cannot_be_written_is_one_sentence_and_leaves_nothing(
    campaigning: Commands, tmp_path: Path, words: list[str], said: str
) -> None:
    outcome = campaigning("report", *words, "--out", tmp_path / "made")
    assert outcome.code == 2
    assert said in outcome.sentence
    assert not (tmp_path / "made").exists()


@pytest.mark.parametrize("kind", list(WORKS))
def test_a_folder_that_cannot_be_made_is_one_sentence_and_nothing_is_recorded(
    campaigning: Commands, tmp_path: Path, kind: str
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    outcome = campaigning("report", kind, "--out", tmp_path / "file" / "made", *WORKS[kind][0])
    assert outcome.code == 2
    assert "请检查路径、权限和磁盘后重试" in outcome.sentence
    assert "report_made" not in exported(campaigning, tmp_path)


@pytest.mark.skipif(os.getuid() == 0, reason="root may write anywhere")
def test_a_folder_somebody_else_owns_is_one_sentence(campaigning: Commands, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    outcome = campaigning("report", "monthly", "--out", tmp_path / "made", "--month", MONTH)
    assert outcome.code == 2
    assert "请检查路径、权限和磁盘后重试" in outcome.sentence


def exported(home: Commands, folder: Path) -> str:
    """The ledger as `ledger export` writes it."""
    path = folder / "ledger.jsonl"
    outcome = home("ledger", "export", "--out", path)
    assert outcome.code == 0, outcome.err
    return path.read_text(encoding="utf-8")


def test_every_entry_a_figure_names_stands_in_the_export(
    campaigning: Commands, tmp_path: Path
) -> None:
    lines = campaigning("report", "statistics", "--month", MONTH, "--json").lines
    figures = [one for one in lines if "key" in one]
    named = {seq for one in figures for seq in one["entries"]}
    assert named
    known = {json.loads(line)["sequence"] for line in exported(campaigning, tmp_path).splitlines()}
    assert named <= known


def test_a_figure_on_its_own_says_what_the_whole_says(campaigning: Commands) -> None:
    lines = campaigning("report", "statistics", "--month", MONTH, "--json").lines
    whole = {one["key"]: one for one in lines if "key" in one}
    for key in ("patrolled", "watched"):
        (alone,) = campaigning(
            "report", "statistics", "--month", MONTH, "--figure", key, "--json"
        ).lines
        assert alone == whole[key]
