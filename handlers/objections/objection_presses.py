"""The buttons of an objection: ground, provision, the opinions, going on or accepting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import awaiting, tell
from handlers.objections import objection_view, objections
from handlers.permissions import RefusedError, demand
from handlers.redraw import redraw
from storage import findings as findings_table
from storage import objections as objections_table

if TYPE_CHECKING:
    from handlers.desk import Desk
    from handlers.press import Press
    from storage.models.prompts import Objection
    from storage.transaction import Transaction

TYPED = "objection_typed"
QUESTIONS = {"ground": "异议的理由", "provision": "所依据的条款，例如 刑诉规则第282条"}


def of(tx: Transaction, press: Press) -> Objection:
    """Return the objection a button is about.

    Raises:
        RefusedError: there is none.
    """
    objection = objections_table.by_id(tx.session, int(press.row.data["objection"]))
    if objection is None:
        raise RefusedError("answer")
    return objections.still_open(tx, objection)


def press_ground(tx: Transaction, desk: Desk, press: Press) -> str:
    """Take the ground that was tapped, and ask for the provision."""
    return _put(tx, desk, press, "ground")


def press_provision(tx: Transaction, desk: Desk, press: Press) -> str:
    """Take the provision that was tapped; the officer's turn has come."""
    return _put(tx, desk, press, "provision")


def _put(tx: Transaction, desk: Desk, press: Press, field: str) -> str:
    del desk
    objection = of(tx, press)
    finding = objection_view.finding_of(tx, objection)
    if objection.stage != "ground" or getattr(objection, field) is not None:
        return f"{finding.number} 异议{objection_view.STAGE_WORDS[objection.stage]}，此项已登记"
    label = str(press.row.data["label"])
    objections.put(tx, press.person, objection, field, label)
    text, buttons = objection_view.question(tx, press.person, objection, finding)
    subjects = objection_view.subjects(tx, objection)
    redraw(tx, press, text, buttons=buttons, subjects=subjects)
    return f"已记录：{label}"


def ask(tx: Transaction, desk: Desk, press: Press) -> str:
    """Ask for ground or provision in the person's own words."""
    del desk
    objection = of(tx, press)
    finding = objection_view.finding_of(tx, objection)
    demand(press.person, "answer", finding)
    field = str(press.row.data["field"])
    awaiting.ask(
        tx,
        press.person,
        press.event.origin,
        TYPED,
        f"finding:{finding.number}",
        question=f"请输入 {finding.number} {QUESTIONS[field]}。",
        data={"objection": objection.id, "field": field},
    )
    return "请输入"


def take(tx: Transaction, desk: Desk, given: awaiting.Given) -> str:
    """Take ground or provision as it was typed."""
    del desk
    objection = objections_table.by_id(tx.session, int(given.data["objection"]))
    if objection is None:
        raise RefusedError("answer")
    finding = objection_view.finding_of(tx, objection)
    field = str(given.data["field"])
    objections.put(tx, given.person, objection, field, given.text)
    text, buttons = objection_view.question(tx, given.person, objection, finding)
    said = f"{finding.number} 已记录（流水第 {given.entry} 号）。\n{text}"
    tell.answer(tx, given.origin, said, person=given.person, buttons=buttons)
    return ""


def press_decide(tx: Transaction, desk: Desk, press: Press) -> str:
    """Take the opinion that was tapped."""
    objection = of(tx, press)
    finding = objection_view.finding_of(tx, objection)
    if said := _moved_on(objection, press):
        return f"{finding.number} {said}"
    demand(press.person, objections.ACTS[objections.stage_of(objection)], finding)
    if finding.state == findings_table.CLOSED:
        return f"{finding.number} 已销号，无须再决定"
    said = objections.decide(
        tx, desk, press.person, objection, upheld=bool(press.row.data["upheld"])
    )
    redraw(tx, press, said, subjects=[finding.number])
    return said


def press_go_on(tx: Transaction, desk: Desk, press: Press) -> str:
    """Hand the objection to the case head: still disputed."""
    return _by_author(tx, desk, press, goes_on=True)


def press_accept(tx: Transaction, desk: Desk, press: Press) -> str:
    """Accept the officer's view."""
    return _by_author(tx, desk, press, goes_on=False)


def _by_author(tx: Transaction, desk: Desk, press: Press, *, goes_on: bool) -> str:
    objection = of(tx, press)
    finding = objection_view.finding_of(tx, objection)
    demand(press.person, "answer", finding)
    if objection.stage != "author":
        return f"{finding.number} 异议{objection_view.STAGE_WORDS[objection.stage]}，无需重复操作"
    about = objection_view.numbers(tx, objection)
    for one in objections_table.group(tx.session, objection):
        tx.record(
            "objection_kept_up" if goes_on else "objection_given_up",
            f"finding:{objection_view.finding_of(tx, one).number}",
            actor=f"person:{press.person.id}",
            data={"objection": one.id},
        )
    if goes_on:
        said = f"{about} 已报案管负责人；期限照常计算"
        objections.pass_on(tx, desk, objection, "case_head")
    else:
        said = f"{about} 已接受复核意见"
        objections.settle(tx, objection, upheld=False)
    redraw(tx, press, said, subjects=[finding.number])
    return said


def _moved_on(objection: Objection, press: Press) -> str | None:
    if objection.version == press.row.version and objection.stage not in {"settled", "author"}:
        return None
    return f"异议{objection_view.STAGE_WORDS[objection.stage]}，这个按钮已不适用"
