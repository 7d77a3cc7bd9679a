"""/要点库: the official texts of the office, what they hold, and which are repealed."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from handlers import awaiting, tell
from handlers.official_texts import text_followers, text_sheet, text_words
from handlers.official_texts.text_records import MARKED, object_of
from handlers.permissions import demand, may
from handlers.redraw import redraw
from knowledge.laws import shelf
from knowledge.laws.faults import BadDayError
from knowledge.laws.model import IN_FORCE
from knowledge.laws.typed import read_correction
from storage import due_jobs, ledger

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.awaiting import Given
    from handlers.desk import Desk
    from handlers.incoming import Edited, Said
    from handlers.press import Press
    from knowledge.laws.model import OfficialText
    from storage.models.people import Person
    from storage.transaction import Transaction

REPEALED_ON = "text_repealed_on"
MOST, MOST_PARTS = 30, 60
GONE = "这份文本已不在要点库中，请发送 /要点库 查看"
NONE = "要点库里还没有导入正式文本，回答依据随附的要点。"
HOW = "导入：直接发送 md、txt、docx、pdf 文件。"
WHICH_DAY = "请写明从哪一天起废止，例如：2026-06-15。"
_LABEL = 18


def command(tx: Transaction, desk: Desk, person: Person, event: Said | Edited, rest: str) -> None:
    """List the texts; each opens at a tap."""
    del rest
    demand(person, "ask")
    text, buttons = _overview(tx, desk, person)
    tell.answer(tx, event.origin, text, person=person, buttons=buttons)


def press_list(tx: Transaction, desk: Desk, press: Press) -> str:
    """Turn the message back into the list."""
    text, buttons = _overview(tx, desk, press.person)
    redraw(tx, press, text, buttons=buttons)
    return "要点库"


def press_open(tx: Transaction, desk: Desk, press: Press) -> str:
    """Turn the message into one text."""
    text = _of(desk, press.row.object)
    if text is None:
        return GONE
    _draw(tx, desk, press, text)
    return f"《{text.title}》"[:200]


def press_contents(tx: Transaction, desk: Desk, press: Press) -> str:
    """Say how much each part of a text holds."""
    text = _of(desk, press.row.object)
    if text is None:
        return GONE
    _draw(tx, desk, press, text, *_parts(text))
    return f"共 {text_words.count(text)}"


def press_repeal(tx: Transaction, desk: Desk, press: Press) -> str:
    """Mark a text as repealed from today; the day can be put right afterwards."""
    demand(press.person, "keep_texts")
    text = _of(desk, press.row.object)
    if text is None:
        return GONE
    if press.row.data.get("ask"):
        origin = press.event.origin
        object_ = press.row.object
        awaiting.ask(tx, press.person, origin, REPEALED_ON, object_, question=WHICH_DAY)
        return "请写明日期"
    marked = _mark(tx, desk, press.person, text, tx.now.date().isoformat(), press.row.token)
    _draw(tx, desk, press, marked)
    return f"已标为废止，自 {marked.standing} 起"


def press_restore(tx: Transaction, desk: Desk, press: Press) -> str:
    """Mark a text as in force again."""
    demand(press.person, "keep_texts")
    text = _of(desk, press.row.object)
    if text is None:
        return GONE
    marked = _mark(tx, desk, press.person, text, IN_FORCE, press.row.token)
    _draw(tx, desk, press, marked)
    return "已恢复为有效"


def press_sheet(tx: Transaction, desk: Desk, press: Press) -> str:
    """Have the list made as a workbook and sent."""
    del desk
    origin = press.event.origin
    key = f"{origin.door}:{origin.chat}:{press.event.press_id}"
    head = ledger.head(tx.session).printed
    data = {"person": press.person.id, "today": tx.now.date().isoformat(), "head": head}
    due_jobs.plan(tx, text_sheet.TEXT_SHEET, tx.now, key=key, data=data)
    return "正在生成清单"


def take_day(tx: Transaction, desk: Desk, given: Given) -> str:
    """Mark a text as repealed from the day that was typed."""
    demand(given.person, "keep_texts")
    text = _of(desk, given.object)
    if text is None:
        return f"{GONE}。"
    _, day = read_correction(given.text)
    if not day:
        raise BadDayError(given.text[:20])
    _mark(tx, desk, given.person, text, day, f"{given.origin.chat}:{given.origin.message_id}")
    return f"《{text.title}》自 {day} 起标为废止，此前的旧案仍可引用。"


def _mark(
    tx: Transaction, desk: Desk, person: Person, text: OfficialText, standing: str, key: str
) -> OfficialText:
    if desk.home is None:
        return text
    marked = shelf.mark(desk.home, text, standing)
    data = {"standing": standing}
    tx.record(MARKED, object_of(text), actor=f"person:{person.id}", data=data)
    text_followers.tell_all(tx, person, marked, f"mark:{key}:{standing}")
    return marked


def _overview(tx: Transaction, desk: Desk, person: Person) -> tuple[str, tell.Rows]:
    stored = _stored(desk)
    today = tx.now.date()
    keeps = may(person, "keep_texts")
    lines = [f"要点库：正式文本 {len(stored)} 份"] if stored else [NONE]
    for place, text in enumerate(stored[:MOST], 1):
        told = (
            text_words.version(text),
            text_words.count(text),
            text_words.standing(text, stored, today),
        )
        lines.append(f"{place}. 《{text.title}》{'，'.join(told)}")
    if len(stored) > MOST:
        lines.append(f"另有 {len(stored) - MOST} 份，见清单。")
    lines += [HOW] if keeps else []
    rows = [
        (tell.button(tx, person, _label(place, text), "text_open", object_of(text)),)
        for place, text in enumerate(stored[:MOST], 1)
    ]
    if stored:
        rows.append((tell.button(tx, person, "导出清单", "text_sheet", "texts"),))
    return "\n".join(lines), tuple(rows)


def _label(place: int, text: OfficialText) -> str:
    title = text.title.removeprefix("中华人民共和国").removeprefix("人民检察院")
    short = title if len(title) <= _LABEL else f"{title[: _LABEL - 1]}…"
    return f"{place}. {short} {text.version[:4]}".rstrip()


def _draw(tx: Transaction, desk: Desk, press: Press, text: OfficialText, *more: str) -> None:
    stored = _stored(desk)
    today = tx.now.date()
    lines = [
        f"《{text.title}》",
        f"{text.kind}，{text_words.version(text)}，共 {text_words.count(text)}",
        f"状态：{text_words.standing(text, stored, today)}",
        *more,
    ]

    def make(label: str, act: str, **data: object) -> tuple[str, str]:
        return tell.button(tx, press.person, label, act, object_of(text), data=data)

    rows: list[tuple[tuple[str, str], ...]] = [(make("查看条目数", "text_contents"),)]
    if may(press.person, "keep_texts") and _is_newest(text, stored):
        if text.title in shelf.repealed(stored):
            again = make("改废止日期", "text_repeal", ask=True)
            rows.append((make("恢复", "text_restore"), again))
        else:
            rows.append((make("标为废止", "text_repeal"),))
    rows.append((make("返回", "text_list"),))
    redraw(tx, press, "\n".join(lines), buttons=tuple(rows))


def _parts(text: OfficialText) -> list[str]:
    """Name the parts of a text with what each holds, chapters under their books."""
    lines = []
    for headings, articles in groupby(text.articles, key=lambda one: one.headings[:2]):
        held = list(articles)
        name = " ".join(headings) or "（无标题）"
        first, last = held[0].label, held[-1].label
        where = first if first == last else f"{first}至{last}"
        lines.append(f"{name}：{len(held)} {text.counted_in}（{where}）")
    shown = lines[:MOST_PARTS]
    return [*shown, f"另有 {len(lines) - MOST_PARTS} 部分"] if len(lines) > MOST_PARTS else shown


def _is_newest(text: OfficialText, stored: Sequence[OfficialText]) -> bool:
    return all(one.version <= text.version for one in stored if one.title == text.title)


def _of(desk: Desk, object_: str) -> OfficialText | None:
    return next((one for one in _stored(desk) if object_of(one) == object_), None)


def _stored(desk: Desk) -> list[OfficialText]:
    return shelf.texts(desk.home) if desk.home else []
