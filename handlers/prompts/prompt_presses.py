"""Buttons of an oral prompt: its manner, its answer, its result, the tick 已在系统登记."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from handlers import awaiting, tell
from handlers.permissions import demand
from handlers.prompts import late_reasons, prompts
from handlers.prompts.prompts import FORWARDED, MANNERS, RESULTS
from handlers.redraw import redraw
from handlers.review.outcomes import WORDS
from storage import findings as findings_table
from storage import notices as notices_table
from storage import prompts as prompts_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.desk import Desk
    from handlers.documents.oral_prompt_facts import Manner
    from handlers.incoming import Origin
    from handlers.press import Press
    from handlers.review.outcomes import Decision
    from storage.models.findings import Finding
    from storage.models.people import Person
    from storage.models.prompts import OralPrompt
    from storage.transaction import Transaction

ANSWER = "prompt_answer"


def manner_buttons(
    tx: Transaction, person: Person, findings: Sequence[Finding]
) -> list[tuple[str, str]]:
    """Make one button per manner."""
    lead = findings[0]
    ids = [one.id for one in findings]
    return [
        tell.button(
            tx,
            person,
            manner,
            "prompt_manner",
            f"finding:{lead.id}",
            data={"findings": ids, "manner": manner},
        )
        for manner in MANNERS
    ]


def choose_manner(
    tx: Transaction,
    press: Press,
    findings: Sequence[Finding],
    said: str,
    more: Sequence[tuple[str, str]] = (),
) -> None:
    """Ask in the pressed message how the prompt is or was given."""
    pressable = tell.rows(manner_buttons(tx, press.person, findings))
    redraw(
        tx,
        press,
        f"{said}\n请选择口头提示的方式（选“消息”由机器人代为发出）：",
        buttons=(*pressable, *tell.rows(more, per_row=2)),
        subjects=[one.number for one in findings],
    )


def ask_manner(tx: Transaction, person: Person, origin: Origin, finding: Finding) -> None:
    """Ask in a new message how the prompt is or was given."""
    demand(person, "prompt_orally", finding)
    tell.answer(
        tx,
        origin,
        f"{finding.number} {finding.title}\n请选择口头提示的方式：",
        person=person,
        buttons=tell.rows(manner_buttons(tx, person, [finding])),
        subjects=[finding.number],
    )


def press_manner(tx: Transaction, desk: Desk, press: Press) -> str:
    """Record the prompt in the manner that was tapped; several findings of one item together."""
    findings = press.findings(tx)
    manner = cast("Manner", press.row.data["manner"])
    for finding in findings:
        demand(press.person, "prompt_orally", finding)
    if findings[0].state == findings_table.CLOSED:
        return f"{findings[0].number} 已销号，无须提示"
    made = [prompts.record(tx, desk, press.person, one, manner) for one in findings]
    show(tx, desk, press, made[0], findings[0])
    for finding in findings:
        late_reasons.decide(tx, press.person, press.event.origin, finding, "oral")
    return f"{'、'.join(one.number for one in findings)} 口头提示（{manner}）已登记"


def view(
    tx: Transaction, desk: Desk, person: Person, prompt: OralPrompt, finding: Finding
) -> tuple[str, tell.Rows]:
    """Return a prompt's record as text to copy, with what can still be done."""
    lines = [prompts.text(tx, prompt, finding, desk.clearance(person.door or "")), ""]
    lines.append(
        "已在系统登记" if prompt.registered_at else "以上可复制到统一业务应用系统，登记后请打勾。"
    )
    wanted = [
        *([] if prompt.registered_at else [("已在系统登记", "prompt_tick", {})]),
        *([] if prompt.answer else [("登记答复", "prompt_ask_answer", {})]),
        *([] if prompt.result else [(one, "prompt_result", {"result": one}) for one in RESULTS]),
    ]
    pressable = [
        tell.button(
            tx, person, label, act, f"prompt:{prompt.id}", data={"prompt": prompt.id, **data}
        )
        for label, act, data in wanted
    ]
    if prompt.result == FORWARDED:
        pressable += _notice_buttons(tx, person, finding)
    return "\n".join(lines), tell.rows(pressable, per_row=2)


def _notice_buttons(tx: Transaction, person: Person, finding: Finding) -> list[tuple[str, str]]:
    """Make the way to the notice that an oral prompt is turned into, unless there is one."""
    if (
        finding.state == findings_table.CLOSED
        or finding.concerns is not None
        or notices_table.live_of(tx.session, finding.id) is not None
    ):
        return []
    wanted: tuple[Decision, ...] = ("notice", "notice_chief")
    return [
        tell.button(
            tx,
            person,
            f"拟{WORDS[decision]}",
            "outcome",
            f"finding:{finding.id}",
            version=finding.version,
            data={"findings": [finding.id], "decided": decision, "view": "item"},
        )
        for decision in wanted
    ]


def show(tx: Transaction, desk: Desk, press: Press, prompt: OralPrompt, finding: Finding) -> None:
    """Show the record in the pressed message."""
    text, buttons = view(tx, desk, press.person, prompt, finding)
    redraw(tx, press, text, buttons=buttons, subjects=[finding.number])


def tell_record(
    tx: Transaction,
    desk: Desk,
    person: Person,
    origin: Origin,
    prompt: OralPrompt,
    finding: Finding,
) -> None:
    """Show the record in a new message."""
    text, buttons = view(tx, desk, person, prompt, finding)
    tell.answer(tx, origin, text, person=person, buttons=buttons, subjects=[finding.number])


def press_tick(tx: Transaction, desk: Desk, press: Press) -> str:
    """Note 已在系统登记."""
    prompt, finding = _of(tx, press)
    demand(press.person, "tick_registered", finding)
    if prompt.registered_at is not None:
        return press.already_at(prompt.registered_at, None)
    prompts.tick(tx, press.person, prompt, finding)
    show(tx, desk, press, prompt, finding)
    return f"{finding.number} 已记录：已在系统登记"


def press_result(tx: Transaction, desk: Desk, press: Press) -> str:
    """Note what came of the prompt."""
    prompt, finding = _of(tx, press)
    demand(press.person, "prompt_orally", finding)
    if prompt.result is not None:
        return f"{finding.number} 处理结果已登记：{prompt.result}"
    prompt.result = str(press.row.data["result"])
    tx.record(
        "oral_prompt_result",
        f"finding:{finding.number}",
        actor=f"person:{press.person.id}",
        data={"prompt": prompt.id, "result": prompt.result},
    )
    show(tx, desk, press, prompt, finding)
    return f"{finding.number} 处理结果：{prompt.result}"


def ask_answer(tx: Transaction, desk: Desk, press: Press) -> str:
    """Ask for the answer that was given by word of mouth."""
    del desk
    prompt, finding = _of(tx, press)
    demand(press.person, "prompt_orally", finding)
    if prompt.answer is not None:
        return f"{finding.number} 的答复已登记"
    awaiting.ask(
        tx,
        press.person,
        press.event.origin,
        ANSWER,
        f"finding:{finding.number}",
        question=f"请输入 {finding.number} 被提示人的答复。",
        data={"prompt": prompt.id},
    )
    return "请输入答复"


def take_answer(tx: Transaction, desk: Desk, given: awaiting.Given) -> str:
    """Keep the answer the officer typed."""
    del desk
    prompt, finding = prompts.prompt_of(tx, int(given.data["prompt"]))
    demand(given.person, "prompt_orally", finding)
    if prompt.answer is not None:
        return f"{finding.number} 的答复此前已登记，本次未更改。"
    prompt.answer = given.text
    tx.record(
        "oral_prompt_answer",
        f"finding:{finding.number}",
        actor=f"person:{given.person.id}",
        data={"prompt": prompt.id, "said": given.entry},
    )
    return f"{finding.number} 的答复已登记（流水第 {given.entry} 号）。"


def _of(tx: Transaction, press: Press) -> tuple[OralPrompt, Finding]:
    return prompts.prompt_of(tx, int(press.row.data["prompt"]))


def unregistered(tx: Transaction, desk: Desk, person: Person, origin: Origin) -> None:
    """List what lacks the tick 已在系统登记, the oldest first, each with its button."""
    demand(person, "see_queue")
    left = prompts_table.unregistered(tx.session, desk.office, before=tx.now)
    if not left:
        tell.answer(tx, origin, "口头提示均已在系统登记。", person=person)
        return
    text, buttons = list_of(tx, person, left)
    tell.answer(tx, origin, text, person=person, buttons=buttons)


def list_of(tx: Transaction, person: Person, left: Sequence[OralPrompt]) -> tuple[str, tell.Rows]:
    """Write the list of prompts without a tick, with a button for each of the first ones."""
    found = {
        one.id: one for one in findings_table.with_ids(tx.session, [one.finding_id for one in left])
    }
    lines = [f"口头提示尚未在系统登记 {len(left)} 条："]
    pressable = []
    for one in left:
        number = found[one.finding_id].number
        lines.append(f"{number} {one.prompted_at.month}月{one.prompted_at.day}日 {one.manner}")
        pressable.append(
            tell.button(
                tx, person, number, "prompt_open", f"prompt:{one.id}", data={"prompt": one.id}
            )
        )
    return "\n".join(lines), tell.rows(pressable[:MOST_BUTTONS])


def press_open(tx: Transaction, desk: Desk, press: Press) -> str:
    """Show a prompt of the list."""
    prompt, finding = _of(tx, press)
    demand(press.person, "see_item", finding)
    show(tx, desk, press, prompt, finding)
    return f"{finding.number} 口头提示记录"


MOST_BUTTONS = 24
