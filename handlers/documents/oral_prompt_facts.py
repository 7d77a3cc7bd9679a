"""What the record of an oral prompt says, and its copy for 统一业务应用系统."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Literal

from handlers.documents.citing import cite_all, written_day
from handlers.documents.naming import named
from handlers.findings.case_reference import MINOR
from knowledge.case_numbers import has_juvenile_word

if TYPE_CHECKING:
    from datetime import date, datetime

    from handlers.desk import Clearance
    from knowledge.rules.rule import Citation

Manner = Literal["当面", "电话", "系统", "消息"]


@dataclass(frozen=True)
class OralPromptFacts:
    """An oral prompt: when, how, by whom, to whom, what about, what came of it.

    `finding` is the number of the problem. What is not known yet (answer, result) reads as such.
    """

    document_title: ClassVar[str] = "流程监控口头提示记录"

    office: str = field(metadata=named("院名", internet=True))
    finding: str = field(metadata=named("编号", internet=True))
    prompted_at: datetime = field(metadata=named("提示时间", internet=True))
    manner: Manner = field(metadata=named("提示方式", internet=True))
    prompter: str = field(metadata=named("提示人"))
    prompted: str = field(metadata=named("被提示人"))
    department: str = field(metadata=named("承办部门", internet=True))
    case_no: str = field(metadata=named("部门受案号"))
    tail: str = field(metadata=named("案件尾号", internet=True))
    case_name: str = field(metadata=named("案件名称", personal=True))
    problem: str = field(metadata=named("问题"))
    provisions: tuple[Citation, ...] = field(metadata=named("依据", internet=True))
    ask: str = field(metadata=named("请求"))
    ledger_head: str = field(metadata=named("流水头", internet=True))
    reply_by: date | None = field(default=None, metadata=named("内部期限", optional=True))
    read_at: datetime | None = field(default=None, metadata=named("已读时间", optional=True))
    answer: str | None = field(default=None, metadata=named("答复", optional=True))
    result: str | None = field(default=None, metadata=named("处理结果", optional=True))
    reviewer: str | None = field(default=None, metadata=named("复核人", optional=True))
    juvenile: bool = False

    @property
    def hides_names(self) -> bool:
        """Tell whether the case is a minor's, by what the caller knows or by its number."""
        return self.juvenile or has_juvenile_word(self.case_no)


def copy_text(facts: OralPromptFacts, clearance: Clearance) -> str:
    """Write the prompt as the 流程监控 record asks for it, ready to be pasted.

    On an internet door names, facts and answers are left out; the archive holds the whole.
    """
    lines = [
        f"案件名称：{MINOR if facts.hides_names else facts.case_name}",
        f"部门受案号：{facts.case_no}",
        f"监控人：{facts.prompter}",
        f"被提示人：{facts.department} {facts.prompted}",
        f"监控内容：{facts.problem}",
        f"提示要求：{facts.ask}",
        f"答复：{facts.answer or '（尚未答复）'}",
        f"处理结果：{facts.result or '（尚未办结）'}",
    ]
    if clearance == "internet":
        lines = [f"案件：{facts.tail}", "姓名、事实和答复请登录系统查看"]
    return "\n".join(
        [
            f"流程监控记录 {facts.finding}",
            "业务类别：流程监控",
            "办理形式：直接办理",
            f"监控方式：口头通知，{facts.manner}",
            f"监控日期：{written_day(facts.prompted_at)}",
            "问题个数：1",
            f"依据：{cite_all(facts.provisions)}",
            *lines,
        ]
    )
