"""/名册 and its buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import awaiting, tell
from handlers.people import accounts, handover_command, roster, roster_view
from handlers.permissions import demand
from handlers.redraw import redraw
from storage import people
from storage.models.people import Person

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from handlers.desk import Desk
    from handlers.incoming import Edited, Said
    from handlers.press import Press
    from storage.transaction import Transaction

TYPED = "roster_typed"
QUESTIONS = {"name": "请输入姓名，须与案卡一致。", "department": "请输入部门名称，须与案卡一致。"}
UNKNOWN = "名册里没有“{name}”。新增请点下方按钮。"


def command(tx: Transaction, desk: Desk, person: Person, event: Said | Edited, rest: str) -> None:
    """Show the roster, or the person whose name was written."""
    del desk
    demand(person, "keep_roster")
    text, buttons = roster_view.overview(tx, person)
    name = rest.strip()
    if name:
        found = [
            one
            for one in people.everybody(tx.session, person.office)
            if name in {one.name, *one.aliases}
        ]
        if len(found) == 1:
            text, buttons = roster_view.one_person(tx, person, found[0])
        elif found:
            text = f"有 {len(found)} 名“{name}”："
            buttons = tell.rows(
                roster_view.button(
                    tx, person, f"{one.department} {one.name}", "roster_person", person=one.id
                )
                for one in found
            )
        else:
            text = f"{UNKNOWN.format(name=name[:20])}\n{text}"
    tell.answer(tx, event.origin, text, person=person, buttons=buttons)


def _meant(tx: Transaction, press: Press) -> Person:
    demand(press.person, "keep_roster")
    return tx.session.get_one(Person, int(press.row.data["person"]))


def _show(tx: Transaction, press: Press, person: Person, note: str) -> str:
    text, buttons = roster_view.one_person(tx, press.person, person, note)
    redraw(tx, press, text, buttons=buttons)
    return note


def overview(tx: Transaction, desk: Desk, press: Press) -> str:
    """Show the departments."""
    del desk
    demand(press.person, "keep_roster")
    text, buttons = roster_view.overview(tx, press.person)
    redraw(tx, press, text, buttons=buttons)
    return "人员名册"


def department(tx: Transaction, desk: Desk, press: Press) -> str:
    """Show a department, or who was retired."""
    del desk
    demand(press.person, "keep_roster")
    name, retired = press.row.data.get("department") or "", bool(press.row.data.get("retired"))
    text, buttons = roster_view.department(tx, press.person, name, retired=retired)
    redraw(tx, press, text, buttons=buttons)
    return name or roster_view.NO_DEPARTMENT


def person(tx: Transaction, desk: Desk, press: Press) -> str:
    """Show a person."""
    del desk
    meant = _meant(tx, press)
    text, buttons = roster_view.one_person(tx, press.person, meant)
    redraw(tx, press, text, buttons=buttons)
    return meant.name


def invite(tx: Transaction, desk: Desk, press: Press) -> str:
    """Make a binding code; it is shown once, in a message of its own."""
    del desk
    meant = _meant(tx, press)
    demand(press.person, "invite")
    code = accounts.invite(tx, meant, actor=f"person:{press.person.id}")
    tell.answer(
        tx,
        press.event.origin,
        f"{meant.name}的绑定码：{code}\n十分钟内有效，只能用一次。请当面或电话告知本人。",
        person=press.person,
    )
    return "绑定码已生成"


def unbind(tx: Transaction, desk: Desk, press: Press) -> str:
    """Take the account of a person away."""
    meant = _meant(tx, press)
    demand(press.person, "invite")
    if meant.account is None:
        return f"{meant.name}没有绑定，无须解除"
    entry = accounts.revoke(tx, meant, actor=f"person:{press.person.id}")
    said = _show(tx, press, meant, f"已解除{meant.name}的绑定（流水第 {entry} 号）。")
    _offer(tx, desk, press, meant)
    return said.partition("（")[0]


def _offer(tx: Transaction, desk: Desk, press: Press, leaver: Person) -> None:
    text, buttons = handover_command.offer_for(tx, desk, press.person, leaver)
    if text:
        tell.answer(tx, press.event.origin, text, person=press.person, buttons=buttons)


def roles(tx: Transaction, desk: Desk, press: Press) -> str:
    """Show the roles, with those ticked that a tap left ticked."""
    del desk
    meant = _meant(tx, press)
    ticked = press.row.data.get("roles")
    held = list(meant.roles) if ticked is None else list(ticked)
    text, buttons = roster_view.choose_roles(tx, press.person, meant, held)
    redraw(tx, press, text, buttons=buttons)
    return roster.roles_words(held) or "请选择"


def set_roles(tx: Transaction, desk: Desk, press: Press) -> str:
    """Give a person the roles that are ticked."""
    del desk
    meant = _meant(tx, press)
    entry = roster.give_roles(tx, press.person, meant, list(press.row.data["roles"]))
    return _show(tx, press, meant, f"身份已更改（流水第 {entry} 号）。").partition("（")[0]


def move(tx: Transaction, desk: Desk, press: Press) -> str:
    """Offer the departments; the one that is tapped is taken."""
    del desk
    meant = _meant(tx, press)
    if "department" not in press.row.data:
        text, buttons = roster_view.choose_department(
            tx, press.person, f"{meant.name}改到哪个部门？", "roster_move", person=meant.id
        )
        redraw(tx, press, text, buttons=buttons)
        return "请选择部门"
    entry = roster.move(tx, press.person, meant, str(press.row.data["department"]))
    return _show(tx, press, meant, f"部门已更改（流水第 {entry} 号）。").partition("（")[0]


def assists(tx: Transaction, desk: Desk, press: Press) -> str:
    """Offer the prosecutors an assistant may assist."""
    del desk
    meant = _meant(tx, press)
    text, buttons = roster_view.choose_assisted(tx, press.person, meant)
    redraw(tx, press, text, buttons=buttons)
    return "请选择"


def set_assists(tx: Transaction, desk: Desk, press: Press) -> str:
    """Note whose assistant a person is."""
    del desk
    meant = _meant(tx, press)
    prosecutor = people.by_id(tx.session, press.row.data["prosecutor"])
    entry = roster.assist(tx, press.person, meant, prosecutor)
    return _show(tx, press, meant, f"已登记（流水第 {entry} 号）。").partition("（")[0]


def retire(tx: Transaction, desk: Desk, press: Press) -> str:
    """Ask once more, then take a person off the roster."""
    meant = _meant(tx, press)
    if not press.row.data.get("sure"):
        pressable = [
            roster_view.button(
                tx, press.person, "确认停用", "roster_retire", person=meant.id, sure=True
            ),
            roster_view.button(tx, press.person, "返回", "roster_person", person=meant.id),
        ]
        text = f"停用{meant.name}：解除绑定，代理结束，今后的提示转部门负责人，可以移交。"
        redraw(tx, press, text, buttons=tell.rows(pressable))
        return "请确认"
    if not meant.active:
        return f"{meant.name}已停用，无需重复操作"
    entry = roster.retire(tx, press.person, meant)
    said = _show(tx, press, meant, f"已停用（流水第 {entry} 号）。")
    _offer(tx, desk, press, meant)
    return said.partition("（")[0]


def bring_back(tx: Transaction, desk: Desk, press: Press) -> str:
    """Put a retired person on the roster again."""
    del desk
    meant = _meant(tx, press)
    if meant.active:
        return f"{meant.name}已在名册中"
    entry = roster.bring_back(tx, press.person, meant)
    return _show(tx, press, meant, f"已恢复（流水第 {entry} 号）。").partition("（")[0]


def add(tx: Transaction, desk: Desk, press: Press) -> str:
    """Ask for the name of a new person: it cannot be chosen."""
    del desk
    demand(press.person, "keep_roster")
    _ask(tx, press, {"field": "name"})
    return "请输入姓名"


def ask(tx: Transaction, desk: Desk, press: Press) -> str:
    """Ask for a department that is not there yet."""
    del desk
    demand(press.person, "keep_roster")
    _ask(tx, press, {key: value for key, value in press.row.data.items() if key != "label"})
    return "请输入部门"


def _ask(tx: Transaction, press: Press, data: Mapping[str, object]) -> None:
    question = QUESTIONS[str(data["field"])]
    origin = press.event.origin
    awaiting.ask(tx, press.person, origin, TYPED, "roster", question=question, data=data)


def take(tx: Transaction, desk: Desk, given: awaiting.Given) -> str:
    """Take a name or a department that was typed."""
    del desk
    by, data = given.person, given.data
    demand(by, "keep_roster")
    if data["field"] == "name":
        name = roster.name_of(given.text, roster.LONGEST_NAME)
        text, buttons = roster_view.choose_department(
            tx, by, f"{name}在哪个部门？", "roster_add_department", name=name
        )
    else:
        named = roster.name_of(given.text, roster.LONGEST_DEPARTMENT)
        if data["then"] == "roster_move":
            meant = tx.session.get_one(Person, int(data["person"]))
            entry = roster.move(tx, by, meant, named)
            note = f"部门已更改（流水第 {entry} 号）。"
            text, buttons = roster_view.one_person(tx, by, meant, note)
        else:
            text, buttons = roster_view.choose_first_role(tx, by, str(data["name"]), named)
    tell.answer(tx, given.origin, text, person=by, buttons=buttons)
    return ""


def add_department(tx: Transaction, desk: Desk, press: Press) -> str:
    """Take the department of a new person and ask what he is."""
    del desk
    demand(press.person, "keep_roster")
    data = press.row.data
    text, buttons = roster_view.choose_first_role(
        tx, press.person, str(data["name"]), str(data["department"])
    )
    redraw(tx, press, text, buttons=buttons)
    return "请选择身份"


def add_role(tx: Transaction, desk: Desk, press: Press) -> str:
    """Show what will be added."""
    del desk
    demand(press.person, "keep_roster")
    data = press.row.data
    text, buttons = roster_view.preview_new(
        tx, press.person, str(data["name"]), str(data["department"]), str(data["role"])
    )
    redraw(tx, press, text, buttons=buttons)
    return "请核对"


def add_set(tx: Transaction, desk: Desk, press: Press) -> str:
    """Add the person that the preview named; the binding code is one tap away."""
    del desk
    data = press.row.data
    added, entry = roster.add(
        tx, press.person, str(data["department"]), str(data["name"]), [str(data["role"])]
    )
    return _show(tx, press, added, f"已新增（流水第 {entry} 号）。").partition("（")[0]


ACTS: Mapping[str, Callable[[Transaction, Desk, Press], str]] = {
    "roster_overview": overview,
    "roster_department": department,
    "roster_person": person,
    "roster_invite": invite,
    "roster_unbind": unbind,
    "roster_roles": roles,
    "roster_roles_set": set_roles,
    "roster_move": move,
    "roster_assists": assists,
    "roster_assists_set": set_assists,
    "roster_retire": retire,
    "roster_back": bring_back,
    "roster_add": add,
    "roster_ask": ask,
    "roster_add_department": add_department,
    "roster_add_role": add_role,
    "roster_add_set": add_set,
}
