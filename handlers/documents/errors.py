"""Faults of documents: each names the paper, the field or the template, and what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.errors import UserFacingError

if TYPE_CHECKING:
    from pathlib import Path


class DocumentError(UserFacingError):
    """A document could not be made."""


class FactMissingError(DocumentError):
    """A field that the paper must carry is empty."""

    def __init__(self, document: str, field: str) -> None:
        super().__init__(f"《{document}》缺少“{field}”，文书没有生成。请补充后重新生成")


class TemplateMissingError(DocumentError):
    """There is no template of that name, neither the office's own nor a shipped one."""

    def __init__(self, document: str, file_name: str) -> None:
        super().__init__(
            f"没有找到《{document}》的模板 {file_name}，文书没有生成。"
            "请把模板放进数据目录的 templates 文件夹"
        )


class TemplateUnreadableError(DocumentError):
    """The file is no docx, or its placeholders do not make a whole document."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"模板 {path.name} 无法使用：{reason}。请用 Word 或 WPS 改正后另存为 docx，"
            "或移走这个文件，改用自带模板"
        )


class TemplateFieldError(DocumentError):
    """The template asks for a field that this paper does not have, or that is empty."""

    def __init__(self, path: Path, document: str, field: str) -> None:
        super().__init__(
            f"模板 {path.name} 要用“{field}”，《{document}》没有填这一项，文书没有生成。"
            "请补充这一项，或在模板里改用别的字段"
        )


class DoorClosedError(DocumentError):
    """This paper has no pointer version, so it may not travel on an internet door."""

    def __init__(self, document: str) -> None:
        super().__init__(
            f"《{document}》没有指引版，不能经互联网通道发送。请在内网或数据目录中查看"
        )


class CitationUnreadableError(DocumentError):
    """An article's number is not written in any known way."""

    def __init__(self, document: str, article: str) -> None:
        super().__init__(
            f"《{document}》的条号“{article}”无法识别，文书没有生成。请写成“第二百八十二条”的样子"
        )
