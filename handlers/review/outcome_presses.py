"""The five outcomes as buttons; a decision other than the proposed one takes a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from handlers import awaiting, tell
from handlers.clues import clue_choice
from handlers.digest import digest_text
from handlers.findings import problem_classes, states
from handlers.findings.case_reference import reference
from handlers.notices.notice_drafts import draft_from_press
from handlers.permissions import demand, may
from handlers.prompts import prompt_presses
from handlers.redraw import redraw
from handlers.review import outcomes
from handlers.review.outcomes import REASONS, WORDS
from storage import findings as findings_table
from storage import outcomes as outcomes_table
from storage import people

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.desk import Desk
    from handlers.incoming import Origin
    from handlers.press import Press
    from handlers.review.outcomes import Decision
    from storage.models.findings import Finding
    from storage.models.people import Person
    from storage.transaction import Transaction

NOTE = "outcome_note"
BACK = {"review": ("返回待审", "review_next"), "follow": ("返回待复核", "follow_next")}


def buttons(
    tx: Transaction,
    person: Person,
    findings: Sequence[Finding],
    view: str,
    decisions: Sequence[Decision] = tuple(WORDS),
) -> list[tuple[str, str]]:
    """Make one button per outcome; `view` is where a press came from, to go back there."""
    lead = findings[0]
    return [
        tell.button(
            tx,
            person,
            WORDS[decision],
            "outcome",
            f"finding:{lead.id}",
            version=lead.version,
            data={"findings": [one.id for one in findings], "decided": decision, "view": view},
        )
        for decision in outcomes.open_to(lead, decisions)
    ]


def show_item(
    tx: Transaction, desk: Desk, person: Person, origin: Origin, finding: Finding
) -> None:
    """Show one finding to the officer with the proposal and the outcomes."""
    demand(person, "decide_outcome", finding)
    lines = _lines(tx, desk, person, finding)
    tell.answer(
        tx,
        origin,
        "\n".join(lines),
        person=person,
        buttons=tell.rows(buttons(tx, person, [finding], "item"), per_row=2)
        if finding.state != findings_table.CLOSED
        else (),
        subjects=[finding.number],
    )


def _lines(tx: Transaction, desk: Desk, person: Person, finding: Finding) -> list[str]:
    clearance = desk.clearance(person.door or "")
    state = states.STATE_WORDS.get(finding.state, finding.state)
    return [
        f"{finding.number} {finding.title} · {reference(finding, [finding], clearance)}",
        f"{finding.department or '未填部门'} {finding.prosecutor or '未填承办检察官'}",
        *digest_text.finding_lines(finding, clearance, tx.now.date()),
        *([kind] if (kind := problem_classes.line(finding)) else []),
        f"状态：{state}",
        outcomes.propose(tx, finding).sentence,
    ]


def opening_button(tx: Transaction, person: Person, finding: Finding) -> tuple[str, str]:
    """Make the button that opens a finding: with the outcomes for who decides on them."""
    return tell.button(
        tx,
        person,
        finding.number,
        "outcome_item" if may(person, "decide_outcome", finding) else "open",
        f"finding:{finding.id}",
        data={"findings": [finding.id]},
    )


def _to_decide(tx: Transaction, press: Press) -> Sequence[Finding] | str:
    """Return what a button decides on, or what to say where that was done or changed meanwhile."""
    findings = press.findings(tx)
    for finding in findings:
        demand(press.person, "decide_outcome", finding)
    return _stale(tx, press, findings[0]) or findings


def press(tx: Transaction, desk: Desk, press: Press) -> str:
    """Decide as proposed at once; otherwise ask for the reason first."""
    findings = _to_decide(tx, press)
    if isinstance(findings, str):
        return findings
    decision = cast("Decision", press.row.data["decided"])
    proposed = outcomes.propose(tx, findings[0]).decision
    if decision == proposed:
        return _decided(tx, desk, press, findings, decision, None)
    _ask_reason(tx, press, findings, decision, proposed)
    return "请选择理由"


def _stale(tx: Transaction, press: Press, finding: Finding) -> str | None:
    """Say why an old button decides nothing: somebody decided, or the finding has changed."""
    if finding.version == press.row.version and finding.state != findings_table.CLOSED:
        return None
    last = outcomes_table.last_of(tx.session, finding.id)
    if last is not None and last.decided_at >= press.row.made_at:
        who = people.by_id(tx.session, last.decided_by)
        words = WORDS[cast("Decision", last.decided)]
        said = press.already_at(last.decided_at, who.name if who else None)
        return f"{finding.number} {words}：{said}"
    words = states.STATE_WORDS.get(finding.state, finding.state)
    return f"{finding.number} 情况已有变化（{words}），请发送 /处理 {finding.number} 重新查看"


def _ask_reason(
    tx: Transaction,
    press: Press,
    findings: Sequence[Finding],
    decision: Decision,
    proposed: Decision,
) -> None:
    lead = findings[0]
    kept = {key: press.row.data[key] for key in ("findings", "decided", "view")}
    pressable = [
        tell.button(
            tx,
            press.person,
            reason,
            "outcome_reason",
            f"finding:{lead.id}",
            version=lead.version,
            data={**kept, "reason": reason},
        )
        for reason in REASONS
    ]
    pressable += _way_back(tx, press, lead)
    redraw(
        tx,
        press,
        f"{lead.number} {lead.title}\n建议{WORDS[proposed]}，您选择{WORDS[decision]}。请选择理由：",
        buttons=tell.rows(pressable, per_row=1),
        subjects=[one.number for one in findings],
    )


def _way_back(tx: Transaction, press: Press, lead: Finding) -> list[tuple[str, str]]:
    view = str(press.row.data.get("view", "item"))
    label, act = BACK.get(view, ("返回", "outcome_item"))
    data = {"findings": press.row.data["findings"], "stay": True}
    return [tell.button(tx, press.person, label, act, f"finding:{lead.id}", data=data)]


def press_item(tx: Transaction, desk: Desk, press: Press) -> str:
    """Show the finding again in place."""
    finding = press.findings(tx)[0]
    demand(press.person, "decide_outcome", finding)
    pressable = (
        buttons(tx, press.person, [finding], "item")
        if finding.state != findings_table.CLOSED
        else []
    )
    redraw(
        tx,
        press,
        "\n".join(_lines(tx, desk, press.person, finding)),
        buttons=tell.rows(pressable, per_row=2),
        subjects=[finding.number],
    )
    return finding.number


def press_reason(tx: Transaction, desk: Desk, press: Press) -> str:
    """Decide otherwise than proposed, with the reason that was tapped."""
    findings = _to_decide(tx, press)
    if isinstance(findings, str):
        return findings
    decision = cast("Decision", press.row.data["decided"])
    return _decided(tx, desk, press, findings, decision, str(press.row.data["reason"]))


def _decided(
    tx: Transaction,
    desk: Desk,
    press: Press,
    findings: Sequence[Finding],
    decision: Decision,
    reason: str | None,
) -> str:
    made = [
        outcomes.decide(tx, finding, press.person, decision, reason=reason)
        for finding in findings
        if finding.state != findings_table.CLOSED
    ]
    lead = findings[0]
    numbers = "、".join(one.number for one in findings)
    pressable = _way_back(tx, press, lead)
    if reason is not None:
        data = {"outcomes": [one.id for one in made], "findings": [one.id for one in findings]}
        pressable.insert(
            0, tell.button(tx, press.person, "补充说明", "outcome_note", lead_of(lead), data=data)
        )
    said = f"{numbers} 已定：{WORDS[decision]}{f'（{reason}）' if reason else ''}"
    if decision == "oral":
        prompt_presses.choose_manner(tx, press, findings, said, pressable)
    elif decision == "clue":
        clue_choice.choose(tx, desk, press, findings, said)
    elif decision in {"notice", "notice_chief"}:
        draft_from_press(
            tx, desk, press, findings, grave=decision == "notice_chief", also=(said, pressable)
        )
    else:
        redraw(tx, press, said, buttons=tell.rows(pressable, per_row=2))
    return said


def lead_of(finding: Finding) -> str:
    """Return what a button on a finding is about."""
    return f"finding:{finding.id}"


def ask_note(tx: Transaction, desk: Desk, press: Press) -> str:
    """Ask for the free text that may go with a reason."""
    del desk
    number = press.findings(tx)[0].number
    awaiting.ask(
        tx,
        press.person,
        press.event.origin,
        NOTE,
        f"finding:{number}",
        question=f"请输入 {number} 处理理由的补充说明。",
        data={"outcomes": press.row.data["outcomes"]},
    )
    return "请输入补充说明"


def take_note(tx: Transaction, desk: Desk, given: awaiting.Given) -> str:
    """Keep the free text beside the decision."""
    del desk
    for id_ in given.data["outcomes"]:
        outcome = outcomes_table.by_id(tx.session, int(id_))
        if outcome is not None:
            outcome.note = given.text
    tx.record(
        "outcome_noted",
        given.object,
        actor=f"person:{given.person.id}",
        data={"outcomes": given.data["outcomes"], "said": given.entry},
    )
    return f"已记录补充说明（流水第 {given.entry} 号）。"
