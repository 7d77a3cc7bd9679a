"""What 《案件流程监控通知书》 and its receipt slip say."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Literal

from handlers.documents.citing import written_days
from handlers.documents.naming import named
from knowledge.case_numbers import has_juvenile_word
from knowledge.rules.rule import Citation

if TYPE_CHECKING:
    from datetime import date

    from knowledge.rules.rule import Severity

REPLY_DAYS = 10
REPLY_PROVISION = Citation("人民检察院刑事诉讼规则", "第六百六十五条", 3, version="2019")
PERSONAL_COLUMNS = ("姓名", "名称", "证件", "住所", "出生", "曾用名", "绰号", "电话")

Handling = Literal["发送案件流程监控通知书", "发送案件流程监控通知书并向检察长报告"]


@dataclass(frozen=True)
class CardValue:
    """One line of the table of problems: a column of the card, what stands there, what to check."""

    column: str = field(metadata=named("栏目", internet=True))
    value: str = field(metadata=named("现填内容", personal=True))
    expected: str = field(metadata=named("待核内容", personal=True))
    note: str | None = field(default=None, metadata=named("备注", optional=True, personal=True))

    @property
    def is_personal(self) -> bool:
        """Tell whether the column holds what would show who a minor is."""
        return any(word in self.column for word in PERSONAL_COLUMNS)


@dataclass(frozen=True)
class NoticeItem:
    """One problem of a notice: the case, the fact, the sum, the provisions, what is asked."""

    finding: str = field(metadata=named("编号", internet=True))
    case_no: str = field(metadata=named("部门受案号"))
    tail: str = field(metadata=named("案件尾号", internet=True))
    case_name: str = field(metadata=named("案件名称", personal=True))
    case_type: str = field(metadata=named("案件类别", internet=True))
    prosecutor: str = field(metadata=named("承办检察官"))
    rule: str = field(metadata=named("监控规则", internet=True))
    fact: str = field(metadata=named("事实"))
    values: tuple[CardValue, ...] = field(metadata=named("案卡", internet=True))
    steps: tuple[str, ...] = field(metadata=named("计算过程", optional=True))
    provisions: tuple[Citation, ...] = field(metadata=named("依据", internet=True))
    level: Severity = field(metadata=named("级别", internet=True))
    ask: str = field(metadata=named("请求"))
    due: date | None = field(default=None, metadata=named("届满日期", internet=True, optional=True))
    repeat: str | None = field(
        default=None, metadata=named("重复情况", internet=True, optional=True)
    )
    juvenile: bool = False

    @property
    def hides_names(self) -> bool:
        """Tell whether the case is a minor's, by what the caller knows or by its number."""
        return self.juvenile or has_juvenile_word(self.case_no)


@dataclass(frozen=True)
class NoticeFacts:
    """A notice to one department, with one problem or several.

    `draft` allows a preview before number and approval are there; both then read as such.
    """

    document_title: ClassVar[str] = "案件流程监控通知书"

    office: str = field(metadata=named("院名", internet=True))
    number: str | None = field(metadata=named("文号", internet=True, draft="草稿，未编文号"))
    department: str = field(metadata=named("致送部门", internet=True))
    sender: str = field(metadata=named("发文部门", internet=True))
    items: tuple[NoticeItem, ...] = field(metadata=named("问题", internet=True))
    handling: Handling = field(metadata=named("处理方式", internet=True))
    watcher: str = field(metadata=named("监控人"))
    approver: str | None = field(metadata=named("签发人", draft="（待签发）"))
    issued_on: date = field(metadata=named("落款日期", internet=True))
    ledger_head: str = field(metadata=named("流水头", internet=True))
    attachments: tuple[str, ...] = field(default=(), metadata=named("附件", optional=True))
    copy_to: str | None = field(default=None, metadata=named("抄送", optional=True))
    reply_within: str = field(
        default=written_days(REPLY_DAYS), metadata=named("回复期限", internet=True)
    )
    reply_provision: Citation = field(
        default=REPLY_PROVISION, metadata=named("回复依据", internet=True)
    )
    draft: bool = False


@dataclass(frozen=True)
class ReceiptSlip:
    """The slip that the department signs; what is not known yet is a line to write on."""

    document_title: ClassVar[str] = "送达回执"

    office: str = field(metadata=named("院名", internet=True))
    title: str = field(metadata=named("送达文书", internet=True))
    number: str = field(metadata=named("文号", internet=True))
    department: str = field(metadata=named("受送达部门", internet=True))
    sender: str = field(metadata=named("送达部门", internet=True))
    ledger_head: str = field(metadata=named("流水头", internet=True))
    copies: int = field(default=1, metadata=named("份数", internet=True))
    deliverer: str | None = field(default=None, metadata=named("送达人", optional=True))
    manner: str | None = field(default=None, metadata=named("送达方式", optional=True))
    receiver: str | None = field(default=None, metadata=named("签收人", optional=True))
    received_on: date | None = field(default=None, metadata=named("收到日期", optional=True))
    note: str | None = field(default=None, metadata=named("备注", optional=True))
