from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bot.cli import rules as command
from knowledge.rules import loader
from knowledge.rules.rule import Example
from tests.bot.cli.test_patrol import LIST, a_list

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.support.command import Commands


def test_every_rule_is_listed_with_its_provisions(fangyuan: Commands) -> None:
    lines = fangyuan("rules", "list", "--json").out.splitlines()
    rules = {each["rule"]: each for each in map(json.loads, lines)}
    assert len(rules) >= 100
    assert all(each["citations"] for each in rules.values())
    shown = fangyuan("rules", "list").out
    assert "【办案期限】" in shown
    assert "arrest-review-detained-7d" in shown


def test_examples_that_hold_end_with_0_and_one_that_fails_with_1(
    fangyuan: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue = loader.load_catalogue()
    few = [rule for rule in catalogue.rules if rule.group == "归档"]
    small = loader.Catalogue(tuple(few), catalogue.settings)
    monkeypatch.setattr(command, "load_catalogue", lambda: small)
    assert fangyuan("rules", "test").code == 0
    first = few[0].examples[0]
    wrong = Example(**{**vars(first), "expect": "conflict", "due": None})
    broken = type(few[0])(**{**vars(few[0]), "examples": (wrong,)})
    monkeypatch.setattr(
        command, "load_catalogue", lambda: loader.Catalogue((broken,), catalogue.settings)
    )
    done = fangyuan("rules", "test")
    if first.expect == "conflict":
        assert done.code == 0
    else:
        assert done.code == 1
        assert f"第 {first.line} 行" in done.out


def test_one_rule_is_explained_on_one_case(fangyuan: Commands, tmp_path: Path) -> None:
    path = a_list(tmp_path)
    done = fangyuan(
        *("rules", "explain", "arrest-review-detained-7d", "--cases", path),
        *("--case", "041", "--date", "2026-06-15"),
    )
    assert done.code == 0
    assert "结论：期限临近，届满日 2026-06-17" in done.out


def test_an_unknown_rule_or_case_is_one_sentence(fangyuan: Commands, tmp_path: Path) -> None:
    path = a_list(tmp_path)
    rule = fangyuan("rules", "explain", "bail-max-12", "--cases", path, "--case", "041")
    assert (rule.code, rule.out) == (2, "")
    assert "是不是 bail-max-12m" in rule.err
    case = fangyuan("rules", "explain", "bail-max-12m", "--cases", path, "--case", "999")
    assert (case.code, len(case.err.splitlines())) == (2, 1)


def test_a_tail_that_several_cases_share_is_asked_back(fangyuan: Commands, tmp_path: Path) -> None:
    path = a_list(tmp_path, LIST.replace("000042", "000041"))
    done = fangyuan("rules", "explain", "bail-max-12m", "--cases", path, "--case", "041")
    assert done.code == 2
    assert "对应 2 件案件" in done.err
    assert "例检刑捕受[2026]990103000041号" in done.err
