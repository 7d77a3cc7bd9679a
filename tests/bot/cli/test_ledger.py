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
