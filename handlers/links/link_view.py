"""/引用: which imported item stands behind each rule; proposed one by one or all that is sure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import tell
from handlers.links import link_news, link_proposals
from handlers.permissions import demand
from handlers.redraw import redraw
from knowledge import chinese
from knowledge.laws import links, shelf
from knowledge.search.model import Provision
from storage import due_jobs, people, provision_links
from storage.provision_links import CONFIRMED, DECLINED, ORPHANED, PROPOSED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from handlers.desk import Desk
    from handlers.incoming import Edited, Said
    from handlers.links.link_proposals import Compared
    from handlers.links.provision_links import Done
    from handlers.press import Press
    from storage.models.people import Person
    from storage.models.provision_links import ProvisionLink
    from storage.transaction import Transaction

QUOTED = 160
PAGE = 15
MOST_LOST = 8
NO_TEXTS = (
    "尚未导入《流程监控要点》等正式文本，无从引用。请直接发送文件（md、txt、docx、pdf）导入。"
)
NOTHING_FITS = "已导入的文本中没有找到与规则对应的条目，提示仍引用规则自带的依据。"
WAIT = "正在把规则与导入的文本逐条比对，完成后即发给您。"
HOW_WORDS = {"number": "按条号", "words": "按文字比对"}


def command(tx: Transaction, desk: Desk, person: Person, event: Said | Edited, rest: str) -> None:
    """Answer /引用: the overview, once texts and rules were compared as they are now."""
    del rest
    demand(person, "confirm_link")
    if not link_proposals.is_compared(tx.session, desk.office, desk.home, desk.rules):
        origin = event.origin
        key = f"{origin.door}:{origin.chat}:{origin.message_id}"
        due_jobs.plan(tx, link_proposals.JOB, tx.now, key=key, data={"person": person.id})
        tell.answer(tx, origin, WAIT, person=person)
        return
    text, buttons = overview(tx, desk, person)
    tell.answer(tx, event.origin, text, person=person, buttons=buttons)


def take(tx: Transaction, desk: Desk, data: Mapping[str, object], compared: Compared) -> None:
    """Keep what a job compared; who asked sees the overview, the other officers what changed."""
    found = link_proposals.refresh(tx, desk.office, desk.rules, compared)
    # after an import nobody asked: then all officers are told, and only of what changed
    person = people.by_id(tx.session, int(str(data["person"])) if "person" in data else None)
    link_news.announce(tx, desk.office, desk.rules, found, but=person)
    if person is not None:
        text, buttons = overview(tx, desk, person)
        tell.say(tx, person, "system", text, buttons=buttons)


def overview(tx: Transaction, desk: Desk, person: Person) -> tuple[str, tell.Rows]:
    """Count what is proposed, confirmed, declined and lost, with the ways on."""
    many = provision_links.counts(tx.session, desk.office)
    if not many:
        has_texts = desk.home is not None and bool(shelf.paths(desk.home))
        return (NOTHING_FITS if has_texts else NO_TEXTS), ()
    waiting = proposed(tx, desk)
    sure = [one for one in waiting if one.sure]
    decided = f"已确认 {many.get(CONFIRMED, 0)} 条，不引用 {many.get(DECLINED, 0)} 条。"
    lines = [
        f"条文引用：待确认 {len(waiting)} 条（把握大的 {len(sure)} 条），{decided}",
        *_by_document(waiting),
        *_lost(tx, desk),
        "确认以后，提示、口头提示和通知书先引用所确认的条文，再引用规则自带的依据。",
    ]
    pressable = []
    if sure:
        label = f"全部确认（{len(sure)} 条把握大的）"
        pressable.append(tell.button(tx, person, label, "link_all", "links", data={"skip": 0}))
    if waiting:
        pressable.append(tell.button(tx, person, "逐条核对", "link_next", "links", data={}))
    if many.get(CONFIRMED):
        pressable.append(
            tell.button(tx, person, "已确认的", "link_list", "links", data={"skip": 0})
        )
    return "\n".join(lines), tell.rows(pressable, per_row=1)


def proposed(tx: Transaction, desk: Desk) -> list[ProvisionLink]:
    """Return what waits for a decision under rules in force: lapsed ones, sure ones, the rest."""
    rows = provision_links.standing(tx.session, desk.office, [PROPOSED])
    known = [one for one in rows if one.rule in desk.rules]
    return sorted(known, key=lambda one: (one.fate is None, not one.sure, one.id))


def _by_document(waiting: Sequence[ProvisionLink]) -> list[str]:
    counts: dict[tuple[str, str], int] = {}
    for one in waiting:
        counts[one.document, one.version] = counts.get((one.document, one.version), 0) + 1
    return [
        f"《{document}》{f'（{version}）' if version else ''}：待确认 {many} 条"
        for (document, version), many in counts.items()
    ]


def _lost(tx: Transaction, desk: Desk) -> list[str]:
    rows = provision_links.standing(tx.session, desk.office, [PROPOSED, ORPHANED])
    lost = [one for one in rows if one.fate and one.fate not in links.KEEPS_ITS_WORDS]
    if not lost:
        return []
    more = f"另有 {len(lost) - MOST_LOST} 条。" if len(lost) > MOST_LOST else ""
    return [
        f"失去依据的引用 {len(lost)} 条：",
        *(link_news.lost_line(desk.rules, one) for one in lost[:MOST_LOST]),
        *([more] if more else []),
    ]


def draw_next(
    tx: Transaction,
    desk: Desk,
    press: Press,
    *,
    note: str = "",
    after: int | None = None,
    done: Sequence[Done] = (),
) -> None:
    """Show the proposal after one, or the first; `done` is what a button takes back."""
    waiting = proposed(tx, desk)
    undo = undo_button(tx, press.person, done)
    if not waiting:
        text, buttons = overview(tx, desk, press.person)
        redraw(tx, press, _with(note, text), buttons=(*tell.rows(undo), *buttons))
        return
    place = next((at for at, one in enumerate(waiting) if one.id == after), -1)
    draw_one(tx, desk, press, waiting[(place + 1) % len(waiting)], note=note, more=undo)


def draw_one(
    tx: Transaction,
    desk: Desk,
    press: Press,
    row: ProvisionLink,
    *,
    place: int = 0,
    note: str = "",
    more: Sequence[tuple[str, str]] = (),
) -> None:
    """Show one proposal with the candidate at a place."""
    waiting = proposed(tx, desk)
    at = next((at for at, one in enumerate(waiting, 1) if one.id == row.id), 0)
    data: dict[str, object] = {"link": row.id, "place": place, "turn": row.turn}

    def make(label: str, act: str) -> tuple[str, str]:
        return tell.button(tx, press.person, label, act, f"rule:{row.rule}", data=data)

    wanted = [make("确认", "link_confirm")]
    if len(row.candidates) > 1:
        wanted.append(make("换一条", "link_swap"))
    wanted.append(make("不引用", "link_decline"))
    if len(waiting) > 1:
        wanted.append(make("下一条", "link_next"))
    wanted.append(tell.button(tx, press.person, "返回", "link_overview", "links"))
    head = f"条文引用 {at}/{len(waiting)}"
    text = "\n".join([head, *lines_of(desk, row, place)])
    redraw(tx, press, _with(note, text), buttons=tell.rows([*wanted, *more], per_row=3))


def lines_of(desk: Desk, row: ProvisionLink, place: int = 0) -> list[str]:
    """Say of a link: the rule, what it cites now, the item with its words, how it was found."""
    rule = desk.rules.get(row.rule)
    own = chinese.short_citations(
        (one.document, one.article, one.paragraph) for one in (rule.citations if rule else ())
    )
    article = row.candidates[place % len(row.candidates)][0] if row.candidates else row.article
    lines = [f"规则：{rule.title if rule else row.rule}", f"自带依据：{own}"]
    word = "建议引用" if row.standing == PROPOSED else "引用"
    lines.append(f"{word}：{place_words(row.document, article, row.version)}")
    lines += _quoted(desk, row.document, article)
    if row.standing != PROPOSED:
        return lines
    sure = "，把握大" if row.sure and place == 0 else ""
    many = (
        f"（第 {place % len(row.candidates) + 1}/{len(row.candidates)} 个）"
        if row.candidates
        else ""
    )
    lines.append(f"{HOW_WORDS[row.how]}{sure}{many}")
    if row.fate and row.before:
        why = links.FATE_WORDS[row.fate]  # type: ignore[index]
        lines.append(f"原引{row.before.get('article')}，{why}")
    return lines


def place_words(document: str, article: str | None, version: str) -> str:
    """Name an item: 《…要点》第二、（一）1点（2020-05-01）."""
    dated = f"（{version}）" if version else ""
    return f"{chinese.short_citation(document, article or '')}{dated}"


def _quoted(desk: Desk, document: str, article: str | None) -> list[str]:
    """Quote the item from the imported text; it stands nowhere but in this message."""
    point = desk.search.provision(Provision(document, article or ""))
    if point is None or not point.full_text:
        return []
    text = point.full_text.replace("\n", "")
    return [f"“{text[:QUOTED]}{'……' if len(text) > QUOTED else ''}”"]


def undo_button(tx: Transaction, person: Person, done: Sequence[Done]) -> list[tuple[str, str]]:
    """Make the button that takes decisions back."""
    if not done:
        return []
    label = "撤回上一步" if len(done) == 1 else f"撤回这 {len(done)} 条"
    return [tell.button(tx, person, label, "link_undo", "links", data={"done": list(done)})]


def _with(note: str, text: str) -> str:
    return f"{note}\n\n{text}" if note else text


def draw_page(
    tx: Transaction,
    desk: Desk,
    press: Press,
    rows: Sequence[ProvisionLink],
    *,
    act: str,
    head: str,
    more: Sequence[tuple[str, str]],
) -> None:
    """Show a page of links, one line each, with the ways to the other pages."""
    skip = int(press.row.data.get("skip", 0))
    shown = rows[skip : skip + PAGE]
    lines = [head]
    for number, one in enumerate(shown, skip + 1):
        rule = desk.rules.get(one.rule)
        where = place_words(one.document, one.article, one.version)
        lines.append(f"{number}. {rule.title if rule else one.rule} → {where}")
    moves = []
    if skip:
        back = {"skip": max(skip - PAGE, 0)}
        moves.append(tell.button(tx, press.person, "上一页", act, "links", data=back))
    if skip + PAGE < len(rows):
        on = {"skip": skip + PAGE}
        moves.append(tell.button(tx, press.person, "下一页", act, "links", data=on))
    back_button = tell.button(tx, press.person, "返回", "link_overview", "links")
    redraw(
        tx,
        press,
        "\n".join(lines),
        buttons=(*tell.rows(more, per_row=3), *tell.rows([*moves, back_button])),
    )
