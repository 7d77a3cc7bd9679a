from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image
from sqlalchemy import select

from handlers.documents.chinese_font import ChineseFontMissingError, chinese_font
from handlers.views import calendar_view
from knowledge.rules.loader import load_catalogue
from storage.models.messages import OutboxRow
from tests.support.office_cards import SECOND, card

if TYPE_CHECKING:
    from pathlib import Path

    from knowledge.cards import Card
    from tests.support.office_desk import OfficeAtWork

ARREST = "arrest-review-detained-7d"


def arrest(sequence: int, accepted: date, **values: Any) -> Card:
    """Return the case of somebody detained whose seven days run from a day."""
    return card(
        sequence,
        **{
            "受理日期": accepted,
            "收到案件材料日期": accepted,
            "提请时是否拘留": "是",
            "是否在押": "是",
            "决定日期": None,
            **values,
        },
    )


@pytest.fixture
def busy(office: OfficeAtWork, tmp_path: Path) -> OfficeAtWork:
    """An office with terms that end on the 17th, the 20th, and one that is over."""
    rules = {one.id: one for one in load_catalogue().rules if one.id == ARREST}
    office.desk = replace(office.desk, rules=rules, archive=tmp_path / "archive")
    office.export(
        cards=[
            arrest(41, date(2026, 6, 10)),
            arrest(42, date(2026, 6, 13), 承办检察官="叶清和", 检察官助理=None, 承办部门=SECOND),
            arrest(43, date(2026, 6, 1)),
        ]
    )
    return office


def words(office: OfficeAtWork, name: str) -> str:
    office[name].say("/日历")
    return next(text for text in office[name].texts if text.startswith("期限日历"))


def test_without_cards_there_is_nothing_to_list(office: OfficeAtWork) -> None:
    office["林知秋"].say("/日历")
    assert office["林知秋"].last.text == "尚无案卡数据，没有可以列出的期限。"


def test_a_prosecutor_sees_the_ends_of_his_own_terms(busy: OfficeAtWork) -> None:
    lines = words(busy, "林知秋").splitlines()
    assert lines == [
        "期限日历 · 6月15日至7月14日 · 林知秋",
        "6月17日 周三：■审捕 尾号041",
        "已届满未见办结 1 项，见每日提示。",
    ]


@pytest.mark.parametrize(
    ("name", "seen"),
    [("叶清和", {"042"}), ("顾长青", {"041"}), ("陆明远", {"041", "042"})],
    ids=["another prosecutor", "the head of the department", "the officer"],
)
def test_everybody_sees_what_is_his(busy: OfficeAtWork, name: str, seen: set[str]) -> None:
    told = words(busy, name)
    assert {tail for tail in ("041", "042") if f"尾号{tail}" in told} == seen


def test_names_are_never_in_it(busy: OfficeAtWork) -> None:
    assert "甄某" not in words(busy, "陆明远")


def test_the_picture_follows_as_a_file(busy: OfficeAtWork) -> None:
    try:
        chinese_font()
    except ChineseFontMissingError as error:
        pytest.skip(f"SKIPPED LOUDLY: {error}")
    busy["林知秋"].say("/日历")
    assert busy.sweep() == ["calendar_picture"]
    row = busy.read(
        lambda session: session.scalars(select(OutboxRow).where(OutboxRow.kind == "document")).one()
    )
    assert row.file_name == "期限日历20260615.png"
    assert busy.desk.archive is not None
    (path,) = (busy.desk.archive / "calendars").iterdir()
    assert Image.open(BytesIO(path.read_bytes())).width > 1000


def test_an_auditor_has_no_calendar(busy: OfficeAtWork) -> None:
    busy["白鹭"].say("/日历")
    assert "不在您的权限内" in busy["白鹭"].last.text


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2026, 6, 15), date(2026, 6, 21), [("2026-06-19", "端午节", False)]),
        (date(2026, 2, 14), date(2026, 2, 15), [("2026-02-14", "调休", True)]),
    ],
)
def test_holidays_and_made_up_days_are_marked(
    office: OfficeAtWork, first: date, last: date, expected: list[tuple[str, str, bool]]
) -> None:
    found = calendar_view.special_days(office.desk, first, last)
    assert [(one.day.isoformat(), one.name, one.works) for one in found] == expected
