"""What a changed rule set changes: findings that appear, vanish or say something else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from knowledge import chinese
from knowledge.rules.rule_words import RELEASE_WORDS, STATE_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from knowledge.rules.model import Hit, PatrolResult

Kind = Literal["appears", "vanishes", "changes"]
Key = tuple[str, ...]


@dataclass(frozen=True)
class Difference:
    """One thing a finding says otherwise under the new rules."""

    what: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """One finding that is not as it was; `hit` is the new one, the old one where it vanishes."""

    kind: Kind
    hit: Hit
    differences: tuple[Difference, ...] = ()


def compare(before: PatrolResult, after: PatrolResult) -> tuple[Change, ...]:
    """Compare two patrols of the same cards on the same day.

    A finding that begins on another day is the same one where the rule speaks once of the row.
    """
    old, new = _keyed(before), _keyed(after)
    pairs = [(old.pop(key), new.pop(key)) for key in list(old) if key in new]
    pairs += _moved(old, new)
    changed = [
        Change("changes", now, found) for was, now in pairs if (found := _differences(was, now))
    ]
    return (
        *(Change("appears", hit) for hit in new.values()),
        *(Change("vanishes", hit) for hit in old.values()),
        *changed,
    )


def _keyed(result: PatrolResult) -> dict[Key, Hit]:
    return {(*_row(hit), hit.occurrence): hit for hit in result.hits}


def _row(hit: Hit) -> Key:
    return (hit.rule, hit.case_no, hit.person_no or "")


def _moved(old: dict[Key, Hit], new: dict[Key, Hit]) -> list[tuple[Hit, Hit]]:
    """Take out the pairs of one row of which each side holds exactly one."""
    once_old, once_new = _only_ones(old), _only_ones(new)
    return [
        (old.pop(key), new.pop(once_new[row])) for row, key in once_old.items() if row in once_new
    ]


def _only_ones(hits: Mapping[Key, Hit]) -> dict[Key, Key]:
    rows: dict[Key, list[Key]] = {}
    for key in hits:
        rows.setdefault(key[:3], []).append(key)
    return {row: keys[0] for row, keys in rows.items() if len(keys) == 1}


def _differences(was: Hit, now: Hit) -> tuple[Difference, ...]:
    told = ((what, say(was), say(now)) for what, say in _ASPECTS.items())
    return tuple(Difference(what, old, new) for what, old, new in told if old != new)


def _cited(hit: Hit) -> str:
    return "、".join(
        chinese.short_citation(one.document, one.article, one.paragraph) for one in hit.citations
    )


_ASPECTS: Mapping[str, Callable[[Hit], str]] = {
    "状态": lambda hit: STATE_WORDS[hit.state],
    "届满日": lambda hit: str(hit.due or "无"),
    "起算日": lambda hit: hit.occurrence or "无",
    "放行": lambda hit: RELEASE_WORDS[hit.release],
    "程度": lambda hit: hit.severity,
    "标题": lambda hit: hit.title,
    "事实": lambda hit: hit.fact,
    "要求": lambda hit: hit.ask,
    "依据": _cited,
}
