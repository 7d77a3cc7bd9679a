"""What the reading child writes, looked at in this process."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import asdict
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

import pytest

from storage.exports import child
from storage.exports.child import write_rows
from storage.exports.process import Limits
from tests.support.shared import shared_folder
from tests.support.tables import sheet_of, write_xlsx

if TYPE_CHECKING:
    from pathlib import Path

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def lines_of(data: bytes, limits: Limits | None = None) -> list[Any]:
    out = io.StringIO()
    write_rows(data, asdict(limits or Limits()), out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def fault_of(data: bytes, limits: Limits | None = None) -> object:
    return lines_of(data, limits)[-1]["fault"]


def test_a_csv_gives_its_lines_with_their_places() -> None:
    assert lines_of('\ufeff甲,乙\n\n1,"二\n三"\n四,\n'.encode()) == [
        {"sheet": "", "merged": []},
        [1, ["甲", "乙"]],
        [3, ["1", "二\n三"]],
        [5, ["四", ""]],
        {"fault": None},
    ]


def test_a_workbook_gives_days_moments_numbers_and_merged_ranges(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["甲", "", ""],
        [],
        [date(2027, 3, 1), datetime(2027, 3, 1, 9, 5), time(9, 5)],  # noqa: DTZ001
        [1, 0.5, True],
    ]
    path = write_xlsx(tmp_path / "表.xlsx", rows, merge=["A1:C1", "B3:B4"])
    assert lines_of(path.read_bytes()) == [
        {"sheet": "Sheet1", "merged": [[0, 0, 0, 2], [2, 1, 3, 1]]},
        [1, ["甲", "", ""]],
        [3, ["2027-03-01", "2027-03-01 09:05:00", "09:05:00"]],
        [4, [1.0, "", True]],
        {"fault": None},
    ]


def test_hidden_and_empty_sheets_give_no_rows(tmp_path: Path) -> None:
    book, _ = sheet_of([], "空")
    hidden = book.create_sheet("藏")
    hidden.append(["甲"])
    hidden.sheet_state = "hidden"
    book.save(tmp_path / "表.xlsx")
    assert lines_of((tmp_path / "表.xlsx").read_bytes()) == [
        {"sheet": "空", "merged": []},
        {"fault": None},
    ]


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"\xff\xff", "encoding"),
        (b"\xff\xfe\x00", "encoding"),
        ("甲\t乙".encode("utf-16"), None),
        (b"a\0b", "not_table"),
        (b" <table>", "web_page"),
        (OLE, "not_table"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (OLE + "_VBA_PROJECT".encode("utf-16-le"), "macros"),
    ],
)
def test_a_fault_is_one_word_at_the_end(data: bytes, fault: str | None) -> None:
    assert fault_of(data) == fault


def archive(**parts: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as files:
        for name, content in parts.items():
            files.writestr(f"xl/{name}", content)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("parts", "fault"),
    [
        ({"workbook.bin": b""}, "binary_workbook"),
        ({"workbook.xml": b"", "vbaProject.bin": b""}, "macros"),
        ({"other.xml": b""}, "not_table"),
    ],
)
def test_an_archive_is_told_by_its_parts(parts: dict[str, bytes], fault: str) -> None:
    assert fault_of(archive(**parts)) == fault


def test_an_archive_with_a_password_is_told_by_its_directory() -> None:
    data = bytearray(archive(other=b"x"))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert fault_of(bytes(data)) == "encrypted"


def excel_97() -> bytes:
    return shared_folder("samples", "exports", "案件列表（第二周）.xls").read_bytes()


def test_an_old_workbook_with_a_password_is_refused() -> None:
    data = bytearray(excel_97())
    start = data.index(b"\x09\x08\x10\x00\x00\x06\x05\x00")  # the workbook's first record
    data[start + 20 : start + 22] = b"\x2f\x00"  # the next one becomes FILEPASS
    assert fault_of(bytes(data)) == "encrypted"


def test_an_old_workbook_with_a_macro_sheet_is_refused() -> None:
    data = bytearray(excel_97())
    record = data.index("案件列表".encode("utf-16-le")) - 8  # BOUNDSHEET: position, state, type
    data[record + 5] = 1
    assert fault_of(bytes(data)) == "macros"


def test_ranges_merged_over_and_over_are_too_big(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "表.xlsx", [["甲"], *([n] for n in range(400))])
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    areas = '<mergeCell ref="A2:A400"/>' * 3_000
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace(
        b"<pageMargins", f"<mergeCells>{areas}</mergeCells><pageMargins".encode()
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as book:
        for name, content in parts.items():
            book.writestr(name, content)
    assert fault_of(packed.getvalue()) == "too_big"


def test_numbers_without_end_are_text() -> None:
    assert child._plain(float("inf")) == "inf"


@pytest.mark.parametrize(
    ("limits", "fault"),
    [
        (Limits(rows=1), "too_many_rows"),
        (Limits(columns=1), "too_many_columns"),
        (Limits(characters=20), "too_big"),
        (Limits(), None),
    ],
)
def test_limits_are_kept_for_both_kinds_of_file(
    tmp_path: Path, limits: Limits, fault: str | None
) -> None:
    book = write_xlsx(tmp_path / "表.xlsx", [["甲", "乙"], ["丙", "丁"]])
    assert fault_of("甲,乙\n丙,丁\n".encode(), limits) == fault
    assert fault_of(book.read_bytes(), limits) == fault


def test_a_small_archive_that_unpacks_to_much_is_too_big(tmp_path: Path) -> None:
    book = write_xlsx(tmp_path / "表.xlsx", [["甲"]]).read_bytes()
    assert fault_of(book, Limits(unpacked=500)) == "too_big"
