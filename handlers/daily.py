"""The jobs that come due by themselves; the scheduler's sweep runs them in order of time.

    morning      each day at the digest's time: folder read, patrol, digests; plans the next one
    import_file  an export sent in the chat: preview, or the import itself; planned at once
    reminder     a promised day has come; planned when the promise is recorded
    notice_paper     a paper is made outside the transaction, then kept and sent; planned at once
    notice_reminder  a rung of the ladder of a written reply; planned on receipt
    notice_snoozed   the same once more for one person, on the next working day

For each due row of `storage.due_jobs` the sweep calls `read(desk, row.job, row.data)` with no
transaction open (it may start the reading child and take seconds), then, in one transaction whose
`now` is the sweep's moment, `run(tx, desk, row.job, row.data, found)` and `due_jobs.done(tx, row)`.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from handlers import (
    digest,
    import_offers,
    notice_delivery,
    notice_papers,
    notice_reminders,
    patrol,
    prompt_command,
    reminders,
    retention,
    sending,
)
from handlers.import_offers import IMPORT_FILE, Read
from handlers.notice_papers import PAPER, Made
from handlers.reminders import REMINDER
from storage import due_jobs, settings, snapshots

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from handlers.desk import Desk
    from handlers.import_offers import Marks
    from storage.transaction import Transaction

MORNING = "morning"
Found = Read | Made
"""What a job read, or the paper it made, outside the transaction."""
KNOWN = "known"
"""The part of a morning's data that says which files of the folder were read before."""


class UnknownJobError(LookupError):
    """A due row names a job nobody knows."""


def plan_first(tx: Transaction, desk: Desk) -> None:
    """Plan the next morning where none is planned; called at every start.

    One that came due while the program was down is still in the table and is done late.
    """
    today = tx.now.date()
    at = _at(tx, desk, today)
    if at < tx.now:
        at = _at(tx, desk, today + timedelta(days=1))
    _plan_morning(tx, at, {})


def read(desk: Desk, job: str, data: Mapping[str, Any]) -> Found:
    """Read what a job needs from files, or make a paper, outside any transaction."""
    if job == PAPER:
        return notice_papers.read(desk, data)
    if job == MORNING:
        return import_offers.read_folder(desk, data.get(KNOWN, {}))
    if job == IMPORT_FILE:
        return import_offers.read_paths([Path(one) for one in data["paths"]])
    return Read()


def run(tx: Transaction, desk: Desk, job: str, data: Mapping[str, Any], found: Found) -> None:
    """Do a job; its effects and the mark that it is done are one commit.

    Raises:
        UnknownJobError: there is no such job.
    """
    if isinstance(found, Made):
        notice_delivery.run(tx, desk, data, found)
    elif job == MORNING:
        morning(tx, desk, found)
    elif job == IMPORT_FILE:
        import_offers.take_file(tx, desk, data, found)
    elif job == notice_reminders.REMINDER:
        notice_reminders.remind(tx, desk, data)
    elif job == notice_reminders.SNOOZED:
        notice_reminders.remind_again(tx, desk, data)
    elif job == REMINDER:
        reminders.remind(tx, desk, data)
    else:
        raise UnknownJobError(job)


def morning(tx: Transaction, desk: Desk, found: Read | None = None) -> None:
    """Take in the folder, patrol with today's date and send the digests; plan the next morning.

    Days off have a morning too: only custody terms due today or over leave on them (point 14).
    """
    today = tx.now.date()
    known = import_offers.take_folder(tx, desk, found or Read())
    cards = snapshots.cards(tx.session, desk.office)
    if cards.cards:
        patrol.apply(tx, desk, patrol.evaluate(desk, cards, today), cards)
    if sending.is_paused(tx, desk):
        tx.record("digest_skipped", f"day:{today}", actor="system", data={"why": "paused"})
        settings.write(tx.session, desk.office, "digest_skipped", today.isoformat())
    else:
        reached = digest.send_all(tx, desk)
        tx.record("digests_sent", f"day:{today}", actor="system", data={"people": reached})
    prompt_command.remind_at_months_end(tx, desk)
    retention.erase_what_is_over(tx, desk)
    _plan_morning(tx, _at(tx, desk, today + timedelta(days=1)), known)


def _at(tx: Transaction, desk: Desk, day: date) -> datetime:
    return datetime.combine(day, desk.manners.digest_time, tzinfo=tx.now.tzinfo)


def _plan_morning(tx: Transaction, at: datetime, known: Marks) -> None:
    due_jobs.plan(tx, MORNING, at, key=f"morning:{at.date()}", data={KNOWN: dict(known)})
