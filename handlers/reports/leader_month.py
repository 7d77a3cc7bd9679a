"""The month as deputy and chief read it: at most ten lines, beside the month before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.counting import summary

if TYPE_CHECKING:
    from handlers.counting.statistics import Statistics

MOST_LINES = 10
LINES = (
    ("人工监控", ("watched", "effective", "problems")),
    ("自动巡查", ("patrolled",)),
    ("处理", ("oral", "notices", "chief_reports")),
    ("答复", ("notices_replied", "notices_overdue", "feedbacks")),
    ("整改", ("corrected_of", "corrected_rate", "unsupported")),
    ("异议", ("objections", "objections_upheld")),
    ("专项和培训", ("campaigns", "trainings")),
)


def write(counted: Statistics, waiting: int) -> str:
    """Say a month; `waiting` reports wait for the reader's signature."""
    lines = [f"流程监控 · {counted.during.title}（括号内为{counted.during.before.title}）"]
    lines += [
        f"{title}：{'，'.join(summary.said(counted, key) for key in keys)}" for title, keys in LINES
    ]
    if waiting:
        lines.append(f"待您签发的报告 {waiting} 份，发送 /待签 查看。")
    lines.append("各项定义见工作报告；只与本院以前相比。")
    return "\n".join(lines[:MOST_LINES])
