from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot import kept_rules
from bot.late_rules import LateRules
from knowledge.errors import KnowledgeError
from knowledge.fingerprints import of_rules
from knowledge.rule_switches import RuleSwitches
from tests.knowledge.rules.test_bad_files import CHECK
from tests.support.rule_cards import by_default

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def own(tmp_path: Path) -> Path:
    (tmp_path / "own.yaml").write_text(CHECK, encoding="utf-8")
    return tmp_path


def test_own_rules_are_in_force_beside_the_shipped_ones(own: Path) -> None:
    rules = LateRules(own)
    assert rules["own-check"].title == "受理日期在今天之前"
    assert len(rules) == len(by_default()) + 1
    assert (rules.fault, rules.off) == ("", ())


def test_a_file_put_there_while_the_bot_runs_is_read_at_the_next_patrol(own: Path) -> None:
    rules = LateRules(own)
    before = of_rules(rules.values(), {})
    more = CHECK.replace("own-check", "further-check")
    (own / "more.yaml").write_text(more, encoding="utf-8")
    assert "further-check" in [rule.id for rule in rules.values()]
    assert of_rules(rules.values(), {}) != before


def test_files_that_become_bad_leave_the_last_good_set_in_force(own: Path) -> None:
    rules = LateRules(own)
    good = list(rules)
    (own / "own.yaml").write_text("group: [", encoding="utf-8")
    assert list(rules) == good
    assert "规则文件 own.yaml 第" in rules.fault
    (own / "own.yaml").write_text(CHECK.replace("轻微", "较重"), encoding="utf-8")
    assert [rule.severity for rule in rules.values() if rule.id == "own-check"] == ["较重"]
    assert rules.fault == ""


def test_bad_files_at_the_start_are_told_at_once(own: Path) -> None:
    (own / "own.yaml").write_text("group: [", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"规则文件 own\.yaml"):
        len(LateRules(own))


def test_a_rule_switched_off_is_not_in_force_but_named(own: Path) -> None:
    rules = LateRules(own, RuleSwitches(off=frozenset({"own-check"})))
    assert [rule.id for rule in rules.off] == ["own-check"]
    assert "own-check" not in list(rules)
    with pytest.raises(KeyError):
        rules["own-check"]


def test_a_bot_that_runs_starts_over_bad_files_with_the_last_good_ones(own: Path) -> None:
    assert "own-check" in list(LateRules(own, serving=True))
    (own / "own.yaml").write_text("group: [", encoding="utf-8")
    rules = LateRules(own, serving=True)
    assert "own-check" in list(rules)
    assert "规则文件 own.yaml 第" in rules.refusal
    assert rules.only_shipped is False


def test_without_an_earlier_good_set_it_starts_with_the_shipped_rules_and_says_so(
    own: Path,
) -> None:
    (own / "own.yaml").write_text("group: [", encoding="utf-8")
    rules = LateRules(own, RuleSwitches(off=frozenset({"own-check"})), serving=True)
    assert len(rules) == len(by_default())
    assert "只按随附的规则巡查" in rules.refusal


def test_once_the_files_are_mended_they_are_in_force_again(own: Path) -> None:
    (own / "own.yaml").write_text("group: [", encoding="utf-8")
    rules = LateRules(own, serving=True)
    assert "own-check" not in list(rules)
    (own / "own.yaml").write_text(CHECK, encoding="utf-8")
    assert "own-check" in list(rules)
    assert rules.refusal == ""


def test_a_copy_that_cannot_be_read_either_leaves_the_shipped_rules(
    own: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert len(LateRules(own, serving=True)) == len(by_default()) + 1
    for file in (own / "own.yaml", kept_rules.folder(own) / "own.yaml"):
        file.write_text("group: [", encoding="utf-8")
    rules = LateRules(own, serving=True)
    assert len(rules) == len(by_default())
    assert rules.only_shipped
    assert "上次有效的规则也不能用" in caplog.text


def test_rules_are_in_force_although_no_copy_of_them_could_be_kept(
    own: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (own / f"{kept_rules.FOLDER}.new").write_text("in the way", encoding="utf-8")
    assert "own-check" in list(LateRules(own, serving=True))
    assert "本院规则的副本没有存下" in caplog.text


def test_the_copy_follows_the_files_and_is_left_alone_where_nothing_changed(own: Path) -> None:
    copy = kept_rules.folder(own)
    rules = LateRules(own, serving=True)
    assert list(rules)
    before = (copy / "own.yaml").stat().st_ino
    assert list(LateRules(own, serving=True))
    assert (copy / "own.yaml").stat().st_ino == before
    (own / "own.yaml").rename(own / "other.yaml")
    assert "own-check" in list(rules)
    assert [path.name for path in copy.iterdir()] == ["other.yaml"]
    (own / "other.yaml").unlink()
    assert "own-check" not in list(rules)
    assert not list(copy.iterdir())


def test_a_switch_that_names_no_rule_stops_a_start_as_any_wrong_configuration(own: Path) -> None:
    rules = LateRules(own, RuleSwitches(on=frozenset({"no-such-rule"})), serving=True)
    with pytest.raises(KnowledgeError, match="no-such-rule"):
        list(rules)
