from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rapidfuzz.distance import Levenshtein

from knowledge.laws.faults import UnreadableTextError
from knowledge.laws.parse import parse
from storage.official_texts import correction, pictures
from storage.official_texts.read import Scan, read
from tests.support.own_rules import ROOM_RULES
from tests.support.recognition import recognition
from tests.support.text_files import scanned_pages

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["recognition"]
MOST_ERRORS = 0.01


@pytest.mark.usefixtures("recognition")
def test_scanned_pages_are_read_article_by_article(tmp_path: Path) -> None:
    scan = read(scanned_pages(tmp_path / "规定.pdf", ROOM_RULES))
    assert isinstance(scan, Scan)
    assert scan.pages.pictures == (1, 2)
    kept = correction.begin(tmp_path, scan)
    correction.keep(kept, pictures.read(scan.name, scan.data, kept.left()))

    found = correction.text_of(kept)
    meant = parse("\n".join(line for page in ROOM_RULES for line in page), "规定.txt")
    assert (found.title, found.version) == (meant.title, meant.version)
    assert [one.label for one in found.articles] == [one.label for one in meant.articles]
    assert [one.headings for one in found.articles] == [one.headings for one in meant.articles]
    said, wanted = ("".join(f"{one.text}\n" for one in text.articles) for text in (found, meant))
    assert Levenshtein.distance(said, wanted) <= MOST_ERRORS * len(wanted)


@pytest.mark.usefixtures("recognition")
def test_a_page_that_cannot_be_opened_is_one_sentence() -> None:
    with pytest.raises(UnreadableTextError, match="已损坏或不完整"):
        pictures.read("破.pdf", b"%PDF-1.7 broken", [1])
