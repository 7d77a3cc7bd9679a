"""Every way to spoil a folder of an office's own rules, and what the office is told."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from knowledge.rule_switches import RuleSwitches
from knowledge.rules.faults import RuleFileError, RuleSwitchError
from knowledge.rules.loader import load_catalogue
from knowledge.rules.office_rules import in_force, load_office, stamp

if TYPE_CHECKING:
    from pathlib import Path

CHECK = """\
group: 本院规则
rules:
  - id: own-check
    title: 受理日期在今天之前
    requirement: 应当如此。
    case_types: [全部]
    class: H
    condition: 受理日期 < 今天
    state: 矛盾
    needs: [受理日期]
    uses: []
    severity: 轻微
    provision:
      - {document: 人民检察院刑事诉讼规则(2019), article: 第六百六十四条}
    ask: 请核对
    examples:
      - {name: 一, today: 2026-06-15, card: {受理日期: 2026-06-01}, expect: 矛盾}
      - {name: 二, today: 2026-06-15, card: {受理日期: 空}, expect: 不提示}
      - {name: 三, today: 2026-06-15, card: {受理日期: 2026-06-15}, expect: 不提示}
"""
TERM = """\
group: 本院期限
rules:
  - id: own-term
    title: 某项期限
    requirement: 应当如此。
    case_types: [全部]
    trigger: {fact: 受理, field: 受理日期}
    limit:
      kind: 限期办理
      amount: 7日
      holiday_roll: 不顺延
    satisfied_by: 决定日期 非空
    needs: [受理日期, 决定日期]
    uses: []
    severity: 轻微
    statutory: false
    provision:
      - {document: 人民检察院刑事诉讼规则(2019), article: 第六百六十四条}
    ask: 请核对
    examples:
      - {name: 一, today: 2026-06-15, card: {受理日期: 2026-06-01, 决定日期: 空}, expect: 超期}
      - {name: 二, today: 2026-06-15, expect: 不提示,
         card: {受理日期: 2026-06-01, 决定日期: 2026-06-03}}
      - {name: 三, today: 2026-06-15, expect: 不提示,
         card: {受理日期: 2026-06-01, 决定日期: 2026-06-08}}
"""
SETTINGS = """\
settings: {本院天数: 4}
charge_lists: {本院名单: [盗窃罪]}
warning_days: {其他: 5}
"""
TEXTS = {"a_check.yaml": CHECK, "b_term.yaml": TERM, "settings.yaml": SETTINGS}
REFUSED = re.compile(r"规则文件 (?P<file>\S+) 第 (?P<line>\d+) 行：(?P<reason>.+)。请改正后运行 .+")
BOMB = "a: &a [x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)
)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "rules"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_own_rules_stand_behind_the_shipped_ones(own: Path) -> None:
    known = load_office(own)
    assert [rule.id for rule in known.rules[-2:]] == ["own-check", "own-term"]
    assert len(known.rules) == len(load_catalogue().rules) + 2
    assert known.settings["本院天数"] == 4
    assert known.settings["归档天数"] == load_catalogue().settings["归档天数"]


def test_without_own_files_the_shipped_rules_are_in_force(tmp_path: Path) -> None:
    assert load_office(tmp_path) is load_catalogue()
    assert load_office(tmp_path / "none") is load_catalogue()
    assert load_office(None) is load_catalogue()
    assert stamp(tmp_path) == stamp(None) == ()


def test_an_own_rule_takes_the_place_of_the_shipped_one_of_its_id(own: Path) -> None:
    name = load_catalogue().rules[5].id
    text = CHECK.replace("own-check", name)
    (own / "a_check.yaml").write_text(text, encoding="utf-8")
    known = load_office(own)
    assert known.rules[5].title == "受理日期在今天之前"
    assert known.rules[5].digest != load_catalogue().rules[5].digest
    assert len(known.rules) == len(load_catalogue().rules) + 1


def test_an_optional_rule_speaks_once_it_is_switched_on(own: Path) -> None:
    text = CHECK.replace("    ask:", "    optional: true\n    ask:")
    (own / "a_check.yaml").write_text(text, encoding="utf-8")
    known = load_office(own)
    silent = in_force(known, RuleSwitches())
    assert "own-check" not in {rule.id for rule in silent.rules}
    assert silent.off == ()
    spoken = in_force(known, RuleSwitches(on=frozenset({"own-check"})))
    assert "own-check" in {rule.id for rule in spoken.rules}


def test_a_rule_that_is_switched_off_is_named(own: Path) -> None:
    found = in_force(load_office(own), RuleSwitches(off=frozenset({"own-term"})))
    assert [rule.id for rule in found.off] == ["own-term"]
    assert "own-term" not in {rule.id for rule in found.rules}


def test_a_switch_for_no_rule_is_refused(own: Path) -> None:
    with pytest.raises(RuleSwitchError, match=r"rules\.off 里的“x-y”不是已有的规则，请核对"):
        in_force(load_office(own), RuleSwitches(off=frozenset({"x-y"})))


def refused(own: Path, file: str, line: int, reason: str) -> None:
    with pytest.raises(RuleFileError) as caught:
        load_office(own)
    found = REFUSED.fullmatch(str(caught.value))
    assert found is not None, str(caught.value)
    assert (found["file"], int(found["line"])) == (file, line), str(caught.value)
    assert reason in found["reason"]


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "reason"),
    [
        # how YAML is written
        ("a_check.yaml", "  - id", "\t- id", 3, "制表符"),
        ("a_check.yaml", "    title: 受", "    \ttitle: 受", 4, "制表符"),
        ("a_check.yaml", "title: 受", "title: [受", 5, "方括号没有写完"),
        ("a_check.yaml", "title: 受", "title: '受", 4, "引号没有写完"),
        ("a_check.yaml", "title: 受", "title: 受: 理", 4, "两处冒号"),
        ("a_check.yaml", "    title: 受", "  title: 受", 4, "没有对齐"),
        ("a_check.yaml", "    ask: 请核对", "    ask: 甲\n    ask: 乙", 16, "“ask”写了两次"),
        ("a_check.yaml", "    ask: 请核对", "    ask: 请核对\n    raw: yes", 16, "“yes”有歧义"),
        ("a_check.yaml", "title: 受理日期在今天之前", "title: 012", 4, "“012”有歧义"),
        ("a_check.yaml", "title: 受理日期在今天之前", "title: 12:30", 4, "“12:30”有歧义"),
        ("a_check.yaml", "title: 受理日期在今天之前", "title: 1_000", 4, "“1_000”有歧义"),
        ("a_check.yaml", "title: 受理日期在今天之前", "title: .inf", 4, "“.inf”有歧义"),
        ("a_check.yaml", "title: 受理日期在今天之前", "title: !!set {甲}", 4, "不支持“set”"),
        ("a_check.yaml", "title: 受理日期在今天之前", "title: !!binary aGk=", 4, "不支持“binary”"),
        ("a_check.yaml", "title: 受", "title: !!python/none 受", 4, "格式有误"),
        ("a_check.yaml", "title: 受", "title: &a 受", 0, ""),
        ("a_check.yaml", "    ask: 请核对", "    <<: {ask: 请核对}", 15, "合并键"),
        ("a_check.yaml", "    ask: 请核对", "    ? [甲]\n    : 乙", 15, "键应当是文字"),
        ("a_check.yaml", "    ask: 请核对", "    ask: *某", 15, "格式有误"),
        # kinds and names of entries
        ("a_check.yaml", "group: 本院规则", "groups: 本院规则", 1, "不认识的项“groups”"),
        ("a_check.yaml", "    ask: 请核对", "    ask: 请核对\n    colour: 红", 16, "“colour”"),
        ("a_check.yaml", "    ask: 请核对\n", "", 3, "缺少“ask”"),
        ("a_check.yaml", "title: 受理日期在今天之前", "title: 5", 4, "应当是文字"),
        ("a_check.yaml", "title: 受理日期在今天之前", "title:", 4, "应当是文字"),
        ("a_check.yaml", "id: own-check", "id: 本院核对", 3, "小写英文"),
        ("a_check.yaml", "[全部]", "[审查]", 6, "没有“审查”这一类"),
        ("a_check.yaml", "[全部]", "全部", 6, "应当是一列文字"),
        ("a_check.yaml", "class: H", "class: K", 7, "不在可选的写法里"),
        ("a_check.yaml", "state: 矛盾", "state: 错误", 9, "不在可选的写法里"),
        ("a_check.yaml", "severity: 轻微", "severity: 一般", 12, "不在可选的写法里"),
        ("a_check.yaml", "    ask:", "    release: 立即\n    ask:", 15, "不在可选的写法里"),
        ("a_check.yaml", "    ask:", "    statutory: 否\n    ask:", 15, "true 或 false"),
        ("a_check.yaml", "[受理日期]", "[受理日]", 10, "不是字段规范表里的栏目"),
        ("a_check.yaml", "    needs", "    done: [受理日]\n    needs", 10, "字段规范表"),
        # conditions
        ("a_check.yaml", "受理日期 < 今天", "受理日 < 今天", 8, "没有栏目“受理日”"),
        ("a_check.yaml", "受理日期 < 今天", "受理日期 << 今天", 8, "看不懂"),
        ("a_check.yaml", "受理日期 < 今天", "受理日期 <", 8, "还没有写完"),
        ("a_check.yaml", "受理日期 < 今天", "受理日期 = 盗窃", 8, "不能拿日期与文字比较"),
        ("a_check.yaml", "受理日期 < 今天", "受理日期 < 决定日期", 3, "needs、uses 里却没有写"),
        ("a_check.yaml", "受理日期 < 今天", "受理日期 + {甲}日 < 今天", 3, "设置“甲”"),
        ("a_check.yaml", "    condition", "    in_order: 今天 非空\n    condition", 3, "只写一样"),
        # days and provisions
        ("a_check.yaml", "    ask:", "    valid_from: 2026-02-30\n    ask:", 15, "不是日期"),
        ("a_check.yaml", "    ask:", "    valid_from: 今年\n    ask:", 15, "不是日期"),
        (
            "a_check.yaml",
            "    ask:",
            "    valid_from: 2026-02-01\n    valid_to: 2026-01-01\n    ask:",
            16,
            "没有一天有效",
        ),
        ("a_check.yaml", "第六百六十四条", "664条", 14, "应当写成 第二百八十二条"),
        (
            "a_check.yaml",
            CHECK[CHECK.index("    provision") : CHECK.index("    ask")],
            "",
            3,
            "缺少“provision”",
        ),
        ("a_check.yaml", ", article: 第六百六十四条", "", 14, "缺少“article”"),
        # rules among each other
        ("a_check.yaml", "    ask:", "    replaced_by: [无此规则]\n    ask:", 3, "不是已有的规则"),
        ("a_check.yaml", "    ask:", "    replaced_by: [own-check]\n    ask:", 3, "互相引用"),
        ("b_term.yaml", "id: own-term", "id: own-check", 3, "重复"),
        # examples
        ("a_check.yaml", CHECK[CHECK.index("    examples") :], "", 3, "缺少“examples”"),
        ("a_check.yaml", CHECK[CHECK.index("      - {name: 三") :], "", 16, "至少要有 3 个"),
        ("a_check.yaml", "expect: 矛盾", "expect: 不提示", 16, "也要有不命中的"),
        ("a_check.yaml", "expect: 矛盾", "expect: 缺失", 17, "应为缺失，实为矛盾"),
        ("a_check.yaml", "{受理日期: 空}", "{受理日期: 2026-06-31}", 18, "与栏目的类型不符"),
        ("a_check.yaml", "二, today: 2026-06-15", "二", 18, "缺少“today”"),
        # terms
        ("b_term.yaml", "amount: 7日", "amount: 七八天", 10, "看不懂期限"),
        ("b_term.yaml", "amount: 7日", "amount: 7", 10, "应当是文字"),
        ("b_term.yaml", "      amount: 7日\n", "", 9, "缺少“amount”"),
        ("b_term.yaml", "kind: 限期办理", "kind: 尽快", 9, "不在可选的写法里"),
        ("b_term.yaml", "holiday_roll: 不顺延", "holiday_roll: off", 11, "有歧义"),
        ("b_term.yaml", "决定日期 非空", "决定日期 < 应到期日", 3, "循环引用"),
        ("b_term.yaml", "    ask:", "    applies_when: 应到期日 非空\n    ask:", 3, "循环引用"),
        ("b_term.yaml", "field: 受理日期", "field: 受理日", 7, "不是字段规范表里的栏目"),
        # what the rules share
        ("settings.yaml", "4", "04", 1, "“04”有歧义"),
        ("settings.yaml", "4", "四", 1, "不小于 0 的整数"),
        ("settings.yaml", "[盗窃罪]", "盗窃罪", 2, "应当是一列文字"),
        ("settings.yaml", "settings:", "setting:", 1, "不认识的项“setting”"),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_with_file_line_reason_and_remedy(
    own: Path, file: str, old: str, new: str, line: int, reason: str
) -> None:
    assert old in TEXTS[file]
    (own / file).write_text(TEXTS[file].replace(old, new, 1), encoding="utf-8")
    if line == 0:
        assert load_office(own).rules
    else:
        refused(own, file, line, reason)


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        (b"", 1, "应当写成若干"),
        (b"# \xe7\xa9\xba\n", 1, "应当写成若干"),
        ("规则".encode(), 1, "应当写成若干"),
        (b"- a\n- b\n", 1, "应当写成若干"),
        (b"group: a\nrules: []\n", 2, "一条规则也没有"),
        (b"group: a\nrules: 5\n", 2, "应当是一列"),
        (CHECK.encode("gb18030"), 1, "不是 UTF-8"),
        (CHECK.encode("utf-16"), 1, "不是 UTF-8"),
        (CHECK.encode() + b"# \xff\n", 20, "不是 UTF-8"),
        (CHECK.encode() + b"# \x00\n", 20, "控制字符"),
        (CHECK.encode() + b"---\na: 1\n", 20, "请删去 ---"),
        (CHECK.encode() + b"#" * 300_000, 1, "文件过大"),
        (BOMB.encode(), 1, "不支持 & 和 *"),
        (b"a: &a [*a]\n", 1, "格式有误"),
        (b"[" * 200_000, 1, "层次过多"),
        (b"- " * 100_000, 1, "层次过多"),
        (b"a: " * 80_000, 1, "两处冒号"),
        (b"group: a\nrules:\n  - " + b"{a: " * 200, 3, "层次过多"),
    ],
    ids=range(18),
)
def test_a_file_that_is_none_is_refused(own: Path, content: bytes, line: int, reason: str) -> None:
    (own / "a_check.yaml").write_bytes(content)
    refused(own, "a_check.yaml", line, reason)


def test_a_file_with_another_ending_or_that_is_a_folder_is_refused(own: Path) -> None:
    (own / "c.yml").write_text(CHECK, encoding="utf-8")
    refused(own, "c.yml", 1, "应当以 .yaml 结尾")
    (own / "c.yml").unlink()
    (own / "c.yaml").mkdir()
    refused(own, "c.yaml", 1, "无法读取")
