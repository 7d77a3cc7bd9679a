"""Months of work by chance that fill every column of log and register, and their export."""

from __future__ import annotations

import json
import shutil
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from knowledge.rules.model import Citation
from storage import findings, ledger, ledger_export, people
from storage.database import Database, sqlite_url
from storage.ledger_export import Files
from tests.support.busy_months import AVOIDED, BusyMonths
from tests.support.counting_office import at_work, facts_of
from tests.support.office_desk import ZONE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from handlers.counting.facts import Facts
    from knowledge.cards import Card
    from knowledge.rules.model import Hit
    from knowledge.rules.rule import Body
    from storage.transaction import Transaction
    from tests.support.office_desk import OfficeAtWork

RULES_TEXT = "人民检察院刑事诉讼规则"
BASES = (
    (Citation(RULES_TEXT, "第六百六十四条"),),
    (Citation(RULES_TEXT, "第六百六十五条", 3), Citation("《中华人民共和国刑事诉讼法》", "九十一")),
    (Citation(RULES_TEXT, "105", 1), Citation(RULES_TEXT, "105", 1)),
    (Citation("中华人民共和国刑事诉讼法", "第二百八十二条之一"), Citation(RULES_TEXT, "第110条")),
    (),
)
BODIES: tuple[Body | None, ...] = ("公安机关", "人民法院", None, None, None)
UNBOUND = ("林知秋", "叶清和")
SOURCES = ("人工个案", "网页预警", "数据校验管家")


class WordyMonths(BusyMonths):
    """Busy months with provisions of all forms, 案件评查, and problems seen without a rule."""

    def __init__(self, office: OfficeAtWork, seed: int) -> None:
        super().__init__(office, seed)
        self.more = Random(seed + 1)  # noqa: S311 - a test's own history, not a secret

    def _hit(self, one: Card) -> Hit:
        found = super()._hit(one)
        if found.state == "overdue" and found.due is not None and self.more.random() < 0.3:
            found = replace(found, done=found.due + timedelta(days=1))
        concerns = self.more.choice(BODIES) if found.release == "review" else None
        return replace(found, citations=self.more.choice(BASES), concerns=concerns)

    def _act(self) -> None:
        super()._act()
        turn = self.more.random()
        if turn < 0.1:
            self._evaluate()
        elif turn < 0.2 and self.cards:
            self._see()
        elif turn < 0.6:
            self.more.choice(
                (self._answer, self._notice, self._pursue_notice, self._dispute, self._begin_reply)
            )()

    def _look_and_find(self) -> None:
        """Register what was seen under a point of the catalogue, as far as the choices lead."""
        phone = self.office["陆明远"]
        if self.cards:
            phone.say(f"/监控 {self.more.choice(list(self.cards))} 未附换押证")
        for _ in range(4):
            labels = [one for one in phone.last.buttons if not one.startswith((*AVOIDED, "全部"))]
            if "登记" in labels:
                phone.press("登记")
                return
            if not labels or "登记问题" not in phone.last.text:
                return
            phone.press(self.more.choice(labels))

    def _begin_reply(self) -> None:
        """Fill in a form that nobody may ever sign."""
        head = self.office["顾长青"]
        for label in ("收到", "逐条答复", self.more.choice(("属实", "部分属实", "不属实"))):
            self._press(head, label)

    def _evaluate(self) -> None:
        phone = self.office["陆明远"]
        phone.say("/评查")
        self.office.sweep()
        labels = [one for one in phone.last.buttons if one.endswith("移送")]
        if labels:
            phone.press(self.more.choice(labels))

    def _see(self) -> None:
        """Note what was seen in a case: of which no rule knows, or that became a finding."""
        one = self.more.choice(list(self.cards.values()))
        office = self.office.desk.office
        known = self.office.read(lambda session: findings.open_ones(session, office))
        numbers = [each.number for each in known if each.case_no == one.case_no]
        data: dict[str, Any] = {
            "campaign": None,
            "case_type": one.values["案件类别"],
            "department": one.values["承办部门"],
            "findings": numbers[:1] if self.more.random() < 0.4 else [],
            "sound": False,
            "source": self.more.choice(SOURCES),
        }
        words = {"case_name": one.values["案件名称"], "said": "换押证未附卷"}
        if one.values["承办检察官"]:
            words["prosecutor"] = one.values["承办检察官"]
        self.office.write(
            lambda tx: tx.record(
                "monitored_by_hand",
                f"case:{one.case_no}",
                actor=self.more.choice(("person:6", "person:7")),
                data=data,
                text=json.dumps(words, ensure_ascii=False),
            )
        )


def erase_some(office: OfficeAtWork, seed: int, share: float) -> None:
    """Erase the texts beside a share of the entries."""
    chance = Random(seed)  # noqa: S311 - a test's own history, not a secret
    beside = [one["seq"] for one in office.acts() if one["text_hash"] and chance.random() < share]
    office.write(
        lambda tx: [ledger.erase_text(tx, one, reason="期满", actor="system") for one in beside]
    )


def leave_phones(office: OfficeAtWork) -> None:
    """Let two prosecutors be bound no more."""

    def leave(tx: Transaction) -> None:
        for one in people.everybody(tx.session, office.desk.office):
            if one.name in UNBOUND:
                one.chat = None

    office.write(leave)


def people_of(office: OfficeAtWork) -> dict[str, str]:
    """The ledger's word for each person, and his name."""
    rows = office.read(lambda session: session.execute(text("select id, name from people")).all())
    return {f"person:{id_}": name for id_, name in rows}


def exported(office: OfficeAtWork, folder: Path) -> Path:
    """Export ledger and texts into a folder."""
    files = Files(folder / "ledger.jsonl", folder / "texts.jsonl")
    ledger_export.export(office.database, files, now=office.now, actor="operator")
    return folder


@dataclass(frozen=True)
class Lived:
    """An office after some months, what it exported, and people's names by the ledger's word."""

    office: OfficeAtWork
    facts: Facts
    folder: Path
    people: dict[str, str]


@contextmanager
def opened_copy(migrated_file: Path, folder: Path) -> Iterator[Database]:
    """Open a copy of an empty database in a folder."""
    shutil.copy(migrated_file, folder / "office.sqlite")
    database = Database(sqlite_url(folder / "office.sqlite"))
    yield database
    database.close()


@contextmanager
def lived(
    migrated_file: Path, folder: Path, seed: int, days: tuple[date, date], *, erased: float = 0
) -> Iterator[Lived]:
    """Let an office live from one day to another, erase a share of its texts, and export it."""
    begun = datetime(days[0].year, days[0].month, days[0].day, 8, 30, tzinfo=ZONE)
    with opened_copy(migrated_file, folder) as database:
        office = at_work(database, folder, begun)
        WordyMonths(office, seed).live(*days, acts_a_day=8)
        leave_phones(office)
        if erased:
            erase_some(office, seed, erased)
        yield Lived(office, facts_of(office), exported(office, folder), people_of(office))
