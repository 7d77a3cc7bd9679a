"""Who may do what: one table of role, act and relation to the case; everything else is denied."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from handlers.people import stand_ins
from handlers.people.relations import CLOSE, handles, relations
from knowledge import chinese
from knowledge.errors import UserFacingError
from storage import on_behalf, people, remembered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handlers.monitoring.case_in_hand import CaseInHand
    from handlers.people.relations import Place, Relation
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
    "keep_texts",  # 导入、撤回、标注正式文本
    "stop_sending",  # 暂停、恢复
    "recall",  # 撤回已发提示
    "invite",
    "read_ledger",
    "restore_prompts",  # 恢复提示
    "confirm_link",  # 确认条文引用
    "monitor",  # 人工监控
    "look_at_case",  # 登记一件案件的人工监控
    "see_focus",  # 重点监控
    "run_campaign",  # 专项监控
    "forward_clue",  # 转监督线索
    "see_clues",  # 看监督线索
    "receive_clue",  # 收到监督线索、登记结果
    "see_department",  # 看本部门一周
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
    "read_reports",  # 统计、日志、台账
    "record_training",  # 登记专题培训
    "draft_report",  # 起草工作报告
    "check_report",  # 审核工作报告
    "sign_report",  # 签发工作报告
    "take_leave",  # 请假、指定自己的代理人
    "arrange_stand_in",  # 为他人指定代理人
    "hand_over",  # 移交案件
    "keep_roster",  # 人员名册
]

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
    "look_at_case",
    "forward_clue",
    "restore_prompts",
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
    "keep_texts": frozenset({("officer", "none"), ("case_head", "none"), ("admin", "none")}),
    "stop_sending": frozenset({("officer", "none"), ("case_head", "none"), ("admin", "none")}),
    "recall": frozenset({("officer", "office"), ("case_head", "office")}),
    "invite": frozenset({("officer", "none"), ("admin", "none")}),
    "read_ledger": frozenset({("officer", "none"), ("case_head", "none"), ("auditor", "none")}),
    "monitor": frozenset({("officer", "none"), ("case_head", "none")}),
    "confirm_link": frozenset({("officer", "none"), ("case_head", "none")}),
    "run_campaign": frozenset({("officer", "none"), ("case_head", "none")}),
    "see_focus": frozenset(
        (role, "none")
        for role in ("prosecutor", "assistant", "head", "officer", "case_head", "auditor")
    ),
    "see_clues": frozenset((role, "none") for role in ("officer", "case_head", "head", "auditor")),
    "receive_clue": frozenset((role, "none") for role in ("officer", "case_head", "head")),
    "see_department": frozenset({("head", "none")}),
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
    "read_reports": frozenset(
        (role, "none") for role in ("officer", "case_head", "deputy", "chief", "auditor")
    ),
    "record_training": frozenset({("officer", "none"), ("case_head", "none")}),
    "draft_report": frozenset({("officer", "none"), ("case_head", "none")}),
    "check_report": frozenset({("case_head", "none")}),
    "sign_report": frozenset({("deputy", "none")}),
    "take_leave": frozenset((role, "none") for role in _ANYBODY),
    "arrange_stand_in": _DESK | {("head", "heads")},
    "hand_over": _DESK | {("head", "heads")},
    "keep_roster": frozenset({("officer", "none"), ("admin", "none")}),
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
        # a case of one's own that was handed on could be closed as another's
        "hand_over",
    }
)


class RefusedError(UserFacingError):
    """A person asked for something that is not his to do."""

    def __init__(self, act: Act, *, over: str = "") -> None:
        reason = _REFUSALS.get(act, "这项操作不在您的权限内")
        super().__init__(f"{over or reason}。如有疑问，请联系流程监控专员")
        self.act = act


_REFUSALS: dict[Act, str] = {
    "check_report": "报告由起草人以外的案管负责人审核",
    "sign_report": "报告由起草人以外的分管副检察长签发",
    "see_item": "这一条不是您承办的案件，不便显示",
    "answer": "这一条不是您承办的案件，不能代为答复",
    "withdraw_answer": "只有答复人本人可以撤回",
    "review_answer": "本人承办的案件须由他人复核，或者您没有复核权限",
    "release": "本人承办的案件须由他人审核，或者您没有审核权限",
    "close": "本人承办的案件须由他人销号，或者您没有销号权限",
    "recall": "本人承办的案件须由他人撤回，或者您没有撤回权限",
    "restore_prompts": "本人承办的案件须由他人恢复提示，或者您没有这项权限",
    "decide_outcome": "本人承办的案件须由他人决定处理方式，或者您没有这项权限",
    "prompt_orally": "本人承办的案件须由他人口头提示，或者您没有这项权限",
    "look_at_case": "本人承办的案件须由他人监控，或者您没有这项权限",
    "forward_clue": "本人承办的案件须由他人转监督线索，或者您没有这项权限",
    "receive_clue": "监督线索由收到的部门负责人或者案管登记",
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
    "arrange_stand_in": "为他人指定代理人，由流程监控专员或者本部门负责人办理",
    "hand_over": "案件移交由承办人以外的流程监控专员或者本部门负责人登记",
    "keep_roster": "人员名册由流程监控专员或者管理员维护",
}


@dataclass(frozen=True)
class Right:
    """On what ground somebody may do something: in his own right, or for whom he stands in."""

    principal: Person | None = None


def right(
    person: Person, act: Act, case: Finding | CaseInHand | Place | None = None
) -> Right | None:
    """Return the ground on which the table allows an act; None: it is denied.

    Nobody decides in his own case, nor in that of the one he stands in for. Who handles a case as a
    stand-in does so for its prosecutor, be he otherwise its head.
    """
    if act in NOT_IN_OWN_CASE and handles(person, case):
        return None
    own = _related(act, frozenset(person.roles), relations(person, case))
    if own & CLOSE:
        return Right()
    stood_in = list(_as_stand_in(person, act, case))
    near = [principal for principal, related in stood_in if related & CLOSE]
    if near or (stood_in and not own):
        return Right(near[0] if near else stood_in[0][0])
    return Right() if own else None


def _related(act: Act, roles: frozenset[str], found: frozenset[Relation]) -> frozenset[Relation]:
    """Return the relations among those found in which a role makes the table allow an act."""
    return frozenset(one for one in found if any((role, one) in TABLE[act] for role in roles))


def _as_stand_in(
    person: Person, act: Act, case: Finding | CaseInHand | Place | None
) -> Iterator[tuple[Person, frozenset[Relation]]]:
    for cover in stand_ins.of(person):
        if cover.scope == "notices" and act not in stand_ins.NOTICE_ACTS:
            continue
        if act in NOT_IN_OWN_CASE and handles(cover.principal, case):
            continue
        if related := _related(act, cover.roles, relations(cover.principal, case)):
            yield cover.principal, related


def may(person: Person, act: Act, case: Finding | CaseInHand | Place | None = None) -> bool:
    """Tell whether the table allows it; what it does not name is denied."""
    return right(person, act, case) is not None


def demand(
    person: Person, act: Act, case: Finding | CaseInHand | Place | None = None
) -> Person | None:
    """Raise RefusedError unless the table allows it; returns for whom the person then acts.

    What he does about the case in this transaction stands in the ledger as done for that person.
    """
    found = right(person, act, case)
    if found is None:
        raise RefusedError(act, over=_is_over(person, act, case))
    session = people.session_of(person)
    if session is not None:
        principal_id = found.principal.id if found.principal else None
        on_behalf.note(session, person.id, _object(case), principal_id)
    return found.principal


def acting_for(
    person: Person, act: Act, case: Finding | CaseInHand | Place | None = None
) -> Person | None:
    """Return for whom a person acts where the table allows it, noted as `demand` notes it."""
    return demand(person, act, case) if may(person, act, case) else None


def _object(case: Finding | CaseInHand | Place | None) -> str:
    """Return how the ledger names what an act is about."""
    if case is None:
        return on_behalf.ANYTHING
    number = getattr(case, "number", None)
    return f"finding:{number}" if number else f"case:{case.case_no}"


def _is_over(person: Person, act: Act, case: Finding | CaseInHand | Place | None) -> str:
    """Say to who stood in for somebody until lately that this is over; "": that is not why."""
    session = people.session_of(person)
    moment = remembered.moment_of(session) if session else None
    if session is None or moment is None or case is None:
        return ""
    for one in stand_ins.was_for(session, person, moment.date()):
        principal = people.by_id(session, one.principal_id)
        if principal is None or (act in NOT_IN_OWN_CASE and handles(person, case)):
            continue
        if _related(act, frozenset(principal.roles), relations(principal, case)):
            until = one.ended_at.date() if one.ended_at else one.last
            return f"您代{principal.name}的期间已于{chinese.month_day(until)}结束，请由本人办理"
    return ""
