from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from handlers.reports import report_jobs
from storage import people
from storage.models.messages import OutboxRow
from tests.support.notice_desk import press, with_button
from tests.support.office_cards import OFFICE, card, card_entry, hit
from tests.support.office_desk import PEOPLE
from tests.support.office_phones import DOOR

if TYPE_CHECKING:
    from tests.support.office_desk import OfficeAtWork

OFFICER, AUDITOR = "陆明远", "白鹭"
ONE, TWO = card(1), card(2)


@pytest.fixture
def june(counted: OfficeAtWork) -> OfficeAtWork:
    """Two problems confirmed, one prompted orally."""
    counted.export(card_entry(ONE), card_entry(TWO), cards=[ONE, TWO])
    counted[OFFICER].say("/待审")
    press(counted[OFFICER], "本规则全部确认")
    counted[OFFICER].say("口头提示 A01 电话")
    return counted


def asked(office: OfficeAtWork, text: str, *, who: str = OFFICER) -> str:
    office[who].say(text)
    office.sweep()
    return office[who].last.text


def documents(office: OfficeAtWork) -> list[tuple[str, Path]]:
    rows = office.read(
        lambda session: session.scalars(
            select(OutboxRow).where(OutboxRow.document.is_not(None)).order_by(OutboxRow.id)
        ).all()
    )
    return [(row.file_name, Path(row.document)) for row in rows]


def test_figures_come_as_a_short_table_with_the_ways_on(june: OfficeAtWork) -> None:
    text = asked(june, "/统计")
    assert text.startswith("流程监控统计 · 2026年6月\n2026年6月1日至6月30日（括号内为2026年5月）")
    assert "人工监控件数 2件（—），有效监控件数 2件（—），问题数 2个（—）" in text
    assert "监控案件2件，其中刑事（含未检）2件" in text
    assert list(june[OFFICER].last.buttons) == ["上月", "去年同月", "导出xlsx", "查依据"]


def test_another_range_is_one_tap_or_one_word_away(june: OfficeAtWork) -> None:
    asked(june, "/统计")
    assert press(june[OFFICER], "上月") == "正在统计2026年5月，请稍候。"
    june.sweep()
    assert june[OFFICER].last.text.startswith("流程监控统计 · 2026年5月")
    assert asked(june, "/统计 2026年").startswith("流程监控统计 · 2026年\n")
    assert list(june[OFFICER].last.buttons) == ["上年", "导出xlsx", "查依据"]
    assert asked(june, "/统计 二季度").startswith("流程监控统计 · 2026年第二季度")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("统计", "流程监控统计 · 2026年6月"),
        ("统计 5月", "流程监控统计 · 2026年5月"),
        ("日志", "监控日志"),
        ("台账", "台账"),
    ],
)
def test_the_officer_need_not_type_the_slash(june: OfficeAtWork, text: str, said: str) -> None:
    assert said in asked(june, text)


def test_what_is_no_range_is_asked_for(june: OfficeAtWork) -> None:
    assert "请写成 2026-06、6月" in asked(june, "/统计 下辈子")
    assert (
        june.read(lambda session: session.query(OutboxRow).filter_by(kind="document").all()) == []
    )


def test_the_workbook_comes_at_a_tap_and_lies_in_the_archive(june: OfficeAtWork) -> None:
    asked(june, "/统计")
    press(june[OFFICER], "导出xlsx")
    june.sweep()
    ((name, path),) = documents(june)
    assert name == "流程监控统计（2026年6月）.xlsx"
    assert path.read_bytes()[:2] == b"PK"
    assert path.stat().st_mode & 0o077 == 0
    assert june.acts("report_made")[-1]["data"]["name"] == name


def test_from_a_figure_to_its_entries_to_an_entry_and_back(june: OfficeAtWork) -> None:
    asked(june, "/统计", who=AUDITOR)
    press(june[AUDITOR], "查依据")
    press(june[AUDITOR], "口头提示")
    june.sweep()
    entry = june.acts("oral_prompt")[0]["seq"]
    text = june[AUDITOR].last.text
    assert text.startswith("口头提示：1次（2026年6月）\n定义：")
    assert f"流水 1 条：{entry}" in text
    assert f"案件 1 件：{ONE.case_no}" in text
    text = asked(june, f"/流水 {entry}", who=AUDITOR)
    assert f"留痕流水第 {entry} 号 · 2026-06-01 08:30 · 陆明远\n口头提示 A01" in text
    assert "计入2026年6月的：人工监控件数、口头提示、有效率。" in text
    press(june[AUDITOR], "看这个月的统计")
    june.sweep()
    assert june[AUDITOR].last.text.startswith("流程监控统计 · 2026年6月")


def test_an_entry_about_a_person_names_who_acted_and_whom_it_concerns(june: OfficeAtWork) -> None:
    newcomer = people.Listed("苏未名", "第一检察部", ("prosecutor",))
    june.write(lambda tx: people.keep(tx.session, OFFICE, [*PEOPLE, newcomer]))
    june[OFFICER].say("/邀请 苏未名")
    invited = june.acts("invited")[-1]["seq"]
    said = asked(june, f"/流水 {invited}", who=AUDITOR).splitlines()
    assert said[0].endswith(f" · {OFFICER}")
    assert said[1] == "发邀请码 苏未名"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("/统计 6月 口头提示", "口头提示：1次（2026年6月）"),
        ("/统计 有效监控件数", "有效监控件数：2件（2026年6月）"),
        ("/统计 6月 满意度", "统计中没有“满意度”这一项"),
        ("/统计 有效监控", "有效监控件数：2件（2026年6月）"),
        ("/统计 通知", "统计中没有“通知”这一项，最接近的有："),
        ("/流水", "请写明流水号"),
        ("/流水 十", "请写明流水号"),
        ("/流水 999999", "留痕流水中没有第 999999 号"),
        ("/台账 0000年", "“0000年”不是年份"),
        ("/台账 去年", "“去年”不是年份"),
    ],
)
def test_a_figure_or_an_entry_can_be_named(june: OfficeAtWork, text: str, said: str) -> None:
    assert said in asked(june, text)


def test_a_figure_of_many_names_the_first_and_where_the_rest_is(counted: OfficeAtWork) -> None:
    cards = [card(number) for number in range(1, 80)]
    counted.export(*(card_entry(one) for one in cards), cards=cards)
    counted[OFFICER].say("/待审")
    press(counted[OFFICER], "本规则全部确认")
    text = asked(counted, "/统计 6月 有效监控件数")
    assert "等 79 项" in text
    assert "完整清单" in text


def test_the_log_of_a_day_is_a_text_and_a_document(june: OfficeAtWork) -> None:
    text = asked(june, "/日志")
    assert text.startswith("流程监控日志 · 6月1日 周一\n监控人：陆明远；巡查范围：审查逮捕2件")
    assert "A01 口头通知" in text
    assert documents(june)[-1][0] == "流程监控日志（2026-06-01）.xlsx"
    june.at(date(2026, 6, 3))
    assert "当日没有巡查" in asked(june, "/日志 6月2日")
    assert "不是日期" in asked(june, "/日志 后天吧")


def test_a_long_log_goes_before_its_file(counted: OfficeAtWork) -> None:
    cards = [card(number) for number in range(1, 30)]
    counted.export(
        *(card_entry(one, fact="审结日期早于受理日期，" * 5) for one in cards), cards=cards
    )
    counted[OFFICER].say("/待审")
    press(counted[OFFICER], "本规则全部确认")
    counted[OFFICER].say("/日志")
    counted.sweep()
    text, file = counted[OFFICER].texts[-2:]
    assert "另有 9 条，见表格" in text
    assert file == "流程监控日志（2026-06-01）.xlsx"


def test_the_register_is_a_document(june: OfficeAtWork) -> None:
    assert asked(june, "/台账").startswith("流程监控台账（2026年），截至留痕流水头")
    assert asked(june, "/台账 2025").startswith("流程监控台账（2025年）")
    assert [name for name, _ in documents(june)] == [
        "流程监控台账（2026年）.xlsx",
        "流程监控台账（2025年）.xlsx",
    ]


def test_over_an_internet_door_goes_the_pointer_and_the_whole_stays_at_home(
    june: OfficeAtWork,
) -> None:
    june.desk = replace(june.desk, doors={DOOR: "internet"})
    asked(june, "/台账")
    ((name, path),) = documents(june)
    assert name == "流程监控台账（2026年）（指引版）.xlsx"
    assert (path.parent / "流程监控台账（2026年）.xlsx").exists()
    text = asked(june, "/统计 6月 口头提示")
    assert ONE.case_no not in text
    assert "尾号001" in text
    entry = june.acts("imported")[0]["seq"]
    assert "甄某" not in asked(june, f"/流水 {entry}")


def test_an_entry_on_a_case_names_it_by_its_tail_over_the_internet(june: OfficeAtWork) -> None:
    june[OFFICER].say("/监控 1号 无问题")
    entry = june.acts("monitored_by_hand")[0]["seq"]
    assert ONE.case_no in asked(june, f"/流水 {entry}")
    june.desk = replace(june.desk, doors={DOOR: "internet"})
    assert ONE.case_no not in asked(june, f"/流水 {entry}")


@pytest.mark.parametrize("who", ["林知秋", "顾长青"])
@pytest.mark.parametrize("text", ["/统计", "/日志", "/台账", "/流水 1", "/培训 案卡填录"])
def test_who_may_not_read_reports_is_refused(june: OfficeAtWork, who: str, text: str) -> None:
    june[who].say(text)
    assert "不在您的权限内" in june[who].last.text


def test_a_button_of_another_persons_role_is_refused(june: OfficeAtWork) -> None:
    asked(june, "/统计")
    june.write(lambda tx: setattr(people.by_id(tx.session, 6), "roles", ["prosecutor"]))
    assert "不在您的权限内" in press(june[OFFICER], "导出xlsx")


def test_without_an_archive_it_says_so(june: OfficeAtWork) -> None:
    june.desk = replace(june.desk, archive=None)
    assert asked(june, "/统计") == report_jobs.NO_ARCHIVE


def test_an_own_file_of_lines_that_is_wrong_is_named(june: OfficeAtWork, tmp_path: Path) -> None:
    own = tmp_path / "business_lines.yaml"
    own.write_text("groups: []\n", encoding="utf-8")
    june.desk = replace(june.desk, reports=replace(june.desk.reports, own_lines=own))
    assert asked(june, "/统计").startswith("业务条线 business_lines.yaml 第 1 行")


def test_a_training_is_recorded_with_its_day(june: OfficeAtWork) -> None:
    june[OFFICER].say("/培训 5月20日 案卡填录")
    entry = june.acts("training_held")[0]
    assert june[OFFICER].last.text == (
        f"已登记专题培训（流水第 {entry['seq']} 号）：5月20日，案卡填录。"
    )
    assert entry["data"] == {"day": "2026-05-20"}
    assert "案卡填录" in june.words()
    for wrong in ("/培训", "/培训 6月9日 案卡填录", f"/培训 {'长' * 61}"):
        june[OFFICER].say(wrong)
        assert "请写明主题" in june[OFFICER].last.text


def test_a_list_to_print_comes_each_morning_while_somebody_is_not_reached(
    june: OfficeAtWork,
) -> None:
    june.write(
        lambda tx: setattr(people.named(tx.session, june.desk.office, "林知秋")[0], "chat", None)
    )
    june.at(date(2026, 6, 2))
    june.patrol(card_entry(ONE), card_entry(TWO), hit(ONE, due=date(2026, 6, 3)), cards=[ONE, TWO])
    june.morning()
    june.sweep()
    text = june[OFFICER].last.text
    assert text.startswith(
        "未绑定人员提示清单 · 6月2日：未绑定或无法送达的承办检察官 1 人，共 3 条"
    )
    assert documents(june)[-1][0] == "未绑定人员提示清单（2026-06-02）.xlsx"
    june.morning()
    june.sweep()
    assert len(documents(june)) == 1


def test_the_list_to_print_names_nobody_over_an_internet_door(june: OfficeAtWork) -> None:
    june.desk = replace(june.desk, doors={DOOR: "internet"})
    june.write(
        lambda tx: setattr(people.named(tx.session, june.desk.office, "林知秋")[0], "chat", None)
    )
    june.at(date(2026, 6, 2))
    june.morning()
    june.sweep()
    ((name, pointer),) = documents(june)
    assert name == "未绑定人员提示清单（2026-06-02）（指引版）.xlsx"
    whole = pointer.parent / "未绑定人员提示清单（2026-06-02）.xlsx"
    for secret in ("林知秋", "甄某1"):
        assert secret in printed(whole)
        assert secret not in printed(pointer)
    assert "尾号001" in printed(pointer)
    assert "林知秋" not in june[OFFICER].last.text


def printed(path: Path) -> str:
    """Whatever stands on the sheets of a workbook, their names included."""
    book = load_workbook(path)
    cells = [str(cell.value) for sheet in book for row in sheet for cell in row if cell.value]
    return "\n".join([*book.sheetnames, *cells])


def test_no_list_comes_while_everybody_is_reached(june: OfficeAtWork) -> None:
    june.at(date(2026, 6, 2))
    june.morning()
    june.sweep()
    assert documents(june) == []


def test_the_summary_of_one_month_says_what_is_not_known(june: OfficeAtWork) -> None:
    text = asked(june, "/统计")
    assert "一审公诉平均办理天数 —（—）" in text
    assert with_button(june[OFFICER], "导出xlsx").text == text
