from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.cli.ending import system_sentence
from tests.support.command import ROOT, program

if TYPE_CHECKING:
    from tests.support.command import Commands


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nonsense"], "没有命令 nonsense"),
        (["findings", "--nonsense"], "没有选项 --nonsense"),
        (["period"], "缺少 start"),
        (["replies"], "缺少 --jsonl"),
        (["ledger", "export"], "缺少 --out"),
        (["ledger", "verify", "a", "b"], "多出了参数 b"),
        (["import", "a.csv", "--date", "6月15日"], "应当是 2026-06-15 这样的日期"),
        (["import", "a.csv", "--date"], "--date"),
        (["import"], "没有给出导出文件"),
        (["import", "--undo", "a.csv"], "--undo"),
    ],
)
def test_wrong_use_is_one_sentence_and_two(
    fangyuan: Commands, arguments: list[str], said: str
) -> None:
    outcome = fangyuan(*arguments)
    assert outcome.code == 2
    assert outcome.out == ""
    assert said in outcome.sentence
    assert not fangyuan.home.exists()


def test_no_command_at_all_shows_the_commands() -> None:
    done = program()
    assert done.returncode == 2
    assert "check-config" in done.stderr.decode()


def test_a_home_without_a_command_is_one_sentence(fangyuan: Commands) -> None:
    assert "缺少子命令" in fangyuan().sentence


def test_help_is_done_and_goes_to_stdout(fangyuan: Commands) -> None:
    outcome = fangyuan("ledger", "verify", "--help")
    assert outcome.code == 0
    assert "--head" in outcome.out


@pytest.mark.parametrize("command", [["findings"], ["replies", "--jsonl"], ["user", "list"]])
def test_looking_does_not_make_a_home_out_of_a_slip(fangyuan: Commands, command: list[str]) -> None:
    outcome = fangyuan(*command)
    assert outcome.code == 2
    assert "不存在" in outcome.sentence
    assert not fangyuan.home.exists()


def test_a_home_that_is_a_file_is_one_sentence(fangyuan: Commands) -> None:
    fangyuan.home.write_text("not a folder", encoding="utf-8")
    assert "无法使用" in fangyuan("init").sentence
    assert fangyuan("init").code == 2
    assert fangyuan("findings").code == 2


def test_the_home_may_stand_in_the_environment(tmp_path: Path) -> None:
    done = program("init", FANGYUAN_HOME=str(tmp_path / "there"))
    assert done.returncode == 0
    assert (tmp_path / "there" / "config.yaml").exists()


def test_without_both_the_platforms_data_folder_is_meant(tmp_path: Path) -> None:
    done = program("findings", FANGYUAN_HOME="", XDG_DATA_HOME=str(tmp_path))
    assert str(tmp_path / "fangyuan") in done.stderr.decode()


def test_output_is_utf8_whatever_the_locale(tmp_path: Path) -> None:
    home = tmp_path / "home"
    done = program("--home", home, "init", LC_ALL="C", PYTHONIOENCODING="gb18030")
    assert "已建立数据目录" in done.stdout.decode("utf-8")


def test_a_full_disk_is_one_sentence() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("SKIPPED LOUDLY: no /dev/full here")
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "bot.cli.main", "period", "2026-09-18", "15日"],
            stdout=full,
            stderr=subprocess.PIPE,
            cwd=ROOT,
            check=False,
            timeout=60,
        )
    assert done.returncode == 2
    assert "磁盘已满" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def test_a_closed_pipe_ends_quietly() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as closed:
        done = subprocess.run(
            [sys.executable, "-m", "bot.cli.main", "period", "2026-09-18", "15日"],
            stdout=closed,
            stderr=subprocess.PIPE,
            cwd=ROOT,
            check=False,
            timeout=60,
        )
    assert (done.returncode, done.stderr) == (0, b"")


def test_an_interrupt_is_one_sentence(fangyuan: Commands) -> None:
    fangyuan("init")
    running = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", "bot.cli.main", "--home", fangyuan.home, "replies", "--jsonl"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
    )
    assert running.stdin is not None
    assert running.stdout is not None
    running.stdin.write(b"{}\n")
    running.stdin.flush()
    # its first line out says that it is waiting for the next one in
    running.stdout.readline()
    running.send_signal(signal.SIGINT)
    _, err = running.communicate(timeout=60)
    assert running.returncode == 130
    assert err.decode().splitlines()[-1].startswith("已中断")
    assert "Traceback" not in err.decode()


def test_the_systems_refusal_names_the_file() -> None:
    refused = OSError(errno.EACCES, "Permission denied", "/there")
    assert "/there" in system_sentence(refused)
    full = OSError(errno.ENOSPC, "No space left on device")
    assert system_sentence(full).startswith("磁盘已满")
