"""/建议: what should change, from the problems of the last months; a person's own, a head's too.

Facts and provisions only: nobody is compared with anybody (design, figures per person).
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

from handlers import tell
from handlers.digest import digest_text
from handlers.permissions import demand
from handlers.views import own_month
from storage import findings as findings_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.desk import Desk
    from handlers.incoming import Origin
    from storage.models.findings import Finding
    from storage.models.people import Person
    from storage.transaction import Transaction

DAYS = 92
MOST = 5
NOTHING = "近三个月没有需要改进的问题。"


def show(tx: Transaction, desk: Desk, person: Person, origin: Origin) -> None:
    """List what came up most often, what to do about it, and the provision."""
    demand(person, "see_own")
    since = tx.now - timedelta(days=DAYS)
    own = own_month.told_to(tx, desk.office, person, since=since)
    texts = [_text("改进建议（近三个月，您的案件，仅您可见）", desk, own)] if own else []
    if "head" in person.roles:
        told = findings_table.told_since(tx.session, desk.office, since)
        of_department = [one for one in told if one.department == person.department]
        texts.append(_text(f"改进建议（近三个月，{person.department}）", desk, of_department))
    for text in texts or [NOTHING]:
        tell.answer(tx, origin, text, person=person)


def _text(title: str, desk: Desk, told: Sequence[Finding]) -> str:
    problems = [one for one in told if _is_problem(one)]
    by_rule = Counter(rule for rule, _ in {(one.rule, one.case_no) for one in problems})
    if not by_rule:
        return f"{title}\n{NOTHING}"
    lines = [title]
    # the commonest first; equal ones by their title, so that the order says nothing else
    named = {one.rule: one for one in problems}
    order = sorted(by_rule, key=lambda rule: (-by_rule[rule], named[rule].title))
    for place, rule in enumerate(order[:MOST], 1):
        lines.append(f"{place}. {named[rule].title}：{by_rule[rule]} 件")
        lines.append(f"{digest_text.INDENT}{_advice(desk, named[rule])}")
        lines.append(f"{digest_text.INDENT}依据：{digest_text.citations(named[rule])}")
    if len(order) > MOST:
        lines.append(f"另有 {len(order) - MOST} 类，各一两件，不再列出。")
    return "\n".join(lines)


def _advice(desk: Desk, finding: Finding) -> str:
    """Say the duty in the rule's own words; a problem somebody saw himself has only its request."""
    rule = desk.rules.get(finding.rule)
    return rule.requirement if rule is not None else finding.ask


def _is_problem(finding: Finding) -> bool:
    is_ahead = finding.hit_state == "due_soon"
    return not is_ahead and not finding.baseline and finding.closed_as not in own_month.NO_PROBLEM
