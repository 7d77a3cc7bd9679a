"""Drafting a notice: the problems of one department, their facts frozen as on this day."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from handlers import tell
from handlers.clues import clues
from handlers.documents.citing import written_day
from handlers.findings import recurrence
from handlers.findings.case_reference import type_words
from handlers.notices import notice_texts
from handlers.permissions import demand
from handlers.prompts import late_reasons, prompt_command
from handlers.redraw import redraw
from handlers.review import outcomes
from knowledge.errors import UserFacingError
from storage import findings as findings_table
from storage import notices as notices_table
from storage.models.notices import Notice, NoticeItem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.desk import Desk
    from handlers.incoming import Edited, Said
    from handlers.press import Press
    from handlers.review.outcomes import Decision
    from storage.models.findings import Finding
    from storage.models.people import Person
    from storage.transaction import Transaction

USAGE = "请写明编号，例如：发通知书 A08；同一部门的几条可以写在一起：发通知书 A08 A09。"
EMPTY = "（空）"


class NoDraftError(UserFacingError):
    """These findings cannot stand in one notice."""


def command(tx: Transaction, desk: Desk, person: Person, event: Said | Edited, rest: str) -> None:
    """Draft a notice of the findings named, and show it."""
    numbers = list(dict.fromkeys(one.upper() for one in prompt_command.NUMBER.findall(rest)))
    found = findings_table.with_numbers(tx.session, desk.office, numbers)
    missing = [one for one in numbers if one not in {each.number for each in found}]
    if not numbers or missing:
        text = f"没有编号 {'、'.join(missing)} 的问题，请核对编号。" if missing else USAGE
        tell.answer(tx, event.origin, text, person=person)
        return
    asked = bool(re.search("报检察长|检察长|严重", rest))
    graves = [asked or outcomes.propose(tx, one).decision == "notice_chief" for one in found]
    try:
        notice = draft(tx, person, found, grave=any(graves))
    except NoDraftError as refused:
        tell.answer(tx, event.origin, str(refused), person=person)
        return
    text, buttons = notice_texts.draft_view(tx, desk, person, notice)
    tell.answer(tx, event.origin, text, person=person, buttons=buttons, subjects=numbers)
    for finding, grave in zip(found, graves, strict=True):
        # a light problem beside a grave one in the same paper stays what it is
        decision: Decision = "notice_chief" if grave else "notice"
        late_reasons.decide(tx, person, event.origin, finding, decision)


def draft_from_press(
    tx: Transaction,
    desk: Desk,
    press: Press,
    findings: Sequence[Finding],
    *,
    grave: bool,
    also: tuple[str, Sequence[tuple[str, str]]],
) -> None:
    """Draft a notice in the pressed message; `also` is what else to say and to offer there."""
    said, more = also
    text, buttons = "", tell.rows(())
    try:
        notice = draft(tx, press.person, findings, grave=grave)
    except NoDraftError as refused:
        text = str(refused)
    else:
        text, buttons = notice_texts.draft_view(tx, desk, press.person, notice)
    redraw(
        tx,
        press,
        f"{said}\n{text}",
        buttons=(*buttons, *tell.rows(more, per_row=2)),
        subjects=[one.number for one in findings],
    )


def draft(tx: Transaction, person: Person, findings: Sequence[Finding], *, grave: bool) -> Notice:
    """Put findings into a new draft, or into the person's open draft to the same department.

    Raises:
        NoDraftError: closed, without a department, of several departments, or in another notice.
    """
    for finding in findings:
        demand(person, "draft_notice", finding)
    department = _department(findings)
    for finding in findings:
        _demand_inside(finding)
        _demand_free(tx, finding)
    notice = _open_draft(tx, person, department) or _new(tx, person, findings[0], department)
    notice.grave = notice.grave or grave
    notice.version += 1
    for finding in findings:
        tx.session.add(
            NoticeItem(
                notice_id=notice.id,
                finding_id=finding.id,
                facts=facts(finding),
                evidence_hash=findings_table.evidence_hash(finding.evidence),
            )
        )
    tx.session.flush()
    tx.record(
        "notice_drafted",
        f"notice:{notice.id}",
        actor=f"person:{person.id}",
        data={
            "findings": [one.number for one in findings],
            "department": department,
            "grave": notice.grave,
        },
    )
    return notice


def _department(findings: Sequence[Finding]) -> str:
    departments = {one.department or "" for one in findings}
    if "" in departments:
        number = next(one.number for one in findings if not one.department)
        raise NoDraftError(f"{number} 的案卡未填承办部门，不能拟通知书。请先核对承办部门")
    if len(departments) > 1:
        names = "、".join(sorted(departments))
        raise NoDraftError(f"这几条分属{names}，一份通知书只发一个部门。请分开拟发")
    return departments.pop()


def _demand_inside(finding: Finding) -> None:
    """A notice is about the office's own work (Rules art. 665), never about a body outside."""
    if finding.concerns is not None or finding.state == clues.STATE:
        raise NoDraftError(
            f"{finding.number} 涉及{finding.concerns or '外部机关'}，依{clues.BASIS}"
            f"转监督线索，不发流程监控通知书。请发送 /线索 {finding.number}"
        )


def _demand_free(tx: Transaction, finding: Finding) -> None:
    if finding.state == findings_table.CLOSED:
        raise NoDraftError(f"{finding.number} 已销号，不能拟通知书")
    live = notices_table.live_of(tx.session, finding.id)
    if live is not None:
        where = live.number or f"草稿 {live.id} 号"
        raise NoDraftError(f"{finding.number} 已在通知书（{where}）中，不能重复拟发")


def _open_draft(tx: Transaction, person: Person, department: str) -> Notice | None:
    return next(
        (
            one
            for one in notices_table.in_states(tx.session, person.office, ["draft"])
            if one.department == department and one.drafted_by == person.id
        ),
        None,
    )


def _new(tx: Transaction, person: Person, finding: Finding, department: str) -> Notice:
    notice = Notice(
        office=finding.office,
        department=department,
        state="draft",
        grave=False,
        drafted_by=person.id,
        drafted_at=tx.now,
        version=0,
    )
    tx.session.add(notice)
    tx.session.flush()
    return notice


def facts(finding: Finding) -> dict[str, object]:
    """Freeze what a notice says of a finding."""
    return {
        "finding": finding.number,
        "case_no": finding.case_no,
        "case_name": finding.case_name or "（案卡未填案件名称）",
        "case_type": type_words(finding.case_type),
        "prosecutor": finding.prosecutor or "（案卡未填承办检察官）",
        "rule": finding.title,
        "fact": f"{finding.fact.rstrip('。')}。",
        "plain_fact": finding.plain_fact,
        "values": [[column, _written(value)] for column, value in _values(finding)],
        "steps": list(finding.steps),
        "provisions": list(finding.citations),
        "level": finding.severity,
        "ask": finding.ask,
        "repeat": "；".join(recurrence.words(finding)) or None,
        "due": finding.due.isoformat() if finding.due else None,
        "juvenile": finding.minor,
    }


def _values(finding: Finding) -> list[tuple[str, object]]:
    return list(finding.fields.items()) or [("案卡", "见事实一栏")]


def _written(value: object) -> str:
    if value is None or value == "":
        return EMPTY
    try:
        return written_day(date.fromisoformat(str(value)))
    except ValueError:
        return str(value)
