from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from handlers.imports import imports
from knowledge.cards import Row, Sheet
from storage.exports.read import read_file
from tests.support.monitored_cases import arrest, said, with_rules
from tests.support.office_cards import MONDAY, case_no, days, sheet
from tests.support.shared import shared_folder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.support.office_desk import OfficeAtWork
    from tests.support.office_phones import Message, Phone

CASES = [arrest(n, 部门受案号=case_no(n)) for n in (1, 2)]


def problem_list(
    rows: Sequence[tuple[int, dict[str, Any]]], name: str = "清单.xlsx", number: int = 77
) -> Sheet:
    """Return a list of problems as it is read; a case's number and what is said of it."""
    made = tuple(
        Row(line, case_no(sequence), None, values)
        for line, (sequence, values) in enumerate(rows, 2)
    )
    headings = {column: column for _, values in rows for column in values}
    return Sheet(name, "error_list", made, len(made), headings, day=MONDAY, sha256=str(number))


def take_in(office: OfficeAtWork, *sheets: Sheet) -> None:
    def work(tx: Any) -> None:
        day = office.now.date()
        prepared = imports.prepare(tx, office.desk, sheets, day=day, baseline=False)
        imports.commit(tx, office.desk, prepared, by="陆明远", actor="person:6")

    office.write(work)


@pytest.fixture
def officer(office: OfficeAtWork) -> Phone:
    with_rules(office, "accepted-after-closed")
    take_in(office, sheet(CASES, MONDAY, 1))
    return office["陆明远"]


CHECKED = [
    (1, {"规则编号": "3", "规则名称": "前科不一致", "冲突说明": "应当逮捕情形与前科不一致"}),
    (2, {"规则编号": "7", "规则名称": "未填执行", "冲突说明": "执行日期为空"}),
    (2, {"规则编号": "7", "规则名称": "未填执行", "冲突说明": "执行日期为空"}),
    (99, {"规则编号": "7", "规则名称": "未填执行", "冲突说明": "执行日期为空"}),
]


def offered(officer: Phone) -> Message:
    return said(officer, "问题清单")


def test_a_list_is_offered_and_nothing_is_registered_by_itself(
    office: OfficeAtWork, officer: Phone
) -> None:
    take_in(office, problem_list(CHECKED))
    assert offered(officer).text == (
        "问题清单 清单.xlsx：4 行。\n可以登记 2 条（2 件），此前已登记 0 条。\n"
        "案卡中没有的案件 1 件，不登记：尾号099。\n"
        "登记后进入待审，来源随问题保留。请选择来源（第一个为建议）："
    )
    assert list(offered(officer).buttons) == ["数据校验管家", "网页预警", "人工个案", "不登记"]
    assert office.acts("finding_made") == []


def test_what_is_registered_keeps_its_source_and_waits_for_the_officer(
    office: OfficeAtWork, officer: Phone
) -> None:
    take_in(office, problem_list(CHECKED))
    assert officer.press("数据校验管家", offered(officer)).startswith("已登记 2 条")
    finding = office.finding("A01")
    assert (finding.source, finding.state, finding.rule) == (
        "数据校验管家",
        "queued",
        "list:数据校验管家:3",
    )
    assert finding.title == "数据校验管家：前科不一致"
    assert finding.fact == "数据校验管家：应当逮捕情形与前科不一致"
    assert "应当逮捕情形" not in finding.plain_fact
    assert finding.citations[0]["article"] == "第六百六十四条"
    made = office.acts("finding_made")[0]["data"]
    assert (made["source"], made["waits"]) == ("数据校验管家", "数据校验管家")
    assert office.acts("list_registered")[0]["data"]["made"] == ["A01", "A02"]
    officer.say("/待审")
    assert "数据校验管家：" in officer.last.text


def test_a_list_named_after_alerts_is_proposed_as_such(
    office: OfficeAtWork, officer: Phone
) -> None:
    rows = [(1, {"错误明细": "羁押期限预警"})]
    take_in(office, problem_list(rows, "网页预警监控.xlsx"))
    message = offered(officer)
    assert next(iter(message.buttons)) == "网页预警"
    officer.press("网页预警", message)
    assert office.finding("A01").source == "网页预警"
    assert office.finding("A01").rule == "list:网页预警"


def test_the_same_list_again_registers_only_what_is_new(
    office: OfficeAtWork, officer: Phone
) -> None:
    take_in(office, problem_list(CHECKED))
    officer.press("数据校验管家", offered(officer))
    more = [*CHECKED, (1, {"规则编号": "9", "冲突说明": "另一处"})]
    take_in(office, problem_list(more, number=78))
    assert "可以登记 1 条（1 件），此前已登记 3 条。" in offered(officer).text
    officer.press("数据校验管家", offered(officer))
    assert len(office.acts("finding_made")) == 3


def test_what_was_held_to_be_no_problem_does_not_come_back(
    office: OfficeAtWork, officer: Phone
) -> None:
    take_in(office, problem_list(CHECKED[:1]))
    officer.press("数据校验管家", offered(officer))
    officer.say("/处理 A01")
    officer.press("不属问题")
    officer.press("客观原因")
    take_in(office, problem_list(CHECKED[:1], number=78))
    assert "可以登记 0 条（0 件），此前已登记 1 条。" in offered(officer).text


def test_a_list_may_be_left_alone(office: OfficeAtWork, officer: Phone) -> None:
    take_in(office, problem_list(CHECKED))
    message = offered(officer)
    token = message.buttons["网页预警"]
    assert officer.press("不登记", message) == "不登记"
    assert officer.press_token(token, message) == "这份清单已处理，无需重复操作"
    assert office.acts("finding_made") == []
    assert len(office.acts("list_left")) == 1


def test_the_buttons_of_an_older_list_point_to_the_newer(
    office: OfficeAtWork, officer: Phone
) -> None:
    take_in(office, problem_list(CHECKED))
    older = offered(officer)
    token = older.buttons["数据校验管家"]
    take_in(office, problem_list(CHECKED[:1], number=78))
    assert officer.press_token(token, older) == "已有更新的问题清单，请用新的一份"
    assert office.acts("finding_made") == []


def test_a_newer_export_does_not_close_what_a_list_said(
    office: OfficeAtWork, officer: Phone
) -> None:
    take_in(office, problem_list(CHECKED))
    officer.press("数据校验管家", offered(officer))
    office.at(MONDAY + days(2))
    newer = [replace(one, values={**one.values, "决定日期": date(2026, 6, 16)}) for one in CASES]
    take_in(office, sheet(newer, office.now.date(), 2))
    assert [office.finding(one).state for one in ("A01", "A02")] == ["queued", "queued"]


def test_an_export_without_such_a_list_offers_nothing(officer: Phone) -> None:
    assert [one for one in officer.texts if one.startswith("问题清单")] == []


def test_a_real_list_is_read_and_offered(office: OfficeAtWork, officer: Phone) -> None:
    folder = shared_folder("samples", "exports")
    wanted = ("审查逮捕", "一审公诉", "案卡填录问题通报")
    sheets = [read_file(one) for one in sorted(folder.iterdir()) if one.name.startswith(wanted)]
    take_in(office, *sheets)
    message = offered(officer)
    assert "案卡填录问题通报.xlsx：20 行。" in message.text
    officer.press("数据校验管家", message)
    made = [one["data"] for one in office.acts("finding_made")]
    assert len([one for one in made if one["source"] == "数据校验管家"]) >= 18
