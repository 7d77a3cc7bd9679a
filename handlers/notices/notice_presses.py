"""The buttons of a notice for who drafts, approves and issues it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import awaiting, tell
from handlers.notices import approvers, notice_delivery, notice_papers, notice_texts, notices
from handlers.notices.notices import RETURN_REASONS, VOID_REASONS
from handlers.people import addressees, stand_ins
from handlers.permissions import RefusedError
from handlers.redraw import redraw
from storage import notices as notices_table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.desk import Desk
    from handlers.press import Press
    from storage.models.notices import Notice
    from storage.models.people import Person
    from storage.transaction import Transaction

NUMBER = "notice_number"


def of(tx: Transaction, press: Press) -> Notice:
    """Return the notice a button is about.

    Raises:
        RefusedError: there is none.
    """
    notice = notices_table.by_id(tx.session, int(press.row.data["notice"]))
    if notice is None:
        raise RefusedError("draft_notice")
    return notice


def show(tx: Transaction, desk: Desk, press: Press, notice: Notice, note: str = "") -> str:
    """Show the notice as it now stands in the pressed message; returns the note."""
    text, buttons = notice_texts.draft_view(tx, desk, press.person, notice, note)
    numbers = [one.number for one in notice_texts.findings_of(tx, notice)]
    redraw(tx, press, text, buttons=buttons, subjects=numbers)
    return note


def preview(tx: Transaction, desk: Desk, press: Press) -> str:
    """Have the paper made for reading; it comes in a message of its own."""
    notice = of(tx, press)
    approving = approvers.ground(tx, press.person, notice) is not None
    notices.demand_all(tx, press.person, "approve_notice" if approving else "draft_notice", notice)
    notices.demand_state(notice, *notices_table.BEFORE_ISSUE)
    notice_papers.plan_preview(tx, desk, notice, press.person)
    return "正在生成预览，请稍候"


def render_again(tx: Transaction, desk: Desk, press: Press) -> str:
    """Have the papers of an issued notice made once more, after a template was put right."""
    notice = of(tx, press)
    notices.demand_all(tx, press.person, "draft_notice", notice)
    if notice.state in notices_table.BEFORE_ISSUE:
        notice_papers.plan_preview(tx, desk, notice, press.person)
    else:
        notices.demand_state(notice, *notices_table.RUNNING)
        notice.version += 1
        notice_papers.plan_issue(tx, desk, notice)
    return "正在重新生成，请稍候"


def drop(tx: Transaction, desk: Desk, press: Press) -> str:
    """Take one problem out of a draft; with the last one the draft is gone."""
    notice = of(tx, press)
    notices.demand_all(tx, press.person, "draft_notice", notice)
    notices.demand_state(notice, "draft")
    items = notices_table.items(tx.session, notice.id)
    chosen = [one for one in items if one.finding_id == int(press.row.data["finding"])]
    if not chosen:
        return "这一条已不在草稿中"
    number = str(chosen[0].facts["finding"])
    if len(items) == 1:
        notices.discard(tx, press.person, notice)
        return show(tx, desk, press, notice, f"{number} 已移出，草稿已撤销")
    tx.session.delete(chosen[0])
    notice.version += 1
    tx.session.flush()
    tx.record(
        "notice_item_dropped",
        f"notice:{notice.id}",
        actor=f"person:{press.person.id}",
        data={"finding": number},
    )
    return show(tx, desk, press, notice, f"{number} 已移出草稿")


def submit(tx: Transaction, desk: Desk, press: Press) -> str:
    """Hand the draft to who approves it, or issue it where nobody else has to."""
    notice = of(tx, press)
    chosen = notices.submit(tx, desk, press.person, notice)
    if not chosen:
        return show(tx, desk, press, notice, _after_approval(notice))
    for one in chosen:
        tell.say(
            tx,
            one.person,
            "system",
            one.told(f"请审批：{notice_texts.summary(tx, desk, one.person, notice)}"),
            buttons=approval_buttons(tx, one.person, notice),
        )
    names = "、".join(stand_ins.words(one.person, one.principal) for one in chosen)
    return show(tx, desk, press, notice, f"已提交{names}审批")


def approval_buttons(tx: Transaction, person: Person, notice: Notice) -> tell.Rows:
    """Make what the approver can do."""
    wanted = (
        ("预览", "notice_preview"),
        ("批准", "notice_approve"),
        ("退回", "notice_return_ask"),
    )
    return tell.rows(notice_texts.button(tx, person, notice, *one) for one in wanted)


def _after_approval(notice: Notice) -> str:
    if notice.number is None:
        return "已批准，请录入统一业务应用系统给出的文号"
    return f"已批准，文号{notice.number}，正在制发"


def approve(tx: Transaction, desk: Desk, press: Press) -> str:
    """Approve; the author is told, and asked for the number where the case system gives it."""
    notice = of(tx, press)
    notices.approve(tx, desk, press.person, notice)
    said = _after_approval(notice)
    return _decided(tx, desk, press, notice, said)


def _decided(tx: Transaction, desk: Desk, press: Press, notice: Notice, said: str) -> str:
    """Show the decision in the pressed message and tell the author, whose draft goes on."""
    redraw(tx, press, f"{notice_texts.summary(tx, desk, press.person, notice)}\n{said}")
    author = addressees.author(tx.session, notice.drafted_by)
    if author is not None:
        text, buttons = notice_texts.draft_view(tx, desk, author, notice, said)
        tell.say(tx, author, "system", text, buttons=buttons)
    return said


def ask_return(tx: Transaction, desk: Desk, press: Press) -> str:
    """Show the reasons for giving the draft back."""
    notice = of(tx, press)
    notices.demand_all(tx, press.person, "approve_notice", notice)
    notices.demand_state(notice, "submitted")
    return _choose(tx, desk, press, notice, dict.fromkeys(RETURN_REASONS, "notice_return"))


def give_back(tx: Transaction, desk: Desk, press: Press) -> str:
    """Give the draft back with the reason that was tapped."""
    notice = of(tx, press)
    reason = str(press.row.data["label"])
    notices.give_back(tx, press.person, notice, reason)
    said = f"已退回：{reason}"
    return _decided(tx, desk, press, notice, said)


def discard(tx: Transaction, desk: Desk, press: Press) -> str:
    """Take back a notice that has no number yet."""
    notice = of(tx, press)
    notices.discard(tx, press.person, notice)
    return show(tx, desk, press, notice, "草稿已撤销，未用文号")


def ask_void(tx: Transaction, desk: Desk, press: Press) -> str:
    """Show the reasons for voiding."""
    notice = of(tx, press)
    notices.demand_all(tx, press.person, "void_notice", notice)
    notices.demand_state(notice, "issued", "received", "replied")
    return _choose(tx, desk, press, notice, dict.fromkeys(VOID_REASONS, "notice_void_reason"))


def void(tx: Transaction, desk: Desk, press: Press) -> str:
    """Void with the reason that was tapped; the department is told."""
    notice = of(tx, press)
    reason = str(press.row.data["label"])
    notices.void(tx, press.person, notice, reason)
    for head in notice_delivery.heads(tx, notice):
        tell.say(
            tx,
            head,
            "system",
            f"《案件流程监控通知书》{notice.number} 已作废（{reason}），无须答复。",
        )
    return show(tx, desk, press, notice, f"已作废：{reason}；文号不再使用")


def _choose(
    tx: Transaction, desk: Desk, press: Press, notice: Notice, reasons: Mapping[str, str]
) -> str:
    """Show reasons as buttons; `reasons` maps each to the act that takes it."""
    pressable = [
        notice_texts.button(tx, press.person, notice, reason, act)
        for reason, act in reasons.items()
    ]
    text = f"{notice_texts.summary(tx, desk, press.person, notice)}\n请选择理由："
    redraw(tx, press, text, buttons=tell.rows(pressable, per_row=2))
    return "请选择理由"


def ask_number(tx: Transaction, desk: Desk, press: Press) -> str:
    """Ask for the number that the case system gave."""
    del desk
    notice = of(tx, press)
    notices.demand_all(tx, press.person, "number_notice", notice)
    notices.demand_state(notice, "approved")
    awaiting.ask(
        tx,
        press.person,
        press.event.origin,
        NUMBER,
        f"notice:{notice.id}",
        question="请输入统一业务应用系统给出的文号。",
        data={"notice": notice.id},
    )
    return "请输入文号"


def take_number(tx: Transaction, desk: Desk, given: awaiting.Given) -> str:
    """Take the number that was typed, and issue the notice."""
    notice = notices_table.by_id(tx.session, int(given.data["notice"]))
    if notice is None:
        raise RefusedError("number_notice")
    notices.number(tx, desk, given.person, notice, given.text)
    return f"文号已登记：{notice.number}，正在制发（流水第 {given.entry} 号）。"


def again(tx: Transaction, desk: Desk, press: Press) -> str:
    """Send once more what did not arrive or of which it is not known; a person decides so."""
    del desk
    notice = of(tx, press)
    notices.demand_all(tx, press.person, "record_delivery", notice)
    notices.demand_state(notice, *notices_table.RUNNING)
    many = notice_delivery.send_again(tx, notice, press.person)
    return f"再次发送 {many} 条" if many else "没有未送达的消息，无须再次发送"
