from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from tests.support.cases import detained, write_list

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.command import Commands

CONFIG = """\
office: {name: 云川市北宽区人民检察院}
door: {token_file: token, clearance: internet}
people:
  - {name: 周岚, department: 第一检察部, roles: [prosecutor]}
  - {name: 白桦, department: 案件管理办公室, roles: [officer]}
"""


@pytest.fixture
def home(fangyuan: Commands, tmp_path: Path) -> Commands:
    fangyuan.home.mkdir()
    (fangyuan.home / "config.yaml").write_text(CONFIG, encoding="utf-8")
    row = detained(2, 承办检察官="周岚", 受理日期="2026-06-09", 到期日期="2026-06-16")
    export = write_list(tmp_path / "list.csv", [row])
    outcome = fangyuan("import", export, "--date", "2026-06-12", "--yes")
    assert outcome.code == 0, outcome.err
    return fangyuan


def contents(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith(("-wal", "-shm"))
    }


def rehearsed(home: Commands, *arguments: object) -> list[dict[str, object]]:
    outcome = home("rehearse", "--date", "2026-06-15", "--json", *arguments)
    assert outcome.code == 0, outcome.err
    return outcome.lines


def test_what_a_morning_would_send_is_told_by_person_before_anybody_is_bound(
    home: Commands,
) -> None:
    told = rehearsed(home, "--days", "1")
    digest = next(one for one in told if one["person"] == "周岚")
    assert digest["at"] == "2026-06-15T08:30+08:00"
    assert digest["bound"] is False
    assert "6月16日届满，还有1天" in str(digest["text"])
    assert ["A01", "全部知悉"] in list(digest["buttons"])  # type: ignore[call-overload]


def test_days_off_are_passed_by_and_working_days_counted(home: Commands) -> None:
    told = rehearsed(home, "--days", "5")
    officer = [str(one["at"])[:10] for one in told if one["person"] == "白桦"]
    # 2026-06-19 is 端午, then a weekend: the fifth working day is the 22nd
    assert sorted(set(officer)) == [f"2026-06-{day}" for day in (15, 16, 17, 18, 22)]
    assert max(str(one["at"])[:10] for one in told) == "2026-06-22"


def test_nothing_of_the_home_changes(home: Commands) -> None:
    before = contents(home.home)
    rehearsed(home, "--days", "2")
    assert contents(home.home) == before


def test_it_reads_like_a_diary_and_says_that_nothing_was_sent(home: Commands) -> None:
    outcome = home("rehearse", "--date", "2026-06-15", "--days", "1")
    assert "═══ 2026-06-15 周一" in outcome.out
    assert "── 08:30 → 第一检察部 周岚（未绑定）" in outcome.out
    assert "没有发送，数据没有变化" in outcome.sentence


def test_an_empty_home_is_told_what_to_do_first(fangyuan: Commands) -> None:
    fangyuan.home.mkdir()
    outcome = fangyuan("rehearse")
    assert outcome.code == 2
    assert "请先运行 fangyuan import" in outcome.sentence


def test_records_on_a_server_are_not_rehearsed(fangyuan: Commands) -> None:
    fangyuan.home.mkdir()
    config = CONFIG + "database: postgresql+psycopg://127.0.0.1/nobody\n"
    (fangyuan.home / "config.yaml").write_text(config, encoding="utf-8")
    outcome = fangyuan("rehearse")
    assert outcome.code == 2
    assert "PostgreSQL" in outcome.sentence
