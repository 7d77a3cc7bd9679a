from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from handlers.documents.citing import cite, cite_all, written_day, written_days
from handlers.documents.errors import CitationUnreadableError
from knowledge.rules.rule import Citation

LAW = "中华人民共和国刑事诉讼法"


@pytest.mark.parametrize(
    ("article", "paragraph", "expected"),
    [
        ("第九十一条", 3, f"《{LAW}》第九十一条第三款"),
        ("第91条", 3, f"《{LAW}》第九十一条第三款"),
        ("172", None, f"《{LAW}》第一百七十二条"),
        ("第一百零五条", 4, f"《{LAW}》第一百零五条第四款"),
        ("第10条", None, f"《{LAW}》第十条"),
        ("第120条之一", 2, f"《{LAW}》第一百二十条之一第二款"),
        ("第665条第二款", None, f"《{LAW}》第六百六十五条第二款"),
    ],
)
def test_a_provision_is_cited_with_its_full_title_and_chinese_numerals(
    article: str, paragraph: int | None, expected: str
) -> None:
    assert cite(Citation(LAW, article, paragraph)) == expected


def test_a_title_already_in_brackets_is_not_bracketed_twice() -> None:
    assert cite(Citation(f"《{LAW}》", "第五条")) == f"《{LAW}》第五条"


def test_a_duty_that_only_follows_from_the_text_says_so() -> None:
    assert cite(Citation(LAW, "第五条", strength="derived")) == f"《{LAW}》第五条（据此推出）"


def test_the_same_provision_is_cited_once() -> None:
    cited = cite_all([Citation(LAW, "第5条"), Citation(LAW, "第六条"), Citation(LAW, "第五条")])

    assert cited == f"《{LAW}》第五条、《{LAW}》第六条"


@pytest.mark.parametrize("article", ["", "第条", "附则", "第abc条"])
def test_an_article_that_is_no_number_is_named_in_the_error(article: str) -> None:
    with pytest.raises(CitationUnreadableError, match="条号“" + article):
        cite(Citation(LAW, article))


def test_days_are_written_in_arabic_digits_without_zeros() -> None:
    moment = datetime(2026, 6, 5, 9, 5, tzinfo=ZoneInfo("Asia/Shanghai"))

    assert written_day(date(2026, 6, 5)) == "2026年6月5日"
    assert written_day(moment) == "2026年6月5日9时05分"
    assert written_days(10) == "十日"
