"""Findings, people and answers as rows, for tests of what finds them again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from storage import people
from storage.models.answers import Answer
from storage.models.findings import Finding
from storage.people import Listed
from tests.support.database import NOW, later

if TYPE_CHECKING:
    from storage.database import Database
    from storage.models.people import Person

OFFICE = "云北市人民检察院"


def make(database: Database, number: str, **more: Any) -> int:
    """Keep a finding and return its id."""
    fields: dict[str, Any] = {
        "office": OFFICE,
        "case_no": f"案{number}",
        "rule": "RS-01",
        "item": "审查逮捕期限",
        "state": "new",
        "hit_state": "due_soon",
        "release": "auto",
        "statutory": True,
        "severity": "high",
        "title": "期限",
        "fact": "事实",
        "plain_fact": "事实",
        "ask": "请核对",
        "made_at": NOW,
        "seen_on": NOW.date(),
    }
    with database.transaction(NOW) as tx:
        finding = Finding(number=number, **{**fields, **more})
        tx.session.add(finding)
        tx.session.flush()
        return finding.id


def staff(database: Database, *names: str, office: str = OFFICE) -> list[Person]:
    """Keep prosecutors of one department by their names."""
    with database.transaction(NOW) as tx:
        return people.keep(
            tx.session, office, [Listed(name, "一部", ("prosecutor",)) for name in names]
        )


def answered(database: Database, finding_id: int, person_id: int, **more: Any) -> int:
    """Keep an answer and return its id."""
    fields: dict[str, Any] = {
        "said_at": later(60),
        "intent": "ack",
        "standing": "recorded",
        "door": "telegram",
        "chat": "7",
        "message_id": 100,
    }
    with database.transaction(NOW) as tx:
        answer = Answer(finding_id=finding_id, person_id=person_id, **{**fields, **more})
        tx.session.add(answer)
        tx.session.flush()
        return answer.id
