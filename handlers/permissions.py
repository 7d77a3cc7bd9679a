"""Who may do what: one table of role, act and relation to the case; everything else is denied."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from knowledge.errors import UserFacingError
from storage import people

if TYPE_CHECKING:
    from storage.models.findings import Finding
    from storage.models.people import Person

Act = Literal[
    "ask",  # 问规则
    "see_own",  # 看自己的问题
    "see_item",  # 看一条问题
    "answer",  # 知悉、已改、说明、异议、非本人
    "withdraw_answer",  # 撤回自己的答复
    "see_queue",  # 待审、待复核
    "release",  # 放行、不放行、列为存量
    "review_answer",  # 复核答复
    "close",  # 销号
    "import",  # 导入案卡
    "undo_import",
    "stop_sending",  # 暂停、恢复
    "recall",  # 撤回已发提示
    "invite",
    "read_ledger",
    "monitor",  # 登记人工监控
    "see_data",  # 看数据情况
    "decide_outcome",  # 定处理方式
    "prompt_orally",  # 口头提示
    "tick_registered",  # 已在系统登记
    "draft_notice",  # 拟通知书
    "approve_notice",  # 批准通知书
    "number_notice",  # 录入文号
    "void_notice",  # 作废通知书
    "record_delivery",  # 登记送达
    "receive_notice",  # 收到、签收
    "answer_notice",  # 逐条答复
    "sign_feedback",  # 签署反馈意见书
    "review_feedback",  # 复核反馈
    "instruct",  # 批示
    "see_to_sign",  # 待签
    "review_objection",  # 复核异议
    "decide_objection",  # 案管负责人对异议的意见
    "settle_objection",  # 检察长决定异议
]
Relation = Literal["own", "assists", "heads", "office", "none"]

_DESK: frozenset[tuple[str, Relation]] = frozenset({("officer", "office"), ("case_head", "office")})
_DESK_ACTS: tuple[Act, ...] = (
    "decide_outcome",
    "prompt_orally",
    "tick_registered",
    "draft_notice",
    "number_notice",
    "void_notice",
    "record_delivery",
    "review_feedback",
    "review_objection",
)
_ANYBODY = ("prosecutor", "assistant", "officer", "case_head", "head", "deputy", "chief")

TABLE: dict[Act, frozenset[tuple[str, Relation]]] = {
    "ask": frozenset((role, "none") for role in (*_ANYBODY, "auditor", "admin")),
    "see_own": frozenset((role, "none") for role in _ANYBODY),
    "see_item": frozenset(
        {
            ("prosecutor", "own"),
            ("assistant", "assists"),
            ("head", "heads"),
            ("officer", "office"),
            ("case_head", "office"),
            ("auditor", "office"),
        }
    ),
    "answer": frozenset({("prosecutor", "own"), ("assistant", "assists"), ("head", "heads")}),
    "withdraw_answer": frozenset(
        {("prosecutor", "own"), ("assistant", "assists"), ("head", "heads")}
    ),
    "see_queue": frozenset({("officer", "none"), ("case_head", "none")}),
    "release": frozenset({("officer", "office"), ("case_head", "office")}),
    "review_answer": frozenset({("officer", "office"), ("case_head", "office")}),
    "close": frozenset({("officer", "office"), ("case_head", "office")}),
    "import": frozenset({("officer", "none"), ("case_head", "none"), ("admin", "none")}),
    "undo_import": frozenset({("officer", "none"), ("case_head", "none"), ("admin", "none")}),
    "stop_sending": frozenset({("officer", "none"), ("case_head", "none"), ("admin", "none")}),
    "recall": frozenset({("officer", "office"), ("case_head", "office")}),
    "invite": frozenset({("officer", "none"), ("admin", "none")}),
    "read_ledger": frozenset({("officer", "none"), ("case_head", "none"), ("auditor", "none")}),
    "monitor": frozenset({("officer", "none"), ("case_head", "none")}),
    "see_data": frozenset(
        {("officer", "none"), ("case_head", "none"), ("auditor", "none"), ("admin", "none")}
    ),
    **dict.fromkeys(_DESK_ACTS, _DESK),
    "approve_notice": frozenset({("case_head", "office"), ("deputy", "office")}),
    "receive_notice": frozenset({("head", "heads")}),
    "answer_notice": frozenset(
        {("prosecutor", "own"), ("assistant", "assists"), ("head", "heads")}
    ),
    "sign_feedback": frozenset({("head", "heads")}),
    "instruct": frozenset({("chief", "office")}),
    "see_to_sign": frozenset((role, "none") for role in ("case_head", "head", "deputy", "chief")),
    "decide_objection": frozenset({("case_head", "office")}),
    "settle_objection": frozenset({("chief", "office")}),
}
"""Acts on a finding name a relation; acts on nothing in particular have the relation none."""

# Nobody reviews, approves or closes a finding in his own case (design, point 11).
NOT_IN_OWN_CASE: frozenset[Act] = frozenset(
    {
        "release",
        "review_answer",
        "close",
        "recall",
        *_DESK_ACTS,
        "approve_notice",
        "instruct",
        "decide_objection",
        "settle_objection",
    }
)


class RefusedError(UserFacingError):
    """A person asked for something that is not his to do."""

    def __init__(self, act: Act) -> None:
        super().__init__(
            f"{_REFUSALS.get(act, '这项操作不在您的权限内')}。如有疑问，请联系流程监控专员"
        )
        self.act = act


_REFUSALS: dict[Act, str] = {
    "see_item": "这一条不是您承办的案件，不便显示",
    "answer": "这一条不是您承办的案件，不能代为答复",
    "withdraw_answer": "只有答复人本人可以撤回",
    "review_answer": "本人承办的案件须由他人复核，或者您没有复核权限",
    "release": "本人承办的案件须由他人审核，或者您没有审核权限",
    "close": "本人承办的案件须由他人销号，或者您没有销号权限",
    "recall": "本人承办的案件须由他人撤回，或者您没有撤回权限",
    "decide_outcome": "本人承办的案件须由他人决定处理方式，或者您没有这项权限",
    "prompt_orally": "本人承办的案件须由他人口头提示，或者您没有这项权限",
    "draft_notice": "本人承办的案件须由他人拟发通知书，或者您没有这项权限",
    "approve_notice": "通知书须由拟稿人以外、与案件无关的负责人批准",
    "void_notice": "本人承办的案件须由他人作废通知书，或者您没有这项权限",
    "receive_notice": "通知书由收文部门负责人签收",
    "answer_notice": "这一条不是您承办的案件，不能代为答复",
    "sign_feedback": "反馈意见书由部门负责人签署",
    "review_feedback": "本人承办的案件须由他人复核，或者您没有复核权限",
    "instruct": "批示由检察长作出，本人承办的案件除外",
    "review_objection": "本人承办的案件须由他人复核异议，或者您没有复核权限",
    "decide_objection": "异议由与案件无关的案管负责人提出意见",
    "settle_objection": "异议由检察长决定，本人承办的案件除外",
}


def relations(person: Person, finding: Finding | None) -> frozenset[Relation]:
    """Return how a person stands to a finding's case; without a finding it is the relation none."""
    if finding is None:
        return frozenset({"none"})
    if person.office != finding.office:
        return frozenset()
    found: set[Relation] = {"office"}
    names = {person.name, *person.aliases}
    if finding.prosecutor in names and not _namesake_is_meant(person, finding):
        found.add("own")
    if finding.assistant in names and not _namesake_is_meant(person, finding):
        found.add("assists")
    if "head" in person.roles and finding.department == person.department:
        found.add("heads")
    return frozenset(found)


def _namesake_is_meant(person: Person, finding: Finding) -> bool:
    """Tell whether somebody of the same name sits in the department of the case."""
    if person.department == finding.department:
        return False
    names = {person.name, *person.aliases}
    return any(
        other.department == finding.department and names & {other.name, *other.aliases}
        for other in people.colleagues(person)
    )


def may(person: Person, act: Act, finding: Finding | None = None) -> bool:
    """Tell whether the table allows it; what it does not name is denied."""
    related = relations(person, finding)
    if act in NOT_IN_OWN_CASE and related & {"own", "assists"}:
        return False
    return any((role, relation) in TABLE[act] for role in person.roles for relation in related)


def demand(person: Person, act: Act, finding: Finding | None = None) -> None:
    """Raise RefusedError unless the table allows it."""
    if not may(person, act, finding):
        raise RefusedError(act)
