"""One point on a phone: our words, its provisions, its neighbours, and what can be done with it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handlers import answer_context, digest, digest_text, items, tell
from handlers.digest_choice import moment_of
from knowledge import chinese
from storage import outbox

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.desk import Desk
    from handlers.press import Press
    from knowledge.search.model import Point
    from storage.models.findings import Finding
    from storage.models.people import Person
    from storage.transaction import Transaction

GONE = "这一条已不在要点库中，请重新提问"
NO_TEXT = "本院尚未导入这份文本"
_MOST_RELATED = 3
_LABEL = 14
_TELLS_A_LENGTH = re.compile("[一二三四五六七八九十两半百0-9]+个?(?:日|月|小时|年|次)")
Buttons = list[tuple[tuple[str, str], ...]]


def text(desk: Desk, point: Point) -> str:
    """Say a point: title, our words, every provision it rests on, a line per neighbour."""
    lines = [point.title, point.text, f"依据：{'、'.join(_citations(point))}"]
    lines += [f"相关：{one.title}" for one in related(desk, point)]
    return "\n".join(lines)


def related(desk: Desk, point: Point) -> tuple[Point, ...]:
    """Return the neighbouring cases on the same provision that give another length of time."""
    if not _TELLS_A_LENGTH.search(point.title + point.text):
        return ()
    others = [one for one in desk.search.siblings(point.key) if _TELLS_A_LENGTH.search(one.title)]
    return tuple(others[:_MOST_RELATED])


def buttons(
    tx: Transaction, desk: Desk, person: Person, point: Point, *, asked: int, private: bool
) -> tell.Rows:
    """Offer the neighbours, the texts, the citation, the asker's own items and the feedback.

    `asked` is the message of the question, for the feedback; 0 where there was none.
    """
    rows: Buttons = [_moves(tx, desk, person, point)]
    rows += [
        (tell.button(tx, person, _short(f"相关 {one.title}"), "point", _object(one)),)
        for one in related(desk, point)
    ]
    rows += [
        (tell.button(tx, person, f"全文 {_short_citation(one)}", "full_text", _object(one)),)
        for one in _with_full_text(desk, point)
    ]
    mine = own_findings(tx, desk, person, rules_on(desk, point)) if private else []
    if mine:
        label = f"您手上的 {len(items.group(mine, tx.now.date()))} 个相关问题"
        rows.append((tell.button(tx, person, label, "point_items", _object(point)),))
    if asked:
        rows.append(
            tuple(
                tell.button(tx, person, label, act, _object(point), data={"message": asked})
                for label, act in (("有用", "point_useful"), ("不对", "point_wrong"))
            )
        )
    return tuple(row for row in rows if row)


def show_point(tx: Transaction, desk: Desk, press: Press) -> str:
    """Answer a button that names a point: send it."""
    point = _of(desk, press)
    if point is None:
        return GONE
    origin = press.event.origin
    offered = buttons(tx, desk, press.person, point, asked=0, private=not origin.in_group)
    tell.answer(tx, origin, text(desk, point), person=press.person, buttons=offered)
    return _short(point.title)


def turn(tx: Transaction, desk: Desk, press: Press) -> str:
    """Turn the message to the provision before or after."""
    point = _of(desk, press)
    if point is None:
        return GONE
    origin = press.event.origin
    tell.edit(
        tx,
        origin,
        text(desk, point),
        person=press.person,
        version=outbox.next_edit_version(tx, origin.door, origin.chat, origin.message_id),
        buttons=buttons(tx, desk, press.person, point, asked=0, private=not origin.in_group),
    )
    return f"{_short_citation(point)}"


def show_full_text(tx: Transaction, desk: Desk, press: Press) -> str:
    """Send the text behind a point as the office imported it."""
    point = _of(desk, press)
    if point is None or not point.full_text:
        return NO_TEXT
    shown = f"《{point.document}》{point.article}\n{point.full_text}"
    most = desk.manners.part_length
    for start in range(0, len(shown), most):
        tell.answer(tx, press.event.origin, shown[start : start + most], person=press.person)
    return "已发送全文"


def cite(tx: Transaction, desk: Desk, press: Press) -> str:
    """Send the citation alone, to be copied; the text too where the office imported it."""
    point = _of(desk, press)
    if point is None:
        return GONE
    tell.answer(tx, press.event.origin, "、".join(_citations(point)), person=press.person)
    return "已发送引用文字，可复制"


def show_items(tx: Transaction, desk: Desk, press: Press) -> str:
    """List the asker's open items under the rules that rest on a point."""
    point = _of(desk, press)
    mine = own_findings(tx, desk, press.person, rules_on(desk, point)) if point else []
    if not mine:
        return "您手上没有相关的问题了"
    moment = moment_of(tx, desk)
    contents = digest_text.Contents(
        full=tuple(items.group(mine, moment.today)),
        data_day=moment.data_day,
        title=digest_text.MINE,
    )
    digest.show(tx, desk, press.person, contents, moment)
    return f"相关问题 {len(contents.full)} 个"


def rules_on(desk: Desk, point: Point) -> frozenset[str]:
    """Return the rules a point stands for, or that cite the same provision."""
    place = (point.document, point.article)
    citing = {
        rule.id
        for rule in desk.rules.values()
        if any((one.document, one.article) == place for one in rule.citations)
    }
    return frozenset(citing | {point.rule} if point.rule else citing)


def own_findings(
    tx: Transaction, desk: Desk, person: Person, rules: frozenset[str]
) -> list[Finding]:
    """Return a person's open released findings under some rules."""
    owned = answer_context.owned_by(tx.session, desk.office, person) if rules else []
    return [one for one in owned if one.rule in rules and one.released_at is not None]


def _of(desk: Desk, press: Press) -> Point | None:
    return desk.search.point(press.row.object.removeprefix("point:"))


def _moves(
    tx: Transaction, desk: Desk, person: Person, point: Point
) -> tuple[tuple[str, str], ...]:
    found = [
        tell.button(tx, person, label, "point_turn", _object(beside))
        for label, step in (("上一条", -1), ("下一条", 1))
        if (beside := desk.search.beside(point.key, step)) is not None
    ]
    return (*found, tell.button(tx, person, "引用", "point_cite", _object(point)))


def _with_full_text(desk: Desk, point: Point) -> Sequence[Point]:
    also = (desk.search.provision(one) for one in point.also)
    return [one for one in (point, *also) if one is not None and one.full_text]


def _citations(point: Point) -> list[str]:
    places = [(point.document, point.article, point.paragraph)]
    places += [(one.document, one.article, one.paragraph) for one in point.also]
    return list(dict.fromkeys(chinese.full_citation(*place) for place in places))


def _short_citation(point: Point) -> str:
    return chinese.short_citation(point.document, point.article, None)


def _short(label: str) -> str:
    return label if len(label) <= _LABEL else f"{label[: _LABEL - 1]}…"


def _object(point: Point) -> str:
    return f"point:{point.key}"
