from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from handlers.registers import books
from knowledge import business_lines
from tests.support.counting_office import facts_of
from tests.support.notice_desk import press
from tests.support.office_cards import OFFICE, SECOND, card, card_entry

if TYPE_CHECKING:
    from handlers.desk import Clearance
    from storage.session import Session
    from tests.support.office_desk import OfficeAtWork

DAY = date(2026, 6, 1)
ONE, TWO = card(1), card(2)


@pytest.fixture
def confirmed(counted: OfficeAtWork) -> OfficeAtWork:
    """A day on which two problems were confirmed, one of them by a notice."""
    counted.export(card_entry(ONE), card_entry(TWO), cards=[ONE, TWO])
    counted["陆明远"].say("/待审")
    press(counted["陆明远"], "本规则全部确认")
    counted["陆明远"].say("发通知书 A02")
    press(counted["陆明远"], "提交审批")
    press(counted["沈一鸣"], "批准")
    counted.sweep()
    return counted


def first_sheet(content: bytes) -> list[dict[str, object]]:
    head, *rows = next(iter(load_workbook(BytesIO(content)))).iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


def log(office: OfficeAtWork, clearance: Clearance = "intranet") -> list[dict[str, object]]:
    facts = facts_of(office)

    def make(session: Session) -> bytes:
        return books.log_book(session, facts, clearance, office=OFFICE, day=DAY)

    return first_sheet(office.read(make))


def register(office: OfficeAtWork) -> list[dict[str, object]]:
    facts, lines = facts_of(office), business_lines.shipped()

    def make(session: Session) -> bytes:
        return books.register_book(session, facts, lines, "intranet", office=OFFICE)

    return first_sheet(office.read(make))


def test_a_line_of_the_log_keeps_the_department_of_the_prosecutor_it_names(
    confirmed: OfficeAtWork,
) -> None:
    moved = card(1, "叶清和", 承办部门=SECOND)
    confirmed.at(date(2026, 6, 2))
    confirmed.export(card_entry(moved), card_entry(TWO), cards=[moved, TWO])
    line, _ = log(confirmed)
    assert (line["承办部门"], line["承办检察官"]) == ("第一检察部", "林知秋")
    now, _ = register(confirmed)
    assert (now["承办部门"], now["承办检察官"]) == ("第二检察部", "叶清和")


def test_what_is_filled_in_and_not_signed_is_no_result_yet(confirmed: OfficeAtWork) -> None:
    head = confirmed["顾长青"]
    press(head, "收到")
    for label in ("逐条答复", "属实"):
        press(head, label)
    _, line = register(confirmed)
    assert (line["核查结果"], line["实际回复日期"]) == (None, None)
    for label in ("填录有误", "已更正案卡", "今天", "暂无", "签署反馈意见书"):
        press(head, label)
    _, line = register(confirmed)
    assert line["核查结果"] == "属实"


def test_those_who_watched_are_said_once_where_nobody_is_named(confirmed: OfficeAtWork) -> None:
    confirmed["沈一鸣"].say("/监控 1号 无问题")
    assert log(confirmed)[0]["监控人"] == "沈一鸣、陆明远"
    assert log(confirmed, "internet")[0]["监控人"] == "流程监控人员"
