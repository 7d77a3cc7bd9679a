from __future__ import annotations

import gc
import json
import os
import resource
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from storage import ledger, ledger_export, ledger_sheet
from storage.errors import ExportTargetError, LedgerFileError
from storage.ledger_export import Files
from tests.support.database import NOW, later

if TYPE_CHECKING:
    from collections.abc import Iterator

    from storage.database import Database

DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "#N/A", "%0A", "|cmd"]


@pytest.fixture
def files(database: Database, tmp_path: Path) -> Files:
    with database.transaction(NOW) as tx:
        for words in DANGEROUS:
            tx.record(words, words, actor=words, data={"words": words}, text=f"话 {words}")
        tx.record("long", "ledger", actor="person:1", data={"words": "长" * 40_000 + "\x0b"})
    with database.transaction(later(60)) as tx:
        ledger.erase_text(tx, 1, reason="期满", actor="system")
    written = Files(tmp_path / "l.jsonl", tmp_path / "t.jsonl", tmp_path / "l.xlsx")
    ledger_export.export(database, written, now=later(120), actor="person:7")
    return written


def test_every_export_is_an_entry_and_in_it(files: Files) -> None:
    last = json.loads(files.chain.read_text(encoding="utf-8").splitlines()[-1])
    assert (last["act"], last["actor"], last["data"]) == (
        "ledger_exported",
        "person:7",
        {"files": ["chain", "texts", "xlsx"]},
    )


def test_the_second_file_holds_the_texts_that_are_kept(files: Files) -> None:
    assert files.texts is not None
    rows = [json.loads(line) for line in files.texts.read_text(encoding="utf-8").splitlines()]
    assert [row["text"] for row in rows] == [f"话 {words}" for words in DANGEROUS[1:]]
    assert "话" not in files.chain.read_text(encoding="utf-8")


def test_the_workbook_has_chinese_headings_a_frozen_head_and_a_filter(files: Files) -> None:
    sheet = load_workbook(str(files.sheet)).worksheets[0]
    assert [cell.value for cell in sheet[1]] == list(ledger_sheet.HEADINGS)
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:I1")
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == list(range(1, 12))


def test_nothing_in_the_workbook_is_a_formula(files: Files) -> None:
    sheet = load_workbook(str(files.sheet)).worksheets[0]
    cells = [cell for row in sheet.iter_rows(min_row=2, min_col=2) for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
    quoted = {cell.value for cell in cells if cell.quotePrefix}
    assert quoted >= set(DANGEROUS)


def test_the_workbook_says_what_became_of_the_personal_text(files: Files) -> None:
    sheet = load_workbook(str(files.sheet)).worksheets[0]
    beside = [row[6].value for row in sheet.iter_rows(min_row=2)]
    assert beside == ["已按期清除", *["另存"] * 7, None, None, None]


def test_a_cell_that_is_too_long_is_cut_and_says_so(files: Files) -> None:
    sheet = load_workbook(str(files.sheet)).worksheets[0]
    value = str(sheet.cell(row=10, column=6).value)
    assert value.endswith("（全文见流水文件）")
    assert len(value) < 32_767


@pytest.mark.parametrize("place", ["chain", "texts", "sheet"])
def test_an_export_that_cannot_be_written_leaves_neither_files_nor_an_entry(
    sqlite: Database, tmp_path: Path, place: str
) -> None:
    paths = {name: tmp_path / name for name in ("chain", "texts", "sheet")}
    paths[place] = tmp_path / "nowhere" / place
    with pytest.raises(LedgerFileError, match=place):
        ledger_export.export(sqlite, Files(**paths), now=NOW, actor="operator")
    assert ledger.verify(sqlite).entries == 0
    assert [one for one in tmp_path.iterdir() if not one.name.startswith("office.sqlite")] == []


@pytest.mark.parametrize("place", ["chain", "texts", "sheet"])
@pytest.mark.parametrize("there", ["database", "config", "folder", "device"])
def test_an_export_takes_the_place_of_nothing_but_an_earlier_one(
    sqlite: Database, tmp_path: Path, place: str, there: str
) -> None:
    paths = {name: tmp_path / name for name in ("chain", "texts", "sheet")}
    if there == "database":
        paths[place] = Path(sqlite.where)
    elif there == "device":
        paths[place] = Path(os.devnull)
    elif there == "folder":
        paths[place].mkdir()
    else:
        paths[place].write_text("office: 云北\n", encoding="utf-8")
    with pytest.raises(ExportTargetError, match="请换一个文件名"):
        ledger_export.export(sqlite, Files(**paths), now=NOW, actor="operator")
    assert ledger.verify(sqlite).entries == 0
    assert [name for name in paths if name != place and paths[name].exists()] == []


@pytest.mark.parametrize("pair", [("texts", "chain"), ("sheet", "texts")])
def test_two_files_of_an_export_are_never_one(
    sqlite: Database, tmp_path: Path, pair: tuple[str, str]
) -> None:
    (tmp_path / "folder").mkdir()
    paths = {name: tmp_path / name for name in ("chain", "texts", "sheet")}
    paths[pair[0]] = tmp_path / "folder" / ".." / pair[1]
    with pytest.raises(ExportTargetError, match="同一个文件"):
        ledger_export.export(sqlite, Files(**paths), now=NOW, actor="operator")
    assert ledger.verify(sqlite).entries == 0


def test_a_new_export_takes_the_place_of_the_one_before(sqlite: Database, tmp_path: Path) -> None:
    with sqlite.transaction(NOW) as tx:
        tx.record("claim", "finding:A01", actor="person:1", text="改好了")
    files = Files(tmp_path / "l.jsonl", tmp_path / "t.jsonl", tmp_path / "l.xlsx")
    for minute in (1, 2):
        ledger_export.export(sqlite, files, now=later(60 * minute), actor="operator")
    assert len(files.chain.read_text(encoding="utf-8").splitlines()) == 3


def test_a_path_through_a_file_ends_in_a_sentence(sqlite: Database, tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("信", encoding="utf-8")
    files = Files(tmp_path / "letter" / "l.jsonl")
    with pytest.raises(LedgerFileError, match=r"letter/l\.jsonl 无法读写：所在的路径不是目录"):
        ledger_export.export(sqlite, files, now=NOW, actor="operator")
    assert ledger.verify(sqlite).entries == 0


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """Let no file of this process grow beyond a size, as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.postgresql
def test_the_file_that_did_not_fit_is_named_and_none_is_left(
    postgresql: Database, tmp_path: Path
) -> None:
    with postgresql.transaction(NOW) as tx:
        for number in range(40):
            tx.record("claim", f"finding:A{number:02d}", actor="person:1", text="改好了")
    files = Files(tmp_path / "l.jsonl", tmp_path / "t.jsonl", tmp_path / "l.xlsx")
    with room_for(9_000), pytest.raises(LedgerFileError, match=r"/l\.jsonl 无法读写"):
        ledger_export.export(postgresql, files, now=NOW, actor="operator")
    # what openpyxl would leave half made complains when it is collected, which is an error here
    gc.collect()
    assert list(tmp_path.iterdir()) == []


def test_a_sheet_that_is_full_is_followed_by_another(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(ledger_sheet, "_PER_SHEET", 2)
    sheet = ledger_sheet.LedgerSheet()
    said: dict[str, object] = {
        "actor": "a",
        "act": "b",
        "object": "c",
        "data": {},
        "text_hash": None,
    }
    body = json.dumps({"moment": NOW.isoformat(), **said})
    for seq in (1, 2, 3):
        sheet.add(seq, "p", "h", body, has_text=False)
    sheet.save(tmp_path / "l.xlsx")
    book = load_workbook(tmp_path / "l.xlsx")
    assert [(one.title, one.max_row) for one in book.worksheets] == [("流水1", 3), ("流水2", 2)]
