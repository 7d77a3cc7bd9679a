"""What the officers are told each working morning: the queue, who is not reached, the data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import tell as telling
from handlers.findings import items, problem_classes, rule_precision
from handlers.people.addressees import WHY_WORDS, officers
from handlers.reports import asking
from handlers.review import follow_up, review, written_replies
from knowledge import chinese
from storage import delegations, delivery, due_jobs, ledger, people, settings
from storage import findings as findings_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from handlers.desk import Desk
    from handlers.digest.digest_choice import Moment
    from handlers.people.addressees import Address
    from storage.models.findings import Finding
    from storage.models.people import Person
    from storage.transaction import Transaction


MOST_NAMED = 20
_ON_PAPER = frozenset({"not_bound", "nobody"})
"""Why a list on paper is wanted: no message reaches the prosecutor."""


def tell(tx: Transaction, desk: Desk, addresses: Sequence[Address], moment: Moment) -> None:
    """Send every officer the day's summary; the ledger's head leaves the machine with it."""
    lines = [
        f"流程监控专员工作提示 · {moment.today.month}月{moment.today.day}日",
        *_work_lines(tx, desk),
        *_over_lines(tx, desk),
        *unreached_lines(addresses),
        *_away_lines(tx, desk),
        *_undelivered_lines(tx, desk),
        *data_lines(tx, desk, moment),
        *rule_precision.proposal_lines(tx, desk),
    ]
    head = ledger.head(tx.session)
    lines.append(f"留痕流水校验值 {head.printed}")
    on_paper = any(one.finding.prosecutor and one.why in _ON_PAPER for one in addresses)
    for officer in officers(tx.session, desk.office):
        telling.say(
            tx,
            officer,
            "system",
            "\n".join(lines),
            key=f"desk:{desk.office}:{moment.today}:{officer.id}",
        )
        if on_paper and desk.archive is not None:
            _ask_for_lists(tx, desk, officer, moment)


def _ask_for_lists(tx: Transaction, desk: Desk, officer: Person, moment: Moment) -> None:
    """Have the day's list made per prosecutor whom no message reaches, to be printed."""
    day = moment.today.isoformat()
    key = f"handout:{desk.office}:{day}:{officer.id}"
    asking.plan(tx, desk, officer, "handout", {"day": day}, key=key)


def _work_lines(tx: Transaction, desk: Desk) -> list[str]:
    open_ones = findings_table.open_ones(tx.session, desk.office)
    queued = review.queue(tx, desk)
    baseline = sum(one.lead.baseline for one in queued)
    shelved = sum(one.shelved for one in open_ones)
    changed = sum(bool(one.date_change) for one in open_ones)
    vanished = sum(one.vanished for one in open_ones)
    apart = problem_classes.counted(open_ones)
    lines = [f"未销号 {len(open_ones)} 条{f'（{apart}，与超期分开统计）' if apart else ''}。"]
    if queued:
        old = f"（其中存量 {baseline} 条）" if baseline else ""
        lines.append(f"待审 {len(queued)} 条{old}，发送 /待审 逐条处理。")
    asked = [
        f"{word} {many} {unit}"
        for word, many, unit in (
            ("答复", sum(bool(one.answers) for one in follow_up.waiting(tx, desk)), "条"),
            ("书面答复", len(written_replies.unreviewed(tx, desk)), "份"),
            ("事后改期", changed, "条"),
            ("未见于导出", vanished, "条"),
        )
        if many
    ]
    if asked:
        lines.append(f"{'、'.join(asked)}，发送 /待复核 处理。")
    if shelved:
        lines.append(f"已列存量 {shelved} 条，另计。")
    return lines


def _over_lines(tx: Transaction, desk: Desk) -> list[str]:
    """Name the terms that are over and not met; those of people in custody are named apart."""
    over = [
        one
        for one in findings_table.open_ones(tx.session, desk.office)
        if one.told_at is not None and not one.shelved and items.is_over(one, tx.now.date())
    ]
    if not over:
        return []
    held = [one for one in over if one.custody]
    apart = f"其中在押 {len(held)} 条：{_numbers(held)}；" if held else ""
    others = _numbers([one for one in over if not one.custody])
    named = f"{apart}其他：{others}" if apart and others else apart.rstrip("；") or others
    return [f"期限已届满未见办结 {len(over)} 条，{named}。"]


def _numbers(findings: Sequence[Finding]) -> str:
    shown = "、".join(one.number for one in findings[:MOST_NAMED])
    return f"{shown}等" if len(findings) > MOST_NAMED else shown


def unreached_lines(addresses: Iterable[Address]) -> list[str]:
    """Say in one line per reason which findings did not go to their prosecutor."""
    by_why: dict[str, list[str]] = {}
    unbound: set[str] = set()
    for one in addresses:
        if one.why == "prosecutor":
            continue
        by_why.setdefault(WHY_WORDS[one.why], []).append(one.finding.number)
        if one.finding.prosecutor and one.why in {"not_bound", "nobody"}:
            unbound.add(one.finding.prosecutor)
    lines = [f"{why}：{'、'.join(numbers)}" for why, numbers in by_why.items()]
    if unbound:
        lines.append(
            f"未绑定或无法送达：{'、'.join(sorted(unbound))}。发送 /邀请 姓名 生成绑定码。"
        )
    return lines


def _away_lines(tx: Transaction, desk: Desk) -> list[str]:
    """Say who is away today, until when, and who stands in for him."""
    today = tx.now.date()
    away = [
        one for one in delegations.in_force(tx.session, desk.office, today) if one.scope == "all"
    ]
    parts = []
    for one in away:
        principal = people.by_id(tx.session, one.principal_id)
        stand_in = people.by_id(tx.session, one.stand_in_id)
        if principal is not None and stand_in is not None:
            parts.append(f"{principal.name}（至{chinese.month_day(one.last)}，{stand_in.name}代）")
    return [f"今日请假：{'、'.join(parts)}。"] if parts else []


def _undelivered_lines(tx: Transaction, desk: Desk) -> list[str]:
    failed = delivery.failed_rows(tx.session)
    jobs = due_jobs.given_up(tx.session)
    lines = [f"未能完成的任务 {len(jobs)} 项，请联系系统管理员查看运行日志。"] if jobs else []
    if not failed:
        return lines
    names = {one.id: one.name for one in people.everybody(tx.session, desk.office)}
    readers = dict.fromkeys(names.get(one.person_id or 0, "未绑定的会话") for one in failed)
    return [
        *lines,
        f"未能送达的消息 {len(failed)} 条：{'、'.join(readers)}。发送 /未送达 处理。",
    ]


def data_lines(tx: Transaction, desk: Desk, moment: Moment) -> list[str]:
    """Say how old the data is and what the exports lack."""
    lines: list[str] = []
    if moment.stale:
        when = "尚无案卡数据" if moment.data_day is None else f"最近一次导出是{moment.data_day}"
        lines.append(f"{when}，已超过{desk.manners.max_age_days}天，请重新导出案卡。")
    missing = settings.read(tx.session, desk.office, "not_evaluated", {})
    if missing:
        lines.append(f"缺少栏目、未评估的规则 {len(missing)} 条，发送 /数据 查看。")
    unknown = settings.read(tx.session, desk.office, "unknown_columns", [])
    if unknown:
        lines.append(f"导出中不认识的栏目 {len(unknown)} 个，发送 /数据 查看。")
    return lines
