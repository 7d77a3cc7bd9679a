from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import pytest
from PIL import Image

from handlers.documents import term_calendar
from handlers.documents.chinese_font import ChineseFontMissingError, chinese_font
from handlers.documents.term_calendar_facts import (
    SIGNS,
    DayOff,
    TermCalendar,
    TermOnDay,
    alternative,
)

FIRST = date(2026, 6, 15)
DAYS_OFF = (DayOff(date(2026, 6, 19), "端午节"), DayOff(date(2026, 6, 27), "调休", works=True))


@pytest.fixture(autouse=True)
def font() -> None:
    try:
        chinese_font()
    except ChineseFontMissingError as error:
        pytest.skip(f"SKIPPED LOUDLY: {error}")


def calendar(*terms: TermOnDay, days: int = 30, first: date = FIRST) -> TermCalendar:
    return TermCalendar("期限日历 · 6月15日至7月14日", first, days, terms, DAYS_OFF)


def picture(facts: TermCalendar) -> Image.Image:
    return Image.open(BytesIO(term_calendar.draw(facts))).convert("L")


def ground(facts: TermCalendar, day: date) -> int:
    """Return the grey of a day's square, near its lower edge, where nothing is written."""
    image = picture(facts)
    begin = facts.first - timedelta(days=facts.first.weekday())
    number = (day - begin).days
    weeks = (facts.last - begin).days // 7 + 1
    across = (number % 7 + 0.5) / 7 * 0.98 + 0.01
    down = (number // 7 + 0.55 + 0.95) / (weeks + 0.65) * 0.98 + 0.01
    return image.tobytes()[int(down * image.height) * image.width + int(across * image.width)]


def test_the_words_name_each_day_on_which_something_ends_custody_first() -> None:
    facts = calendar(
        TermOnDay(date(2026, 6, 17), "公诉 尾号036", "statutory"),
        TermOnDay(date(2026, 6, 17), "审捕 尾号041", "custody"),
        TermOnDay(date(2026, 6, 30), "归档 尾号012", "own"),
    )
    assert alternative(facts).splitlines()[1:] == [
        "6月17日 周三：■审捕 尾号041、●公诉 尾号036",
        "6月30日 周二：○归档 尾号012",
    ]


def test_an_uncertain_day_says_so() -> None:
    facts = calendar(TermOnDay(date(2026, 6, 22), "公诉 尾号099", "statutory", certain=False))
    assert "放假安排未公布，按较早日期" in alternative(facts)


def test_days_without_terms_are_said_to_be_so() -> None:
    assert alternative(calendar()).endswith("这些天里没有期限届满。")


@pytest.mark.parametrize(
    ("day", "grey"),
    [
        (date(2026, 6, 16), False),
        (date(2026, 6, 19), True),
        (date(2026, 6, 20), True),
        (date(2026, 6, 27), False),
        (date(2026, 6, 28), True),
    ],
    ids=["working day", "holiday", "saturday", "made up saturday", "sunday"],
)
def test_days_off_have_a_grey_ground(day: date, *, grey: bool) -> None:
    assert (ground(calendar(), day) < 240) is grey


def test_each_kind_of_term_has_a_sign_of_its_own() -> None:
    assert len(set(SIGNS.values())) == len(SIGNS)


@pytest.mark.parametrize("first", [date(2026, 6, 15), date(2026, 6, 20), date(2026, 6, 21)])
def test_a_calendar_may_begin_on_any_day(first: date) -> None:
    assert picture(calendar(first=first)).width > 1000


def test_colours_are_dark_enough_for_a_grey_printer() -> None:
    for colour in term_calendar.COLOURS.values():
        red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
        assert 0.299 * red + 0.587 * green + 0.114 * blue < 128
