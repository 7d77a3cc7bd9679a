"""案件评查: cases whose quality should be looked at; proposed here, decided by the officer.

Flow monitoring looks only at procedure; what goes further goes to 案件质量评查 (grave problems, the
same again after a notice, an objection nobody settled, a date changed after the prompt).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.counting import stories
from handlers.documents import workbook
from handlers.documents.workbook import Column, Table
from handlers.permissions import demand
from handlers.redraw import redraw
from handlers.registers import register
from knowledge.business_lines import case_type_name
from storage import findings as findings_table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from handlers.counting.facts import Facts
    from handlers.desk import Desk
    from handlers.press import Press
    from handlers.registers.shown import Shown
    from storage.transaction import Transaction

TITLE = "移送案件评查清单"
DECIDED = "evaluation_decided"
MOST_OFFERED = 8
NOTHING = "没有建议移送案件评查的问题。"
COLUMNS = (
    Column("编号", 10),
    Column("部门受案号", 36),
    Column("案件名称", 20),
    Column("案件类别", 14),
    Column("承办部门", 14),
    Column("承办检察官", 12),
    Column("问题", 30),
    Column("通知书文号", 20),
    Column("答复情况", 14),
    Column("理由", 24),
    Column("决定", 10),
    Column("确认日期", 12),
)


@dataclass(frozen=True)
class Candidate:
    """One problem that should go to 案件评查: why, and what was decided (None: nothing yet)."""

    story: stories.Story
    why: tuple[str, ...]
    sent: bool | None
    worded: tuple[int, ...] = ()
    """Beside which entries its names lie."""

    @property
    def number(self) -> str:
        """The finding's number."""
        return self.story.about.problem.partition("#")[0]

    @property
    def decision(self) -> str:
        """What was decided, in a word."""
        return {None: "待定", True: "已移送", False: "不移送"}[self.sent]


def candidates(facts: Facts) -> list[Candidate]:
    """Return what is proposed or decided, the oldest first."""
    found = []
    for problem, story in stories.gather(facts).items():
        why, sent = register.reasons(facts, story), facts.evaluated.get(problem)
        if not story.is_rejected and (why or sent):
            found.append(Candidate(story, tuple(why), sent, facts.worded.get(problem, ())))
    return found


def in_words(found: Sequence[Candidate], shown: Shown) -> str:
    """Say the list as a phone shows it, those without a decision first."""
    if not found:
        return NOTHING
    open_ones = [one for one in found if one.sent is None]
    lines = [
        f"{TITLE}：建议 {len(open_ones)} 条，已移送 {sum(bool(one.sent) for one in found)} 条。"
    ]
    for one in [*open_ones, *(each for each in found if each.sent)]:
        about = one.story.about
        reasons = "、".join(one.why) or "专员决定"
        lines.append(
            f"{one.number} {case_type_name(about.case_type)} {shown.case_no(about.case_no)}："
            f"{about.title}（{reasons}）{'' if one.sent is None else one.decision}"
        )
    return "\n".join(lines)


def offers(found: Sequence[Candidate]) -> list[tuple[str, str, dict[str, object]]]:
    """Return the buttons for what is not decided yet."""
    made: list[tuple[str, str, dict[str, object]]] = []
    for one in [each for each in found if each.sent is None][:MOST_OFFERED]:
        for label, sent in (("移送", True), ("不移送", False)):
            data: dict[str, object] = {"number": one.number, "sent": sent, "why": list(one.why)}
            made.append((f"{one.number} {label}", DECIDED, data))
    return made


def book(found: Sequence[Candidate], shown: Shown, *, office: str, day: date, head: str) -> bytes:
    """Write the list as a workbook; over an internet door nobody is named."""
    rows = tuple(_row(one, shown) for one in found)
    table = Table(
        TITLE, COLUMNS, rows, ("评查以案件质量评查的规定为准；本清单只是流程监控的建议。",)
    )
    return workbook.write([table], title=f"{office}{TITLE}（{day}）", ledger_head=head)


def press(tx: Transaction, desk: Desk, press_: Press) -> str:
    """Take the officer's decision; a second one replaces it, and both stand in the ledger."""
    data = press_.row.data
    number = str(data["number"])
    finding = findings_table.numbered(tx.session, desk.office, number)
    demand(press_.person, "decide_outcome", finding)
    sent = bool(data["sent"])
    tx.record(
        DECIDED,
        f"finding:{number}",
        actor=f"person:{press_.person.id}",
        data={"sent": sent, "why": data.get("why", [])},
    )
    said = f"{number} {'已记录：移送案件评查' if sent else '已记录：不移送'}"
    redraw(tx, press_, f"{said}。发送 /评查 查看清单。")
    return said


def _row(one: Candidate, shown: Shown) -> workbook.Row:
    about, notice = one.story.about, one.story.notice
    words = shown.words(one.worded)
    return (
        one.number,
        shown.case_no(about.case_no),
        shown.case_name(words),
        case_type_name(about.case_type),
        about.department or "",
        shown.prosecutor(words),
        about.title,
        (notice.number or "") if notice else "",
        one.story.standing,
        "、".join(one.why),
        one.decision,
        one.story.confirmed.stamp.day,
    )
