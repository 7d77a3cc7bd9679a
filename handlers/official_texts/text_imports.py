"""An official text sent in the officer's chat: shown first, imported on a press, taken back."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from handlers import tell
from handlers.answers import sensitive
from handlers.official_texts import text_followers, text_words
from handlers.official_texts.text_files import ENDINGS
from handlers.official_texts.text_records import REFUSED, object_of, record_import
from handlers.permissions import may
from handlers.prompts.prompt_command import NUMBER
from knowledge.laws import review, shelf
from storage import due_jobs, people, settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.desk import Desk
    from handlers.incoming import Uploaded
    from handlers.official_texts.text_files import TextRead
    from knowledge.laws.model import OfficialText
    from storage.models.people import Person
    from storage.session import Session
    from storage.transaction import EntryMark, Transaction

TEXT_FILE, FORGET = "text_file", "text_forget"
LAST = "last_text_import"
CORRECTED = "更正"
NOT_FETCHED = (
    "文件没有取到（超过 20 MB 或下载中断），请重新发送，或在本机用 fangyuan knowledge import 导入。"
)
HAS_NAMES = "标题里有当事人姓名或案件名称，不是法律、规则一类的文本，未作保存。"
_PASSED_ON = ("path", "name", "code", "title", "version", "internet")


def are_taken_from(session: Session, *, door: str, account: str) -> bool:
    """Tell whether official texts are taken from an account."""
    person = people.by_account(session, door, account)
    return person is not None and may(person, "keep_texts")


def take_file(
    tx: Transaction, desk: Desk, person: Person, event: Uploaded, entry: EntryMark
) -> bool:
    """Have a text read that an officer sent; False: it is no such file, or not his to send."""
    ending = PurePath(event.file_name).suffix.lower()
    answers_an_item = NUMBER.match(event.caption.strip()) is not None
    if event.kind != "document" or ending not in ENDINGS or answers_an_item:
        return False
    if not may(person, "keep_texts"):
        return False
    origin = event.origin
    is_internet = desk.clearance(origin.door) == "internet"
    if is_internet:
        tell.remove(tx, origin, person=person)
    if not event.path:
        tell.answer(tx, origin, NOT_FETCHED, person=person)
        return True
    key = f"{origin.door}:{origin.chat}:{origin.message_id}"
    data = {
        "path": event.path,
        "name": event.file_name,
        "person": person.id,
        "key": key,
        "internet": is_internet,
        "corrected": event.caption.strip().startswith(CORRECTED),
    }
    due_jobs.plan(tx, TEXT_FILE, tx.now, key=key, data=data)
    removed = "，已从聊天中移除" if is_internet else ""
    said = f"已收到文件（流水第 {entry} 号）{removed}，正在读取。"
    tell.answer(tx, origin, said, person=person)
    return True


def take_read(tx: Transaction, desk: Desk, data: Mapping[str, Any], found: TextRead) -> None:
    """Show the officer what was read, or import it where he said so."""
    person = people.by_id(tx.session, int(data["person"]))
    if person is None or not may(person, "keep_texts"):
        forget(tx, data)
        return
    if found.text is None:
        _refuse(tx, person, data, found)
    elif data.get("internet") and _has_names(tx, desk, found.text):
        forget(tx, data)
        tx.record(REFUSED, "file", actor=f"person:{person.id}", data={"why": "names"})
        tell.say(tx, person, "system", HAS_NAMES)
    elif data.get("commit"):
        _import(tx, desk, person, data, found)
    else:
        offer(tx, person, data, found)


def _has_names(tx: Transaction, desk: Desk, text: OfficialText) -> bool:
    return sensitive.is_sensitive(text.title, sensitive.names_in_cards(tx.session, desk.office))


def _refuse(tx: Transaction, person: Person, data: Mapping[str, Any], found: TextRead) -> None:
    tx.record(REFUSED, "file", actor=f"person:{person.id}", data={"why": "unreadable"})
    if found.like_export:
        export = tell.button(
            tx, person, "这是案件导出", "text_export", "file", data=passed_on(data)
        )
        kept = {**passed_on(data), "beside": [export[1]]}
        no = tell.button(tx, person, "不导入", "text_drop", "file", data=kept)
        said = "没有读到条文，看起来是案件导出。"
        tell.say(tx, person, "system", said, buttons=((export, no),))
        return
    forget(tx, data)
    tell.say(tx, person, "system", found.fault)


def offer(
    tx: Transaction,
    person: Person,
    data: Mapping[str, Any],
    found: TextRead,
    *,
    above: tuple[str, ...] = (),
) -> None:
    """Show what was read and what would change, with the ways on; `above` stands before it."""
    if found.text is None:
        return
    seen = review.review(found.text, found.stored)
    lines = [*above, "导入预览（正式文本）", *text_words.preview(seen, tx.now.date())]
    if found.unchecked:
        lines.append(f"识别稿还有 {found.unchecked} 行没有核对")
    if seen.known is not None:
        forget(tx, data)
        tx.record(
            REFUSED, object_of(found.text), actor=f"person:{person.id}", data={"why": "known"}
        )
        tell.say(tx, person, "system", "\n".join(lines))
        return
    kept = {**passed_on(data), "title": found.text.title, "version": found.text.version}
    object_ = object_of(found.text)

    def make(label: str, act: str, **more: object) -> tuple[str, str]:
        return tell.button(tx, person, label, act, object_, data={**kept, **more})

    takes = [make("照此导入" if found.scan else "导入", "text_commit")]
    export = [make("这是案件导出", "text_export")] if found.like_export else []
    # who declines uses up the buttons that take the file, and is told where one was tapped first
    drop = make("不导入", "text_drop", beside=[token for _, token in (*takes, *export)])
    pressable = [*takes, drop, make("标题或日期不对", "text_rename"), *export]
    tell.say(tx, person, "system", "\n".join(lines), buttons=tell.rows(pressable, per_row=2))


def _import(
    tx: Transaction, desk: Desk, person: Person, data: Mapping[str, Any], found: TextRead
) -> None:
    if found.text is None or desk.home is None:
        return
    seen = review.review(found.text, found.stored)
    if seen.known is not None:
        offer(tx, person, data, found)
        return
    aside = shelf.put(desk.home, found.text)
    entry = record_import(tx, found.text, aside, actor=f"person:{person.id}")
    kept = {"title": found.text.title, "version": found.text.version, "aside": aside}
    settings.write(tx.session, desk.office, LAST, kept)
    undo = tell.button(tx, person, "撤回本次导入", "text_undo", object_of(found.text), data=kept)
    shelf_button = tell.button(tx, person, "要点库", "command", "command", data={"text": "/要点库"})
    said = (
        f"已导入《{found.text.title}》{text_words.version(found.text)}，"
        f"{text_words.count(found.text)}（流水第 {entry} 号），现在起可以查询。"
    )
    tell.say(tx, person, "system", said, buttons=((undo, shelf_button),))
    text_followers.tell_all(tx, person, found.text, str(data["key"]))
    forget(tx, data)


def passed_on(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what buttons and jobs hand on of a file: where it lies, what it is called."""
    return {key: data[key] for key in _PASSED_ON if key in data}


def forget(tx: Transaction, data: Mapping[str, Any]) -> None:
    """Have a file that came in deleted once this is committed; what was read from it stays."""
    if path := data.get("path"):
        due_jobs.plan(tx, FORGET, tx.now, key=str(path), data={"path": path})
