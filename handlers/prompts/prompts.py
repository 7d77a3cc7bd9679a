"""口头提示: what the officer said, when, how and to whom, kept and ready for the case system."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast, get_args

from handlers import tell
from handlers.answers import recording
from handlers.digest import digest_choice
from handlers.documents.oral_prompt_facts import Manner, OralPromptFacts, copy_text
from handlers.findings import releasing
from handlers.findings.case_reference import reference, type_words
from handlers.people import addressees
from handlers.permissions import RefusedError, demand
from knowledge import case_numbers
from knowledge.rules.rule import Citation
from storage import answers, ledger, people
from storage import findings as findings_table
from storage import prompts as prompts_table
from storage.models.prompts import OralPrompt

if TYPE_CHECKING:
    from datetime import datetime

    from handlers.desk import Clearance, Desk
    from storage.models.findings import Finding
    from storage.models.people import Person
    from storage.transaction import Transaction

MANNERS: tuple[Manner, ...] = get_args(Manner)
MESSAGE: Manner = "消息"
FORWARDED = "转发通知书"
RESULTS = ("已纠正", "说明理由成立", "继续跟踪", FORWARDED)
NOBODY = "承办检察官"


def record(
    tx: Transaction,
    desk: Desk,
    person: Person,
    finding: Finding,
    manner: Manner,
    *,
    at: datetime | None = None,
) -> OralPrompt:
    """Record an oral prompt, be it after the fact; by 消息 the bot says it to the prosecutor."""
    demand(person, "prompt_orally", finding)
    reader = addressees.address(tx.session, finding).person
    prompt = OralPrompt(
        office=finding.office,
        finding_id=finding.id,
        manner=manner,
        prompted_at=at or tx.now,
        recorded_at=tx.now,
        prompter_id=person.id,
        recipient_id=reader.id if reader else None,
        recipient=finding.prosecutor or (reader.name if reader else NOBODY),
        department=finding.department or "未填部门",
        asked=finding.ask,
    )
    tx.session.add(prompt)
    tx.session.flush()
    _release(tx, finding, person)
    tx.record(
        "oral_prompt",
        f"finding:{finding.number}",
        actor=f"person:{person.id}",
        data={
            "prompt": prompt.id,
            "manner": manner,
            "at": prompt.prompted_at.isoformat(),
            "after_the_fact": prompt.prompted_at < tx.now,
            "to": prompt.recipient_id,
            "provisions": finding.citations,
        },
        text=f"{prompt.recipient}：{prompt.asked}",
    )
    if manner == MESSAGE:
        _say(tx, desk, finding, prompt, reader)
    return prompt


def _release(tx: Transaction, finding: Finding, person: Person) -> None:
    """Whoever was prompted knows of it: the finding counts as told."""
    releasing.release(tx, [finding], person)
    if finding.state == "new":
        finding.state = "sent"
        finding.told_at = finding.told_at or tx.now
        finding.version += 1


def _say(
    tx: Transaction, desk: Desk, finding: Finding, prompt: OralPrompt, reader: Person | None
) -> None:
    if reader is None:
        tx.record(
            "not_told",
            f"finding:{finding.number}",
            actor="system",
            data={"why": "nobody_reachable", "prompt": prompt.id},
        )
        return
    clearance = desk.clearance(reader.door or "")
    case = reference(finding, [finding], clearance)
    fact = finding.fact if clearance == "intranet" and not finding.minor else finding.plain_fact
    open_ = tell.button(tx, reader, finding.number, "open", f"finding:{finding.id}")
    tell.say(
        tx,
        reader,
        "prompt",
        f"口头提示 {finding.number} · {case}\n{fact}\n请核对：{finding.ask}\n"
        "请点编号或直接回复本消息说明情况。",
        buttons=((open_,),),
        subjects=[finding.number],
        key=f"oral_prompt:{prompt.id}",
    )
    finding.shown_on, finding.shown_as = tx.now.date(), digest_choice.said_as(finding)


def by_number(tx: Transaction, desk: Desk, number: str) -> Finding | None:
    """Find the finding a command names."""
    return findings_table.numbered(tx.session, desk.office, number)


def text(tx: Transaction, prompt: OralPrompt, finding: Finding, clearance: Clearance) -> str:
    """Write the record as it can be copied into the case system."""
    return copy_text(facts(tx, prompt, finding, clearance), clearance)


def facts(
    tx: Transaction, prompt: OralPrompt, finding: Finding, clearance: Clearance
) -> OralPromptFacts:
    """Gather what the record of a prompt says."""
    prompter = people.by_id(tx.session, prompt.prompter_id)
    head = ledger.head(tx.session)
    tail = case_numbers.tail(finding.case_no, [finding.case_no])
    return OralPromptFacts(
        office=finding.office,
        finding=finding.number,
        prompted_at=prompt.prompted_at,
        manner=cast("Manner", prompt.manner),
        prompter=prompter.name if prompter else "流程监控专员",
        prompted=prompt.recipient,
        department=prompt.department,
        case_no=finding.case_no,
        tail=f"{type_words(finding.case_type)} {tail}",
        case_name=finding.case_name or "（案卡未填案件名称）",
        problem=finding.fact if clearance == "intranet" else finding.plain_fact,
        provisions=tuple(citation(one) for one in finding.citations),
        ask=prompt.asked,
        ledger_head=f"{head.size}:{head.hash[:16]}",
        answer=prompt.answer or _answered(tx, prompt, finding),
        result=prompt.result,
        juvenile=finding.minor,
    )


def citation(stored: dict[str, object]) -> Citation:
    """Read a provision as a finding keeps it."""
    paragraph = stored.get("paragraph")
    return Citation(
        str(stored["document"]),
        str(stored["article"]),
        paragraph if isinstance(paragraph, int) else None,
    )


def _answered(tx: Transaction, prompt: OralPrompt, finding: Finding) -> str | None:
    """Return what the prosecutor answered by himself since the prompt."""
    standing = (answers.RECORDED, "accepted", "noted", "insufficient")
    last = answers.last_of(tx.session, finding.id, standings=standing)
    if last is None or last.said_at < prompt.prompted_at:
        return None
    words = ledger.text_of(tx.session, last.entry) if last.entry else None
    bound = recording.Bound(finding, last.intent, last.field, last.value)  # type: ignore[arg-type]
    return words or recording.sentence(bound, names=True)


def tick(tx: Transaction, person: Person, prompt: OralPrompt, finding: Finding) -> None:
    """Note that the prompt stands in the case system too."""
    demand(person, "tick_registered", finding)
    prompt.registered_at, prompt.registered_by = tx.now, person.id
    tx.record(
        "oral_prompt_registered",
        f"finding:{finding.number}",
        actor=f"person:{person.id}",
        data={"prompt": prompt.id},
    )


def prompt_of(tx: Transaction, prompt_id: int) -> tuple[OralPrompt, Finding]:
    """Return a prompt with its finding.

    Raises:
        RefusedError: there is none of that id.
    """
    prompt = prompts_table.by_id(tx.session, prompt_id)
    found = findings_table.with_ids(tx.session, [prompt.finding_id]) if prompt else []
    if prompt is None or not found:
        raise RefusedError("prompt_orally")
    return prompt, found[0]
