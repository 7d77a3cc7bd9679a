"""The buttons of a whole case: looked at and sound, a problem, the checklist, the next one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import tell
from handlers.monitoring import case_file, case_looking, case_proposals, case_view
from handlers.permissions import demand, may
from handlers.redraw import redraw
from handlers.review import outcome_presses
from knowledge import case_numbers

if TYPE_CHECKING:
    from handlers.desk import Desk
    from handlers.incoming import Origin
    from handlers.monitoring.case_file import CaseFile
    from handlers.press import Press
    from storage.models.people import Person
    from storage.transaction import Transaction

MOST_BUTTONS = 8


def say_open(tx: Transaction, desk: Desk, person: Person, origin: Origin, case_no: str) -> None:
    """Show the whole case in a new message, to whom it may be shown."""
    file = case_file.read(tx, desk, case_no)
    demand(person, "see_item", file.case)
    tell.answer(
        tx,
        origin,
        case_view.write(tx, file, desk.clearance(origin.door)),
        person=person,
        buttons=buttons(tx, desk, person, file),
        subjects=[one.number for one in file.open],
    )


def buttons(tx: Transaction, desk: Desk, person: Person, file: CaseFile) -> tell.Rows:
    """Make what can be done with a case: nothing of it in one's own."""
    case_no = file.case.case_no
    pressable = []
    if may(person, "look_at_case", file.case):
        wanted = [
            ("无问题", "case_sound"),
            ("发现问题", "problem_start"),
            ("核对要点", "case_points"),
        ]
        pressable = [_button(tx, person, label, act, case_no) for label, act in wanted]
    items = [
        outcome_presses.opening_button(tx, person, one)
        for one in file.open[:MOST_BUTTONS]
        if may(person, "see_item", one)
    ]
    return (
        *tell.rows(pressable),
        *tell.rows(items),
        *onward(tx, desk, person, case_no),
    )


def onward(tx: Transaction, desk: Desk, person: Person, case_no: str) -> tell.Rows:
    """Make the way to the next of today's cases, where there is one."""
    following = case_proposals.next_one(tx, desk, person, after=case_no)
    if following is None:
        return ()
    label = f"下一件 {case_numbers.tail(following, [case_no])}"
    return tell.rows([_button(tx, person, label, "case_open", following)])


def _button(tx: Transaction, person: Person, label: str, act: str, case_no: str) -> tuple[str, str]:
    data: dict[str, object] = {"case": case_no}
    return tell.button(tx, person, label, act, "case", data=data)


def _file(tx: Transaction, desk: Desk, press: Press) -> CaseFile:
    return case_file.read(tx, desk, str(press.row.data["case"]))


def press_open(tx: Transaction, desk: Desk, press: Press) -> str:
    """Show the whole case in the pressed message."""
    file = _file(tx, desk, press)
    demand(press.person, "see_item", file.case)
    clearance = desk.clearance(press.event.origin.door)
    redraw(
        tx,
        press,
        case_view.write(tx, file, clearance),
        buttons=buttons(tx, desk, press.person, file),
        subjects=[one.number for one in file.open],
    )
    return file.case.named([], "internet")


def press_sound(tx: Transaction, desk: Desk, press: Press) -> str:
    """Record that the case was looked at and nothing found."""
    file = _file(tx, desk, press)
    entry = case_looking.record(tx, press.person, file.case, sound=True, said="无问题")
    name = file.case.named([], "internet")
    said = f"已登记人工监控（流水第 {entry} 号）：{name}，无问题"
    back = _button(tx, press.person, "返回案件", "case_open", file.case.case_no)
    rows = (*tell.rows([back]), *onward(tx, desk, press.person, file.case.case_no))
    redraw(tx, press, f"{said}。", buttons=rows)
    return f"{name}，无问题"


def press_points(tx: Transaction, desk: Desk, press: Press) -> str:
    """Show the checklist in full."""
    file = _file(tx, desk, press)
    demand(press.person, "see_item", file.case)
    name = file.case.named([], desk.clearance(press.event.origin.door))
    wanted = [("无问题", "case_sound"), ("发现问题", "problem_start"), ("返回案件", "case_open")]
    pressable = [_button(tx, press.person, label, act, file.case.case_no) for label, act in wanted]
    redraw(tx, press, f"{name}\n{case_view.checklist(file)}", buttons=tell.rows(pressable))
    return f"核对要点 {len(file.points)} 项"
