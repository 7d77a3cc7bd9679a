"""Case lists with terms that run: what a home is filled with where findings are needed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tests.support.tables import OFFICE, case_no, write_csv

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

DAY = date(2026, 6, 15)
HEADER: list[object] = [
    "序号", "部门受案号", "案件名称", "案件类别名称", "承办单位", "承办部门", "承办检察官",
    "检察官助理", "嫌疑人编号", "嫌疑人姓名", "受理日期", "到期日期", "审结日期", "审结处理结果",
    "强制措施", "强制措施开始日期", "羁押开始日期", "羁押到期日期",
]  # fmt: skip


def detained(sequence: int, **changed: object) -> list[object]:
    """Return the row of a detained suspect whose seven days end two days after DAY."""
    row: dict[str, object] = {
        "序号": sequence,
        "部门受案号": case_no(sequence),
        "案件名称": f"钱某{sequence}盗窃案",
        "案件类别名称": "审查逮捕案件",
        "承办单位": OFFICE,
        "承办部门": "第一检察部",
        "承办检察官": "林知秋",
        "检察官助理": "程小满",
        "嫌疑人编号": f"880201202700{sequence:03}01",
        "嫌疑人姓名": f"钱某{sequence}",
        "受理日期": "2026-06-10",
        "到期日期": "2026-06-17",
        "审结日期": "",
        "审结处理结果": "",
        "强制措施": "拘留",
        "强制措施开始日期": "2026-06-03",
        "羁押开始日期": "2026-06-03",
        "羁押到期日期": "2026-06-17",
    }
    return list((row | changed).values())


def decided(sequence: int, **changed: object) -> list[object]:
    """Return the row of the same suspect after the decision, in time."""
    done = {"审结日期": "2026-06-16", "审结处理结果": "不批准逮捕", "强制措施": "取保候审"}
    return detained(sequence, **(done | changed))


def write_list(path: Path, rows: Sequence[Sequence[object]]) -> Path:
    """Write a case list."""
    return write_csv(path, [HEADER, *rows])
