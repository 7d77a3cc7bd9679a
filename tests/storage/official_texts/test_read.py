from __future__ import annotations

import hashlib
import io
import json
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from matplotlib.font_manager import get_font_names

from knowledge.laws.faults import UnreadableTextError
from knowledge.laws.model import OfficialText
from storage.official_texts import child, pictures
from storage.official_texts.process import Limits, read_pages
from storage.official_texts.read import Scan, read
from tests.support.text_files import CJK_FONTS, docx, docx_bomb, pdf, scanned_pdf
from tests.support.texts import LOAN_RULES

if TYPE_CHECKING:
    from pathlib import Path


def text_of(path: Path, limits: Limits | None = None) -> OfficialText:
    found = read(path, limits)
    assert isinstance(found, OfficialText)
    return found


def answered(data: bytes, **changed: int) -> tuple[list[str], str | None]:
    limits = {"characters": 10_000, "unpacked": 1 << 20, "pages": 3, **changed}
    out = io.StringIO()
    child.write_pages(data, limits, out)
    *pages, last = [json.loads(line) for line in out.getvalue().splitlines()]
    return [line for page in pages for line in page["lines"]], last["fault"]


def test_a_word_document_is_read_like_the_same_text(tmp_path: Path) -> None:
    path = docx(tmp_path / "办法.docx", LOAN_RULES.splitlines())
    found = text_of(path)
    assert (found.title, found.version) == ("图书借阅管理办法", "2024-05-01")
    assert len(found.articles) == 7


def test_rows_of_a_numbered_table_are_points(tmp_path: Path) -> None:
    rows = [
        ("序号", "监控内容", "依据"),
        ("1", "借期已过", "办法第三条"),
        ("2", "未登记", "第二条"),
    ]
    found = text_of(docx(tmp_path / "要点.docx", ["借阅监控要点"], rows))
    assert [one.label for one in found.articles] == ["第1点", "第2点"]
    assert "办法第三条" in found.articles[0].text


def test_merged_cells_are_said_once() -> None:
    out = io.BytesIO()
    from docx import Document  # noqa: PLC0415 - only this test writes one by hand

    document = Document()
    row = document.add_table(rows=1, cols=2).rows[0]
    row.cells[0].merge(row.cells[1]).text = "合并"
    document.save(out)
    assert answered(out.getvalue())[0] == ["合并"]


def test_printed_pages_become_paragraphs_again(tmp_path: Path) -> None:
    if not set(CJK_FONTS) & set(get_font_names()):
        pytest.skip("no Chinese font on this machine to print a page with")
    pages = [
        [
            "图书借阅管理办法",
            "第一条 图书借阅期限为三十日，热门图书的借阅",
            "期限为十四日。",
            "- 1 -",
        ],
        ["第二条 读者凭证借书。", "- 2 -"],
    ]
    found = text_of(pdf(tmp_path / "办法(2024-05-01).pdf", pages))
    assert [one.text for one in found.articles] == [
        "图书借阅期限为三十日，热门图书的借阅期限为十四日。",
        "读者凭证借书。",
    ]


def test_a_scanned_page_without_the_extra_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "can_read", lambda: False)
    with pytest.raises(UnreadableTextError, match=r"扫描件.*文字识别组件.*make ocr") as refused:
        read(scanned_pdf(tmp_path / "扫描.pdf"))
    assert "\n" not in str(refused.value)


def test_a_scanned_file_is_no_text_before_its_letters_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "can_read", lambda: True)
    found = read(scanned_pdf(tmp_path / "扫描.pdf"), name="某规定.pdf")
    assert isinstance(found, Scan)
    assert (found.name, found.pages.pictures) == ("某规定.pdf", (1,))


def test_too_many_scanned_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "can_read", lambda: True)
    with pytest.raises(UnreadableTextError, match=r"301 页扫描件.*上限 300 页.*拆分"):
        pictures.demand("扫描.pdf", 301)


def test_an_empty_page_is_no_picture(tmp_path: Path) -> None:
    from pypdf import PdfWriter  # noqa: PLC0415 - only this test writes one by hand

    scanned = scanned_pdf(tmp_path / "扫描.pdf")
    writer = PdfWriter(clone_from=str(scanned))
    writer.add_blank_page()
    writer.write(str(tmp_path / "带空白页.pdf"))
    assert read_pages("x", (tmp_path / "带空白页.pdf").read_bytes()).pictures == (1,)


def test_a_page_that_a_picture_covers_is_one_in_spite_of_a_stamp(tmp_path: Path) -> None:
    if not set(CJK_FONTS) & set(get_font_names()):
        pytest.skip("no Chinese font on this machine to print a page with")
    path = scanned_pdf(tmp_path / "扫描.pdf", stamp="本文件由某某扫描软件生成")
    assert read_pages("x", path.read_bytes()).pictures == (1,)


def test_a_bomb_is_refused_while_it_unpacks(tmp_path: Path) -> None:
    path = docx_bomb(tmp_path / "炸弹.docx", megabytes=200)
    assert path.stat().st_size < 1 << 20
    with pytest.raises(UnreadableTextError, match="展开后过大"):
        read(path)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("旧.docx", child.OLE + b"\x00" * 100, "另存为 docx"),
        ("假.docx", b"hello", "不是 docx 或 pdf"),
        ("破.docx", b"PK\x03\x04 broken", "已损坏"),
        ("破.pdf", b"%PDF-1.7 broken", "已损坏"),
        ("表.wps", b"", "只读取 md、txt、docx、pdf"),
    ],
)
def test_a_broken_file_is_one_sentence(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(UnreadableTextError, match=said) as refused:
        read(path)
    assert "\n" not in str(refused.value)


def test_a_reader_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    path = docx(tmp_path / "办法.docx", LOAN_RULES.splitlines())
    with pytest.raises(UnreadableTextError, match="超时"):
        read(path, replace(Limits(), wall_seconds=0))


def test_a_workbook_is_no_text(tmp_path: Path) -> None:
    import openpyxl  # noqa: PLC0415 - only this test needs one

    path = tmp_path / "表.docx"
    openpyxl.Workbook().save(path)
    with pytest.raises(UnreadableTextError, match="不是 docx 或 pdf"):
        read(path)


def test_more_characters_or_pages_than_allowed_are_refused(tmp_path: Path) -> None:
    data = docx(tmp_path / "办法.docx", LOAN_RULES.splitlines()).read_bytes()
    assert answered(data, characters=10)[1] == "too_big"
    pages = scanned_pdf(tmp_path / "扫描.pdf").read_bytes()
    assert answered(pages, pages=0)[1] == "too_big"


def test_the_child_names_what_it_cannot_read(tmp_path: Path) -> None:
    data = docx(tmp_path / "办法.docx", LOAN_RULES.splitlines()).read_bytes()
    assert answered(data)[1] is None
    assert answered(data, unpacked=100)[1] == "too_big"
    assert answered(child.OLE)[1] == "old_word"
    assert answered(b"x")[1] == "not_text"
    assert answered(b"%PDF-1.4 x")[1] == "damaged"


def test_the_child_tells_a_picture_from_a_text_layer_and_from_nothing(tmp_path: Path) -> None:
    from pypdf import PdfReader, PdfWriter  # noqa: PLC0415 - only this test joins pages by hand

    if not set(CJK_FONTS) & set(get_font_names()):
        pytest.skip("no Chinese font on this machine to print a page with")
    stamp = "本文件由某某扫描软件生成"
    made = [
        pdf(tmp_path / "a.pdf", [["第一条 " + "甲乙丙丁" * 12]]),
        pdf(tmp_path / "b.pdf", [["第二条 短短的一页，没有图片。"]]),
        scanned_pdf(tmp_path / "c.pdf"),
        scanned_pdf(tmp_path / "d.pdf", stamp=stamp),
    ]
    writer = PdfWriter()
    for path in made:
        writer.append(PdfReader(path))
    writer.add_blank_page()
    out, answer = io.BytesIO(), io.StringIO()
    writer.write(out)
    limits = {"characters": 10_000, "unpacked": 1 << 20, "pages": 9}
    child.write_pages(out.getvalue(), limits, answer)
    assert json.loads(answer.getvalue().splitlines()[-1])["pictures"] == [3, 4]


def test_a_document_under_a_password_is_said(tmp_path: Path) -> None:
    from pypdf import PdfWriter  # noqa: PLC0415 - only this test locks one

    writer = PdfWriter(clone_from=str(scanned_pdf(tmp_path / "a.pdf")))
    writer.encrypt("secret")
    out = io.BytesIO()
    writer.write(out)
    assert answered(out.getvalue())[1] == "encrypted"


def test_rows_of_a_table_in_the_child_are_lines(tmp_path: Path) -> None:
    path = docx(tmp_path / "表.docx", ["要点"], [("1", "借期已过"), ("备注", "无")])
    assert answered(path.read_bytes(), unpacked=1 << 22)[0] == ["要点", "1. 借期已过", "备注；无"]


def test_archives_that_are_no_documents_are_told_apart() -> None:
    plain = io.BytesIO()
    with zipfile.ZipFile(plain, "w") as archive:
        archive.writestr("a.txt", "甲")
    assert answered(plain.getvalue())[1] == "not_text"
    locked = bytearray(plain.getvalue())
    locked[locked.rindex(b"PK\x01\x02") + 8] |= 1
    assert answered(bytes(locked))[1] == "encrypted"


def test_a_text_knows_the_file_it_is_from(tmp_path: Path) -> None:
    path = tmp_path / "办法.md"
    path.write_text(LOAN_RULES, encoding="utf-8")
    assert text_of(path).source == hashlib.sha256(path.read_bytes()).hexdigest()
