from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.command import Commands


@pytest.fixture
def home(fangyuan: Commands) -> Commands:
    fangyuan("init")
    assert fangyuan("user", "list").code == 0
    return fangyuan


def tampered(home: Commands, statement: str) -> None:
    connection = sqlite3.connect(home.home / "fangyuan.db")
    for (name,) in connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    ).fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute(statement)
    connection.commit()
    connection.close()


def exported(home: Commands, path: Path) -> list[str]:
    outcome = home("ledger", "export", "--out", path)
    assert (outcome.code, outcome.out) == (0, "")
    return path.read_text(encoding="utf-8").splitlines()


def test_an_intact_ledger_is_said_to_be_so_with_its_head(home: Commands) -> None:
    outcome = home("ledger", "verify")
    assert outcome.code == 0
    assert "流水完整" in outcome.out
    assert outcome.err == ""


def test_a_changed_entry_is_named_and_ends_with_one(home: Commands) -> None:
    tampered(home, "UPDATE ledger SET body = replace(body, 'config', 'nobody') WHERE seq = 2")
    outcome = home("ledger", "verify")
    assert outcome.code == 1
    assert "第 2 条" in outcome.sentence


def test_a_cut_tail_is_seen_by_a_printed_head(home: Commands) -> None:
    head = home("ledger", "verify").out.rsplit(" ", 1)[1].strip()
    assert home("ledger", "verify", "--head", head).code == 0
    tampered(home, "DELETE FROM ledger WHERE seq = (SELECT max(seq) FROM ledger)")
    assert home("ledger", "verify", "--head", head).code == 1


def test_an_exported_ledger_is_checked_without_a_home(
    home: Commands, fangyuan: Commands, tmp_path: Path
) -> None:
    path = tmp_path / "ledger.jsonl"
    lines = exported(home, path)
    fangyuan.home = tmp_path / "no home"
    assert fangyuan("ledger", "verify", path).code == 0
    path.write_text("\n".join(lines[:-1]) + "\n", encoding="utf-8")
    outcome = fangyuan("ledger", "verify", path)
    assert outcome.code == 1
    assert "不完整" in outcome.sentence
    assert not fangyuan.home.exists()


def test_the_export_is_json_lines_without_names(home: Commands, tmp_path: Path) -> None:
    lines = exported(home, tmp_path / "ledger.jsonl")
    entries = [json.loads(line) for line in lines]
    assert [entry["sequence"] for entry in entries] == list(range(1, len(entries) + 1))
    assert "周岚" not in "".join(lines)


@pytest.mark.parametrize(
    "arguments",
    [
        ["verify", "--head", "three"],
        ["verify", "missing.jsonl"],
        ["export", "--out", "no/such/folder/ledger.jsonl"],
    ],
)
def test_what_cannot_be_used_is_one_sentence(home: Commands, arguments: list[str]) -> None:
    outcome = home("ledger", *arguments)
    assert outcome.code == 2
    assert outcome.sentence


def test_the_configured_second_folder_is_held_against_the_ledger(
    home: Commands, tmp_path: Path
) -> None:
    config = home.home / "config.yaml"
    text = config.read_text(encoding="utf-8")
    config.write_text(f"{text}\nledger: {{second_folder: {tmp_path}}}\n", encoding="utf-8")
    outcome = home("ledger", "verify")
    assert (outcome.code, "没有" in outcome.err or "不可用" in outcome.err) == (0, True)
    head = outcome.out.rsplit(" ", 1)[1].strip()
    (tmp_path / "heads").write_text(f"{head} 2026-06-15\n", encoding="utf-8")
    assert "与公布的校验值一致；其后 0 条、0 分钟" in home("ledger", "verify").out
    (tmp_path / "heads").write_text(f"{head[:-16]}{'0' * 16}\n", encoding="utf-8")
    assert home("ledger", "verify").code == 1
    assert "校验值" in home("doctor").err


def test_a_database_file_is_verified_without_a_home(
    home: Commands, fangyuan: Commands, tmp_path: Path
) -> None:
    database = home.home / "fangyuan.db"
    fangyuan.home = tmp_path / "no home"
    assert "流水完整" in fangyuan("ledger", "verify", database).out
    assert fangyuan("ledger", "verify", database, "--texts", database).code == 2


def test_who_may_not_read_the_ledger_gets_no_copy(home: Commands, tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    outcome = home("ledger", "export", "--out", path, "--by", "周岚")
    assert (outcome.code, "权限" in outcome.sentence, path.exists()) == (2, True, False)
    assert home("ledger", "export", "--out", path, "--by", "钟敏").code == 0
    last = json.loads(path.read_text(encoding="utf-8").splitlines()[-1])
    assert (last["act"], last["actor"][:7]) == ("ledger_exported", "person:")


def test_texts_and_workbook_are_written_on_wish_and_the_texts_are_held_against_the_chain(
    home: Commands, tmp_path: Path
) -> None:
    chain, texts, sheet = (tmp_path / name for name in ("l.jsonl", "t.jsonl", "l.xlsx"))
    assert home("ledger", "export", "--out", chain, "--texts", texts, "--xlsx", sheet).code == 0
    assert sheet.stat().st_size > 0
    assert home("ledger", "verify", chain, "--texts", texts).code == 0
    texts.write_text(texts.read_text(encoding="utf-8").replace("周岚", "周兰"), encoding="utf-8")
    outcome = home("ledger", "verify", chain, "--texts", texts)
    assert (outcome.code, "旁存文字" in outcome.sentence) == (1, True)
