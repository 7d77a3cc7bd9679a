"""The reports that can be asked for in a chat, each from the facts to a text and a file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from handlers.counting import evaluation, proofs, statistics, summary
from handlers.counting.ranges import Range, month_of
from handlers.registers import books, daily_log, handouts, register, shown
from handlers.reports import campaign_papers, leader_month, training
from knowledge import chinese

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from handlers.counting.facts import Facts
    from handlers.counting.statistics import Statistics
    from handlers.desk import Clearance, Desk
    from storage.session import Session

    Offer = tuple[str, str, Mapping[str, object]]

MOST_LINES = 20
LEADERS = "leaders"
NEXT_STEP = "发送 /统计、/台账 可查看统计和台账。"


@dataclass(frozen=True)
class Asked:
    """What a report is made from: one state of the database, its facts, and what was asked."""

    session: Session
    desk: Desk
    facts: Facts
    data: Mapping[str, Any]
    clearance: Clearance

    @property
    def during(self) -> Range:
        """The range that was asked for."""
        data = self.data
        return Range(data["year"], data["month"], data["months"], self.desk.reports.month)

    def statistics(self) -> Statistics:
        """Count the range."""
        lines = self.desk.reports.lines
        return statistics.compute(self.facts, self.during, lines, office=self.desk.office)


@dataclass(frozen=True)
class Answer:
    """What is sent: a text, buttons as (label, act, data), a file in full and as a pointer."""

    text: str
    head: str
    buttons: tuple[Offer, ...] = ()
    book: bytes | None = None
    pointer: bytes | None = None
    name: str = ""
    ending: str = ".xlsx"


def of_range(during: Range) -> dict[str, object]:
    """Return a range as a button's data keep it."""
    return {"year": during.year, "month": during.month, "months": during.months}


def figures(asked: Asked) -> Answer:
    """统计 as a short text, with the ways on from there."""
    counted = asked.statistics()
    during = asked.during
    before = {1: "上月", 3: "上季度", 12: "上年"}[during.months]
    ago = {1: "去年同月", 3: "去年同季"}.get(during.months)
    ways: list[Offer] = [(before, "report_figures", of_range(during.before))]
    if ago:
        ways.append((ago, "report_figures", of_range(during.year_ago)))
    ways.append(("导出xlsx", "report_export", of_range(during)))
    ways.append(("查依据", "report_proof_menu", of_range(during)))
    text = f"{summary.short_table(counted)}\n{summary.sentence(counted)}"
    return Answer(text, counted.head, tuple(ways))


def figures_book(asked: Asked) -> Answer:
    """统计 as a workbook."""
    counted = asked.statistics()
    return Answer(
        summary.sentence(counted),
        counted.head,
        book=books.statistics_book(counted, "intranet"),
        pointer=books.statistics_book(counted, "internet"),
        name=f"{books.STATISTICS}（{counted.during.title}）",
    )


def log(asked: Asked) -> Answer:
    """日志 of a day: its lines as a text, the year's workbook up to it."""
    day = date.fromisoformat(asked.data["day"])
    known = shown.load(
        asked.session,
        asked.desk.office,
        asked.clearance,
        entries=daily_log.entries(asked.facts, day, day),
        cases=register.cases(asked.facts),
    )
    rows = daily_log.rows(asked.facts, known, day, day)
    lines = [
        f"流程监控日志 · {chinese.month_day(day)} {chinese.weekday(day)}",
        *daily_log.in_words(rows, MOST_LINES),
        NEXT_STEP,
    ]
    office = asked.desk.office

    def book(clearance: Clearance) -> bytes:
        return books.log_book(asked.session, asked.facts, clearance, office=office, day=day)

    return Answer(
        "\n".join(lines),
        asked.facts.head,
        book=book("intranet"),
        pointer=book("internet"),
        name=f"{books.LOG}（{day}）",
    )


def register_(asked: Asked) -> Answer:
    """台账 of a year, or of all years."""
    year = asked.data["year"]
    lines = asked.desk.reports.lines

    def book(clearance: Clearance) -> bytes:
        return books.register_book(
            asked.session, asked.facts, lines, clearance, office=asked.desk.office, year=year
        )

    title = f"{books.REGISTER}（{year}年）"
    return Answer(
        f"{title}，截至留痕流水头 {asked.facts.head}。",
        asked.facts.head,
        book=book("intranet"),
        pointer=book("internet"),
        name=title,
    )


def proof(asked: Asked) -> Answer:
    """What one figure counts: its cases, and their entries."""
    counted = asked.statistics()
    text = proofs.of_figure(
        asked.session,
        counted,
        str(asked.data["figure"]),
        asked.clearance,
        office=asked.desk.office,
    )
    return Answer(text, counted.head, (("返回统计", "report_figures", of_range(asked.during)),))


def entry(asked: Asked) -> Answer:
    """One entry, and which figures of its month count it."""
    number = int(asked.data["entry"])
    policy = asked.desk.reports
    during = month_of(proofs.day_of(asked.session, number), policy.month)
    counted = statistics.compute(asked.facts, during, policy.lines, office=asked.desk.office)
    text = proofs.of_entry(
        asked.session, counted, number, asked.clearance, office=asked.desk.office
    )
    return Answer(text, asked.facts.head, (("看这个月的统计", "report_figures", of_range(during)),))


def handout(asked: Asked) -> Answer:
    """The day's list per prosecutor, to be printed for those who are not bound."""
    day = date.fromisoformat(asked.data["day"])
    lists = handouts.gather(asked.session, asked.desk, day)
    office = asked.desk.office
    head = asked.facts.head
    if not lists:
        return Answer("没有未绑定人员的待办条目，无须打印。", head)
    return Answer(
        handouts.in_words(lists, day),
        head,
        book=handouts.book(lists, "intranet", day, office=office, head=head),
        pointer=handouts.book(lists, "internet", day, office=office, head=head),
        name=f"{handouts.TITLE}（{day}）",
    )


def leaders(asked: Asked) -> Answer:
    """The month for deputy and chief."""
    counted = asked.statistics()
    text = leader_month.write(counted, int(asked.data.get("waiting", 0)))
    return Answer(text, counted.head, (("看统计", "report_figures", of_range(counted.during)),))


def evaluations(asked: Asked) -> Answer:
    """What should go to 案件评查, with the officer's decisions."""
    found = evaluation.candidates(asked.facts)
    entries = [seq for one in found for seq in one.worded]
    cases = {one.story.about.case_no for one in found}
    office, day = asked.desk.office, date.fromisoformat(asked.data["day"])

    def seen(clearance: Clearance) -> shown.Shown:
        return shown.load(asked.session, office, clearance, entries=entries, cases=cases)

    def book(clearance: Clearance) -> bytes:
        head = asked.facts.head
        return evaluation.book(found, seen(clearance), office=office, day=day, head=head)

    return Answer(
        evaluation.in_words(found, seen(asked.clearance)),
        asked.facts.head,
        tuple(evaluation.offers(found)) if asked.data.get("may_decide") else (),
        book=book("intranet") if found else None,
        pointer=book("internet") if found else None,
        name=f"{evaluation.TITLE}（{day}）",
    )


def training_paper(asked: Asked) -> Answer:
    """A hand-out for a training, from the last month's problems or on a subject."""
    subject = training.subject_of(str(asked.data["subject"]))
    chosen = training.rules_for(subject, asked.facts, asked.during, asked.desk.rules)
    day = date.fromisoformat(asked.data["day"])

    def made(clearance: Clearance) -> bytes:
        return training.paper(
            subject,
            chosen,
            asked.during,
            clearance,
            office=asked.desk.office,
            day=day,
            head=asked.facts.head,
            templates=asked.desk.templates,
        )

    return Answer(
        training.in_words(subject, chosen),
        asked.facts.head,
        book=made("intranet") if chosen else None,
        pointer=made("internet") if chosen else None,
        name=f"{training.TITLE}（{subject}）",
        ending=".docx",
    )


def campaign(asked: Asked) -> Answer:
    """The report of a campaign as it stands now."""
    made = campaign_papers.make(
        asked.session,
        asked.desk,
        str(asked.data["campaign"]),
        day=date.fromisoformat(asked.data["day"]),
        head=asked.facts.head,
        drafter=str(asked.data["drafter"]),
    )
    return Answer(
        made.summary,
        asked.facts.head,
        book=made.full,
        pointer=made.pointer,
        name=made.name,
        ending=".docx",
    )


KINDS: Mapping[str, Callable[[Asked], Answer]] = {
    "figures": figures,
    "figures_book": figures_book,
    "log": log,
    "register": register_,
    "proof": proof,
    "entry": entry,
    "handout": handout,
    LEADERS: leaders,
    "training": training_paper,
    "evaluation": evaluations,
    "campaign": campaign,
}
