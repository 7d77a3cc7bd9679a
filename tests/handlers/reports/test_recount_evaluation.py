from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

from openpyxl import load_workbook

from tests.support.recounted_evaluation import RecountedEvaluation
from tests.support.recounted_reports import JUNE, MADE_ON, answered

if TYPE_CHECKING:
    from tests.support.recounted_reports import Written

COLUMNS = (
    *("编号", "部门受案号", "案件类别", "承办部门", "问题", "通知书文号", "答复情况", "理由"),
    *("决定", "确认日期"),
)


def test_the_list_for_evaluation_is_that_of_a_second_count(reports: Written) -> None:
    again = RecountedEvaluation(reports.lines, date(2025, 1, 1), MADE_ON).proposed()
    decisions = [row[-2] for row in again]
    assert {"待定", "已移送"} <= set(decisions)
    answer = answered(reports, "evaluation", JUNE)
    waiting, sent = decisions.count("待定"), decisions.count("已移送")
    first, *told = answer.text.splitlines()
    assert first == f"移送案件评查清单：建议 {waiting} 条，已移送 {sent} 条。"
    assert len(told) == waiting + sent
    assert answer.book is not None
    head, *rows = load_workbook(BytesIO(answer.book)).worksheets[0].iter_rows(values_only=True)
    places = [head.index(name) for name in COLUMNS]
    listed = [
        tuple(str(row[place] or "")[: 10 if place == places[-1] else None] for place in places)
        for row in rows
        if row[1]
    ]
    assert listed == again
