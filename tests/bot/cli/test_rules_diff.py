from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from knowledge.rules.loader import CATALOGUE
from tests.bot.cli.test_patrol import a_list

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.command import Commands, Outcome

DETAINED = "arrest-review-detained-7d"


@pytest.fixture
def new(tmp_path: Path) -> Path:
    folder = tmp_path / "规则"
    shutil.copytree(CATALOGUE, folder)
    return folder


def rewrite(folder: Path, file: str, old: str, fresh: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, fresh, 1), encoding="utf-8")


def difference(fangyuan: Commands, folder: Path, new: Path, *more: str) -> Outcome:
    path = a_list(folder)
    return fangyuan(
        *("rules", "diff", "--cases", path, "--from", "shipped", "--to", new),
        *("--date", "2026-06-15", *more),
    )


def lines(done: Outcome) -> list[Any]:
    assert done.code == 0
    return [json.loads(line) for line in done.out.splitlines()]


def test_the_same_rules_say_the_same(fangyuan: Commands, tmp_path: Path, new: Path) -> None:
    done = difference(fangyuan, tmp_path, new)
    assert done.code == 0
    assert done.out == "两套规则对这些案卡的结论完全相同。\n"


def test_a_shorter_term_is_a_changed_day_by_rule_and_person(
    fangyuan: Commands, tmp_path: Path, new: Path
) -> None:
    rewrite(new, "terms.yaml", "amount: 7日", "amount: 6日")
    one, summary = lines(difference(fangyuan, tmp_path, new, "--json"))
    assert (one["kind"], one["rule"], one["prosecutor"]) == ("changes", DETAINED, "某甲")
    assert one["differences"]["届满日"] == ["2026-06-17", "2026-06-16"]
    assert summary["summary"]["by_rule"] == {DETAINED: {"changes": 1}}
    assert summary["summary"]["by_person"] == {"某甲": {"changes": 1}}


def test_wording_and_release_are_told_too(fangyuan: Commands, tmp_path: Path, new: Path) -> None:
    rewrite(
        new,
        "terms.yaml",
        "ask: 请按期办结，并填录审结日期、处理结果",
        "ask: 请办结\n    release: 专员放行",
    )
    [one, _] = lines(difference(fangyuan, tmp_path, new, "--json"))
    assert one["differences"]["放行"] == ["自动", "专员放行"]
    assert set(one["differences"]) == {"放行", "要求"}


def test_a_rule_left_out_no_longer_speaks_and_the_other_way_round_appears(
    fangyuan: Commands, tmp_path: Path, new: Path
) -> None:
    rewrite(new, "cards.yaml", "id: prosecutor-missing", "id: prosecutor-blank")
    found = lines(difference(fangyuan, tmp_path, new, "--json"))
    assert [(one["kind"], one["rule"]) for one in found[:-1]] == [
        ("appears", "prosecutor-blank"),
        ("vanishes", "prosecutor-missing"),
    ]
    assert found[-1]["summary"]["by_person"] == {"承办人为空": {"appears": 1, "vanishes": 1}}
    told = difference(fangyuan, tmp_path, new).out
    assert "不再提示 prosecutor-missing" in told
    assert "【按承办人】\n  承办人为空：新出现 1 条，不再提示 1 条" in told


def test_a_term_from_another_start_is_one_change(
    fangyuan: Commands, tmp_path: Path, new: Path
) -> None:
    rewrite(new, "terms.yaml", "field: 收到案件材料日期}", "field: 羁押开始日期}")
    rewrite(
        new,
        "terms.yaml",
        "needs: [收到案件材料日期, 决定日期",
        "needs: [收到案件材料日期, 羁押开始日期, 决定日期",
    )
    text = (
        "部门受案号,案件类别,承办检察官,受理日期,羁押开始日期,审结日期,嫌疑人编号,强制措施\n"
        "例检刑捕受[2026]990103000041号,审查逮捕案件,某甲,2026-06-10,2026-06-09,,99010320260000101,拘留\n"
    )
    path = a_list(tmp_path, text, "另表.csv")
    done = fangyuan(
        *("rules", "diff", "--cases", path, "--from", "shipped", "--to", new),
        *("--date", "2026-06-15", "--json"),
    )
    mine = [one for one in lines(done)[:-1] if one["rule"] == DETAINED]
    assert [(one["kind"], one["differences"]["起算日"]) for one in mine] == [
        ("changes", ["2026-06-10", "2026-06-09"])
    ]


def test_a_folder_that_is_not_there_is_one_sentence(fangyuan: Commands, tmp_path: Path) -> None:
    done = difference(fangyuan, tmp_path, tmp_path / "没有")
    assert done.code == 2
    assert "没有规则目录" in done.sentence


COURT = (
    "部门受案号,案件类别,承办检察官,受理日期,审结日期,延期审理起始日期,提请恢复审理日期,撤回起诉日期\n"
    "例检刑诉受[2026]990103000051号,一审公诉案件,某甲,2026-06-01,2026-06-05,2026-05-10,,\n"
)


def trying(fangyuan: Commands, tmp_path: Path, *more: str) -> Outcome:
    path = a_list(tmp_path, COURT, "庭审.csv")
    return fangyuan(
        *("rules", "diff", "--cases", path, "--from", "home", "--to", "home"),
        *("--date", "2026-06-15", "--json", *more),
    )


def test_a_rule_is_tried_before_the_office_switches_it_on(
    fangyuan: Commands, tmp_path: Path
) -> None:
    [one, summary] = lines(
        trying(fangyuan, tmp_path, "--on", "adjournment-limit,recusal-review-3d")
    )
    assert (one["kind"], one["rule"], one["due"]) == ("appears", "adjournment-limit", "2026-06-10")
    assert summary["summary"]["by_rule"] == {"adjournment-limit": {"appears": 1}}


def test_both_sets_speak_as_the_office_switched_them(
    fangyuan: Commands, tmp_path: Path, new: Path
) -> None:
    fangyuan.home.mkdir(parents=True, exist_ok=True)
    (fangyuan.home / "config.yaml").write_text(
        "office: {name: 甲}\nrules: {on: [adjournment-limit], off: [prosecutor-missing]}\n", "utf-8"
    )
    assert [one["kind"] for one in lines(trying(fangyuan, tmp_path))[:-1]] == []
    off = lines(trying(fangyuan, tmp_path, "--off", "adjournment-limit"))
    assert [(one["kind"], one["rule"]) for one in off[:-1]] == [("vanishes", "adjournment-limit")]
    rewrite(new, "cards.yaml", "id: prosecutor-missing", "id: prosecutor-blank")
    found = lines(difference(fangyuan, tmp_path, new, "--json"))
    assert [(one["kind"], one["rule"]) for one in found[:-1]] == [("appears", "prosecutor-blank")]


def test_a_rule_to_try_that_is_not_there_is_one_sentence(
    fangyuan: Commands, tmp_path: Path
) -> None:
    done = trying(fangyuan, tmp_path, "--on", "adjournment-limits")
    assert done.code == 2
    assert "没有规则“adjournment-limits”，是不是 adjournment-limit？" in done.sentence


def test_a_rule_to_try_whose_columns_are_missing_is_not_taken_for_one_without_effect(
    fangyuan: Commands, tmp_path: Path
) -> None:
    [summary] = lines(trying(fangyuan, tmp_path, "--on", "recusal-review-3d"))
    missing = ["申请回避复议日期", "回避复议决定日期"]
    assert summary["summary"]["not_evaluated"] == {"recusal-review-3d": missing}
    path = a_list(tmp_path)
    told = fangyuan(
        *("rules", "diff", "--cases", path, "--from", "home", "--to", "home"),
        *("--date", "2026-06-15", "--on", "recusal-review-3d"),
    )
    assert "新的一套里没有评估 recusal-review-3d，导出表缺少 申请回避复议日期" in told.out


def test_the_sums_name_rules_by_their_titles_too(
    fangyuan: Commands, tmp_path: Path, new: Path
) -> None:
    rewrite(new, "terms.yaml", "amount: 7日", "amount: 6日")
    told = difference(fangyuan, tmp_path, new)
    assert f"  {DETAINED} 审查批准逮捕：已拘留七日决定：有变化 1 条" in told.out
