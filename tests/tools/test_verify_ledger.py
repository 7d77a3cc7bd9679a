from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from storage import backup, head_copies, ledger, ledger_export, ledger_file
from storage.database import Database, sqlite_url
from storage.errors import NotTheChainError
from storage.ledger_check import report
from storage.ledger_export import Files
from storage.ledger_head import Head
from tests.storage.conftest import migrated_file, sqlite
from tests.support.database import NOW, later
from tests.support.verifier import SCRIPT, Finding, verifier

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["migrated_file", "sqlite"]


@pytest.fixture
def files(sqlite: Database, tmp_path: Path) -> Files:
    """Six entries with texts, the second of which was erased: seven, and the export's own."""
    with sqlite.transaction(NOW) as tx:
        for number in range(1, 7):
            said = f"话{number}\n第二行"
            tx.record("claim", f"finding:A{number:02d}", actor="person:1", text=said)
    with sqlite.transaction(later(60)) as tx:
        ledger.erase_text(tx, 2, reason="期满", actor="system")
    written = Files(tmp_path / "ledger.jsonl", tmp_path / "texts.jsonl")
    ledger_export.export(sqlite, written, now=later(120), actor="operator")
    return written


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own script
        [sys.executable, "-I", "-S", str(SCRIPT), *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )


def beside(files: Files) -> list[dict[str, object]]:
    assert files.texts is not None
    return [json.loads(line) for line in files.texts.read_text(encoding="utf-8").splitlines()]


def lie(files: Files, rows: list[dict[str, object]]) -> Finding:
    """Write a forged texts file; both verifiers must find the same."""
    assert files.texts is not None
    lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
    files.texts.write_text("".join(lines), encoding="utf-8")
    product = Finding.of(ledger_file.verify_file(files.chain, texts=files.texts))
    assert verifier.export(files.chain, texts=files.texts) == product
    return product


def test_an_erased_text_is_no_fault(files: Files) -> None:
    assert [row["sequence"] for row in beside(files)] == [1, 3, 4, 5, 6]
    assert lie(files, beside(files)).bad is None


def swap(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    """Let two texts change places, each with its salt."""
    first, second = ({**rows[2], "sequence": 5}, {**rows[3], "sequence": 4})
    return [*rows[:2], second, first, *rows[4:]]


FORGED: dict[str, Callable[[list[dict[str, object]]], list[dict[str, object]]]] = {
    "altered": lambda rows: [*rows[:2], {**rows[2], "text": "别的话"}, *rows[3:]],
    "other salt": lambda rows: [*rows[:2], {**rows[2], "salt": "0" * 32}, *rows[3:]],
    "moved": swap,
    "missing": lambda rows: [*rows[:2], *rows[3:]],
    "not json": lambda rows: [*rows[:2], {"sequence": 4}, *rows[3:]],
}


@pytest.mark.parametrize("forgery", FORGED)
def test_a_text_that_is_not_the_recorded_one_is_named(files: Files, forgery: str) -> None:
    assert lie(files, FORGED[forgery](beside(files))).bad == 4


def test_a_text_that_should_be_gone_and_one_of_no_entry_are_named(files: Files) -> None:
    rows = beside(files)
    assert lie(files, [*rows, {**rows[0], "sequence": 99}]).bad == 99
    assert lie(files, [*rows[:4], rows[3], rows[4]]).bad in {5, 6}


MISSHAPEN: dict[str, Callable[[Any], dict[str, object]]] = {
    "a salt that swallows the first line": lambda row: {
        **row,
        "salt": f"{row['salt']}\n{row['text'].split()[0]}",
        "text": row["text"].split()[1],
    },
    "a salt with an end of line": lambda row: {**row, "salt": f"{row['salt']}\n"},
    "no text": lambda row: {**row, "text": ""},
    "a number in quotes": lambda row: {**row, "sequence": str(row["sequence"])},
    "a number with a point": lambda row: {**row, "sequence": float(row["sequence"])},
    "half a number": lambda row: {**row, "sequence": row["sequence"] + 0.5},
    "a word for a number": lambda row: {**row, "sequence": "abc"},
    "no number": lambda row: {"salt": row["salt"], "text": row["text"]},
    "null": lambda row: {**row, "sequence": None},
    "a remark": lambda row: {**row, "remark": "经查属实"},
    "a text that is a number": lambda row: {**row, "text": 5},
    "nothing at all": lambda _: {},
}


@pytest.mark.parametrize("place", [0, 2, 4])
@pytest.mark.parametrize("shape", MISSHAPEN)
def test_a_text_is_taken_as_written_or_not_at_all(files: Files, shape: str, place: int) -> None:
    rows = beside(files)
    number = rows[place]["sequence"]
    rows[place] = MISSHAPEN[shape](rows[place])
    assert lie(files, rows).bad == number
    done = run(files.chain, "--texts", files.texts)
    assert (done.returncode, done.stderr) == (1, "")


@pytest.mark.parametrize("line", ["{}", "[]", "null", "0", '""'])
def test_nothing_may_follow_the_last_text(files: Files, line: str) -> None:
    assert files.texts is not None
    with files.texts.open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")
    assert Finding.of(ledger_file.verify_file(files.chain, texts=files.texts)).bad is not None
    done = run(files.chain, "--texts", files.texts)
    assert (done.returncode, done.stderr) == (1, "")


@pytest.mark.parametrize("number", [-5, 0, 99])
def test_a_text_of_no_entry_is_no_text(files: Files, number: int) -> None:
    rows = beside(files)
    assert lie(files, [*rows, {**rows[0], "sequence": number}]).bad == max(number, 1)


def test_a_salt_in_the_database_swallows_no_line_either(sqlite: Database) -> None:
    with sqlite.transaction(NOW) as tx:
        tx.record("claim", "finding:A01", actor="person:1", text="没有超期\n是系统延迟")
    with closing(sqlite3.connect(sqlite.where)) as connection:
        connection.execute(
            "UPDATE ledger_texts SET salt = salt || char(10) || '没有超期', text = '是系统延迟'"
        )
        connection.commit()
    found = Finding.of(ledger.verify(sqlite))
    assert (found.bad, verifier.database(Path(sqlite.where))) == (1, found)


def test_a_text_still_there_although_erased_is_named(sqlite: Database, tmp_path: Path) -> None:
    with sqlite.transaction(NOW) as tx:
        tx.record("claim", "finding:A01", actor="person:1", text="张某某")
    path = tmp_path / "office.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        row = connection.execute("SELECT * FROM ledger_texts").fetchone()
        with sqlite.transaction(later(60)) as tx:
            ledger.erase_text(tx, 1, reason="期满", actor="system")
        connection.execute("INSERT INTO ledger_texts VALUES (?, ?, ?)", row)
        connection.commit()
    found = Finding.of(ledger.verify(sqlite))
    assert (found.bad, verifier.database(path)) == (1, found)


def test_two_heads_for_one_size_that_differ_are_an_alarm(sqlite: Database, files: Files) -> None:
    with sqlite.reading() as session:
        head = ledger.head(session)
    other = Head(head.size, "0" * 64)
    shorter = Head(head.size, head.hash[:16])
    assert ledger_file.verify_file(files.chain, [head, shorter]).ok
    for heads in ([head, other], [Head(99, "a" * 64), Head(99, "b" * 64)]):
        verdict = ledger_file.verify_file(files.chain, heads)
        assert "互相矛盾" in str(verdict.problem)
        done = run(files.chain, *(f"--head={one.size}:{one.hash}" for one in heads))
        assert (done.returncode, "互相矛盾" in done.stdout) == (1, True)


def test_heads_of_the_second_folder_and_of_an_older_export_are_understood(
    sqlite: Database, files: Files, tmp_path: Path
) -> None:
    with sqlite.reading() as session:
        head_copies.append(tmp_path, ledger.head(session), NOW)
    heads = tmp_path / "heads"
    for source in (heads, files.chain):
        done = run(files.chain, "--heads", source)
        assert (done.returncode, done.stdout.split("；")[0]) == (0, "至第 8 条与公布的校验值一致")
    heads.write_text(f"8:{'0' * 64} 2026-06-15T08:30:00+08:00\n", encoding="utf-8")
    assert run(files.chain, "--heads", heads).returncode == 1


def test_the_line_of_the_officer_s_summary_may_be_given_as_it_stands(
    sqlite: Database, files: Files
) -> None:
    with sqlite.reading() as session:
        head = ledger.head(session)
    said = f"留痕流水至第 {head.size} 号，校验值 {head.hash}"
    assert run(files.chain, "--head", said).returncode == 0
    assert Head.parse(f"第 {head.size} 号，校验值 {head.hash}") == head


@pytest.mark.parametrize(
    "arguments",
    [[], ["missing.jsonl"], [SCRIPT, "--head", "8:abc"], [SCRIPT, "--heads", "none"], ["a", "b"]],
)
def test_what_cannot_be_used_ends_with_two_and_one_sentence(arguments: list[object]) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)


@pytest.mark.parametrize(
    "content", [b"", b"no ledger\n", b"[]\n", b"\xff\xfe\n", b'{"sequence":1}\n']
)
def test_what_is_no_ledger_is_said_to_be_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "ledger.jsonl"
    path.write_bytes(content)
    assert run(path).returncode == 1
    assert Finding.of(ledger_file.verify_file(path)).bad == 1


def test_a_workbook_a_backup_and_the_texts_are_no_ledger_and_no_alarm(
    sqlite: Database, tmp_path: Path
) -> None:
    with sqlite.transaction(NOW) as tx:
        tx.record("claim", "finding:A01", actor="person:1", text="改好了")
    made = Files(tmp_path / "l.jsonl", tmp_path / "t.jsonl", tmp_path / "l.xlsx")
    ledger_export.export(sqlite, made, now=NOW, actor="operator")
    backup.backup_encrypted(sqlite, tmp_path / "b.enc", b"a long passphrase", tmp_path)
    for other in (made.texts, made.sheet, tmp_path / "b.enc"):
        assert other is not None
        with pytest.raises(NotTheChainError, match="不能核验"):
            ledger_file.verify_file(other)
        done = run(other)
        assert (done.returncode, done.stdout, "请给出" in done.stderr) == (2, "", True)


@pytest.mark.parametrize("size", [3, 300])
def test_a_head_that_may_be_mistyped_is_to_be_looked_at_first(files: Files, size: int) -> None:
    wrong = Head(size, "0123456789abcdef")
    said = report(ledger_file.verify_file(files.chain, [wrong]))
    assert "手工录入的校验值，请先与原件核对" in said
    assert "手工录入的校验值，请先与原件核对" in run(files.chain, "--head", wrong.printed).stdout


def test_an_empty_ledger_has_one_head_only(files: Files) -> None:
    assert Head.parse("0:0000000000000000") == Head(0, "0" * 16)
    assert Head.parse("0:5524d19c306f3f23") is None
    done = run(files.chain, "--head", "0:5524d19c306f3f23")
    assert (done.returncode, done.stdout) == (2, "")


def test_after_a_restore_the_heads_of_the_entries_that_were_lost_are_told_apart(
    sqlite: Database, tmp_path: Path
) -> None:
    with sqlite.transaction(NOW) as tx:
        tx.record("claim", "finding:A01", actor="person:1")
    backup.backup(sqlite, tmp_path / "saved.db")
    with sqlite.transaction(later(60)) as tx:
        for _ in range(5):
            tx.record("claim", "finding:A02", actor="person:1")
    with sqlite.reading() as session:
        lost = ledger.head(session)
    backup.restore(tmp_path / "saved.db", tmp_path / "back.db", now=later(120))
    back = Database(sqlite_url(tmp_path / "back.db"))
    missing = report(ledger.verify(back, [lost]))
    with back.transaction(later(180)) as tx:
        for _ in range(9):
            tx.record("claim", "finding:A03", actor="person:1")
    another = report(ledger.verify(back, [lost]))
    back.close()
    # a rollback stays an alarm, and it is said where to look
    for said in (missing, another):
        assert "流水有误" in said
        assert "第 2 条登记了从备份恢复" in said
    assert ledger.verify(sqlite, [lost]).ok


def test_a_name_that_stands_twice_in_a_line_is_a_fault(files: Files) -> None:
    lines = files.chain.read_text(encoding="utf-8").splitlines(keepends=True)
    lines[2] = lines[2].replace('"actor":', '"actor":"person:9","actor":', 1)
    files.chain.write_text("".join(lines), encoding="utf-8")
    found = Finding.of(ledger_file.verify_file(files.chain))
    assert (found.bad, verifier.export(files.chain)) == (3, found)


def test_a_line_spelled_otherwise_but_saying_the_same_is_accepted(files: Files) -> None:
    rows = [json.loads(line) for line in files.chain.read_text(encoding="utf-8").splitlines()]
    files.chain.write_text("".join(json.dumps(row) + "\r\n" for row in rows), encoding="utf-8")
    found = Finding.of(ledger_file.verify_file(files.chain))
    assert (found.bad, verifier.export(files.chain)) == (None, found)
