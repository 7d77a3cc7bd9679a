"""The words of a digest: head, items, tail."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from handlers.digest.digest_parts import Piece, split
from handlers.findings import states, transfers
from handlers.findings.case_reference import reference
from handlers.findings.items import days_left, is_open_term
from handlers.people.addressees import TO_HEAD_WORDS
from knowledge import chinese

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from handlers.desk import Clearance
    from handlers.digest.digest_parts import Part
    from handlers.findings.items import Item
    from handlers.people.addressees import Why
    from storage.models.findings import Finding
    from storage.models.people import Person

INDENT = "    "
CLOSING = "请登录系统查看案件。直接回复本消息，或点条目编号。"
NO_NAMES = "请勿发送姓名、案情、图片。"
DAILY, SUPPLEMENT, MINE = "流程监控每日提示", "流程监控补充提示", "我的监控问题"


@dataclass(frozen=True)
class Contents:
    """What one person's digest holds on a day.

    `full` items stand with all their lines, `brief` ones take a line each, `answered` are counted.
    `closed` counts what was closed since the last digest. `data_day` is the newest export's day,
    `stale` tells that it is older than the office allows. `why` says for findings, by id, why they
    came to somebody else than their prosecutor. `month` says what became of this month's items.
    `on_leave` says for findings, by id, for whom the reader stands in (代周岚办理).
    """

    full: tuple[Item, ...]
    brief: tuple[Item, ...] = ()
    answered: int = 0
    closed: int = 0
    data_day: date | None = None
    stale: bool = False
    title: str = DAILY
    why: Mapping[int, Why] = field(default_factory=dict)
    month: str = ""
    on_leave: Mapping[int, str] = field(default_factory=dict)

    @property
    def items(self) -> tuple[Item, ...]:
        """All items in the order of their places."""
        return (*self.full, *self.brief)


def salutation(person: Person) -> str:
    """Return how a person is addressed."""
    if "prosecutor" in person.roles:
        return f"{person.name}检察官"
    return person.name


def write(
    contents: Contents, person: Person, *, today: date, clearance: Clearance, limit: int
) -> list[Part]:
    """Write a digest in one or more parts of at most `limit` characters."""
    cases = [finding for item in contents.items for finding in item.findings]
    month = f"\n{contents.month}" if contents.month else ""
    pieces = [Piece(f"{_title(contents, today)}\n{_summary(contents, person, today)}{month}")]
    for place, item in enumerate(contents.full):
        block = item_block(item, cases, clearance, today)
        why = TO_HEAD_WORDS.get(contents.why.get(item.lead.id, "prosecutor"))
        if why and item.lead.prosecutor:
            block += f"\n{INDENT}{why}"
        if answered := _answered_line(item.lead):
            block += f"\n{INDENT}{answered}"
        if item.lead.shown_on is None and (moved := transfers.note_line(item.lead)):
            block += f"\n{INDENT}{moved}"
        if on_leave := contents.on_leave.get(item.lead.id):
            block += f"\n{INDENT}{on_leave}"
        pieces.append(Piece(block, (item,), gap=place == 0))
    for item in contents.brief:
        on_leave = contents.on_leave.get(item.lead.id)
        text = _brief_line(item, cases, clearance, today)
        pieces.append(Piece(f"{text}（{on_leave}）" if on_leave else text, (item,)))
    pieces.append(Piece(_tail(contents, clearance)))
    return split(pieces, limit)


def _title(contents: Contents, today: date) -> str:
    data = (
        f"（数据截至{chinese.month_day(contents.data_day)}导出）"
        if contents.data_day is not None
        else "（尚无案卡数据）"
    )
    return f"{contents.title} · {chinese.month_day(today)} {chinese.weekday(today)}{data}"


def _summary(contents: Contents, person: Person, today: date) -> str:
    terms = [item.lead for item in contents.full if is_open_term(item.lead)]
    ahead = [left for left in (days_left(one, today) for one in terms) if left is not None]
    near = [left for left in ahead if left > 0]
    counts = [
        (sum(left < 0 for left in ahead), "条期限已届满"),
        (sum(left == 0 for left in ahead), "条期限今日届满"),
        (len(near), f"条期限{chinese.count(max(near, default=0))}天内届满"),
        (len(contents.full) - len(terms), "条待核对"),
        (len(contents.brief), "条此前已提示"),
    ]
    said = "，".join(f"{number} {words}" for number, words in counts if number)
    return f"{salutation(person)}：{said or '没有新的问题'}。"


def is_term(item: Item) -> bool:
    """Tell whether an item reads as 期限届满提示."""
    return is_open_term(item.lead) and item.lead.statutory


def is_seen(item: Item) -> bool:
    """Tell whether a person saw the problem: then it is no prompt that the bot sends of itself."""
    return item.lead.hit_state == "observed"


def kind_of(item: Item) -> str:
    """Name an item: what the bot sends of itself, or what a person saw and the officer released."""
    if is_seen(item):
        return "人工监控发现"
    return "期限届满提示" if is_term(item) else "数据核对提示"


def item_block(item: Item, cases: Sequence[Finding], clearance: Clearance, today: date) -> str:
    """Write one item: number, kind, case; fact; provision; what is asked."""
    lead = item.lead
    kind = kind_of(item)
    persons = len({finding.person_no for finding in item.findings if finding.person_no})
    several = f"（{persons}人）" if persons > 1 else ""
    lines = [f"{item.numbers} {kind} · {reference(lead, cases, clearance)}{several}"]
    said: list[str] = []
    for finding in item.findings:
        for line in finding_lines(finding, clearance, today):
            if line not in said:
                said.append(line)
    return "\n".join([*lines, *(INDENT + line for line in said)])


def finding_lines(finding: Finding, clearance: Clearance, today: date) -> list[str]:
    """Return fact, provision and question of one finding, one line each."""
    fact = finding.fact if clearance == "intranet" and not finding.minor else finding.plain_fact
    left = days_left(finding, today)
    if is_open_term(finding) and finding.seen_on != today and left is not None and finding.due:
        fact = f"{chinese.month_day(finding.due)}届满，{days_words(left)}"
    lines = [fact]
    if not finding.certain:
        lines.append("有关年度放假安排尚未公布，按较早日期提示")
    lines.append(f"依据：{citations(finding)}")
    if not finding.statutory:
        lines.append("期限为本院内部要求")
    lines.append(finding.ask)
    return lines


def days_words(left: int) -> str:
    """Say how many days are left, or how many it is over."""
    if left > 0:
        return f"还有{left}天"
    return "今日届满" if left == 0 else f"已届满{-left}天"


def citations(finding: Finding) -> str:
    """Cite a finding's provisions in the short form of the phone, a document's title once a run."""
    return chinese.short_citations(
        (one["document"], one["article"], one.get("paragraph")) for one in finding.citations
    )


def _answered_line(finding: Finding) -> str:
    """Say what became of an answer, so that nobody thinks it was lost."""
    return f"状态：{states.standing(finding)}" if finding.answered_at else ""


_BRIEF_STATES = {"acknowledged": "已知悉，待办理", "objected": "有异议，期限照常计算"}


def _brief_line(item: Item, cases: Sequence[Finding], clearance: Clearance, today: date) -> str:
    left = days_left(item.lead, today)
    end = f"，{days_words(left)}" if is_open_term(item.lead) and left is not None else ""
    state = _BRIEF_STATES.get(item.lead.state, "未答复")
    return f"{item.numbers} {state} · {reference(item.lead, cases, clearance)}{end}"


def _tail(contents: Contents, clearance: Clearance) -> str:
    lines = []
    if contents.answered:
        lines.append(f"另有 {contents.answered} 条已答复，待核实。")
    if contents.closed:
        lines.append(f"上次提示以来已销号 {contents.closed} 条。")
    if contents.stale:
        lines.append("案卡数据较旧，本次只提示期限，以系统为准。")
    lines.append(CLOSING + (NO_NAMES if clearance == "internet" else ""))
    return "\n".join(lines)
