from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from handlers.counting.ranges import Range
from handlers.registers import books
from knowledge import business_lines
from storage import ledger
from tests.support.counting_office import facts_of, statistics_of
from tests.support.notice_desk import press
from tests.support.office_cards import OFFICE, card, card_entry

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from handlers.desk import Clearance
    from storage.session import Session
    from tests.support.office_desk import OfficeAtWork

OFFICER, HEAD = "陆明远", "顾长青"
DAY = date(2026, 6, 1)
ONE = card(1, 案件名称="=cmd|' /C calc'!A0")
TWO = card(2)
MINOR = card(3, "许望舒", 作案时年龄=16, 案件类别="一审公诉案件（未检）")
LOG_COLUMNS = (
    "日期 星期 监控人 巡查范围（案件类别/件数） 数据来源（导出文件名，时间） 自动发现数 "
    "人工复核后有效数 监控方式（2201/2202/2203） 案件名称 部门受案号 承办部门 承办检察官 监控环节 "
    "问题 依据 提示/通知书编号 回复情况 整改日期 备注"
)
REGISTER_COLUMNS = (
    "序号 监控日期 案件名称 部门受案号 案件类别 业务条线 承办部门 承办检察官 问题类别（大类/小类） "
    "问题描述 规则编号/依据 严重程度 监控方式 文书编号 送达日期 应回复日期 实际回复日期 核查结果 "
    "整改情况（已整改/整改中/待整改） 整改完成日期 复核人 是否重复发生（首次编号） 是否移送评查 "
    "备注"
)


PUBLICATION_COLUMNS = "文书收到日期 生效日期 公开截止日期 公开日期 未公开原因 承办人"


@pytest.fixture
def worked(counted: OfficeAtWork) -> OfficeAtWork:
    """A day with a prompt and a notice, and the day after with nothing."""
    counted.export(
        card_entry(ONE, group="案卡填录", severity="轻微", fact="甄某1：案卡矛盾"),
        card_entry(TWO, group="案卡填录", severity="轻微", fact="甄某2：案卡矛盾"),
        card_entry(MINOR, group="案卡填录", severity="轻微", fact="甄某3：案卡矛盾"),
        cards=[ONE, TWO, MINOR],
    )
    counted[OFFICER].say("/待审")
    press(counted[OFFICER], "本规则全部确认")
    counted[OFFICER].say("口头提示 A01 电话")
    counted[OFFICER].say("发通知书 A02")
    press(counted[OFFICER], "提交审批")
    press(counted["沈一鸣"], "批准")
    counted.sweep()
    press(counted[HEAD], "收到")
    counted.at(date(2026, 6, 2))
    counted.patrol(card_entry(ONE), card_entry(TWO), card_entry(MINOR), cards=[ONE, TWO, MINOR])
    return counted


def opened(content: bytes) -> Workbook:
    return load_workbook(BytesIO(content))


def register(office: OfficeAtWork, clearance: Clearance = "intranet") -> Workbook:
    facts = facts_of(office)
    lines = business_lines.shipped()

    def make(session: Session) -> bytes:
        return books.register_book(session, facts, lines, clearance, office=OFFICE, year=2026)

    return opened(office.read(make))


def log(office: OfficeAtWork, day: date = DAY, clearance: Clearance = "intranet") -> Workbook:
    facts = facts_of(office)

    def make(session: Session) -> bytes:
        return books.log_book(session, facts, clearance, office=OFFICE, day=day)

    return opened(office.read(make))


def rows(sheet: Worksheet) -> list[dict[str, object]]:
    head, *others = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in others]


def everything(book: Workbook) -> str:
    return "\n".join(
        str(value) for sheet in book for row in sheet.iter_rows(values_only=True) for value in row
    )


def test_log_and_register_have_exactly_the_columns_of_the_office(worked: OfficeAtWork) -> None:
    assert [one.value for one in log(worked)["6月1日"][1]] == LOG_COLUMNS.split()
    assert [
        one.value for one in register(worked)["流程监控台账2026年"][1]
    ] == REGISTER_COLUMNS.split()


def test_there_is_a_sheet_a_year_and_one_of_codes_all_frozen_and_filtered(
    worked: OfficeAtWork,
) -> None:
    book = register(worked)
    assert book.sheetnames == ["流程监控台账2026年", "文书公开台账2026年", "代码"]
    assert log(worked).sheetnames == ["6月1日", "流程监控日志2026年", "代码"]
    sheet = book["流程监控台账2026年"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:X4"
    codes = [[cell.value for cell in row] for row in book["代码"].iter_rows()]
    assert ["监控方式", "2203", "发流程监控通知书并报检察长"] in codes


def test_a_problem_is_a_line_of_the_log_with_how_it_was_dealt_with(worked: OfficeAtWork) -> None:
    one, two, minor = rows(log(worked)["6月1日"])
    assert one["监控方式（2201/2202/2203）"] == "2201"
    assert (one["星期"], one["监控人"], one["提示/通知书编号"]) == ("周一", "陆明远", "A01")
    assert one["巡查范围（案件类别/件数）"] == "一审公诉（未检）1件、审查逮捕2件"
    assert one["数据来源（导出文件名，时间）"] == "案件列表.csv，数据截至6月1日"
    assert (one["自动发现数"], one["人工复核后有效数"]) == (3, 3)
    assert two["监控方式（2201/2202/2203）"] == "2202"
    assert two["提示/通知书编号"] == "海东检案管流监〔2026〕1号"
    assert two["回复情况"] == "未书面答复，6月11日到期"
    assert "《人民检察院刑事诉讼规则》第六百六十四条" in str(two["依据"])
    assert minor["监控方式（2201/2202/2203）"] is None


def test_a_day_without_findings_is_a_line_too(worked: OfficeAtWork) -> None:
    (line,) = rows(log(worked, date(2026, 6, 2))["6月2日"])
    assert line["问题"] == "巡查3件，未发现问题"
    assert line["监控人"] == "系统"
    (nothing,) = rows(log(worked, date(2026, 6, 3))["6月3日"])
    assert nothing["问题"] == "当日没有巡查，也没有登记人工监控"


def test_what_nobody_has_reviewed_yet_is_said_so(counted: OfficeAtWork) -> None:
    counted.export(card_entry(ONE), cards=[ONE], baseline=True)
    (first,) = rows(log(counted)["6月1日"])
    assert first["问题"] == "巡查1件，首次导入，存量1个另计"
    counted.at(date(2026, 6, 2))
    counted.export(card_entry(ONE), card_entry(TWO), cards=[ONE, TWO])
    (line,) = rows(log(counted, date(2026, 6, 2))["6月2日"])
    assert line["问题"] == "巡查2件，自动发现1个，待人工复核"


def test_a_case_looked_at_by_hand_is_a_line_of_the_log(counted: OfficeAtWork) -> None:
    counted.export(cards=[TWO])
    counted[OFFICER].say("/监控 2号 无问题")
    (line,) = rows(log(counted)["6月1日"])
    assert line["问题"] == "人工监控，未发现问题"
    assert (line["案件名称"], line["承办检察官"]) == ("甄某2盗窃案", "林知秋")


def test_a_problem_is_a_line_of_the_register_as_it_stands_now(worked: OfficeAtWork) -> None:
    one, two, _ = rows(register(worked)["流程监控台账2026年"])
    assert (one["序号"], one["业务条线"], one["监控方式"]) == (1, "审查逮捕", "口头通知")
    assert one["问题类别（大类/小类）"] == "案卡填录/审结早于受理"
    assert one["整改情况（已整改/整改中/待整改）"] == "待整改"
    assert two["文书编号"] == "海东检案管流监〔2026〕1号"
    assert two["送达日期"] == datetime(2026, 6, 1)  # noqa: DTZ001 - a sheet knows no zones
    assert two["应回复日期"] == datetime(2026, 6, 11)  # noqa: DTZ001
    worked.at(date(2026, 6, 9))
    for label in ("逐条答复", "属实", "填录有误", "已更正案卡", "今天", "暂无", "签署反馈意见书"):
        press(worked[HEAD], label)
    worked.export(card_entry(ONE), card_entry(MINOR), cards=[ONE, TWO, MINOR])
    _, two, _ = rows(register(worked)["流程监控台账2026年"])
    assert two["核查结果"] == "属实"
    assert two["整改情况（已整改/整改中/待整改）"] == "已整改"
    assert two["整改完成日期"] == datetime(2026, 6, 9)  # noqa: DTZ001


def test_a_minor_is_named_nowhere_and_no_cell_runs_as_a_formula(worked: OfficeAtWork) -> None:
    for book in (log(worked), register(worked)):
        text = everything(book)
        assert "甄某3" not in text
        assert "（未成年人案件，隐名）" in text
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert not any(cell.data_type == "f" for cell in cells)
        assert "'=cmd" in text


def test_what_travels_over_an_internet_door_names_nobody(worked: OfficeAtWork) -> None:
    names = ("甄某", "林知秋", "许望舒", "陆明远", "=cmd", "案件列表.csv", ONE.case_no)
    for book in (log(worked, clearance="internet"), register(worked, "internet")):
        text = everything(book)
        assert not [name for name in names if name in text]
        assert "尾号001" in text


def test_texts_that_were_erased_read_so(worked: OfficeAtWork) -> None:
    beside = [one["seq"] for one in worked.acts() if one["act"] in {"finding_made", "imported"}]

    def erase() -> None:
        worked.write(
            lambda tx: [ledger.erase_text(tx, seq, reason="期满", actor="system") for seq in beside]
        )

    erase()
    one, _, _ = rows(register(worked)["流程监控台账2026年"])
    assert one["案件名称"] == one["承办检察官"] == one["问题描述"] == "已按期清除"
    line, *_ = rows(log(worked)["6月1日"])
    assert line["案件名称"] == "已按期清除"
    assert line["数据来源（导出文件名，时间）"] == "已按期清除，数据截至6月1日"


def test_the_publication_register_has_its_columns_and_names_beside_the_ledger(
    counted: OfficeAtWork,
) -> None:
    judged = card(
        1,
        收到判决裁定日期=date(2026, 5, 1),
        一审判决生效日期=date(2026, 5, 10),
        不公开原因="涉及隐私",
    )
    undated = card(2, 一审判决生效日期=date(2026, 5, 11), 公开状态="已公开")
    counted.export(cards=[judged, undated, MINOR])
    first, second = rows(register(counted)["文书公开台账2026年"])[:2]
    assert list(first)[2:] == PUBLICATION_COLUMNS.split()
    assert (first["案件名称"], first["承办人"], first["未公开原因"]) == (
        "甄某1盗窃案",
        "林知秋",
        "涉及隐私",
    )
    assert first["公开截止日期"] == datetime(2026, 6, 9)  # noqa: DTZ001
    assert second["未公开原因"] == "已公开，公开日期未填"
    assert "涉及隐私" not in everything(register(counted, "internet"))
    (seq,) = [one["seq"] for one in counted.acts("publication_noted")]
    counted.write(lambda tx: ledger.erase_text(tx, seq, reason="期满", actor="system"))
    first, *_ = rows(register(counted)["文书公开台账2026年"])
    assert first["案件名称"] == first["未公开原因"] == "已按期清除"


def test_an_empty_year_is_an_empty_sheet(counted: OfficeAtWork) -> None:
    assert register(counted).sheetnames == ["流程监控台账2026年", "文书公开台账2026年", "代码"]


def test_statistics_print_their_range_and_their_definitions_under_each_table(
    worked: OfficeAtWork,
) -> None:
    told = statistics_of(worked, Range(2026, 6))
    book = opened(books.statistics_book(told, "intranet"))
    assert len(book.sheetnames) == len(told.tables) + 1
    for table in told.tables:
        sheet = book[table.title]
        under = [row[0] for row in sheet.iter_rows(min_row=len(table.rows) + 2, values_only=True)]
        assert under[0] == told.range_line
        assert tuple(under[1:]) == table.definitions
    assert "2026年6月1日至6月30日" in told.range_line


def test_a_figure_can_be_walked_back_from_its_sheet_and_not_over_the_internet(
    worked: OfficeAtWork,
) -> None:
    told = statistics_of(worked, Range(2026, 6))
    proof = rows(opened(books.statistics_book(told, "intranet"))["流水依据"])
    oral = next(row for row in proof if row["项目"] == "口头提示（次）")
    assert oral["流水号"] == str(worked.acts("oral_prompt")[0]["seq"])
    assert oral["部门受案号"] == ONE.case_no
    hidden = everything(opened(books.statistics_book(told, "internet")))
    assert ONE.case_no not in hidden


def test_types_without_a_line_are_named_under_the_table(counted: OfficeAtWork) -> None:
    counted.export(cards=[card(1, 案件类别="从未见过的案件")])
    told = statistics_of(counted, Range(2026, 6))
    text = everything(opened(books.statistics_book(told, "intranet")))
    assert "未归类的案件类别：从未见过的案件" in text
