from __future__ import annotations

from knowledge.laws.parse import parse

POINTS = """借阅监控要点
2024年5月1日
一、借出
（一）登记
1. 借阅证号没有登记的；
2. 借期没有写明的。
说明：以登记簿为准。
（二）期限
1. 超过三十日没有归还的。
二、归还
（一）破损没有记录的，应当补记。
"""


def test_a_text_without_articles_is_read_by_its_finest_numbers() -> None:
    found = parse(POINTS, "要点.txt")
    assert [one.label for one in found.articles[:3]] == [
        "第一、（一）1点",
        "第一、（一）2点",
        "第一、（二）1点",
    ]
    assert found.articles[1].text == "借期没有写明的。\n说明：以登记簿为准。"
    assert found.articles[0].headings == ("借出", "登记")


def test_every_point_has_a_number_of_its_own() -> None:
    numbers = [one.number for one in parse(POINTS, "要点.txt").articles]
    assert numbers == list(range(1, len(numbers) + 1))
    assert not parse(POINTS, "要点.txt").gaps


def test_a_point_among_headings_is_not_lost() -> None:
    found = parse("要点\n一、借出\n（一）登记\n1. 甲。\n二、归还后应当消毒。\n三、遗失", "要点.txt")
    assert [one.text for one in found.articles] == ["甲。", "归还后应当消毒。", "遗失"]


def test_odd_numbers_are_named_with_their_place() -> None:
    registered = "一、借出\n（一）登记\n1. 甲。\n3. 乙。\n3. 丙。"
    text = f"要点\n2024年5月1日\n{registered}\n（三）期限\n1. 丁2025年1月1日。"
    found = parse(text, "要点.txt")
    assert found.remarks == (
        "一、（一）之下序号不连续，“3.”之前有缺",
        "一、（一）之下序号“3.”重复",
        "一之下序号不连续，“（三）”之前有缺",
    )
    assert (found.counted_in, found.version) == ("点", "2024-05-01")


def test_what_stands_under_a_heading_alone_is_no_point() -> None:
    found = parse("要点\n一、借出\n（下列各项逐条核对）\n（一）登记。", "要点.txt")
    assert [one.text for one in found.articles] == ["登记。"]
