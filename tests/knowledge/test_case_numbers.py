from __future__ import annotations

import pytest

from knowledge.case_numbers import has_juvenile_word, matches, normalise, parse, tail

ARREST = "云北检刑捕受[2026]990103000041号"
OTHER = "云北检刑捕受[2026]990103000036号"
SAME_TAIL = "云北检刑诉受[2026]990103000041号"
LAST_YEAR = "云北检刑捕受[2025]990103000041号"


@pytest.mark.parametrize(
    "text",
    [
        "云北检刑捕受〔2026〕990103000041 号",
        "云北检刑捕受（2026）990103000041号",
        "云北检刑捕受［２０２６］990103000041号",
        " 云北检刑捕受【2026】990103000041号 ",
    ],
)
def test_brackets_widths_and_spaces_are_made_alike(text: str) -> None:
    assert normalise(text) == ARREST


@pytest.mark.parametrize(
    "text",
    [
        "密检起诉受[2016]37078500026号",
        "山东省院起诉受[2016]37000000031号",
        "沭检刑诉受[2021]371329000004号",
        "云北检行公[2026]990103000007号",
    ],
)
def test_observed_forms_are_recognised(text: str) -> None:
    assert parse(text) is not None


@pytest.mark.parametrize("text", ["东检刑诉受[2019]00137号", "冷检起诉受[2014]2014075421号", ""])
def test_unobserved_forms_are_not_recognised(text: str) -> None:
    assert normalise(text) is None


def test_a_tail_grows_until_it_is_unique() -> None:
    assert tail(ARREST, [ARREST, OTHER]) == "尾号041"
    assert tail(ARREST, [SAME_TAIL]) == "刑捕 尾号041"
    assert tail(ARREST, [SAME_TAIL, LAST_YEAR]) == "2026年刑捕 尾号041"
    assert tail("东检刑诉受[2019]00137号", []) == "尾号137"
    assert tail(ARREST, ["云北检刑捕受[2026]990103001041号"]) == "2026年刑捕 尾号000041"
    assert tail("甲", ["乙"]) == "甲"


@pytest.mark.parametrize(
    "typed",
    ["41号", "041", "尾号041", "尾号41", "刑捕41", "刑捕受[2026]41号", "2026年41号", ARREST],
)
def test_what_people_type_of_a_number_means_the_case(typed: str) -> None:
    assert matches(typed, ARREST)


@pytest.mark.parametrize(
    "typed", ["42号", "刑诉41", "[2025]41号", "第一条", "1", "041041041041041"]
)
def test_what_does_not_fit_means_another_case(typed: str) -> None:
    assert not matches(typed, ARREST)


def test_juvenile_words_are_seen() -> None:
    assert has_juvenile_word("云北检未捕受[2026]990103000004号")
    assert has_juvenile_word("云北检未起诉受[2026]990103000006号")
    assert not has_juvenile_word(ARREST)
