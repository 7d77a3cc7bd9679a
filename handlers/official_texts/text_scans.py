"""Scanned pages sent in chat: read a few at a time, then shown with what is doubtful in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handlers import tell
from handlers.official_texts import text_imports
from handlers.official_texts.text_records import PAGES_READ, REFUSED
from storage import due_jobs, outbox, people
from storage.official_texts import correction
from storage.outbox import Outgoing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.official_texts.text_files import TextRead
    from storage.models.people import Person
    from storage.official_texts.correction import Correction
    from storage.transaction import Transaction

TEXT_PAGES = "text_pages"
MOST_PICTURES = 10
NOT_OVER_INTERNET = (
    "扫描件不经互联网通道识别。请在内网通道发送，或在本机用 fangyuan knowledge import 导入。"
)


def start(tx: Transaction, data: Mapping[str, Any], kept: Correction) -> None:
    """Begin to read the pages of a scanned file; how far it is stands in one message."""
    person = people.by_id(tx.session, int(data["person"]))
    if person is None:
        return
    if data.get("internet"):
        text_imports.forget(tx, data)
        tx.record(REFUSED, "file", actor=f"person:{person.id}", data={"why": "scanned"})
        tell.say(tx, person, "system", NOT_OVER_INTERNET)
        return
    tell.say(tx, person, "system", _progress(kept), key=_message_key(data))
    _plan(tx, {**data, "code": kept.code}, kept)


def take(tx: Transaction, data: Mapping[str, Any], found: TextRead) -> None:
    """Say how far it is, and go on; with the last page show what was read."""
    person = people.by_id(tx.session, int(data["person"]))
    if person is None:
        return
    kept = found.scan
    if kept is None:
        text_imports.forget(tx, data)
        tx.record(REFUSED, "file", actor=f"person:{person.id}", data={"why": "unreadable"})
        tell.say(tx, person, "system", found.fault)
        return
    _tell_progress(tx, person, data, _progress(kept))
    if kept.left():
        _plan(tx, data, kept)
    else:
        _finish(tx, person, data, found, kept)


def _plan(tx: Transaction, data: Mapping[str, Any], kept: Correction) -> None:
    # what is due in the meantime comes first: a job does only a few pages
    key = f"{data['key']}:{len(kept.left())}"
    due_jobs.plan(tx, TEXT_PAGES, tx.now, key=key, data=dict(data))


def _finish(
    tx: Transaction, person: Person, data: Mapping[str, Any], found: TextRead, kept: Correction
) -> None:
    doubtful = kept.doubtful()
    tx.record(
        PAGES_READ,
        f"scan:{kept.code}",
        actor=f"person:{person.id}",
        data={"pages": len(kept.scanned), "doubtful": sum(doubtful.values())},
    )
    for page, count in list(doubtful.items())[:MOST_PICTURES]:
        said = f"第 {page} 页原件，{count} 行没有把握"
        tell.document(tx, person, said, kept.picture_path(page), f"第{page}页.jpg")
    said = (
        "识别稿。请对照原件改正，没有把握的行首标“【？】”，核对后删去；"
        "改好后把这份 txt 发回，文件说明写“更正”。"
    )
    tell.document(tx, person, said, correction.write_whole(kept), f"更正稿-{kept.code}.txt")
    text_imports.forget(tx, data)
    if found.text is None:
        tell.say(tx, person, "system", f"{found.fault}可以先按上面的办法改正识别稿。")
        return
    corrected = {"code": kept.code, "name": kept.name, "key": data["key"]}
    text_imports.offer(tx, person, corrected, found, above=_above(kept, doubtful))


def _above(kept: Correction, doubtful: Mapping[int, int]) -> tuple[str, ...]:
    lines = [f"扫描件“{kept.name}”已识别 {len(kept.scanned)} 页，请核对后再导入。"]
    more = len(doubtful) - MOST_PICTURES
    if more > 0:
        lines.append(f"没有把握的还有 {more} 页未附图，请在本机打开 {kept.browser_page} 核对。")
    return tuple(lines)


def _progress(kept: Correction) -> str:
    done = len(kept.scanned) - len(kept.left())
    if done == len(kept.scanned):
        return f"扫描件“{kept.name}”已识别 {done} 页，见下。"
    return f"正在识别扫描件“{kept.name}”：共 {len(kept.scanned)} 页，已识别 {done} 页。"


def _message_key(data: Mapping[str, Any]) -> str:
    return f"scan:{data['key']}"


def _tell_progress(tx: Transaction, person: Person, data: Mapping[str, Any], text: str) -> None:
    row = outbox.sent_under(tx.session, _message_key(data))
    if row is None or row.message_id is None:  # not on the phone yet: the next one will say it
        return
    version = outbox.next_edit_version(tx, row.door, row.chat, row.message_id)
    tx.send(
        Outgoing(
            person_id=person.id,
            door=row.door,
            chat=row.chat,
            kind="edit",
            text=text,
            edit_of=(row.message_id, version),
        )
    )
