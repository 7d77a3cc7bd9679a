from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from handlers.upkeep import absence

if TYPE_CHECKING:
    from tests.support.office_desk import OfficeAtWork


def test_the_officer_learns_from_when_letters_may_be_missing(desk_office: OfficeAtWork) -> None:
    since, until = desk_office.now - timedelta(hours=30), desk_office.now
    for _ in range(2):
        desk_office.write(lambda tx: absence.tell(tx, desk_office.desk, since, until))
    told = [text for text in desk_office["陆明远"].texts if "可能没有收到" in text]
    assert len(told) == 1
    assert told[0].startswith("6月14日 02:30至6月15日 08:30，")
    assert desk_office["林知秋"].messages == []
