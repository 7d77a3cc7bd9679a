"""An office that draws the numbers of its notices and keeps their papers in an archive."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from handlers.notices.notice_policy import NoticePolicy
from storage import notices
from tests.support.office_cards import card, card_entry

if TYPE_CHECKING:
    from pathlib import Path

    from storage.models.notices import Notice
    from tests.support.office_desk import OfficeAtWork
    from tests.support.office_phones import Message, Phone

ONE, TWO, THREE = card(1), card(2), card(3, prosecutor="许望舒")
NUMBER = "海东检案管流监〔2026〕1号"


@pytest.fixture
def desk_office(office: OfficeAtWork, tmp_path: Path) -> OfficeAtWork:
    """Three contradictions wait for release: two of one prosecutor, one of another."""
    office.desk = replace(
        office.desk,
        archive=tmp_path / "archive",
        notices=NoticePolicy(numbering="drawn", short_name="海东检"),
    )
    office.export(
        card_entry(ONE, severity="轻微"),
        card_entry(TWO),
        card_entry(THREE, "other", severity="严重"),
        cards=[ONE, TWO, THREE],
    )
    return office


def notice_of(office: OfficeAtWork, id_: int = 1) -> Notice:
    """Return a notice as it stands in the database."""
    found = office.read(lambda session: notices.look(session, id_))
    assert found is not None
    return found


def with_button(phone: Phone, label: str) -> Message:
    """Return the newest message that shows a button."""
    return next(
        one
        for one in reversed(phone.messages)
        if any(name.startswith(label) for name in one.buttons)
    )


def press(phone: Phone, label: str) -> str:
    """Tap the newest button of that label; returns the toast."""
    return phone.press(label, with_button(phone, label))


def issued(office: OfficeAtWork, numbers: str = "A02") -> Notice:
    """Draft, approve and issue a notice; its papers are made and sent."""
    office["陆明远"].say(f"发通知书 {numbers}")
    press(office["陆明远"], "提交审批")
    press(office["沈一鸣"], "批准")
    office.sweep()
    return notice_of(office)
