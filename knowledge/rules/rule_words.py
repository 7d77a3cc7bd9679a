"""The words of a rule file and what each stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from knowledge.rules.rule import Body, Expected, HitState, Kind, Release, Roll, Severity

KINDS: dict[str, Kind] = {
    "限期办理": "deadline",
    "最长期限": "max_duration",
    "及时办理": "immediate",
    "事前完成": "before_event",
}
ROLLS: dict[str, Roll] = {"顺延": "yes", "不顺延": "no", "在押不顺延": "no_if_in_custody"}
STATES: dict[str, HitState] = {
    "期限临近": "due_soon",
    "超期": "overdue",
    "缺失": "missing",
    "矛盾": "conflict",
    "请核对": "verify",
}
EXPECTED: dict[str, Expected] = {
    "期限临近": "due_soon",
    "超期": "overdue",
    "缺失": "missing",
    "矛盾": "conflict",
    "请核对": "verify",
    "不提示": "silent",
    "未评估": "unevaluated",
}
RELEASES: dict[str, Release] = {
    "自动": "auto",
    "专员放行": "review",
    "只给专员": "officer",
}
SEVERITIES: dict[str, Severity] = {"轻微": "轻微", "较重": "较重", "严重": "严重"}
STRENGTHS: dict[str, Literal["direct", "derived"]] = {"直接": "direct", "推导": "derived"}
BODIES: dict[str, Body] = {
    "公安机关": "公安机关",
    "人民法院": "人民法院",
    "看守所": "看守所",
    "办案机关": "办案机关",
}
STATE_WORDS: dict[str, str] = {state: word for word, state in EXPECTED.items()}
RELEASE_WORDS: dict[str, str] = {release: word for word, release in RELEASES.items()}
LATE = "请核对：属实请说明原因；填录有误请附文书日期"
