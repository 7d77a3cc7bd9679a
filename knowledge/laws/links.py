"""Which item of an imported text says what a rule watches: proposals, and what became of a link."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from knowledge.laws import likeness, shelf

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from knowledge.laws.model import Article, OfficialText
    from knowledge.rules.rule import Rule

How = Literal["number", "words"]
Fate = Literal["same", "moved", "changed", "gone", "repealed", "removed"]
FATE_WORDS: Mapping[Fate, str] = {
    "same": "文本已更换，条文未变",
    "moved": "文本已更换，条文换了序号",
    "changed": "条文内容已变化",
    "gone": "条文已不存在",
    "repealed": "文本已废止",
    "removed": "文本已不在库中",
}
"""What became of the item a link was confirmed for."""
KEEPS_ITS_WORDS: frozenset[Fate] = frozenset({"same", "moved"})
MOST_CANDIDATES = 5


@dataclass(frozen=True)
class Item:
    """One article or numbered point by its label, and the hash of what it says."""

    article: str
    seen: str


@dataclass(frozen=True)
class Proposal:
    """What an imported text may say of a rule: the best item first.

    `sure`: it is cited by number, or its words fit this rule and no other rule better.
    """

    rule: str
    document: str
    version: str
    how: How
    sure: bool
    candidates: tuple[Item, ...]


def link_id(rule: str, document: str, article: str | None) -> str:
    """Return what is typed to confirm a link: the rule and four characters of the place."""
    place = hashlib.sha256(f"{document}{article}".encode()).hexdigest()
    return f"{rule}:{place[:4]}"


def item(article: Article) -> Item:
    """Return an article as it stands now."""
    return Item(article.label, hashlib.sha256(article.text.encode()).hexdigest()[:16])


def propose(
    rules: Sequence[Rule], texts: Sequence[OfficialText], *, shipped: Sequence[Rule]
) -> list[Proposal]:
    """Find for each rule what each text says of it.

    Args:
        rules: the rules of the office.
        texts: the texts in force.
        shipped: every shipped rule. A document that one of them cites is taken by number only:
            people have gone through it, and what a rule does not cite was left out on purpose. An
            item that fits a rule which is switched off is surely no other's either.
    """
    checked = {one.document for rule in shipped for one in rule.citations}
    wanted = {rule.id for rule in rules}
    among = (*rules, *(rule for rule in shipped if rule.id not in wanted))
    found: list[Proposal] = []
    for text in texts:
        found += _by_number(rules, text)
        if text.title not in checked:
            others = [rule for rule in among if not _cites(rule, text)]
            found += (one for one in _by_words(others, text) if one.rule in wanted)
    return found


def _cites(rule: Rule, text: OfficialText) -> bool:
    return any(one.document == text.title for one in rule.citations)


def _by_number(rules: Iterable[Rule], text: OfficialText) -> Iterator[Proposal]:
    there = {one.label: one for one in text.articles}
    for rule in rules:
        cited = dict.fromkeys(c.article for c in rule.citations if c.document == text.title)
        items = tuple(item(there[label]) for label in cited if label in there)
        if items:
            yield Proposal(rule.id, text.title, text.version, "number", sure=True, candidates=items)


def _by_words(rules: Sequence[Rule], text: OfficialText) -> Iterator[Proposal]:
    for found in likeness.match(rules, text.articles, most=MOST_CANDIDATES):
        items = tuple(item(one) for one in found.items)
        yield Proposal(
            found.rule.id, text.title, text.version, "words", sure=found.sure, candidates=items
        )


def fate(
    document: str, version: str, known: Item, stored: Sequence[OfficialText]
) -> tuple[Fate | None, Item | None]:
    """Say what became of a confirmed item, and where its words stand now.

    None and the item itself: the same text of the same version still says the same. `stored` are
    all texts of the home, older versions too.
    """
    text = next((one for one in shelf.current(list(stored)) if one.title == document), None)
    if text is None:
        repealed = document in shelf.repealed(stored)
        return ("repealed" if repealed else "removed"), None
    items = [item(one) for one in text.articles]
    there = next((one for one in items if one.article == known.article), None)
    if there is not None and there.seen == known.seen:
        return (None if text.version == version else "same"), there
    moved = [one for one in items if one.seen == known.seen]
    if len(moved) == 1:
        return "moved", moved[0]
    return ("gone", None) if there is None else ("changed", there)
