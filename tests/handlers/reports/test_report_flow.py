from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from storage import people
from storage.models.messages import OutboxRow
from storage.models.work_reports import WorkReport
from tests.support.docx_text import everything
from tests.support.notice_desk import press
from tests.support.office_cards import MANAGEMENT, OFFICE, card, card_entry
from tests.support.office_phones import DOOR, Phone

if TYPE_CHECKING:
    from tests.support.office_desk import OfficeAtWork

OFFICER, CASE_HEAD, DEPUTY, HEAD = "陆明远", "沈一鸣", "顾清", "顾长青"
JULY = date(2026, 7, 1)


@pytest.fixture
def reporting(counted: OfficeAtWork) -> OfficeAtWork:
    """An office after a month with one confirmed problem, with a deputy."""
    office = counted
    with office.database.transaction(office.now) as tx:
        kept = [
            people.Listed(one.name, one.department, tuple(one.roles), tuple(one.aliases))
            for one in people.everybody(tx.session, OFFICE)
        ]
        deputy = people.Listed(DEPUTY, "", ("deputy",))
        for person in people.keep(tx.session, OFFICE, [*kept, deputy]):
            if person.chat is None:
                person.door, person.account, person.chat = DOOR, str(person.id), str(person.id)
                person.bound_at = office.now
                office.phones[person.name] = Phone(
                    office, person.name, str(person.id), str(person.id)
                )
    one = card(1)
    office.export(card_entry(one), cards=[one])
    office[OFFICER].say("/待审")
    press(office[OFFICER], "确认")
    office.at(JULY)
    return office


def report(office: OfficeAtWork) -> WorkReport:
    found: WorkReport = office.read(
        lambda session: session.scalars(select(WorkReport).order_by(WorkReport.id.desc())).first()
    )
    return found


def drafted(office: OfficeAtWork) -> Phone:
    officer = office[OFFICER]
    officer.say("/月报")
    office.sweep()
    return officer


def documents(office: OfficeAtWork) -> list[str]:
    return office.read(
        lambda session: list(
            session.scalars(
                select(OutboxRow.file_name)
                .where(OutboxRow.kind == "document")
                .order_by(OutboxRow.id)
            )
        )
    )


def test_a_draft_shows_its_words_with_their_places(reporting: OfficeAtWork) -> None:
    officer = drafted(reporting)
    assert officer.last.text.startswith("《2026年6月流程监控工作报告》 草稿")
    assert "1.1 2026年6月（2026年6月1日至6月30日），监控案件1件" in officer.last.text
    assert list(officer.last.buttons) == ["预览", "改一段", "送审", "撤销草稿"]


def test_asked_for_again_it_is_the_same_draft(reporting: OfficeAtWork) -> None:
    officer = drafted(reporting)
    officer.say("/月报 6月")
    assert "已有《2026年6月流程监控工作报告》（草稿）" in officer.last.text
    assert len(reporting.acts("report_drafted")) == 1


def test_a_paragraph_is_rewritten_by_typing_and_taken_back(reporting: OfficeAtWork) -> None:
    officer = drafted(reporting)
    press(officer, "改一段")
    press(officer, "6.1")
    officer.say("下月开展案卡填录培训。")
    assert "6.1 下月开展案卡填录培训。（已改）" in officer.last.text
    press(officer, "改一段")
    press(officer, "6.1")
    officer.say("恢复")
    assert "（已改）" not in officer.last.text


def test_a_preview_is_marked_as_a_draft(reporting: OfficeAtWork) -> None:
    officer = drafted(reporting)
    press(officer, "预览")
    reporting.sweep()
    names = documents(reporting)
    assert names[0] == "2026年6月流程监控工作报告.docx"
    assert names[1] == "2026年6月流程监控工作报告附表.xlsx"
    assert reporting.desk.archive is not None
    (path,) = (
        one
        for one in (reporting.desk.archive / "work_reports").glob("草稿-*.docx")
        if "指引版" not in one.name
    )
    assert "草稿，尚未审签" in everything(path.read_bytes())


def signed(office: OfficeAtWork) -> WorkReport:
    officer = drafted(office)
    press(officer, "送审")
    press(office[CASE_HEAD], "审核通过")
    press(office[DEPUTY], "签发")
    office.sweep()
    return report(office)


def test_it_goes_from_officer_to_case_head_to_deputy_and_into_the_archive(
    reporting: OfficeAtWork,
) -> None:
    found = signed(reporting)
    assert found.state == "signed"
    assert found.document is not None
    content = Path(found.document).read_bytes()
    assert hashlib.sha256(content).hexdigest() == found.sha256
    text = everything(content)
    assert "草稿" not in text
    assert f"起草：{OFFICER}　　审核：{CASE_HEAD}　　签发：{DEPUTY}" in text
    acts = [one["act"] for one in reporting.acts() if one["act"].startswith("report_")]
    assert acts == [
        "report_drafted",
        "report_submitted",
        "report_checked",
        "report_signed",
        "report_archived",
    ]
    assert reporting.acts("report_archived")[0]["data"]["sha256"] == found.sha256


def test_it_is_filed_with_its_day_and_the_receipt(reporting: OfficeAtWork) -> None:
    signed(reporting)
    officer = reporting[OFFICER]
    press(officer, "已报送")
    officer.say("市院案管办 7月2日签收")
    found = report(reporting)
    assert (found.state, found.filed_on) == ("filed", JULY)
    assert "市院案管办 7月2日签收" in reporting.words()
    assert "报送回执已登记" in officer.last.text


def test_what_was_given_back_is_a_draft_again_and_says_why(reporting: OfficeAtWork) -> None:
    officer = drafted(reporting)
    press(officer, "送审")
    head = reporting[CASE_HEAD]
    press(head, "退回")
    press(head, "数字需再核对")
    assert report(reporting).state == "draft"
    assert officer.last.text.startswith("已退回：数字需再核对。")
    assert reporting.acts("report_returned")[0]["data"]["reason"] == "数字需再核对"


def test_nobody_checks_what_he_drafted(reporting: OfficeAtWork) -> None:
    head = reporting[CASE_HEAD]
    head.say("/月报")
    reporting.sweep()
    press(head, "送审")
    assert report(reporting).state == "draft"
    assert "除起草人外没有可以审核的人" in head.toasts[-1]


def test_where_no_second_person_is_wanted_the_author_signs(reporting: OfficeAtWork) -> None:
    manner = replace(reporting.desk.notices, second_person=False)
    reporting.desk = replace(reporting.desk, notices=manner)
    officer = drafted(reporting)
    press(officer, "送审")
    reporting.sweep()
    assert report(reporting).state == "signed"


def test_a_second_press_meets_the_state_as_it_is(reporting: OfficeAtWork) -> None:
    officer = drafted(reporting)
    message = officer.last
    token = message.buttons["送审"]
    officer.press_token(token, message)
    assert "现为“待审核”" in officer.press_token(token, message)
    assert len(reporting.acts("report_submitted")) == 1


def test_a_departments_report_goes_to_its_head_once_it_is_checked(
    reporting: OfficeAtWork,
) -> None:
    officer = reporting[OFFICER]
    officer.say("/部门报告")
    reporting.sweep()
    assert "（第一检察部）草稿" in officer.last.text
    press(officer, "送审")
    press(reporting[CASE_HEAD], "审核通过")
    reporting.sweep()
    assert report(reporting).state == "signed"
    assert any("已签发归档" in one.text for one in reporting[HEAD].messages)


def test_over_an_internet_door_only_figures_travel(reporting: OfficeAtWork) -> None:
    reporting.desk = replace(reporting.desk, doors={DOOR: "internet"})
    signed(reporting)
    sent = documents(reporting)
    assert sent == ["2026年6月流程监控工作报告（指引版）.docx"]


def test_a_prosecutor_has_no_reports(reporting: OfficeAtWork) -> None:
    reporting["林知秋"].say("/月报")
    assert "不在您的权限内" in reporting["林知秋"].last.text


def test_what_waits_stands_among_what_is_to_be_signed(reporting: OfficeAtWork) -> None:
    officer = drafted(reporting)
    press(officer, "送审")
    reporting[CASE_HEAD].say("/待签")
    assert "审核 《2026年6月流程监控工作报告》" in reporting[CASE_HEAD].last.text


def test_a_discarded_draft_makes_room_for_a_new_one(reporting: OfficeAtWork) -> None:
    officer = drafted(reporting)
    press(officer, "撤销草稿")
    drafted(reporting)
    assert officer.last.text.startswith("《2026年6月流程监控工作报告》 草稿")
    assert len(reporting.acts("report_drafted")) == 2


def test_management_itself_needs_no_report(reporting: OfficeAtWork) -> None:
    reporting[OFFICER].say("/部门报告")
    reporting.sweep()
    assert all(MANAGEMENT not in text for text in reporting[OFFICER].texts)
