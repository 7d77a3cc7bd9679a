"""What people type into the rooms of the desk stands in ledger and papers as they typed it."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from openpyxl import load_workbook

from bot.shelf import LateSearch
from handlers.documents.page_picture import is_available, portable
from handlers.documents.plain_text import storable
from handlers.registers import books
from handlers.reports import campaign_papers
from knowledge import business_lines
from knowledge.laws import shelf
from knowledge.laws.parse import parse
from knowledge.search import aliases
from storage import objections, people
from tests.handlers.reports.test_report_flow import reporting
from tests.support.campaign_desk import FIRST, NUMBER, started
from tests.support.counting_office import counted, facts_of
from tests.support.database import database, migrated_file, server, sqlite
from tests.support.docx_text import everything
from tests.support.notice_desk import press
from tests.support.office_cards import MONDAY, OFFICE, days
from tests.support.texts import LOAN_RULES

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from handlers.reports.campaign_papers import CampaignPapers
    from storage.session import Session
    from tests.support.office_desk import OfficeAtWork

__all__ = ["counted", "database", "migrated_file", "reporting", "server", "sqlite"]
OFFICER, LIN = "陆明远", "林知秋"
HOSTILE = (
    "=1+1",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "甲&乙<丙></w:t>&amp;",
    "{{ x }}{% for 条 in 问题 %}{# 注 #}",
    "𠮷野家，㐂👍🏽",
    "响铃\x07字符",
    "第一行\n第二行",
)
MANY = "一" * 10_000


def written(office: OfficeAtWork, text: str) -> str:
    """Let a problem, the answer of its prompt and a ground be this text; returns its number."""
    office.export(cards=FIRST)
    officer = office[OFFICER]
    started(officer)
    officer.press("下一件")
    press(officer, "登记问题")
    press(officer, next(iter(officer.last.buttons)))
    press(officer, "自己写")
    officer.say(text)
    press(officer, "登记")
    (made,) = office.acts("finding_made")[-1:]
    number = made["object"].removeprefix("finding:")
    officer.say(f"口头提示 {number} 当面")
    press(officer, "登记答复")
    officer.say(f"答{text}")
    return str(number)


def books_of(office: OfficeAtWork) -> list[bytes]:
    """Return the register of the year and the log of the day, as they are handed out inside."""
    facts = facts_of(office)
    day: date = office.now.date()
    lines = business_lines.shipped()

    def make(session: Session) -> list[bytes]:
        return [
            books.register_book(session, facts, lines, "intranet", office=OFFICE, year=2026),
            books.log_book(session, facts, "intranet", office=OFFICE, day=day),
        ]

    return office.read(make)


def cells(book: bytes) -> list[tuple[str, str]]:
    """Return every cell's text and type."""
    return [
        (str(cell.value), cell.data_type)
        for sheet in load_workbook(BytesIO(book))
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    ]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_problem_and_an_answer_stand_in_ledger_register_and_log(
    counted: OfficeAtWork, text: str
) -> None:
    written(counted, text)
    said = counted.words()
    assert any(text in one for one in said)
    assert f"答{text}" in said
    for book in books_of(counted):
        found = cells(book)
        assert any(storable(text) in value for value, _ in found)
        assert {kind for _, kind in found} <= {"s", "n", "d", "inlineStr"}
    # the report names nobody: it says the point, and that the rest is read inside
    made = report_of(counted)
    assert storable(text) not in everything(made.full)
    assert storable(text) not in everything(made.pointer)


def report_of(office: OfficeAtWork) -> CampaignPapers:
    """Return the campaign's report, in full and as it may travel."""
    return office.read(
        lambda session: campaign_papers.make(
            session, office.desk, NUMBER, day=office.now.date(), head="36:0123", drafter=OFFICER
        )
    )


def test_a_problem_of_ten_thousand_characters_is_refused_in_a_sentence(
    intranet: OfficeAtWork,
) -> None:
    intranet.export(cards=FIRST)
    officer = intranet[OFFICER]
    officer.say("/监控 1号")
    for label in ("发现问题", "诉权保障", "讯问询问人数", "自己写"):
        press(officer, label)
    officer.say(MANY)
    assert officer.last.text == "共 10000 字，请写在 500 字以内，未作登记。"
    assert intranet.acts("finding_made") == []
    officer.say("单人讯问")
    assert "问题：单人讯问" in officer.last.text


@pytest.mark.parametrize("text", [*HOSTILE, MANY], ids=range(len(HOSTILE) + 1))
def test_ground_and_provision_of_an_objection_are_kept_as_typed(
    desk_office: OfficeAtWork, text: str
) -> None:
    desk_office[OFFICER].say("/待审")
    press(desk_office[OFFICER], "全部发出")
    desk_office.at(MONDAY + days(1))
    desk_office.morning()
    lin = desk_office[LIN]
    lin.press("A02")
    press(lin, "异议")
    press(lin, "其他理由")
    lin.say(f"理由{text}")
    press(lin, "其他条款")
    lin.say(f"条款{text}")
    assert {f"理由{text}", f"条款{text}"} <= set(desk_office.words())
    kept = desk_office.read(lambda session: objections.by_id(session, 1))
    assert kept is not None
    assert (kept.ground, kept.provision) == (f"理由{text}", f"条款{text}")


@pytest.mark.parametrize("text", [*HOSTILE, MANY], ids=range(len(HOSTILE) + 1))
def test_a_paragraph_of_a_report_is_printed_as_it_was_typed(
    reporting: OfficeAtWork, text: str
) -> None:
    officer = reporting[OFFICER]
    officer.say("/月报")
    reporting.sweep()
    press(officer, "改一段")
    press(officer, "6.1")
    officer.say(text)
    press(officer, "预览")
    reporting.sweep()
    assert text in reporting.words()
    assert storable(text) in everything(preview_of(reporting))


def preview_of(office: OfficeAtWork) -> bytes:
    """Return the full draft of the work report."""
    assert office.desk.archive is not None
    (path,) = (
        one
        for one in (office.desk.archive / "work_reports").glob("草稿-*.docx")
        if "指引版" not in one.name
    )
    return path.read_bytes()


@pytest.mark.parametrize(
    "text", ["=1+1", "甲&乙<丙>", "{{x}}", "𠮷野家👍", "方\x07可", "方\n可", MANY]
)
def test_a_name_is_kept_as_typed_or_refused_in_a_sentence(office: OfficeAtWork, text: str) -> None:
    phone = office[OFFICER]
    phone.say("/名册")
    press(phone, "新增人员")
    phone.say(text)
    if text.isprintable() and len(text) <= 20:
        for label in ("第二检察部", "承办检察官", "确认新增"):
            press(phone, label)
        everybody = office.read(lambda session: people.everybody(session, OFFICE))
        assert text in {one.name for one in everybody}
        assert f"第二检察部{text}" in office.words()
    else:
        assert phone.last.text == (f"“{text[:20]}”不能作为名称：请只写名称本身，不超过20个字。")
        assert office.acts("roster_changed") == []


def test_libreoffice_opens_a_register_and_shows_its_words_and_no_sum(counted: OfficeAtWork) -> None:
    if not is_available():
        pytest.skip("SKIPPED LOUDLY: LibreOffice is not installed; page pictures are optional")
    written(counted, "".join(one for one in HOSTILE if "\n" not in one))
    made = portable(books_of(counted)[0], ending="xlsx")
    assert isinstance(made, bytes), made
    with pypdfium2.PdfDocument(made) as document:
        pages = [one.get_textpage().get_text_bounded() for one in document]
    said = "".join("".join(pages).split())
    assert "=1+1@SUM(1+1)*cmd|'/Cc" in said
    assert "{{x}}" in said


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_question_taken_as_an_alias_is_kept_as_it_was_asked(
    office: OfficeAtWork, tmp_path: Path, text: str
) -> None:
    shelf.put(tmp_path, parse(LOAN_RULES, "办法.md"))
    office.desk = replace(office.desk, search=LateSearch(tmp_path))
    office[LIN].say(f"查 线装本手续{text}")
    officer = office[OFFICER]
    officer.say("/问答")
    officer.press("1 加别名")
    kept = [one for words in aliases.load(tmp_path).values() for one in words]
    # an alias is one line: a line end in a question is a blank to whoever asks again
    assert kept == [" ".join(f"线装本手续{text}".split())]
    assert any(f"线装本手续{text}" in one for one in office.words())
