from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.numbers import entry_in, findings_in

if TYPE_CHECKING:
    from tests.support.running_office import RunningOffice


def test_one_message_after_another_to_all_is_answered_to_each_in_his_own_chat(
    office: RunningOffice,
) -> None:
    people = office.people()
    said = {name: office.say(name, "/帮助") for name in people}

    answers = {name: office.next(name, said[name]) for name in people}

    assert all(name in answers[name]["text"] for name in people)
    assert {answers[name]["reply_to_message_id"] for name in people} == set(said.values())


def test_everybody_with_an_item_answers_at_once_and_each_is_recorded_once(
    office: RunningOffice,
) -> None:
    digests = {name: office.heard(name) for name in office.people("prosecutor")}
    numbers = {name: findings_in(heard[-1]["text"])[0] for name, heard in digests.items() if heard}
    said = {name: office.say(name, f"{number} 已办结") for name, number in numbers.items()}

    answers = {name: office.next(name, said[name])["text"] for name in numbers}

    entries = [entry_in(text) for text in answers.values()]
    assert len(set(entries)) == len(numbers) > 1
    assert all(numbers[name] in text for name, text in answers.items())
