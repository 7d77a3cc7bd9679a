"""The acts that figures count, in the words of the office."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

ACT_WORDS: Mapping[str, str] = {
    "finding_made": "发现问题",
    "finding_reopened": "重新打开",
    "finding_changed": "问题有变化",
    "finding_moved": "改派",
    "finding_released": "放行",
    "finding_closed": "销号",
    "outcome_decided": "决定处理方式",
    "oral_prompt": "口头提示",
    "reviewed_accepted": "复核采纳",
    "reviewed_noted": "复核备注",
    "reviewed_insufficient": "复核退回",
    "objection_raised": "提出异议",
    "objection_decided": "处理异议",
    "objection_given_up": "不再坚持异议",
    "date_changed_after_prompt": "提示后改期",
    "answer_recorded": "记录答复",
    "feedback_put": "填写反馈",
    "feedback_signed": "签署反馈意见书",
    "feedback_reviewed": "复核反馈意见书",
    "digest_made": "生成每日提示",
    "monitored_by_hand": "人工监控",
    "notice_drafted": "拟通知书",
    "notice_item_dropped": "移出通知书",
    "notice_issued": "制发通知书",
    "notice_received": "收到通知书",
    "notice_voided": "作废通知书",
    "notice_discarded": "撤销草稿",
    "patrolled": "巡查",
    "imported": "导入导出文件",
    "import_undone": "撤销导入",
    "handling_noted": "登记办理天数",
    "publication_noted": "登记文书公开",
    "training_held": "登记专题培训",
    "evaluation_decided": "移送评查",
    "campaign_started": "开始专项监控",
    "campaign_cancelled": "取消专项",
}
