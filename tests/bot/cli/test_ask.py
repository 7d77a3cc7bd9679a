from __future__ import annotations

import io
import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from bot.cli import knowledge
from tests.support.command import ROOT
from tests.support.texts import LOAN_RULES

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.command import Commands

FORBIDDEN = ("telegram", "sqlalchemy", "aiohttp", "polars", "pypinyin")


class Terminal(io.StringIO):
    """Standard input at which a person sits."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    path = tmp_path / "借阅办法.md"
    path.write_text(LOAN_RULES, encoding="utf-8")
    return path


def test_a_question_is_answered_without_a_home(fangyuan: Commands) -> None:
    done = fangyuan("ask", "审捕期限几天")
    assert done.code == 0
    assert "依据：《人民检察院刑事诉讼规则》第二百八十二条" in done.out
    assert not fangyuan.home.exists()


def test_a_question_may_be_typed_in_several_words(fangyuan: Commands) -> None:
    assert "审查起诉" in fangyuan("ask", "shen", "cha", "qi", "su", "qixian").out


def test_what_is_out_of_scope_is_said_plainly(fangyuan: Commands) -> None:
    done = fangyuan("ask", "今天星期几")
    assert (done.code, done.out[:10]) == (0, "没有查到相关要点。换")


def test_a_vague_question_gets_an_offer(fangyuan: Commands) -> None:
    assert "可能是" in fangyuan("ask", "监督").out


def test_asking_nothing_is_wrong_use_in_one_sentence(fangyuan: Commands) -> None:
    done = fangyuan("ask")
    assert done.code == 2
    assert "--jsonl" in done.sentence


def test_every_line_is_answered_in_its_order(fangyuan: Commands) -> None:
    given = '{"q":"退侦最多几次"}\n\n{"q":"今天星期几"}\n{"q":"规则第690条"}\n'
    done = fangyuan("ask", "--jsonl", stdin=given)
    lines = [json.loads(line) for line in done.out.splitlines()]
    assert done.code == 0
    assert lines[0]["results"][0] == {
        "document": "人民检察院刑事诉讼规则",
        "article": "第三百四十六条",
        "title": "退回补充侦查（调查）不超过二次",
        "score": lines[0]["results"][0]["score"],
    }
    assert lines[0]["certain"] is True
    assert [line["results"] for line in lines[1:]] == [[], []]


def test_each_line_is_answered_before_the_next_is_given(fangyuan: Commands) -> None:
    with subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-m", "bot.cli.main", "--home", str(fangyuan.home), "ask", "--jsonl"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for question in ("审捕期限", "qbhs"):
            process.stdin.write(json.dumps({"q": question}) + "\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["results"]
        process.stdin.close()
        assert process.wait(timeout=30) == 0


@pytest.mark.parametrize("bad", ["x", "[]", "3", '{"q":1}', '{"question":"审捕"}', "\\ud800"])
def test_a_line_that_is_no_question_keeps_its_place_and_is_named(
    fangyuan: Commands, bad: str
) -> None:
    done = fangyuan("ask", "--jsonl", stdin=f'{bad}\n{{"q":"审捕期限"}}\n')
    first, second = map(json.loads, done.out.splitlines())
    assert first == {"results": [], "certain": False}
    assert second["results"]
    assert done.code == 2
    assert "第 1 行" in done.err


def test_one_question_for_machines_is_one_line(fangyuan: Commands) -> None:
    (line,) = fangyuan("ask", "审捕期限", "--jsonl").out.splitlines()
    assert json.loads(line)["results"][0]["article"] == "第二百八十二条"


def test_asking_imports_neither_messenger_nor_database(fangyuan: Commands) -> None:
    program = (
        "import sys; from bot.cli.main import app; from bot.cli import ending\n"
        f"ending.run(app, ['--home', {str(fangyuan.home)!r}, 'ask', '审捕期限'])\n"
        f"print(sorted(set(sys.modules) & set({FORBIDDEN!r})))"
    )
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_an_imported_text_is_shown_stored_listed_and_found(fangyuan: Commands, rules: Path) -> None:
    done = fangyuan("knowledge", "import", str(rules))
    assert "《图书借阅管理办法》，版本 2024-05-01，7 条" in done.out
    assert "已导入 1 份文本" in done.out
    assert "《图书借阅管理办法》，版本 2024-05-01，7 条" in fangyuan("knowledge", "list").out
    assert "第四条" in fangyuan("ask", "古籍由谁批准").out


def test_the_same_text_again_changes_nothing(fangyuan: Commands, rules: Path) -> None:
    fangyuan("knowledge", "import", str(rules), "--yes")
    stored = sorted((path.name, path.stat().st_mtime_ns) for path in fangyuan.home.rglob("*.json"))
    again = fangyuan("knowledge", "import", str(rules), "--yes")
    assert "都已导入过，没有变化" in again.out
    assert sorted((p.name, p.stat().st_mtime_ns) for p in fangyuan.home.rglob("*.json")) == stored


def test_a_newer_version_leaves_the_older_one_marked(fangyuan: Commands, rules: Path) -> None:
    fangyuan("knowledge", "import", str(rules))
    newer = rules.with_name("借阅办法(2025-01-01).md")
    newer.write_text(LOAN_RULES, encoding="utf-8")
    fangyuan("knowledge", "import", str(newer))
    lines = fangyuan("knowledge", "list").out.splitlines()
    assert [("旧版" in line) for line in lines] == [True, False]


def test_gaps_repeats_and_trial_texts_are_pointed_out(fangyuan: Commands, tmp_path: Path) -> None:
    path = tmp_path / "试行.txt"
    path.write_text("某规则（试行）\n第一条 甲。\n\n第三条 乙。\n\n第三条 丙。\n", encoding="utf-8")
    shown = fangyuan("knowledge", "import", str(path)).out
    assert "缺第 2 条" in shown
    assert "第 3 条出现两次以上" in shown
    assert "试行文本" in shown


def test_one_bad_file_stores_none(fangyuan: Commands, rules: Path, tmp_path: Path) -> None:
    bad = tmp_path / "日记.txt"
    bad.write_text("今天天气很好。", encoding="utf-8")
    done = fangyuan("knowledge", "import", str(rules), str(bad))
    assert done.code == 2
    assert done.err == "“日记.txt”不能导入：没有找到“第…条”，请确认是法律、规则一类的条文\n"
    assert "尚未导入文本" in fangyuan("knowledge", "list").out


@pytest.mark.parametrize("answer", [True, False])
def test_at_a_terminal_the_import_asks_first(
    fangyuan: Commands,
    rules: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    *,
    answer: bool,
) -> None:
    monkeypatch.setattr("sys.stdin", Terminal())
    asked: list[str] = []

    def confirm(sentence: str) -> bool:
        asked.append(sentence)
        return answer

    knowledge.import_texts([rules], fangyuan.home, yes=False, confirm=confirm)
    assert asked == ["导入以上 1 份文本？"]
    assert ("没有导入" in capsys.readouterr().out) is not answer
    assert (fangyuan.home / "knowledge").is_dir() is answer
