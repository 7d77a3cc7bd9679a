"""The rules in force: what is kept of their release, their refusal, and with each finding."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from typing import TYPE_CHECKING

from handlers import tell
from handlers.people.addressees import officers
from knowledge import fingerprints
from knowledge.precision import Measure
from knowledge.rules.rule import Rule
from storage import settings, snapshots

if TYPE_CHECKING:
    from handlers.desk import Desk
    from storage.transaction import Transaction

RELEASED, REFUSED = "rules_released", "rules_refused"
MOST_NAMED = 5
STILL = "仍按此前的规则巡查"


class RuleSet(Mapping[str, Rule]):
    """The rules in force by their ids, those the office switched off, and what it refused.

    `fault` says why the newest files are not in force, empty where they are; `only_shipped` that
    there was no earlier good set of the office's own to go on with.
    """

    fault: str = ""
    only_shipped: bool = False
    measure: Measure = Measure()

    @property
    @abstractmethod
    def off(self) -> tuple[Rule, ...]:
        """The rules the office switched off."""

    @property
    @abstractmethod
    def known(self) -> tuple[Rule, ...]:
        """Every rule there is, those that are off or optional too."""

    @property
    def refusal(self) -> str:
        """Say what is in force instead of files that are not, and why; empty where they are."""
        if not self.fault:
            return ""
        instead = "没有此前有效的一套，只按随附的规则巡查" if self.only_shipped else STILL
        return f"本院规则有误，未启用，{instead}。{self.fault}"


def known(desk: Desk) -> dict[str, Rule]:
    """Return every rule by its id, in force or not: a campaign may run any of them."""
    rules = desk.rules.known if isinstance(desk.rules, RuleSet) else desk.rules.values()
    return {rule.id: rule for rule in rules}


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
    note_refusal(tx, desk)


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


def note_refusal(tx: Transaction, desk: Desk) -> None:
    """Record that rule files were refused, and tell the officers what is in force instead; once."""
    refusal = desk.rules.refusal if isinstance(desk.rules, RuleSet) else ""
    if refusal == settings.read(tx.session, desk.office, REFUSED, ""):
        return
    settings.write(tx.session, desk.office, REFUSED, refusal)
    if not refusal or not isinstance(desk.rules, RuleSet):
        return
    entry = {
        "reason": desk.rules.fault,
        "kept": fingerprints.of_rules(desk.rules.values(), desk.settings),
        "only_shipped": desk.rules.only_shipped,
    }
    tx.record(REFUSED, "rules:own", actor="system", data=entry)
    for officer in officers(tx.session, desk.office):
        tell.say(tx, officer, "system", refusal, key=f"rules:{fingerprints.of(refusal)}:{tx.now}")
