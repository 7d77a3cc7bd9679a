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
]
Relation = Literal["own", "assists", "heads", "office", "none"]

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
}
"""Acts on a finding name a relation; acts on nothing in particular have the relation none."""

# Nobody reviews, approves or closes a finding in his own case (design, point 11).
NOT_IN_OWN_CASE: frozenset[Act] = frozenset({"release", "review_answer", "close", "recall"})


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
