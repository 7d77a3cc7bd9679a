"""What people type stands in the papers as they typed it, whatever signs it holds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from handlers.documents.page_picture import is_available, portable
from handlers.documents.plain_text import storable
from tests.support.docx_text import everything
from tests.support.notice_desk import issued, press

if TYPE_CHECKING:
    from tests.support.office_desk import OfficeAtWork

HOSTILE = (
    '=HYPERLINK("http://a.example","点我")',
    "{{ 文号 }}{% for 条 in 问题 %}{# 注 #}",
    "</w:t></w:r></w:p><w:p>&amp;<b>粗</b>]]>",
    "𠮷野家，㐂👍🏽",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "响铃\x07与空\x00字符",
    "一" * 4_000,
)


def filled(office: OfficeAtWork, text: str) -> bytes:
    """Let cause, measure and proof be this text, sign, and return the form's full paper."""
    office.desk = replace(office.desk, doors={"phone": "intranet"})
    issued(office)
    press(office["顾长青"], "收到")
    phone = office["林知秋"]
    for label in ("逐条答复", "属实", "其他"):
        press(phone, label)
    phone.say(f"原因{text}")
    press(phone, "其他")
    phone.say(f"措施{text}")
    press(phone, "今天")
    press(phone, "文书及日期")
    phone.say(f"佐证{text}")
    press(office["顾长青"], "签署反馈意见书")
    office.sweep()
    assert office.desk.archive is not None
    (paper,) = office.desk.archive.rglob("*feedback-feedback.docx")
    return paper.read_bytes()


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_cause_measure_and_proof_are_printed_as_they_were_typed(
    desk_office: OfficeAtWork, text: str
) -> None:
    printed = everything(filled(desk_office, text))
    for field in ("原因", "措施", "佐证"):
        assert storable(f"{field}{text}") in printed


def test_libreoffice_prints_the_signs_of_a_template_and_of_xml_as_they_are(
    desk_office: OfficeAtWork,
) -> None:
    if not is_available():
        pytest.skip("SKIPPED LOUDLY: LibreOffice is not installed; page pictures are optional")
    made = portable(filled(desk_office, HOSTILE[1] + HOSTILE[2]))
    assert isinstance(made, bytes), made
    with pypdfium2.PdfDocument(made) as document:
        pages = [document[number].get_textpage().get_text_bounded() for number in range(2)]
    said = "".join("".join(pages).split())
    assert "".join(f"原因{HOSTILE[1]}{HOSTILE[2]}".split()) in said
