from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from storage import delivery, inbox, people
from storage.models.messages import InboxRow, OutboxRow
from storage.outbox import Outgoing
from tests.support.notice_desk import press
from tests.support.office_phones import DOOR

if TYPE_CHECKING:
    from storage.message_kinds import Kind
    from tests.support.office_desk import OfficeAtWork

OFFICER, READER = "陆明远", "林知秋"


def lost(office: OfficeAtWork, *, unknown: bool = False, kind: Kind = "prompt") -> int:
    """Send the prosecutor a message that does not arrive."""
    with office.database.transaction(office.now) as tx:
        (reader,) = people.named(tx.session, office.desk.office, READER)
        row = tx.send(
            Outgoing(
                person_id=reader.id,
                door=DOOR,
                chat=office[READER].chat,
                kind=kind,
                text="请核对 A01",
                subjects=("A01",),
            )
        )
    assert row is not None
    with office.database.transaction(office.now, alone=False) as tx:
        assert delivery.claim(tx, row.id) is not None
    with office.database.transaction(office.now, alone=False) as tx:
        if unknown:
            delivery.unknown(tx, row.id, "超时")
        else:
            delivery.not_sent(tx, row.id, "对方拒收", final=True)
    return row.id


def state(office: OfficeAtWork, id_: int) -> str:
    found: str = office.read(lambda session: session.get_one(OutboxRow, id_).state)
    return found


def letter(office: OfficeAtWork) -> int:
    """Keep a letter of the prosecutor that fails three times."""
    inbox.put(office.database, DOOR, 7, office[READER].chat, {"text": "A01"}, office.now)
    id_: int = office.read(lambda session: session.scalars(select(InboxRow.id)).one())
    for _ in range(3):
        with office.database.transaction(office.now) as tx:
            inbox.failed(tx, id_, "KeyError（handlers.answers.answers:1）")
    return id_


def test_nothing_to_decide_is_said(desk_office: OfficeAtWork) -> None:
    desk_office[OFFICER].say("/未送达")
    assert desk_office[OFFICER].last.text == "没有未送达的消息，也没有未能处理的来信。"


def test_a_message_that_did_not_arrive_is_listed_and_goes_once_more(
    desk_office: OfficeAtWork,
) -> None:
    row = lost(desk_office)
    officer = desk_office[OFFICER]
    officer.say("/未送达")
    assert "给林知秋的口头提示 A01：未送达（对方拒收）" in officer.last.text
    assert press(officer, "1 再发一次") == "已安排再发一次"
    assert state(desk_office, row) == "sent"
    assert desk_office[READER].last.text == "请核对 A01"
    assert [one["object"] for one in desk_office.acts("message_sent_again")] == [f"outbox:{row}"]


def test_one_told_in_another_way_leaves_the_list_and_is_not_sent(
    desk_office: OfficeAtWork,
) -> None:
    row = lost(desk_office)
    officer = desk_office[OFFICER]
    officer.say("/未送达")
    press(officer, "1 已另行告知")
    assert state(desk_office, row) == "expired"
    assert officer.last.text == "没有未送达的消息，也没有未能处理的来信。"
    assert desk_office.acts("message_told_otherwise")[0]["actor"].startswith("person:")


def test_a_second_press_changes_nothing(desk_office: OfficeAtWork) -> None:
    lost(desk_office)
    officer = desk_office[OFFICER]
    officer.say("/未送达")
    message = officer.last
    token = message.buttons["1 已另行告知"]
    officer.press_token(token, message)
    assert officer.press_token(token, message) == "这一条已经处理过了"
    assert len(desk_office.acts("message_told_otherwise")) == 1


def test_a_notice_is_sent_again_only_where_notices_are(desk_office: OfficeAtWork) -> None:
    lost(desk_office, unknown=True, kind="notice")
    officer = desk_office[OFFICER]
    officer.say("/未送达")
    assert "不知是否送达" in officer.last.text
    assert "通知书请在 /通知书 里再次发送" in officer.last.text
    assert list(officer.last.buttons) == []


def test_a_letter_that_could_not_be_worked_off_is_put_back(desk_office: OfficeAtWork) -> None:
    id_ = letter(desk_office)
    officer = desk_office[OFFICER]
    officer.say("/未送达")
    assert f"收件编号 {id_} · 6月15日 08:30 林知秋" in officer.last.text
    press(officer, f"{id_} 再处理一次")
    assert desk_office.read(lambda session: session.get_one(InboxRow, id_).state) == "open"


@pytest.mark.parametrize("person", ["林知秋", "顾长青", "白鹭"])
def test_it_is_the_officers_list(desk_office: OfficeAtWork, person: str) -> None:
    lost(desk_office)
    desk_office[person].say("/未送达")
    assert "不在您的权限内" in desk_office[person].last.text
