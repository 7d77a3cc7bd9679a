"""Who works in the demo's office: the people the cards name, and those every office has."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from bot.config import PersonPart

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.config import Role
    from knowledge.cards import Card

CASE_OFFICE = "案件管理办公室"
LEADERS = "院领导"
_UNKNOWN = "未填部门"
# Invented; a name that the cards use is passed over.
_NAMES = (
    *("钟敏", "孟晓", "陆川", "许衡", "白桦", "方玉", "程野", "顾清", "江平", "沈默言"),
    *("柳青", "段鸿", "尹航", "常乐", "温良", "鲁直", "祝融安", "汪洋", "秦岭南", "易水"),
    *("罗盘", "关山", "云舒", "石砚", "林间", "崔巍", "章程", "邵阳", "伍举", "康宁"),
)
_LEADING: tuple[tuple[str, Role], ...] = (
    (CASE_OFFICE, "officer"),
    (CASE_OFFICE, "case_head"),
    (LEADERS, "chief"),
    (LEADERS, "deputy"),
    (CASE_OFFICE, "auditor"),
)


def cast(cards: Iterable[Card], already: Sequence[PersonPart] = ()) -> tuple[PersonPart, ...]:
    """Return the office's people: those who are there already, and whoever is still missing.

    One person per name and department that stands as 承办检察官 or 检察官助理, a head for every
    department, and one officer, case head, chief, deputy and auditor. Two of one name in one
    department cannot be told apart by cards; in two departments they are two people, unless only
    one of them handles cases: an assistant may help out elsewhere.
    """
    handled = list(cards)
    people = list(already)
    _add_handlers(people, handled)
    taken = {person.name for person in people}
    free = (name for name in _names() if name not in taken)
    for department in _departments(people, handled):
        if not _has(people, "head", department):
            people.append(_person(next(free), department, "head"))
    for department, role in _LEADING:
        if not _has(people, role):
            people.append(_person(next(free), department, role))
    return tuple(people)


def _add_handlers(people: list[PersonPart], cards: Sequence[Card]) -> None:
    prosecutors = Counter(_seats(cards, "承办检察官"))
    # a card without its department is no second person of that name
    for name, department in sorted(prosecutors, key=lambda seat: seat[1] == _UNKNOWN):
        if department != _UNKNOWN or all(person.name != name for person in people):
            _add(people, name, department, "prosecutor")
    assistants = Counter(_seats(cards, "检察官助理"))
    for name, _ in assistants:
        seats = {place: many for (other, place), many in assistants.items() if other == name}
        at = [person.department for person in people if person.name == name]
        _add(people, name, at[0] if at else max(seats, key=lambda place: seats[place]), "assistant")


def _seats(cards: Iterable[Card], field: str) -> Iterable[tuple[str, str]]:
    for card in cards:
        name = card.text(field)
        if name:
            yield name, card.text("承办部门") or _UNKNOWN


def _add(people: list[PersonPart], name: str, department: str, role: Role) -> None:
    for place, person in enumerate(people):
        if (person.name, person.department) == (name, department):
            if role not in person.roles:
                people[place] = person.model_copy(update={"roles": (*person.roles, role)})
            return
    people.append(_person(name, department, role))


def _departments(people: Iterable[PersonPart], cards: Iterable[Card]) -> list[str]:
    of_cards = (card.text("承办部门") for card in cards)
    of_people = (person.department for person in people if "prosecutor" in person.roles)
    found = dict.fromkeys(one for one in (*of_cards, *of_people) if one)
    return [one for one in found if one not in {CASE_OFFICE, LEADERS, _UNKNOWN}]


def _has(people: Iterable[PersonPart], role: Role, department: str | None = None) -> bool:
    return any(
        role in person.roles and department in {None, person.department} for person in people
    )


def _person(name: str, department: str, role: Role) -> PersonPart:
    return PersonPart(name=name, department=department, roles=(role,))


def _names() -> Iterable[str]:
    yield from _NAMES
    for number in range(1, 1000):
        yield from (f"{name[0]}{'一二三四五六七八九'[number % 9]}{number}" for name in _NAMES)
