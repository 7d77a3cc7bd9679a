"""/暂停, /恢复 and the recall of an item sent by mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import tell
from handlers.digest import digest
from handlers.people import addressees
from handlers.permissions import demand
from storage import findings as findings_table
from storage import outbox, settings

if TYPE_CHECKING:
    from handlers.desk import Desk
    from handlers.incoming import Origin
    from storage.models.people import Person
    from storage.transaction import Transaction


def pause(tx: Transaction, desk: Desk, person: Person, origin: Origin) -> None:
    """Hold everything that is sent by itself; answers to people still go."""
    demand(person, "stop_sending")
    if settings.read(tx.session, desk.office, "paused", default=False):
        tell.answer(tx, origin, "已处于暂停状态。发送 /恢复 恢复发送。", person=person)
        return
    settings.write(tx.session, desk.office, "paused", value=True)
    held = outbox.hold_all(tx)
    entry = tx.record("sending_paused", "office", actor=f"person:{person.id}", data={"held": held})
    tell.answer(
        tx,
        origin,
        f"已暂停一切发送，{held} 条待发消息已扣留（流水第 {entry} 号）。发送 /恢复 恢复。",
        person=person,
    )


def resume(tx: Transaction, desk: Desk, person: Person, origin: Origin) -> None:
    """Let messages go again."""
    demand(person, "stop_sending")
    if not settings.read(tx.session, desk.office, "paused", default=False):
        tell.answer(tx, origin, "没有暂停，发送正常。", person=person)
        return
    settings.write(tx.session, desk.office, "paused", value=False)
    released = outbox.release_all(tx)
    _make_up(tx, desk)
    entry = tx.record(
        "sending_resumed", "office", actor=f"person:{person.id}", data={"released": released}
    )
    tell.answer(
        tx,
        origin,
        f"已恢复发送，{released} 条扣留的消息继续发出（流水第 {entry} 号）。",
        person=person,
    )


def _make_up(tx: Transaction, desk: Desk) -> None:
    """Send today's digests where the morning fell into the pause."""
    today = tx.now.date().isoformat()
    if settings.read(tx.session, desk.office, "digest_skipped") == today:
        settings.write(tx.session, desk.office, "digest_skipped", value=None)
        digest.send_all(tx, desk)


def is_paused(tx: Transaction, desk: Desk) -> bool:
    """Tell whether sending is paused."""
    return bool(settings.read(tx.session, desk.office, "paused", default=False))


def recall(tx: Transaction, desk: Desk, person: Person, origin: Origin, number: str) -> None:
    """Take back an item that should not have been sent; the reader is told."""
    finding = findings_table.numbered(tx.session, desk.office, number)
    if finding is None:
        tell.answer(tx, origin, f"没有编号 {number}。请写明编号，例如：/撤回 A01。", person=person)
        return
    demand(person, "recall", finding)
    if finding.told_at is None:
        tell.answer(tx, origin, f"{finding.number} 尚未发出，无需撤回。", person=person)
        return
    readers = addressees.address(tx.session, finding)
    finding.state, finding.baseline = "queued", False
    finding.released_at = finding.released_by = finding.answered_at = None
    finding.told_at = finding.shown_on = finding.shown_as = None
    finding.version += 1
    entry = tx.record("finding_recalled", f"finding:{finding.number}", actor=f"person:{person.id}")
    if readers.person is not None:
        tell.say(
            tx,
            readers.person,
            "prompt",
            f"{finding.number} 的提示发送有误，现予撤回，请不必处理。给您添麻烦了。",
            subjects=[finding.number],
        )
    tell.answer(
        tx,
        origin,
        f"{finding.number} 已撤回（流水第 {entry} 号），回到待审。",
        person=person,
    )
