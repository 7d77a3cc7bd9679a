"""/统计, /日志, /台账, /流水, /培训, /专项报告: what is counted and written, asked in a chat."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from handlers import tell
from handlers.counting import ranges
from handlers.counting.measures import ALL
from handlers.permissions import RefusedError, demand
from handlers.prompts import prompt_command
from handlers.reports import asking, campaign_papers
from handlers.reports.report_kinds import of_range
from knowledge.errors import UserFacingError
from storage import campaigns

if TYPE_CHECKING:
    from handlers.counting.ranges import Range
    from handlers.desk import Desk
    from handlers.incoming import Edited, Said
    from handlers.press import Press
    from storage.models.campaigns import Campaign
    from storage.models.people import Person
    from storage.transaction import Transaction

_YEAR = re.compile(r"((?:19|20|21)\d{2})年?")
COUNTING = "正在统计{title}，请稍候。"
WRITING = "正在生成{title}，请稍候。"
USAGE_ENTRY = "请写明流水号，例如：/流水 318。"
USAGE_TRAINING = "请写明主题，例如：/培训 案卡填录。事后登记可加日期：/培训 6月12日 案卡填录。"
NOT_A_YEAR = "“{text}”不是年份，请写成 /台账 2026；不写年份是今年的台账。"
NOT_A_DAY = "“{text}”不是日期，请写成 6月12日 或 2026-06-12。"
NO_CAMPAIGN = "还没有开始过的专项监控，没有专项报告可写。"
WHICH_CAMPAIGN = "请选择要写报告的专项："
MOST_CAMPAIGNS = 9
MOST_SUBJECT = 60
LATE_TRAINING = timedelta(days=180)
"""A training is recorded within half a year: an older day is a slip, a coming one of last year."""


def figures(tx: Transaction, desk: Desk, person: Person, event: Said | Edited, rest: str) -> None:
    """/统计 [6月] [有效监控件数]: this month, or the range and the figure that were named."""
    demand(person, "read_reports")
    words = rest.split()
    try:
        during = _named(words[0], tx, desk) if words else _this_month(tx, desk)
        asked = words[1:]
    except UserFacingError as refused:
        if len(words) != 1 or not _is_figure(words[0]):
            tell.answer(tx, event.origin, str(refused), person=person)
            return
        during, asked = _this_month(tx, desk), words
    if asked:
        asking.plan(tx, desk, person, "proof", {"figure": asked[0], **of_range(during)})
    else:
        asking.plan(tx, desk, person, "figures", of_range(during))
    tell.answer(tx, event.origin, COUNTING.format(title=during.title), person=person)


def _is_figure(word: str) -> bool:
    return word in ALL or any(word in one.name for one in ALL.values())


def _this_month(tx: Transaction, desk: Desk) -> Range:
    return ranges.month_of(tx.now.date(), desk.reports.month)


def _named(text: str, tx: Transaction, desk: Desk) -> Range:
    return ranges.read_range(text, tx.now.date(), desk.reports.month)


def evaluations(
    tx: Transaction, desk: Desk, person: Person, event: Said | Edited, rest: str
) -> None:
    """/评查: what should go to 案件评查."""
    del rest
    demand(person, "read_reports")
    may_decide = bool({"officer", "case_head"} & set(person.roles))
    told = {"day": tx.now.date().isoformat(), "may_decide": may_decide}
    asking.plan(tx, desk, person, "evaluation", told)
    tell.answer(tx, event.origin, WRITING.format(title="移送案件评查清单"), person=person)


def campaign(tx: Transaction, desk: Desk, person: Person, event: Said | Edited, rest: str) -> None:
    """/专项报告 [2026-1]: the report of a campaign; without a number they are offered."""
    demand(person, "read_reports")
    try:
        named = [campaign_papers.find(tx.session, desk.office, rest)] if rest else []
    except UserFacingError as refused:
        tell.answer(tx, event.origin, str(refused), person=person)
        return
    found = named or campaign_papers.reported(tx.session, desk.office)[:MOST_CAMPAIGNS]
    if len(found) == 1:
        said = _write_campaign(tx, desk, person, found[0])
        tell.answer(tx, event.origin, said, person=person)
        return
    pressable = [
        tell.record_button(
            tx, person, ("campaign", one.id, one.version), f"{one.number}", "campaign_report", {}
        )
        for one in found
    ]
    lines = [WHICH_CAMPAIGN, *(f"{one.number} {one.title}" for one in found)]
    text = "\n".join(lines) if found else NO_CAMPAIGN
    tell.answer(tx, event.origin, text, person=person, buttons=tell.rows(pressable, per_row=3))


def _write_campaign(tx: Transaction, desk: Desk, person: Person, about: Campaign) -> str:
    told = {"campaign": about.number, "day": tx.now.date().isoformat(), "drafter": person.name}
    asking.plan(tx, desk, person, "campaign", told)
    return WRITING.format(title=f"{about.number}的专项监控报告")


def press_campaign(tx: Transaction, desk: Desk, press: Press) -> str:
    """专项报告: the report of the campaign the button is about, as it stands now."""
    demand(press.person, "read_reports")
    about = campaigns.by_id(tx.session, int(press.row.data["campaign"]))
    if about is None or about.office != press.person.office:
        raise RefusedError("read_reports")
    return _write_campaign(tx, desk, press.person, about)


def log(tx: Transaction, desk: Desk, person: Person, event: Said | Edited, rest: str) -> None:
    """/日志 [6月12日]: the day's lines and the year's workbook up to it."""
    demand(person, "read_reports")
    day = tx.now.date()
    if rest:
        moment = prompt_command.moment(rest, tx.now)
        if moment is None or moment > tx.now:
            text = NOT_A_DAY.format(text=rest[:20])
            tell.answer(tx, event.origin, text, person=person)
            return
        day = moment.date()
    asking.plan(tx, desk, person, "log", {"day": day.isoformat()})
    title = f"{day.month}月{day.day}日的监控日志"
    tell.answer(tx, event.origin, WRITING.format(title=title), person=person)


def register(tx: Transaction, desk: Desk, person: Person, event: Said | Edited, rest: str) -> None:
    """/台账 [2026]: the register of a year."""
    demand(person, "read_reports")
    named = _YEAR.fullmatch(rest)
    if rest and named is None:
        tell.answer(tx, event.origin, NOT_A_YEAR.format(text=rest[:20]), person=person)
        return
    year = int(named[1]) if named else tx.now.year
    asking.plan(tx, desk, person, "register", {"year": year})
    tell.answer(tx, event.origin, WRITING.format(title=f"{year}年台账"), person=person)


def entry(tx: Transaction, desk: Desk, person: Person, event: Said | Edited, rest: str) -> None:
    """/流水 318: one entry, and which figures of its month count it."""
    demand(person, "read_ledger")
    number = rest.removeprefix("第").removesuffix("号").strip()
    if not number.isdigit() or len(number) > 12:
        tell.answer(tx, event.origin, USAGE_ENTRY, person=person)
        return
    asking.plan(tx, desk, person, "entry", {"entry": int(number)})
    tell.answer(tx, event.origin, f"正在查第 {int(number)} 号流水，请稍候。", person=person)


def training_paper(
    tx: Transaction, desk: Desk, person: Person, event: Said | Edited, rest: str
) -> None:
    """/讲义 [案卡填录]: a hand-out for a training; without a subject the last month's problems."""
    demand(person, "record_training")
    during = ranges.last_full(tx.now.date(), desk.reports.month)
    told = {"subject": rest.strip()[:MOST_SUBJECT], "day": tx.now.date().isoformat()}
    asking.plan(tx, desk, person, "training", {**of_range(during), **told})
    tell.answer(tx, event.origin, WRITING.format(title="专题培训讲义"), person=person)


def training(tx: Transaction, desk: Desk, person: Person, event: Said | Edited, rest: str) -> None:
    """/培训 [6月12日] 案卡填录: a training that was held."""
    del desk
    demand(person, "record_training")
    first, _, subject = rest.partition(" ")
    moment = (
        prompt_command.moment(first, tx.now) if prompt_command.MOMENT.fullmatch(first) else None
    )
    subject = subject.strip() if moment else rest.strip()
    day = moment.date() if moment else tx.now.date()
    recent = timedelta(0) <= tx.now.date() - day <= LATE_TRAINING
    if not subject or len(subject) > MOST_SUBJECT or not recent:
        tell.answer(tx, event.origin, USAGE_TRAINING, person=person)
        return
    mark = tx.record(
        "training_held",
        f"day:{day}",
        actor=f"person:{person.id}",
        data={"day": day.isoformat()},
        text=subject,
    )
    said = f"已登记专题培训（流水第 {mark} 号）：{day.month}月{day.day}日，{subject}。"
    tell.answer(tx, event.origin, said, kind="confirmation", person=person)


def press_figures(tx: Transaction, desk: Desk, press: Press) -> str:
    """上月, 去年同月: the same for another range."""
    return _pressed(tx, desk, press, "figures")


def press_export(tx: Transaction, desk: Desk, press: Press) -> str:
    """导出xlsx: the range's tables as a workbook."""
    return _pressed(tx, desk, press, "figures_book")


def press_proof(tx: Transaction, desk: Desk, press: Press) -> str:
    """What the figure that was tapped counts."""
    return _pressed(tx, desk, press, "proof", figure=str(press.row.data["figure"]))


def _pressed(tx: Transaction, desk: Desk, press: Press, kind: str, **asked: object) -> str:
    demand(press.person, "read_reports")
    during = _of_press(desk, press)
    asking.plan(tx, desk, press.person, kind, {**of_range(during), **asked})
    return COUNTING.format(title=during.title)


def _of_press(desk: Desk, press: Press) -> Range:
    data = press.row.data
    return ranges.Range(data["year"], data["month"], data["months"], desk.reports.month)


def press_proof_menu(tx: Transaction, desk: Desk, press: Press) -> str:
    """查依据: choose the figure to be walked back."""
    demand(press.person, "read_reports")
    during = _of_press(desk, press)
    pressable = [
        tell.button(
            tx,
            press.person,
            one.name,
            "report_proof",
            "report",
            data={**of_range(during), "figure": one.key},
        )
        for one in ALL.values()
    ]
    text = f"{during.title}：请选择要查依据的项目，将列出所计的流水和案件。"
    tell.say(tx, press.person, "answer", text, buttons=tell.rows(pressable, per_row=3))
    return "请选择项目"


def press_handout(tx: Transaction, desk: Desk, press: Press) -> str:
    """未绑定人员清单: the day's list per prosecutor, to be printed."""
    demand(press.person, "see_queue")
    asking.plan(tx, desk, press.person, "handout", {"day": tx.now.date().isoformat()})
    return "正在生成清单，请稍候"
