"""How cases, people and facts stand in a document: in full at home, as a pointer on the way.

Names come from the texts beside the ledger; what was erased reads 已按期清除. A document that
travels over an internet door holds no name, no fact and no whole number (design, point 16).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from handlers.words_beside import Words, read_words
from knowledge import case_numbers
from storage import ledger_stream, people

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from handlers.counting.facts import About
    from handlers.desk import Clearance
    from storage.session import Session

ERASED, HIDDEN, NOT_KEPT = "已按期清除", "请登录系统查看", "（未留存）"
WATCHER = "流程监控人员"
BY_ITSELF = "系统"


@dataclass(frozen=True)
class Shown:
    """Texts beside entries by number, people's names by the ledger's word for them, and tails."""

    clearance: Clearance
    texts: Mapping[int, str | None]
    names: Mapping[str, str]
    tails: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_full(self) -> bool:
        """Tell whether names may stand in the document."""
        return self.clearance == "intranet"

    def words(self, entries: Sequence[int], *, until: int | None = None) -> Words:
        """Return what lies beside some entries, the newest of each, up to an entry's number."""
        known: dict[str, str | None] = {}
        erased = False
        for seq in reversed([one for one in entries if until is None or one <= until]):
            if seq not in self.texts:
                continue
            text = self.texts[seq]
            erased = erased or text is None
            for key, value in vars(read_words(text)).items() if text else ():
                if value:
                    known.setdefault(key, value)
        said = ERASED if erased else None
        return Words(
            *(known.get(key) or said for key in ("case_name", "prosecutor", "fact", "said"))
        )

    def case_no(self, case_no: str) -> str:
        """Name a case by its number, or by the number's tail."""
        return case_no if self.is_full else self.tails.get(case_no, HIDDEN)

    def case_name(self, words: Words) -> str:
        """Name a case."""
        return (words.case_name or NOT_KEPT) if self.is_full else HIDDEN

    def prosecutor(self, words: Words) -> str:
        """Name who has the case."""
        return (words.prosecutor or "") if self.is_full else HIDDEN

    def fact(self, words: Words, about: About) -> str:
        """Say what is wrong; on the way only what may stand in a digest."""
        plain = about.fact or about.title
        return (words.fact or plain) if self.is_full else plain

    def said(self, words: Words) -> str:
        """Say what somebody wrote."""
        return (words.said or "") if self.is_full else HIDDEN

    def person(self, actor: str | None) -> str:
        """Name who did something."""
        if actor is None or not actor.startswith("person:"):
            return BY_ITSELF
        return self.names.get(actor, WATCHER) if self.is_full else WATCHER


def load(
    session: Session,
    office: str,
    clearance: Clearance,
    *,
    entries: Iterable[int],
    cases: Iterable[str],
) -> Shown:
    """Read the texts beside some entries, the people's names and the tails of some cases."""
    return Shown(
        clearance=clearance,
        texts=ledger_stream.beside(session, entries),
        names={f"person:{one.id}": one.name for one in people.everybody(session, office)},
        tails={} if clearance == "intranet" else case_numbers.tails(cases),
    )
