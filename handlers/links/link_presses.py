"""Buttons of /引用: confirm, the next candidate, 不引用, all that is sure, and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import tell
from handlers.links import link_view
from handlers.links.provision_links import Decider
from handlers.permissions import demand
from handlers.redraw import redraw
from storage import provision_links
from storage.provision_links import CONFIRMED, PROPOSED

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from handlers.desk import Desk
    from handlers.press import Press
    from storage.models.provision_links import ProvisionLink
    from storage.transaction import EntryMark, Transaction

CHANGED = "这一条已有变化，已显示最新情况"


def _decider(tx: Transaction, desk: Desk, press: Press) -> Decider:
    demand(press.person, "confirm_link")
    return Decider(tx, desk.office, desk.rules, press.person)


def _row(tx: Transaction, press: Press, standing: str) -> ProvisionLink | None:
    """Return the link a button is about, if nothing was decided or changed since."""
    demand(press.person, "confirm_link")
    row = provision_links.by_id(tx.session, int(press.row.data["link"]))
    if row is None or row.standing != standing or row.turn != press.row.data["turn"]:
        return None
    return row


def show_overview(tx: Transaction, desk: Desk, press: Press) -> str:
    """Go back to the counts."""
    demand(press.person, "confirm_link")
    text, buttons = link_view.overview(tx, desk, press.person)
    redraw(tx, press, text, buttons=buttons)
    return "条文引用"


def show_next(tx: Transaction, desk: Desk, press: Press) -> str:
    """Go to the next proposal without deciding."""
    demand(press.person, "confirm_link")
    after = press.row.data.get("link")
    link_view.draw_next(tx, desk, press, after=int(after) if after is not None else None)
    return "下一条" if after is not None else "逐条核对"


def swap(tx: Transaction, desk: Desk, press: Press) -> str:
    """Show the next candidate for the same rule."""
    row = _row(tx, press, PROPOSED)
    if row is None:
        link_view.draw_next(tx, desk, press)
        return CHANGED
    place = (int(press.row.data["place"]) + 1) % len(row.candidates)
    link_view.draw_one(tx, desk, press, row, place=place)
    return f"第 {place + 1} 个候选"


def confirm(tx: Transaction, desk: Desk, press: Press) -> str:
    """Confirm the candidate that is shown."""
    row = _row(tx, press, PROPOSED)
    if row is None:
        link_view.draw_next(tx, desk, press)
        return CHANGED
    deciding = _decider(tx, desk, press)
    deciding.confirm([row], int(press.row.data["place"]))
    where = link_view.place_words(row.document, row.article, row.version)
    said = f"已确认引用{where}"
    _go_on(tx, desk, press, deciding, said)
    return said


def decline(tx: Transaction, desk: Desk, press: Press) -> str:
    """Leave the document uncited under this rule."""
    row = _row(tx, press, PROPOSED)
    if row is None:
        link_view.draw_next(tx, desk, press)
        return CHANGED
    deciding = _decider(tx, desk, press)
    deciding.decline(row)
    said = "已记录：不引用"
    _go_on(tx, desk, press, deciding, said)
    return said


def _go_on(tx: Transaction, desk: Desk, press: Press, deciding: Decider, said: str) -> None:
    note = f"{said}（{_entries(deciding.entries)}）。"
    link_view.draw_next(tx, desk, press, note=note, done=deciding.done)


def _entries(entries: Sequence[EntryMark]) -> str:
    if len(entries) == 1:
        return f"流水第 {entries[0]} 号"
    return f"流水第 {entries[0]} 号至第 {entries[-1]} 号"


def preview_all(tx: Transaction, desk: Desk, press: Press) -> str:
    """Show every link that would be confirmed in one tap."""
    demand(press.person, "confirm_link")
    sure = _sure(tx, desk)
    if not sure:
        return show_overview(tx, desk, press)
    data = {"links": [[one.id, one.turn] for one in sure]}
    yes = tell.button(
        tx, press.person, f"确认这 {len(sure)} 条", "link_all_yes", "links", data=data
    )
    head = f"以下 {len(sure)} 条把握大的引用将一并确认，请先看过："
    link_view.draw_page(tx, desk, press, sure, act="link_all", head=head, more=[yes])
    return f"请核对 {len(sure)} 条"


def _sure(tx: Transaction, desk: Desk) -> list[ProvisionLink]:
    return [one for one in link_view.proposed(tx, desk) if one.sure]


def confirm_all(tx: Transaction, desk: Desk, press: Press) -> str:
    """Confirm what the preview showed, leaving alone what changed since."""
    deciding = _decider(tx, desk, press)
    turns = {int(id_): int(turn) for id_, turn in press.row.data["links"]}
    rows = [
        one
        for one in provision_links.with_ids(tx.session, turns)
        if one.standing == PROPOSED and one.turn == turns[one.id]
    ]
    if not rows:
        return CHANGED
    deciding.confirm(rows)
    said = f"已确认 {len(rows)} 条引用"
    undo = link_view.undo_button(tx, press.person, deciding.done)
    text, buttons = link_view.overview(tx, desk, press.person)
    note = f"{said}（{_entries(deciding.entries)}）。"
    redraw(tx, press, f"{note}\n\n{text}", buttons=(*tell.rows(undo), *buttons))
    return said


def undo(tx: Transaction, desk: Desk, press: Press) -> str:
    """Take the last decisions back; what was decided on anew since stays."""
    deciding = _decider(tx, desk, press)
    taken = deciding.undo(press.row.data["done"])
    if not taken:
        return "此后已另行处理，没有可以撤回的"
    said = f"已撤回 {len(taken)} 条"
    if len(taken) == 1 and taken[0].standing == PROPOSED:
        note = f"{said}（{_entries(deciding.entries)}）。"
        link_view.draw_one(tx, desk, press, taken[0], note=note)
        return said
    text, buttons = link_view.overview(tx, desk, press.person)
    redraw(tx, press, f"{said}（{_entries(deciding.entries)}）。\n\n{text}", buttons=buttons)
    return said


def list_confirmed(tx: Transaction, desk: Desk, press: Press) -> str:
    """List what is confirmed, with a button each to look at it and take it back."""
    demand(press.person, "confirm_link")
    rows = list(provision_links.standing(tx.session, desk.office, [CONFIRMED]))
    rows.sort(key=lambda one: one.id)
    skip = int(press.row.data.get("skip", 0))
    opened = [
        tell.button(
            tx,
            press.person,
            str(number),
            "link_open",
            f"rule:{one.rule}",
            data={"link": one.id, "turn": one.turn, "skip": skip},
        )
        for number, one in enumerate(rows[skip : skip + link_view.PAGE], skip + 1)
    ]
    head = f"已确认的引用 {len(rows)} 条，点序号查看或取消："
    link_view.draw_page(tx, desk, press, rows, act="link_list", head=head, more=opened)
    return "已确认的引用"


def open_confirmed(tx: Transaction, desk: Desk, press: Press) -> str:
    """Show a confirmed link with the way to take it back."""
    row = _row(tx, press, CONFIRMED)
    if row is None:
        return list_confirmed(tx, desk, press)
    data = {"link": row.id, "turn": row.turn}
    pressable = [
        tell.button(tx, press.person, "取消引用", "link_reopen", f"rule:{row.rule}", data=data),
        tell.button(
            tx, press.person, "返回", "link_list", "links", data={"skip": press.row.data["skip"]}
        ),
    ]
    place = next((at for at, one in enumerate(row.candidates) if one[0] == row.article), 0)
    text = "\n".join(["已确认的引用", *link_view.lines_of(desk, row, place)])
    redraw(tx, press, text, buttons=tell.rows(pressable))
    return "已确认的引用"


def reopen(tx: Transaction, desk: Desk, press: Press) -> str:
    """Make a confirmed link a mere proposal again."""
    row = _row(tx, press, CONFIRMED)
    if row is None:
        return list_confirmed(tx, desk, press)
    deciding = _decider(tx, desk, press)
    deciding.reopen(row)
    said = "已取消引用，回到待确认"
    _go_on(tx, desk, press, deciding, said)
    return said


LINK_ACTS: Mapping[str, Callable[[Transaction, Desk, Press], str]] = {
    "link_overview": show_overview,
    "link_next": show_next,
    "link_swap": swap,
    "link_confirm": confirm,
    "link_decline": decline,
    "link_all": preview_all,
    "link_all_yes": confirm_all,
    "link_undo": undo,
    "link_list": list_confirmed,
    "link_open": open_confirmed,
    "link_reopen": reopen,
}
