from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.numbers import findings_in
from tests.support.running_office import labels_of

if TYPE_CHECKING:
    from tests.support.running_office import RunningOffice


def test_the_queue_is_shown_item_by_item_and_worked_off(office: RunningOffice) -> None:
    officer = office.the("officer")
    shown = office.answer_to(officer, "/待审")
    first = findings_in(shown["text"])[0]

    office.press(officer, shown, "确认")

    released = office.ledger(act="finding_released")
    assert [entry["object"] for entry in released][:1] == [f"finding:{first}"]


def test_what_is_released_after_the_digest_goes_at_once_or_with_the_next(
    office: RunningOffice,
) -> None:
    officer = office.the("officer")
    before = {name: len(office.heard(name)) for name in office.people("prosecutor")}
    shown = office.answer_to(officer, "/待审")

    toast = office.press(officer, shown, "全部发出")
    office.settle()

    assert "已放行" in toast
    after = {name: len(office.heard(name)) for name in office.people("prosecutor")}
    assert sum(after.values()) > sum(before.values())


def test_a_drop_names_its_reason_and_never_reaches_the_prosecutor(office: RunningOffice) -> None:
    officer = office.the("officer")
    shown = office.answer_to(officer, "/待审")
    number = findings_in(shown["text"])[0]

    office.press(officer, shown, "不属问题")
    asked = office.shows(officer, shown, "重复")
    office.press(officer, asked, "重复")

    (closed,) = office.ledger(act="finding_closed")
    assert closed["object"] == f"finding:{number}"


def test_an_answer_waits_for_review_and_is_accepted_there(office: RunningOffice) -> None:
    officer = office.the("officer")
    number = findings_in(office.last("高远")["text"])[0]
    confirmed = office.answer_to("高远", f"{number} 已办结")

    shown = office.answer_to(officer, "/待复核")
    assert number in shown["text"]
    office.press(officer, shown, "核实销号")

    told = office.next("高远", confirmed)
    assert f"{number} 已由案管核实销号" in told["text"]


def test_while_paused_no_digest_leaves_and_afterwards_it_does(office: RunningOffice) -> None:
    officer = office.the("officer")
    office.answer_to(officer, "/暂停")
    office.go_to("2026-06-16T09:00:00+08:00")
    paused = {name: len(office.heard(name)) for name in office.people("prosecutor")}

    office.next(officer, office.say(officer, "/恢复"), containing="已恢复发送")
    office.go_to("2026-06-17T09:00:00+08:00")

    resumed = {name: len(office.heard(name)) for name in office.people("prosecutor")}
    assert set(paused.values()) <= {0, 1}
    assert sum(resumed.values()) > sum(paused.values())


def test_a_prosecutor_cannot_open_the_queue(office: RunningOffice) -> None:
    answer = office.answer_to("高远", "/待审")

    assert labels_of(answer) == []
    assert len(office.ledger(act="refused")) == 1


def test_the_ledger_of_a_busy_day_verifies(office: RunningOffice) -> None:
    officer = office.the("officer")
    shown = office.answer_to(officer, "/待审")
    office.press(officer, shown, "全部发出")
    for name in office.people("prosecutor"):
        office.say(name, "收到")
    office.settle()

    entries = office.ledger()
    assert [entry["sequence"] for entry in entries] == list(range(1, len(entries) + 1))
