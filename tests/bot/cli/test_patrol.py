from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.support.command import ROOT
from tests.support.shared import shared_folder

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.command import Commands

LIST = """\
部门受案号,案件类别,承办检察官,受理日期,到期日期,审结日期,嫌疑人编号,强制措施
例检刑捕受[2026]990103000041号,审查逮捕案件,某甲,2026-06-10,2026-06-17,,99010320260000101,拘留
例检刑诉受[2026]990103000042号,一审公诉案件,,2026-06-01,2026-07-01,,99010320260000201,取保候审
"""


def a_list(folder: Path, text: str = LIST, name: str = "列表.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_every_hit_is_a_line_and_the_summary_the_last(fangyuan: Commands, tmp_path: Path) -> None:
    done = fangyuan("patrol", "--cases", a_list(tmp_path), "--date", "2026-06-15", "--json")
    lines = [json.loads(line) for line in done.out.splitlines()]
    assert done.code == 0
    assert [
        (line["rule"], line["state"], line["due"], line["days_left"]) for line in lines[:-1]
    ] == [
        ("arrest-review-detained-7d", "due_soon", "2026-06-17", 2),
        ("prosecutor-missing", "missing", None, None),
    ]
    first = lines[0]
    assert first["case_no"] == "例检刑捕受[2026]990103000041号"
    assert first["person_no"] == "99010320260000101"
    assert first["certain"] is True
    assert first["fields"]["受理日期"] == "2026-06-10"
    assert {"document": "人民检察院刑事诉讼规则", "article": "第二百八十二条"} in first["citations"]
    assert "6月17日届满" in first["message"]
    summary = lines[-1]["summary"]
    assert (summary["cases"], summary["persons"], summary["hits"]) == (2, 2, 2)
    assert summary["not_evaluated"]["nonarrest-still-detained"] == ["决定种类"]


def test_people_read_a_short_list(fangyuan: Commands, tmp_path: Path) -> None:
    done = fangyuan("patrol", "--cases", a_list(tmp_path), "--date", "2026-06-15")
    assert "期限临近（自动）" in done.out
    assert "依据：《刑诉规则》第282条" in done.out
    assert "2 条问题" in done.out


def test_the_day_is_the_exports_where_none_is_given(fangyuan: Commands, tmp_path: Path) -> None:
    path = a_list(tmp_path, name="案件列表_20260620.csv")
    done = fangyuan("patrol", "--cases", path, "--json")
    first = json.loads(done.out.splitlines()[0])
    assert (first["state"], first["days_left"]) == ("overdue", -3)


def test_refused_rows_are_told_beside_the_lines(fangyuan: Commands, tmp_path: Path) -> None:
    text = LIST + ",审查逮捕案件,某甲,2026-06-10,,,,\n"
    done = fangyuan("patrol", "--cases", a_list(tmp_path, text), "--date", "2026-06-15", "--json")
    assert done.code == 0
    assert "拒收第 4 行" in done.err
    assert all(line.startswith("{") for line in done.out.splitlines())


def test_a_bad_file_is_one_sentence_and_exit_2(fangyuan: Commands, tmp_path: Path) -> None:
    done = fangyuan("patrol", "--cases", tmp_path / "没有.csv")
    assert (done.code, done.out, len(done.err.splitlines())) == (2, "", 1)


def test_the_office_of_a_home_sets_its_own_days(fangyuan: Commands, tmp_path: Path) -> None:
    text = "部门受案号,完成日期,归档日期\n例检刑诉受[2026]990103000042号,2026-05-20,\n"
    path = a_list(tmp_path, text)
    fangyuan("init", "--office", "某院")
    config = fangyuan.home / "config.yaml"
    assert (
        "completed-not-archived"
        not in fangyuan("patrol", "--cases", path, "--date", "2026-06-15", "--json").out.split(
            '{"summary"'
        )[0]
    )
    config.write_text("office: {name: 某院}\nsettings: {归档天数: 10}\n", encoding="utf-8")
    done = fangyuan("patrol", "--cases", path, "--date", "2026-06-15", "--json")
    assert json.loads(done.out.splitlines()[0])["due"] == "2026-05-30"


def test_without_files_the_cards_of_the_home_are_patrolled(
    fangyuan: Commands, tmp_path: Path
) -> None:
    fangyuan("init", "--office", "某院")
    imported = fangyuan("import", a_list(tmp_path), "--date", "2026-06-15", "--json", "--yes")
    assert imported.code == 0, imported.err
    done = fangyuan("patrol", "--date", "2026-06-15", "--json")
    assert '"arrest-review-detained-7d"' in done.out


SCRIPT = """\
import sys
from bot.cli import ending
from bot.cli.main import app
code = ending.run(app, sys.argv[1:])
print(code, *sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
"""


def test_a_patrol_over_files_needs_no_database_and_no_messenger(tmp_path: Path) -> None:
    cases = shared_folder("samples", "sample_cases.csv")
    done = subprocess.run(  # noqa: S603 - our own program
        [
            *(sys.executable, "-c", SCRIPT, "--home", str(tmp_path / "home")),
            *("patrol", "--cases", str(cases), "--date", "2026-06-15", "--json"),
        ],
        capture_output=True,
        cwd=ROOT,
        check=True,
        stdin=subprocess.DEVNULL,
        timeout=60,
    )
    code, *modules = done.stderr.decode().splitlines()[-1].split()
    assert code == "0"
    assert {"telegram", "sqlalchemy", "aiohttp", "alembic"} & set(modules) == set()
