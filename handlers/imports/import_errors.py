"""Why an import is not carried out, or cannot be taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.errors import UserFacingError

if TYPE_CHECKING:
    from datetime import date


class ImportGuardError(UserFacingError):
    """An import would close or lose more than half: probably the wrong or a partial export."""

    def __init__(self, what: str, many: int, of: int) -> None:
        super().__init__(
            f"导入已停止：这次导出会使 {of} 件中的 {many} 件{what}，超过一半，"
            "可能导出不全或选错了文件。"
            "请核对后重新导出；确需导入的，请由专员在预览中选择“仍要导入”，或在命令行加 --force"
        )


class AlreadyImportedError(UserFacingError):
    """All files of this call were imported before."""

    def __init__(self, day: date) -> None:
        super().__init__(f"这些文件已经导入过（数据截至{day}），没有重复导入")


class SentMeanwhileError(UserFacingError):
    """Something was sent on the import, so it cannot be taken back."""

    def __init__(self) -> None:
        super().__init__(
            "已根据这次导入发出提示，不能再撤回导入；有误的提示请用 /撤回 编号 逐条处理"
        )


class NotTheNewestError(UserFacingError):
    """The button belongs to an import that is no longer the last one."""

    def __init__(self) -> None:
        super().__init__("这次导入已不是最近一次，或已撤回，不能再撤回")
