from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from knowledge.errors import KnowledgeError
from knowledge.rules.loader import load_catalogue

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = """\
settings:
  填录天数: 4
charge_lists:
  财产类: [盗窃罪]
warning_days: {其他: 5}
"""
EXAMPLES = """\
    examples:
      - {name: 一, today: 2026-06-15, card: {受理日期: 2026-06-01}, expect: 矛盾}
      - {name: 二, today: 2026-06-15, card: {受理日期: 空}, expect: 不提示}
      - {name: 三, today: 2026-06-15, card: {受理日期: 2026-06-15}, expect: 不提示}
"""
CHECK = (
    """\
group: 案卡填录
rules:
  - id: some-check
    title: 某项核对
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
"""
    + EXAMPLES
)
TERM = """\
group: 办案期限
rules:
  - id: some-term
    title: 某项期限
    requirement: 应当如此。
    case_types: [审查起诉]
    trigger: {fact: 受理, field: 受理日期}
    limit:
      kind: 限期办理
      amount: 7日
      holiday_roll: 顺延
    satisfied_by: 决定日期 非空
    needs: [受理日期, 决定日期]
    uses: []
    severity: 轻微
    provision:
      - {document: 人民检察院刑事诉讼规则(2019), article: 第六百六十四条}
    ask: 请核对
""" + EXAMPLES.replace("矛盾", "超期")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "settings.yaml").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "checks.yaml").write_text(CHECK, encoding="utf-8")
    (tmp_path / "terms.yaml").write_text(TERM, encoding="utf-8")
    return tmp_path


def test_a_good_folder_is_read_whole(folder: Path) -> None:
    catalogue = load_catalogue(folder)
    assert [rule.id for rule in catalogue.rules] == ["some-check", "some-term"]
    check, term = catalogue.rules
    assert (check.file, check.line, check.group) == ("checks.yaml", 3, "案卡填录")
    assert (check.citations[0].document, check.citations[0].version) == (
        "人民检察院刑事诉讼规则",
        "2019",
    )
    assert term.warning_days == {"其他": 5}
    assert catalogue.settings == {"填录天数": 4}


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("    severity: 轻微\n", "    severity: 轻微\n    colour: 红\n", 13, "不认识的项“colour”"),
        ("    title: 某项核对\n", "", 3, "缺少“title”"),
        ("    title: 某项核对\n", "    title: 甲\n    title: 乙\n", 5, "写了两次"),
        ("title: 某项核对", "title: ''", 4, "不能为空"),
        ("title: 某项核对", "title: [甲]", 4, "应当是文字"),
        ("id: some-check", "id: Some_Check", 3, "小写英文"),
        ("[全部]", "[审查批捕]", 6, "没有“审查批捕”这一类"),
        ("[全部]", "[]", 6, "不能为空"),
        ("[全部]", "全部", 6, "应当是一列文字"),
        ("class: H", "class: X", 7, "不在可选的写法里"),
        ("受理日期 < 今天", "受理日 < 今天", 8, "没有栏目“受理日”"),
        ("受理日期 < 今天", "受理日期 <", 8, "还没有写完"),
        ("受理日期 < 今天", "受理日期 < 决定日期", 3, "条件用到“决定日期”"),
        ("受理日期 < 今天", "受理日期 + {某设置}日 < 今天", 3, "设置“某设置”"),
        ("needs: [受理日期]", "needs: [受理日期, 某栏目]", 10, "不是字段规范表里的栏目"),
        ("needs: [受理日期]", "needs: [受理日期, 受理日期]", 10, "写了两次"),
        ("state: 矛盾", "state: conflict", 9, "不在可选的写法里"),
        ("severity: 轻微", "severity: 一般", 12, "不在可选的写法里"),
        ("第六百六十四条", "664", 14, "应当是文字"),
        ("第六百六十四条", "六百六十四", 14, "应当写成 第二百八十二条"),
        ("    condition: 受理日期 < 今天\n", "", 3, "只写一样"),
        ("ask: 请核对", "ask: 请核对\n    raw: yes", 16, "有歧义"),
        ("ask: 请核对", "ask: 请核对\n    raw: 是", 16, "应当写 true 或 false"),
        ("ask: 请核对", "ask: 请核对\n    valid_from: 2026-13-01", 16, "不是日期"),
        ("ask: 请核对", "ask: 请核对\n    replaced_by: [某规则]", 3, "不是已有的规则"),
        ("expect: 矛盾", "expect: 有问题", 17, "不在可选的写法里"),
        ("expect: 矛盾", "expect: 不提示", 16, "要有命中的"),
        (
            "card: {受理日期: 2026-06-01}",
            "card: {受理日: 2026-06-01}",
            17,
            "不是字段规范表里的栏目",
        ),
        ("card: {受理日期: 2026-06-01}", "card: {受理日期: 昨天}", 17, "与栏目的类型不符"),
        ("card: {受理日期: 2026-06-01}", "card: {受理日期: 2026-02-30}", 17, "与栏目的类型不符"),
        ("card: {受理日期: 2026-06-01}", "card: {是否在押: 有}", 17, "与栏目的类型不符"),
        ("card: {受理日期: 2026-06-01}", "card: 无", 17, "应当写成若干"),
    ],
)
def test_a_bad_check_is_refused_with_line_and_reason(
    folder: Path, old: str, new: str, line: int, reason: str
) -> None:
    assert old in CHECK
    (folder / "checks.yaml").write_text(CHECK.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(KnowledgeError) as caught:
        load_catalogue(folder)
    assert f"checks.yaml 第 {line} 行" in str(caught.value)
    assert reason in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("amount: 7日", "amount: 七天左右", "看不懂期限"),
        ("      amount: 7日\n", "", "缺少“amount”"),
        ("kind: 限期办理", "kind: 事前完成\n      event: 办结日", "不是字段规范表里的栏目"),
        ("kind: 限期办理\n      amount: 7日", "kind: 事前完成", "要写“event”"),
        ("holiday_roll: 顺延", "holiday_roll: no", "有歧义"),
        ("holiday_roll: 顺延", "holiday_roll: 在押不顺延", "条件用到“是否在押”"),
        ("holiday_roll: 顺延", "suspension: [受理日期]", "两三个栏目"),
        ("holiday_roll: 顺延", "extension: {field: 延长期限, most: -1}", "不小于 0 的整数"),
        ("holiday_roll: 顺延", "extension: 3", "应当写成若干"),
        ("holiday_roll: 顺延", "instead: 3", "应当是一列"),
        ("field: 受理日期}", "field: 受理}", "不是字段规范表里的栏目"),
        ("    satisfied_by: 决定日期 非空\n", "", "satisfied_by 应当是文字"),
        ("    ask: 请核对\n", "    ask: 请核对\n    warning_days: {其他: 三}\n", "整数"),
        ("id: some-term", "id: some-check", "重复"),
    ],
)
def test_a_bad_term_is_refused(folder: Path, old: str, new: str, reason: str) -> None:
    assert old in TERM
    (folder / "terms.yaml").write_text(TERM.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"terms\.yaml 第") as caught:
        load_catalogue(folder)
    assert reason in str(caught.value)


def test_a_rule_without_a_provision_cannot_be_loaded(folder: Path) -> None:
    start = CHECK.index("    provision:")
    bare = CHECK[:start] + "    provision: []\n" + CHECK[CHECK.index("    ask:") :]
    (folder / "checks.yaml").write_text(bare, encoding="utf-8")
    with pytest.raises(KnowledgeError, match="至少要写一条依据"):
        load_catalogue(folder)


def test_two_examples_are_too_few(folder: Path) -> None:
    short = CHECK[: CHECK.index("      - {name: 三")]
    (folder / "checks.yaml").write_text(short, encoding="utf-8")
    with pytest.raises(KnowledgeError, match="至少要有 3 个"):
        load_catalogue(folder)


def test_an_unknown_list_of_charges_is_refused(folder: Path) -> None:
    text = CHECK.replace("受理日期 < 今天", "案由类(移送案由, 某类)").replace(
        "uses: []", "uses: [移送案由]"
    )
    (folder / "checks.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeError, match="案由名单“某类”"):
        load_catalogue(folder)


@pytest.mark.parametrize("text", ["- 甲\n", "甲\n", "group: 甲\nrules: 乙\n", "\tgroup: 甲\n"])
def test_a_file_that_is_no_rule_file_is_refused(folder: Path, text: str) -> None:
    (folder / "checks.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"checks\.yaml 第"):
        load_catalogue(folder)
