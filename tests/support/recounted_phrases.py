"""The words that a report's figures stand beside, and which of them a report must have.

They are the layouts' own: a sentence that is written anew needs its line here.
"""

from __future__ import annotations

import re

NAMES = {
    "watched": "人工监控件数",
    "effective": "有效监控件数",
    "problems": "问题数",
    "oral": "口头提示",
    "notices": "通知书",
}
RANGE = r"\d{4}年\d+月\d+日至(?:\d{4}年)?\d+月\d+日"
TITLE = r"\d{4}年(?:\d+月|第[一二三四]季度)?"
SAID: tuple[tuple[str, tuple[str, ...]], ...] = (
    (rf"^({TITLE})（({RANGE})），", ("title", "range")),
    (rf"^({RANGE})，", ("range",)),
    (rf"与({TITLE})相比，", ("before",)),
    (rf"比({TITLE})(?:增加|减少)的", ("before",)),
    (rf"没有比({TITLE})增加的问题类别", ("before",)),
    (rf"整改率(\S+?)，({TITLE})为(\S+?)。", ("corrected_rate", "before", "then corrected_rate")),
    (rf"^({TITLE})没有可比数据", ("before",)),
    (r"监控案件(\d+)件", ("watched",)),
    (r"有效监控(\d+)件，占(\S+?)；", ("effective", "effective_rate")),
    (r"有效监控(\d+)件", ("effective",)),
    (r"制发《案件流程监控通知书》(\d+)份", ("notices",)),
    (r"收到《流程监控反馈意见书》(\d+)份", ("feedbacks",)),
    (r"开展专项监控(\d+)次、专题培训(\d+)次", ("campaigns", "trainings")),
    (r"开展专项监控(\d+)次：(.+?)。", ("campaigns", "held")),
    (r"开展专题培训(\d+)次", ("trainings",)),
    (r"自动巡查(\d+)件", ("patrolled",)),
    (r"期限届满提示(\d+)条", ("term_prompts",)),
    (r"数据核对提示(\d+)条", ("check_prompts",)),
    (r"口头提示(\d+)次", ("oral",)),
    (r"报告检察长的(\d+)份", ("chief_reports",)),
    (r"本期共整改(\d+)个", ("corrected",)),
    (r"已整改(\d+)个，整改率(\S+?)(?:；|。|（)", ("corrected_of", "corrected_rate")),
    (r"已回复(\d+)份", ("notices_replied",)),
    (r"未到期(\d+)份", ("notices_not_due",)),
    (r"逾期未回复(\d+)份", ("notices_overdue",)),
    (r"收到异议(\d+)件", ("objections",)),
    (r"成立(\d+)件", ("objections_upheld",)),
    (r"没有佐证的(\d+)个", ("unsupported",)),
    (r"提示后改期的(\d+)个", ("date_changed",)),
    (r"通知后重复发生的(\d+)个", ("after_notice",)),
    (r"其中假性超期(\d+)个", ("false_overdue",)),
    (r"在办案件(\d+|—)件，确认问题(\d+)个，涉及(\d+)件", ("pending", "problems", "effective")),
    (r"个别问题：(.+?)，各1件", ("single",)),
    *((rf"{name}((?:增加|减少)\d+\w|持平)", (f"change {key}",)) for key, name in NAMES.items()),
)
COMMON = re.compile(r"^(\d+)．(.+?)：(\d+)个，涉及(\d+)件。(?:如：(.+?)。)?依据：[^\d]+。$")
ADVICE = re.compile(r"^(\d+)．(.+)$")
MOVED = re.compile(r"(\w+)（\d+→\d+）")

ALWAYS: dict[str, set[str]] = {
    "monthly": {
        *("watched", "effective", "notices", "feedbacks", "campaigns", "trainings", "patrolled"),
        *("term_prompts", "check_prompts", "oral", "chief_reports", "corrected_of", "corrected"),
        *("corrected_rate", "notices_replied", "notices_not_due", "notices_overdue", "objections"),
        *("objections_upheld", "unsupported", "date_changed", "after_notice", "title", "range"),
    },
    "quarterly": {"watched", "effective", "notices", "feedbacks", "campaigns", "trainings"},
    "yearly": {
        *("watched", "effective", "notices", "feedbacks", "campaigns", "trainings", "oral"),
        *("chief_reports", "corrected_of", "corrected_rate", "notices_replied"),
        *("notices_overdue", "objections", "objections_upheld", "title", "range"),
    },
    "department": {
        *("range", "pending", "problems", "effective", "oral", "notices", "corrected_of"),
        *("corrected_rate", "notices_replied", "notices_not_due", "notices_overdue"),
        *("unsupported", "date_changed", "after_notice"),
    },
}
"""What every report of a kind must say, whatever was counted."""
COMPARED: dict[str, set[str]] = {
    "monthly": {"watched", "effective", "problems", "oral", "notices"},
    "quarterly": {"watched", "effective", "problems", "oral", "notices"},
    "yearly": {"watched", "effective", "problems", "notices"},
    "department": set(),
}
"""What it holds against the range before."""
