from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from handlers.counting import ranges
from handlers.reports import of_department, work_report
from handlers.reports.work_report import Signatures
from tests.support.busy_months import BusyMonths
from tests.support.counting_office import facts_of, statistics_of
from tests.support.docx_text import everything, tables
from tests.support.office_cards import FIRST, SECOND

if TYPE_CHECKING:
    from handlers.counting.facts import Facts
    from handlers.reports.work_report import Counted, Papers
    from tests.support.office_desk import OfficeAtWork

JUNE = ranges.Range(2026, 6)
NAMES = ("林知秋", "许望舒", "叶清和", "顾长青", "甄某", "盗窃案")


@pytest.fixture
def busy(counted: OfficeAtWork) -> OfficeAtWork:
    BusyMonths(counted, 7).live(date(2026, 6, 8), date(2026, 6, 30), acts_a_day=5)
    return counted


def made(office: OfficeAtWork, counted: Counted, signed: Signatures | None = None) -> Papers:
    day = date(2026, 7, 1)
    signed = signed or Signatures("陆明远", "沈一鸣", "江平", "318")
    return office.read(
        lambda session: work_report.papers(office.desk, session, counted, day=day, signed=signed)
    )


def test_the_report_says_the_figures_of_the_statistics(busy: OfficeAtWork) -> None:
    counted = work_report.count(busy.desk, facts_of(busy), "monthly", JUNE)
    totals = statistics_of(busy, JUNE).totals
    text = everything(made(busy, counted).full)
    assert f"监控案件{totals['watched'].written}件" in text
    assert f"口头提示{totals['oral'].written}次" in text
    assert "留痕流水第 318 号" in text
    assert "草稿" not in text


def test_the_figures_of_every_table_stand_in_the_paper(busy: OfficeAtWork) -> None:
    counted = work_report.count(busy.desk, facts_of(busy), "monthly", JUNE)
    printed = tables(made(busy, counted).full)
    for table in statistics_of(busy, JUNE).tables:
        if table.key not in {"groups", "categories", "departments", "totals", "lines"}:
            continue
        rows = [
            [row.name, *(one.written if one is not None else "—" for one in row.figures)]
            for row in table.rows
        ]
        assert [[table.head, *table.columns], *rows] in printed


def test_what_may_travel_names_no_case_and_nobody(busy: OfficeAtWork) -> None:
    counted = work_report.count(busy.desk, facts_of(busy), "monthly", JUNE)
    text = everything(made(busy, counted).pointer)
    assert "清单" not in text
    assert "[2026]" not in text
    assert [name for name in (*NAMES, "陆明远", "沈一鸣") if name in text] == []


def test_the_full_one_lists_cases_and_no_names(busy: OfficeAtWork) -> None:
    counted = work_report.count(busy.desk, facts_of(busy), "monthly", JUNE)
    text = everything(made(busy, counted).full)
    assert "问题清单" in text
    assert [name for name in NAMES if name in text] == []


def test_before_it_is_signed_it_is_marked_as_a_draft(busy: OfficeAtWork) -> None:
    counted = work_report.count(busy.desk, facts_of(busy), "monthly", JUNE)
    assert "草稿，尚未审签" in everything(made(busy, counted, Signatures("陆明远")).full)


def test_a_paragraph_as_somebody_rewrote_it_stands_in_the_paper(busy: OfficeAtWork) -> None:
    counted = work_report.count(busy.desk, facts_of(busy), "monthly", JUNE)
    changed = work_report.edited(counted, {"5.0": "下月开展案卡填录专题培训 {{ 数 }}。"})
    assert "下月开展案卡填录专题培训 {{ 数 }}。" in everything(made(busy, changed).full)


def test_a_department_gets_its_own_figures_in_the_order_asked_for(busy: OfficeAtWork) -> None:
    facts = facts_of(busy)
    counted = work_report.count(busy.desk, facts, "department", JUNE, department=FIRST)
    headings = [part.heading for part in counted.words.parts]
    assert headings == ["一、问题提示", "二、纠正情况", "三、预防建议"]
    own = [
        act
        for act in facts.first_confirmed.values()
        if act.stamp.day in JUNE and act.about.department == FIRST and not act.about.baseline
    ]
    assert (counted.figures.totals["problems"].value or 0) <= len(own)
    assert SECOND not in everything(made(busy, counted).full)


def test_a_departments_annex_leaves_out_what_is_nothing_and_says_so(busy: OfficeAtWork) -> None:
    facts = facts_of(busy)
    counted = work_report.count(busy.desk, facts, "department", JUNE, department=FIRST)
    paper = made(busy, counted).full
    lines = next(table for table in tables(paper) if table[0][0] == "项目")[1:]
    assert 0 < len(lines) < len(counted.figures.totals)
    assert all(set(cells[1:]) - {"0", "—"} for cells in lines)
    assert "各栏均为零或者没有数据的项目不列" in everything(paper)


def test_a_year_is_held_against_the_year_before_once(busy: OfficeAtWork) -> None:
    columns = statistics_of(busy, ranges.year_of(2026, "calendar")).table("totals").columns
    assert columns == ("2026年", "2025年", "增减")


def departments(facts: Facts) -> set[str | None]:
    # a problem stays where it was first confirmed, its ending may come from elsewhere
    acts = (*facts.first_confirmed.values(), *facts.prompted, *facts.looked)
    return {act.about.department for act in acts} | {one.department for one in facts.notices}


def test_narrowed_facts_are_one_departments_only(busy: OfficeAtWork) -> None:
    facts = facts_of(busy)
    assert len(departments(facts)) > 1
    assert departments(of_department.narrowed(facts, FIRST)) == {FIRST}


@pytest.mark.parametrize("kind", ["quarterly", "yearly"])
def test_longer_ranges_have_reports_of_their_own(busy: OfficeAtWork, kind: str) -> None:
    during = (
        ranges.quarter_of(2026, 2, "calendar")
        if kind == "quarterly"
        else ranges.year_of(2026, "calendar")
    )
    counted = work_report.count(busy.desk, facts_of(busy), kind, during)  # type: ignore[arg-type]
    text = everything(made(busy, counted).full)
    assert during.title in text
    assert "没有可比数据" in text
