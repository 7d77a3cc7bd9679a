from __future__ import annotations

import re

import pytest

from handlers.counting import card_measures, measures
from handlers.counting.card_reader import CardReader
from handlers.counting.finding_reader import FindingReader
from handlers.counting.notice_reader import NoticeReader, ObjectionReader
from handlers.registers.act_words import ACT_WORDS, OBJECT_WORDS
from tests.support.command import ROOT

PAGE = (ROOT / "docs" / "statistics.md").read_text(encoding="utf-8")
DEFINED = [(one.name, one.unit, one.definition) for one in measures.ALL.values()]
DEFINED += [(one[1], "%", one[2]) for one in (measures.EFFECTIVE_RATE, measures.CORRECTED_RATE)]
DEFINED.append(card_measures.HANDLING[1:])


@pytest.mark.parametrize(("name", "unit", "definition"), DEFINED)
def test_every_figure_stands_on_the_page_as_it_is_defined(
    name: str, unit: str, definition: str
) -> None:
    assert f"| {name} | {unit} | {definition} |" in PAGE


def test_no_two_figures_have_one_name() -> None:
    names = [name for name, _, _ in DEFINED]
    assert len(set(names)) == len(names)


def test_every_act_that_is_counted_has_its_word_and_the_page_of_acts_the_same() -> None:
    findings = FindingReader()
    readers = (findings, CardReader(), NoticeReader(findings), ObjectionReader(findings))
    counted = {act for reader in readers for act in reader.handled}
    assert counted <= ACT_WORDS.keys()
    script = (ROOT / "bot" / "sandbox" / "page" / "acts.js").read_text(encoding="utf-8")
    acts, _, objects = script.partition("const OBJECTS")
    assert dict(re.findall(r'(\w+): "([^"]+)"', acts)) == dict(ACT_WORDS)
    assert dict(re.findall(r'(\w+): "([^"]+)"', objects.partition("};")[0])) == dict(OBJECT_WORDS)
