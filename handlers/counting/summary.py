"""A range's statistics in words: the sentence of the work report, and the short table in a chat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.counting.tabling import TOTAL

if TYPE_CHECKING:
    from handlers.counting.figures import Figure
    from handlers.counting.statistics import Statistics

LINES = (
    ("人工监控", ("watched", "effective", "problems", "effective_rate")),
    ("自动巡查", ("patrolled", "patrol_runs")),
    ("自动提示", ("term_prompts", "check_prompts")),
    ("处理", ("oral", "notices", "chief_reports")),
    ("通知书", ("notices_replied", "notices_not_due", "notices_overdue")),
    ("反馈和整改", ("feedbacks", "corrected_of", "corrected_rate", "unsupported")),
    ("异议", ("objections", "objections_upheld", "objections_kept", "objections_pending")),
    ("另计", ("false_overdue", "date_changed", "after_notice", "baseline_left")),
    ("文书公开", ("publication_due", "publication_on_time", "publication_late")),
    ("一审公诉", ("handled", "handling_days")),
    ("专项和培训", ("campaigns", "trainings")),
)
"""The lines of the table in a chat: what they are called, which figures stand in them."""


def sentence(statistics: Statistics) -> str:
    """Say a range in the one sentence a work report begins with."""
    found = statistics.totals
    groups = [
        f"{row.name}{_of(row.figures, 'watched')}件"
        for row in statistics.table("groups").rows
        if row.name != TOTAL
    ]
    rate = found["effective_rate"]
    share = f"，占{rate.written}" if rate.value is not None else ""
    return (
        f"{statistics.during.title}（{statistics.during.written}），"
        f"监控案件{found['watched'].written}件，其中{'、'.join(groups)}；"
        f"有效监控{found['effective'].written}件{share}；"
        f"制发《案件流程监控通知书》{found['notices'].written}份，"
        f"收到《流程监控反馈意见书》{found['feedbacks'].written}份；"
        f"开展专项监控{found['campaigns'].written}次、"
        f"专题培训{found['trainings'].written}次。"
    )


def _of(figures: tuple[Figure | None, ...], key: str) -> str:
    return next(one.written for one in figures if one is not None and one.key == key)


def short_table(statistics: Statistics) -> str:
    """Write the figures as a phone shows them, each beside the range before."""
    lines = [
        f"流程监控统计 · {statistics.during.title}",
        f"{statistics.during.written}（括号内为{statistics.during.before.title}）",
    ]
    for title, keys in LINES:
        lines.append(f"{title}：{'，'.join(said(statistics, key) for key in keys)}")
    lines += [f"　{_group(statistics, row.name)}" for row in statistics.table("groups").rows[:-1]]
    lines.append(f"留痕流水头 {statistics.head}；定义见表后说明。")
    return "\n".join(lines)


def said(statistics: Statistics, key: str) -> str:
    """Say one figure beside that of the range before."""
    now = statistics.totals[key]
    unit = "" if now.unit == "%" else now.unit
    then = statistics.before[key].written if statistics.before else "—"
    value = f"{now.written}{unit}" if now.value is not None else "—"
    return f"{now.name} {value}（{then}）"


def _group(statistics: Statistics, name: str) -> str:
    figures = statistics.table("groups").row(name).figures
    told = [one for one in figures if one is not None and one.key in {"watched", "effective"}]
    return f"{name}：{'，'.join(f'{one.name} {one.written}' for one in told)}"
