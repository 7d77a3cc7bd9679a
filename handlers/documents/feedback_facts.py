"""What 《流程监控反馈意见书》 says: a department's written answer to a notice."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Literal

from handlers.documents.naming import named
from knowledge.case_numbers import has_juvenile_word

if TYPE_CHECKING:
    from datetime import date

Conclusion = Literal["属实", "部分属实", "不属实"]
ReviewOutcome = Literal["已纠正", "继续跟踪", "维持", "撤回", "分项复核"]


@dataclass(frozen=True)
class FeedbackItem:
    """What the department found on one problem of the notice."""

    finding: str = field(metadata=named("编号", internet=True))
    case_no: str = field(metadata=named("部门受案号"))
    tail: str = field(metadata=named("案件尾号", internet=True))
    case_name: str = field(metadata=named("案件名称", personal=True))
    prosecutor: str = field(metadata=named("承办检察官"))
    problem: str = field(metadata=named("问题"))
    conclusion: Conclusion = field(metadata=named("核查结论", internet=True))
    cause: str = field(metadata=named("原因"))
    measure: str = field(metadata=named("纠正措施"))
    corrected_on: date | None = field(
        default=None, metadata=named("纠正日期", internet=True, optional=True)
    )
    planned_on: date | None = field(
        default=None, metadata=named("预计日期", internet=True, optional=True)
    )
    proofs: tuple[str, ...] = field(default=(), metadata=named("佐证材料", optional=True))
    objection: str | None = field(default=None, metadata=named("异议", optional=True))
    juvenile: bool = False

    @property
    def hides_names(self) -> bool:
        """Tell whether the case is a minor's, by what the caller knows or by its number."""
        return self.juvenile or has_juvenile_word(self.case_no)


@dataclass(frozen=True)
class ReviewOpinion:
    """What the case-management office holds of the answer."""

    outcome: ReviewOutcome = field(metadata=named("结果", internet=True))
    opinion: str = field(metadata=named("意见"))
    reviewer: str = field(metadata=named("复核人"))
    reviewed_on: date = field(metadata=named("日期", internet=True))


@dataclass(frozen=True)
class FeedbackFacts:
    """The answer as a form; it names the notice it answers and takes none of its office's numbers.

    `own_number` is the department's own, copied as it stands. `draft` allows the form before the
    head has signed.
    """

    document_title: ClassVar[str] = "流程监控反馈意见书"

    office: str = field(metadata=named("院名", internet=True))
    department: str = field(metadata=named("反馈部门", internet=True))
    addressee: str = field(metadata=named("致送部门", internet=True))
    notice_number: str = field(metadata=named("所答通知书文号", internet=True))
    received_on: date = field(metadata=named("收到日期", internet=True))
    items: tuple[FeedbackItem, ...] = field(metadata=named("逐条", internet=True))
    head: str | None = field(metadata=named("部门负责人", draft="（待签署）"))
    signed_on: date | None = field(metadata=named("签署日期", internet=True, draft="（签署之日）"))
    ledger_head: str = field(metadata=named("流水头", internet=True))
    own_number: str | None = field(default=None, metadata=named("本部门文号", optional=True))
    review: ReviewOpinion | None = field(
        default=None, metadata=named("复核", internet=True, optional=True)
    )
    draft: bool = False
