"""An objection's way: ground and provision, then officer, case head, and the chief decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from handlers import addressees, finding_life, tell
from handlers.case_reference import reference
from handlers.permissions import demand
from knowledge import chinese
from storage import findings as findings_table
from storage import objections as objections_table
from storage import people
from storage.models.prompts import Objection

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.desk import Clearance, Desk
    from handlers.permissions import Act
    from storage.models.findings import Finding
    from storage.models.people import Person
    from storage.transaction import Transaction

Stage = Literal["officer", "case_head", "chief"]

GROUNDS = ("规则不适用于本案", "案卡填录与实际不符", "期限计算有误", "对条款理解不同")
NO_PROVISION = "说不清条款"
ACTS: Mapping[Stage, Act] = {
    "officer": "review_objection",
    "case_head": "decide_objection",
    "chief": "settle_objection",
}
NEXT: Mapping[Stage, str] = {"officer": "author", "case_head": "chief", "chief": "settled"}
STAGE_WORDS = {
    "ground": "待说明理由",
    "officer": "待专员复核",
    "author": "专员未采纳，待承办人决定是否上报",
    "case_head": "待案管负责人提出意见",
    "chief": "待检察长决定",
    "settled": "已有结论",
}
UPHELD, KEPT = "异议成立", "维持"


def raise_(
    tx: Transaction, person: Person, finding: Finding, ground: str | None = None
) -> Objection:
    """Open an objection, or go on with the one that is open; words already said are its ground."""
    known = objections_table.live_of(tx.session, finding.id)
    if known is not None:
        known.ground = known.ground or ground
        return known
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


def ask(tx: Transaction, person: Person, objection: Objection, finding: Finding) -> None:
    """Ask in a new message for what is still missing: ground, then provision."""
    text, buttons = question(tx, person, objection, finding)
    if buttons:
        tell.say(tx, person, "system", text, buttons=buttons, subjects=[finding.number])


def question(
    tx: Transaction, person: Person, objection: Objection, finding: Finding
) -> tuple[str, tell.Rows]:
    """Return the next question with its choices; without buttons: nothing is missing."""
    if objection.ground is None:
        choices = [button(tx, person, objection, one, "objection_ground") for one in GROUNDS]
        choices.append(button(tx, person, objection, "其他理由", "objection_type", field="ground"))
        return f"{finding.number} 异议的理由：", tell.rows(choices, per_row=2)
    if objection.provision is None:
        cited = [
            chinese.short_citation(one["document"], one["article"], one.get("paragraph"))
            for one in finding.citations
        ]
        choices = [
            button(tx, person, objection, one, "objection_provision")
            for one in dict.fromkeys([*cited, NO_PROVISION])
        ]
        choices.append(
            button(tx, person, objection, "其他条款", "objection_type", field="provision")
        )
        return f"{finding.number} 异议所依据的条款：", tell.rows(choices, per_row=1)
    return f"{finding.number} 异议已提交，由案管专员复核；期限照常计算。", ()


def button(
    tx: Transaction, person: Person, objection: Objection, label: str, act: str, **data: object
) -> tuple[str, str]:
    """Make a button on an objection as it now stands."""
    record = ("objection", objection.id, objection.version)
    return tell.record_button(tx, person, record, label, act, data)


def put(
    tx: Transaction, person: Person, objection: Objection, finding: Finding, field: str, text: str
) -> None:
    """Put ground or provision; with both the officer's turn has come."""
    demand(person, "answer", finding)
    setattr(objection, field, text)
    tx.record(
        "objection_put",
        f"finding:{finding.number}",
        actor=f"person:{person.id}",
        data={"objection": objection.id, "field": field},
        text=text,
    )
    if objection.ground and objection.provision and objection.stage == "ground":
        objection.stage = "officer"


def lines(objection: Objection, finding: Finding, clearance: Clearance) -> list[str]:
    """Say an objection; what somebody typed is shown on a cleared door only."""
    cleared = clearance == "intranet"
    ground = objection.ground or "尚未说明"
    provision = objection.provision or "尚未说明"
    cited = {
        chinese.short_citation(one["document"], one["article"], one.get("paragraph"))
        for one in finding.citations
    }
    shown_ground = ground if cleared or ground in (*GROUNDS, "尚未说明") else "请登录系统查看"
    standard = provision in cited or provision in (NO_PROVISION, "尚未说明")
    shown_provision = provision if cleared or standard else "请登录系统查看"
    return [
        f"异议理由：{shown_ground}；条款：{shown_provision}",
        f"进度：{STAGE_WORDS[objection.stage]}",
        *(f"{STAGE_OF[one['stage']]}意见：{one['opinion']}" for one in objection.opinions),
    ]


STAGE_OF = {"officer": "专员", "case_head": "案管负责人", "chief": "检察长"}


def view(
    tx: Transaction, desk: Desk, person: Person, objection: Objection, finding: Finding
) -> tuple[str, tell.Rows]:
    """Return an objection as its decider reads it, with his two choices."""
    clearance = desk.clearance(person.door or "")
    text = "\n".join(
        [
            f"{finding.number} 异议 · {reference(finding, [finding], clearance)}",
            finding.fact if clearance == "intranet" and not finding.minor else finding.plain_fact,
            *lines(objection, finding, clearance),
        ]
    )
    kept = "维持，报检察长决定" if objection.stage == "case_head" else KEPT
    choices = [
        button(tx, person, objection, label, "objection_decide", upheld=label == UPHELD)
        for label in (UPHELD, kept)
    ]
    return text, tell.rows(choices)


def decide(
    tx: Transaction, desk: Desk, person: Person, objection: Objection, *, upheld: bool
) -> str:
    """Take the opinion of whose turn it is; returns what to say to him."""
    finding = finding_of(tx, objection)
    stage: Stage = stage_of(objection)
    demand(person, ACTS[stage], finding)
    opinion = {
        "stage": stage,
        "by": person.id,
        "at": tx.now.isoformat(),
        "opinion": UPHELD if upheld else KEPT,
    }
    objection.opinions = [*objection.opinions, opinion]
    objection.version += 1
    tx.record(
        "objection_decided",
        f"finding:{finding.number}",
        actor=f"person:{person.id}",
        data={"objection": objection.id, "stage": stage, "upheld": upheld},
    )
    if upheld:
        _uphold(tx, person, objection, finding)
        return f"{finding.number} 异议成立，已销号"
    objection.stage = NEXT[stage]
    if stage == "officer":
        _tell_author(tx, objection, finding)
        return f"{finding.number} 异议未采纳，已告知承办人"
    if stage == "case_head":
        pass_on(tx, desk, objection, finding, "chief")
        return f"{finding.number} 已报检察长决定"
    settle(tx, objection, finding, upheld=False)
    return f"{finding.number} 维持原提示"


def stage_of(objection: Objection) -> Stage:
    """Return whose turn it is; an objection without a ground may be reviewed all the same."""
    if objection.stage == "case_head":
        return "case_head"
    return "chief" if objection.stage == "chief" else "officer"


def finding_of(tx: Transaction, objection: Objection) -> Finding:
    """Return the finding an objection is about."""
    return findings_table.with_ids(tx.session, [objection.finding_id])[0]


def _uphold(tx: Transaction, person: Person, objection: Objection, finding: Finding) -> None:
    """Close the finding; the same values never bring it back, and the rule has an example."""
    tx.record(
        "rule_example",
        f"rule:{finding.rule}",
        actor=f"person:{person.id}",
        data={"finding": finding.number, "expected": "silent", "evidence": finding.evidence},
    )
    if finding.state != findings_table.CLOSED:
        finding_life.accept(tx, finding, person, UPHELD)
        finding_life.close(tx, finding, "objection_upheld", actor=f"person:{person.id}")
    settle(tx, objection, finding, upheld=True)


def settle(tx: Transaction, objection: Objection, finding: Finding, *, upheld: bool) -> None:
    """End an objection; one that failed leaves the finding open, to be answered."""
    objection.stage, objection.upheld, objection.settled_at = "settled", upheld, tx.now
    objection.version += 1
    if not upheld and finding.state == "objected":
        finding.state, finding.answered_at = "sent", None
        finding.version += 1
    author = people.by_id(tx.session, objection.raised_by)
    said = "异议成立，已销号。" if upheld else "异议未成立，请继续核对并答复。"
    if author is not None:
        tell.say(tx, author, "system", f"{finding.number} {said}", subjects=[finding.number])


def end(tx: Transaction, finding: Finding) -> None:
    """End an objection whose finding was closed in another way."""
    objection = objections_table.live_of(tx.session, finding.id)
    if objection is not None:
        objection.stage, objection.settled_at = "settled", tx.now
        objection.version += 1


def _tell_author(tx: Transaction, objection: Objection, finding: Finding) -> None:
    author = people.by_id(tx.session, objection.raised_by)
    if author is None:
        return
    choices = [
        button(tx, author, objection, "仍有异议，报案管负责人", "objection_go_on"),
        button(tx, author, objection, "接受", "objection_accept"),
    ]
    tell.say(
        tx,
        author,
        "system",
        f"{finding.number} 的异议经复核未采纳。仍有异议的，可报案管负责人提出意见，由检察长决定。",
        buttons=tell.rows(choices, per_row=1),
        subjects=[finding.number],
    )


def pass_on(
    tx: Transaction, desk: Desk, objection: Objection, finding: Finding, stage: Stage
) -> None:
    """Hand an objection to whose turn it is; where nobody is reached the officers are told."""
    objection.stage = stage
    told = [
        one
        for one in people.with_role(tx.session, finding.office, stage)
        if people.is_reachable(one)
    ]
    for person in told:
        text, buttons = view(tx, desk, person, objection, finding)
        tell.say(tx, person, "system", text, buttons=buttons, subjects=[finding.number])
    if told:
        return
    for officer in addressees.officers(tx.session, finding.office):
        text = f"{finding.number} 的异议须报{STAGE_OF[stage]}，但尚未绑定或无法送达，请当面呈报。"
        tell.say(tx, officer, "system", text, subjects=[finding.number])
