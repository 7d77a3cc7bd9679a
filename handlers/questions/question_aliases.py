"""A question that found nothing becomes a further way to ask for a point; and back again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import awaiting, tell
from handlers.answers import sensitive
from handlers.permissions import demand
from handlers.redraw import redraw
from storage import ledger
from storage import questions as questions_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.awaiting import Given
    from handlers.desk import Desk
    from handlers.press import Press
    from knowledge.search.model import Point
    from storage.models.people import Person
    from storage.transaction import Transaction

OTHER = "alias_other"
CHOICES = 5
_LABEL = 18
HOW = "请写明这个问法应当查到哪一条，例如：审查起诉期限，或 刑诉规则第351条。"


def add(tx: Transaction, desk: Desk, press: Press) -> str:
    """Take a question as a further way to ask for a point; it can be taken back."""
    demand(press.person, "see_queue")
    entries = [int(one) for one in press.row.data["entries"]]
    words = ledger.text_of(tx.session, entries[0])
    key = press.row.object.removeprefix("point:")
    point = desk.search.point(key)
    if words is None or point is None:
        return "原问题或要点已不在，未作改动"
    if sensitive.is_sensitive(words, sensitive.names_in_cards(tx.session, desk.office)):
        return "问法含当事人姓名或证件号码，不能记为别名"
    learnt = desk.search.learn(key, words)
    settle(tx, press, entries, "alias" if learnt else "alias_known")
    if not learnt:
        return "这个问法已是别名，或过长，未再添加"
    data = {"entries": entries}
    back = tell.button(tx, press.person, "撤回", "alias_undo", press.row.object, data=data)
    said = f"已把“{words}”记为“{point.title}”的问法，现在起可以查到。"
    tell.answer(tx, press.event.origin, said, person=press.person, buttons=((back,),))
    return f"已加别名：{point.title}"


def undo(tx: Transaction, desk: Desk, press: Press) -> str:
    """Forget an alias; its question waits again."""
    demand(press.person, "see_queue")
    entries = [int(one) for one in press.row.data["entries"]]
    words = ledger.text_of(tx.session, entries[0])
    key = press.row.object.removeprefix("point:")
    if words is None or not desk.search.forget(key, words):
        return "这个别名已不在，未作改动"
    tx.record(
        questions_table.REOPENED,
        press.row.object,
        actor=f"person:{press.person.id}",
        data={"entries": entries},
    )
    redraw(tx, press, f"已撤回：“{words}”不再是别名。")
    return "已撤回"


def skip(tx: Transaction, desk: Desk, press: Press) -> str:
    """Take a question off the list without teaching anything."""
    del desk
    demand(press.person, "see_queue")
    settle(tx, press, [int(one) for one in press.row.data["entries"]], "skipped")
    return "已从列表移除"


def ask_other(tx: Transaction, desk: Desk, press: Press) -> str:
    """Ask for which point a question should have found, where none of the offered is it."""
    del desk
    demand(press.person, "see_queue")
    data = {"entries": list(press.row.data["entries"])}
    origin = press.event.origin
    awaiting.ask(tx, press.person, origin, OTHER, "question", question=HOW, data=data)
    return "请写明应当查到哪一条"


def take_other(tx: Transaction, desk: Desk, given: Given) -> str:
    """Offer the points that what was typed may mean."""
    demand(given.person, "see_queue")
    results = desk.search.ask(given.text, limit=CHOICES).results
    near = desk.search.nearest(given.text, limit=CHOICES)
    found = {one.key: one for one in (*(one.point for one in results), *near)}
    if not found:
        return "没有找到相近的要点，请换个说法再试。"
    rows = [
        (offer(tx, given.person, "", point, given.data["entries"]),)
        for point in list(found.values())[:CHOICES]
    ]
    said = "请点应当查到的那一条："
    tell.answer(tx, given.origin, said, person=given.person, buttons=tuple(rows))
    return ""


def offer(
    tx: Transaction, person: Person, place: str, point: Point, entries: Sequence[int]
) -> tuple[str, str]:
    """Make the button that takes a question as an alias of a point."""
    title = point.title if len(point.title) <= _LABEL else f"{point.title[: _LABEL - 1]}…"
    label = f"{place} 加别名：{title}".lstrip()
    data = {"entries": list(entries)}
    return tell.button(tx, person, label, "alias_add", f"point:{point.key}", data=data)


def settle(tx: Transaction, press: Press, entries: Sequence[int], how: str) -> None:
    """Take questions off the list, and keep how."""
    tx.record(
        questions_table.SETTLED,
        press.row.object,
        actor=f"person:{press.person.id}",
        data={"entries": list(entries), "how": how},
    )
