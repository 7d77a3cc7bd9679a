"""Run a rule's own examples: does it say of each card what its author wrote?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.cards import Card, CardSet, ListedRow
from knowledge.fields import CASE_NO, PERSON_NO, registry
from knowledge.rules import patrol, syntax
from knowledge.rules.example_reader import REPORT
from knowledge.rules.nodes import nodes_of
from knowledge.rules.rule import DUE_NAMES, TermBody
from knowledge.rules.rule_words import STATE_WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from knowledge.calendar import Calendar
    from knowledge.cards import SheetKind, Value
    from knowledge.rules.model import Hit
    from knowledge.rules.rule import Example, Rule

EXAMPLE_CASE = "例检刑受[2026]990103000001号"
EXAMPLE_PERSON = "99010320260000101"


@dataclass(frozen=True)
class Failure:
    """An example a rule does not fulfil."""

    rule: Rule
    example: Example
    said: str

    def __str__(self) -> str:
        wanted = STATE_WORDS[self.example.expect]
        if self.example.due:
            wanted += f" {self.example.due}"
        return (
            f"{self.rule.file} 第 {self.example.line} 行，规则 {self.rule.id} 的例子"
            f"“{self.example.name}”：应为{wanted}，实为{self.said}"
        )


def run(rule: Rule, rules: Sequence[Rule], calendar: Calendar) -> list[Failure]:
    """Return the examples of a rule that fail; it rests on or gives way to some of `rules`."""
    asked = [rule, *_companions(rule, rules)]
    failures = []
    for example in rule.examples:
        said = _say(rule, example, asked, calendar)
        if said != _wanted(example):
            failures.append(Failure(rule, example, said))
    return failures


def _companions(rule: Rule, rules: Sequence[Rule]) -> list[Rule]:
    """Return the rules whose result another's depends on."""
    rests_on_due = bool(syntax.computed(*nodes_of(rule)) & DUE_NAMES)
    return [
        other
        for other in rules
        if other.id != rule.id
        # what an office must switch on first takes nothing from a rule that is on by itself
        and (rule.optional or not other.optional)
        and (
            other.id in rule.replaced_by
            or ((rests_on_due or rule.replaced_by) and _gives_due(other))
        )
    ]


def _gives_due(rule: Rule) -> bool:
    return isinstance(rule.body, TermBody) and rule.body.handling


def _wanted(example: Example) -> str:
    said = STATE_WORDS[example.expect]
    return f"{said} {example.due}" if example.due else said


def _say(rule: Rule, example: Example, rules: Sequence[Rule], calendar: Calendar) -> str:
    card = card_of(example.values)
    others = [
        card_of(each, place) for place, each in enumerate(example.others, 1) if REPORT not in each
    ]
    listed = [_listed(each) for each in example.others if REPORT in each]
    result = patrol.evaluate(
        CardSet((card, *others), tuple(listed)),
        rules,
        as_of=example.today,
        calendar=calendar,
        settings=example.settings,
        horizon=example.today,
    )
    own = [hit for hit in result.hits if hit.rule == rule.id and _is_of(hit, card)]
    if own:
        hit = own[0]
        due = f" {hit.due}" if hit.due and example.due else ""
        return f"{STATE_WORDS[hit.state]}{due}"
    key = (rule.id, card.case_no, card.person_no)
    return STATE_WORDS["unevaluated" if key in result.unevaluated else "silent"]


def _is_of(hit: Hit, card: Card) -> bool:
    return (hit.case_no, hit.person_no) == (card.case_no, card.person_no)


def _listed(values: Mapping[str, Value]) -> ListedRow:
    own = {name: value for name, value in values.items() if name != REPORT}
    kind: SheetKind = "error_list" if values[REPORT] == "问题通报" else "publication_list"
    return ListedRow(kind, str(own.get(CASE_NO) or EXAMPLE_CASE), own, "例")


def card_of(values: Mapping[str, Value], place: int = 0) -> Card:
    """Return an example's card; further cards are other persons of the same case unless told."""
    own = {name: value for name, value in values.items() if name != REPORT}
    case_no = own.get(CASE_NO) or EXAMPLE_CASE
    person_no = own.get(PERSON_NO) or f"{int(EXAMPLE_PERSON) + place}"
    fields = registry().fields
    return Card(
        case_no=str(case_no),
        person_no=str(person_no),
        values=own,
        headings={name: _heading(name, fields[name].aliases) for name in own},
    )


def _heading(name: str, aliases: tuple[str, ...]) -> str:
    return aliases[0] if name == "收到判决裁定日期" else name
