"""/未送达: messages that did not arrive or may not have, and letters nobody could work off.

A person decides of each: once more, or told in another way (design, point 2).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import tell
from handlers.permissions import demand
from handlers.redraw import redraw
from storage import delivery, inbox, people

if TYPE_CHECKING:
    from handlers.desk import Desk
    from handlers.incoming import Origin
    from handlers.press import Press
    from storage.models.messages import InboxRow, OutboxRow
    from storage.models.people import Person
    from storage.transaction import Transaction

MOST = 6
"""What fits on a phone with two buttons each."""
NOTHING = "没有未送达的消息，也没有未能处理的来信。"
_NOTICES = "通知书请在 /通知书 里再次发送。"
_KINDS = {
    "digest": "每日提示",
    "prompt": "口头提示",
    "notice": "通知书",
    "document": "文件",
    "confirmation": "答复确认",
    "answer": "回答",
    "system": "工作提示",
    "edit": "消息更新",
    "delete": "消息移除",
}
_BY_PERSON = ("notice",)


def show(tx: Transaction, desk: Desk, person: Person, origin: Origin) -> None:
    """List what needs a decision, oldest first."""
    demand(person, "see_queue")
    text, buttons = _page(tx, desk, person)
    tell.answer(tx, origin, text, person=person, buttons=buttons)


def press_again(tx: Transaction, desk: Desk, press: Press) -> str:
    """Let a message go once more."""
    return _decide(tx, desk, press, delivery.send_again, "已安排再发一次")


def press_told(tx: Transaction, desk: Desk, press: Press) -> str:
    """Take a message from the list: the person was told in another way."""
    return _decide(tx, desk, press, delivery.told_otherwise, "已记录：另行告知")


def press_work_off(tx: Transaction, desk: Desk, press: Press) -> str:
    """Work a letter off once more."""
    return _decide(tx, desk, press, inbox.try_again, "已安排再处理一次")


def _decide(
    tx: Transaction,
    desk: Desk,
    press: Press,
    decide: delivery.Decide,
    done: str,
) -> str:
    demand(press.person, "see_queue")
    changed = decide(tx, int(press.row.data["row"]), actor=f"person:{press.person.id}")
    text, buttons = _page(tx, desk, press.person)
    redraw(tx, press, text, buttons=buttons)
    return done if changed else "这一条已经处理过了"


def _page(tx: Transaction, desk: Desk, person: Person) -> tuple[str, tell.Rows]:
    failed, aside = delivery.failed_rows(tx.session), inbox.set_aside(tx.session)
    if not failed and not aside:
        return NOTHING, ()
    lines: list[str] = []
    rows: list[tuple[tuple[str, str], ...]] = []
    if failed:
        lines.append(f"未送达的消息 {len(failed)} 条：")
    for number, row in enumerate(failed[:MOST], 1):
        lines.append(f"{number}. {_message_line(tx, desk, row)}")
        if row.kind not in _BY_PERSON:
            rows.append(_message_buttons(tx, person, number, row))
    if any(row.kind in _BY_PERSON for row in failed[:MOST]):
        lines.append(_NOTICES)
    if aside:
        lines.append(f"未能处理的来信 {len(aside)} 条：")
    for letter in aside[:MOST]:
        lines.append(f"收件编号 {letter.id} · {_letter_line(tx, letter)}")
        label, object_ = f"{letter.id} 再处理一次", f"inbox:{letter.id}"
        data = {"row": letter.id}
        rows.append((tell.button(tx, person, label, "work_off", object_, data=data),))
    left = max(len(failed) - MOST, 0) + max(len(aside) - MOST, 0)
    if left:
        lines.append(f"另有 {left} 条，处理后依次列出。")
    return "\n".join(lines), tuple(rows)


def _message_line(tx: Transaction, desk: Desk, row: OutboxRow) -> str:
    reader = people.by_id(tx.session, row.person_id)
    name = reader.name if reader is not None and reader.office == desk.office else "未绑定的会话"
    at = row.created_at.astimezone(tx.now.tzinfo)
    fate = "不知是否送达" if row.state == "unknown" else "未送达"
    subjects = "、".join(str(one) for one in row.subjects[:3])
    about = f" {subjects}" if subjects else ""
    why = f"（{row.reason}）" if row.reason else ""
    kind = _KINDS.get(row.kind, "消息")
    return f"{at.month}月{at.day}日 {at:%H:%M} 给{name}的{kind}{about}：{fate}{why}"


def _message_buttons(
    tx: Transaction, person: Person, number: int, row: OutboxRow
) -> tuple[tuple[str, str], ...]:
    object_, data = f"outbox:{row.id}", {"row": row.id}
    return (
        tell.button(tx, person, f"{number} 再发一次", "send_again", object_, data=data),
        tell.button(tx, person, f"{number} 已另行告知", "told_otherwise", object_, data=data),
    )


def _letter_line(tx: Transaction, row: InboxRow) -> str:
    at = row.received_at.astimezone(tx.now.tzinfo)
    writer = people.in_chat(tx.session, row.door, row.chat)
    name = writer.name if writer else "未绑定的会话"
    return f"{at.month}月{at.day}日 {at:%H:%M} {name}：{row.reason or '处理出错'}"
