"""/移交 周岚 李明 [91号|全部], or chosen with buttons; shown before it holds, and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handlers import tell
from handlers.findings.case_reference import reference
from handlers.people import handovers
from handlers.people.relations import relations
from handlers.permissions import RefusedError, demand, may
from handlers.redraw import redraw
from knowledge import case_numbers
from knowledge.errors import UserFacingError
from storage import findings as findings_table
from storage import handovers as table
from storage import people
from storage.models.people import Person

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from handlers.desk import Desk
    from handlers.incoming import Edited, Said
    from handlers.people.handovers import Cases
    from handlers.press import Press
    from storage.models.findings import Finding
    from storage.transaction import Transaction

ALL = "全部"
MOST = 24
USAGE = "例如：/移交 周岚 李明 91号；全部移交写：/移交 周岚 李明 全部。"


class WhoError(UserFacingError):
    """A name fits nobody, or several people."""

    def __init__(self, name: str, many: int) -> None:
        what = f"有 {many} 名“{name}”，请点按钮选择" if many else f"人员名册里没有“{name}”"
        super().__init__(f"{what}。{USAGE.rstrip('。')}")


class NoCaseOfHisError(UserFacingError):
    """No case with open items fits the number that was typed."""

    def __init__(self, name: str, typed: str) -> None:
        super().__init__(f"{name}名下没有案号为“{typed}”的未销号问题，请核对案号")


def command(tx: Transaction, desk: Desk, person: Person, event: Said | Edited, rest: str) -> None:
    """Begin a handover as far as the line goes; what it does not say is chosen with buttons."""
    words = rest.split()
    try:
        text, buttons = _next(tx, desk, person, words)
    except RefusedError:
        raise
    except UserFacingError as refused:
        text, buttons = f"{refused}。", ()
    tell.answer(tx, event.origin, text, person=person, buttons=buttons)


def _next(
    tx: Transaction, desk: Desk, person: Person, words: Sequence[str]
) -> tuple[str, tell.Rows]:
    if not words:
        return _whose(tx, desk, person)
    cases = _allowed(tx, desk, person, words[0])
    if len(words) == 1:
        return _to_whom(tx, person, cases)
    found = people.named(tx.session, desk.office, words[1])
    if len(found) != 1:
        raise WhoError(words[1], len(found))
    if len(words) == 2:
        return _which(tx, desk, person, cases, found[0])
    chosen = cases
    if words[2] != ALL:
        fitting = [one for one in cases.numbers if case_numbers.matches(words[2], one)]
        if not fitting:
            raise NoCaseOfHisError(cases.name, words[2])
        chosen = cases.of(fitting)
    return _preview(tx, desk, person, chosen, found[0])


def _allowed(tx: Transaction, desk: Desk, person: Person, name: str) -> Cases:
    cases = handovers.cases_of(tx, desk, name)
    for finding in cases.findings:
        demand(person, "hand_over", finding)
    return cases


def _whose(tx: Transaction, desk: Desk, person: Person) -> tuple[str, tell.Rows]:
    """Offer the prosecutors with open items, those nobody reaches first."""
    many: dict[str, int] = {}
    for one in findings_table.open_ones(tx.session, desk.office):
        if one.prosecutor and may(person, "hand_over", one):
            many[one.prosecutor] = many.get(one.prosecutor, 0) + 1
    if not many:
        demand(person, "see_queue")
        return "没有可以移交的未销号问题。", ()
    reached = {
        one.name for one in people.everybody(tx.session, desk.office) if people.is_reachable(one)
    }
    names = sorted(many, key=lambda name: (name in reached, name))[:MOST]
    pressable = [
        _button(tx, person, f"{name}（{many[name]} 条）", "handover_whose", name=name)
        for name in names
    ]
    return f"移交谁承办的案件？{USAGE}", tell.rows(pressable, per_row=3)


def _to_whom(tx: Transaction, person: Person, cases: Cases) -> tuple[str, tell.Rows]:
    departments = {one.department for one in cases.findings}
    offered = [
        one
        for one in people.with_role(tx.session, person.office, "prosecutor")
        if people.is_reachable(one) and one.name != cases.name
    ]
    offered.sort(key=lambda one: (one.department not in departments, one.id))
    names = [one.name for one in offered]
    pressable = [
        _button(
            tx,
            person,
            one.name if names.count(one.name) == 1 else f"{one.name}（{one.department}）",
            "handover_receiver",
            name=cases.name,
            receiver=one.id,
        )
        for one in offered[:MOST]
    ]
    many = f"未销号 {len(cases.findings)} 条、案件 {len(cases.numbers)} 件"
    return f"{cases.name}名下{many}，由谁接办？", tell.rows(pressable, per_row=3)


def _which(
    tx: Transaction, desk: Desk, person: Person, cases: Cases, receiver: Person
) -> tuple[str, tell.Rows]:
    handovers.check(person, cases, receiver)
    if len(cases.numbers) == 1:
        return _preview(tx, desk, person, cases, receiver)
    data = {"name": cases.name, "receiver": receiver.id}
    pressable = [
        _button(
            tx,
            person,
            case_numbers.tail(one, cases.numbers),
            "handover_case",
            cases=[one],
            **data,
        )
        for one in cases.numbers[:MOST]
    ]
    every = _button(tx, person, ALL, "handover_case", cases=cases.numbers, **data)
    return (
        f"移交{cases.name}的哪些案件给{receiver.name}？",
        tell.rows([every, *pressable], per_row=3),
    )


def _preview(
    tx: Transaction, desk: Desk, person: Person, cases: Cases, receiver: Person
) -> tuple[str, tell.Rows]:
    handovers.check(person, cases, receiver)
    clearance = desk.clearance(person.door or "")
    many = f"案件 {len(cases.numbers)} 件、未销号 {len(cases.findings)} 条"
    lines = [
        f"请核对：{cases.name}承办的{many}移交{receiver.name}接办：",
        *(f"    {one.number} {reference(one, cases.findings, clearance)}" for one in _shown(cases)),
        f"今后这些案件的提示发给{receiver.name}；导出中承办检察官变更以后，以案卡为准。",
    ]
    data = {"name": cases.name, "receiver": receiver.id, "cases": cases.numbers}
    pressable = [
        _button(tx, person, "确认移交", "handover_confirm", **data),
        _button(tx, person, "取消", "handover_cancel", **data),
    ]
    return "\n".join(lines), tell.rows(pressable)


def _shown(cases: Cases) -> Sequence[Finding]:
    return cases.findings[:MOST]


def _button(
    tx: Transaction, person: Person, label: str, act: str, **data: object
) -> tuple[str, str]:
    return tell.button(tx, person, label, act, "handover", data={"label": label, **data})


def press_whose(tx: Transaction, desk: Desk, press: Press) -> str:
    """Take whose cases are handed over."""
    name = str(press.row.data["name"])
    text, buttons = _next(tx, desk, press.person, [name])
    redraw(tx, press, text, buttons=buttons)
    return name


def press_receiver(tx: Transaction, desk: Desk, press: Press) -> str:
    """Take to whom they go."""
    cases, receiver = _of(tx, desk, press)
    text, buttons = _which(tx, desk, press.person, cases, receiver)
    redraw(tx, press, text, buttons=buttons)
    return receiver.name


def press_case(tx: Transaction, desk: Desk, press: Press) -> str:
    """Take which cases, and show what it means."""
    cases, receiver = _of(tx, desk, press)
    chosen = cases.of(press.row.data["cases"])
    text, buttons = _preview(tx, desk, press.person, chosen, receiver)
    redraw(tx, press, text, buttons=buttons)
    return str(press.row.data["label"])


def press_confirm(tx: Transaction, desk: Desk, press: Press) -> str:
    """Hand over what the preview said."""
    if receiver_now := _made(tx, press):
        return f"案件已移交{receiver_now.name}，无需重复操作"
    if not press.is_still_offered(tx):
        return "刚才已取消，未移交；要移交请重新发送 /移交"
    cases, receiver = _of(tx, desk, press)
    chosen = cases.of(press.row.data["cases"])
    made, entry = handovers.hand_over(tx, press.person, chosen, receiver)
    said = f"已移交{receiver.name} {len(chosen.numbers)} 件"
    ids = [one.id for one in made]
    undo = _button(tx, press.person, "撤销移交", "handover_undo", handovers=ids)
    text = f"{said}，已告知双方（流水第 {entry} 号）。请督促在业务系统中办理承办人变更。"
    redraw(tx, press, text, buttons=((undo,),))
    return said


def press_undo(tx: Transaction, desk: Desk, press: Press) -> str:
    """Take a handover back."""
    del desk
    made = table.with_ids(tx.session, [int(one) for one in press.row.data["handovers"]])
    entry = handovers.undo(tx, press.person, made)
    if entry is None:
        return "移交已经撤销，或者案卡已变更承办检察官，无需再撤销"
    redraw(tx, press, f"移交已撤销，已告知双方（流水第 {entry} 号）。")
    return "移交已撤销"


def press_cancel(tx: Transaction, desk: Desk, press: Press) -> str:
    """Leave everything as it is; what was handed over meanwhile is not undone by this."""
    del desk
    if receiver := _made(tx, press):
        return f"案件已移交{receiver.name}，没有取消；需要退回请点“撤销移交”"
    redraw(tx, press, "已取消，未移交。")
    return "已取消"


def _made(tx: Transaction, press: Press) -> Person | None:
    """Return who has the cases of a preview already; None: they were not handed over to him."""
    receiver = people.by_id(tx.session, press.row.data.get("receiver"))
    live = table.live(tx.session, press.person.office)
    handed = [live.get(one) for one in press.row.data.get("cases", [])]
    if receiver is None or not handed:
        return None
    is_his = all(one is not None and one.receiver_id == receiver.id for one in handed)
    return receiver if is_his else None


def _of(tx: Transaction, desk: Desk, press: Press) -> tuple[Cases, Person]:
    data: Mapping[str, Any] = press.row.data
    cases = _allowed(tx, desk, press.person, str(data["name"]))
    return cases, tx.session.get_one(Person, int(data["receiver"]))


def offer_for(tx: Transaction, desk: Desk, person: Person, leaver: Person) -> tuple[str, tell.Rows]:
    """Say what a leaver leaves behind, with the button that hands it over; "": nothing."""
    left = [
        one
        for one in findings_table.open_ones(tx.session, desk.office)
        if "own" in relations(leaver, one)
    ]
    if not left:
        return "", ()
    button = _button(tx, person, "移交案件", "handover_whose", name=leaver.name)
    text = f"{leaver.name}名下未销号 {len(left)} 条，移交以前转部门负责人。"
    return text, ((button,),)


ACTS: Mapping[str, Callable[[Transaction, Desk, Press], str]] = {
    "handover_whose": press_whose,
    "handover_receiver": press_receiver,
    "handover_case": press_case,
    "handover_confirm": press_confirm,
    "handover_cancel": press_cancel,
    "handover_undo": press_undo,
}
