"""Build one rule from its entry in a catalogue file; nothing unknown or missing passes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge import fingerprints
from knowledge.fields import registry
from knowledge.rules import syntax
from knowledge.rules.example_reader import read_examples
from knowledge.rules.language import LISTED_TABLES, TABLES
from knowledge.rules.nodes import body_nodes
from knowledge.rules.rule import DUE_NAMES, CheckBody, Citation, Rule, TermBody, Wording
from knowledge.rules.rule_words import BODIES, LATE, RELEASES, SEVERITIES, STATES, STRENGTHS
from knowledge.rules.term_reader import read_term

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from knowledge.rules.entries import Entry
    from knowledge.rules.syntax import Node

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
_VERSION = re.compile(r"(?P<title>.+?)\((?P<version>\d{4})(?:修正|修订)?\)\Z")
_DATED = frozenset({"date", "datetime"})
ALL_TYPES = "全部"
JUVENILE = "未检"

_REQUIRED = ("id", "title", "requirement", "case_types", "severity", "provision", "ask", "examples")
_SHARED = (
    "applies_when", "needs", "uses", "only_if_present", "verify_when", "release", "statutory",
    "item", "to_head", "concerns", "raw", "replaced_by", "ask_late", "ask_over", "fact", "plain",
    "no", "avoid", "valid_from", "valid_to", "optional",
)  # fmt: skip
_TERM_KEYS = ("trigger", "also_triggered_by", "limit", "satisfied_by", "warning_days", "joins_term")
_CHECK_KEYS = ("trigger", "class", "condition", "in_order", "state", "due", "done", "setting")


@dataclass(frozen=True)
class Shelf:
    """What rules of a catalogue share: settings, lists of charges, warning days."""

    settings: Mapping[str, int | None]
    charge_lists: Mapping[str, frozenset[str]]
    warning_days: Mapping[str, int]


def read_rule(entry: Entry, group: str, shelf: Shelf) -> Rule:
    """Read a rule.

    Raises:
        RuleFileError: says what is wrong, with file and line.
    """
    is_term = "limit" in entry.node
    entry.allow(_REQUIRED, (*_SHARED, *(_TERM_KEYS if is_term else _CHECK_KEYS)))
    body = read_term(entry) if is_term else _check(entry)
    applies_when = entry.maybe_condition("applies_when")
    verify_when = entry.maybe_condition("verify_when")
    nodes = [*body_nodes(body), applies_when, verify_when]
    if is_term:
        _refuse_circle(entry, nodes)
    needs, uses = _needs(entry), entry.texts("uses")
    _check_columns(entry, nodes, needs, uses)
    settings = _settings(entry, body, nodes, shelf)
    charge_lists = _charge_lists(entry, nodes, shelf)
    warning_days = _warning_days(entry, shelf)
    valid_from, valid_to = _valid(entry)
    return Rule(
        id=_identity(entry),
        title=entry.text("title"),
        requirement=entry.text("requirement"),
        group=group,
        case_types=_case_types(entry),
        needs=needs,
        uses=uses,
        body=body,
        severity=entry.one_of("severity", SEVERITIES),
        citations=read_citations(entry),
        wording=_wording(entry),
        applies_when=applies_when,
        verify_when=verify_when,
        release=entry.one_of("release", RELEASES) if entry.has("release") else None,
        statutory=entry.flag("statutory", default=not settings),
        item=entry.maybe_text("item") or _identity(entry),
        to_head=entry.flag("to_head", default=False),
        concerns=entry.one_of("concerns", BODIES) if entry.has("concerns") else None,
        raw=entry.flag("raw", default=False),
        only_if_present=frozenset(entry.texts("only_if_present")),
        replaced_by=entry.texts("replaced_by"),
        settings=settings,
        charge_lists=charge_lists,
        warning_days=warning_days,
        joins_term=entry.flag("joins_term", default=False),
        number=entry.maybe_text("no"),
        avoid=entry.maybe_text("avoid"),
        valid_from=valid_from,
        valid_to=valid_to,
        optional=entry.flag("optional", default=False),
        digest=fingerprints.of_rule(entry.node, settings, charge_lists, warning_days),
        examples=read_examples(entry),
        reads=frozenset(column.name for column in syntax.columns(*nodes)),
        file=entry.file,
        line=entry.node.line,
    )


def _refuse_circle(entry: Entry, nodes: list[Node | None]) -> None:
    """A term cannot rest on the day that only the terms give."""
    own = syntax.computed(*nodes) & DUE_NAMES
    if own:
        named = "、".join(sorted(own))
        raise entry.fault(None, f"期限规则的条件用到“{named}”，而它正由期限规则算出（循环引用）")


def _valid(entry: Entry) -> tuple[date | None, date | None]:
    first, last = entry.maybe_day("valid_from"), entry.maybe_day("valid_to")
    if first and last and last < first:
        raise entry.fault("valid_to", "早于 valid_from，没有一天有效")
    return first, last


def _identity(entry: Entry) -> str:
    name = entry.text("id")
    if not _ID.match(name):
        raise entry.fault("id", f"“{name}”应当是小写英文、数字和连字符")
    return name


def _case_types(entry: Entry) -> tuple[str, ...]:
    known = {stage for each in registry().case_types.values() for stage in each.stages}
    stages = entry.texts("case_types")
    for stage in stages:
        if stage not in known | {ALL_TYPES, JUVENILE}:
            raise entry.fault("case_types", f"没有“{stage}”这一类")
    if not stages:
        raise entry.fault("case_types", "不能为空，全部案件写 [全部]")
    return stages


def _needs(entry: Entry) -> tuple[str, ...]:
    needs = entry.texts("needs")
    for name in (*needs, *entry.texts("uses"), *entry.texts("only_if_present")):
        table, dot, column = name.partition(".")
        if name not in LISTED_TABLES:
            entry.known("needs", column if dot and table in TABLES else name)
    return needs


def _check_columns(
    entry: Entry, nodes: list[Node | None], needs: tuple[str, ...], uses: tuple[str, ...]
) -> None:
    """A column that a condition reads must be told to be needed or only used."""
    told = {*needs, *uses}
    for column in syntax.columns(*nodes):
        name = f"{column.table}.{column.name}" if column.table else column.name
        if name not in told and not (column.table and column.name in told):
            raise entry.fault(None, f"条件用到“{name}”，needs、uses 里却没有写")


def read_citations(entry: Entry) -> tuple[Citation, ...]:
    """Return the provisions an entry rests on; there must be one."""
    provisions = entry.entries("provision")
    if not provisions:
        raise entry.fault("provision", "至少要写一条依据")
    return tuple(_citation(each) for each in provisions)


def _citation(entry: Entry) -> Citation:
    entry.allow(("document", "article"), ("paragraph", "strength"))
    named = entry.text("document")
    versioned = _VERSION.match(named)
    article = entry.text("article")
    if not (article.startswith("第") and "条" in article):
        raise entry.fault("article", f"“{article}”应当写成 第二百八十二条")
    return Citation(
        document=versioned["title"] if versioned else named,
        article=article,
        paragraph=entry.whole("paragraph") if entry.has("paragraph") else None,
        strength=entry.one_of("strength", STRENGTHS) if entry.has("strength") else "direct",
        version=versioned["version"] if versioned else "",
    )


def _wording(entry: Entry) -> Wording:
    return Wording(
        ask=entry.text("ask"),
        ask_late=entry.maybe_text("ask_late") or LATE,
        ask_over=entry.maybe_text("ask_over"),
        fact=entry.maybe_text("fact"),
        plain=entry.maybe_text("plain"),
    )


def _check(entry: Entry) -> CheckBody:
    if ("condition" in entry.node) == ("in_order" in entry.node):
        raise entry.fault(None, "要写 condition（有问题的情形）或 in_order（正常的情形），只写一样")
    if "condition" in entry.node:
        condition = entry.condition("condition")
    else:
        condition = syntax.Negation(entry.condition("in_order"))
    fact = None
    if entry.has("trigger"):
        trigger = entry.entry("trigger")
        trigger.allow(("fact", "field"), ())
        started = trigger.field("field")
        condition = syntax.Both((syntax.Blank(started, negated=True), condition))
        fact = started if registry().fields[started.name].type in _DATED else None
    done = entry.texts("done")
    for name in done:
        entry.known("done", name)
    return CheckBody(
        condition=condition,
        state=entry.one_of("state", STATES),
        due=entry.term("due") if entry.has("due") else None,
        done=tuple(syntax.Field(name) for name in done),
        check_class=entry.one_of("class", {"H": "H", "T": "T", "V": "V"}),
        fact=fact,
    )


def _settings(
    entry: Entry, body: TermBody | CheckBody, nodes: list[Node | None], shelf: Shelf
) -> dict[str, int | None]:
    names = list(syntax.settings(*nodes))
    if isinstance(body, TermBody) and body.setting:
        names.append(body.setting)
    if isinstance(body, CheckBody) and entry.has("setting"):
        names.append(entry.text("setting"))
    for name in names:
        if name not in shelf.settings:
            raise entry.fault(None, f"设置“{name}”没有在 settings.yaml 里列出")
    return {name: shelf.settings[name] for name in names}


def _charge_lists(
    entry: Entry, nodes: list[Node | None], shelf: Shelf
) -> dict[str, frozenset[str]]:
    lists: dict[str, frozenset[str]] = {}
    for node in nodes:
        for each in syntax.walk(node) if node is not None else ():
            if isinstance(each, syntax.ChargeClass):
                if each.list_name not in shelf.charge_lists:
                    raise entry.fault(
                        None, f"案由名单“{each.list_name}”没有在 settings.yaml 里列出"
                    )
                lists[each.list_name] = shelf.charge_lists[each.list_name]
    return lists


def _warning_days(entry: Entry, shelf: Shelf) -> dict[str, int]:
    if not entry.has("warning_days"):
        return dict(shelf.warning_days)
    own = entry.entry("warning_days")
    return dict(shelf.warning_days) | {stage: own.whole(stage) for stage in own.node}
