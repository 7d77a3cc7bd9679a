"""What an objection that was upheld teaches: an example of the rule, offered to the officer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handlers import tell
from handlers.people import addressees
from knowledge import card_json
from knowledge.fields import CASE_TYPE
from storage import cases
from storage import findings as findings_table
from storage import objections as table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.desk import Desk
    from handlers.press import Press
    from storage.models.findings import Finding
    from storage.models.prompts import Objection
    from storage.transaction import Transaction

SILENT = "不提示"
WHERE = "可粘贴到数据目录 rules/ 中该规则的 examples 下，改好规则后运行 fangyuan rules test。"


def of(tx: Transaction, desk: Desk, finding: Finding) -> dict[str, Any]:
    """State a finding's card as an example on which its rule should have been silent."""
    # rules bring their grammar along: who only reads answers can do without
    from knowledge.rules import example_text  # noqa: PLC0415

    columns = [CASE_TYPE, *_columns(desk, finding)]
    cards = [
        card_json.card_from(row.card)
        for row in cases.rows(tx.session, finding.office, [finding.case_no])
    ]
    own = next((one for one in cards if one.person_no == finding.person_no), None)
    own = own or (cards[0] if cards else None)
    values = own.values if own is not None else dict(finding.evidence)
    others = [example_text.card_of(one.values, columns) for one in cards if one is not own]
    return {
        "name": f"异议成立（{finding.number}）",
        "today": finding.seen_on.isoformat(),
        "card": example_text.card_of(values, columns),
        **({"others": others} if others else {}),
        "expect": SILENT,
    }


def _columns(desk: Desk, finding: Finding) -> tuple[str, ...]:
    rule = desk.rules.get(finding.rule)
    known = (*rule.needs, *rule.uses) if rule is not None else ()
    return (*known, *finding.evidence)


def offer(tx: Transaction, desk: Desk, objection: Objection) -> None:
    """Tell the officers that a rule has an example now; its values pass a cleared door only."""
    (finding,) = findings_table.with_ids(tx.session, [objection.finding_id])
    rule = finding.rule
    title = desk.rules[rule].title if rule in desk.rules else rule
    for officer in addressees.officers(tx.session, objection.office):
        shown = desk.clearance(officer.door or "") == "intranet"
        text = (
            f"异议成立，规则“{title}”（{rule}）留有一个例子：此案不应提示。"
            f"请考虑修改规则。命令行导出：fangyuan rules examples --rule {rule}"
        )
        data = {"objection": objection.id}
        button = tell.button(tx, officer, "查看例子", "rule_example", "rule", data=data)
        tell.say(tx, officer, "system", text, buttons=((button,),) if shown else ())


def press_show(tx: Transaction, desk: Desk, press: Press) -> str:
    """Show an example as it is pasted into a rule file; on a cleared door only."""
    objection = table.by_id(tx.session, int(press.row.data["objection"]))
    if objection is None or objection.example is None:
        return "没有留下例子"
    if desk.clearance(press.event.origin.door) != "intranet":
        return "案卡的值请在命令行查看：fangyuan rules examples"
    tell.answer(tx, press.event.origin, f"{text(objection.example)}{WHERE}", person=press.person)
    return "例子"


def text(example: Mapping[str, Any]) -> str:
    """Write an example as it stands in a rule file."""
    from knowledge.rules import example_text  # noqa: PLC0415

    return example_text.written([example])
