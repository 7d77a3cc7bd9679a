"""The buttons of a 监督线索: to which department, received, its result; /线索."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from handlers import tell
from handlers.clues import clue_choice, clue_view, clues
from handlers.clues.clues import STATE_WORDS
from handlers.people.addressees import holders, officers
from handlers.permissions import RefusedError, demand, may
from handlers.prompts import prompts
from handlers.redraw import redraw
from handlers.review import outcomes
from knowledge.errors import UserFacingError
from storage import clues as clues_table
from storage import findings as findings_table
from storage import outcomes as outcomes_table
from storage import people

if TYPE_CHECKING:
    from handlers.clues.clues import Result
    from handlers.desk import Desk
    from handlers.incoming import Edited, Said
    from handlers.press import Press
    from storage.models.clues import Clue
    from storage.models.findings import Finding
    from storage.models.people import Person
    from storage.transaction import Transaction

OUTSIDE = "属外部机关的问题，转监督线索"
USAGE = "请写明编号，例如：/线索 A08；只写 /线索 列出全部在办线索。"


def press_choose(tx: Transaction, desk: Desk, press: Press) -> str:
    """Take the body or the line that was chosen and ask for the rest."""
    findings = press.findings(tx)
    for finding in findings:
        clues.demand_forwardable(tx, press.person, finding)
    body, line = press.row.data.get("body"), press.row.data.get("line")
    text, buttons = clue_choice.view(
        tx, desk, press.person, findings[0], findings, body=body, line=line
    )
    redraw(tx, press, text, buttons=buttons, subjects=[one.number for one in findings])
    return str(line or body)


def press_forward(tx: Transaction, desk: Desk, press: Press) -> str:
    """Hand the findings on, each as a clue of its own, and tell the department's head."""
    findings = press.findings(tx)
    data = press.row.data
    for finding in findings:
        clues.demand_forwardable(tx, press.person, finding)
    for finding in findings:
        _note_outcome(tx, press.person, finding)
    made = [
        clues.forward(
            tx,
            press.person,
            finding,
            body=str(data["body"]),
            line=str(data["line"]),
            department=str(data["department"]),
        )
        for finding in findings
    ]
    reached = [_tell_head(tx, desk, clue, one) for clue, one in zip(made, findings, strict=True)]
    numbers = "、".join(one.number for one in made)
    unreached = "" if all(reached) else "；该部门负责人未绑定，请以其他方式移送，签收后代为登记"
    said = f"{numbers} 已转{data['department']}{unreached}"
    pressable = [clue_view.button(tx, press.person, one, one.number, "clue_open") for one in made]
    redraw(tx, press, f"{said}。", buttons=tell.rows(pressable), subjects=[])
    return said


def _note_outcome(tx: Transaction, person: Person, finding: Finding) -> None:
    """What was handed on without being decided first is decided so now."""
    last = outcomes_table.last_of(tx.session, finding.id)
    if last is None or last.decided != "clue":
        outcomes.decide(tx, finding, person, "clue", reason=OUTSIDE)


def _tell_head(tx: Transaction, desk: Desk, clue: Clue, finding: Finding) -> bool:
    reached = False
    for one in holders(tx.session, clue.office, "head", department=clue.department):
        head = one.person
        if people.is_reachable(head):
            text, buttons = clue_view.view(tx, desk, head, clue, finding)
            key = f"clue:{clue.id}:{head.id}"
            tell.say(tx, head, "system", one.told(text), buttons=buttons, key=key)
            reached = True
    if not reached:
        tx.record(
            "not_told",
            f"clue:{clue.number}",
            actor="system",
            data={"why": "nobody_reachable", "department": clue.department},
        )
    return reached


def _of(tx: Transaction, press: Press) -> tuple[Clue, Finding]:
    clue = clues_table.by_id(tx.session, int(press.row.data["clue"]))
    if clue is None:
        raise RefusedError("receive_clue")
    return clue, findings_table.with_ids(tx.session, [clue.finding_id])[0]


def _show(tx: Transaction, desk: Desk, press: Press, clue: Clue, finding: Finding) -> None:
    text, buttons = clue_view.view(tx, desk, press.person, clue, finding)
    redraw(tx, press, text, buttons=buttons)


def press_open(tx: Transaction, desk: Desk, press: Press) -> str:
    """Show a clue."""
    clue, finding = _of(tx, press)
    demand(press.person, "see_clues")
    if not (clue_view.may_handle(press.person, clue) or may(press.person, "see_item", finding)):
        raise RefusedError("receive_clue")
    _show(tx, desk, press, clue, finding)
    return clue.number


def press_received(tx: Transaction, desk: Desk, press: Press) -> str:
    """Note 收到."""
    clue, finding = _of(tx, press)
    clues.receive(tx, press.person, clue, finding)
    _show(tx, desk, press, clue, finding)
    _tell_officers(tx, press, clue, f"{clue.number} {clue.department}已签收。")
    return f"{clue.number} 已签收"


def press_result(tx: Transaction, desk: Desk, press: Press) -> str:
    """Record what came of it."""
    clue, finding = _of(tx, press)
    result = cast("Result", press.row.data["result"])
    clues.settle(tx, press.person, clue, finding, result)
    _show(tx, desk, press, clue, finding)
    told = f"{clue.number}（{finding.number}）结果：{result}，由{clue.department}办理。"
    _tell_officers(tx, press, clue, told)
    return f"{clue.number} 结果：{result}"


def press_withdraw(tx: Transaction, desk: Desk, press: Press) -> str:
    """Take a clue back before anybody received it."""
    clue, finding = _of(tx, press)
    clues.withdraw(tx, press.person, clue, finding)
    _show(tx, desk, press, clue, finding)
    for one in holders(tx.session, clue.office, "head", department=clue.department):
        if people.is_reachable(one.person):
            text = f"监督线索 {clue.number} 已由案管撤回，无须办理。"
            tell.say(tx, one.person, "system", one.told(text))
    return f"{clue.number} 已撤回，{finding.number} 回到待审"


def _tell_officers(tx: Transaction, press: Press, clue: Clue, text: str) -> None:
    for officer in officers(tx.session, clue.office):
        if officer.id != press.person.id:
            tell.say(tx, officer, "system", text)


def command(tx: Transaction, desk: Desk, person: Person, event: Said | Edited, rest: str) -> None:
    """List the clues under way, or hand a finding on that was named."""
    demand(person, "see_clues")
    if rest.strip():
        _forward_typed(tx, desk, person, event, rest.strip())
        return
    live = [
        one
        for one in clues_table.in_states(tx.session, desk.office, clues_table.LIVE)
        if clue_view.may_handle(person, one) or "auditor" in person.roles
    ]
    if not live:
        tell.answer(tx, event.origin, "没有在办的监督线索。", person=person)
        return
    lines = [f"在办监督线索 {len(live)} 条："]
    lines += [
        f"{one.number} {one.body} · {one.department} · {STATE_WORDS[one.state]}" for one in live
    ]
    pressable = [clue_view.button(tx, person, one, one.number, "clue_open") for one in live]
    tell.answer(
        tx, event.origin, "\n".join(lines), person=person, buttons=tell.rows(pressable, per_row=3)
    )


def _forward_typed(
    tx: Transaction, desk: Desk, person: Person, event: Said | Edited, typed: str
) -> None:
    finding = prompts.by_number(tx, desk, typed.split(maxsplit=1)[0])
    if finding is None:
        tell.answer(tx, event.origin, USAGE, person=person)
        return
    try:
        clues.demand_forwardable(tx, person, finding)
    except RefusedError:
        raise
    except UserFacingError as refused:
        tell.answer(tx, event.origin, f"{refused}。", person=person)
        return
    text, buttons = clue_choice.view(tx, desk, person, finding, [finding])
    tell.answer(tx, event.origin, text, person=person, buttons=buttons, subjects=[finding.number])
