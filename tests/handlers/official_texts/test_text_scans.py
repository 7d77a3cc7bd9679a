from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from knowledge.laws import shelf
from storage.official_texts import correction, pictures
from tests.support.office_phones import DOOR
from tests.support.own_rules import ROOM_RULES
from tests.support.recognition import recognition
from tests.support.text_files import scanned_pages, scanned_pdf
from tests.support.text_office import LU, home, sent, taking

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.office_desk import OfficeAtWork

__all__ = ["home", "recognition", "taking"]


def test_without_the_extra_a_scan_is_one_sentence(
    taking: OfficeAtWork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "can_read", lambda: False)
    sent(taking, tmp_path, scanned_pdf(tmp_path / "a.pdf").read_bytes(), "扫描.pdf")
    assert "“扫描.pdf”不能导入：是扫描件" in taking[LU].last.text
    assert "\n" not in taking[LU].last.text


@pytest.mark.usefixtures("recognition")
def test_a_scan_is_read_shown_corrected_and_imported(
    taking: OfficeAtWork, tmp_path: Path, home: Path
) -> None:
    content = scanned_pages(tmp_path / "a.pdf", ROOM_RULES).read_bytes()
    sent(taking, tmp_path, content, "规定.pdf")

    texts = taking[LU].texts
    assert "扫描件“规定.pdf”已识别 2 页，见下。" in texts
    assert any(text.startswith("识别稿。请对照原件改正") for text in texts)
    assert "扫描件“规定.pdf”已识别 2 页，请核对后再导入。" in taking[LU].last.text
    assert "《社区图书室管理规定》\n规定，2023-10-01 版，共 7 条" in taking[LU].last.text
    assert next(iter(taking[LU].last.buttons)) == "照此导入"
    assert shelf.texts(home) == []

    (folder,) = shelf.scans(home).iterdir()
    draft = correction.whole(correction.opened(folder))
    sent(taking, tmp_path, draft.replace("公益、开放", "公益、公开"), "更正稿.txt", "更正")
    taking[LU].press("照此导入")
    taking.sweep()
    (text,) = shelf.texts(home)
    assert "公益、公开" in text.articles[1].text
    assert taking.acts("text_pages_read")[0]["data"]["pages"] == 2


def test_a_corrected_text_without_its_first_line_is_asked_for_again(
    taking: OfficeAtWork, tmp_path: Path
) -> None:
    sent(taking, tmp_path, "【第 1 页】\n第一条 甲。", "更正稿.txt", "更正")
    assert "请保留这一行后重新发送" in taking[LU].last.text


def test_over_an_internet_door_no_picture_is_read(
    taking: OfficeAtWork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "can_read", lambda: True)
    taking.desk = replace(taking.desk, doors={DOOR: "internet"})
    path = sent(taking, tmp_path, scanned_pdf(tmp_path / "a.pdf").read_bytes(), "扫描.pdf")
    assert "扫描件不经互联网通道识别" in taking[LU].last.text
    assert not path.exists()


def test_a_scan_that_cannot_be_read_ends_with_one_sentence(
    taking: OfficeAtWork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if pictures.can_read():
        pytest.skip("here the extra ocr is installed and the picture would be read")
    # the reader's process falls over the missing extra, as over a file it cannot take
    monkeypatch.setattr(pictures, "can_read", lambda: True)
    path = sent(taking, tmp_path, scanned_pdf(tmp_path / "a.pdf").read_bytes(), "扫描.pdf")
    assert "已损坏或不完整" in taking[LU].last.text
    assert not path.exists()
