from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING

from bot.cli import rules as command
from bot.clock import ZONE
from bot.office import open_office
from knowledge.rules import loader
from knowledge.rules.rule import Example
from storage import findings
from tests.bot.cli.test_patrol import LIST, a_list
from tests.knowledge.rules.test_bad_files import CHECK

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
    monkeypatch.setattr(command, "load_office", lambda _: small)
    assert fangyuan("rules", "test").code == 0
    first = few[0].examples[0]
    wrong = Example(**{**vars(first), "expect": "conflict", "due": None})
    broken = type(few[0])(**{**vars(few[0]), "examples": (wrong,)})
    monkeypatch.setattr(
        command, "load_office", lambda _: loader.Catalogue((broken,), catalogue.settings)
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


def test_own_rules_are_listed_tried_and_switched(fangyuan: Commands) -> None:
    folder = fangyuan.home / "rules"
    folder.mkdir(parents=True)
    (folder / "own.yaml").write_text(CHECK, encoding="utf-8")
    (fangyuan.home / "config.yaml").write_text(
        "office: {name: 甲}\nrules: {off: [own-check]}\n", encoding="utf-8"
    )
    listed = {one["rule"]: one for one in fangyuan("rules", "list", "--json").lines}
    assert (listed["own-check"]["on"], listed["bail-max-12m"]["on"]) == (False, True)
    assert "own-check  受理日期在今天之前（轻微）（未启用）" in fangyuan("rules", "list").out
    (folder / "own.yaml").write_text(CHECK.replace("[全部]", "全部"), encoding="utf-8")
    done = fangyuan("rules", "test")
    assert done.code == 2
    assert "规则文件 own.yaml 第 6 行" in done.sentence


def test_a_rule_switched_off_says_nothing(fangyuan: Commands, tmp_path: Path) -> None:
    fangyuan.home.mkdir(parents=True, exist_ok=True)
    (fangyuan.home / "config.yaml").write_text(
        "office: {name: 甲}\nrules: {off: [prosecutor-missing]}\n", encoding="utf-8"
    )
    done = fangyuan("patrol", "--cases", a_list(tmp_path), "--date", "2026-06-15", "--json")
    assert [one["rule"] for one in done.lines[:-1]] == ["arrest-review-detained-7d"]


def test_a_switch_for_no_rule_is_one_sentence(fangyuan: Commands) -> None:
    fangyuan.home.mkdir(parents=True, exist_ok=True)
    (fangyuan.home / "config.yaml").write_text(
        "office: {name: 甲}\nrules: {off: [no-such-rule]}\n", encoding="utf-8"
    )
    done = fangyuan("check-config")
    assert done.code == 2
    assert "rules.off 里的“no-such-rule”不是已有的规则" in done.sentence


def test_precisions_of_a_home_without_decisions_are_none(fangyuan: Commands) -> None:
    fangyuan("import", a_list(fangyuan.home.parent), "--date", "2026-06-15", "--yes")
    assert fangyuan("rules", "precision").out == "专员处理过的规则 0 条。\n"
    assert fangyuan("rules", "precision", "--json").lines == []


def test_the_precision_of_a_rule_is_told_with_its_interval(fangyuan: Commands) -> None:
    fangyuan("import", a_list(fangyuan.home.parent), "--date", "2026-06-15", "--yes")
    office = open_office(fangyuan.home)
    with office.database.transaction(datetime(2026, 6, 15, 9, 0, tzinfo=ZONE)) as tx:
        for finding in findings.open_ones(tx.session, office.name):
            finding.state, finding.closed_as = findings.CLOSED, "dropped"
    office.close()
    lines = fangyuan("rules", "precision", "--json").lines
    assert [one["rule"] for one in lines] == ["arrest-review-detained-7d", "prosecutor-missing"]
    assert lines[0] | {"rule": ""} == {
        "rule": "",
        "confirmed": 0,
        "dropped": 1,
        "precision": 0.0,
        "interval": [0.0, 0.7935],
        "propose_off": False,
    }
    said = fangyuan("rules", "precision").out
    assert "prosecutor-missing  认定 0 条，不属问题 1 条，准确率 0%（95% 区间 0%–79%）" in said


def configure(fangyuan: Commands, rules: str) -> None:
    fangyuan.home.mkdir(parents=True, exist_ok=True)
    text = f"office: {{name: 甲}}\nrules: {rules}\n"
    (fangyuan.home / "config.yaml").write_text(text, encoding="utf-8")


def test_optional_rules_are_listed_as_off_until_the_office_switches_them_on(
    fangyuan: Commands,
) -> None:
    shown = {one["rule"]: one for one in fangyuan("rules", "list", "--json").lines}
    off = {rule for rule, one in shown.items() if not one["on"]}
    assert len(off) == 75
    assert off == {rule for rule, one in shown.items() if one["optional"]}
    assert "adjournment-limit  建议延期审理" in fangyuan("rules", "list").out
    configure(fangyuan, "{on: [adjournment-limit]}")
    again = {one["rule"]: one["on"] for one in fangyuan("rules", "list", "--json").lines}
    assert {rule for rule, on in again.items() if not on} == off - {"adjournment-limit"}


def test_the_examples_of_optional_rules_are_run_although_they_are_off(
    fangyuan: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue = loader.load_catalogue()
    off = tuple(rule for rule in catalogue.rules if rule.optional and rule.group == "信息公开")
    small = loader.Catalogue(off, catalogue.settings)
    monkeypatch.setattr(command, "load_office", lambda _: small)
    done = fangyuan("rules", "test")
    number = sum(len(rule.examples) for rule in off)
    assert (done.code, done.out) == (0, f"{len(off)} 条规则，{number} 个例子，0 个不符。\n")


def test_a_rule_that_is_off_is_explained_as_if_it_were_on(
    fangyuan: Commands, tmp_path: Path
) -> None:
    path = a_list(tmp_path)
    asked = ("--cases", path, "--case", "041", "--date", "2026-06-15")
    done = fangyuan("rules", "explain", "recusal-rights-notice", *asked)
    assert done.code == 0
    assert done.out.startswith("本规则未启用")
    assert "结论：未评估，缺少 告知申请回避权日期" in done.out
    configure(fangyuan, "{on: [recusal-rights-notice]}")
    on = fangyuan("rules", "explain", "recusal-rights-notice", *asked)
    assert on.out.startswith("recusal-rights-notice 告知申请回避权")


def test_an_optional_rule_without_its_columns_is_named_once_it_is_on(
    fangyuan: Commands, tmp_path: Path
) -> None:
    asked = ("patrol", "--cases", a_list(tmp_path), "--date", "2026-06-15", "--json")
    before = fangyuan(*asked).lines
    configure(fangyuan, "{on: [recusal-rights-notice]}")
    after = fangyuan(*asked).lines
    assert after[:-1] == before[:-1]
    assert "recusal-rights-notice" not in before[-1]["summary"]["not_evaluated"]
    missing = after[-1]["summary"]["not_evaluated"]["recusal-rights-notice"]
    assert missing == ["告知申请回避权日期"]


def test_a_new_version_of_a_shipped_rule_is_listed_under_it(fangyuan: Commands) -> None:
    folder = fangyuan.home / "rules"
    folder.mkdir(parents=True)
    dated = CHECK.replace("    ask:", "    valid_from: 2026-06-01\n    ask:")
    own = dated.replace("own-check", "prosecutor-missing")
    (folder / "own.yaml").write_text(own, encoding="utf-8")
    out = fangyuan("rules", "list").out
    assert "prosecutor-missing  承办检察官为空（轻微）（至 2026-05-31 止）" in out
    assert "prosecutor-missing  受理日期在今天之前（轻微）（自 2026-06-01 起）" in out
    [one] = [
        each
        for each in fangyuan("rules", "list", "--json").lines
        if each["rule"] == "prosecutor-missing"
    ]
    assert [(each["from"], each["to"]) for each in one["versions"]] == [
        (None, "2026-05-31"),
        ("2026-06-01", None),
    ]
