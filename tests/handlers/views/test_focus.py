from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from knowledge.rules.loader import load_catalogue
from tests.support.monitored_cases import arrest
from tests.support.office_cards import MONDAY, SECOND, days, hit

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.office_desk import OfficeAtWork

ONE, TWO = arrest(1), arrest(2, prosecutor="许望舒")
THREE = arrest(3, prosecutor="叶清和", 承办部门=SECOND)
TERM, RIGHT, CARD = "arrest-review-detained-7d", "notify-defender-3d", "unified-no-malformed"


@pytest.fixture(autouse=True)
def findings(office: OfficeAtWork) -> None:
    """Terms near and over, a right not told of, a card entry: of two departments."""
    office.desk = replace(office.desk, rules={one.id: one for one in load_catalogue().rules})
    office.export(
        hit(ONE, TERM),
        hit(TWO, TERM, due=MONDAY - days(2), state="overdue"),
        hit(THREE, RIGHT, due=MONDAY, state="due_soon"),
        hit(ONE, CARD, state="conflict", due=None, release="review"),
        cards=[ONE, TWO, THREE],
    )


def counts(office: OfficeAtWork, name: str) -> list[str]:
    office[name].say("/重点")
    return office[name].last.text.splitlines()


def test_the_officer_sees_the_whole_office_by_area(office: OfficeAtWork) -> None:
    assert counts(office, "陆明远") == [
        "重点监控（全院）",
        "办案期限：未销号 2，临近 1，超期 1",
        "诉权保障：未销号 1，临近 1，超期 0",
        "强制措施：未销号 0，临近 0，超期 0",
        "涉案财物：未销号 0，临近 0，超期 0",
    ]
    assert list(office["陆明远"].last.buttons) == ["办案期限", "诉权保障"]


def test_a_head_sees_his_department_and_a_prosecutor_his_own_cases(office: OfficeAtWork) -> None:
    assert counts(office, "顾长青")[:3] == [
        "重点监控（第一检察部）",
        "办案期限：未销号 2，临近 1，超期 1",
        "诉权保障：未销号 0，临近 0，超期 0",
    ]
    assert counts(office, "许望舒")[:2] == [
        "重点监控（本人承办）",
        "办案期限：未销号 1，临近 0，超期 1",
    ]
    assert counts(office, "叶清和")[2] == "诉权保障：未销号 1，临近 1，超期 0"


def test_what_waits_for_the_officer_is_not_shown_to_others(office: OfficeAtWork) -> None:
    office.export(hit(ONE, RIGHT, due=MONDAY, release="review"), cards=[ONE, TWO, THREE])
    assert counts(office, "陆明远")[2] == "诉权保障：未销号 1，临近 1，超期 0"
    assert counts(office, "林知秋")[2] == "诉权保障：未销号 0，临近 0，超期 0"


def test_an_area_lists_its_problems_the_nearest_first(office: OfficeAtWork) -> None:
    officer = office["陆明远"]
    officer.say("重点")
    officer.press("办案期限")
    lines = officer.last.text.splitlines()
    assert lines[0] == "重点监控 · 办案期限：未销号 2，临近 1，超期 1"
    assert "已届满2天" in lines[1]
    assert "还有2天" in lines[2]
    assert "审查逮捕 尾号001" in lines[2]
    officer.press("返回重点监控")
    assert officer.last.text.startswith("重点监控（全院）")


def test_a_problem_opens_from_its_area_for_officer_and_prosecutor(office: OfficeAtWork) -> None:
    officer, prosecutor = office["陆明远"], office["林知秋"]
    officer.say("/重点 办案期限")
    number = next(one for one in officer.last.buttons if one.startswith("A"))
    officer.press(number)
    assert "建议处理" in officer.last.text
    prosecutor.say("/重点 办案期限")
    own = next(one for one in prosecutor.last.buttons if one.startswith("A"))
    assert len([one for one in prosecutor.last.buttons if one.startswith("A")]) == 1
    prosecutor.press(own)
    assert "知悉" in prosecutor.last.buttons


def test_the_areas_are_the_offices_own(office: OfficeAtWork, tmp_path: Path) -> None:
    (tmp_path / "focus.yaml").write_text(
        "focus:\n  - {id: cards, title: 案卡质量, groups: [案卡填录]}\n", encoding="utf-8"
    )
    office.desk = replace(office.desk, own_plan=tmp_path)
    assert counts(office, "陆明远") == [
        "重点监控（全院）",
        "案卡质量：未销号 1，临近 0，超期 0",
    ]


def test_who_leads_the_office_is_not_asked_to_watch_cases(office: OfficeAtWork) -> None:
    office["江平"].say("/重点")
    assert "不在您的权限内" in office["江平"].last.text


def test_a_long_area_is_listed_page_by_page(office: OfficeAtWork) -> None:
    many = [arrest(n) for n in range(10, 30)]
    office.export(*(hit(one, TERM) for one in many), cards=many)
    officer = office["陆明远"]
    officer.say("/重点 办案期限")
    assert officer.last.text.endswith("后面还有 7 条")
    first = [one for one in officer.last.buttons if one.startswith("A")]
    officer.press("下一页")
    second = [one for one in officer.last.buttons if one.startswith("A")]
    assert (len(first), len(second)) == (15, 7)
    assert not set(first) & set(second)
    officer.press("上一页")
    assert officer.last.text.endswith("后面还有 7 条")
