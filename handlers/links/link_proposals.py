"""Links proposed anew when texts or rules have changed; what lost its provision is known.

Texts are compared outside the transaction (`compare`), which only stores what was found
(`refresh`). A text that was replaced leaves no link as it was: each is proposed again, and until
it is confirmed again the alerts cite the rule's own provisions alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.findings import citations
from knowledge import fingerprints
from knowledge.laws import links, shelf
from storage import provision_links, settings
from storage.models.provision_links import ProvisionLink
from storage.provision_links import CONFIRMED, DECLINED, ORPHANED, PROPOSED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from knowledge.laws.links import Fate, Item, Proposal
    from knowledge.laws.model import OfficialText
    from knowledge.rules.rule import Rule
    from storage.session import Session
    from storage.transaction import Transaction

JOB = "link_proposals"
BASIS = "links_compared"


@dataclass(frozen=True)
class Compared:
    """What the imported texts say of the rules; `basis` tells texts and rules from others."""

    proposals: tuple[Proposal, ...] = ()
    stored: tuple[OfficialText, ...] = ()
    basis: str = ""


@dataclass(frozen=True)
class Refreshed:
    """What changed: new proposals, links to be confirmed again, links whose item is lost."""

    new: tuple[ProvisionLink, ...]
    again: tuple[ProvisionLink, ...]
    lost: tuple[ProvisionLink, ...]

    def __bool__(self) -> bool:
        return bool(self.new or self.again or self.lost)


NOTHING = Refreshed((), (), ())


def basis(home: Path | None, rules: Mapping[str, Rule]) -> str:
    """Return what tells whether texts or rules have changed since they were compared."""
    files = [
        (path.name, (state := path.stat()).st_mtime_ns, state.st_size)
        for path in (shelf.paths(home) if home else ())
    ]
    return fingerprints.of([files, sorted((one.id, one.digest) for one in rules.values())])


def is_compared(
    session: Session, office: str, home: Path | None, rules: Mapping[str, Rule]
) -> bool:
    """Tell whether the proposals rest on the texts and rules as they are now."""
    known: str = settings.read(session, office, BASIS, "")
    return known == basis(home, rules)


def compare(home: Path | None, rules: Mapping[str, Rule]) -> Compared:
    """Hold the rules against the texts of a home; no transaction may be open.

    Raises:
        KnowledgeError: a stored text cannot be read.
    """
    # the shipped rules bring the rules' language along: only who links pays for it
    from knowledge.rules.loader import load_catalogue  # noqa: PLC0415

    if home is None:
        return Compared(basis=basis(home, rules))
    stored = shelf.texts(home)
    shipped = load_catalogue().rules
    found = links.propose(list(rules.values()), shelf.current(stored), shipped=shipped)
    return Compared(tuple(found), tuple(stored), basis(home, rules))


def refresh(
    tx: Transaction, office: str, rules: Mapping[str, Rule], compared: Compared
) -> Refreshed:
    """Bring the links up to date with what was compared; every link that lapses is recorded."""
    proposals = {(one.rule, one.document): one for one in compared.proposals}
    known = {
        (one.rule, one.document): one for one in provision_links.everything(tx.session, office)
    }
    lapsed = [row for row in known.values() if row.standing == CONFIRMED and _lapses(row, compared)]
    for row in known.values():
        _bring_up_to_date(tx, row, proposals.get((row.rule, row.document)), compared, row in lapsed)
    new = [_added(tx, office, one) for key, one in proposals.items() if key not in known]
    found = Refreshed(
        tuple(new),
        tuple(row for row in lapsed if row.standing == PROPOSED),
        tuple(row for row in lapsed if row.fate not in links.KEEPS_ITS_WORDS),
    )
    settings.write(tx.session, office, BASIS, compared.basis)
    if found:
        _record(tx, compared, found, lapsed)
    citations.cite_anew(tx, office, rules, [row.rule for row in lapsed])
    return found


def _lapses(row: ProvisionLink, compared: Compared) -> bool:
    return _fate(row, compared)[0] is not None


def _fate(row: ProvisionLink, compared: Compared) -> tuple[Fate | None, Item | None]:
    known = links.Item(row.article or "", row.seen or "")
    return links.fate(row.document, row.version, known, compared.stored)


def _bring_up_to_date(
    tx: Transaction,
    row: ProvisionLink,
    proposal: Proposal | None,
    compared: Compared,
    lapses: bool,  # noqa: FBT001 - one private caller
) -> None:
    if lapses:
        _lapse(row, proposal, compared)
    elif row.standing == DECLINED:
        _offer_again(row, proposal)
    elif row.standing in {PROPOSED, ORPHANED}:
        if row.fate in links.KEEPS_ITS_WORDS and _fate(row, compared)[0] is None:
            return
        if proposal is not None:
            _take(row, proposal)
        elif row.fate is None:
            tx.session.delete(row)
        else:
            row.standing = ORPHANED


def _lapse(row: ProvisionLink, proposal: Proposal | None, compared: Compared) -> None:
    """A confirmed link whose text was replaced: proposed again, or an orphan."""
    fate, there = _fate(row, compared)
    row.before = {"article": row.article, "version": row.version}
    row.fate, row.standing, row.turn = fate, PROPOSED, row.turn + 1
    row.decided_at = row.decided_by = None
    candidates = list(proposal.candidates) if proposal else []
    if fate in links.KEEPS_ITS_WORDS and there is not None:
        candidates = [there, *(one for one in candidates if one != there)]
    elif there is not None and there not in candidates:
        candidates.append(there)
    if not candidates:
        row.standing, row.article, row.seen, row.candidates = ORPHANED, None, None, []
        return
    row.version = _version(row.document, compared)
    row.sure = fate in links.KEEPS_ITS_WORDS
    _put(row, candidates)


def _version(document: str, compared: Compared) -> str:
    current = shelf.current(list(compared.stored))
    return next(text.version for text in current if text.title == document)


def _offer_again(row: ProvisionLink, proposal: Proposal | None) -> None:
    """What was declined comes back only in a newer text, and only in other words."""
    if proposal is None or proposal.version == row.version:
        return
    declined = {seen for _, seen in row.candidates}
    if proposal.candidates[0].seen in declined:
        row.version = proposal.version
        return
    row.standing = PROPOSED
    _take(row, proposal)


def _take(row: ProvisionLink, proposal: Proposal) -> None:
    was = (row.standing, row.version, row.candidates)
    row.version, row.how, row.sure = proposal.version, proposal.how, proposal.sure
    row.standing = PROPOSED
    _put(row, proposal.candidates)
    if was != (row.standing, row.version, row.candidates):
        row.turn += 1


def _put(row: ProvisionLink, candidates: Sequence[Item]) -> None:
    row.candidates = [[one.article, one.seen] for one in candidates]
    row.article, row.seen = candidates[0].article, candidates[0].seen


def _added(tx: Transaction, office: str, proposal: Proposal) -> ProvisionLink:
    row = ProvisionLink(
        office=office, rule=proposal.rule, document=proposal.document, turn=0, fate=None
    )
    _take(row, proposal)
    tx.session.add(row)
    tx.session.flush()
    return row


def _record(
    tx: Transaction, compared: Compared, found: Refreshed, lapsed: Sequence[ProvisionLink]
) -> None:
    for row in lapsed:
        tx.record(
            "link_lapsed",
            f"rule:{row.rule}",
            actor="system",
            data={"document": row.document, "before": row.before, "fate": row.fate},
        )
    current = shelf.current(list(compared.stored))
    tx.record(
        "links_proposed",
        "links",
        actor="system",
        data={
            "texts": [[text.title, text.version] for text in current],
            "new": len(found.new),
            "again": len(found.again),
            "lost": len(found.lost),
        },
    )
