"""What can be wrong with a rule file, each said in one sentence with file, line and remedy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.errors import KnowledgeError

if TYPE_CHECKING:
    from collections.abc import Sequence

SHOWN_CASES = 3


class RuleFileError(KnowledgeError):
    """A rule file is refused; names file, line, reason and what to do."""

    def __init__(self, name: str, line: int, reason: str) -> None:
        super().__init__(
            f"规则文件 {name} 第 {line} 行：{reason}。请改正后运行 fangyuan rules test 检验"
        )
        self.line, self.reason = line, reason


class RuleSwitchError(KnowledgeError):
    """The configuration switches a rule that there is not."""

    def __init__(self, entry: str, rule: str) -> None:
        super().__init__(
            f"配置项 rules.{entry} 里的“{rule}”不是已有的规则，"
            "请核对编号（fangyuan rules list 可查看全部规则）"
        )


class ConditionError(KnowledgeError):
    """A condition cannot be read; `column` counts its characters from 1."""

    def __init__(self, text: str, column: int, reason: str) -> None:
        super().__init__(f"条件第 {column} 个字处{reason}（条件：{_shown(text)}）")
        self.column = column
        self.reason = reason


class NoRuleFolderError(KnowledgeError):
    """A folder of rules that was named is not there."""

    def __init__(self, name: str) -> None:
        super().__init__(f"没有规则目录“{name}”，请写规则文件所在的目录，随附的规则写 shipped")


class UnknownRuleError(KnowledgeError):
    """No rule has this id."""

    def __init__(self, rule_id: str, similar: str | None) -> None:
        near = f"，是不是 {similar}？" if similar else "。"
        super().__init__(f"没有规则“{rule_id}”{near}fangyuan rules list 可查看全部规则")


class UnknownCaseError(KnowledgeError):
    """The given exports hold no such case."""

    def __init__(self, case_no: str) -> None:
        super().__init__(f"给出的导出文件里没有案件“{case_no}”，请核对受案号")


def _shown(text: str) -> str:
    shown = " ".join(text.split())
    return shown if len(shown) <= 60 else f"{shown[:59]}…"


class SeveralCasesError(KnowledgeError):
    """Several cases fit what was written of a case number."""

    def __init__(self, case: str, found: Sequence[str]) -> None:
        shown = "、".join(found[:SHOWN_CASES]) + (" 等" if len(found) > SHOWN_CASES else "")
        super().__init__(f"“{case}”对应 {len(found)} 件案件（{shown}），请写完整的受案号")
