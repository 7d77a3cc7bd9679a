from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from handlers.counting.measures import ALL, CORRECTED_RATE, EFFECTIVE_RATE
from tests.support.docx_text import lines
from tests.support.recounted_reports import (
    DECEMBER,
    JUNE,
    QUARTER,
    RULES,
    YEAR,
    again_of,
    answered,
)
from tests.support.recounted_training import RecountedTraining

if TYPE_CHECKING:
    from handlers.counting.ranges import Range
    from tests.support.recounted_reports import Written

KEYS = {one.name: key for key, one in ALL.items()} | {
    one[1]: one[0] for one in (CORRECTED_RATE, EFFECTIVE_RATE)
}
KEYS["一审公诉平均办理天数"] = "handling_days"
FIGURE = re.compile(r"(?<=[：，])(\w+) ([\d.]+%?|—)(?:[^\d（，]*)（([\d.]+%?|—)）")
GROUP = re.compile(r"^　(.+?)：人工监控件数 (\d+)，有效监控件数 (\d+)$")
HEADING = re.compile(r"^[二三四五六七八九十]、(.+)$")
MANY = re.compile(r"下列 (\d+) [类条]|，(\d+) 条：$")
SUBJECTS = ("常见问题", "案卡填录", "数据督查", "案-件比")


@pytest.mark.parametrize("during", [DECEMBER, JUNE, QUARTER, YEAR])
def test_every_number_of_the_statistics_in_a_chat_is_that_of_a_second_count(
    reports: Written, during: Range
) -> None:
    again = again_of(reports.lines, during, "")
    text = answered(reports, "figures", during).text
    head, span, *told, ledger, sentence = text.splitlines()
    assert head == f"流程监控统计 · {again.span.title}"
    assert span == f"{again.span.written}（括号内为{again.span.before.title}）"
    figures = [found for line in told for found in FIGURE.findall(line)]
    values = {KEYS[name]: (now, then) for name, now, then in figures}
    then = again.earlier
    assert values == {
        key: (again.figure(key, again.totals), again.figure(key, then) if then else "—")
        for key in values
    }
    groups = {found[1]: found.groups()[1:] for line in told if (found := GROUP.match(line))}
    work = again.now.work("groups")
    assert groups == {
        name: (f"{cells[1]:g}", f"{cells[2]:g}") for name, cells in work.items() if name != "合计"
    }
    rest = [GROUP.sub("", FIGURE.sub("", line)) for line in told]
    assert not [line for line in rest if re.search(r"\d", line)]
    last = reports.lines[-1]
    assert f"{last['sequence']}:{last['hash'][:16]}；" in ledger
    said, left = again.said(sentence)
    assert said == [(key, again.value(key)) for key, _ in said]
    assert not re.search(r"\d", left)


@pytest.mark.parametrize("subject", SUBJECTS)
@pytest.mark.parametrize("during", [JUNE, DECEMBER])
def test_a_hand_out_holds_the_rules_of_a_second_count_in_its_order(
    reports: Written, during: Range, subject: str
) -> None:
    span = again_of(reports.lines, during, "").span
    titles = RecountedTraining(reports.lines, *span.days).titles(subject, RULES)
    answer = answered(reports, "training", during, subject=subject)
    said = answer.text.splitlines()
    assert said[1:-1] == [f"{place}. {title}" for place, title in enumerate(titles, 1)]
    assert answer.book is not None
    paper = lines(answer.book)
    assert [found[1] for line in paper if (found := HEADING.match(line))] == titles
    counts = {"".join(one) for line in (said[0], *paper) for one in MANY.findall(line)}
    assert counts == {str(len(titles))}
    assert f"（{span.written}）" in paper
    assert subject != "常见问题" or any(f"{span.title}确认的问题中" in line for line in paper)
