"""An objection's way: ground and provision, then officer, case head, and the chief decides.

One fact that makes a finding for each of several persons is objected to once. Every finding has its
row all the same, so that the life and the counts of each are right; what is decided is decided for
all that are still open.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from handlers import tell
from handlers.findings import finding_life
from handlers.objections import objection_letters
from handlers.objections.objection_view import KEPT, UPHELD, finding_of, numbers, question, subjects
from handlers.people import addressees
from handlers.permissions import RefusedError, demand, right
from handlers.review import rule_examples
from storage import answers
from storage import findings as findings_table
from storage import objections as table
from storage.models.prompts import Objection

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from handlers.desk import Desk
    from handlers.permissions import Act
    from storage.models.findings import Finding
    from storage.models.people import Person
    from storage.transaction import Transaction

Stage = Literal["officer", "case_head", "chief"]
ACTS: Mapping[Stage, Act] = {
    "officer": "review_objection",
    "case_head": "decide_objection",
    "chief": "settle_objection",
}


def raise_(
    tx: Transaction, person: Person, findings: Sequence[Finding], ground: str | None = None
) -> Objection:
    """Open an objection to the findings of one fact, or go on with the one that is open.

    Words already said are its ground.
    """
    principal = demand(person, "answer", findings[0])
    opened = [(one, table.live_of(tx.session, one.id)) for one in findings]
    lead = next((known for _, known in opened if known is not None), None)
    for finding, known in opened:
        if known is not None:
            known.ground = known.ground or ground
            continue
        made = _open(tx, person, finding, ground)
        made.raised_for = principal.id if principal else None
        lead = lead or made
        _join(made, lead)
    if lead is None:
        raise RefusedError("answer")
    return lead


def _open(tx: Transaction, person: Person, finding: Finding, ground: str | None) -> Objection:
    objection = Objection(
        office=finding.office,
        finding_id=finding.id,
        raised_by=person.id,
        raised_at=tx.now,
        ground=ground,
        stage="ground",
        opinions=[],
        version=1,
    )
    tx.session.add(objection)
    tx.session.flush()
    tx.record(
        "objection_raised",
        f"finding:{finding.number}",
        actor=f"person:{person.id}",
        data={"objection": objection.id},
        text=ground,
    )
    return objection


def _join(objection: Objection, lead: Objection) -> None:
    """Let an objection go the way of another on the same fact, from where that one stands."""
    lead.group_id = lead.group_id or lead.id
    objection.group_id = lead.group_id
    if objection is not lead:
        objection.ground, objection.provision = lead.ground, lead.provision
        objection.stage, objection.opinions = lead.stage, list(lead.opinions)
        objection.version = lead.version


def ask(tx: Transaction, person: Person, objection: Objection, finding: Finding) -> None:
    """Ask in a new message for what is still missing: ground, then provision."""
    text, buttons = question(tx, person, objection, finding)
    if buttons:
        tell.say(tx, person, "system", text, buttons=buttons, subjects=subjects(tx, objection))


def put(tx: Transaction, person: Person, objection: Objection, field: str, text: str) -> None:
    """Put ground or provision; with both the officer's turn has come."""
    for one in table.group(tx.session, objection):
        finding = finding_of(tx, one)
        demand(person, "answer", finding)
        setattr(one, field, text)
        tx.record(
            "objection_put",
            f"finding:{finding.number}",
            actor=f"person:{person.id}",
            data={"objection": one.id, "field": field},
            text=text,
        )
        if one.ground and one.provision and one.stage == "ground":
            one.stage = "officer"


def decide(
    tx: Transaction, desk: Desk, person: Person, objection: Objection, *, upheld: bool
) -> str:
    """Take the opinion of whose turn it is, on all that was objected to together."""
    stage: Stage = stage_of(objection)
    members = list(table.group(tx.session, objection))
    about = numbers(tx, objection)
    for one in members:
        demand(person, ACTS[stage], finding_of(tx, one))
        if not has_turn(person, one, finding_of(tx, one)):
            raise RefusedError(ACTS[stage])
    for one in members:
        _note_opinion(tx, person, one, stage, upheld=upheld)
    if upheld:
        _uphold(tx, desk, person, members)
        return f"{about} 异议成立，已销号"
    if stage == "officer":
        for one in members:
            one.stage = "author"
        objection_letters.not_accepted(tx, objection)
        return f"{about} 异议未采纳，已告知承办人"
    if stage == "case_head":
        pass_on(tx, desk, objection, "chief")
        return f"{about} 已报检察长决定"
    settle(tx, objection, upheld=False)
    return f"{about} 维持原提示"


def has_turn(person: Person, objection: Objection, finding: Finding) -> bool:
    """Tell whether a person may decide now.

    Nobody decides on his own objection, nor as a stand-in on his own opinion of before.
    """
    found = right(person, ACTS[stage_of(objection)], finding)
    said_before = any(one["by"] == person.id for one in objection.opinions)
    stood_in = found is not None and found.principal is not None
    own = objection.raised_by == person.id
    return found is not None and not own and not (stood_in and said_before)


def _note_opinion(
    tx: Transaction, person: Person, objection: Objection, stage: Stage, *, upheld: bool
) -> None:
    finding = finding_of(tx, objection)
    principal = demand(person, ACTS[stage], finding)
    opinion = {
        "stage": stage,
        "by": person.id,
        "at": tx.now.isoformat(),
        "opinion": UPHELD if upheld else KEPT,
        **({"for": principal.id} if principal else {}),
    }
    objection.opinions = [*objection.opinions, opinion]
    objection.version += 1
    tx.record(
        "objection_decided",
        f"finding:{finding.number}",
        actor=f"person:{person.id}",
        data={"objection": objection.id, "stage": stage, "upheld": upheld},
    )


def stage_of(objection: Objection) -> Stage:
    """Return whose turn it is; an objection without a ground may be reviewed all the same."""
    if objection.stage == "case_head":
        return "case_head"
    return "chief" if objection.stage == "chief" else "officer"


def _uphold(tx: Transaction, desk: Desk, person: Person, members: Sequence[Objection]) -> None:
    """Close the findings; the same values never bring them back, and the rule has an example."""
    actor = f"person:{person.id}"
    for one in members:
        finding = finding_of(tx, one)
        one.example = rule_examples.of(tx, desk, finding)
        tx.record(
            "rule_example",
            f"rule:{finding.rule}",
            actor=actor,
            data={"finding": finding.number, "expected": "silent", "evidence": finding.evidence},
        )
        if finding.state != findings_table.CLOSED:
            finding_life.accept(tx, finding, person, UPHELD)
            finding_life.close(tx, finding, "objection_upheld", actor=actor)
    rule_examples.offer(tx, desk, members[0])
    settle(tx, members[0], upheld=True)


def settle(tx: Transaction, objection: Objection, *, upheld: bool) -> None:
    """End an objection; one that failed leaves its findings open, to be answered."""
    about, named = numbers(tx, objection), subjects(tx, objection)
    for one in table.group(tx.session, objection):
        finding = finding_of(tx, one)
        one.stage, one.upheld, one.settled_at = table.SETTLED, upheld, tx.now
        one.version += 1
        if not upheld and finding.state == "objected":
            finding.state, finding.answered_at = "sent", None
            finding.version += 1
    said = "异议成立，已销号。" if upheld else "异议未成立，请继续核对并答复。"
    objection_letters.to_author(tx, objection, f"{about} {said}", named)


def still_open(tx: Transaction, objection: Objection) -> Objection:
    """Return an objection, or where it has ended another on the same fact that has not.

    What was closed meanwhile, by an import say, goes its way no further.
    """
    for one in table.group(tx.session, objection):
        finding = finding_of(tx, one)
        if finding.state == findings_table.CLOSED:
            end(tx, finding)
    left = table.group(tx.session, objection)
    return objection if objection in left or not left else left[0]


def end(tx: Transaction, finding: Finding) -> None:
    """End an objection whose finding was closed, or whose answer was taken back."""
    objection = table.live_of(tx.session, finding.id)
    if objection is not None:
        objection.stage, objection.settled_at = table.SETTLED, tx.now
        objection.version += 1
        tx.session.flush()


def note_reviewed(
    tx: Transaction, person: Person, findings: Sequence[Finding], standing: str
) -> None:
    """Note what was decided beside the answers in which several findings were objected to."""
    for finding in findings:
        last = answers.last_of(tx.session, finding.id)
        if last is not None and last.intent == "objection":
            last.standing, last.reviewed_at, last.reviewed_by = standing, tx.now, person.name


def pass_on(tx: Transaction, desk: Desk, objection: Objection, stage: Stage) -> None:
    """Hand an objection to whose turn it is."""
    for one in table.group(tx.session, objection):
        one.stage = stage
    finding = finding_of(tx, objection)
    deciders = [
        one
        for one in addressees.holders(tx.session, finding.office, stage)
        if has_turn(one.person, objection, finding)
    ]
    objection_letters.to_deciders(tx, desk, objection, stage, deciders)
