from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.numbers import entry_in, findings_in
from tests.support.running_office import labels_of, office_in_process

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.running_office import RunningOffice


def test_an_answer_in_ones_own_words_is_recorded_under_its_ledger_number(
    office: RunningOffice,
) -> None:
    digest = office.last("周岚")
    number = findings_in(digest["text"])[0]

    answer = office.answer_to("周岚", f"{number} 昨天已经办结，系统还没填", reply_to=digest)

    assert number in answer["text"]
    said, recorded = office.ledger()[entry_in(answer["text"]) - 1 :][:2]
    assert (said["act"], said["text"]) == ("said", f"{number} 昨天已经办结，系统还没填")
    assert (recorded["act"], recorded["object"]) == ("answer_recorded", f"finding:{number}")


def test_the_reply_stays_a_claim_and_closes_nothing(office: RunningOffice) -> None:
    number = findings_in(office.last("周岚")["text"])[0]

    answer = office.answer_to("周岚", f"{number} 已改，审结日期 6.12")

    assert "尚未销号" in answer["text"]
    assert office.ledger(act="finding_closed") == []


def test_two_messages_in_quick_succession_keep_their_order(office: RunningOffice) -> None:
    first, second = findings_in(office.last("周岚")["text"])[:2]

    sent = office.say("周岚", f"{first} 已办结")
    office.say("周岚", f"{second} 正在补录")
    office.next("周岚", sent, containing=second)

    confirmed = [findings_in(one["text"])[0] for one in office.heard("周岚", after=sent)]
    assert confirmed == [first, second]


def test_a_second_press_changes_nothing_and_says_when_it_was_recorded(
    office: RunningOffice,
) -> None:
    digest = office.last("周岚")
    number = findings_in(digest["text"])[0]
    office.press("周岚", digest, number)
    opened = office.shows("周岚", digest, "知悉")

    office.press("周岚", opened, "知悉")
    entries = len(office.ledger(act="answer_recorded"))
    toast = office.press("周岚", opened, "知悉")

    assert "记录" in toast
    assert "已于" in toast
    assert len(office.ledger(act="answer_recorded")) == entries


def test_two_presses_at_once_are_recorded_once(office: RunningOffice) -> None:
    digest = office.last("周岚")
    office.press("周岚", digest, "全部知悉")
    before = len(office.ledger())

    toasts = [office.press("周岚", digest, "全部知悉") for _ in range(3)]

    assert len(set(toasts)) == 1
    assert [act for act in office.acts()[before:] if act.startswith("answer")] == []


def test_a_button_of_yesterday_is_answered_after_a_restart(home: Path) -> None:
    with office_in_process(home) as first:
        digest = first.last("周岚")
        first.go_to("2026-06-16T08:31:00+08:00")
    number = findings_in(digest["text"])[0]

    with office_in_process(home) as second:
        toast = second.press("周岚", digest, number)

        assert number in toast


def test_a_press_before_a_restart_is_known_after_it(home: Path) -> None:
    with office_in_process(home) as first:
        digest = first.last("周岚")
        first.press("周岚", digest, findings_in(digest["text"])[0])
        opened = first.shows("周岚", digest, "知悉")
        first.press("周岚", opened, "知悉")

    with office_in_process(home) as second:
        assert "已于" in second.press("周岚", opened, "知悉")
        assert len(second.ledger(act="answer_recorded")) == 1


def test_an_answer_said_while_the_bot_was_away_is_recorded_at_its_return(
    office: RunningOffice,
) -> None:
    number = findings_in(office.last("周岚")["text"])[0]
    office.fault("502", method="getUpdates", times=3)

    answer = office.answer_to("周岚", f"{number} 已办结")

    assert entry_in(answer["text"]) > 0


def test_a_question_is_answered_with_its_provision(office: RunningOffice) -> None:
    answer = office.answer_to("周岚", "审捕期限几天")

    assert "依据" in answer["text"]
    assert "七日" in answer["text"]


def test_what_does_not_fit_is_kept_and_one_sentence_says_so(office: RunningOffice) -> None:
    answer = office.answer_to("高远", "今天天气不错啊")

    assert answer["text"]
    assert [entry["text"] for entry in office.ledger(act="said")] == ["今天天气不错啊"]
    assert office.ledger(act="answer_recorded") == []


def test_an_edited_answer_is_read_again_and_both_versions_stay(office: RunningOffice) -> None:
    number = findings_in(office.last("周岚")["text"])[0]
    said = office.say("周岚", f"{number} 已办结")
    first = office.next("周岚", said)

    office.edit("周岚", said, f"{number} 已改，审结日期 6.12")
    office.next("周岚", first)

    spoken = [entry["text"] for entry in office.ledger() if entry["act"] in {"said", "edited"}]
    assert spoken[-2:] == [f"{number} 已办结", f"{number} 已改，审结日期 6.12"]


def test_a_thumb_on_a_digest_acknowledges_it(office: RunningOffice) -> None:
    digest = office.last("高远")

    office.react("高远", digest)

    answer = office.next("高远", digest)
    assert "已知悉" in answer["text"]


def test_two_items_that_fit_are_asked_back_about(office: RunningOffice) -> None:
    answer = office.answer_to("周岚", "已经改好了")

    assert len(findings_in(" ".join(labels_of(answer)))) > 1


@pytest.mark.parametrize("text", ["第1条 已办结", "A1 已办结"])
def test_an_item_is_named_by_its_place_or_loosely(office: RunningOffice, text: str) -> None:
    answer = office.answer_to("高远", text)

    assert answer["text"]
    assert office.ledger(act="said")
