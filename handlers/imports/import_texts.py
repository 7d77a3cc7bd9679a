"""How an import is shown to the officer: before it, and after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge import chinese

if TYPE_CHECKING:
    from handlers.findings.patrol import Patrolled
    from handlers.imports.imports import Prepared
    from knowledge.cards import Sheet

KIND_WORDS = {
    "case_list": "案件列表",
    "person_report": "人员明细",
    "error_list": "问题通报",
    "publication_list": "文书公开清单",
}
SHOWN = 5
"""Refused rows and columns that are listed one by one; the rest are counted."""


def preview(prepared: Prepared) -> str:
    """Say what an import would change: 将新增 212 条，销号 40 条."""
    return _lines(prepared, "将新增")


def done(prepared: Prepared, patrolled: Patrolled) -> str:
    """Say what an import did."""
    result = patrolled.result
    return "\n".join(
        [
            "导入完成",
            _lines(prepared, "新增"),
            f"巡查案件 {result.cases} 件、人员 {result.persons} 人，规则 {result.rules} 条。",
            "发送 /待审 处理待审问题。",
        ]
    )


def _lines(prepared: Prepared, verb: str) -> str:
    compared = prepared.compared
    first = "；首次导入，按存量处理" if prepared.baseline else ""
    lines = [file_line(sheet) for sheet in prepared.sheets]
    lines.append(f"数据截至{chinese.month_day(prepared.day)}{first}。")
    lines.append(
        f"{verb} {len(compared.new)} 条，变化 {len(compared.changed)} 条，"
        f"销号 {len(compared.closable)} 条，提示后改期待核 {len(compared.date_changed)} 条，"
        f"未见于导出 {len(compared.vanished)} 条。"
    )
    if prepared.result.not_evaluated:
        missing = len(prepared.result.not_evaluated)
        lines.append(f"缺少栏目、未评估的规则 {missing} 条，导入后发送 /数据 查看。")
    return "\n".join(lines)


def file_line(sheet: Sheet) -> str:
    """Say what was read of one file and what was not."""
    said = f"{KIND_WORDS[sheet.kind]}：读入 {sheet.rows_read} 行，拒收 {len(sheet.refused)} 行"
    said += "".join(f"；第{one.row}行{one.column}：{one.reason}" for one in sheet.refused[:SHOWN])
    if len(sheet.refused) > SHOWN:
        said += f"；另有 {len(sheet.refused) - SHOWN} 行"
    if sheet.unknown_columns:
        said += f"；不认识的栏目 {len(sheet.unknown_columns)} 个：{_some(sheet.unknown_columns)}"
    if sheet.damaged_columns:
        said += f"；已损坏的栏目：{'、'.join(sheet.damaged_columns)}"
    return said + "。"


def _some(names: tuple[str, ...]) -> str:
    shown = "、".join(names[:SHOWN])
    return f"{shown}等" if len(names) > SHOWN else shown
