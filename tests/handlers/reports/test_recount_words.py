from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.support.docx_text import lines
from tests.support.recounted_phrases import ADVICE, COMMON, MOVED
from tests.support.recounted_reports import ASKED, QUARTER, RULES, again_of

if TYPE_CHECKING:
    from handlers.counting.ranges import Range
    from handlers.reports.work_report import Kind
    from tests.support.recounted_reports import Written


def paragraphs(content: bytes) -> list[str]:
    """The sentences of a report: between its first heading and its signature."""
    told = [line for line in lines(content) if line]
    first = next(place for place, line in enumerate(told) if line.startswith("一、"))
    last = next(place for place, line in enumerate(told) if line.endswith("（印章）"))
    # what stands under a table is a definition
    return [
        line
        for line in told[first:last]
        if not re.match(r"[^，。；]{2,10}：期|[^，。；]{2,10}：\w+中，|[图表]\d+　", line)
    ]


@pytest.mark.parametrize(("kind", "during", "department"), ASKED)
def test_every_number_in_a_sentence_is_that_of_a_second_count(
    reports: Written, kind: Kind, during: Range, department: str
) -> None:
    again = again_of(reports.lines, during, department)
    found: list[tuple[str, str]] = []
    for paragraph in paragraphs(reports.papers[kind, during, department].full):
        if not ADVICE.match(paragraph):
            told, rest = again.said(paragraph)
            assert not re.search(r"\d", rest), (paragraph, rest)
            found += told
    assert found == [(key, again.value(key)) for key, _ in found]
    assert {key for key, _ in found} >= again.demanded(kind)


@pytest.mark.parametrize(("kind", "during", "department"), ASKED)
def test_common_problems_and_what_is_asked_are_those_of_a_second_count(
    reports: Written, kind: Kind, during: Range, department: str
) -> None:
    again = again_of(reports.lines, during, department)
    said = paragraphs(reports.papers[kind, during, department].full)
    common = again.lists.common() if kind != "quarterly" else []
    if kind == "yearly":
        common = [(*one[:3], "") for one in common]
    told = [found.groups("") for line in said if (found := COMMON.match(line))]
    assert told == [
        (str(place), title, str(problems), str(cases), example)
        for place, (title, problems, cases, example) in enumerate(common, 1)
    ]
    asked = {one.title: one.requirement for one in RULES.values()}
    advice = [line for line in said if ADVICE.match(line) and not COMMON.match(line)]
    assert advice == [
        f"{place}．{asked.get(title, f'请核对“{title}”一类事项。')}"
        for place, (title, *_) in enumerate(common, 1)
    ]


@pytest.mark.parametrize("up", [True, False])
def test_a_quarter_names_every_class_that_rose_or_fell(reports: Written, *, up: bool) -> None:
    again = again_of(reports.lines, QUARTER, "")
    word = "增加的：" if up else "减少的："
    said = paragraphs(reports.papers["quarterly", QUARTER, ""].full)
    told = [name for line in said if word in line for name in MOVED.findall(line)]
    assert sorted(told) == again.moved(up=up)
