"""/监控: today's cases, a whole case, and what the officer found there (人工个案监控)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import tell
from handlers.findings.case_reference import type_words
from handlers.monitoring import (
    case_in_hand,
    case_looking,
    case_presses,
    case_proposals,
    problem_drafts,
    problem_presses,
)
from handlers.monitoring.case_in_hand import NoSuchCaseError, WhichCaseError
from handlers.monitoring.problem_drafts import TooLongError
from handlers.permissions import demand
from knowledge import case_numbers

if TYPE_CHECKING:
    from handlers.desk import Desk
    from handlers.incoming import Edited, Said
    from storage.models.people import Person
    from storage.transaction import Transaction

SOUND = "无问题"
USAGE = (
    "请写明案号，例如：/监控 91号 打开全案；/监控 91号 无问题 登记查看；"
    "/监控 91号 未附换押证 登记问题。"
)


def note(tx: Transaction, desk: Desk, person: Person, event: Said | Edited, rest: str) -> None:
    """Show today's cases; open the one named; record what was found in it."""
    demand(person, "monitor")
    typed, _, result = rest.partition(" ")
    if not typed:
        _today(tx, desk, person, event)
        return
    try:
        case = case_in_hand.meant(tx, desk, typed)
        if not result.strip():
            case_presses.say_open(tx, desk, person, event.origin, case.case_no)
        elif result.strip() == SOUND:
            demand(person, "look_at_case", case)
            entry = case_looking.record(tx, person, case, sound=True, said=SOUND)
            name = f"{type_words(case.case_type)} {case_numbers.tail(case.case_no, [])}"
            tell.answer(
                tx,
                event.origin,
                f"已登记人工监控（流水第 {entry} 号）：{name}，{SOUND}。",
                kind="confirmation",
                person=person,
                buttons=case_presses.onward(tx, desk, person, case.case_no),
            )
        else:
            draft = problem_drafts.begin(tx, person, case, problem=result.strip())
            problem_presses.say_start(tx, desk, person, event.origin, draft)
    except (NoSuchCaseError, WhichCaseError, TooLongError) as refused:
        tell.answer(tx, event.origin, f"{refused}。", person=person)


def _today(tx: Transaction, desk: Desk, person: Person, event: Said | Edited) -> None:
    if not case_proposals.of_today(tx, desk):
        tell.answer(tx, event.origin, USAGE, person=person)
        return
    text, buttons = case_proposals.view(tx, desk, person)
    tell.answer(tx, event.origin, text, person=person, buttons=buttons)
