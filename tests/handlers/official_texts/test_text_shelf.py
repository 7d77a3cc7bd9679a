from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest

from knowledge.laws import shelf
from tests.support.text_office import LU, ZHI, home, imported, taking
from tests.support.texts import LOAN_RULES

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.office_desk import OfficeAtWork

__all__ = ["home", "taking"]
TRIAL = "某规定（试行）\n2020年1月1日 施行\n第一条 甲。"
VALID = "某规定\n第一条 乙。\n第二条 本规定自2024年1月1日起施行，《某规定（试行）》同时废止。"


@pytest.fixture
def stocked(taking: OfficeAtWork, tmp_path: Path) -> OfficeAtWork:
    """Two versions of one text, and a text on trial beside the one that repeals it."""
    older = LOAN_RULES.replace("三十日", "二十日").replace("2024年5月1日", "2020年5月1日")
    for number, content in enumerate((LOAN_RULES, older, TRIAL, VALID)):
        imported(taking, tmp_path, content, f"{number}.md")
    taking[LU].say("/要点库")
    return taking


def test_every_text_stands_with_its_version_and_whether_it_holds(stocked: OfficeAtWork) -> None:
    assert stocked[LU].last.text.splitlines() == [
        "要点库：正式文本 4 份",
        "1. 《图书借阅管理办法》2020-05-01 版，7 条，旧版，2024-05-01 前有效",
        "2. 《图书借阅管理办法》2024-05-01 版，7 条，有效",
        "3. 《某规定》2024-01-01 版，2 条，有效",
        "4. 《某规定（试行）》2020-01-01 版，1 条，2024-01-01废止，见《某规定》",
        "导入：直接发送 md、txt、docx、pdf 文件。",
    ]


def test_a_text_is_marked_as_repealed_and_restored(stocked: OfficeAtWork, home: Path) -> None:
    stocked[LU].press("2. 图书借阅管理办法 2024")
    assert "状态：有效" in stocked[LU].last.text
    assert stocked[LU].press("标为废止") == "已标为废止，自 2026-06-15 起"
    assert "状态：2026-06-15 起废止" in stocked[LU].last.text
    assert "图书借阅管理办法" not in [one.title for one in shelf.current(shelf.texts(home))]
    stocked[LU].press("恢复")
    assert "状态：有效" in stocked[LU].last.text
    assert [one["data"]["standing"] for one in stocked.acts("text_marked")] == [
        "2026-06-15",
        "in_force",
    ]


def test_the_day_of_a_repeal_is_put_right(stocked: OfficeAtWork) -> None:
    stocked[LU].press("2. 图书借阅管理办法 2024")
    stocked[LU].press("标为废止")
    stocked[LU].press("改废止日期")
    stocked[LU].say("很久以前")
    assert "看不懂日期" in stocked[LU].last.text
    stocked[LU].say("2026年5月1日")
    assert "自 2026-05-01 起标为废止，此前的旧案仍可引用" in stocked[LU].last.text


def test_a_text_that_another_repeals_can_be_kept_in_force(
    stocked: OfficeAtWork, home: Path
) -> None:
    stocked[LU].press("4. 某规定（试行） 2020")
    stocked[LU].press("恢复")
    assert "某规定（试行）" in [one.title for one in shelf.current(shelf.texts(home))]


def test_an_older_version_is_not_marked_for_its_title(stocked: OfficeAtWork) -> None:
    stocked[LU].press("1. 图书借阅管理办法 2020")
    assert list(stocked[LU].last.buttons) == ["查看条目数", "返回"]


def test_how_much_each_part_holds_is_counted(stocked: OfficeAtWork) -> None:
    stocked[LU].press("2. 图书借阅管理办法 2024")
    stocked[LU].press("查看条目数")
    lines = stocked[LU].last.text.splitlines()
    assert "总则：2 条（第一条至第二条）" in lines
    assert "借阅、归还和逾期 借阅期限：2 条（第三条至第四条）" in lines
    assert "附则：1 条（第六条）" in lines
    stocked[LU].press("返回")
    assert stocked[LU].last.text.startswith("要点库：")


def test_the_list_is_sent_as_a_workbook(stocked: OfficeAtWork, home: Path) -> None:
    stocked[LU].press("导出清单")
    stocked.sweep()
    (path,) = (home / "archive" / "texts").glob("*.xlsx")
    assert stocked[LU].last.text == "要点库文本清单"
    book = openpyxl.load_workbook(path)
    assert [row[1].value for row in book["文本"].iter_rows(min_row=2, max_row=5)] == [
        "图书借阅管理办法",
        "图书借阅管理办法",
        "某规定",
        "某规定（试行）",
    ]
    assert book["条目"].max_row > 15


def test_everybody_may_look_and_only_officers_mark(stocked: OfficeAtWork) -> None:
    stocked[ZHI].say("要点库")
    assert "要点库：正式文本 4 份" in stocked[ZHI].last.text
    assert "导入：" not in stocked[ZHI].last.text
    stocked[ZHI].press("2. 图书借阅管理办法 2024")
    assert list(stocked[ZHI].last.buttons) == ["查看条目数", "返回"]


def test_an_empty_shelf_says_so(taking: OfficeAtWork) -> None:
    taking[LU].say("/要点库")
    assert taking[LU].last.text.startswith("要点库里还没有导入正式文本")


def test_a_text_that_was_taken_away_is_said(stocked: OfficeAtWork, home: Path) -> None:
    stocked[LU].press("3. 某规定 2024")
    message = stocked[LU].last
    for path in shelf.paths(home):
        path.unlink()
    for label in ("查看条目数", "标为废止"):
        assert "已不在要点库中" in stocked[LU].press(label, message)
