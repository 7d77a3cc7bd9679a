from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.numbers import findings_in

if TYPE_CHECKING:
    from tests.support.running_office import RunningOffice


def _results(office: RunningOffice, kind: str) -> list[str]:
    return [
        entry["act"]
        for entry in office.ledger()
        if entry["act"].startswith("message_") and entry["data"]["kind"] == kind
    ]


def _answered(office: RunningOffice, *, results: int) -> list[str]:
    number = findings_in(office.last("高远")["text"])[0]
    office.say("高远", f"{number} 已办结")
    found: list[str] = office.until(
        lambda: (seen := _results(office, "confirmation"))[results - 1 :] and seen, "a result"
    )
    return found


@pytest.mark.parametrize(
    ("kind", "result"),
    [
        ("403", "message_not_sent"),
        ("400", "message_not_sent"),
        ("502", "message_unknown"),
        ("reset", "message_unknown"),
    ],
)
def test_the_answer_is_recorded_whatever_becomes_of_its_confirmation(
    office: RunningOffice, kind: str, result: str
) -> None:
    office.fault(kind)

    assert _answered(office, results=1) == [result]
    assert len(office.ledger(act="answer_recorded")) == 1


def test_too_many_requests_only_delay_a_confirmation(office: RunningOffice) -> None:
    office.fault("429")

    assert _answered(office, results=2) == ["message_postponed", "message_sent"]
    assert len(office.heard("高远")) == 2


def test_a_digest_of_unknown_fate_comes_once_more_and_says_so(early_office: RunningOffice) -> None:
    early_office.fault("reset", contains="每日提示", delivered=True)
    early_office.go_to("2026-06-15T08:31:00+08:00")

    told = [
        one["text"]
        for name in early_office.people("prosecutor")
        for one in early_office.heard(name)
    ]
    repeated = [text for text in told if text.startswith("【补发】")]
    assert len(repeated) == 1
    assert repeated[0].removeprefix("【补发】") in told


def test_one_blocked_phone_holds_up_nobody_else(early_office: RunningOffice) -> None:
    early_office.ask("POST", f"/people/{early_office.id_of('高远')}/block", blocked=True)
    early_office.go_to("2026-06-15T08:31:00+08:00")

    assert early_office.heard("高远") == []
    assert early_office.last("周岚")
    assert len(early_office.ledger(act="person_unreachable")) == 1
