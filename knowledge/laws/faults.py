"""Why an official text cannot be read, each in one sentence."""

from __future__ import annotations

from knowledge.errors import KnowledgeError


class UnreadableTextError(KnowledgeError):
    """A file cannot be read as an official text."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"“{name}”不能导入：{reason}")


class UnknownKindError(UnreadableTextError):
    """A file of a kind that is not read."""

    def __init__(self, name: str) -> None:
        super().__init__(name, "目前只读取 md、txt 文本，请另存为 txt 后再导入")


class NoArticlesError(UnreadableTextError):
    """A text without a single article or numbered point."""

    def __init__(self, name: str) -> None:
        super().__init__(
            name, "没有找到“第…条”或“一、（一）1.”这样的编号，请确认是法律、规则、要点一类的文本"
        )


class BadDayError(KnowledgeError):
    """A day that is none was given for a text."""

    def __init__(self, given: str) -> None:
        super().__init__(f"看不懂日期“{given}”，请写成 2019-12-30 的样子")


class DamagedShelfError(KnowledgeError):
    """A stored text in the home cannot be read back."""

    def __init__(self, name: str) -> None:
        super().__init__(f"已导入的文本“{name}”损坏，请重新执行 fangyuan knowledge import 导入")
