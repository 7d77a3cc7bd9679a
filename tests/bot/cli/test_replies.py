from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.command import ROOT
from tests.support.tables import case_no

if TYPE_CHECKING:
    from tests.support.command import Commands

KEYS = ["finding", "case_no", "rule", "intent", "field", "value"]
UNREAD = {"readings": [], "ask": True}


def line(text: object, person: object = "林知秋", reply_to: object = None) -> str:
    return json.dumps({"person": person, "text": text, "reply_to": reply_to}, ensure_ascii=False)


def read(home: Commands, *lines: str) -> list[dict[str, Any]]:
    outcome = home("replies", "--jsonl", stdin="".join(f"{one}\n" for one in lines))
    assert outcome.code == 0
    return outcome.lines


def number_of(home: Commands, sequence: int) -> str:
    lines = home("findings", "--json").lines
    return next(str(one["finding"]) for one in lines if one["case_no"] == case_no(sequence))


def test_a_reading_has_exactly_the_agreed_keys(home: Commands) -> None:
    [answer] = read(home, line(f"{number_of(home, 1)} 已改，审结日期是6.16"))
    assert list(answer) == ["readings", "ask"]
    assert not answer["ask"]
    [reading] = answer["readings"]
    assert list(reading) == KEYS
    assert reading["case_no"] == case_no(1)
    assert (reading["intent"], reading["value"]) == ("corrected", "2026-06-16")


def test_the_quoted_finding_is_the_one_that_is_meant(home: Commands) -> None:
    number = number_of(home, 2)
    [answer] = read(home, line("知道了", reply_to=number.lower()))
    assert {reading["finding"] for reading in answer["readings"]} == {number}


def test_a_name_and_an_assistant_are_understood(home: Commands) -> None:
    [answer] = read(home, line("钱多多那个不是我的", person="程小满"))
    assert {reading["case_no"] for reading in answer["readings"]} == {case_no(2)}


def test_days_are_counted_from_the_exports_day_or_the_one_given(home: Commands) -> None:
    said = line("周四前办结", reply_to=number_of(home, 1))
    [answer] = read(home, said)
    assert answer["readings"][0]["value"] == "2026-06-18"
    later = home("replies", "--jsonl", "--date", "2026-06-22", stdin=said + "\n").lines
    assert later[0]["readings"][0]["value"] == "2026-06-25"


def test_what_could_be_two_is_asked_back(home: Commands) -> None:
    [answer] = read(home, line("改好了"))
    assert answer["ask"]


@pytest.mark.parametrize(
    "bad",
    [
        "not json",
        "",
        "[]",
        "null",
        '{"person": "林知秋"}',
        line(5),
        line("收到", person=None),
        line("收到", reply_to=7),
        "[" * 100_000,
    ],
)
def test_a_bad_line_is_one_line_out_and_one_sentence(home: Commands, bad: str) -> None:
    outcome = home("replies", "--jsonl", stdin=f"{bad}\n{line('收到')}\n")
    assert outcome.code == 0
    assert outcome.lines[0] == UNREAD
    assert len(outcome.lines) == 2
    assert outcome.sentence.startswith("第 1 行")


def test_bytes_that_are_no_text_are_a_bad_line(home: Commands) -> None:
    done = home.program("replies", "--jsonl", stdin=b"\xff\xfe\n")
    assert json.loads(done.stdout) == UNREAD
    assert "Traceback" not in done.stderr.decode()


@pytest.mark.parametrize("text", ["", " ", "改" * 5000, "\ud800", "😀", "A99 已改", "?" * 300])
def test_any_text_is_one_line_out(home: Commands, text: str) -> None:
    [answer] = read(home, json.dumps({"person": "林知秋", "text": text, "reply_to": None}))
    assert list(answer) == ["readings", "ask"]


def test_somebody_without_findings_is_one_line_out(home: Commands) -> None:
    [answer] = read(home, line("收到", person="没有人"))
    assert all(reading["finding"] is None for reading in answer["readings"])


def test_each_line_is_answered_before_the_next_is_read(home: Commands) -> None:
    running = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", "bot.cli.main", "--home", home.home, "replies", "--jsonl"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
    )
    assert running.stdin is not None
    assert running.stdout is not None
    for text in ("收到", "改好了"):
        running.stdin.write(line(text).encode() + b"\n")
        running.stdin.flush()
        assert "readings" in json.loads(running.stdout.readline())
    running.stdin.close()
    assert running.wait(timeout=60) == 0
    running.stdout.close()


def test_reading_changes_nothing(home: Commands) -> None:
    before = home("ledger", "verify").out, home("findings", "--json").out
    read(home, line("全部知悉"), line("第1条 已改"))
    assert (home("ledger", "verify").out, home("findings", "--json").out) == before
