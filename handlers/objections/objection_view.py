"""An objection in words and buttons: what is still asked for, and how its deciders read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import tell
from handlers.findings.case_reference import reference
from handlers.people import stand_ins
from knowledge import chinese
from storage import findings as findings_table
from storage import objections as table

if TYPE_CHECKING:
    from handlers.desk import Clearance, Desk
    from storage.models.findings import Finding
    from storage.models.people import Person
    from storage.models.prompts import Objection
    from storage.transaction import Transaction

GROUNDS = ("规则不适用于本案", "案卡填录与实际不符", "期限计算有误", "对条款理解不同")
NO_PROVISION = "说不清条款"
STAGE_WORDS = {
    "ground": "待说明理由",
    "officer": "待专员复核",
    "author": "专员未采纳，待承办人决定是否上报",
    "case_head": "待案管负责人提出意见",
    "chief": "待检察长决定",
    "settled": "已有结论",
}
STAGE_OF = {"officer": "专员", "case_head": "案管负责人", "chief": "检察长"}
UPHELD, KEPT = "异议成立", "维持"
UNSAID = "尚未说明"


def finding_of(tx: Transaction, objection: Objection) -> Finding:
    """Return the finding an objection is about."""
    return findings_table.with_ids(tx.session, [objection.finding_id])[0]


def findings_of(tx: Transaction, objection: Objection) -> list[Finding]:
    """Return the findings that are objected to together, the objection's own first."""
    own = finding_of(tx, objection)
    ids = [one.finding_id for one in table.group(tx.session, objection)]
    return [own, *(one for one in findings_table.with_ids(tx.session, ids) if one.id != own.id)]


def numbers(tx: Transaction, objection: Objection) -> str:
    """Name the findings that are objected to together: A01、A02."""
    return "、".join(subjects(tx, objection))


def subjects(tx: Transaction, objection: Objection) -> list[str]:
    """Return the numbers of the findings that are objected to together."""
    return [one.number for one in findings_of(tx, objection)]


def cited(finding: Finding) -> list[str]:
    """Return a finding's provisions as they are offered and shown."""
    return [
        chinese.short_citation(one["document"], one["article"], one.get("paragraph"))
        for one in finding.citations
    ]


def question(
    tx: Transaction, person: Person, objection: Objection, finding: Finding
) -> tuple[str, tell.Rows]:
    """Return the next question with its choices; without buttons: nothing is missing."""
    about = numbers(tx, objection)
    if objection.ground is None:
        choices = [button(tx, person, objection, one, "objection_ground") for one in GROUNDS]
        choices.append(button(tx, person, objection, "其他理由", "objection_type", field="ground"))
        return f"{about} 异议的理由：", tell.rows(choices, per_row=2)
    if objection.provision is None:
        choices = [
            button(tx, person, objection, one, "objection_provision")
            for one in dict.fromkeys([*cited(finding), NO_PROVISION])
        ]
        choices.append(
            button(tx, person, objection, "其他条款", "objection_type", field="provision")
        )
        return f"{about} 异议所依据的条款：", tell.rows(choices, per_row=1)
    return f"{about} 异议已提交，由案管专员复核；期限照常计算。", ()


def button(
    tx: Transaction, person: Person, objection: Objection, label: str, act: str, **data: object
) -> tuple[str, str]:
    """Make a button on an objection as it now stands."""
    record = ("objection", objection.id, objection.version)
    return tell.record_button(tx, person, record, label, act, data)


def lines(
    tx: Transaction, objection: Objection, finding: Finding, clearance: Clearance
) -> list[str]:
    """Say an objection; what somebody typed is shown on a cleared door only."""
    cleared = clearance == "intranet"
    ground = objection.ground or UNSAID
    provision = objection.provision or UNSAID
    shown_ground = ground if cleared or ground in (*GROUNDS, UNSAID) else "请登录系统查看"
    standard = provision in (*cited(finding), NO_PROVISION, UNSAID)
    shown_provision = provision if cleared or standard else "请登录系统查看"
    together = numbers(tx, objection)
    return [
        *([f"本异议涉及 {together}，一并处理"] if "、" in together else []),
        f"异议理由：{shown_ground}；条款：{shown_provision}",
        f"进度：{STAGE_WORDS[objection.stage]}",
        *(_opinion(tx, one) for one in objection.opinions),
    ]


def _opinion(tx: Transaction, one: dict[str, object]) -> str:
    """Say an opinion, and for whom its author stood in, where he did."""
    principal = one.get("for")
    who = stand_ins.named(tx.session, _id(one["by"]), _id(principal)) if principal else ""
    return f"{STAGE_OF[str(one['stage'])]}意见：{one['opinion']}{f'（{who}）' if who else ''}"


def _id(value: object) -> int | None:
    return value if isinstance(value, int) else None


def view(
    tx: Transaction, desk: Desk, person: Person, objection: Objection, finding: Finding
) -> tuple[str, tell.Rows]:
    """Return an objection as its decider reads it, with his two choices."""
    clearance = desk.clearance(person.door or "")
    about = numbers(tx, objection)
    text = "\n".join(
        [
            f"{about} 异议 · {reference(finding, [finding], clearance)}",
            finding.fact if clearance == "intranet" and not finding.minor else finding.plain_fact,
            *lines(tx, objection, finding, clearance),
        ]
    )
    kept = "维持，报检察长决定" if objection.stage == "case_head" else KEPT
    choices = [
        button(tx, person, objection, label, "objection_decide", upheld=label == UPHELD)
        for label in (UPHELD, kept)
    ]
    return text, tell.rows(choices)
