from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from storage import head_copies, ledger, ledger_export
from storage.errors import HeadCopyError, HeadFileError
from storage.ledger_head import Head
from tests.support.database import NOW, later

if TYPE_CHECKING:
    from pathlib import Path

    from storage.database import Database

FIRST, SECOND = Head(1, "a" * 64), Head(5, "b" * 64)


def test_heads_gather_line_by_line(tmp_path: Path) -> None:
    head_copies.append(tmp_path, FIRST, NOW)
    head_copies.append(tmp_path, SECOND, later(60))
    assert head_copies.read(tmp_path / "heads") == [FIRST, SECOND]
    assert (tmp_path / "heads").read_text(encoding="utf-8").splitlines()[0] == (
        f"1:{'a' * 64} 2026-06-15T08:30:00+08:00"
    )


def test_a_line_left_unfinished_spoils_no_other(tmp_path: Path) -> None:
    head_copies.append(tmp_path, FIRST, NOW)
    with (tmp_path / "heads").open("ab") as file:
        file.write(b"3:abc")
    head_copies.append(tmp_path, SECOND, NOW)
    assert head_copies.read(tmp_path / "heads") == [FIRST, SECOND]


def test_a_folder_that_is_not_mounted_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(HeadCopyError, match="挂载"):
        head_copies.append(tmp_path / "other", FIRST, NOW)
    assert not (tmp_path / "other").exists()


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "heads").mkdir()
    with pytest.raises(HeadCopyError, match=tmp_path.name):
        head_copies.append(tmp_path, FIRST, NOW)


@pytest.mark.parametrize("content", [None, "", "nothing here\n", '{"sequence": 1}\n{"a\n'])
def test_a_file_without_heads_is_refused(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "heads"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(HeadFileError, match="heads"):
        head_copies.read(path)


def test_an_older_export_vouches_for_each_of_its_entries(sqlite: Database, tmp_path: Path) -> None:
    files = ledger_export.Files(tmp_path / "old.jsonl")
    head = ledger_export.export(sqlite, files, now=NOW, actor="operator")
    assert head_copies.read(files.chain) == [head]
    verdict = ledger.verify(sqlite, head_copies.read(files.chain))
    assert (verdict.ok, verdict.covered) == (True, 1)


def test_only_the_owner_can_read_the_file(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        head_copies.append(tmp_path, FIRST, NOW)
    finally:
        os.umask(before)
    assert (tmp_path / "heads").stat().st_mode & 0o077 == 0
