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
