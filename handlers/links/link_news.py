"""What the officers hear after an import: links to confirm, and those that lost their provision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import tell
from handlers.people.addressees import officers
from knowledge import chinese
from knowledge.laws import links

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.links.link_proposals import Refreshed
    from knowledge.rules.rule import Rule
    from storage.models.people import Person
    from storage.models.provision_links import ProvisionLink
    from storage.transaction import Transaction

MOST_NAMED = 12


def announce(
    tx: Transaction,
    office: str,
    rules: Mapping[str, Rule],
    found: Refreshed,
    *,
    but: Person | None = None,
) -> None:
    """Tell the officers after an import what is proposed and what lost its provision.

    `but`: one who is shown it otherwise.
    """
    if not found:
        return
    text = "\n".join(lines(rules, found))
    for officer in officers(tx.session, office):
        if but is not None and officer.id == but.id:
            continue
        opened = tell.button(tx, officer, "核对引用", "command", "command", data={"text": "/引用"})
        tell.say(tx, officer, "system", text, buttons=((opened,),))


def lines(rules: Mapping[str, Rule], found: Refreshed) -> list[str]:
    """Say what changed: counts, then each link whose item is lost."""
    said = ["条文引用有更新。"]
    if found.new:
        sure = sum(one.sure for one in found.new)
        said.append(f"新的引用建议 {len(found.new)} 条，其中把握大的 {sure} 条。")
    if found.again:
        same = sum(one.fate in links.KEEPS_ITS_WORDS for one in found.again)
        said.append(
            f"文本已更换，须重新确认的引用 {len(found.again)} 条，其中条文未变的 {same} 条；"
            "确认以前只引用规则自带的依据。"
        )
    if found.lost:
        said.append(f"失去依据的引用 {len(found.lost)} 条：")
        said += [lost_line(rules, one) for one in found.lost[:MOST_NAMED]]
        if len(found.lost) > MOST_NAMED:
            said.append(f"另有 {len(found.lost) - MOST_NAMED} 条。")
    said.append("请发送 /引用 核对确认。")
    return said


def lost_line(rules: Mapping[str, Rule], row: ProvisionLink) -> str:
    """Say of one link what it was and why it holds no longer."""
    rule = rules.get(row.rule)
    before = row.before or {}
    place = chinese.short_citation(row.document, str(before.get("article") or ""))
    why = links.FATE_WORDS[row.fate] if row.fate else ""  # type: ignore[index]
    return f"{rule.title if rule else row.rule}：原引{place}，{why}"
