from __future__ import annotations

import sqlite3
from datetime import date
from typing import TYPE_CHECKING

import pytest

from bot.checks import examine
from bot.cli import doctor
from knowledge.laws import shelf
from knowledge.laws.parse import parse
from tests.support.tables import LIST_HEADER, list_row, write_csv
from tests.support.texts import LOAN_RULES

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.command import Commands

TODAY = date(2026, 6, 15)
CONFIG = """\
office: {name: 海州市东港区人民检察院}
door: {token_file: token.txt, clearance: intranet}
people: [{name: 许亦, roles: [officer]}]
"""


@pytest.fixture
def home(fangyuan: Commands, tmp_path: Path) -> Commands:
    fangyuan("init")
    (fangyuan.home / "config.yaml").write_text(CONFIG, encoding="utf-8")
    token = fangyuan.home / "token.txt"
    token.write_text("123456:letters", encoding="utf-8")
    token.chmod(0o600)
    export = write_csv(tmp_path / "a.csv", [LIST_HEADER, list_row(1)])
    assert fangyuan("import", export, "--date", TODAY.isoformat()).code == 0
    return fangyuan


def problems(home: Commands, today: date = TODAY) -> list[str]:
    return examine(home.home, today).bad


def test_a_sound_home_has_no_problems_and_ends_with_none(
    home: Commands, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    code = doctor.run(home.home, TODAY)
    said = capsys.readouterr()
    assert (code, said.err) == (0, "")
    for word in (
        "数据目录",
        "磁盘",
        "配置",
        "令牌",
        "放假安排",
        "监控规则",
        "要点",
        "流水",
        "导出",
    ):
        assert word in said.out


def test_it_says_how_many_texts_questions_are_answered_from(home: Commands) -> None:
    assert any("还没有导入正式文本" in one for one in examine(home.home, TODAY).good)
    shelf.put(home.home, parse(LOAN_RULES, "办法.md"))
    assert any("有效文本 1 部" in one for one in examine(home.home, TODAY).good)


def test_a_folder_and_a_token_others_can_read_are_problems(home: Commands) -> None:
    home.home.chmod(0o755)
    (home.home / "token.txt").chmod(0o644)
    folder, token = problems(home)
    assert "chmod 700" in folder
    assert "chmod 600" in token


def test_a_token_that_is_not_there_is_a_problem(home: Commands) -> None:
    (home.home / "token.txt").unlink()
    assert "令牌文件" in problems(home)[0]


def test_a_broken_chain_is_a_problem(home: Commands) -> None:
    connection = sqlite3.connect(home.home / "fangyuan.db")
    triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    for (name,) in triggers.fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute("UPDATE ledger SET hash = 'x' WHERE seq = 1")
    connection.commit()
    connection.close()
    assert any("流水有误" in line for line in problems(home))


def test_a_file_that_is_no_database_is_a_problem(home: Commands) -> None:
    for path in home.home.glob("fangyuan.db*"):
        path.unlink()
    (home.home / "fangyuan.db").write_text("nothing of the kind" * 100, encoding="utf-8")
    assert any("fangyuan.db" in line for line in problems(home))


def test_a_faulty_configuration_is_a_problem_beside_the_others(home: Commands) -> None:
    (home.home / "config.yaml").write_text("office: 5", encoding="utf-8")
    assert any("office" in line for line in problems(home))


def test_an_old_export_is_a_problem(home: Commands) -> None:
    assert problems(home, date(2026, 6, 22)) == []
    [old] = problems(home, date(2026, 6, 23))
    assert "最近的导出是 2026-06-15" in old


def test_a_year_nobody_announced_is_a_problem_before_it_begins(home: Commands) -> None:
    told = [line for line in problems(home, date(2030, 12, 1)) if "放假安排" in line]
    assert [line for line in told if "2031" in line]
    assert all("docs/holidays.md" in line for line in told)


def test_an_empty_home_and_none_say_what_to_do_first(fangyuan: Commands) -> None:
    outcome = fangyuan("doctor")
    assert outcome.code == 1
    assert "fangyuan init" in outcome.sentence
    fangyuan("init")
    outcome = fangyuan("doctor")
    assert outcome.code == 1
    assert "fangyuan import" in outcome.err
    assert "Traceback" not in outcome.err


def test_a_restored_database_says_that_it_sends_nothing(home: Commands) -> None:
    copy = home.home / "copy.db"
    assert home("backup", "--out", copy).code == 0
    assert home("restore", copy, "--yes").code == 0
    assert any("fangyuan resume" in line for line in problems(home))
    assert home("resume").code == 0
    assert problems(home) == []


def test_a_home_without_a_configuration_is_examined_all_the_same(home: Commands) -> None:
    (home.home / "config.yaml").unlink()
    [told] = problems(home)
    assert "没有配置文件" in told
