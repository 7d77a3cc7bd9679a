"""How alike a rule and an item of an official text are, by the pairs of characters they share.

A pair that few rules and items have tells more than one that many have. The weights and thresholds
were set on two invented texts (`tests/support/invented_points.py`) and are looked at again by the
officer, link by link.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.laws.model import Article
    from knowledge.rules.rule import Rule

PROPOSED, SURE, MARGIN = 0.5, 0.8, 0.05
"""From which likeness on an item is proposed and held to be sure, and how far ahead it must be."""
_ITEM_IN_RULE, _DUTY_IN_ITEM, _NO_DUTY = 0.5, 0.5, 0.25
_NOT_TEXT = re.compile(r"[^\u4e00-\u9fff0-9]")
_ONE_FORM = (("天", "日"), ("犯罪嫌疑人", "嫌疑人"))
_SAYS_NO_MORE = "案卡应当准确、完整；"
"""How the duty of a check of the card begins: it only repeats the rule's title."""


@dataclass(frozen=True)
class Match:
    """The items most like one rule, best first, and whether the best is surely its own."""

    rule: Rule
    items: tuple[Article, ...]
    sure: bool


def match(rules: Sequence[Rule], articles: Sequence[Article], *, most: int) -> list[Match]:
    """Return for each rule the items that may say its duty; rules nothing is like are left out."""
    table = _Table(rules, articles)
    ranked = [table.best_items(at, most) for at in range(len(rules))]
    leading = [table.best_rules(at) for at in range(len(articles))]
    found = []
    for at, (rule, best) in enumerate(zip(rules, ranked, strict=True)):
        if not best or table.likeness(at, best[0]) < PROPOSED:
            continue
        sure = table.is_ahead(at, best, leading[best[0]])
        found.append(Match(rule, tuple(articles[one] for one in best), sure))
    return found


class _Table:
    """The likeness of every rule to every item, computed once."""

    def __init__(self, rules: Sequence[Rule], articles: Sequence[Article]) -> None:
        titles = [_pairs(rule.title) for rule in rules]
        duties = [_pairs(_duty(rule)) for rule in rules]
        items = [_pairs("。".join((*one.headings[-1:], one.text))) for one in articles]
        seen = Counter(pair for one in items for pair in one)
        for title, duty in zip(titles, duties, strict=True):
            seen.update(title | duty)
        every = len(rules) + len(articles)
        self._weights = {pair: math.log(1 + every / (1 + many)) for pair, many in seen.items()}
        self._rows = [
            [self._alike(title, duty, item) for item in items]
            for title, duty in zip(titles, duties, strict=True)
        ]

    def _alike(self, title: frozenset[str], duty: frozenset[str], item: frozenset[str]) -> float:
        titled = self._share(title, item)
        said = _DUTY_IN_ITEM * self._share(duty, item) if duty else _NO_DUTY * titled
        return titled + _ITEM_IN_RULE * self._share(item, title | duty) + said

    def _share(self, part: frozenset[str], whole: frozenset[str]) -> float:
        total = sum(self._weights[pair] for pair in part)
        return sum(self._weights[pair] for pair in part & whole) / total if total else 0.0

    def likeness(self, rule: int, item: int) -> float:
        return self._rows[rule][item]

    def best_items(self, rule: int, most: int) -> list[int]:
        row = self._rows[rule]
        return sorted(range(len(row)), key=lambda item: -row[item])[:most]

    def best_rules(self, item: int) -> list[int]:
        ranked = sorted(range(len(self._rows)), key=lambda rule: -self._rows[rule][item])
        return ranked[:2]

    def is_ahead(self, rule: int, items: Sequence[int], rules: Sequence[int]) -> bool:
        """Tell whether rule and item are each other's best, and no other comes near."""
        score = self.likeness(rule, items[0])
        others = [self.likeness(rule, item) for item in items[1:2]]
        others += [self.likeness(other, items[0]) for other in rules if other != rule]
        return score >= SURE and all(score - other >= MARGIN for other in others)


def _duty(rule: Rule) -> str:
    return "" if rule.requirement.startswith(_SAYS_NO_MORE) else rule.requirement


def _pairs(text: str) -> frozenset[str]:
    for said, form in _ONE_FORM:
        text = text.replace(said, form)
    plain = _NOT_TEXT.sub("", text)
    return frozenset(plain[at : at + 2] for at in range(len(plain) - 1))
