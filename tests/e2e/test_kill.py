"""The office is killed at random moments of the reply flow; see the figure in ROUNDS."""

from __future__ import annotations

import random
import threading
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import httpx
import pytest

from storage import ledger
from storage.database import Database, sqlite_url
from tests.support.numbers import findings_in
from tests.support.running_office import office_as_process

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support.running_office import RunningOffice

# four of them, so that the workers of a test run share the 100 kills
ROUNDS = 25
_LONGEST_LIFE_SECONDS = 0.25


@dataclass
class Flow:
    """What people said, in the order of each chat; `doubtful` is what a kill may have cut off."""

    dice: random.Random
    said: dict[str, list[str]] = field(default_factory=dict)
    sent: dict[tuple[str, int], str] = field(default_factory=dict)
    doubtful: set[str] = field(default_factory=set)

    def speak(self, office: RunningOffice, items: dict[str, list[str]]) -> None:
        """Let somebody answer one of his items in words that were never said before."""
        name = self.dice.choice(sorted(items))
        number = len(self.sent) + len(self.doubtful)
        text = f"{self.dice.choice(items[name])} 说明：第{number}次核对，情况属实"
        try:
            message = office.say(name, text)
        except httpx.TransportError:
            self.doubtful.add(text)
            return
        self.said.setdefault(name, []).append(text)
        self.sent[name, message] = text


@contextmanager
def _dying(office: RunningOffice, seconds: float) -> Iterator[None]:
    """Kill the process in the middle of what follows, or right after it."""
    timer = threading.Timer(seconds, office.kill)
    timer.start()
    yield
    timer.join()


def _one_life(home: Path, flow: Flow, items: dict[str, list[str]]) -> None:
    with (
        office_as_process(home) as office,
        _dying(office, flow.dice.uniform(0.0, _LONGEST_LIFE_SECONDS)),
    ):
        for _ in range(flow.dice.randint(2, 8)):
            flow.speak(office, items)


def _items(office: RunningOffice) -> dict[str, list[str]]:
    office.go_to("2026-06-15T08:31:00+08:00")
    told = {name: office.heard(name) for name in office.people("prosecutor")}
    return {name: findings_in(heard[0]["text"]) for name, heard in told.items() if heard}


def _verify(home: Path) -> None:
    database = Database(sqlite_url(home / "fangyuan.db"))
    try:
        verdict = ledger.verify(database)
    finally:
        database.close()
    assert verdict.ok, verdict


@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_no_answer_is_lost_or_recorded_twice_over_random_kills(tmp_path: Path, seed: int) -> None:
    home = tmp_path / "home"
    flow = Flow(random.Random(seed))  # noqa: S311 - dice, no secret
    with office_as_process(home) as office:
        items = _items(office)
        office.kill()
    for _ in range(ROUNDS - 1):
        _one_life(home, flow, items)
        _verify(home)

    with office_as_process(home) as office:
        office.go_to("2026-06-15T10:00:00+08:00")
        entries = office.ledger()
        shown = {name: office.heard(name) for name in items}

    spoken = [entry for entry in entries if entry["act"] == "said"]
    recorded = Counter(
        entry["data"]["said_in"] for entry in entries if entry["act"] == "answer_recorded"
    )
    # every answer once, in the order it was said, and nothing but what was said
    for name, texts in flow.said.items():
        own = [e["text"] for e in spoken if e["data"]["message"] and e["text"] in set(texts)]
        assert own == texts, name
    counted = Counter(entry["text"] for entry in spoken)
    assert set(counted) <= {*flow.sent.values(), *flow.doubtful}
    assert set(counted.values()) == {1}
    assert {recorded[entry["sequence"]] for entry in spoken} == {1}
    # a confirmation may be missing where the kill made its fate unknown; it never comes twice
    for name, messages in shown.items():
        answered = Counter(
            one["reply_to_message_id"] for one in messages if one["reply_to_message_id"]
        )
        assert set(answered.values()) <= {1}, name
    _verify(home)
