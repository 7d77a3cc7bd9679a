"""The office at work: from a home folder to everything a handler needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.config import ConfigError, load_if_there
from bot.home import Home
from bot.late_rules import LateRules
from bot.local import calendar_of
from bot.shelf import LateSearch
from handlers.counting.policy import ReportPolicy
from handlers.desk import Desk, Manners
from handlers.monitoring.monitoring_policy import MonitoringPolicy
from handlers.notices.notice_policy import NoticePolicy
from storage import people, snapshots
from storage.database import Database, sqlite_url
from storage.errors import BadAddressError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from bot.config import Config
    from knowledge.calendar import Calendar
    from knowledge.cards import Sheet
    from knowledge.rules.model import Rule
    from storage.models.people import Person
    from storage.transaction import Transaction

DOOR = "telegram"
UNNAMED = "本院"
"""The office of person reports that come in before any configuration or case list."""


@dataclass(frozen=True)
class Office:
    """An office with its database open and up to date; `config` is None where there is none."""

    name: str
    home: Home
    config: Config | None
    database: Database
    calendar: Calendar

    def desk(self, *, serving: bool = False) -> Desk:
        """Build what every handler has at hand; rules are read now, points when first asked.

        Args:
            serving: the bot runs: over bad rule files it goes on with the last good ones.

        Raises:
            RuleFileError, RuleSwitchError: the office's own rules or switches are wrong.
            MonitoringFileError: its own points, campaigns, focus areas or risks are.
            BusinessLinesError: its own groups and business lines are.
        """
        rules = self.rules(serving=serving)
        rules.values()
        desk = self._desk(rules)
        # read now: a mistake in the office's own files stops the start, not a working day
        _ = desk.plan, desk.reports.lines
        return desk

    def reading_desk(self) -> Desk:
        """Build a desk without rules, for what never patrols: with none, every finding is gone."""
        return self._desk({})

    def _desk(self, rules: Mapping[str, Rule]) -> Desk:
        config = self.config
        return Desk(
            office=self.name,
            calendar=self.calendar,
            rules=rules,
            search=LateSearch(self.home.root),
            doors={DOOR: config.door.clearance} if config else {},
            settings=config.settings if config else {},
            manners=self.manners(),
            exports=self.home.exports,
            files=self.home.files,
            archive=self.home.archive,
            templates=self.home.templates,
            notices=config.notices.policy() if config else NoticePolicy(),
            monitoring=config.monitoring.policy() if config else MonitoringPolicy(),
            own_plan=self.home.monitoring,
            reports=self.report_policy(),
            database=self.database,
            home=self.home.root,
        )

    def report_policy(self) -> ReportPolicy:
        """Return how this office counts."""
        own = self.home.business_lines
        if self.config is None:
            return ReportPolicy(own_lines=own)
        reports = self.config.reports
        return ReportPolicy(reports.month, reports.department_day, own)

    def rules(self, *, serving: bool = False) -> LateRules:
        """Return the rules in force, to be read when first needed."""
        config = self.config
        if config is None:
            return LateRules(self.home.rules, serving=serving)
        return LateRules(
            self.home.rules, config.rules.switches(), config.rules.measure(), serving=serving
        )

    def manners(self) -> Manners:
        """Return how this office wants to be spoken to."""
        return self.config.manners() if self.config else Manners()

    def close(self) -> None:
        """Give the database back."""
        self.database.close()


def open_office(
    root: Path, *, config: Config | None = None, sheets: Iterable[Sheet] = ()
) -> Office:
    """Open a home: its folders made, its database brought to the newest schema.

    Args:
        root: the home folder.
        config: used instead of the home's own configuration (the demo).
        sheets: name the office where neither a configuration nor an earlier import does.

    Raises:
        HomeUnusableError, ConfigError, StorageError: with the sentence for the person.
    """
    home = Home(root)
    config = config or load_if_there(root)
    home.make()
    database = open_database(home, config)
    return Office(
        name=_name(config, database, sheets),
        home=home,
        config=config,
        database=database,
        calendar=calendar_of(home, config),
    )


def open_database(home: Home, config: Config | None) -> Database:
    """Open and migrate the database a home uses.

    Raises:
        ConfigError: the configured address is none.
        StorageError: it cannot be opened.
    """
    address = (config.database if config else "") or sqlite_url(home.database)
    try:
        database = Database(address)
    except BadAddressError as error:
        raise ConfigError(
            home.config,
            "database",
            "不是可用的数据库地址（sqlite 请留空，或写 postgresql+psycopg://…）",
        ) from error
    database.migrate()
    return database


def keep_people(tx: Transaction, office: Office) -> list[Person]:
    """Make the people those of the configuration; without one nobody is touched."""
    if office.config is None:
        return list(people.everybody(tx.session, office.name))
    before = {one.id: _standing(one) for one in people.everybody(tx.session, office.name)}
    listed = [
        people.Listed(one.name, one.department, one.roles, one.aliases)
        for one in office.config.people
    ]
    kept = people.keep(tx.session, office.name, listed)
    for one in people.everybody(tx.session, office.name):
        if before.get(one.id) != _standing(one):
            tx.record(
                "person_kept",
                f"person:{one.id}",
                actor="config",
                data={"roles": list(one.roles), "active": one.active},
                text=f"{one.department}{one.name}",
            )
    return kept


def _standing(person: Person) -> tuple[object, ...]:
    return (tuple(person.roles), tuple(person.aliases), person.active)


def _name(config: Config | None, database: Database, sheets: Iterable[Sheet]) -> str:
    if config is not None:
        return config.office.name
    with database.reading() as session:
        stored = snapshots.newest_office(session) or people.first_office(session)
    return stored or named_most(sheets) or UNNAMED


def named_most(sheets: Iterable[Sheet]) -> str | None:
    """Return the office that most rows of some exports name."""
    counts: dict[str, int] = {}
    for sheet in sheets:
        for row in sheet.rows:
            name = row.values.get("承办单位")
            if name:
                counts[str(name)] = counts.get(str(name), 0) + 1
    return max(counts, key=lambda name: counts[name], default=None)
