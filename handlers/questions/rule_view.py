"""/规则: what one rule requires, on which provisions, and the asker's items under it."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from handlers import tell
from handlers.findings import citations
from handlers.questions import point_view, questions
from knowledge import chinese
from knowledge.search.model import Provision

if TYPE_CHECKING:
    from handlers.desk import Desk
    from handlers.incoming import Edited, Said
    from knowledge.rules.model import Rule
    from storage.models.people import Person
    from storage.transaction import Transaction

HOW = "请写明规则编号，例如：/规则 {example}。不知道编号可以直接提问。"
_SHOWN = 3


def command(tx: Transaction, desk: Desk, person: Person, event: Said | Edited, rest: str) -> None:
    """Show a rule by its id; an unknown one is asked back with the nearest."""
    asked = rest.strip()
    known = desk.rules.get(asked)
    rule = known.on(tx.now.date()) if known else None
    tx.record(
        "rule_asked",
        f"person:{person.id}",
        actor=f"person:{person.id}",
        data={"rule": rule.id if rule else None},
        text=asked,
    )
    if rule is None:
        _unknown(tx, desk, person, event, asked)
        return
    offered = [
        (tell.button(tx, person, f"全文 {_short(one)}", "full_text", f"point:{point.key}"),)
        for one in _provisions(tx, desk, rule)
        if (point := desk.search.provision(one)) is not None and point.full_text
    ]
    tell.answer(
        tx, event.origin, _text(tx, desk, person, rule), person=person, buttons=tuple(offered)
    )


def _text(tx: Transaction, desk: Desk, person: Person, rule: Rule) -> str:
    cited = [
        chinese.full_citation(one.document, one.article, one.paragraph)
        for one in _provisions(tx, desk, rule)
    ]
    lines = [f"{rule.title}（{rule.id}）", rule.requirement, f"依据：{'、'.join(cited)}"]
    mine = point_view.own_findings(tx, desk, person, frozenset({rule.id}))
    if mine:
        lines.append(f"您手上有 {len(mine)} 个相关问题，发送 /我的 查看。")
    return "\n".join(lines)


def _provisions(tx: Transaction, desk: Desk, rule: Rule) -> list[Provision]:
    """Return what a rule rests on, what an officer has linked first."""
    links = citations.linked(tx.session, desk.office).get(rule.id, ())
    return [
        Provision(one.document, one.article, one.paragraph)
        for one in citations.ordered(rule.citations, links)
    ]


def _unknown(tx: Transaction, desk: Desk, person: Person, event: Said | Edited, asked: str) -> None:
    if not asked:
        example = next(iter(desk.rules), "arrest-review-detained-7d")
        tell.answer(tx, event.origin, HOW.format(example=example), person=person)
        return
    near = difflib.get_close_matches(asked, list(desk.rules), n=_SHOWN, cutoff=0.5)
    if near:
        said = f"没有编号为“{asked[:40]}”的规则，相近的有：{'、'.join(near)}。"
        tell.answer(tx, event.origin, said, person=person)
        return
    questions.reply(tx, desk, person, event.origin, asked)


def _short(one: Provision) -> str:
    return chinese.short_citation(one.document, one.article, None)
