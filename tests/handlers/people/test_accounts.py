from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from handlers import help_texts
from handlers.incoming import Said
from handlers.people import accounts
from storage import people
from storage.models.people import Invite, Person
from tests.support.office_cards import OFFICE
from tests.support.office_desk import PEOPLE

if TYPE_CHECKING:
    from tests.support.office_desk import OfficeAtWork

NEWCOMER = people.Listed("苏未名", "第一检察部", ("prosecutor",))


@pytest.fixture
def code(office: OfficeAtWork) -> str:
    """A code for somebody who is not bound yet, asked for by the officer."""
    office.write(lambda tx: people.keep(tx.session, OFFICE, [*PEOPLE, NEWCOMER]))
    office["陆明远"].say("/邀请 苏未名")
    return office["陆明远"].last.text.splitlines()[0].partition("：")[2]


def account_of(office: OfficeAtWork, name: str) -> str | None:
    found: str | None = office.read(
        lambda session: session.scalars(select(Person.account).where(Person.name == name)).one()
    )
    return found


def test_a_code_binds_the_account_that_sends_it(office: OfficeAtWork, code: str) -> None:
    phone = office.stranger()
    sent = phone.say(code)
    assert account_of(office, "苏未名") == "999"
    assert phone.last.text.startswith("绑定成功。苏未名，您可以：")
    assert phone.removed == [sent]


def test_a_code_from_a_link_or_in_small_letters_binds_too(office: OfficeAtWork, code: str) -> None:
    office.stranger().say(f"/start {code.lower()}")
    assert account_of(office, "苏未名") == "999"


def test_a_code_has_fifty_bits_and_is_kept_as_a_hash(office: OfficeAtWork, code: str) -> None:
    kept = office.read(lambda session: session.scalars(select(Invite.code_hash)).one())
    assert len(code) * 5 == 50
    assert kept == accounts.hash_of(code)
    assert all(code not in text for text in office.words())


def test_a_code_works_once(office: OfficeAtWork, code: str) -> None:
    office.stranger("999").say(code)
    second = office.stranger("998")
    second.say(code)
    assert second.last.text == help_texts.BAD_CODE
    assert account_of(office, "苏未名") == "999"


def test_a_code_dies_after_ten_minutes(office: OfficeAtWork, code: str) -> None:
    office.at(office.now + timedelta(minutes=10))
    phone = office.stranger()
    phone.say(code)
    assert phone.last.text == help_texts.BAD_CODE


def test_a_newer_code_ends_the_older_one(office: OfficeAtWork, code: str) -> None:
    office["陆明远"].say("/邀请 苏未名")
    phone = office.stranger()
    phone.say(code)
    assert phone.last.text == help_texts.BAD_CODE


def test_guessing_is_slowed_down(office: OfficeAtWork, code: str) -> None:
    phone = office.stranger()
    for _ in range(5):
        phone.say("ABCDEFGH23")
    phone.say(code)
    assert phone.last.text == help_texts.TOO_MANY_TRIES
    assert account_of(office, "苏未名") is None
    assert len(office.acts("binding_refused")) == 6
    office.at(office.now + timedelta(minutes=9))
    office["陆明远"].say("/邀请 苏未名")
    fresh = office["陆明远"].last.text.splitlines()[0].partition("：")[2]
    office.at(office.now + timedelta(minutes=2))
    phone.say(fresh)
    assert account_of(office, "苏未名") == "999"


def test_ordinary_words_of_a_stranger_are_no_tries(office: OfficeAtWork, code: str) -> None:
    phone = office.stranger()
    for _ in range(6):
        phone.say("你好")
    assert phone.texts == [help_texts.STRANGER] * 5
    phone.say(code)
    assert account_of(office, "苏未名") == "999"


def test_a_code_sent_to_a_group_is_void(office: OfficeAtWork, code: str) -> None:
    phone = office.stranger()
    phone.say_in_group(code)
    assert office.group.last.text == help_texts.CODE_IN_GROUP
    phone.say(code)
    assert phone.last.text == help_texts.BAD_CODE


def test_a_bound_account_keeps_its_person_whatever_code_it_sends(
    office: OfficeAtWork, code: str
) -> None:
    office["许望舒"].say(code)
    assert account_of(office, "苏未名") is None
    assert account_of(office, "许望舒") == office["许望舒"].account


def test_a_bound_person_gets_no_second_code(office: OfficeAtWork) -> None:
    office["陆明远"].say("/邀请 许望舒")
    assert office["陆明远"].last.text == "许望舒已绑定账号。如需更换，请先发送 /解绑 许望舒"


def test_after_unbinding_nothing_is_his_any_more(office: OfficeAtWork) -> None:
    office["陆明远"].say("/解绑 许望舒")
    office["许望舒"].say("/我的")
    assert office["许望舒"].last.text == help_texts.STRANGER
    assert len(office.acts("unbound")) == 1


def test_an_account_of_somebody_no_longer_listed_can_be_bound_anew(
    office: OfficeAtWork, code: str
) -> None:
    former = office["许望舒"]
    listed = [one for one in PEOPLE if one.name != "许望舒"]
    office.write(lambda tx: people.keep(tx.session, OFFICE, [*listed, NEWCOMER]))
    former.say(code)
    assert account_of(office, "苏未名") == former.account
    assert account_of(office, "许望舒") is None


def test_only_officers_invite(office: OfficeAtWork) -> None:
    office["林知秋"].say("/邀请 许望舒")
    assert "不在您的权限内" in office["林知秋"].last.text
    assert office.acts("refused")[0]["data"]["act"] == "invite"


def test_an_unknown_name_is_named(office: OfficeAtWork) -> None:
    office["陆明远"].say("/邀请 无此人")
    assert office["陆明远"].last.text.startswith("人员名单里没有“无此人”")


def test_of_two_of_one_name_the_department_decides(office: OfficeAtWork) -> None:
    twin = people.Listed("苏未名", "第二检察部", ("prosecutor",))
    office.write(lambda tx: people.keep(tx.session, OFFICE, [*PEOPLE, NEWCOMER, twin]))
    office["陆明远"].say("/邀请 苏未名")
    assert office["陆明远"].last.text.startswith("有两名“苏未名”")
    office["陆明远"].say("/邀请 第二检察部 苏未名")
    assert "苏未名的绑定码" in office["陆明远"].last.text


def test_a_strangers_press_is_answered(office: OfficeAtWork) -> None:
    office["林知秋"].say("/帮助")
    phone = office.stranger()
    message = office["林知秋"].last
    assert phone.press_token(message.buttons["/我的"], message) == "您尚未绑定，请先绑定"


def test_what_a_stranger_says_in_a_group_is_kept_and_not_answered(office: OfficeAtWork) -> None:
    phone = office.stranger()
    office.handle(Said(phone.origin(chat="-100"), "有人吗"))
    assert office.group.messages == []
    assert "有人吗" in office.words()
