from __future__ import annotations

import stat
from typing import TYPE_CHECKING

from bot import config as configuration

if TYPE_CHECKING:
    from tests.support.command import Commands


def test_a_home_is_made_for_its_owner_only(fangyuan: Commands) -> None:
    outcome = fangyuan("init")
    assert outcome.code == 0
    assert str(fangyuan.home) in outcome.out
    assert stat.S_IMODE(fangyuan.home.stat().st_mode) == 0o700
    assert stat.S_IMODE((fangyuan.home / "config.yaml").stat().st_mode) == 0o600
    assert {path.name for path in fangyuan.home.iterdir()} == {
        "config.yaml", "exports", "archive", "files", "templates",
    }  # fmt: skip


def test_the_configuration_it_writes_is_commented_and_valid(fangyuan: Commands) -> None:
    fangyuan("init")
    text = (fangyuan.home / "config.yaml").read_text(encoding="utf-8")
    assert "# " in text
    assert configuration.load(fangyuan.home).office.name in text


def test_the_offices_name_can_be_given(fangyuan: Commands) -> None:
    fangyuan("init", "--office", '海州市"东港"区人民检察院')
    assert configuration.load(fangyuan.home).office.name == '海州市"东港"区人民检察院'


def test_an_existing_configuration_is_not_overwritten(fangyuan: Commands) -> None:
    fangyuan("init")
    mine = fangyuan.home / "config.yaml"
    mine.write_text("office: {name: 我的}", encoding="utf-8")
    outcome = fangyuan("init")
    assert outcome.code == 2
    assert "已经存在" in outcome.sentence
    assert mine.read_text(encoding="utf-8") == "office: {name: 我的}"
