"""The open items of the person who writes, prepared for recognising them in a text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.case_numbers import parse
from knowledge.replies.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable

    from knowledge.replies.model import Context, OpenItem

_FIRM = re.compile(
    r"(?:^|(?<=[与和诉、]))([\u4e00-\u9fff]{2,8}?)(?:(?:有限|责任|股份)*公司|集团|合作社|厂)"
)


@dataclass(frozen=True)
class Entry:
    """One open item with what it can be called by."""

    index: int
    item: OpenItem
    word: str
    sequence: int | None
    core: str
    headline: str
    columns: frozenset[str]
    about: str
    parties: frozenset[str]

    @property
    def suspect(self) -> str | None:
        """The one person this finding is about, where that is known."""
        if self.item.suspect:
            return self.item.suspect
        return self.item.suspects[0] if len(self.item.suspects) == 1 else None


@dataclass(frozen=True)
class Agenda:
    """All open items, and those the quoted message is about."""

    context: Context
    entries: tuple[Entry, ...]
    quoted: frozenset[int]

    @property
    def everything(self) -> frozenset[int]:
        """All open items."""
        return frozenset(range(len(self.entries)))

    @property
    def scope(self) -> frozenset[int]:
        """The items a text speaks of that names none: those quoted, else all."""
        return self.quoted or self.everything

    def places(self, items: Iterable[int]) -> list[int]:
        """Return the places in the digest that some items stand at, in order, each once."""
        return sorted({self.entries[index].item.item for index in items})

    def at_place(self, place: int) -> frozenset[int]:
        """Return the items that stand at one place of the digest."""
        return frozenset(e.index for e in self.entries if e.item.item == place)


def prepare(context: Context) -> Agenda:
    """Return the items of a context in the form the recognisers need."""
    entries = tuple(_entry(index, item) for index, item in enumerate(context.items))
    quoted = frozenset(e.index for e in entries if e.item.finding in context.reply_to)
    return Agenda(context, entries, quoted)


def _entry(index: int, item: OpenItem) -> Entry:
    case = parse(item.case_no)
    columns = frozenset(item.fields) | {item.headings.get(name, name) for name in item.fields}
    headline = f"{item.title} {item.rule}"
    return Entry(
        index=index,
        item=item,
        word=case.word if case else "",
        sequence=int(case.sequence) if case else None,
        core=_core(item),
        headline=headline,
        columns=columns,
        about=" ".join((headline, *sorted(columns), item.case_type or "")),
        parties=_parties(item),
    )


def _core(item: OpenItem) -> str:
    """Return the name of the case without its persons: the charge or the matter."""
    core = item.case_name or ""
    for suspect in item.suspects:
        core = core.replace(suspect, "")
    return core.strip("、,，等 ").removesuffix("案")


def _parties(item: OpenItem) -> frozenset[str]:
    """Return the companies of a case, and what they are called for short: 宏图置业, 宏图."""
    firms = {name for name in _FIRM.findall(item.case_name or "") if "某" not in name}
    return frozenset(firms | {name[:2] for name in firms})


def topic_hits(agenda: Agenda, topic: str) -> tuple[frozenset[int], frozenset[int]]:
    """Return the items a topic touches anywhere, and those whose rule it names."""
    needles = vocabulary().topics[topic]
    touched = frozenset(e.index for e in agenda.entries if any(n in e.about for n in needles))
    named = frozenset(e.index for e in agenda.entries if any(n in e.headline for n in needles))
    return touched, named
