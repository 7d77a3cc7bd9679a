"""有用 and 不对 under an answer, and /问答: what found nothing, for the officer to teach."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from handlers import tell
from handlers.answers import sensitive
from handlers.permissions import demand
from handlers.questions import question_aliases
from storage import questions as questions_table

if TYPE_CHECKING:
    from datetime import datetime

    from handlers.desk import Desk
    from handlers.incoming import Edited, Said
    from handlers.press import Press
    from storage.models.people import Person
    from storage.questions import Open
    from storage.transaction import Transaction

MOST = 6
CHOICES = 2
_LATER = "（含当事人信息，请在内网通道查看）"
QUESTION_DECISIONS = frozenset(
    {"point_useful", "point_wrong", "alias_add", "alias_skip", "alias_undo"}
)


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


def _record(tx: Transaction, press: Press, *, useful: bool) -> None:
    tx.record(
        questions_table.FEEDBACK,
        press.row.object,
        actor=f"person:{press.person.id}",
        data={"message": press.row.data["message"], "useful": useful},
    )


def _offers(
    tx: Transaction, desk: Desk, person: Person, place: int, one: Open
) -> list[tuple[tuple[str, str], ...]]:
    nearest = desk.search.nearest(one.text, limit=CHOICES)
    offered = [
        (question_aliases.offer(tx, person, str(place), point, one.entries),) for point in nearest
    ]
    data = {"entries": list(one.entries)}
    other = tell.button(tx, person, f"{place} 其他要点", "alias_other", "question", data=data)
    skip_it = tell.button(tx, person, f"{place} 不处理", "alias_skip", "question", data=data)
    return [*offered, (other, skip_it)]


def _why(one: Open) -> str:
    times = f"，{len(one.entries)} 次" if len(one.entries) > 1 else ""
    return f"（{'反馈不对' if one.refused else '没有查到'}{times}）"


def _month(now: datetime) -> tuple[datetime, datetime]:
    first = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    after = (first + timedelta(days=32)).replace(day=1)
    return first, after
