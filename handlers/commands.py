"""Texts that begin with a slash, and their spellings without one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handlers import help_texts, tell
from handlers.campaigns import campaign_view
from handlers.clues import clue_presses
from handlers.links import link_view
from handlers.monitoring import monitoring
from handlers.notices import notice_drafts, notice_list, signing
from handlers.official_texts import text_shelf
from handlers.people import accounts, delegation_command, handover_command, roster_presses
from handlers.permissions import demand, may
from handlers.prompts import prompt_command, prompt_presses, prompts
from handlers.questions import question_feedback, questions, rule_view, term_answers
from handlers.reports import report_commands, report_presses
from handlers.review import accepted_view, follow_up, outcome_presses, review
from handlers.upkeep import sending, undelivered
from handlers.views import advice, calendar_view, data_view, focus, head_week, mine, own_case
from knowledge.errors import UserFacingError

if TYPE_CHECKING:
    from collections.abc import Callable

    from handlers.desk import Desk
    from handlers.incoming import Edited, Origin, Said
    from storage.models.people import Person
    from storage.transaction import Transaction

    Command = Callable[[Transaction, Desk, Person, Said | Edited, str], None]

_COMMAND = re.compile(r"^[/／](?P<word>[^\s@]{1,20})(?:@\w+)?\s*(?P<rest>.*)$", re.DOTALL)
_QUESTION_WORDS = frozenset({"查", "问"})


def run(tx: Transaction, desk: Desk, person: Person, event: Said | Edited, text: str) -> bool:
    """Carry out a command; False: the text is none."""
    match = _COMMAND.match(text)
    if match is None:
        word, _, rest = text.partition(" ")
        if _names_an_item(person, text):
            word, rest = "处理", text
        officers_word = word in OFFICERS_WORDS and may(person, "see_queue")
        if text not in PLAIN and not officers_word:
            return False
    else:
        word, rest = match["word"], match["rest"]
    if word in _QUESTION_WORDS:
        return False
    command = COMMANDS.get(word, _unknown)
    command(tx, desk, person, event, word if command in _TOLD_THEIR_WORD else rest.strip())
    return True


def _names_an_item(person: Person, text: str) -> bool:
    """An officer who has no cases of his own opens an item by its bare number."""
    has_cases = {"prosecutor", "assistant", "head"} & set(person.roles)
    return not has_cases and prompt_command.NUMBER.fullmatch(text) is not None


def _unknown(tx: Transaction, desk: Desk, person: Person, event: Said | Edited, word: str) -> None:
    del desk
    tx.record(
        "unknown_command",
        f"person:{person.id}",
        actor=f"person:{person.id}",
        data={"command": word},
    )
    text = help_texts.UNKNOWN_COMMAND.format(command=f"/{word}")
    tell.answer(tx, event.origin, text, person=person)


def _item(tx: Transaction, desk: Desk, person: Person, event: Said | Edited, rest: str) -> None:
    demand(person, "see_queue")
    finding = prompts.by_number(tx, desk, rest.strip())
    if finding is None:
        tell.answer(tx, event.origin, "请写明编号，例如：/处理 A08。", person=person)
        return
    outcome_presses.show_item(tx, desk, person, event.origin, finding)


def _unregistered(
    tx: Transaction, desk: Desk, person: Person, event: Said | Edited, rest: str
) -> None:
    del rest
    prompt_presses.unregistered(tx, desk, person, event.origin)


def _help(tx: Transaction, desk: Desk, person: Person, event: Said | Edited, rest: str) -> None:
    del desk, rest
    show_help(tx, person, event.origin)


def show_help(tx: Transaction, person: Person, origin: Origin) -> None:
    """Say what a person can do, with a button for each command that needs nothing more."""
    pressable = [
        tell.button(tx, person, word, "command", "command", data={"text": word})
        for word in help_texts.buttons_for(person)
    ]
    said = help_texts.help_for(person)
    tell.answer(tx, origin, said, person=person, buttons=tell.rows(pressable))


def _mine(tx: Transaction, desk: Desk, person: Person, event: Said | Edited, rest: str) -> None:
    del rest
    demand(person, "see_own")
    mine.show(tx, desk, person, event.origin)


def _queue(tx: Transaction, desk: Desk, person: Person, event: Said | Edited, rest: str) -> None:
    del rest
    demand(person, "see_queue")
    review.show(tx, desk, person, event.origin)


def _follow(tx: Transaction, desk: Desk, person: Person, event: Said | Edited, rest: str) -> None:
    del rest
    demand(person, "see_queue")
    follow_up.show(tx, desk, person, event.origin)


def _accepted(tx: Transaction, desk: Desk, person: Person, event: Said | Edited, rest: str) -> None:
    del rest
    accepted_view.show(tx, desk, person, event.origin)


def _data(tx: Transaction, desk: Desk, person: Person, event: Said | Edited, rest: str) -> None:
    data_view.show(tx, desk, person, event.origin, rest)


def _undelivered(
    tx: Transaction, desk: Desk, person: Person, event: Said | Edited, rest: str
) -> None:
    del rest
    undelivered.show(tx, desk, person, event.origin)


def _calendar(tx: Transaction, desk: Desk, person: Person, event: Said | Edited, rest: str) -> None:
    del rest
    calendar_view.show(tx, desk, person, event.origin)


def _advice(tx: Transaction, desk: Desk, person: Person, event: Said | Edited, rest: str) -> None:
    del rest
    advice.show(tx, desk, person, event.origin)


def _week(tx: Transaction, desk: Desk, person: Person, event: Said | Edited, rest: str) -> None:
    del rest
    head_week.show(tx, desk, person, event.origin)


def _pause(tx: Transaction, desk: Desk, person: Person, event: Said | Edited, rest: str) -> None:
    del rest
    sending.pause(tx, desk, person, event.origin)


def _resume(tx: Transaction, desk: Desk, person: Person, event: Said | Edited, rest: str) -> None:
    del rest
    sending.resume(tx, desk, person, event.origin)


def _recall(tx: Transaction, desk: Desk, person: Person, event: Said | Edited, rest: str) -> None:
    if not rest:
        tell.answer(tx, event.origin, "请写明编号，例如：/撤回 A01。", person=person)
        return
    sending.recall(tx, desk, person, event.origin, rest.split(maxsplit=1)[0].upper())


def _invite(tx: Transaction, desk: Desk, person: Person, event: Said | Edited, rest: str) -> None:
    demand(person, "invite")
    try:
        invited = accounts.find_typed(tx, desk.office, rest)
        code = accounts.invite(tx, invited, actor=f"person:{person.id}")
    except UserFacingError as refused:
        tell.answer(tx, event.origin, str(refused), person=person)
        return
    tell.answer(
        tx,
        event.origin,
        f"{invited.name}的绑定码：{code}\n十分钟内有效，只能用一次。请当面或电话告知本人。",
        person=person,
    )


def _unbind(tx: Transaction, desk: Desk, person: Person, event: Said | Edited, rest: str) -> None:
    demand(person, "invite")
    try:
        bound = accounts.find_typed(tx, desk.office, rest)
    except UserFacingError as refused:
        tell.answer(tx, event.origin, str(refused), person=person)
        return
    entry = accounts.revoke(tx, bound, actor=f"person:{person.id}")
    left, buttons = handover_command.offer_for(tx, desk, person, bound)
    text = f"已解除{bound.name}的绑定（流水第 {entry} 号）。{left}"
    tell.answer(tx, event.origin, text, person=person, buttons=buttons)


COMMANDS: dict[str, Command] = {
    "帮助": _help,
    "start": _help,
    "help": _help,
    "我的": _mine,
    "案": own_case.command,
    "代理": delegation_command.command,
    "日历": _calendar,
    "建议": _advice,
    "本周": _week,
    "待审": _queue,
    "待复核": _follow,
    "已核对": _accepted,
    "引用": link_view.command,
    "监控": monitoring.note,
    "专项": campaign_view.command,
    "重点": focus.command,
    "线索": clue_presses.command,
    "数据": _data,
    "未送达": _undelivered,
    "暂停": _pause,
    "暂停发送": _pause,
    "恢复": _resume,
    "恢复发送": _resume,
    "撤回": _recall,
    "邀请": _invite,
    "解绑": _unbind,
    "移交": handover_command.command,
    "名册": roster_presses.command,
    "处理": _item,
    "口头提示": prompt_command.command,
    "未登记": _unregistered,
    "发通知书": notice_drafts.command,
    "通知书": notice_list.command,
    "待签": signing.command,
    "规则": rule_view.command,
    "要点": questions.command,
    "要点库": text_shelf.command,
    "期限": term_answers.command,
    "问答": question_feedback.show,
    "月报": report_presses.monthly,
    "部门报告": report_presses.departments,
    "季报": report_presses.quarterly,
    "年报": report_presses.yearly,
    "报告": report_presses.listed,
    "专项报告": report_commands.campaign,
    "评查": report_commands.evaluations,
    "统计": report_commands.figures,
    "日志": report_commands.log,
    "台账": report_commands.register,
    "流水": report_commands.entry,
    "培训": report_commands.training,
    "讲义": report_commands.training_paper,
}
PLAIN = frozenset(
    {
        "帮助",
        "我的",
        "待审",
        "待复核",
        "暂停发送",
        "恢复发送",
        "待签",
        "重点",
        "专项",
        "线索",
        "监控",
        "要点库",
        "日历",
        "统计",
        "日志",
        "台账",
        "月报",
        "名册",
    }
)
"""Commands understood without the slash, where the word can mean nothing else."""
OFFICERS_WORDS = frozenset(
    {"口头提示", "发通知书", "处理", "监控", "专项", "专项报告", "线索", "统计", "日志", "台账"}
)
"""The officer's; a prosecutor who writes 口头提示 收到 means an answer."""
_TOLD_THEIR_WORD = frozenset({_unknown})
