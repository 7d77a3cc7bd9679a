"""The department's answer by buttons: one question after the other, then the head's signature."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import PurePath
from typing import TYPE_CHECKING, cast

from handlers import awaiting, tell
from handlers.feedback import feedback
from handlers.feedback.feedback import CHOICES, QUESTIONS
from handlers.findings.case_reference import reference
from handlers.notices import notice_presses, notice_texts
from handlers.notices.notice_delivery import head_readers
from handlers.people import addressees
from handlers.permissions import RefusedError, demand, may
from handlers.prompts import prompt_command
from handlers.redraw import redraw
from storage import awaited
from storage import notices as notices_table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.desk import Clearance, Desk
    from handlers.feedback.feedback import Answered, Field
    from handlers.incoming import Uploaded
    from handlers.press import Press
    from storage.models.notices import Notice
    from storage.models.people import Person
    from storage.transaction import EntryMark, Transaction

TYPED = "feedback_typed"
ASKED: Mapping[Field, str] = {
    "conclusion": "核查结论",
    "cause": "原因",
    "measure": "纠正措施",
    "day": "纠正完成日期或者预计日期，例如 6月12日",
    "proofs": "佐证材料",
}
SOON = (("今天", 0), ("昨天", -1))
AHEAD = (("三天内", 3), ("一周内", 7))


def open_(tx: Transaction, desk: Desk, press: Press) -> str:
    """Show the first open question, or the whole answer where nothing is open."""
    notice = notice_presses.of(tx, press)
    findings = notice_texts.findings_of(tx, notice)
    if not any(may(press.person, "answer_notice", one) for one in findings):
        raise RefusedError("answer_notice")
    if notice.state not in notices_table.RUNNING:
        return f"通知书现为“{notice_texts.STATE_WORDS[notice.state]}”，无须再答复"
    return _go_on(tx, desk, press, notice)


def _go_on(tx: Transaction, desk: Desk, press: Press, notice: Notice, note: str = "") -> str:
    text, buttons = view(tx, desk, press.person, notice)
    redraw(tx, press, "\n".join(part for part in (note, text) if part), buttons=buttons)
    return note or "请逐条答复"


def view(tx: Transaction, desk: Desk, person: Person, notice: Notice) -> tuple[str, tell.Rows]:
    """Return the next question for a person with its choices, else the answer as it stands."""
    one = feedback.next_open(tx, person, notice)
    clearance = desk.clearance(person.door or "")
    if one is None:
        return _whole(tx, person, notice, clearance)
    field = cast("Field", one.missing)
    case = reference(one.finding, notice_texts.findings_of(tx, notice), clearance)
    fact = one.item.facts[
        "fact" if clearance == "intranet" and not one.finding.minor else "plain_fact"
    ]
    text = "\n".join(
        [
            f"通知书 {notice.number} · {one.finding.number} {case}",
            str(fact),
            QUESTIONS[field],
        ]
    )
    return text, tell.rows(_choices(tx, person, notice, one, field, clearance), per_row=3)


def _choices(
    tx: Transaction,
    person: Person,
    notice: Notice,
    one: Answered,
    field: Field,
    clearance: Clearance,
) -> list[tuple[str, str]]:
    def make(label: str, act: str, **more: object) -> tuple[str, str]:
        return notice_texts.button(
            tx, person, notice, label, act, item=one.item.id, field=field, **more
        )

    if field == "day":
        ahead = one.answer is not None and one.answer.measure == feedback.NOT_YET
        chosen = [
            make(label, "feedback_set", days=days) for label, days in (AHEAD if ahead else SOON)
        ]
        return [*chosen, make("其他日期", "feedback_ask")]
    if field == "proofs":
        wanted = [("案卡新值", "feedback_ask"), ("文书及日期", "feedback_ask")]
        if clearance == "intranet":
            wanted.append(("上传文件", "feedback_ask"))
        return [make(*pair) for pair in wanted] + [make("暂无", "feedback_set")]
    chosen = [make(label, "feedback_set") for label in CHOICES[field]]
    return chosen if field == "conclusion" else [*chosen, make("其他", "feedback_ask")]


def _whole(
    tx: Transaction, person: Person, notice: Notice, clearance: Clearance
) -> tuple[str, tell.Rows]:
    lines = [f"通知书 {notice.number} 反馈意见："]
    found = feedback.answered(tx, notice)
    lines += [line(one, clearance) for one in found]
    pressable = [
        notice_texts.button(
            tx, person, notice, f"重填{one.finding.number}", "feedback_restart", item=one.item.id
        )
        for one in found
        if one.answer is not None and may(person, "answer_notice", one.finding)
    ]
    complete = all(one.missing is None for one in found)
    if complete and all(may(person, "sign_feedback", one.finding) for one in found):
        lines.append("请核对后签署；签署之日即为书面答复之日。")
        pressable.insert(
            0, notice_texts.button(tx, person, notice, "签署反馈意见书", "feedback_sign")
        )
    elif complete:
        lines.append("已答完，待部门负责人签署。")
    return "\n".join(lines), tell.rows(pressable, per_row=2)


def line(one: Answered, clearance: Clearance) -> str:
    """Say one answer in a line; on an internet door without what was written."""
    answer = one.answer
    if answer is None or one.missing is not None:
        return f"{one.finding.number} 未答完"
    parts = [str(answer.conclusion)]
    if clearance == "intranet":
        parts += [f"原因：{answer.cause}", f"措施：{answer.measure}", *(answer.proofs or [])]
    elif answer.measure in CHOICES["measure"]:
        parts.append(str(answer.measure))
    day = answer.corrected_on or answer.planned_on
    if day:
        parts.append(f"{'预计' if answer.planned_on else ''}{day.month}月{day.day}日")
    if one.is_unsupported:
        parts.append(feedback.UNSUPPORTED)
    return f"{one.finding.number} {'；'.join(parts)}"


def _one(tx: Transaction, notice: Notice, item_id: int) -> Answered:
    found = [one for one in feedback.answered(tx, notice) if one.item.id == item_id]
    if not found:
        raise RefusedError("answer_notice")
    return found[0]


def set_(tx: Transaction, desk: Desk, press: Press) -> str:
    """Take the answer that was tapped and ask the next question."""
    notice = notice_presses.of(tx, press)
    one = _one(tx, notice, int(press.row.data["item"]))
    field = cast("Field", press.row.data["field"])
    demand(press.person, "answer_notice", one.finding)
    if one.missing != field:
        return f"{one.finding.number} 这一项已填，如需更改请点“重填{one.finding.number}”"
    value: object = str(press.row.data["label"])
    if field == "day":
        value = tx.now.date() + timedelta(days=int(press.row.data["days"]))
    elif field == "proofs":
        value = []
    feedback.put(tx, press.person, notice, one, field, value)
    _tell_head(tx, desk, press.person, notice)
    return _go_on(tx, desk, press, notice, f"已记录：{press.row.data['label']}")


def ask(tx: Transaction, desk: Desk, press: Press) -> str:
    """Ask for an answer in the person's own words."""
    del desk
    notice = notice_presses.of(tx, press)
    one = _one(tx, notice, int(press.row.data["item"]))
    demand(press.person, "answer_notice", one.finding)
    field = cast("Field", press.row.data["field"])
    label = str(press.row.data["label"])
    what = {"案卡新值": "栏目和改后的值", "文书及日期": "文书名称和日期", "上传文件": "文件"}
    asked = what.get(label, ASKED[field])
    awaiting.ask(
        tx,
        press.person,
        press.event.origin,
        TYPED,
        f"finding:{one.finding.number}",
        question=f"请{'发送' if label == '上传文件' else '输入'} {one.finding.number} 的{asked}。",
        data={"notice": notice.id, "item": one.item.id, "field": field},
    )
    return "请输入"


def take(tx: Transaction, desk: Desk, given: awaiting.Given) -> str:
    """Take an answer that was typed; the next question comes with the confirmation."""
    notice = notices_table.by_id(tx.session, int(given.data["notice"]))
    if notice is None:
        raise RefusedError("answer_notice")
    one = _one(tx, notice, int(given.data["item"]))
    field = cast("Field", given.data["field"])
    value: object = given.text
    if field == "day":
        day = _day(given.text, tx.now.date(), ahead=_is_ahead(one))
        if day is None:
            return "没有读出日期，未作登记。请重新点“其他日期”，写成 6月12日 的样子。"
        value = day
    elif field == "proofs":
        value = [given.text]
    feedback.put(tx, given.person, notice, one, field, value)
    _tell_head(tx, desk, given.person, notice)
    text, buttons = view(tx, desk, given.person, notice)
    said = f"{one.finding.number} 已记录（流水第 {given.entry} 号）。\n{text}"
    tell.answer(tx, given.origin, said, person=given.person, buttons=buttons)
    return ""


def _is_ahead(one: Answered) -> bool:
    return one.answer is not None and one.answer.measure == feedback.NOT_YET


def _day(text: str, today: date, *, ahead: bool) -> date | None:
    """Read a typed day: of a correction one that has been, of a plan one to come."""
    match = prompt_command.MOMENT.search(text)
    if match is None:
        return None
    if match["word"]:
        return today - timedelta(days=prompt_command.WORD_DAYS[match["word"]])
    try:
        day = date(int(match["year"] or today.year), int(match["month"]), int(match["day"]))
        if match["year"] is None and ahead and day < today:
            day = day.replace(year=day.year + 1)
        elif match["year"] is None and not ahead and day > today:
            day = day.replace(year=day.year - 1)
    except ValueError:
        return None
    return day


def take_file(
    tx: Transaction, desk: Desk, person: Person, event: Uploaded, entry: EntryMark
) -> bool:
    """Take a file as the proof that was asked for; False: none was, or the door is not cleared."""
    row = awaited.of(tx.session, person.id)
    wanted = row is not None and row.act == TYPED and row.data.get("field") == "proofs"
    if row is None or not wanted or event.path is None:
        return False
    if desk.clearance(event.origin.door) == "internet":
        return False
    data, object_ = dict(row.data), row.object
    awaited.forget(tx, person.id)
    tx.record(
        "file_kept",
        f"person:{person.id}",
        actor="system",
        data={"kind": event.kind, "size": event.size, "notice": data["notice"]},
        text=event.path,
    )
    name = f"附件：{PurePath(event.file_name).name or '图片'}"
    given = awaiting.Given(person, event.origin, object_, data, name, entry)
    take(tx, desk, given)
    return True


def _tell_head(tx: Transaction, desk: Desk, person: Person, notice: Notice) -> None:
    """Once everything is answered the head is asked to sign, unless he answered himself."""
    found = feedback.answered(tx, notice)
    if any(one.missing is not None for one in found):
        return
    for one in head_readers(tx, notice):
        if one.person.id == person.id:
            continue
        text, buttons = view(tx, desk, one.person, notice)
        tell.say(tx, one.person, "system", one.told(f"请签署：{text}"), buttons=buttons)


def restart(tx: Transaction, desk: Desk, press: Press) -> str:
    """Answer one problem anew."""
    notice = notice_presses.of(tx, press)
    one = _one(tx, notice, int(press.row.data["item"]))
    feedback.restart(tx, press.person, notice, one)
    return _go_on(tx, desk, press, notice, f"{one.finding.number} 请重新答复")


def sign(tx: Transaction, desk: Desk, press: Press) -> str:
    """Sign the form and hand it to the officer for review."""
    notice = notice_presses.of(tx, press)
    if notice.replied_at is not None:
        return press.already_at(notice.replied_at, notice_texts.who(tx, notice, "replied_by"))
    found = feedback.sign(tx, desk, press.person, notice)
    said = f"反馈意见书已签署，答复日期 {tx.now.month}月{tx.now.day}日"
    clearance = desk.clearance(press.event.origin.door)
    redraw(tx, press, "\n".join([said, *(line(one, clearance) for one in found)]))
    author = addressees.author(tx.session, notice.drafted_by)
    if author is not None:
        clearance = desk.clearance(author.door or "")
        note = "\n".join(
            [f"{notice.department}已书面答复，请复核：", *(line(one, clearance) for one in found)]
        )
        text, buttons = notice_texts.draft_view(tx, desk, author, notice, note)
        tell.say(tx, author, "system", text, buttons=buttons)
    return said
