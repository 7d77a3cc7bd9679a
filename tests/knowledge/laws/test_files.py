from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from knowledge.laws import files
from knowledge.laws.faults import UnknownKindError, UnreadableTextError
from tests.support.texts import LOAN_RULES

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_the_usual_encodings_are_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "办法.txt"
    path.write_bytes(LOAN_RULES.encode(encoding))
    assert len(files.read(path).articles) == 7


def test_another_kind_of_file_is_refused_with_the_remedy(tmp_path: Path) -> None:
    path = tmp_path / "办法.docx"
    path.write_bytes(b"PK")
    with pytest.raises(UnknownKindError, match="另存为 txt"):
        files.read(path)


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(UnreadableTextError, match="打不开"):
        files.read(tmp_path / "没有.txt")


@pytest.mark.parametrize("raw", [b"\x00\x01\x02", b"\x81\xff\xff\xfe"])
def test_what_is_no_text_is_refused(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "办法.txt"
    path.write_bytes(raw)
    with pytest.raises(UnreadableTextError, match="另存为 UTF-8"):
        files.read(path)


def test_a_file_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST_TEXT", 10)
    path = tmp_path / "办法.txt"
    path.write_text(LOAN_RULES, encoding="utf-8")
    with pytest.raises(UnreadableTextError, match="文件过大"):
        files.read(path)
