"""One point on a phone: our words, its provisions, its neighbours, and what can be done with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from handlers import tell
from handlers.answers import answer_context
from handlers.digest import digest, digest_text
from handlers.digest.digest_choice import moment_of
from handlers.findings import items
from handlers.questions.point_words import Shown, citations, related, text
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
_LABEL = 14
Buttons = list[tuple[tuple[str, str], ...]]


def buttons(tx: Transaction, desk: Desk, person: Person, point: Point, shown: Shown) -> tell.Rows:
    """Offer the neighbours, the texts, the citation, the asker's own items and the feedback."""
    shown = replace(shown, began=shown.began or point.key)
    data = shown.data()

    def make(label: str, act: str, about: Point) -> tuple[str, str]:
        return tell.button(tx, person, label, act, _object(about), data=data)

    beside = [
        make(label, "point_turn", found)
        for label, step in (("上一条", -1), ("下一条", 1))
        if (found := shown.search(desk).beside(point.key, step)) is not None
    ]
    back = shown.search(desk).point(shown.began) if shown.began not in {"", point.key} else None
    moves = [*beside, make("引用", "point_cite", point)]
    if back is not None:
        moves.append(make("返回", "point_turn", back))
    rows: Buttons = [tuple(moves)]
    rows += [
        (make(_short(f"相关 {one.title}"), "point", one),) for one in related(desk, point, shown)
    ]
    rows += [
        (make(f"全文 {_short_citation(one)}", "full_text", one),)
        for one in _with_full_text(desk, point, shown)
    ]
    mine = own_findings(tx, desk, person, rules_on(desk, point)) if shown.private else []
    if mine:
        label = f"相关规则和您手上的 {len(items.group(mine, tx.now.date()))} 个问题"
        rows.append((make(label, "point_items", point),))
    if shown.asked:
        rows.append((make("有用", "point_useful", point), make("不对", "point_wrong", point)))
    return tuple(row for row in rows if row)


def show_point(tx: Transaction, desk: Desk, press: Press) -> str:
    """Answer a button that names a point: send it."""
    shown = _shown(tx, press)
    point = _of(desk, press, shown)
    if point is None:
        return GONE
    offered = buttons(tx, desk, press.person, point, shown)
    said = text(desk, point, shown)
    tell.answer(tx, press.event.origin, said, person=press.person, buttons=offered)
    return _short(point.title)


def turn(tx: Transaction, desk: Desk, press: Press) -> str:
    """Turn the message to the provision before or after, or back to where that began."""
    shown = _shown(tx, press)
    point = _of(desk, press, shown)
    if point is None:
        return GONE
    origin = press.event.origin
    tell.edit(
        tx,
        origin,
        text(desk, point, shown),
        person=press.person,
        version=outbox.next_edit_version(tx, origin.door, origin.chat, origin.message_id),
        buttons=buttons(tx, desk, press.person, point, shown),
    )
    return f"{_short_citation(point)}"


def show_full_text(tx: Transaction, desk: Desk, press: Press) -> str:
    """Send the text behind a point as the office imported it."""
    point = _of(desk, press, _shown(tx, press))
    if point is None or not point.full_text:
        return NO_TEXT
    shown = f"《{point.document}》{point.article}\n{point.full_text}"
    most = desk.manners.part_length
    for start in range(0, len(shown), most):
        tell.answer(tx, press.event.origin, shown[start : start + most], person=press.person)
    return "已发送全文"


def cite(tx: Transaction, desk: Desk, press: Press) -> str:
    """Send the citation alone, to be copied."""
    point = _of(desk, press, _shown(tx, press))
    if point is None:
        return GONE
    tell.answer(tx, press.event.origin, "、".join(citations(point)), person=press.person)
    return "已发送引用文字，可复制"


def show_items(tx: Transaction, desk: Desk, press: Press) -> str:
    """List the asker's open items under the rules that rest on a point."""
    point = _of(desk, press, _shown(tx, press))
    mine = own_findings(tx, desk, press.person, rules_on(desk, point)) if point else []
    if not mine:
        return "您手上没有相关的问题了"
    said = {one.rule: desk.rules[one.rule].title for one in mine if one.rule in desk.rules}
    lines = ["相关规则：", *(f"{title}（/规则 {rule}）" for rule, title in said.items())]
    if said:
        tell.answer(tx, press.event.origin, "\n".join(lines), person=press.person)
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


def _shown(tx: Transaction, press: Press) -> Shown:
    day = press.row.data.get("day")
    return Shown(
        day=date.fromisoformat(str(day)) if day else tx.now.date(),
        dated=bool(day),
        asked=int(press.row.data.get("message") or 0),
        private=not press.event.origin.in_group,
        began=str(press.row.data.get("began") or ""),
    )


def _of(desk: Desk, press: Press, shown: Shown) -> Point | None:
    return shown.search(desk).point(press.row.object.removeprefix("point:"))


def _with_full_text(desk: Desk, point: Point, shown: Shown) -> Sequence[Point]:
    also = (shown.search(desk).provision(one) for one in point.also)
    return [one for one in (point, *also) if one is not None and one.full_text]


def _short_citation(point: Point) -> str:
    return chinese.short_citation(point.document, point.article, None)


def _short(label: str) -> str:
    return label if len(label) <= _LABEL else f"{label[: _LABEL - 1]}…"


def _object(point: Point) -> str:
    return f"point:{point.key}"
