"""The jobs that come due by themselves; the scheduler's sweep runs them in order of time.

    morning      each day at the digest's time: folder read, patrol, digests; plans the next one
    import_file  an export sent in the chat: preview, or the import itself; planned at once
    reminder     a promised day has come; planned when the promise is recorded
    notice_paper     a paper is made outside the transaction, then kept and sent; planned at once
    notice_reminder  a rung of the ladder of a written reply; planned on receipt
    notice_snoozed   the same once more for one person, on the next working day
    text_file, text_pages, …   official texts: `handlers.official_texts.text_jobs`; planned at once
    link_proposals   the rules are held against the imported texts; planned at once
    calendar_picture  the coming days' terms are drawn; planned at once
    work_report      a work report is counted, written, rendered; planned at once
    delegation_returned  the morning after a leave: what happened meanwhile; planned on arranging
    report           statistics, log or register are counted from the ledger; planned at once

For each due row of `storage.due_jobs` the sweep calls `read(desk, row.job, row.data)` with no
transaction open (it may start the reading child and take seconds), then, in one transaction whose
`now` is the sweep's moment, `run(tx, desk, row.job, row.data, found)` and `due_jobs.done(tx, row)`.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from handlers.campaigns import campaign_proposals, campaign_watch
from handlers.digest import digest, reminders
from handlers.digest.reminders import REMINDER
from handlers.feedback import feedback_review
from handlers.findings import patrol
from handlers.imports import import_offers
from handlers.imports.import_offers import IMPORT_FILE, Read
from handlers.links import link_proposals, link_view
from handlers.links.link_proposals import Compared
from handlers.monitoring import case_proposals
from handlers.notices import notice_delivery, notice_papers, notice_reminders
from handlers.notices.notice_papers import PAPER, Made
from handlers.official_texts import text_jobs
from handlers.official_texts.text_files import TextRead
from handlers.people import delegations, return_summary
from handlers.prompts import prompt_command
from handlers.reports import report_days, report_jobs, report_papers
from handlers.reports.asking import REPORT
from handlers.reports.report_jobs import Counted
from handlers.reports.report_papers import Prepared
from handlers.upkeep import retention, sending
from handlers.views import calendar_view, head_week
from handlers.views.calendar_view import Drawn
from storage import due_jobs, settings, snapshots

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from handlers.desk import Desk
    from handlers.imports.import_offers import Marks
    from storage.transaction import Transaction

MORNING = "morning"
Found = Read | Made | Compared | Counted | Prepared | Drawn | TextRead
"""What a job read or compared, or the paper it made, outside the transaction."""
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
    reader = READERS.get(job)
    return reader(desk, data) if reader is not None else Read()


def run(tx: Transaction, desk: Desk, job: str, data: Mapping[str, Any], found: Found) -> None:
    """Do a job; its effects and the mark that it is done are one commit.

    Raises:
        UnknownJobError: there is no such job.
    """
    runner = RUNNERS.get(job)
    if runner is None:
        raise UnknownJobError(job)
    runner(tx, desk, data, found)


def morning(tx: Transaction, desk: Desk, found: Read | None = None) -> None:
    """Take in the folder, patrol with today's date and send the digests; plan the next morning.

    Days off have a morning too: only custody terms due today or over leave on them (point 14).
    """
    today = tx.now.date()
    known = import_offers.take_folder(tx, desk, found or Read())
    cards = snapshots.cards(tx.session, desk.office)
    if cards.cards:
        patrol.apply(tx, desk, campaign_watch.evaluate(tx, desk, cards, today), cards)
    if sending.is_paused(tx, desk):
        tx.record("digest_skipped", f"day:{today}", actor="system", data={"why": "paused"})
        settings.write(tx.session, desk.office, "digest_skipped", today.isoformat())
    else:
        reached = digest.send_all(tx, desk)
        tx.record("digests_sent", f"day:{today}", actor="system", data={"people": reached})
    prompt_command.remind_at_months_end(tx, desk)
    if not sending.is_paused(tx, desk):
        head_week.morning(tx, desk)
        report_days.morning(tx, desk)
    case_proposals.morning(tx, desk)
    campaign_proposals.morning(tx, desk)
    retention.erase_what_is_over(tx, desk)
    _plan_morning(tx, _at(tx, desk, today + timedelta(days=1)), known)


def _at(tx: Transaction, desk: Desk, day: date) -> datetime:
    return datetime.combine(day, desk.manners.digest_time, tzinfo=tx.now.tzinfo)


def _plan_morning(tx: Transaction, at: datetime, known: Marks) -> None:
    due_jobs.plan(tx, MORNING, at, key=f"morning:{at.date()}", data={KNOWN: dict(known)})


def _morning(tx: Transaction, desk: Desk, data: Mapping[str, Any], found: Read) -> None:
    del data
    morning(tx, desk, found)


READERS: Mapping[str, Callable[[Desk, Mapping[str, Any]], Found]] = {
    PAPER: notice_papers.read,
    report_papers.JOB: report_papers.read,
    REPORT: report_jobs.read,
    calendar_view.JOB: calendar_view.draw,
    MORNING: lambda desk, data: import_offers.read_folder(desk, data.get(KNOWN, {})),
    IMPORT_FILE: lambda _, data: import_offers.read_paths([Path(one) for one in data["paths"]]),
    link_proposals.JOB: lambda desk, _: link_proposals.compare(desk.home, desk.rules),
    **text_jobs.READERS,
}
"""What a job needs before its transaction; a job that is not here needs nothing."""
RUNNERS: Mapping[str, Callable[[Transaction, Desk, Mapping[str, Any], Any], None]] = {
    PAPER: notice_delivery.run,
    report_papers.JOB: report_papers.run,
    REPORT: report_jobs.run,
    calendar_view.JOB: calendar_view.send,
    link_proposals.JOB: link_view.take,
    **text_jobs.RUNNERS,
    MORNING: _morning,
    IMPORT_FILE: import_offers.take_file,
    feedback_review.FOLLOW_UP: lambda tx, desk, data, _: feedback_review.follow_up(tx, desk, data),
    notice_reminders.REMINDER: lambda tx, desk, data, _: notice_reminders.remind(tx, desk, data),
    notice_reminders.SNOOZED: lambda tx, desk, data, _: notice_reminders.remind_again(
        tx, desk, data
    ),
    delegations.RETURNED: lambda tx, desk, data, _: return_summary.morning(tx, desk, data),
    REMINDER: lambda tx, desk, data, _: reminders.remind(tx, desk, data),
}
"""What each job does, in the transaction that marks it as done."""
