from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.support.running_office import RunningOffice


def test_a_stranger_gets_one_sentence_and_no_facts(office: RunningOffice) -> None:
    stranger = office.stranger()

    answer = office.answer_to(stranger, "A02 怎么了")

    assert "尚未绑定" in answer["text"]
    assert "A02" not in answer["text"]
    assert len(office.ledger(act="stranger")) == 1


@pytest.mark.parametrize(
    ("kind", "file_name"),
    [
        ("voice", "留言.ogg"),
        ("sticker", "好的.webp"),
        ("photo", "截图.jpg"),
        ("document", "说明.docx"),
    ],
)
def test_a_file_of_any_kind_gets_one_sentence_and_an_entry(
    office: RunningOffice, kind: str, file_name: str
) -> None:
    sent = office.send("高远", file_name, b"\x00\x01", kind=kind)

    answer = office.next("高远", sent)

    assert len(answer["text"]) < 120
    (entry,) = office.ledger(act="uploaded")
    assert entry["data"]["kind"] == kind


def test_a_file_on_an_internet_door_is_removed_from_the_chat(office: RunningOffice) -> None:
    sent = office.send("高远", "起诉书.docx", b"PK")
    office.next("高远", sent)
    office.settle()

    assert sent not in [message["message_id"] for message in office.chat("高远")]


def test_five_thousand_characters_lose_nothing(office: RunningOffice) -> None:
    long = "情况说明。" * 999 + "就这些了。"
    # a messenger cuts what is longer than 4,096 characters in two
    for start in (0, 4096):
        office.next("高远", office.say("高远", long[start : start + 4096]))
    office.settle()

    assert "".join(entry["text"] for entry in office.ledger(act="said")) == long


def test_an_unknown_command_is_named_and_help_offered(office: RunningOffice) -> None:
    answer = office.answer_to("高远", "/不存在")

    assert "不存在" in answer["text"]
    assert "/帮助" in answer["text"]


def test_words_that_look_like_markup_come_back_as_they_are(office: RunningOffice) -> None:
    answer = office.answer_to("高远", "/<b>&amp;_*`")

    assert "<b>" in answer["text"]


def test_a_forged_button_does_nothing(office: RunningOffice) -> None:
    digest = office.last("周岚")
    before = office.ledger()

    toast = office.press_data("周岚", digest["message_id"], "AAAAAAAAAAAAAAAA")

    assert toast
    assert [e["act"] for e in office.ledger()[len(before) :] if e["act"].startswith("answer")] == []


def test_somebody_elses_button_is_refused(office: RunningOffice) -> None:
    digest = office.last("周岚")
    data = digest["buttons"][0][0]["data"]

    toast = office.press_data("高远", office.last("高远")["message_id"], data)

    assert toast
    assert "answer_recorded" not in office.acts()
