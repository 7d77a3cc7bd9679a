from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from PIL import Image

from handlers.documents import page_picture
from handlers.documents.page_picture import is_available, page_of, photograph, picture, portable
from handlers.documents.rendering import render
from tests.support.papers import CHIEF_REPORT, LATE, NOTICE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ABSENT = "SKIPPED LOUDLY: LibreOffice is not installed; page pictures are optional"


@pytest.fixture(scope="module")
def report() -> bytes:
    if not is_available():
        pytest.skip(ABSENT)
    made = portable(render("chief_report", CHIEF_REPORT, templates=None, clearance="intranet"))
    assert isinstance(made, bytes), made
    return made


@pytest.fixture(scope="module")
def pages() -> Iterator[pypdfium2.PdfDocument]:
    if not is_available():
        pytest.skip(ABSENT)
    made = portable(render("notice", NOTICE, templates=None, clearance="intranet"))
    assert isinstance(made, bytes), made
    with pypdfium2.PdfDocument(made) as document:
        yield document


def words(pages: pypdfium2.PdfDocument, number: int) -> str:
    return "".join(pages[number - 1].get_textpage().get_text_bounded().split())


def test_a_notice_is_printed_on_a4_with_letter_table_and_slip_on_pages_of_their_own(
    pages: pypdfium2.PdfDocument,
) -> None:
    texts = [words(pages, number) for number in range(1, len(pages) + 1)]

    assert [round(side / 72 * 25.4) for side in pages[0].get_size()] == [210, 297]
    assert texts[0].startswith("云川市北宽区人民检察院案件流程监控通知书云北检流监〔2026〕7号")
    assert [place for place, text in enumerate(texts, 1) if "附件1问题对照表" in text] == [
        len(texts) - 1
    ]
    assert "送达回执送达文书《案件流程监控通知书》" in texts[-1]
    assert "—1—" in texts[0]
    assert all("留痕流水头318:3fa90c2d17be45aa" in text for text in texts)


def test_no_page_of_a_notice_is_empty_and_the_seal_stands_with_text(
    pages: pypdfium2.PdfDocument,
) -> None:
    signed = next(
        text for number in range(1, len(pages) + 1) if "（印章）" in (text := words(pages, number))
    )

    assert "附件：1.问题对照表" in signed
    assert all(len(words(pages, number)) > 60 for number in range(1, len(pages) + 1))


def test_no_sign_of_the_letter_is_lost_between_two_lines(pages: pypdfium2.PdfDocument) -> None:
    text = words(pages, 1) + words(pages, 2)

    assert "".join(LATE.fact.split()) in text
    assert "第九十一条第三款、《人民检察院刑事诉讼规则》第二百八十二条。" in text


def test_a_value_of_ten_thousand_characters_is_printed_to_its_end() -> None:
    if not is_available():
        pytest.skip(ABSENT)
    value = replace(LATE.values[0], value="甲" * 10_000)
    facts = replace(NOTICE, items=(replace(LATE, values=(value, *LATE.values)),))

    made = portable(render("notice", facts, templates=None, clearance="intranet"))

    assert isinstance(made, bytes), made
    with pypdfium2.PdfDocument(made) as long:
        printed = "".join(words(long, number) for number in range(1, len(long) + 1))
    assert printed.count("甲") == 10_000


def test_a_page_becomes_a_picture_and_the_report_to_the_chief_is_one_page(report: bytes) -> None:
    shot = page_of(report)

    assert (shot.pages, shot.reason) == (1, "")
    assert shot.png is not None
    with Image.open(BytesIO(shot.png)) as image:
        assert image.height > image.width > 800


def test_a_page_beyond_the_last_is_a_reason(report: bytes) -> None:
    shot = page_of(report, 9)

    assert shot.png is None
    assert shot.reason == "文书共 1 页，没有第 9 页"


def test_without_libreoffice_there_is_no_picture_but_a_reason(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    assert not is_available()
    assert picture(b"") is None
    assert "没有安装 LibreOffice" in photograph(b"").reason


def program(folder: Path, text: str) -> None:
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)


def test_a_conversion_that_fails_or_makes_nothing_is_a_reason(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    reasons = []
    for text in ("exit 1", "exit 0"):
        program(tmp_path, text)
        reasons.append(photograph(b"x").reason)

    assert ["没有转换成功" in reason for reason in reasons] == [True, True]


def test_a_conversion_that_hangs_is_ended_and_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.setattr(page_picture, "TIME_LIMIT_SECONDS", 0.2)
    program(tmp_path, "/bin/sleep 600 & wait")

    assert "秒内没有完成" in photograph(b"x").reason
