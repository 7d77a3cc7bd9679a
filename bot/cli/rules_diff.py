"""`fangyuan rules diff`: what another rule set changes on given exports, before it is released."""

from __future__ import annotations

import difflib
import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli import case_files
from bot.local import local_at
from knowledge.rule_switches import RuleSwitches
from knowledge.rules.change import compare
from knowledge.rules.faults import NoRuleFolderError, UnknownRuleError
from knowledge.rules.loader import SETTINGS, load_catalogue
from knowledge.rules.office_rules import as_far_as_known, load_office
from knowledge.rules.patrol import evaluate

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from bot.cli.case_files import GivenCards
    from bot.local import Local
    from knowledge.rules.change import Change
    from knowledge.rules.loader import Catalogue
    from knowledge.rules.model import PatrolResult
    from knowledge.rules.rule import Rule

SHIPPED, IN_FORCE = "shipped", "home"
KIND_WORDS = {"appears": "新出现", "vanishes": "不再提示", "changes": "有变化"}
NOBODY = "承办人为空"
Owners = dict[tuple[str, str | None], str]
Silent = dict[str, tuple[str, ...]]


def run(
    root: Path,
    files: Sequence[Path],
    names: tuple[str, str],
    day: date | None,
    today: date,
    *,
    tried: RuleSwitches,
    as_json: bool,
) -> None:
    """Print every finding that is not as it was, then the sums by rule and by person.

    Both sets speak as the office switched them; `tried` changes that for the new one.

    Raises:
        NoRuleFolderError, UnknownRuleError: a set, or a rule that is to be tried, is not there.
    """
    given, local = case_files.read(files, day, today), local_at(root)
    old, new = (_catalogue(name, local) for name in names)
    before = _patrol(as_far_as_known(old, local.switches).rules, given, local)
    after = _patrol(as_far_as_known(new, _trying(tried, local, new)).rules, given, local)
    changes = sorted(compare(before, after), key=lambda one: (one.hit.rule, one.hit.case_no))
    owners = {
        (card.case_no, card.person_no): card.text("承办检察官") or NOBODY
        for card in given.cards.cards
    }
    silent = _newly_silent(before, after)
    lines = _json_lines if as_json else _text_lines
    for line in lines(changes, owners, silent):
        print(line)


def _newly_silent(before: PatrolResult, after: PatrolResult) -> Silent:
    """Name the rules only the new set cannot evaluate: that they find nothing proves nothing."""
    names = after.not_evaluated.keys() - before.not_evaluated.keys()
    return {name: after.not_evaluated[name] for name in sorted(names)}


def _trying(tried: RuleSwitches, local: Local, catalogue: Catalogue) -> RuleSwitches:
    """Return the office's switches with those that are only tried over them."""
    known = catalogue.by_id()
    for name in sorted((tried.on | tried.off) - known.keys()):
        near = difflib.get_close_matches(name, list(known), n=1)
        raise UnknownRuleError(name, near[0] if near else None)
    office = local.switches
    return RuleSwitches(office.off - tried.on | tried.off, office.on - tried.off | tried.on)


def _catalogue(name: str, local: Local) -> Catalogue:
    """Return all rules of a set: the shipped one, the office's, or that of a folder.

    A folder without settings holds an office's own rules, to be read over the shipped ones.

    Raises:
        NoRuleFolderError: there is no such folder.
    """
    if name == SHIPPED:
        return load_catalogue()
    if name == IN_FORCE:
        return local.catalogue()
    folder = Path(name).resolve()
    if not folder.is_dir():
        raise NoRuleFolderError(name)
    whole = (folder / SETTINGS).exists()
    return load_catalogue(folder) if whole else load_office(folder)


def _patrol(rules: Sequence[Rule], given: GivenCards, local: Local) -> PatrolResult:
    calendar = local.calendar
    return evaluate(
        given.cards,
        rules,
        as_of=given.as_of,
        calendar=calendar,
        settings=local.settings,
        horizon=calendar.workday_after(calendar.workday_after(given.as_of)),
    )


def _owner(change: Change, owners: Owners) -> str:
    return owners.get((change.hit.case_no, change.hit.person_no), NOBODY)


def _by(names: Iterator[tuple[str, Change]]) -> dict[str, dict[str, int]]:
    counts: dict[str, Counter[str]] = {}
    for name, change in names:
        counts.setdefault(name, Counter())[change.kind] += 1
    return {name: dict(counts[name]) for name in sorted(counts)}


def _json_lines(changes: Sequence[Change], owners: Owners, silent: Silent) -> Iterator[str]:
    for change in changes:
        yield json.dumps(_described(change, owners), ensure_ascii=False)
    summary = {
        **{kind: sum(one.kind == kind for one in changes) for kind in KIND_WORDS},
        "by_rule": _by((one.hit.rule, one) for one in changes),
        "by_person": _by((_owner(one, owners), one) for one in changes),
        "not_evaluated": {name: list(missing) for name, missing in silent.items()},
    }
    yield json.dumps({"summary": summary}, ensure_ascii=False)


def _described(change: Change, owners: Owners) -> dict[str, object]:
    hit = change.hit
    return {
        "kind": change.kind,
        "rule": hit.rule,
        "case_no": hit.case_no,
        "person_no": hit.person_no,
        "prosecutor": _owner(change, owners),
        "state": hit.state,
        "due": hit.due.isoformat() if hit.due else None,
        "differences": {one.what: [one.before, one.after] for one in change.differences},
    }


def _text_lines(changes: Sequence[Change], owners: Owners, silent: Silent) -> Iterator[str]:
    for change in changes:
        hit = change.hit
        person = f" {hit.person_no}" if hit.person_no else ""
        yield f"{KIND_WORDS[change.kind]} {hit.rule} {hit.case_no}{person}：{hit.title}"
        if change.kind != "changes":
            yield f"    {hit.fact}"
        for one in change.differences:
            yield f"    {one.what}：{one.before} → {one.after}"
    if changes:
        titled = ((f"{one.hit.rule} {one.hit.title}", one) for one in changes)
        yield from _sums("按规则", _by(titled))
        yield from _sums("按承办人", _by((_owner(one, owners), one) for one in changes))
    else:
        yield "两套规则对这些案卡的结论完全相同。"
    for name, missing in silent.items():
        lacking = f"，导出表缺少 {'、'.join(missing)}" if missing else ""
        yield f"新的一套里没有评估 {name}{lacking}：看不出影响。"


def _sums(heading: str, sums: Mapping[str, Mapping[str, int]]) -> Iterator[str]:
    yield f"【{heading}】"
    for name, counts in sums.items():
        told = "，".join(f"{KIND_WORDS[kind]} {number} 条" for kind, number in counts.items())
        yield f"  {name}：{told}"
