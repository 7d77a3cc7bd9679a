"""Imported lists of problems (网页预警, 数据校验管家) become findings, with their source kept."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers import tell
from handlers.findings import finding_life, rule_sets
from handlers.findings.finding_values import CardIndex
from handlers.imports.sources import LISTS, Source
from handlers.people.addressees import officers
from handlers.permissions import demand
from handlers.redraw import redraw
from knowledge import case_numbers
from knowledge.rules.model import Citation, Hit
from storage import findings as findings_table
from storage import settings, snapshots

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.desk import Desk
    from handlers.imports.sources import Word
    from handlers.press import Press
    from knowledge.cards import CardSet, ListedRow, Sheet
    from storage.transaction import Transaction

ERRORS = "error_list"
OFFERED = "problem_list_offered"
CHECKER_COLUMNS = ("规则编号", "冲突说明", "来源表")
ALERT = "预警"
WHAT = ("错误明细", "冲突说明", "备注")
MANAGEMENT = Citation(
    "人民检察院刑事诉讼规则", "第六百六十四条", strength="derived", version="2019"
)
"""What the case-management office watches over; a list names no provision of its own."""
MOST_CASES = 5


@dataclass(frozen=True)
class Standing:
    """The rows of the newest list against the cards: what is new, what is known, what fits none."""

    new: tuple[ListedRow, ...]
    known: int
    strangers: tuple[str, ...]

    @property
    def words(self) -> str:
        """The standing in a line or two."""
        cases = len({row.case_no for row in self.new})
        first = f"可以登记 {len(self.new)} 条（{cases} 件），此前已登记 {self.known} 条。"
        return "\n".join([first, *self.stranger_lines])

    @property
    def stranger_lines(self) -> list[str]:
        """The cases of the list that no card is of."""
        if not self.strangers:
            return []
        tails = [case_numbers.tail(one, self.strangers) for one in self.strangers[:MOST_CASES]]
        more = " 等" if len(self.strangers) > MOST_CASES else ""
        named = "、".join(tails)
        return [f"案卡中没有的案件 {len(self.strangers)} 件，不登记：{named}{more}。"]


def offer(tx: Transaction, desk: Desk, sheets: Sequence[Sheet], snapshot_id: int) -> None:
    """After an import with such a list ask the officers whose it is; nothing is registered yet."""
    lists = [sheet for sheet in sheets if sheet.kind == ERRORS]
    if not lists:
        return
    settings.write(tx.session, desk.office, OFFERED, snapshot_id)
    proposed = source_of(lists[0])
    standing = against_cards(tx, desk, proposed)
    names = "、".join(sheet.name for sheet in lists)
    rows = sum(sheet.rows_read for sheet in lists)
    for officer in officers(tx.session, desk.office):
        ordered = [proposed, *(one for one in LISTS if one != proposed)]
        pressable = [
            tell.button(
                tx,
                officer,
                one,
                "list_take",
                f"snapshot:{snapshot_id}",
                data={"snapshot": snapshot_id, "source": one},
            )
            for one in ordered
        ]
        leave = tell.button(
            tx, officer, "不登记", "list_leave", f"snapshot:{snapshot_id}",
            data={"snapshot": snapshot_id},
        )  # fmt: skip
        tell.say(
            tx,
            officer,
            "system",
            f"问题清单 {names}：{rows} 行。\n{standing.words}\n"
            "登记后进入待审，来源随问题保留。请选择来源（第一个为建议）：",
            buttons=(*tell.rows(pressable, per_row=3), (leave,)),
            key=f"list:{snapshot_id}:{officer.id}",
        )


def source_of(sheet: Sheet) -> Word:
    """Propose where a list is from, by its headings and its name."""
    checked = any(name in sheet.headings for name in CHECKER_COLUMNS)
    return "网页预警" if ALERT in sheet.name and not checked else "数据校验管家"


def against_cards(tx: Transaction, desk: Desk, source: Word) -> Standing:
    """Hold the newest list against the cards and the findings there are."""
    cards = snapshots.cards(tx.session, desk.office)
    listed = [row for row in cards.listed if row.kind == ERRORS and _what(row)]
    cases = {card.case_no for card in cards.cards}
    strangers = dict.fromkeys(row.case_no for row in listed if row.case_no not in cases)
    inside = [row for row in listed if row.case_no in cases]
    fresh = [row for row in inside if not _is_known(tx, desk, row, source)]
    # a list may say the same of a case twice
    once = {(row.case_no, _key(row)): row for row in fresh}
    return Standing(
        tuple(once.values()),
        len(inside) - len(fresh),
        tuple(strangers),
    )


def _is_known(tx: Transaction, desk: Desk, row: ListedRow, source: Word) -> bool:
    identity = (row.case_no, "", _rule(row, source), _key(row))
    return findings_table.by_identity(tx.session, desk.office, identity) is not None


def _what(row: ListedRow) -> str:
    found = [str(row.values[name]) for name in WHAT if row.values.get(name)]
    return found[0] if found else ""


def _key(row: ListedRow) -> str:
    return hashlib.sha256(_what(row).encode()).hexdigest()[:16]


def _rule(row: ListedRow, source: Word) -> str:
    """Return what stands as the rule: the checking tool's own number, where there is one."""
    number = row.values.get("规则编号")
    return f"list:{source}:{number}" if number else f"list:{source}"


def _hit(row: ListedRow, source: Word) -> Hit:
    name = row.values.get("规则名称") or row.values.get("通报批次")
    title = f"{source}：{name}" if name else f"{source}所列问题"
    what = _what(row)
    return Hit(
        rule=_rule(row, source),
        title=title,
        case_no=row.case_no,
        person_no=None,
        state="verify",
        release="review",
        statutory=True,
        severity="轻微",
        due=None,
        days_left=None,
        done=None,
        certain=True,
        occurrence=_key(row),
        item=f"{_rule(row, source)}:{_key(row)}",
        fact=f"{source}：{what}",
        plain_fact=f"{title}，请登录系统核对案卡",
        ask="请核对案卡，有误请更正，属实请说明",
        steps=(),
        citations=(MANAGEMENT,),
        fields={},
        evidence={"清单所列": what},
        group="案卡填录",
    )


def press_take(tx: Transaction, desk: Desk, press: Press) -> str:
    """Register the list's problems under the source that was tapped."""
    demand(press.person, "import")
    if said := _over(tx, desk, press):
        return said
    source: Word = press.row.data["source"]
    standing = against_cards(tx, desk, source)
    cards = snapshots.cards(tx.session, desk.office)
    made = _register(tx, desk, press, standing.new, source, cards)
    settings.write(tx.session, desk.office, OFFERED, None)
    tx.record(
        "list_registered",
        press.row.object,
        actor=f"person:{press.person.id}",
        data={
            "source": source,
            "made": made,
            "known": standing.known,
            "strangers": len(standing.strangers),
            "silent_as_accepted": len(standing.new) - len(made),
        },
    )
    said = f"已登记 {len(made)} 条，来源：{source}，发送 /待审 逐条处理"
    redraw(tx, press, "\n".join([f"{said}。", *standing.stranger_lines]), subjects=made)
    return said


def _register(
    tx: Transaction,
    desk: Desk,
    press: Press,
    rows: Sequence[ListedRow],
    source: Word,
    cards: CardSet,
) -> list[str]:
    index, basis = CardIndex(cards), rule_sets.basis(tx, desk, None)
    made = [
        finding_life.make(
            tx,
            desk.office,
            _hit(row, source),
            index,
            day=tx.now.date(),
            snapshot_id=None,
            baseline=False,
            basis=basis,
            source=Source(source),
            actor=f"person:{press.person.id}",
        )
        for row in rows
    ]
    return [one.number for one in made if one is not None]


def press_leave(tx: Transaction, desk: Desk, press: Press) -> str:
    """Do not register the list."""
    demand(press.person, "import")
    if said := _over(tx, desk, press):
        return said
    settings.write(tx.session, desk.office, OFFERED, None)
    tx.record("list_left", press.row.object, actor=f"person:{press.person.id}")
    redraw(tx, press, "已记录：这份问题清单不登记。")
    return "不登记"


def _over(tx: Transaction, desk: Desk, press: Press) -> str | None:
    """Say that a list was dealt with already, or that a newer one came."""
    offered = settings.read(tx.session, desk.office, OFFERED)
    if offered == press.row.data["snapshot"]:
        return None
    return "这份清单已处理，无需重复操作" if offered is None else "已有更新的问题清单，请用新的一份"
