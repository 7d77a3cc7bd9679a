"""Examples that upheld objections left, from the office's own database to a rule file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.cli.options import present
from bot.office import open_office
from handlers.objections import objections
from knowledge.rules import example_text
from storage import findings as findings_table
from storage import people
from storage.models.people import Person
from tests.support.tables import case_no

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.command import Commands

TERM = "arrest-review-detained-7d"


@pytest.fixture
def upheld(home: Commands) -> Commands:
    """The officer upheld an objection to the term of one case."""
    office = open_office(home.home)
    desk = replace(office.reading_desk(), rules=office.rules())
    with office.database.transaction(present()) as tx:
        finding = next(
            one
            for one in findings_table.open_ones(tx.session, office.name)
            if (one.rule, one.case_no) == (TERM, case_no(2))
        )
        seats = (("林知秋", "prosecutor"), ("陆明远", "officer"))
        author, officer = (
            Person(office=office.name, department=finding.department or "", name=name, roles=[role])
            for name, role in seats
        )
        tx.session.add_all([author, officer])
        tx.session.flush()
        assert people.named(tx.session, office.name, "陆明远") == [officer]
        made = objections.raise_(tx, author, [finding], "期限计算有误")
        objections.put(tx, author, made, "provision", "说不清条款")
        objections.decide(tx, desk, officer, made, upheld=True)
    office.close()
    return home


def test_an_example_names_nobody_and_says_that_the_rule_contradicts_it(
    upheld: Commands,
) -> None:
    outcome = upheld("rules", "examples")
    assert outcome.code == 0
    assert outcome.out.startswith(f"# 规则 {TERM} ")
    assert "现行规则1 个不符" in outcome.out
    assert "  expect: 不提示" in outcome.out
    assert "受理日期: 2026-06-09" in outcome.out
    assert "钱多多" not in outcome.out
    assert "林知秋" not in outcome.out
    assert case_no(2) not in outcome.out
    assert "例子 1 个" in outcome.err


def test_what_is_written_can_be_read_as_examples_of_the_rule(
    upheld: Commands, tmp_path: Path
) -> None:
    outcome = upheld("rules", "examples", "--rule", TERM, "--out", tmp_path / "examples")
    (written,) = (tmp_path / "examples").glob("*.yaml")
    assert outcome.out.strip() == str(written)
    (example,) = example_text.read(written.read_text(encoding="utf-8"), written.name)
    assert example.expect == "silent"
    assert example.values["案件类别"] == "审查逮捕案件"


def test_a_rule_without_an_upheld_objection_is_named(upheld: Commands) -> None:
    outcome = upheld("rules", "examples", "--rule", "no-such-rule")
    assert outcome.code == 2
    assert "no-such-rule" in outcome.sentence


def test_an_office_without_any_says_so(home: Commands) -> None:
    outcome = home("rules", "examples")
    assert outcome.out == ""
    assert "例子 0 个" in outcome.err
