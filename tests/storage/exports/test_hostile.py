"""No file harms the process that asked: it gets rows or one sentence."""

from __future__ import annotations

import io
import random
import zipfile
from typing import TYPE_CHECKING

import pytest

from storage.exports.faults import ExportError
from storage.exports.process import Limits
from storage.exports.read import read_file
from tests.support.tables import (
    LIST_HEADER,
    REPORT_HEADER,
    list_row,
    report_row,
    sheet_of,
    write_csv,
    write_xlsx,
)

if TYPE_CHECKING:
    from pathlib import Path

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def sentence(path: Path, limits: Limits | None = None) -> str:
    with pytest.raises(ExportError) as caught:
        read_file(path, limits=limits or Limits())
    said = str(caught.value)
    assert said.startswith(f"{path.name}：")
    assert said.endswith("。")
    assert "\n" not in said
    return said


def good(folder: Path) -> Path:
    return write_xlsx(folder / "好.xlsx", [LIST_HEADER, list_row(1), list_row(2)])


def rezipped(source: Path, target: Path, changed: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in changed:
                new.writestr(name, old.read(name))
        for name, content in changed.items():
            new.writestr(name, content)
    return target


def bytes_in(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def test_files_that_are_no_exports_are_refused(tmp_path: Path) -> None:
    assert "不读取.txt文件" in sentence(bytes_in(tmp_path / "表.txt", b"x"))
    assert "没有扩展名" in sentence(bytes_in(tmp_path / "表", b"x"))
    assert "xlsb" in sentence(bytes_in(tmp_path / "表.xlsb", b"x"))
    assert "宏" in sentence(bytes_in(tmp_path / "表.XLSM", b"x"))
    assert "空表" in sentence(bytes_in(tmp_path / "表.csv", b" \n"))
    assert "网页格式" in sentence(bytes_in(tmp_path / "表.xls", b"<html><table>"))
    assert "网页格式" in sentence(bytes_in(tmp_path / "表.csv", b"<html><table>"))
    assert "不是 csv" in sentence(bytes_in(tmp_path / "乱.xlsx", b"hello"))
    assert "不是 csv" in sentence(bytes_in(tmp_path / "零.csv", b"a,b\0c"))
    assert "编码" in sentence(bytes_in(tmp_path / "码.csv", b"\xff\xff\xff,\xff"))


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    folder = tmp_path / "夹.csv"
    folder.mkdir()
    assert "找不到" in sentence(tmp_path / "无.csv")
    assert "找不到" in sentence(folder)


def test_macros_are_found_inside_a_plain_name(tmp_path: Path) -> None:
    source = good(tmp_path)
    named = rezipped(source, tmp_path / "名.xlsx", {"xl/vbaProject.bin": b"x"})
    types = zipfile.ZipFile(source).read("[Content_Types].xml")
    typed = types.replace(b"</Types>", b"<!-- application/vnd.ms-office.vbaProject --></Types>")
    renamed = rezipped(source, tmp_path / "型.xlsx", {"[Content_Types].xml": typed})
    assert "带有宏" in sentence(named)
    assert "带有宏" in sentence(renamed)


def test_containers_that_are_no_workbooks_are_refused(tmp_path: Path) -> None:
    source = good(tmp_path)
    binary = rezipped(source, tmp_path / "二.xlsx", {"xl/workbook.bin": b"x"})
    assert "xlsb" in sentence(binary)
    other = tmp_path / "文.xlsx"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert "不是 csv" in sentence(other)
    ole = {
        "密.xlsx": ("EncryptedPackage", "密码"),
        "宏.xls": ("_VBA_PROJECT", "带有宏"),
        "文.xls": ("WordDocument", "不是 csv"),
        "残.xls": ("Workbook", "已损坏"),
    }
    for name, (stream, why) in ole.items():
        path = bytes_in(tmp_path / name, OLE + bytes(600) + stream.encode("utf-16-le"))
        assert why in sentence(path)


def test_an_archive_with_a_password_is_refused(tmp_path: Path) -> None:
    data = bytearray(good(tmp_path).read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1  # the flag of the first entry in the directory
    assert "密码" in sentence(bytes_in(tmp_path / "锁.xlsx", bytes(data)))


def test_what_unpacks_to_too_much_is_stopped_while_unpacking(tmp_path: Path) -> None:
    bomb = rezipped(good(tmp_path), tmp_path / "弹.xlsx", {"xl/media/a.bin": bytes(3_000_000)})
    assert bomb.stat().st_size < 20_000
    assert "展开后过大" in sentence(bomb, Limits(unpacked=2_000_000))


def test_one_long_text_used_often_is_stopped(tmp_path: Path) -> None:
    rows = [LIST_HEADER, *(list_row(n, 案件名称="长" * 5_000) for n in range(50))]
    path = write_xlsx(tmp_path / "长.xlsx", rows)
    assert "展开后过大" in sentence(path, Limits(characters=100_000))


def test_a_cell_in_the_last_corner_ends_the_child_only(tmp_path: Path) -> None:
    book, sheet = sheet_of([LIST_HEADER, list_row(1)])
    sheet["XFD1048576"] = 1
    book.save(tmp_path / "角.xlsx")
    assert "结构异常" in sentence(tmp_path / "角.xlsx")


@pytest.mark.parametrize(
    ("limits", "why"),
    [
        (Limits(size=100), "超过 0 MB"),
        (Limits(rows=1), "行数过多"),
        (Limits(columns=3), "列数过多"),
        (Limits(wall_seconds=0), "超时"),
    ],
)
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_file_over_a_limit_is_refused(
    tmp_path: Path, limits: Limits, why: str, ending: str
) -> None:
    write = write_csv if ending == "csv" else write_xlsx
    path = write(tmp_path / f"表.{ending}", [LIST_HEADER, list_row(1), list_row(2)])
    assert why in sentence(path, limits)


def test_a_child_without_memory_is_a_refusal(tmp_path: Path) -> None:
    path = bytes_in(
        tmp_path / "大.csv", ",".join(map(str, LIST_HEADER)).encode() + b"\n" + b"a" * 30_000_000
    )
    assert "展开后过大" in sentence(path, Limits(memory=80_000_000))


def test_ranges_merged_over_and_over_are_refused(tmp_path: Path) -> None:
    source = write_xlsx(tmp_path / "源.xlsx", [LIST_HEADER, *(list_row(n) for n in range(400))])
    sheet = zipfile.ZipFile(source).read("xl/worksheets/sheet1.xml")
    areas = "".join(f'<mergeCell ref="A2:A{400}"/>' for _ in range(3_000))
    merged = sheet.replace(
        b"<pageMargins", f'<mergeCells count="3000">{areas}</mergeCells><pageMargins'.encode()
    )
    path = rezipped(source, tmp_path / "并.xlsx", {"xl/worksheets/sheet1.xml": merged})
    assert "展开后过大" in sentence(path)


def test_two_columns_of_one_meaning_are_refused(tmp_path: Path) -> None:
    for number, column in enumerate(("全案_受理日期", "受理时间", "受理日期 ")):
        rows = [[*LIST_HEADER, column], [*list_row(1), "2027-03-02"]]
        said = sentence(write_csv(tmp_path / f"{number}.csv", rows))
        assert "“受理日期”" in said
    rows = [[*LIST_HEADER, "民族", "民族"], [*list_row(1), "汉", "汉"]]
    assert "“民族”" in sentence(write_csv(tmp_path / "民.csv", rows))


def test_two_tables_in_one_workbook_are_refused(tmp_path: Path) -> None:
    book, _ = sheet_of([LIST_HEADER, list_row(1)], "一月")
    added = book.create_sheet("二月")
    for row in (LIST_HEADER, list_row(2)):
        added.append(list(row))
    book.save(tmp_path / "两.xlsx")
    assert "“一月”、“二月”" in sentence(tmp_path / "两.xlsx")


def test_a_list_without_case_numbers_is_refused(tmp_path: Path) -> None:
    rows = [row[2:] for row in (LIST_HEADER, list_row(1))]
    assert "没有“部门受案号”一列" in sentence(write_xlsx(tmp_path / "缺.xlsx", rows))


def mutated(data: bytes, chance: random.Random) -> bytes:
    kind = chance.randrange(4)
    if kind == 0:
        return data[: chance.randrange(len(data))]
    changed = bytearray(data)
    if kind == 1:
        start = chance.randrange(len(data))
        del changed[start : start + chance.randrange(1, 400)]
        return bytes(changed)
    for _ in range(chance.randrange(1, 30)):
        changed[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(changed)


def mutated_part(data: bytes, chance: random.Random) -> bytes:
    """Damage what lies inside the archive, so that the reader of sheets meets it."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice([each for each in parts if each.startswith("xl/")])
    parts[name] = mutated(parts[name], chance)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, content in parts.items():
            archive.writestr(each, content)
    return packed.getvalue()


@pytest.mark.parametrize("seed", range(6))
def test_damaged_workbooks_give_rows_or_one_sentence(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same damage on every run
    rows = [REPORT_HEADER, *(report_row(n, 1) for n in range(1, 9))]
    data = write_xlsx(tmp_path / "源.xlsx", rows, merge=["A2:A3"]).read_bytes()
    for _ in range(12):
        damage = chance.choice((mutated, mutated_part))
        path = bytes_in(tmp_path / "坏.xlsx", damage(data, chance))
        try:
            sheet = read_file(path)
        except ExportError as refused:
            assert str(refused).startswith("坏.xlsx：")  # noqa: PT017 - both ends are right
        else:
            assert sheet.rows_read <= len(rows) - 1


@pytest.mark.parametrize("seed", range(3))
def test_damaged_csv_files_give_rows_or_one_sentence(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same damage on every run
    data = write_csv(tmp_path / "源.csv", [LIST_HEADER, list_row(1), list_row(2)]).read_bytes()
    for _ in range(12):
        path = bytes_in(tmp_path / "坏.csv", mutated(data, chance))
        try:
            read_file(path)
        except ExportError as refused:
            assert str(refused).startswith("坏.csv：")  # noqa: PT017 - both ends are right
