"""Why an export file was refused whole: one sentence each, with what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.errors import UserFacingError

if TYPE_CHECKING:
    from collections.abc import Iterable

_SAVE = "请用 Excel 或 WPS 打开后另存为 xlsx，再导入。"
_EXPORT = "请从业务系统重新导出后再导入。"

CHILD_FAULTS = {
    "encrypted": "有密码保护，不能读取。请去掉密码，另存为 xlsx，再导入。",
    "macros": "带有宏，不予读取。请另存为不带宏的 xlsx，再导入。",
    "binary_workbook": f"是二进制工作簿（xlsb），不能读取。{_SAVE}",
    "not_table": f"不是 csv、xlsx、xls 表格。{_SAVE}",
    "web_page": f"是网页格式，不是真正的表格。{_SAVE}",
    "encoding": f"文字编码不是 UTF-8 或 GB18030，不能读取。{_SAVE}",
    "damaged": f"已损坏或不完整，不能读取。{_EXPORT}",
    "stopped": f"结构异常，读取用尽了内存或时间，已中止。{_SAVE}",
    "too_big": "展开后过大，不予读取。请只保留需要的行和列，或分成几个文件再导入。",
    "too_many_rows": "行数过多，不予读取。请删去空白区域，或分成几个文件再导入。",
    "too_many_columns": "列数过多，不予读取。请删去不需要的列再导入。",
    "too_slow": "读取超时，不予读取。请只保留需要的行和列，或分成几个文件再导入。",
}


class ExportError(UserFacingError):
    """A file that is not taken at all; nothing of the same call is."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name}：{why}")


class UnreadableFileError(ExportError):
    """The file cannot be opened as a table; `fault` is one of CHILD_FAULTS."""

    def __init__(self, name: str, fault: str) -> None:
        super().__init__(name, CHILD_FAULTS[fault])


class NoSuchFileError(ExportError):
    """The file is not there, is a folder or must not be read."""

    def __init__(self, name: str) -> None:
        super().__init__(name, "找不到这个文件，或没有读取权限。请核对文件名和位置。")


class WrongEndingError(ExportError):
    """The name says that the file is no export this product reads."""

    def __init__(self, name: str, ending: str) -> None:
        super().__init__(
            name, f"不读取{ending or '没有扩展名的'}文件，只读取 csv、xlsx、xls。{_SAVE}"
        )


class FileTooLargeError(ExportError):
    """The file is larger than the limit, before anything is unpacked."""

    def __init__(self, name: str, megabytes: int) -> None:
        super().__init__(name, f"超过 {megabytes} MB，不予读取。请分成几个文件再导入。")


class EmptyFileError(ExportError):
    """There is nothing in the file."""

    def __init__(self, name: str) -> None:
        super().__init__(name, f"是空表，没有表头和数据。{_EXPORT}")


class NoHeaderError(ExportError):
    """No row of the file is a header that the registry knows."""

    def __init__(self, name: str) -> None:
        super().__init__(
            name, "找不到表头，不像业务系统导出的表。请核对文件，表头须有“部门受案号”一列。"
        )


class NoCaseNumberColumnError(ExportError):
    """The table has no column 部门受案号: no row can be bound to a case."""

    def __init__(self, name: str) -> None:
        super().__init__(
            name, "没有“部门受案号”一列，无法对应到案件。请在导出时勾选部门受案号，再导入。"
        )


class SameColumnTwiceError(ExportError):
    """Two columns have one name, as written or after their synonyms are resolved."""

    def __init__(self, name: str, headings: Iterable[str], column: str) -> None:
        written = "、".join(f"“{heading}”" for heading in headings)
        super().__init__(
            name, f"{written}是同一栏目“{column}”的两列，无法判断以哪一列为准。请删去一列再导入。"
        )


class SeveralTablesError(ExportError):
    """More than one sheet of the workbook holds a table of cases."""

    def __init__(self, name: str, sheets: Iterable[str]) -> None:
        listed = "、".join(f"“{sheet}”" for sheet in sheets)
        super().__init__(name, f"有几张工作表都有数据（{listed}）。请分别另存为 xlsx，再一起导入。")
