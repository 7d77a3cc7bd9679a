"""有用 and 不对 under an answer, and /问答: what found nothing, for the officer to teach."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from handlers import sensitive, tell
from handlers.permissions import demand
from storage import ledger
from storage import questions as questions_table

if TYPE_CHECKING:
    from datetime import datetime

    from handlers.desk import Desk
    from handlers.incoming import Edited, Said
    from handlers.press import Press
    from knowledge.search.model import Point
    from storage.models.people import Person
    from storage.questions import Open
    from storage.transaction import Transaction

MOST = 6
CHOICES = 2
_LABEL = 16
_LATER = "（含当事人信息，请在内网通道查看）"
QUESTION_DECISIONS = frozenset({"point_useful", "point_wrong", "alias_add", "alias_skip"})


def useful(tx: Transaction, desk: Desk, press: Press) -> str:
    """Keep that an answer helped."""
    del desk
    _record(tx, press, useful=True)
    return "谢谢，已记录"


def wrong(tx: Transaction, desk: Desk, press: Press) -> str:
    """Keep that an answer was not what was asked for; the officer sees it in /问答."""
    del desk
    _record(tx, press, useful=False)
    return "已记录，专员会核对这个问法"


def show(tx: Transaction, desk: Desk, person: Person, event: Said | Edited, rest: str) -> None:
    """/问答: list the month's questions without a useful answer, each with places to put it."""
    del rest
    demand(person, "see_queue")
    start, end = _month(tx.now)
    waiting = questions_table.open_ones(tx.session, desk.office, start, end)
    if not waiting:
        tell.answer(tx, event.origin, "本月没有待处理的问法。", person=person)
        return
    names = sensitive.names_in_cards(tx.session, desk.office)
    internet = desk.clearance(event.origin.door) == "internet"
    lines = [f"本月没有查到或反馈不对的问法 {len(waiting)} 个："]
    rows: list[tuple[tuple[str, str], ...]] = []
    for place, one in enumerate(waiting[:MOST], 1):
        hidden = internet and sensitive.is_sensitive(one.text, names)
        lines.append(f"{place}. {_LATER if hidden else one.text}{_why(one)}")
        rows += [] if hidden else _offers(tx, desk, person, place, one)
    if len(waiting) > MOST:
        lines.append(f"另有 {len(waiting) - MOST} 个，处理后再显示。")
    lines.append("点按可把问法记为这一条的别名，以后就能查到。")
    tell.answer(tx, event.origin, "\n".join(lines), person=person, buttons=tuple(rows))


def add_alias(tx: Transaction, desk: Desk, press: Press) -> str:
    """Take a question as a further way to ask for a point."""
    demand(press.person, "see_queue")
    entries = [int(one) for one in press.row.data["entries"]]
    words = ledger.text_of(tx.session, entries[0])
    key = press.row.object.removeprefix("point:")
    point = desk.search.point(key)
    if words is None or point is None:
        return "原问题或要点已不在，未作改动"
    learnt = desk.search.learn(key, words)
    _settle(tx, press, entries, "alias" if learnt else "alias_known")
    return f"已加别名：{point.title}" if learnt else "这个问法已是别名，或过长，未再添加"


def skip(tx: Transaction, desk: Desk, press: Press) -> str:
    """Take a question off the list without teaching anything."""
    del desk
    demand(press.person, "see_queue")
    _settle(tx, press, [int(one) for one in press.row.data["entries"]], "skipped")
    return "已从列表移除"


def _record(tx: Transaction, press: Press, *, useful: bool) -> None:
    tx.record(
        questions_table.FEEDBACK,
        press.row.object,
        actor=f"person:{press.person.id}",
        data={"message": press.row.data["message"], "useful": useful},
    )


def _settle(tx: Transaction, press: Press, entries: list[int], how: str) -> None:
    tx.record(
        questions_table.SETTLED,
        press.row.object,
        actor=f"person:{press.person.id}",
        data={"entries": entries, "how": how},
    )


def _offers(
    tx: Transaction, desk: Desk, person: Person, place: int, one: Open
) -> list[tuple[tuple[str, str], ...]]:
    data = {"entries": list(one.entries)}
    nearest = desk.search.nearest(one.text, limit=CHOICES)
    offered = [
        (
            tell.button(
                tx, person, _label(place, point), "alias_add", f"point:{point.key}", data=data
            ),
        )
        for point in nearest
    ]
    skip_it = tell.button(tx, person, f"{place} 不处理", "alias_skip", "question", data=data)
    return [*offered, (skip_it,)]


def _label(place: int, point: Point) -> str:
    title = point.title if len(point.title) <= _LABEL else f"{point.title[: _LABEL - 1]}…"
    return f"{place} 加别名：{title}"


def _why(one: Open) -> str:
    times = f"，{len(one.entries)} 次" if len(one.entries) > 1 else ""
    return f"（{'反馈不对' if one.refused else '没有查到'}{times}）"


def _month(now: datetime) -> tuple[datetime, datetime]:
    first = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    after = (first + timedelta(days=32)).replace(day=1)
    return first, after
