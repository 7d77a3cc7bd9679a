"""What an answer does to a finding's state; an answer never closes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge import chinese

if TYPE_CHECKING:
    from knowledge.replies.model import Intent
    from storage.models.findings import Finding

AFTER: dict[Intent, str] = {
    "ack": "acknowledged",
    "corrected": "corrected_claimed",
    "corrected_partial": "blocked",
    "explanation": "explained",
    "objection": "objected",
    "extension_request": "acknowledged",
    "wrong_person": "forwarded",
    "attachment": "corrected_claimed",
    "commitment": "acknowledged",
    "not_an_error": "explained",
    "delegate": "forwarded",
}
"""States after an answer; a question leaves the state as it is."""

STATE_WORDS = {
    "new": "待发送",
    "queued": "待审",
    "sent": "已发送，未答复",
    "acknowledged": "已知悉",
    "explained": "已说明，待核实",
    "corrected_claimed": "称已改，待核实",
    "objected": "有异议，待复核",
    "forwarded": "称非本人承办，待核实",
    "blocked": "待案管协助",
    "clue": "已转监督线索",
    "closed": "已销号",
}
HIT_WORDS = {
    "due_soon": "期限将届满",
    "overdue": "超过期限",
    "missing": "未填录",
    "conflict": "案卡矛盾",
    "verify": "请核对",
    "observed": "人工监控发现",
}
INTENT_WORDS: dict[Intent, str] = {
    "ack": "知悉",
    "corrected": "称已改",
    "corrected_partial": "称系统内改不了，请案管协助",
    "explanation": "说明",
    "objection": "异议",
    "extension_request": "请求缓办",
    "wrong_person": "称非本人承办",
    "attachment": "附材料",
    "question": "询问",
    "commitment": "承诺办理",
    "not_an_error": "称不属问题",
    "delegate": "交助理办理",
    "none": "未识别",
}
CLOSED_WORDS = {
    "cured": "新的导出显示已纠正",
    "accepted": "专员核实销号",
    "dropped": "专员认定不属问题",
    "undone": "导入已撤回",
    "recorded": "仅作记录",
    "withdrawn": "通知书撤回",
    "objection_upheld": "异议成立",
    "clue_settled": "监督线索已办理",
    "clue_unfounded": "监督线索不成立",
    "passed_on": "同一羁押期限已在后一环节的案件中提示",
    "restored": "已恢复提示，待巡查",
}
"""How a finding was closed, as people read it."""


def standing(finding: Finding) -> str:
    """Say where a finding stands, with the day of the last answer."""
    state = STATE_WORDS.get(finding.state, finding.state)
    day = finding.answered_at
    return f"{state}（{chinese.month_day(day.date())}答复）" if day else state


def move(finding: Finding, intent: Intent) -> str:
    """Set the state an answer leads to; returns the state before.

    知悉 never takes back something stronger that was already said.
    """
    before = finding.state
    after = AFTER.get(intent)
    if after is None or finding.state in {"closed", "clue"}:
        return before
    if after == "acknowledged" and before not in {"new", "sent", "acknowledged"}:
        return before
    finding.state = after
    finding.version += 1
    return before


def reset_state(finding: Finding) -> None:
    """A value changed or the case moved: what was answered speaks of other values now."""
    if finding.state in {"queued", "closed", "clue"}:
        return
    finding.state = "new" if finding.told_at is None else "sent"
    finding.answered_at = None
