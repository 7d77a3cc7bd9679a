"""Sending a notice's papers: to the head, a copy to the prosecutors, a report to the chief.

A notice's fate that is not known is never repeated without a person: the kinds `notice` and
`document` say so, and 再次发送 is that person's button.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from handlers import tell
from handlers.digest import digest_choice
from handlers.notices import notice_papers, notice_texts
from handlers.notices.notice_papers import Made
from handlers.people import addressees
from handlers.people.addressees import Reader
from storage import delivery, notices, people

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.desk import Desk
    from storage.message_kinds import Kind
    from storage.models.notices import Notice
    from storage.models.people import Person
    from storage.transaction import Transaction

TITLES = {
    "notice": "案件流程监控通知书",
    "chief_report": "关于严重流程监控问题的报告",
    "feedback": "流程监控反馈意见书",
}
POINTER = "文件为指引版，完整版在本院留存，由案管送达。"
INSTRUCTIONS = ("已阅", "请办案部门限期整改并报结果", "请案管部门跟踪督促", "移送案件质量评查")


def run(tx: Transaction, desk: Desk, data: Mapping[str, Any], made: Made) -> None:
    """Keep and send what was rendered; a paper that could not be made is told to its author."""
    notice = notices.by_id(tx.session, int(data["notice"]))
    if notice is None:
        return
    asked_for = people.by_id(tx.session, data.get("person"))
    reader = asked_for or addressees.author(tx.session, notice.drafted_by)
    if made.fault:
        tx.record(
            "paper_failed",
            f"notice:{notice.id}",
            actor="system",
            data={"paper": data["paper"], "reason": made.fault},
        )
        if reader is not None:
            button = notice_texts.button(tx, reader, notice, "重新生成", "notice_render")
            tell.say(tx, reader, "system", made.fault, buttons=((button,),))
        return
    tx.record(
        "paper_made",
        f"notice:{notice.id}",
        actor="system",
        data={"paper": data["paper"], "use": data["use"], "head": data["facts"]["ledger_head"]},
    )
    if data["use"] != notice_papers.KEPT:
        _USES[data["use"]](tx, desk, notice, made, reader)


def _preview(
    tx: Transaction, desk: Desk, notice: Notice, made: Made, reader: Person | None
) -> None:
    if reader is None:
        return
    text = f"《案件流程监控通知书》{notice_texts.name(notice)} 预览"
    _send(tx, desk, reader, notice, made, Letter("notice", "preview", text, "document"))
    if made.picture is not None:
        name = notice_papers.file_name(notice, TITLES["notice"], ".png")
        tell.document(tx, reader, f"{text}（页面图）", made.picture, name)


def _issue(tx: Transaction, desk: Desk, notice: Notice, made: Made, reader: Person | None) -> None:
    notice.document, notice.pointer = str(made.full), str(made.pointer)
    if notice.state != "issued":
        return
    reached = send(tx, desk, notice)
    if reader is None:
        return
    said = f"文书已生成，正在发给{notice.department}负责人。"
    if not reached:
        said = (
            f"文书已生成，但{notice.department}负责人未绑定或无法送达，请打印送达后点“登记送达”。"
        )
    text, buttons = notice_texts.draft_view(tx, desk, reader, notice, said)
    tell.say(tx, reader, "system", text, buttons=buttons, key=f"notice:{notice.id}:desk")


def receipt_buttons(tx: Transaction, head: Person, notice: Notice) -> tell.Rows:
    """Make what a head can do with a notice that came."""
    wanted = (("收到", "notice_received"), ("签收", "notice_signed"), ("逐条答复", "feedback_open"))
    return tell.rows(notice_texts.button(tx, head, notice, *one) for one in wanted)


def instruction_buttons(tx: Transaction, chief: Person, notice: Notice) -> tell.Rows:
    """Make the usual 批示 as buttons, and one for another text."""
    pressable = [
        notice_texts.button(tx, chief, notice, one, "notice_instruct") for one in INSTRUCTIONS
    ]
    pressable.append(notice_texts.button(tx, chief, notice, "另作批示", "notice_instruct_ask"))
    return tell.rows(pressable, per_row=1)


def head_readers(tx: Transaction, notice: Notice) -> list[Reader]:
    """Return the heads of a notice's department, or who stands in for them."""
    return addressees.holders(
        tx.session, notice.office, "head", department=notice.department, notices=True
    )


def heads(tx: Transaction, notice: Notice) -> list[Person]:
    """Return who reads what is meant for the heads of a notice's department."""
    return [one.person for one in head_readers(tx, notice)]


def send(tx: Transaction, desk: Desk, notice: Notice) -> bool:
    """Send the notice to the head and a copy to each prosecutor; False: no head was reached."""
    made = Made(full=_path(notice.document), pointer=_path(notice.pointer))
    reachable = [one for one in head_readers(tx, notice) if people.is_reachable(one.person)]
    for one in reachable:
        head = one.person
        buttons = receipt_buttons(tx, head, notice)
        text = one.told(
            f"{notice_texts.summary(tx, desk, head, notice)}\n"
            "请点“收到”或“签收”；自收到之日起十日内书面答复（《刑诉规则》第665条第3款）。"
        )
        _send(tx, desk, head, notice, made, Letter("notice", "head", text, buttons=buttons))
    told = {one.person.id for one in reachable}
    for copied in prosecutor_readers(tx, notice):
        person = copied.person
        if person.id in told:
            continue
        told.add(person.id)
        button = notice_texts.button(tx, person, notice, "逐条答复", "feedback_open")
        text = copied.told(
            f"{notice_texts.summary(tx, desk, person, notice)}\n"
            "抄送承办检察官：请核查后逐条答复，由部门负责人签署后成为书面答复。"
        )
        letter = Letter("notice", "copy", text, buttons=((button,),))
        _send(tx, desk, person, notice, made, letter)
    if told:
        _mark_told(tx, notice)
    return bool(reachable)


def _mark_told(tx: Transaction, notice: Notice) -> None:
    """What a notice says is not said once more as new by the next digest."""
    for finding in notice_texts.findings_of(tx, notice):
        if finding.state == "new":
            finding.state, finding.told_at = "sent", finding.told_at or tx.now
            finding.shown_on, finding.shown_as = tx.now.date(), digest_choice.said_as(finding)
            finding.version += 1


def prosecutor_readers(tx: Transaction, notice: Notice) -> list[Reader]:
    """Return the prosecutors whose cases a notice is about, or who stands in for them."""
    found = addressees.address_all(tx.session, notice.office, notice_texts.findings_of(tx, notice))
    return [
        Reader(one.person, one.principal)
        for one in found
        if one.person is not None and one.why == "prosecutor"
    ]


def prosecutors(tx: Transaction, notice: Notice) -> list[Person]:
    """Return who reads what is meant for the prosecutors whose cases a notice is about."""
    return [one.person for one in prosecutor_readers(tx, notice)]


def _report(tx: Transaction, desk: Desk, notice: Notice, made: Made, reader: Person | None) -> None:
    chiefs = addressees.holders(tx.session, notice.office, "chief")
    for one in chiefs:
        chief = one.person
        text = one.told(f"{notice_texts.summary(tx, desk, chief, notice)}\n报请检察长阅示。")
        buttons = instruction_buttons(tx, chief, notice)
        letter = Letter("chief_report", "chief", text, buttons=buttons)
        _send(tx, desk, chief, notice, made, letter)
    if reader is not None and not any(people.is_reachable(one.person) for one in chiefs):
        tell.say(
            tx,
            reader,
            "system",
            f"通知书 {notice.number} 须向检察长报告，但检察长未绑定或无法送达，请打印报告呈送。",
        )


def _feedback(
    tx: Transaction, desk: Desk, notice: Notice, made: Made, reader: Person | None
) -> None:
    if reader is None:
        return
    text = f"《流程监控反馈意见书》已签署，所答通知书 {notice.number}。"
    _send(tx, desk, reader, notice, made, Letter("feedback", "feedback", text, "document"))


_USES = {"preview": _preview, "issue": _issue, "report": _report, "feedback": _feedback}


@dataclass(frozen=True)
class Letter:
    """What goes to one reader: which paper, for what use, with which words and buttons."""

    paper: str
    use: str
    text: str
    kind: Kind = "notice"
    buttons: tell.Rows = ()


def _send(
    tx: Transaction, desk: Desk, reader: Person, notice: Notice, made: Made, letter: Letter
) -> None:
    internet = desk.clearance(reader.door or "") == "internet"
    path = made.pointer if internet else made.full
    ending = "（指引版）.docx" if internet else ".docx"
    name = notice_papers.file_name(notice, TITLES[letter.paper], ending)
    key = None if letter.use == "preview" else f"notice:{notice.id}:{letter.use}:{reader.id}"
    said = f"{letter.text}\n{POINTER}" if internet else letter.text
    tell.document(tx, reader, said, path, name, kind=letter.kind, buttons=letter.buttons, key=key)


def send_again(tx: Transaction, notice: Notice, person: Person) -> int:
    """Let the messages of a notice go once more whose fate is unknown or that failed."""
    again = [
        row.id
        for row in delivery.failed_rows(tx.session)
        if (row.dedup_key or "").startswith(f"notice:{notice.id}:")
    ]
    actor = f"person:{person.id}"
    return sum(delivery.send_again(tx, id_, actor=actor) for id_ in again)


def _path(text: str | None) -> Path | None:
    return None if text is None else Path(text)
