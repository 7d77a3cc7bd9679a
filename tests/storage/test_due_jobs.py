from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from storage import due_jobs, ledger, settings
from tests.support.database import NOW, later

if TYPE_CHECKING:
    from datetime import datetime

    from storage.database import Database

WORKERS = 4
JOBS = 12


def plan(database: Database, key: str, due_at: datetime) -> bool:
    with database.transaction(NOW) as tx:
        return due_jobs.plan(tx, "morning", due_at, key=key, data={"key": key})


def due(database: Database, at: datetime) -> list[str]:
    with database.reading() as session:
        return [job.key for job in due_jobs.due(session, at)]


def run(database: Database, id_: int, at: datetime = NOW) -> bool:
    with database.transaction(at) as tx:
        job = due_jobs.take(tx, id_)
        if job is None:
            return False
        done = settings.read(tx.session, "office", "done", [])
        settings.write(tx.session, "office", "done", [*done, job.key])
        due_jobs.done(tx, job)
    return True


def test_jobs_come_due_in_order_of_time_never_early(database: Database) -> None:
    plan(database, "third", later(60))
    plan(database, "first", later(10))
    plan(database, "second", later(20))
    plan(database, "same_time", later(20))
    assert due(database, later(9)) == []
    assert due(database, later(60)) == ["first", "second", "same_time", "third"]


def test_a_job_is_planned_once_under_its_key(database: Database) -> None:
    assert plan(database, "2026-06-15", later(10))
    assert not plan(database, "2026-06-15", later(99))
    assert due(database, later(10)) == ["2026-06-15"]


def test_the_next_due_moment_is_known(database: Database) -> None:
    plan(database, "later", later(60))
    plan(database, "sooner", later(10))
    with database.reading() as session:
        assert due_jobs.next_due(session, after=NOW) == later(10)
        assert due_jobs.next_due(session, after=later(10)) == later(60)
        assert due_jobs.next_due(session, after=later(60)) is None


def test_the_first_due_job_is_the_earliest_that_was_not_tried(database: Database) -> None:
    plan(database, "later", later(20))
    plan(database, "sooner", later(10))
    with database.reading() as session:
        assert due_jobs.first_due(session, now=later(9)) is None
        first = due_jobs.first_due(session, now=later(30))
        assert first is not None
        second = due_jobs.first_due(session, now=later(30), tried={first.id})
        assert second is not None
        assert (first.key, second.key) == ("sooner", "later")
        assert due_jobs.first_due(session, now=later(30), tried={first.id, second.id}) is None


def test_a_job_that_failed_before_is_nothing_new(database: Database) -> None:
    plan(database, "a", later(10))
    with database.reading() as session:
        assert not due_jobs.is_untried_due(session, now=later(9))
        assert due_jobs.is_untried_due(session, now=later(10))
        (job,) = due_jobs.due(session, later(10))
    with database.transaction(later(10)) as tx:
        due_jobs.failed(tx, job.id, "出错")
    with database.reading() as session:
        assert not due_jobs.is_untried_due(session, now=later(60))


def test_a_job_is_done_once_and_its_key_stays_taken(database: Database) -> None:
    plan(database, "a", NOW)
    with database.reading() as session:
        (job,) = due_jobs.due(session, NOW)
    assert run(database, job.id)
    assert not run(database, job.id)
    assert due(database, later(60)) == []
    assert not plan(database, "a", NOW)


def test_a_job_that_fails_three_times_is_given_up_and_seen(database: Database) -> None:
    plan(database, "a", NOW)
    with database.reading() as session:
        (job,) = due_jobs.due(session, NOW)
    ends = []
    for seconds in (0, 30, 60):
        with database.transaction(later(seconds)) as tx:
            ends.append(due_jobs.failed(tx, job.id, "规则文件打不开"))
    assert ends == [False, False, True]
    assert due(database, later(90)) == []
    with database.reading() as session:
        assert [row.failure for row in due_jobs.given_up(session)] == ["规则文件打不开"]
        (entry,) = ledger.tail(session, 0)
    assert ledger.content_of(entry)["data"] == {"key": "a", "reason": "规则文件打不开"}


def test_a_job_that_failed_once_is_still_done(database: Database) -> None:
    plan(database, "a", NOW)
    with database.reading() as session:
        (job,) = due_jobs.due(session, NOW)
    with database.transaction(NOW) as tx:
        due_jobs.failed(tx, job.id, "出错")
    assert run(database, job.id, later(30))
    with database.transaction(later(60)) as tx:
        assert not due_jobs.failed(tx, job.id, "迟到的错误")
    with database.reading() as session:
        assert due_jobs.given_up(session) == []


def test_two_workers_never_do_the_same_job(database: Database) -> None:
    for number in range(JOBS):
        plan(database, f"{number:02d}", later(number))
    with database.reading() as session:
        ids = [job.id for job in due_jobs.due(session, later(60))]

    def sweep(_: int) -> int:
        return sum(run(database, id_, later(60)) for id_ in ids)

    with ThreadPoolExecutor(WORKERS) as pool:
        assert sum(pool.map(sweep, range(WORKERS))) == JOBS
    with database.reading() as session:
        done = settings.read(session, "office", "done", [])
    assert done == [f"{number:02d}" for number in range(JOBS)]
