from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

import pytest

from bot import config as configuration
from bot.cli.init import EXAMPLE
from bot.config import ConfigError, MissingConfigError
from knowledge.strict_yaml import YamlError

if TYPE_CHECKING:
    from pathlib import Path

    from bot.config import Config


def written(home: Path, text: str) -> Path:
    (home / "config.yaml").write_text(text, encoding="utf-8")
    return home


def loaded(home: Path, text: str) -> Config:
    return configuration.load(written(home, text))


def refused(home: Path, text: str) -> str:
    with pytest.raises(ConfigError) as caught:
        loaded(home, text)
    return str(caught.value)


def test_the_example_is_a_configuration(tmp_path: Path) -> None:
    config = loaded(tmp_path, EXAMPLE.read_text(encoding="utf-8"))
    assert config.office.name
    assert {role for person in config.people for role in person.roles} >= {"officer", "head"}
    assert config.manners().digest_time == time(8, 30)


def test_a_name_is_enough(tmp_path: Path) -> None:
    config = loaded(tmp_path, "office: {name: 海州市东港区人民检察院}")
    assert config.door.clearance == "internet"
    assert config.manners().warning_days == (5, 3, 2, 1, 0)
    assert config.settings == {}


def test_without_a_file_the_sentence_says_init(tmp_path: Path) -> None:
    with pytest.raises(MissingConfigError, match="fangyuan init"):
        configuration.load(tmp_path)
    assert configuration.load_if_there(tmp_path) is None
    assert configuration.load_if_there(tmp_path / "config.yaml" / "deeper") is None


@pytest.mark.parametrize(
    ("text", "entry", "reason"),
    [
        ("{}", "office", "缺少这一项"),
        ("", "全文", "应当是一组配置项"),
        ("office: {name: 甲}\nflavour: 甜", "flavour", "没有这个配置项"),
        ("office: {name: 甲, color: 红}", "office.color", "没有这个配置项"),
        ("office: {name: ''}", "office.name", "不能为空"),
        ("office: {name: 5}", "office.name", "应当是文字"),
        ("office: {name: 甲}\ndigest: {time: '8:30'}", "digest.time", "写法不对"),
        ("office: {name: 甲}\ndigest: {max_age_days: 0}", "digest.max_age_days", "数值过小"),
        ("office: {name: 甲}\ndigest: {dry_run: 是}", "digest.dry_run", "true 或 false"),
        ("office: {name: 甲}\ndoor: {clearance: all}", "door.clearance", "不是允许的值"),
        ("office: {name: 甲}\nsettings: {归档天数: 一月}", "settings.归档天数", "应当是整数"),
        (
            "office: {name: 甲}\napproval: {number: 一, person: 张, date: '2026-13-01'}",
            "approval.date",
            "应当是日期",
        ),
        (
            "office: {name: 甲}\npeople: [{name: 周, roles: [boss]}]",
            "people.0.roles.0",
            "不是允许的值",
        ),
        (
            "office: {name: 甲}\npeople: [{name: 周, roles: [head]}, {name: 周, roles: [head]}]",
            "people",
            "周出现了两次",
        ),
    ],
)
def test_a_faulty_entry_is_named_with_its_reason(
    tmp_path: Path, text: str, entry: str, reason: str
) -> None:
    sentence = refused(tmp_path, text)
    assert f"“{entry}”" in sentence
    assert reason in sentence


def test_the_line_of_a_faulty_entry_is_named(tmp_path: Path) -> None:
    text = (
        "office:\n  name: 甲\npeople:\n  - {name: 周, roles: [head]}\n  - name: 吴\n    roles: 无"
    )
    assert "第 6 行“people.1.roles”" in refused(tmp_path, text)


def test_what_yaml_would_change_is_refused(tmp_path: Path) -> None:
    with pytest.raises(YamlError, match="第 2 行"):
        loaded(tmp_path, "office: {name: 甲}\ndigest: {time: 12:30}")
    with pytest.raises(YamlError, match="写了两次"):
        loaded(tmp_path, "office: {name: 甲}\noffice: {name: 乙}")


def test_a_file_that_is_no_text_or_no_file_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_bytes("office: 人民检察院".encode("gb18030"))
    with pytest.raises(YamlError, match="不是 UTF-8"):
        configuration.load(tmp_path)
    (tmp_path / "config.yaml").unlink()
    (tmp_path / "config.yaml").mkdir()
    with pytest.raises(ConfigError, match="无法读取"):
        configuration.load(tmp_path)


def test_two_departments_may_have_people_of_one_name(tmp_path: Path) -> None:
    people = (
        "[{name: 周, department: 一部, roles: [head]}, {name: 周, department: 二部, roles: [head]}]"
    )
    assert len(loaded(tmp_path, f"office: {{name: 甲}}\npeople: {people}").people) == 2


def test_the_offices_way_with_notices_is_read(tmp_path: Path) -> None:
    text = (
        "office: {name: 海州市东港区人民检察院}\n"
        "notices: {numbering: drawn, short_name: 海东检, second_person: false, roll: true}"
    )
    policy = loaded(tmp_path, text).notices.policy()
    assert (policy.numbering, policy.short_name) == ("drawn", "海东检")
    assert (policy.second_person, policy.roll, policy.reply_unit) == (False, True, "days")


def test_how_much_is_monitored_and_by_whom_is_read(tmp_path: Path) -> None:
    text = (
        "office: {name: 甲}\n"
        "monitoring: {cases_a_day: 3, recurring: 8, departments: {捕诉: [一部, 二部]}}"
    )
    policy = loaded(tmp_path, text).monitoring.policy()
    assert (policy.cases_a_day, policy.recurring) == (3, 8)
    assert policy.departments == {"捕诉": ("一部", "二部")}


def test_a_line_that_takes_no_clues_is_refused(tmp_path: Path) -> None:
    text = "office: {name: 甲}\nmonitoring: {departments: {民事检察: [四部]}}"
    assert "monitoring.departments" in refused(tmp_path, text)


@pytest.mark.parametrize("pattern", ["案管〔{年}〕号", "案管{年}第{序号}号"])
def test_a_pattern_that_makes_no_number_is_refused(tmp_path: Path, pattern: str) -> None:
    text = f"office: {{name: 甲}}\nnotices: {{pattern: '{pattern}'}}"
    assert "notices.pattern" in refused(tmp_path, text)
