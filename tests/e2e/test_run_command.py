from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.knowledge.rules.test_bad_files import CHECK
from tests.support.command import ROOT, program
from tests.support.running_office import office_as_process

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support.running_office import RunningOffice

APPROVAL = {"number": "北检办〔2026〕1号", "person": "张某", "date": "2026-06-01"}


def _configure(home: Path, sandbox: RunningOffice | None, **more: Any) -> None:
    home.mkdir(parents=True, exist_ok=True)
    token = home / "token.txt"
    token.write_text(sandbox.token if sandbox else "1:abc", encoding="utf-8")
    token.chmod(0o600)
    door = {"token_file": "token.txt", "base_url": sandbox.url if sandbox else "http://127.0.0.1:9"}
    config = {
        "office": {"name": "云川市北宽区人民检察院"},
        "door": door,
        "people": [{"name": "周岚", "department": "第一检察部", "roles": ["prosecutor"]}],
        **more,
    }
    text = yaml.safe_dump(config, allow_unicode=True)
    (home / "config.yaml").write_text(text, encoding="utf-8")


@contextmanager
def _running(home: Path, told: list[str] | None = None) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", "bot.cli.main", "--home", str(home), "run"],
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    try:
        assert process.stderr is not None
        said = ""
        while "方圆已启动" not in said:
            line = process.stderr.readline()
            assert line, said
            said += line
        if told is not None:
            told.append(said)
        yield process
    finally:
        process.kill()
        process.wait()
        if process.stderr is not None:
            process.stderr.close()


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[RunningOffice]:
    with office_as_process(tmp_path / "sandbox", "--sandbox-only") as running:
        yield running


def test_the_bot_serves_its_door_and_ends_when_asked(
    tmp_path: Path, sandbox: RunningOffice
) -> None:
    home = tmp_path / "home"
    _configure(home, sandbox, approval=APPROVAL)
    with _running(home) as process:
        answer = sandbox.answer_to("周岚", "您好")
        health = json.loads((home / "health.json").read_text("utf-8"))
        process.send_signal(signal.SIGTERM)

        assert process.wait(timeout=8) == 0
    assert "尚未绑定" in answer["text"]
    assert (health["pid"], health["poller_silent_seconds"] < 60) == (process.pid, True)


def test_an_invited_person_binds_himself(tmp_path: Path, sandbox: RunningOffice) -> None:
    home = tmp_path / "home"
    _configure(home, sandbox, approval=APPROVAL)
    with _running(home):
        invited = program("--home", home, "user", "invite", "周岚").stdout.decode()
        code = next(word for word in invited.replace("：", " ").split() if len(word) == 10)

        answer = sandbox.answer_to("周岚", code)

    assert answer["text"].startswith("绑定成功")


def test_bad_own_rules_do_not_keep_it_from_starting(tmp_path: Path, sandbox: RunningOffice) -> None:
    home = tmp_path / "home"
    _configure(home, sandbox, approval=APPROVAL)
    own = home / "rules" / "own.yaml"
    own.parent.mkdir()
    told: list[str] = []
    for text in (CHECK.replace("[全部]", "全部"), CHECK, CHECK.replace("[全部]", "全部")):
        own.write_text(text, encoding="utf-8")
        with _running(home, told):
            pass

    shipped, good, earlier = told
    why = "规则文件 own.yaml 第 6 行：case_types 应当是一列文字"
    assert f"本院规则有误，未启用，没有此前有效的一套，只按随附的规则巡查。{why}" in shipped
    assert "本院规则有误" not in good
    assert f"本院规则有误，未启用，仍按此前的规则巡查。{why}" in earlier


def test_a_second_process_in_one_home_is_refused(tmp_path: Path, sandbox: RunningOffice) -> None:
    home = tmp_path / "home"
    _configure(home, sandbox, approval=APPROVAL)
    with _running(home):
        second = program("--home", home, "run")

    assert second.returncode == 2
    assert "正由另一个方圆进程使用" in second.stderr.decode()


def test_an_internet_door_without_approval_is_refused_in_one_sentence(tmp_path: Path) -> None:
    home = tmp_path / "home"
    _configure(home, None)

    ended = program("--home", home, "run")

    (line,) = ended.stderr.decode().splitlines()
    assert (ended.returncode, "须经批准" in line) == (2, True)


def test_a_refused_token_is_one_sentence(tmp_path: Path, sandbox: RunningOffice) -> None:
    home = tmp_path / "home"
    _configure(home, sandbox, approval=APPROVAL)
    (home / "token.txt").write_text("7000000001:" + "x" * 35, encoding="utf-8")
    os.chmod(home / "token.txt", 0o600)  # noqa: PTH101 - as an administrator does it

    ended = program("--home", home, "run")

    assert ended.returncode == 2
    assert "拒绝了机器人令牌" in ended.stderr.decode().splitlines()[-1]
    assert "x" * 35 not in ended.stderr.decode()


def test_without_a_network_it_waits_and_still_ends_when_asked(tmp_path: Path) -> None:
    home = tmp_path / "home"
    _configure(home, None, approval=APPROVAL)
    process = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", "bot.cli.main", "--home", str(home), "run"],
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert process.stderr is not None
    while "暂时连不上消息通道" not in (line := process.stderr.readline()):
        assert line
    process.send_signal(signal.SIGTERM)

    assert process.wait(timeout=8) == 0
    process.stderr.close()
