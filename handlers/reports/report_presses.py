"""/月报, /部门报告, /季报, /年报, /报告: work reports asked for, and their buttons."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handlers import awaiting, tell
from handlers.counting import ranges
from handlers.people import addressees
from handlers.permissions import RefusedError, demand
from handlers.redraw import redraw
from handlers.reports import report_flow, report_papers, report_view
from knowledge import chinese
from knowledge.errors import UserFacingError
from storage import people, work_reports

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from handlers.awaiting import Given
    from handlers.counting.ranges import Range
    from handlers.desk import Desk
    from handlers.incoming import Edited, Said
    from handlers.press import Press
    from storage.models.people import Person
    from storage.models.work_reports import WorkReport
    from storage.transaction import Transaction

TYPED = "work_report_text"
RECEIPT = "work_report_receipt"
COUNTING = "正在生成{title}草稿，请稍候。"
ALREADY = "已有《{name}》（{state}）。"
_YEAR = re.compile(r"20\d{2}")
NONE_OPEN = "没有在办的报告。发送 /月报、/部门报告、/季报、/年报 可以起草。"


def monthly(tx: Transaction, desk: Desk, person: Person, event: Said | Edited, rest: str) -> None:
    """/月报 [6月]: the report on a month to the city office."""
    _begin(tx, desk, person, event, "monthly", lambda: _month(tx, desk, rest))


def quarterly(tx: Transaction, desk: Desk, person: Person, event: Said | Edited, rest: str) -> None:
    """/季报 [2026-06]: the quarter a month lies in, beside the quarter before."""

    def during() -> Range:
        month = _month(tx, desk, rest)
        return ranges.quarter_of(month.year, (month.month + 2) // 3, desk.reports.month)

    _begin(tx, desk, person, event, "quarterly", during)


def yearly(tx: Transaction, desk: Desk, person: Person, event: Said | Edited, rest: str) -> None:
    """/年报 [2026]: the report on a year."""

    def during() -> Range:
        text = rest.strip().removesuffix("年")
        year = int(text) if _YEAR.fullmatch(text) else _month(tx, desk, "").year
        return ranges.year_of(year, desk.reports.month)

    _begin(tx, desk, person, event, "yearly", during)


def departments(
    tx: Transaction, desk: Desk, person: Person, event: Said | Edited, rest: str
) -> None:
    """/部门报告 [6月]: a report for each department that has a head."""
    demand(person, "draft_report")
    heads = people.with_role(tx.session, desk.office, "head")
    named = list(dict.fromkeys(one.department for one in heads if one.department))
    if not named:
        tell.answer(tx, event.origin, "名册中没有部门负责人，没有可以送的部门。", person=person)
        return
    for department in named:
        _begin(
            tx,
            desk,
            person,
            event,
            "department",
            lambda: _month(tx, desk, rest),
            department=department,
        )


def listed(tx: Transaction, desk: Desk, person: Person, event: Said | Edited, rest: str) -> None:
    """/报告: what is on its way."""
    del rest
    demand(person, "draft_report")
    found = work_reports.in_states(tx.session, desk.office, work_reports.OPEN)
    if not found:
        tell.answer(tx, event.origin, NONE_OPEN, person=person)
        return
    text, buttons = report_view.listed(tx, person, found)
    tell.answer(tx, event.origin, text, person=person, buttons=buttons)


def _begin(
    tx: Transaction,
    desk: Desk,
    person: Person,
    event: Said | Edited,
    kind: str,
    read: Callable[[], Range],
    *,
    department: str = "",
) -> None:
    demand(person, "draft_report")
    try:
        during = read()
    except UserFacingError as refused:
        tell.answer(tx, event.origin, str(refused), person=person)
        return
    known = (during.year, during.month, during.months)
    found = work_reports.of_range(tx.session, desk.office, kind, known, department)
    if found is not None and found.words:
        text, buttons = _view(tx, person, found)
        already = ALREADY.format(name=found.name, state=report_flow.STATE_WORDS[found.state])
        tell.answer(tx, event.origin, f"{already}\n{text}", person=person, buttons=buttons)
        return
    report = found or report_flow.start(tx, desk, person, kind, during, department)
    report_papers.plan(tx, desk, report, report_papers.DRAFT, person)
    title = f"{during.title}{report_flow.KIND_WORDS[kind]}{department}"
    tell.answer(tx, event.origin, COUNTING.format(title=title), person=person)


def _month(tx: Transaction, desk: Desk, text: str) -> Range:
    if text.strip():
        during = ranges.read_range(text, tx.now.date(), desk.reports.month)
        if during.months != 1:
            raise ranges.NoRangeError(text)
        return during
    return ranges.last_full(tx.now.date(), desk.reports.month)


def _view(tx: Transaction, person: Person, report: WorkReport) -> tuple[str, tell.Rows]:
    """Show a report with the buttons of whose turn it is."""
    if report.state == "draft":
        return report_view.draft(tx, person, report)
    if report.state == "submitted" and person in report_flow.checkers(tx, report):
        return report_view.to_check(tx, person, report)
    if report.state == "checked" and person in report_flow.signers(tx, report):
        return report_view.to_check(tx, person, report)
    if report.state == "signed":
        return report_view.signed(tx, person, report)
    return report_view.text_of(report), ()


def _of(tx: Transaction, press: Press) -> WorkReport:
    report = work_reports.by_id(tx.session, int(press.row.data["report"]))
    if report is None:
        raise RefusedError("draft_report")
    return report


def _show(tx: Transaction, press: Press, report: WorkReport, said: str) -> str:
    text, buttons = _view(tx, press.person, report)
    redraw(tx, press, text, buttons=buttons)
    return said


def open_(tx: Transaction, desk: Desk, press: Press) -> str:
    """Show a report as it now stands."""
    del desk
    return _show(tx, press, _of(tx, press), "已打开")


def preview(tx: Transaction, desk: Desk, press: Press) -> str:
    """Have the paper made for reading."""
    report = _of(tx, press)
    _demand_reader(press.person)
    report_papers.plan(tx, desk, report, report_papers.PREVIEW, press.person)
    return "正在生成预览，请稍候"


def rewrite_menu(tx: Transaction, desk: Desk, press: Press) -> str:
    """Offer the paragraphs."""
    del desk
    report = _of(tx, press)
    demand(press.person, "draft_report")
    report_flow.demand_state(report, "draft")
    text, buttons = report_view.rewriting(tx, press.person, report)
    redraw(tx, press, text, buttons=buttons)
    return "请选择一段"


def rewrite(tx: Transaction, desk: Desk, press: Press) -> str:
    """Ask for a paragraph's new words."""
    del desk
    report = _of(tx, press)
    demand(press.person, "draft_report")
    report_flow.demand_state(report, "draft")
    place = str(press.row.data["place"])
    now = next((text for key, _, text in report_view.paragraphs(report) if key == place), "")
    awaiting.ask(
        tx,
        press.person,
        press.event.origin,
        TYPED,
        press.row.object,
        question=f"现在写的是：\n{now}\n请发送新的内容；发送“恢复”用回自动生成的文字。",
        data={"report": report.id, "place": place},
    )
    return "请发送新的内容"


def take(tx: Transaction, desk: Desk, given: Given) -> str:
    """Take a paragraph's new words."""
    del desk
    report = work_reports.by_id(tx.session, int(given.data["report"]))
    if report is None:
        return "报告已不在"
    text = "" if given.text.strip() == "恢复" else given.text.strip()
    report_flow.rewrite(tx, given.person, report, str(given.data["place"]), text)
    said, buttons = report_view.draft(tx, given.person, report)
    tell.answer(tx, given.origin, said, person=given.person, buttons=buttons)
    return ""


def submit(tx: Transaction, desk: Desk, press: Press) -> str:
    """Hand the draft on."""
    report = _of(tx, press)
    chosen = report_flow.submit(tx, desk, press.person, report)
    if not chosen:
        report_papers.plan(tx, desk, report, report_papers.SIGNED, press.person)
        return _show(tx, press, report, "已签发，正在生成文书")
    _ask_others(tx, report, chosen)
    names = "、".join(one.name for one in chosen)
    return _show(tx, press, report, f"已送{names}审核")


def pass_(tx: Transaction, desk: Desk, press: Press) -> str:
    """Check or sign, as the report's state has it."""
    report = _of(tx, press)
    if report.state == "checked":
        report_flow.sign(tx, press.person, report)
        report_papers.plan(tx, desk, report, report_papers.SIGNED, press.person)
        return _show(tx, press, report, "已签发，正在归档")
    signing = report_flow.check(tx, desk, press.person, report)
    if report.state == "signed":
        report_papers.plan(tx, desk, report, report_papers.SIGNED, press.person)
        return _show(tx, press, report, f"已审核，正在发给{report.department}负责人")
    _ask_others(tx, report, signing)
    return _show(tx, press, report, "已审核，送分管副检察长签发")


def return_menu(tx: Transaction, desk: Desk, press: Press) -> str:
    """Offer the reasons for giving a report back."""
    del desk
    report = _of(tx, press)
    report_flow.demand_state(report, "submitted", "checked")
    text, buttons = report_view.returning(tx, press.person, report)
    redraw(tx, press, text, buttons=buttons)
    return "请选择理由"


def return_(tx: Transaction, desk: Desk, press: Press) -> str:
    """Give a report back; its author is told why."""
    del desk
    report, reason = _of(tx, press), str(press.row.data["reason"])
    report_flow.give_back(tx, press.person, report, reason)
    author = addressees.author(tx.session, report.drafted_by)
    if author is not None:
        text, buttons = report_view.draft(tx, author, report)
        tell.say(tx, author, "system", f"已退回：{reason}。\n{text}", buttons=buttons)
    return _show_plain(tx, press, f"《{report.name}》已退回：{reason}。", "已退回")


def discard(tx: Transaction, desk: Desk, press: Press) -> str:
    """Take a draft back."""
    del desk
    report = _of(tx, press)
    report_flow.discard(tx, press.person, report)
    return _show_plain(tx, press, f"《{report.name}》草稿已撤销。", "已撤销")


def filed(tx: Transaction, desk: Desk, press: Press) -> str:
    """Note the filing with today's date, and ask for the receipt; the day noted first holds."""
    del desk
    report = _of(tx, press)
    demand(press.person, "draft_report")
    if report.filed_on is None:
        report_flow.file(tx, press.person, report, tx.now.date(), "")
        said, asked = "已登记报送", "已登记今天报送。"
    else:
        said = f"已于{chinese.month_day(report.filed_on)}登记报送，可以补充上级回执"
        asked = f"{said}。"
    awaiting.ask(
        tx,
        press.person,
        press.event.origin,
        RECEIPT,
        press.row.object,
        question=f"{asked}请发送上级回执（文号、接收人或日期）。",
        data={"report": report.id},
    )
    return said


def take_receipt(tx: Transaction, desk: Desk, given: Given) -> str:
    """Take what the city office answered."""
    del desk
    report = work_reports.by_id(tx.session, int(given.data["report"]))
    if report is None:
        return "报告已不在"
    day = report.filed_on or tx.now.date()
    report_flow.file(tx, given.person, report, day, given.text.strip())
    return f"《{report.name}》报送回执已登记（流水第 {given.entry} 号）。"


def _ask_others(tx: Transaction, report: WorkReport, chosen: list[Person]) -> None:
    for one in chosen:
        text, buttons = report_view.to_check(tx, one, report)
        key = f"work_report:{report.id}:{report.version}:{one.id}"
        tell.say(tx, one, "system", text, buttons=buttons, key=key)


def _show_plain(tx: Transaction, press: Press, text: str, said: str) -> str:
    redraw(tx, press, text)
    return said


def _demand_reader(person: Person) -> None:
    """Raise RefusedError unless a person drafts, checks or signs reports."""
    if not {"officer", "case_head", "deputy"} & set(person.roles):
        raise RefusedError("draft_report")


ACTS: Mapping[str, Callable[[Transaction, Desk, Press], str]] = {
    "work_report_open": open_,
    "work_report_preview": preview,
    "work_report_rewrite_menu": rewrite_menu,
    "work_report_rewrite": rewrite,
    "work_report_submit": submit,
    "work_report_pass": pass_,
    "work_report_return_menu": return_menu,
    "work_report_return": return_,
    "work_report_discard": discard,
    "work_report_filed": filed,
}
