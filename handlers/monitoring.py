"""/监控 91号 无问题: what the officer looked at himself goes into the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import tell
from handlers.case_reference import type_words
from handlers.permissions import demand
from knowledge import case_numbers
from storage import cases

if TYPE_CHECKING:
    from handlers.desk import Desk
    from handlers.incoming import Edited, Said
    from storage.models.people import Person
    from storage.transaction import Transaction

USAGE = "请写明案号和结果，例如：/监控 91号 无问题。"
MOST_SHOWN = 5


def note(tx: Transaction, desk: Desk, person: Person, event: Said | Edited, rest: str) -> None:
    """Record one case looked at by hand, with the result in the officer's words."""
    demand(person, "monitor")
    fragment, _, result = rest.partition(" ")
    if not fragment or not result.strip():
        tell.answer(tx, event.origin, USAGE, person=person)
        return
    fitting = _fitting(tx, desk, fragment)
    if len(fitting) != 1:
        tell.answer(tx, event.origin, _which(fragment, list(fitting)), person=person)
        return
    [(case_no, case_type)] = fitting.items()
    sound = result.strip() == "无问题"
    entry = tx.record(
        "monitored_by_hand",
        f"case:{case_no}",
        actor=f"person:{person.id}",
        data={"sound": sound},
        text=result.strip(),
    )
    case = f"{type_words(case_type)} {case_numbers.tail(case_no, [])}"
    found = "无问题" if sound else "发现问题，原话已留存"
    tell.answer(
        tx,
        event.origin,
        f"已登记人工监控（流水第 {entry} 号）：{case}，{found}。",
        kind="confirmation",
        person=person,
    )


def _fitting(tx: Transaction, desk: Desk, fragment: str) -> dict[str, str | None]:
    """Return the cases a typed number can mean, each with its type."""
    matching = [
        one for one in cases.numbers(tx.session, desk.office) if case_numbers.matches(fragment, one)
    ]
    rows = cases.rows(tx.session, desk.office, matching)
    return {row.case_no: row.card["values"].get("案件类别") for row in rows}


def _which(fragment: str, fitting: list[str]) -> str:
    if not fitting:
        return f"案卡中没有找到“{fragment}”，请核对案号，或写完整的部门受案号。"
    tails = "、".join(case_numbers.tail(one, fitting) for one in fitting[:MOST_SHOWN])
    return f"“{fragment}”对应 {len(fitting)} 件：{tails}。请把案号写全一些，例如：刑诉91号。"
