from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from storage import ledger, ledger_check, ledger_export, ledger_file
from storage.errors import LedgerFileError
from storage.ledger_head import Head
from tests.storage.tampering import ATTACKS, rehash, unguarded
from tests.support.database import NOW

if TYPE_CHECKING:
    from pathlib import Path

    from storage.database import Database

TEN = 10


@pytest.fixture
def ten(database: Database) -> Database:
    with database.transaction(NOW) as tx:
        for number in range(TEN):
            data = {"reason": "沟通", "number": number}
            tx.record(
                "claim", f"finding:A{number:02d}", actor="person:1", data=data, text=f"话{number}"
            )
    return database


def head_of(database: Database) -> Head:
    with database.reading() as session:
        return ledger.head(session)


def test_an_untouched_ledger_is_intact_and_its_head_is_told(ten: Database) -> None:
    verdict = ledger.verify(ten, [head_of(ten)])
    assert (verdict.ok, verdict.entries) == (True, TEN)
    assert ledger_check.report(verdict).endswith(head_of(ten).printed)


def test_an_empty_ledger_is_intact(database: Database) -> None:
    assert ledger.verify(database).ok


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_first_bad_entry_is_named(ten: Database, attack: str) -> None:
    with unguarded(ten) as connection:
        ATTACKS[attack](connection)
    verdict = ledger.verify(ten)
    assert not verdict.ok
    assert verdict.entries == 3
    assert "第 4 条" in ledger_check.report(verdict)


@pytest.mark.parametrize("attack", ["edit", "delete", "insert", "swap"])
def test_a_rewritten_ledger_gives_itself_away_by_a_head_that_left(
    ten: Database, attack: str
) -> None:
    published = head_of(ten)
    with unguarded(ten) as connection:
        ATTACKS[attack](connection)
        rehash(connection)
    assert not ledger.verify(ten, [Head(published.size, published.hash[:16])]).ok


def test_a_cut_tail_is_seen_even_without_a_published_head(ten: Database) -> None:
    with unguarded(ten) as connection:
        connection.execute(text("DELETE FROM ledger WHERE seq > 7"))
        connection.execute(text("DELETE FROM ledger_texts WHERE seq > 7"))
    verdict = ledger.verify(ten)
    assert verdict.problem is not None
    assert "尾部" in verdict.problem


def test_a_tail_cut_together_with_its_head_is_seen_by_a_head_that_left(ten: Database) -> None:
    published = head_of(ten)
    with unguarded(ten) as connection:
        connection.execute(text("DELETE FROM ledger WHERE seq > 7"))
        connection.execute(text("DELETE FROM ledger_texts WHERE seq > 7"))
        rehash(connection)
    assert ledger.verify(ten).ok
    verdict = ledger.verify(ten, [published])
    assert (verdict.bad, verdict.since, verdict.entries) == (8, 1, 0)
    assert "已公布过流水共 10 条，现只有 7 条" in ledger_check.report(verdict)


def test_a_tail_cut_and_filled_again_is_seen_by_a_head_that_left(ten: Database) -> None:
    published = head_of(ten)
    with unguarded(ten) as connection:
        connection.execute(text("DELETE FROM ledger WHERE seq > 7"))
        connection.execute(text("DELETE FROM ledger_texts WHERE seq > 7"))
        rehash(connection)
    with ten.transaction(NOW) as tx:
        for _ in range(5):
            tx.record("claim", "finding:B01", actor="person:2")
    assert ledger.verify(ten).ok
    verdict = ledger.verify(ten, [published])
    # one head tells that it happened, not where between the head before and itself
    assert (verdict.bad, verdict.since, verdict.entries) == (TEN, 1, 0)


def test_a_text_changed_beside_the_chain_is_seen(ten: Database) -> None:
    with ten.engine.begin() as connection:
        connection.execute(text("UPDATE ledger_texts SET text = '别的话' WHERE seq = 5"))
    assert ledger_check.report(ledger.verify(ten)).startswith("流水有误：第 5 条")


def test_a_text_removed_without_an_entry_is_seen(ten: Database) -> None:
    with ten.engine.begin() as connection:
        connection.execute(text("DELETE FROM ledger_texts WHERE seq = 5"))
    verdict = ledger.verify(ten)
    assert verdict.problem is not None
    assert "第 5 条：旁存文字不见了" in verdict.problem


def test_a_text_beside_no_entry_is_seen(ten: Database) -> None:
    with ten.engine.begin() as connection:
        connection.execute(
            text("INSERT INTO ledger_texts (seq, salt, text) VALUES (99, 'a', '多出来的')")
        )
    verdict = ledger.verify(ten)
    assert verdict.problem is not None
    assert "第 99 条" in verdict.problem


def test_a_body_that_is_no_json_is_named_although_it_is_chained(ten: Database) -> None:
    with unguarded(ten) as connection:
        connection.execute(text("UPDATE ledger SET body = 'x' WHERE seq = 4"))
        rehash(connection)
    assert "第 4 条" in ledger_check.report(ledger.verify(ten))


@pytest.mark.parametrize("seed", range(25))
def test_any_single_edit_of_an_old_entry_is_noticed(ten: Database, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - which byte is no secret
    published = head_of(ten)
    seq = chance.randint(1, TEN)
    with unguarded(ten) as connection:
        body = connection.scalar(text("SELECT body FROM ledger WHERE seq = :seq"), {"seq": seq})
        place = chance.randrange(len(str(body)))
        changed = f"{str(body)[:place]}{chance.choice('甲9x')}{str(body)[place + 1 :]}"
        connection.execute(
            text("UPDATE ledger SET body = :body WHERE seq = :seq"),
            {"body": changed + " ", "seq": seq},
        )
        if chance.random() < 0.5:
            rehash(connection)
    assert not ledger.verify(ten, [published]).ok


def test_a_printed_head_can_be_read_back(ten: Database) -> None:
    head = head_of(ten)
    assert head.printed == f"10:{head.hash[:16]}"
    assert Head.parse(f" {head.printed.upper()} ") == Head(10, head.hash[:16])


@pytest.mark.parametrize(
    "line",
    [
        "留痕流水头 10:{0}",
        "留痕流水校验值 10:{0}",
        "留痕流水至第 10 号，校验值 {0}",
        "第 10 号，校验值 {0}",
        "10：{0}",
    ],
)
def test_a_line_of_a_digest_or_a_footer_is_taken_as_it_stands(line: str) -> None:
    digits = "0123456789abcdef"
    assert Head.parse(line.format(digits)) == Head.find(line.format(digits)) == Head(10, digits)


@pytest.mark.parametrize(
    "words",
    ["", "10", "ten:abcdef0123456789", "10:abc", "10:0123456789abcde", "10:xyzxyzxyzxyzxyzxyz"],
)
def test_what_is_no_printed_head_is_not_taken_for_one(words: str) -> None:
    assert Head.parse(words) is None


@pytest.fixture
def exported(ten: Database, tmp_path: Path) -> Path:
    path = tmp_path / "ledger.jsonl"
    export(ten, path)
    return path


def export(database: Database, path: Path) -> Head:
    return ledger_export.export(database, ledger_export.Files(path), now=NOW, actor="operator")


def rows_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def write(path: Path, rows: list[dict[str, Any]]) -> None:
    lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
    path.write_text("".join(lines), encoding="utf-8")


def test_an_exported_ledger_is_checked_without_a_database(ten: Database, exported: Path) -> None:
    verdict = ledger_file.verify_file(exported, [head_of(ten)])
    assert (verdict.ok, verdict.entries) == (True, TEN + 1)


def test_an_export_carries_no_personal_text(exported: Path) -> None:
    assert "话3" not in exported.read_text(encoding="utf-8")
    assert rows_of(exported)[3]["data"] == {"number": 3, "reason": "沟通"}


FILE_ATTACKS = {
    "edited": lambda rows: [*rows[:3], {**rows[3], "data": {"reason": "协商"}}, *rows[4:]],
    "body edited": lambda rows: [*rows[:3], {**rows[3], "body": rows[3]["body"] + " "}, *rows[4:]],
    "column removed": lambda rows: [
        *rows[:3],
        {key: value for key, value in rows[3].items() if key != "act"},
        *rows[4:],
    ],
    "column added": lambda rows: [*rows[:3], {**rows[3], "remark": "已补正"}, *rows[4:]],
    "link removed": lambda rows: [
        *rows[:3],
        {key: value for key, value in rows[3].items() if key != "previous"},
        *rows[4:],
    ],
    "deleted": lambda rows: [*rows[:3], *rows[4:]],
    "inserted": lambda rows: [*rows[:3], rows[2], *rows[3:]],
    "swapped": lambda rows: [*rows[:3], rows[4], rows[3], *rows[5:]],
    "nonsense": lambda rows: [*rows[:3], {**rows[3], "body": None, "hash": 7}, *rows[4:]],
}


@pytest.mark.parametrize("attack", FILE_ATTACKS)
def test_the_first_bad_line_of_a_file_is_named(exported: Path, attack: str) -> None:
    write(exported, FILE_ATTACKS[attack](rows_of(exported)))
    assert ledger_check.report(ledger_file.verify_file(exported)).startswith("流水有误：第 4 条")


def test_a_file_cut_short_is_seen(exported: Path) -> None:
    write(exported, rows_of(exported)[:-2])
    assert "文件不完整" in ledger_check.report(ledger_file.verify_file(exported))


def test_an_emptied_file_is_seen(exported: Path) -> None:
    exported.write_text("", encoding="utf-8")
    assert not ledger_file.verify_file(exported).ok


@pytest.mark.parametrize("line", ['{"sequence": 4, "prev', "[]", "4", "[" * 20_000, "\xff"])
def test_a_line_that_is_no_entry_is_named(exported: Path, line: str) -> None:
    lines = exported.read_bytes().splitlines()
    lines[3] = line.encode("latin-1")
    exported.write_bytes(b"\n".join(lines))
    assert ledger_check.report(ledger_file.verify_file(exported)).startswith("流水有误：第 4 条")


def test_a_file_that_is_not_there_ends_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(LedgerFileError, match=r"nothing\.jsonl"):
        ledger_file.verify_file(tmp_path / "nothing.jsonl")


def test_an_export_into_nowhere_ends_in_a_sentence_and_leaves_nothing(
    ten: Database, tmp_path: Path
) -> None:
    with pytest.raises(LedgerFileError, match="无法读写"):
        export(ten, tmp_path / "nowhere" / "ledger.jsonl")
    assert not (tmp_path / "nowhere").exists()


def test_an_export_replaces_an_older_one_whole(ten: Database, exported: Path) -> None:
    with ten.transaction(NOW) as tx:
        tx.record("claim", "finding:B01", actor="person:1")
    head = export(ten, exported)
    assert (head.size, len(rows_of(exported))) == (13, 13)
    assert [one.name for one in exported.parent.glob(".ledger*")] == []
