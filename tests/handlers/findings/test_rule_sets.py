from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.late_rules import LateRules
from handlers.findings import rule_sets
from handlers.findings.comparison import Import, compare
from knowledge.cards import CardSet
from knowledge.fingerprints import of_calendar, of_files, of_rules
from knowledge.rule_switches import RuleSwitches
from storage import findings, snapshots
from tests.knowledge.rules.test_bad_files import CHECK
from tests.support.office_cards import card, hit, result

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.office_desk import OfficeAtWork

ONE = card(1)


@pytest.fixture
def own(office: OfficeAtWork, tmp_path: Path) -> Path:
    """A folder of own rules, in force in the office; one shipped rule is switched off."""
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "own.yaml").write_text(CHECK, encoding="utf-8")
    switches = RuleSwitches(off=frozenset({"bail-max-12m"}))
    office.desk = replace(office.desk, rules=LateRules(folder, switches))
    return folder


def test_a_finding_keeps_the_hashes_it_rests_on(office: OfficeAtWork) -> None:
    office.export(hit(ONE), cards=[ONE])
    [made] = office.acts("finding_made")
    files = office.read(lambda session: snapshots.file_hashes(session, office.desk.office, None))
    assert made["data"]["basis"] == {
        "rules": of_rules(office.desk.rules.values(), office.desk.settings),
        "calendar": of_calendar(office.desk.calendar),
        "import": of_files(files),
    }


def test_a_patrol_without_a_new_export_rests_on_the_newest_one(office: OfficeAtWork) -> None:
    office.export(hit(ONE), cards=[ONE])
    office.patrol(hit(ONE), hit(ONE, "other-rule"), cards=[ONE])
    first, second = office.acts("finding_made")
    assert second["data"]["basis"] == first["data"]["basis"]


def test_other_day_counts_are_another_rule_set(office: OfficeAtWork) -> None:
    office.patrol(hit(ONE), cards=[ONE])
    office.desk = replace(office.desk, settings={"归档天数": 20})
    office.patrol(hit(ONE, "other-rule"), cards=[ONE])
    first, second = office.acts("finding_made")
    assert second["data"]["basis"]["rules"] != first["data"]["basis"]["rules"]
    assert second["data"]["basis"]["import"] is None


def test_a_rule_set_is_released_once_with_its_hash(office: OfficeAtWork, own: Path) -> None:
    office.patrol(cards=[ONE])
    office.patrol(cards=[ONE])
    [first] = office.acts("rules_released")
    assert first["object"] == f"rules:{first['data']['hash']}"
    (own / "own.yaml").write_text(CHECK.replace("轻微", "较重"), encoding="utf-8")
    (own / "more.yaml").write_text(CHECK.replace("own-check", "more"), encoding="utf-8")
    office.patrol(cards=[ONE])
    _, second = office.acts("rules_released")
    assert second["data"]["before"] == first["data"]["hash"]
    assert (second["data"]["added"], second["data"]["changed"]) == (["more"], ["own-check"])
    assert second["data"]["removed"] == []


def test_bad_files_are_told_to_the_officer_once(office: OfficeAtWork, own: Path) -> None:
    office.patrol(cards=[ONE])
    (own / "own.yaml").write_text(CHECK.replace("[全部]", "全部"), encoding="utf-8")
    office.patrol(cards=[ONE])
    office.patrol(cards=[ONE])
    told = [one.text for one in office["陆明远"].messages if "本院规则有误" in one.text]
    assert len(told) == 1
    assert "仍按此前的规则巡查。规则文件 own.yaml 第 6 行" in told[0]
    [refused] = office.acts("rules_refused")
    assert refused["data"]["kept"] == office.acts("rules_released")[-1]["data"]["hash"]
    (own / "own.yaml").write_text(CHECK, encoding="utf-8")
    office.patrol(cards=[ONE])
    (own / "own.yaml").write_text(CHECK.replace("[全部]", "全部"), encoding="utf-8")
    office.at(office.now.replace(hour=9))
    office.patrol(cards=[ONE])
    assert len(office.acts("rules_refused")) == 2


def test_a_start_over_bad_files_is_told_with_what_is_in_force_instead(
    office: OfficeAtWork, tmp_path: Path
) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    file = folder / "own.yaml"
    told = []
    for text in (CHECK.replace("[全部]", "全部"), CHECK, CHECK.replace("[全部]", "全部")):
        file.write_text(text, encoding="utf-8")
        office.desk = replace(office.desk, rules=LateRules(folder, serving=True))
        for _ in range(2):
            assert office.desk.rules
            office.write(lambda tx: rule_sets.note_refusal(tx, office.desk))
        office.at(office.now.replace(hour=office.now.hour + 1))
        office.patrol(cards=[ONE])
        told.append([one.text for one in office["陆明远"].messages if "本院规则有误" in one.text])
    assert [len(one) for one in told] == [1, 1, 2]
    assert "没有此前有效的一套，只按随附的规则巡查。规则文件 own.yaml 第 6 行" in told[2][0]
    assert "仍按此前的规则巡查。规则文件 own.yaml 第 6 行" in told[2][1]
    refused = office.acts("rules_refused")
    assert [one["data"]["only_shipped"] for one in refused] == [True, False]


def test_a_rule_switched_off_is_named_in_the_data_view(office: OfficeAtWork, own: Path) -> None:
    assert own.is_dir()
    office["陆明远"].say("/数据")
    assert "本院停用的规则 1 条：" in office["陆明远"].messages[-1].text
    assert rule_sets.off_lines(replace(office.desk, rules={})) == []


def test_a_rule_that_is_no_longer_run_closes_nothing(office: OfficeAtWork) -> None:
    office.export(hit(ONE), cards=[ONE])
    silent = result(as_of=office.now.date())
    off = replace(silent, asked=frozenset({"other-rule"}))
    compared = compare(
        office.read(lambda session: findings.open_ones(session, office.desk.office)),
        off,
        cards=CardSet((ONE,)),
        newest=Import(CardSet((ONE,)), off),
    )
    assert (len(compared.held), compared.closable) == (1, ())
