from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.support.command import ROOT

if TYPE_CHECKING:
    from tests.support.command import Commands

FORBIDDEN = ("telegram", "sqlalchemy", "aiohttp", "polars", "pypinyin")


def test_a_question_is_answered_without_a_home(fangyuan: Commands) -> None:
    done = fangyuan("ask", "审捕期限几天")
    assert done.code == 0
    assert "依据：《人民检察院刑事诉讼规则》第二百八十二条" in done.out
    assert not fangyuan.home.exists()


def test_a_question_may_be_typed_in_several_words(fangyuan: Commands) -> None:
    assert "审查起诉" in fangyuan("ask", "shen", "cha", "qi", "su", "qixian").out


def test_an_article_that_is_not_imported_is_named_and_that_is_said(fangyuan: Commands) -> None:
    said = fangyuan("ask", "上诉会加刑吗").out
    assert "还没有这一条的原文" in said
    assert "依据：《中华人民共和国刑事诉讼法》第二百三十七条" in said


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
