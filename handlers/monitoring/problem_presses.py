"""The buttons with which a problem is written down, step by step in one message."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from handlers import awaiting, tell
from handlers.monitoring import case_in_hand, pictures, problem_drafts, problem_steps
from handlers.monitoring.problem_drafts import MOST_CHARACTERS
from handlers.monitoring.problem_steps import NOTE, PROBLEM
from handlers.redraw import redraw
from handlers.review import outcome_presses
from storage import campaigns

if TYPE_CHECKING:
    from handlers.desk import Desk
    from handlers.incoming import Origin
    from handlers.press import Press
    from knowledge.rules.rule import Severity
    from storage.models.campaigns import CampaignCase
    from storage.models.case_looks import ProblemDraft
    from storage.models.people import Person
    from storage.transaction import Transaction

TYPED = "problem_typed"


def start(tx: Transaction, desk: Desk, press: Press) -> str:
    """Begin: a problem of the case the button is about, in a campaign where it says so."""
    case = case_in_hand.of_number(tx, desk, str(press.row.data["case"]))
    listed = campaigns.case_by_id(tx.session, press.row.data.get("campaign_case"))
    draft = problem_drafts.begin(tx, press.person, case, of=listed)
    _show(tx, press, *problem_steps.view(tx, desk, press.person, draft, press.event.origin.door))
    return "请选择核对要点"


def say_start(
    tx: Transaction, desk: Desk, person: Person, origin: Origin, draft: ProblemDraft
) -> None:
    """Begin in a new message, with the problem already written."""
    text, buttons = problem_steps.view(tx, desk, person, draft, origin.door)
    tell.answer(tx, origin, text, person=person, buttons=buttons)


def _of(tx: Transaction, press: Press) -> ProblemDraft:
    return problem_drafts.live(tx, press.person, int(press.row.data["draft"]))


def _show(tx: Transaction, press: Press, text: str, buttons: tell.Rows) -> None:
    redraw(tx, press, text, buttons=buttons)


def _again(
    tx: Transaction, desk: Desk, press: Press, draft: ProblemDraft, *, group: str | None = None
) -> None:
    door = press.event.origin.door
    _show(tx, press, *problem_steps.view(tx, desk, press.person, draft, door, group=group))


def press_group(tx: Transaction, desk: Desk, press: Press) -> str:
    """Show the points of a group, or all the groups."""
    group = str(press.row.data["group"])
    _again(tx, desk, press, _of(tx, press), group=group)
    return group


def press_point(tx: Transaction, desk: Desk, press: Press) -> str:
    """Put the problem under a point, or take it out again."""
    draft = _of(tx, press)
    point = desk.plan.checkpoint(str(press.row.data["point"]))
    if point is None:
        draft.checkpoint = draft.severity = None
    else:
        problem_drafts.choose_point(draft, point)
    _again(tx, desk, press, draft)
    return point.title if point else "请选择核对要点"


def press_problem(tx: Transaction, desk: Desk, press: Press) -> str:
    """Take one of the problems that can be chosen."""
    draft = _of(tx, press)
    problem_drafts.put(draft, str(press.row.data["problem"]))
    _again(tx, desk, press, draft)
    return "请核对预览"


def press_severity(tx: Transaction, desk: Desk, press: Press) -> str:
    """Say how grave it is."""
    draft = _of(tx, press)
    draft.severity = cast("Severity", press.row.data["severity"])
    _again(tx, desk, press, draft)
    return f"程度：{draft.severity}"


def ask(tx: Transaction, desk: Desk, press: Press) -> str:
    """Ask for the problem, or for more of it, in the officer's own words."""
    draft = _of(tx, press)
    what = str(press.row.data["what"])
    inside = desk.clearance(press.event.origin.door) == "intranet"
    warning = "" if inside else "请勿写姓名和案情。"
    asked = "问题" if what == PROBLEM else "补充说明"
    awaiting.ask(
        tx,
        press.person,
        press.event.origin,
        TYPED,
        f"draft:{draft.id}",
        question=f"请输入{asked}（{MOST_CHARACTERS} 字以内）。{warning}",
        data={"draft": draft.id, "what": what},
    )
    return "请输入"


def take(tx: Transaction, desk: Desk, given: awaiting.Given) -> str:
    """Take what was typed; the preview comes with it."""
    draft = problem_drafts.live(tx, given.person, int(given.data["draft"]))
    if given.data["what"] == NOTE:
        problem_drafts.add_note(draft, given.text)
    else:
        problem_drafts.put(draft, given.text)
    say_start(tx, desk, given.person, given.origin, draft)
    return ""


def press_picture(tx: Transaction, desk: Desk, press: Press) -> str:
    """Ask for a picture."""
    _of(tx, press)
    return pictures.ask(tx, desk, press)


def press_register(tx: Transaction, desk: Desk, press: Press) -> str:
    """Make it a finding, and show what can be decided of it."""
    draft = _of(tx, press)
    _, listed = problem_drafts.campaign_of(tx, draft)
    finding, entry = problem_drafts.register(tx, desk, press.person, draft)
    said = f"{finding.number} 已登记（流水第 {entry} 号），来源：{finding.source}"
    buttons = tell.rows(_onward(tx, press, finding.case_no, listed))
    redraw(tx, press, f"{said}。", buttons=buttons, subjects=[finding.number])
    outcome_presses.show_item(tx, desk, press.person, press.event.origin, finding)
    return f"{finding.number} 已登记"


def _onward(
    tx: Transaction, press: Press, case_no: str, listed: CampaignCase | None
) -> list[tuple[str, str]]:
    if listed is not None:
        data: dict[str, object] = {"campaign": listed.campaign_id, "after": listed.position}
        return [
            tell.button(
                tx, press.person, "下一件", "campaign_next", f"campaign:{listed.campaign_id}",
                data=data,
            )
        ]  # fmt: skip
    data = {"case": case_no}
    return [tell.button(tx, press.person, "返回案件", "case_open", "case", data=data)]


def press_drop(tx: Transaction, desk: Desk, press: Press) -> str:
    """Give it up."""
    del desk
    draft = _of(tx, press)
    problem_drafts.drop(draft)
    data: dict[str, object] = {"case": draft.case_no}
    back = tell.button(tx, press.person, "返回案件", "case_open", "case", data=data)
    redraw(tx, press, "已取消，未作登记。", buttons=((back,),))
    return "已取消"
