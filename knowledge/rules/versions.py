"""Several dated versions of one rule, gathered under its id and told apart for a patrol.

The newest version stands for the rule and holds the `earlier` ones. The version in force on the day
of the fact applies: for a term the day it starts, for a check the day it looks at, else the as-of
day.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from knowledge import fingerprints
from knowledge.rules.faults import RuleFileError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from knowledge.rules.rule import Rule

_DAY = timedelta(days=1)


def gathered(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """Put the versions of each id under its newest, at the place of the first.

    Raises:
        RuleFileError: an id is used twice without dates, or versions overlap, leave a gap or do
            not follow each other in their file.
    """
    by_id: dict[str, list[Rule]] = {}
    for rule in rules:
        by_id.setdefault(rule.id, []).append(rule)
    return tuple(_one_rule(versions) for versions in by_id.values())


def over(known: Rule, own: Rule) -> Rule:
    """Return a shipped rule with an office's own of its id over it.

    Without a first day the own one takes its place; with one it is a new version, and the shipped
    one ends the day before.
    """
    first = own.versions[0].valid_from
    if first is None:
        return own
    kept = [_ended(one, first - _DAY) for one in known.versions if _begins(one) < first]
    return joined((*kept, *own.versions))


def joined(versions: Sequence[Rule]) -> Rule:
    """Return the newest version with the earlier ones under it, oldest first."""
    *earlier, newest = versions
    if not earlier:
        return newest
    digest = fingerprints.of([[one.digest, one.valid_from, one.valid_to] for one in versions])
    return replace(newest, earlier=tuple(earlier), digest=digest)


def span(rule: Rule) -> str:
    """Say from when to when a version is in force; empty where it always is."""
    first = f"自 {rule.valid_from} 起" if rule.valid_from else ""
    last = f"至 {rule.valid_to} 止" if rule.valid_to else ""
    return first + last


def apart(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """Return every version of every rule, each for itself."""
    return tuple(version for rule in rules for version in rule.versions)


def _begins(rule: Rule) -> date:
    return rule.valid_from or date.min


def _ended(rule: Rule, last: date) -> Rule:
    """End a version; of its examples those stay that it still decides."""
    if rule.valid_to is not None and rule.valid_to <= last:
        return rule
    examples = tuple(one for one in rule.examples if one.today <= last)
    return replace(rule, valid_to=last, examples=examples)


def _one_rule(versions: Sequence[Rule]) -> Rule:
    for one, other in pairwise(versions):
        if one.file == other.file and _begins(other) < _begins(one):
            raise _fault(
                other,
                f"编号“{other.id}”的版本应当从早到晚写，本版本比第 {one.line} 行的早，请移到它前面",
            )
    ordered = sorted(versions, key=_begins)
    for one, other in pairwise(ordered):
        _follow(one, other)
    return joined(ordered)


def _follow(one: Rule, other: Rule) -> None:
    """Refuse two versions that do not follow each other day on day."""
    place = f"{one.file} 第 {one.line} 行"
    if other.valid_from is None:
        raise _fault(
            other,
            f"编号“{other.id}”与 {place}重复；是新版本的请写 valid_from，并给旧版本写 valid_to",
        )
    before = other.valid_from - _DAY
    if one.valid_to is None or one.valid_to > before:
        raise _fault(
            other,
            f"编号“{other.id}”的有效期与 {place}的版本重叠，请给那个版本写 valid_to: {before}",
        )
    if one.valid_to < before:
        raise _fault(
            other,
            f"编号“{other.id}”与 {place}的版本之间没有接上，{one.valid_to + _DAY} 至 {before} "
            "没有有效的版本，请改 valid_from 或那个版本的 valid_to",
        )


def _fault(rule: Rule, reason: str) -> RuleFileError:
    return RuleFileError(rule.file, rule.line, reason)
