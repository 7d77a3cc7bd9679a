from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from bot.sample_office.cast import cast
from knowledge.cards import Card

if TYPE_CHECKING:
    from bot.config import PersonPart


def _card(prosecutor: str | None, department: str | None, assistant: str | None = None) -> Card:
    values = {"承办检察官": prosecutor, "承办部门": department, "检察官助理": assistant}
    return Card("云北检刑捕受[2026]990103000041号", None, values)


def _named(people: tuple[PersonPart, ...], role: str) -> list[tuple[str, str]]:
    return [(one.department, one.name) for one in people if role in one.roles]


def test_every_prosecutor_and_assistant_of_the_cards_is_there_once() -> None:
    cards = [
        _card("周岚", "第一检察部", "苗青"),
        _card("周岚", "第一检察部"),
        _card("韩静", "二部"),
    ]

    people = cast(cards)

    assert _named(people, "prosecutor") == [("第一检察部", "周岚"), ("二部", "韩静")]
    assert _named(people, "assistant") == [("第一检察部", "苗青")]


def test_every_department_has_a_head_and_the_office_its_leaders() -> None:
    people = cast([_card("周岚", "一部"), _card("韩静", "二部"), _card(None, "三部")])

    assert [place for place, _ in _named(people, "head")] == ["一部", "二部", "三部"]
    counts: Counter[str] = Counter(role for person in people for role in person.roles)
    single = ("officer", "case_head", "chief", "deputy", "auditor")
    assert [counts[role] for role in single] == [1, 1, 1, 1, 1]


def test_two_of_one_name_in_two_departments_are_two_people() -> None:
    people = cast([_card("王伟", "一部"), _card("王伟", "二部")])

    assert _named(people, "prosecutor") == [("一部", "王伟"), ("二部", "王伟")]


def test_a_card_without_its_department_makes_no_second_person() -> None:
    people = cast([_card("周岚", None), _card("周岚", "一部")])

    assert _named(people, "prosecutor") == [("一部", "周岚")]


def test_an_assistant_who_helps_out_elsewhere_stays_one_person() -> None:
    cards = [
        _card("周岚", "一部", "苗青"),
        _card("周岚", "一部", "苗青"),
        _card("韩静", "二部", "苗青"),
    ]

    assert _named(cast(cards), "assistant") == [("一部", "苗青")]


def test_an_invented_name_that_the_cards_use_is_passed_over() -> None:
    people = cast([_card("钟敏", "一部")])

    assert len({one.name for one in people}) == len(people)


def test_the_people_of_an_earlier_start_stay_who_they_are() -> None:
    before = cast([_card("周岚", "一部")])

    after = cast([_card("韩静", "二部"), _card("周岚", "一部")], before)

    assert after[: len(before)] == before
    assert _named(after, "prosecutor") == [("一部", "周岚"), ("二部", "韩静")]
