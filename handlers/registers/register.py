"""流程监控台账: one line a problem, as it stands now, made from the ledger and the texts beside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.counting import stories
from handlers.counting.dimensions import CLASSES
from handlers.counting.facts import DATE_CHANGED, ORDINARY
from handlers.counting.stories import CORRECTED, MANNERS
from handlers.documents.citing import cite_all
from handlers.documents.workbook import Column
from handlers.findings.states import INTENT_WORDS
from handlers.prompts.prompts import citation
from knowledge.business_lines import case_type_name

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from handlers.counting.facts import About, Facts, HandLook
    from handlers.counting.stories import Story
    from handlers.documents.workbook import Row
    from handlers.registers.shown import Shown
    from knowledge.business_lines import BusinessLines

COLUMNS = (
    Column("序号", 6),
    Column("监控日期", 11),
    Column("案件名称", 13),
    Column("部门受案号", 17),
    Column("案件类别", 10),
    Column("业务条线", 10),
    Column("承办部门", 9),
    Column("承办检察官", 8),
    Column("问题类别（大类/小类）", 13),
    Column("问题描述", 20),
    Column("规则编号/依据", 20),
    Column("严重程度", 7),
    Column("监控方式", 9),
    Column("文书编号", 12),
    Column("送达日期", 11),
    Column("应回复日期", 11),
    Column("实际回复日期", 11),
    Column("核查结果", 8),
    Column("整改情况（已整改/整改中/待整改）", 10),
    Column("整改完成日期", 11),
    Column("复核人", 8),
    Column("是否重复发生（首次编号）", 9),
    Column("是否移送评查", 11),
    Column("备注", 13),
)
DAY = 1
"""The place of the day that sheets are split by."""
GRAVE = "严重"
RECORDED = "仅记录"


def entries(facts: Facts) -> list[int]:
    """Return the entries whose texts the register needs."""
    worded = [seq for seqs in facts.worded.values() for seq in seqs]
    looks = [look.stamp.seq for look in facts.hand_looks if not look.sound]
    return [*worded, *looks, *facts.concluded.values()]


def cases(facts: Facts) -> set[str]:
    """Return the cases the register names."""
    return {act.about.case_no for act in facts.confirmed} | {
        look.case_no for look in facts.hand_looks
    }


def rows(facts: Facts, lines: BusinessLines, shown: Shown) -> list[Row]:
    """Return every confirmed problem, the oldest first, numbered anew each year."""
    told = [
        (one.confirmed.stamp, _row(facts, one, lines, shown))
        for one in stories.gather(facts).values()
        if not one.is_rejected
    ]
    told += [
        (look.stamp, _by_hand(look, lines, shown))
        for look in facts.hand_looks
        if not look.sound and not look.findings
    ]
    found: list[Row] = []
    years: dict[int, int] = {}
    for stamp, row in sorted(told, key=lambda pair: pair[0].seq):
        years[stamp.day.year] = years.get(stamp.day.year, 0) + 1
        found.append((years[stamp.day.year], *row))
    return found


def _row(facts: Facts, story: Story, lines: BusinessLines, shown: Shown) -> Row:
    about, notice = story.about, story.notice
    words = shown.words(facts.worded.get(about.problem, ()))
    return (
        story.confirmed.stamp.day,
        shown.case_name(words),
        shown.case_no(about.case_no),
        case_type_name(about.case_type),
        lines.of(about.case_type, about.department)[1],
        about.department or "",
        shown.prosecutor(words),
        f"{about.group or '未归类'}/{about.title}",
        shown.fact(words, about),
        provisions(about),
        about.severity,
        MANNERS.get(story.manner, RECORDED),
        papers(story),
        notice.received_on if notice else _prompted_on(story),
        notice.due if notice else None,
        _answered_on(story),
        _conclusion(facts, story, shown),
        story.standing,
        story.corrected_on,
        shown.person(story.reviewer),
        _repetition(about),
        flagged(facts, story),
        remarks(facts, about),
    )


def _by_hand(look: HandLook, lines: BusinessLines, shown: Shown) -> Row:
    words = shown.words([look.stamp.seq])
    nothing = (None,) * 4
    return (
        look.stamp.day,
        shown.case_name(words),
        shown.case_no(look.case_no),
        case_type_name(look.case_type),
        lines.of(look.case_type, look.department)[1],
        look.department or "",
        shown.prosecutor(words),
        look.source,
        shown.said(words),
        "",
        "",
        RECORDED,
        "",
        *nothing,
        stories.WAITING,
        None,
        shown.person(look.stamp.actor),
        "否",
        "否",
        look.source,
    )


def provisions(about: About) -> str:
    """Name rule and provisions: closed-before-accepted；《…》第六百六十四条."""
    cited = cite_all(citation(dict(one)) for one in about.provisions)
    return "；".join(part for part in (about.rule, cited) if part)


def papers(story: Story) -> str:
    """Name the notices, else the number under which it was prompted."""
    numbers = [one.number for one in story.notices if one.number]
    return "、".join(numbers) if numbers else story.about.problem.partition("#")[0]


def _prompted_on(story: Story) -> date | None:
    return story.prompts[-1].stamp.day if story.prompts else None


def _answered_on(story: Story) -> date | None:
    notice = story.notice
    if notice is not None:
        return notice.replied.day if notice.replied else None
    return story.answer.stamp.day if story.answer else None


def _conclusion(facts: Facts, story: Story, shown: Shown) -> str:
    """Say what the department held of it in its signed answer, else what the prosecutor answered.

    Until the head has signed, a form may be filled in and changed: that is no answer yet.
    """
    put = facts.concluded.get(story.about.problem)
    signed = story.notice.replied if story.notice else None
    if put is not None and signed is not None and put < signed.seq:
        return shown.words([put]).said or ""
    return intent_words(story.answer.how) if story.answer else ""


def intent_words(intent: str) -> str:
    """Say what an answer was for."""
    known: Mapping[str, str] = INTENT_WORDS  # type: ignore[assignment] # keys are words of answers
    return known.get(intent, intent)


def _repetition(about: About) -> str:
    return f"是（{about.first}）" if about.repeats else "否"


def flagged(facts: Facts, story: Story) -> str:
    """Say whether it went to 案件评查, or should and why (a proposal; the officer decides)."""
    decided = facts.evaluated.get(story.about.problem)
    if decided is not None:
        return "是" if decided else "否"
    why = reasons(facts, story)
    return f"建议（{'、'.join(why)}）" if why else "否"


def reasons(facts: Facts, story: Story) -> list[str]:
    """Return why a problem should go to 案件评查."""
    return [
        reason
        for holds, reason in (
            (story.about.severity == GRAVE or story.manner == stories.NOTICE_CHIEF, "情节严重"),
            (story.about.after_notice is not None, "通知后重复发生"),
            (_is_disputed(story), "异议未决"),
            (_class(facts, story.about) == DATE_CHANGED, "事后改期"),
        )
        if holds
    ]


def _is_disputed(story: Story) -> bool:
    return story.ending is None and any(
        one.given_up is None
        and not any(each.upheld or each.stage == "chief" for each in one.decisions)
        for one in story.objections
    )


def _class(facts: Facts, about: About) -> str:
    classes = facts.classed.get(about.problem, ())
    return classes[-1][1] if classes else ORDINARY


def remarks(facts: Facts, about: About) -> str:
    """Say what else one must know: 存量, 假性超期, 专项 and the like."""
    known = _class(facts, about)
    return "；".join(
        part
        for part in (
            "存量" if about.baseline else "",
            CLASSES.get(known, known) if known != ORDINARY else "",
            f"专项监控 {about.campaign}" if about.campaign else "",
            f"涉及{about.concerns}" if about.concerns else "",
            f"通知书 {about.after_notice} 后再次发生" if about.after_notice else "",
        )
        if part
    )


CODES: Mapping[str, Mapping[str, str]] = {
    "监控方式": MANNERS,
    "整改情况": {
        CORRECTED: "新的导出显示已纠正，或者经核实、复核认定已纠正",
        stories.RUNNING: "已答复，尚未核实",
        stories.WAITING: "尚未答复",
        stories.ACCEPTED: "采纳说明，不再提示，不计为整改",
    },
    "严重程度": {
        "轻微": "可以口头提示",
        "较重": "应当发送案件流程监控通知书",
        "严重": "发送通知书并同时向检察长报告",
    },
    "问题性质": {
        "假性超期": "已在期限内审结，只是有关栏目漏填或补录较晚",
        "事后改期": "提示之后日期有改动，须有文书佐证",
        "存量": "首次导入时已经存在，另行统计",
    },
    "是否移送评查": {"建议": "情节严重、通知后重复发生、异议未决或者事后改期，由专员决定"},
}
