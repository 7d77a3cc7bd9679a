"""Campaigns, clues and looks as rows, on both engines; their schema over data that was there."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from alembic import command
from sqlalchemy import inspect, select, text

from knowledge.cards import CardSet
from storage import campaigns, case_history, case_looks, cases, clues, findings, snapshots
from storage.migrations.runner import configuration
from storage.models.campaigns import Campaign, CampaignCase
from storage.models.case_looks import CaseLook, FindingPicture, ProblemDraft
from storage.models.clues import Clue
from storage.models.findings import Finding
from tests.storage.records import OFFICE, make, staff
from tests.support.database import NOW, later
from tests.support.office_cards import card

if TYPE_CHECKING:
    from collections.abc import Callable

    from storage.database import Database
    from storage.transaction import Transaction

NEW = {
    "campaigns",
    "campaign_cases",
    "campaign_findings",
    "case_looks",
    "clues",
    "finding_pictures",
    "problem_drafts",
}
STATES = ("unseen", "sound", "problem", "not_applicable", "unseen")


def campaign(tx: Transaction, author: int, **more: object) -> Campaign:
    made = Campaign(
        office=OFFICE,
        kind="free",
        title="专项",
        basis="受理",
        state="running",
        drafted_by=author,
        drafted_at=tx.now,
        **more,
    )
    tx.session.add(made)
    tx.session.flush()
    return made


def with_cases(database: Database) -> int:
    author = staff(database, "陆明远")[0].id
    with database.transaction(NOW) as tx:
        made = campaign(tx, author)
        for position, state in enumerate(STATES, 1):
            tx.session.add(
                CampaignCase(
                    campaign_id=made.id, position=position, case_no=f"案{position}", state=state
                )
            )
        return made.id


def test_progress_counts_the_cases_by_state(database: Database) -> None:
    id_ = with_cases(database)
    with database.reading() as session:
        progress = campaigns.progress(session, id_)
        assert (progress.unseen, progress.sound, progress.problem, progress.not_applicable) == (
            2,
            1,
            1,
            1,
        )
        assert (progress.seen, progress.all) == (3, 5)
        assert campaigns.progress(session, id_ + 1).all == 0


def test_findings_belong_to_a_campaign_and_its_case_once(database: Database) -> None:
    id_ = with_cases(database)
    made = make(database, "A01")
    with database.transaction(NOW) as tx:
        first, second = campaigns.cases(tx.session, id_)[:2]
        finding = findings.with_ids(tx.session, [made])[0]
        campaigns.link(tx.session, id_, first, finding, "rule")
        campaigns.link(tx.session, id_, second, finding, "looked")
        case_id = first.id
    with database.reading() as session:
        [one] = campaigns.belonging(session, id_)
        assert (one.finding.number, one.case_id, one.how) == ("A01", case_id, "rule")
        assert campaigns.belonging(session, id_, case_id=case_id + 1) == []


def test_eight_threads_number_forty_campaigns_and_clues_once_each(database: Database) -> None:
    author = staff(database, "陆明远")[0].id
    made = make(database, "A01")

    def one(_: int) -> None:
        with database.transaction(NOW) as tx:
            sequence = campaigns.next_sequence(tx.session, OFFICE, 2026)
            campaign(tx, author, year=2026, sequence=sequence, number=f"专项2026-{sequence}")
            place = clues.next_sequence(tx.session, OFFICE, 2026)
            tx.session.add(
                Clue(
                    office=OFFICE,
                    number=f"线索2026-{place}",
                    year=2026,
                    sequence=place,
                    finding_id=made,
                    body="公安机关",
                    line="捕诉",
                    department="一部",
                    state="forwarded",
                    forwarded_by=author,
                    forwarded_at=tx.now,
                )
            )

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(one, range(40)))
    with database.reading() as session:
        assert sorted(one or 0 for one in session.scalars(select(Campaign.sequence))) == list(
            range(1, 41)
        )
        assert sorted(session.scalars(select(Clue.sequence))) == list(range(1, 41))
        assert clues.next_sequence(session, OFFICE, 2027) == 1
        assert campaigns.next_sequence(session, "别院", 2026) == 1
        live = clues.in_states(session, OFFICE, clues.LIVE)
        assert [len(live), len(clues.in_states(session, OFFICE, ["settled"]))] == [40, 0]


def test_the_last_look_at_each_case_is_known(database: Database) -> None:
    person = staff(database, "陆明远")[0].id
    with database.transaction(NOW) as tx:
        for case_no, seconds in (("案1", 0), ("案1", 60), ("案2", 30)):
            tx.session.add(
                CaseLook(
                    office=OFFICE,
                    case_no=case_no,
                    looked_at=later(seconds),
                    looked_by=person,
                    sound=True,
                    source="人工个案",
                )
            )
    with database.reading() as session:
        assert case_looks.last_looks(session, OFFICE) == {"案1": later(60), "案2": later(30)}
        assert len(case_looks.of_case(session, OFFICE, "案1")) == 2


def test_drafts_and_pictures_are_found_again(database: Database) -> None:
    person = staff(database, "陆明远")[0].id
    made = make(database, "A01")
    with database.transaction(NOW) as tx:
        draft = ProblemDraft(
            office=OFFICE, person_id=person, case_no="案1", state="open", made_at=tx.now
        )
        tx.session.add(draft)
        for path in ("一", "二"):
            tx.session.add(
                FindingPicture(finding_id=made, path=path, added_at=tx.now, added_by=person)
            )
        tx.session.flush()
        id_ = draft.id
    with database.reading() as session:
        found = case_looks.draft(session, id_)
        assert found is not None
        assert found.pictures == []
        assert [one.path for one in case_looks.pictures(session, made)] == ["一", "二"]
        assert case_looks.draft(session, id_ + 1) is None


def test_what_was_recorded_of_a_case_is_gathered_across_tables(database: Database) -> None:
    first = make(database, "A01", case_no="案1")
    make(database, "A02", case_no="案1", state="closed", occurrence="2")
    make(database, "A03", case_no="案2")
    with database.reading() as session:
        found = case_history.findings(session, OFFICE, "案1")
        assert [one.number for one in found] == ["A01", "A02"]
        recorded = case_history.recorded(session, [first])
        kinds = (recorded.outcomes, recorded.prompts, recorded.answers, recorded.objections)
        assert [list(one) for one in (*kinds, recorded.notices)] == [[]] * 5


def test_findings_made_since_a_moment_come_with_the_closed_ones(database: Database) -> None:
    make(database, "A01", made_at=later(-3600))
    make(database, "A02", state="closed")
    with database.reading() as session:
        assert [one.number for one in findings.made_since(session, OFFICE, NOW)] == ["A02"]


def test_around_a_case_are_its_persons_in_other_cases(database: Database) -> None:
    one, other, stranger = card(1), card(2), card(3)
    same = type(other)(
        other.case_no, one.person_no, other.values, other.originals, other.headings, other.sources
    )

    with database.transaction(NOW) as tx:
        snapshots.replace_cards(tx.session, OFFICE, CardSet((one, same, stranger)))
    with database.reading() as session:
        found = cases.around(session, OFFICE, one.case_no)
        assert [card.case_no for card in found.cards] == [one.case_no, other.case_no]
        assert cases.around(session, OFFICE, "没有").cards == ()


def test_findings_that_were_there_before_came_from_the_patrol(
    empty_url: str, opened: Callable[[str], Database]
) -> None:
    database = opened(empty_url)
    with database.engine.begin() as connection:
        command.upgrade(configuration(connection), "0003")
        connection.execute(
            text(
                "INSERT INTO findings (office, number, case_no, person_no, rule, occurrence, item,"
                " state, hit_state, release, statutory, severity, title, certain, custody, fact,"
                " plain_fact, ask, steps, citations, fields, evidence, minor, to_head, baseline,"
                " shelved, made_at, seen_on, vanished, version) VALUES ('甲院', 'A01', '案1', '',"
                " '规则', '', '项', 'sent', 'overdue', 'auto', :yes, '较重', '期限', :yes, :no,"
                " '事实', '事实', '请核对', '[]', '[]', '{}', '{}', :no, :no, :no, :no,"
                " '2026-06-15 00:30:00', '2026-06-15', :no, 1)"
            ),
            {"yes": True, "no": False},
        )
        assert not NEW & set(inspect(connection).get_table_names())
    database.migrate()
    assert set(inspect(database.engine).get_table_names()) >= NEW
    with database.reading() as session:
        found = session.scalars(select(Finding)).one()
        assert (found.number, found.source, found.campaign, found.concerns) == (
            "A01",
            "规则巡查",
            None,
            None,
        )


def test_going_back_drops_the_tables_and_columns_only(database: Database) -> None:
    with database.engine.begin() as connection:
        command.downgrade(configuration(connection), "0003")
        left = set(inspect(connection).get_table_names())
        columns = {one["name"] for one in inspect(connection).get_columns("findings")}
        command.upgrade(configuration(connection), "head")
    assert not NEW & left
    assert not {"source", "campaign", "concerns"} & columns
    assert {"findings", "ledger", "people"} <= left
