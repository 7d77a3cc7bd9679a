"""The rules in force: what is kept of their release, their refusal, and with each finding."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from typing import TYPE_CHECKING

from handlers import tell
from handlers.addressees import officers
from knowledge import fingerprints
from knowledge.precision import Measure
from knowledge.rules.rule import Rule
from storage import settings, snapshots

if TYPE_CHECKING:
    from handlers.desk import Desk
    from storage.transaction import Transaction

RELEASED, REFUSED = "rules_released", "rules_refused"
MOST_NAMED = 5


class RuleSet(Mapping[str, Rule]):
    """The rules in force by their ids, those the office switched off, and what it refused.

    `fault` says why the newest files are not in force, empty where they are.
    """

    fault: str = ""
    measure: Measure = Measure()

    @property
    @abstractmethod
    def off(self) -> tuple[Rule, ...]:
        """The rules the office switched off."""


def basis(tx: Transaction, desk: Desk, snapshot_id: int | None) -> dict[str, str | None]:
    """Return the short hashes of what findings rest on: rule set, calendar, import."""
    files = snapshots.file_hashes(tx.session, desk.office, snapshot_id)
    return {
        "rules": fingerprints.of_rules(desk.rules.values(), desk.settings),
        "calendar": fingerprints.of_calendar(desk.calendar),
        "import": fingerprints.of_files(files) if files else None,
    }


def note(tx: Transaction, desk: Desk) -> None:
    """Record that another rule set is in force, or that one was refused; each once."""
    _note_release(tx, desk)
    _note_refusal(tx, desk)


def off_lines(desk: Desk) -> list[str]:
    """Name the rules the office switched off."""
    off = desk.rules.off if isinstance(desk.rules, RuleSet) else ()
    if not off:
        return []
    return [f"本院停用的规则 {len(off)} 条：{'、'.join(rule.title for rule in off)}。"]


def _note_release(tx: Transaction, desk: Desk) -> None:
    digest = fingerprints.of_rules(desk.rules.values(), desk.settings)
    before = settings.read(tx.session, desk.office, RELEASED, {})
    if before.get("hash") == digest:
        return
    now = {rule.id: rule.digest for rule in desk.rules.values()}
    known: dict[str, str] = before.get("rules", {})
    settings.write(tx.session, desk.office, RELEASED, {"hash": digest, "rules": now})
    tx.record(
        RELEASED,
        f"rules:{digest}",
        actor="system",
        data={
            "hash": digest,
            "before": before.get("hash"),
            "rules": len(now),
            "added": sorted(now.keys() - known.keys()) if known else [],
            "removed": sorted(known.keys() - now.keys()),
            "changed": sorted(id_ for id_ in now.keys() & known.keys() if now[id_] != known[id_]),
        },
    )


def _note_refusal(tx: Transaction, desk: Desk) -> None:
    fault = desk.rules.fault if isinstance(desk.rules, RuleSet) else ""
    if fault == settings.read(tx.session, desk.office, REFUSED, ""):
        return
    settings.write(tx.session, desk.office, REFUSED, fault)
    if not fault:
        return
    entry = {"reason": fault, "kept": fingerprints.of_rules(desk.rules.values(), desk.settings)}
    tx.record(REFUSED, "rules:own", actor="system", data=entry)
    text = f"本院规则有误，未启用，仍按此前的规则巡查。{fault}"
    for officer in officers(tx.session, desk.office):
        tell.say(tx, officer, "system", text, key=f"rules:{fingerprints.of(fault)}:{tx.now}")
