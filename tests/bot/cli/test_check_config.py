from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.support.command import Commands

SOUND = """\
office: {name: 海州市东港区人民检察院}
door: {token_file: token.txt, clearance: intranet}
people:
  - {name: 林知秋, roles: [prosecutor]}
  - {name: 许亦, roles: [officer]}
"""


def checked(fangyuan: Commands, text: str) -> tuple[int, str, str]:
    fangyuan.home.mkdir(exist_ok=True)
    (fangyuan.home / "config.yaml").write_text(text, encoding="utf-8")
    outcome = fangyuan("check-config")
    return outcome.code, outcome.out, outcome.err


def test_a_sound_configuration_is_said_to_be_so(fangyuan: Commands) -> None:
    code, out, err = checked(fangyuan, SOUND)
    assert (code, err) == (0, "")
    assert "可用：海州市东港区人民检察院，人员 2 名" in out
    assert "请留意" not in out


def test_what_is_allowed_but_unwise_is_listed(fangyuan: Commands) -> None:
    code, out, _ = checked(
        fangyuan, "office: {name: 甲}\nsettings: {归挡天数: 3}\ndigest: {dry_run: true}"
    )
    assert code == 0
    for word in ("token_file", "approval", "officer", "prosecutor", "归挡天数", "dry_run"):
        assert word in out


def test_a_faulty_one_is_one_sentence_and_two(fangyuan: Commands) -> None:
    code, out, err = checked(fangyuan, SOUND + "doors: []\n")
    assert (code, out) == (2, "")
    assert "“doors”" in err
    assert "第 6 行" in err


def test_a_faulty_holiday_file_is_one_sentence_and_two(fangyuan: Commands) -> None:
    text = SOUND + "holidays: holidays.yaml\n"
    assert "无法读取" in checked(fangyuan, text)[2]
    holidays = fangyuan.home / "holidays.yaml"
    holidays.write_text('2031:\n  days_off: {"2032-01-01": 元旦}\n', encoding="utf-8")
    assert "不在 2031 年" in checked(fangyuan, text)[2]
    holidays.write_text("明年: {}\n", encoding="utf-8")
    code, _, err = checked(fangyuan, text)
    assert code == 2
    assert "“明年”不是年份" in err


def test_a_faulty_file_of_what_is_monitored_is_one_sentence_and_two(fangyuan: Commands) -> None:
    own = fangyuan.home / "monitoring" / "focus.yaml"
    own.parent.mkdir(parents=True)
    own.write_text("focus:\n  - id: detained\n    title: 在押\n", encoding="utf-8")
    code, out, err = checked(fangyuan, SOUND)
    assert (code, out) == (2, "")
    assert "focus.yaml 第 2 行" in err


def test_without_a_configuration_it_says_init(fangyuan: Commands) -> None:
    outcome = fangyuan("check-config")
    assert outcome.code == 2
    assert "fangyuan init" in outcome.sentence
