"""The ledger as a workbook, for reading and filtering; the proof stays with the chain file."""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.cell import Cell

HEADINGS = {
    "流水号": 10,
    "时间": 20,
    "行为人": 14,
    "事项": 22,
    "对象": 20,
    "内容": 60,
    "个人信息": 14,
    "前一条校验值": 20,
    "本条校验值": 20,
}
"""The columns and their widths."""
KEPT, ERASED = "另存", "已按期清除"
_LONGEST = 32_000
_CUT = "……（全文见流水文件）"
_PER_SHEET = 1_000_000
# https://owasp.org/www-community/attacks/CSV_Injection; # begins what is taken for an error value
_DANGEROUS = tuple("=+-@#\t\r\n|%")
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class LedgerSheet:
    """A workbook that is filled entry by entry; a sheet holds a million of them."""

    def __init__(self) -> None:
        self._book = Workbook(write_only=True)
        self._rows = 0
        self._sheet = self._new_sheet()

    def add(self, seq: int, previous: str, digest: str, body: str, *, has_text: bool) -> None:
        """Put an entry into the next row."""
        if self._rows == _PER_SHEET:
            self._sheet, self._rows = self._new_sheet(), 0
        self._rows += 1
        content = json.loads(body)
        beside = "" if content["text_hash"] is None else KEPT if has_text else ERASED
        told = (
            f"{datetime.fromisoformat(content['moment']):%Y-%m-%d %H:%M:%S}",
            content["actor"],
            content["act"],
            content["object"],
            json.dumps(content["data"], ensure_ascii=False) if content["data"] else "",
            beside,
            previous,
            digest,
        )
        self._sheet.append([seq, *(self._text(one) for one in told)])

    def save(self, path: Path) -> None:
        """Write the file."""
        self._book.save(path)

    def _new_sheet(self) -> Any:
        # its stubs lack what it takes from an ordinary sheet
        sheet: Any = self._book.create_sheet(f"流水{len(self._book.worksheets) + 1}")
        sheet.freeze_panes = "A2"
        for place, width in enumerate(HEADINGS.values()):
            sheet.column_dimensions[chr(ord("A") + place)].width = width
        sheet.auto_filter.ref = f"A1:{chr(ord('A') + len(HEADINGS) - 1)}1"
        heads = [WriteOnlyCell(sheet, value=name) for name in HEADINGS]
        for cell in heads:
            cell.font = Font(bold=True)
        sheet.append(heads)
        return sheet

    def _text(self, value: str) -> Cell | str:
        """Make a cell that stays text, whatever it begins with, also after it was edited."""
        clean = _ILLEGAL.sub("�", value)
        if len(clean) > _LONGEST:
            clean = clean[:_LONGEST] + _CUT
        if not clean.startswith(_DANGEROUS):
            return clean
        cell = WriteOnlyCell(self._sheet, value=clean)
        cell.data_type = "s"
        cell.quotePrefix = True
        return cell
