from __future__ import annotations

import pytest

from knowledge.rules.faults import ConditionError
from knowledge.rules.language import condition, term
from knowledge.rules.unparse import written


@pytest.mark.parametrize(
    "text",
    [
        "决定日期 非空",
        "受理日期 为空 或 决定日期 为空 且 办结日期 为空",
        "(受理日期 为空 或 决定日期 为空) 且 办结日期 为空",
        "非 (决定种类 = 起诉 或 受理日期 为空)",
        "决定种类 ∈ {起诉, 相对不起诉}",
        "决定种类 ∉ {起诉}",
        "移送单位 含 公安 且 移送单位 不含 监委",
        "决定日期 + {填录天数}日 < 今天",
        "受理日期 + 1个月 ≤ 决定日期",
        "受理日期 - 7日 > 决定日期",
        "受理日期 + 1年 ≥ 今天",
        "案由(涉嫌案由, 涉嫌其他案由) ⊆ 案由(移送案由)",
        "同案案由(涉嫌案由) ≠ 案由(移送案由)",
        "案由类(移送案由, 移送其他案由, 财产类)",
        "只有案由类(移送案由, 财产类)",
        "个数(是否在押 = 是, 决定日期 非空) ≥ 2",
        "周岁(出生日期, 作案日期) < 18",
        "绝对差(到期日期, 应到期日) ≤ 1",
        "位数(统一受案号) ≠ 17",
        "同案有(是否认罪认罚 = 否)",
        "逮捕.决定种类 = 批准逮捕 且 无记录(公诉)",
        "受案号用字的阶段 ≠ 案件类别的阶段",
        "(量刑建议刑期上限 - 量刑建议刑期下限) > 0.25 * 量刑建议刑期上限",
    ],
)
def test_what_is_read_can_be_written_back_unchanged(text: str) -> None:
    again = written(condition(text)).replace(
        "量刑建议刑期上限 - 量刑建议刑期下限 >", "(量刑建议刑期上限 - 量刑建议刑期下限) >"
    )
    assert again == text
    assert condition(written(condition(text))) == condition(text)


def test_and_binds_tighter_than_or() -> None:
    loose = condition("受理日期 为空 或 决定日期 为空 且 办结日期 为空")
    assert loose == condition("受理日期 为空 或 (决定日期 为空 且 办结日期 为空)")
    assert loose != condition("(受理日期 为空 或 决定日期 为空) 且 办结日期 为空")


def test_a_keyword_inside_a_name_is_part_of_the_name() -> None:
    assert written(condition("是否影响非公有制经济发展案件 = 是")).startswith("是否影响非公有制")


def test_a_quoted_value_may_hold_brackets_and_spaces() -> None:
    assert condition('文书名称 含 "理由 (副本)"') == condition("文书名称 含 “理由 (副本)”")


def test_a_value_may_be_written_in_quotes() -> None:
    assert condition('决定种类 = "起诉"') == condition("决定种类 = 起诉")


@pytest.mark.parametrize(
    ("text", "column", "reason"),
    [
        ("决定日期 <", 7, "还没有写完"),
        ("", 1, "还没有写完"),
        ("(受理日期 为空", 9, "还没有写完"),
        ("受理日期 为空 且", 10, "还没有写完"),
        ("决定日 为空", 1, "是不是“决定日期”"),
        ("受理日期 < 决定日 + 4日", 8, "没有栏目“决定日”"),
        ("受理日期 为空 为空", 9, "看不懂“为空”"),
        ("未知函数(受理日期)", 5, "看不懂"),
        ("受理日期 = 5", 1, "不能拿日期与数比较"),
        ("作案时年龄 = 未成年", 1, "不能拿数与文字比较"),
        ("移送单位 < 某某", 1, "不能比大小"),
        ("受理日期 ⊆ 决定日期", 1, "⊆ 只用于案由"),
        ("作案时年龄 + 4日 < 今天", 1, "只有日期可以加减"),
        ("受理日期 - 决定日期 > 4", 1, "只有数可以相加减"),
        ("作案时年龄 含 十八", 1, "含、不含只用于文字"),
        ("受理日期 ∈ {今天}", 1, "不是一类"),
        ("周岁(移送单位, 受理日期) < 18", 4, "要写两个日期"),
        ("案由类(移送案由)", 1, "要写栏目和名单"),
        ("无记录(某表)", 5, "没有表“某表”"),
        ("甲表.决定种类 = 起诉", 1, "没有栏目"),
    ],
)
def test_a_mistake_is_told_with_its_place(text: str, column: int, reason: str) -> None:
    with pytest.raises(ConditionError) as caught:
        condition(text)
    assert caught.value.column == column
    assert reason in str(caught.value)


def test_a_long_condition_is_shortened_in_the_sentence() -> None:
    text = " 且 ".join(["受理日期 为空"] * 20) + " 且"
    with pytest.raises(ConditionError) as caught:
        condition(text)
    assert len(str(caught.value)) < 120


def test_a_term_alone_can_be_read() -> None:
    assert written(term("决定日期 + 4日")) == "决定日期 + 4日"
    assert written(term("到期日期")) == "到期日期"
