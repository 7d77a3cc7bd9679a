from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from handlers.notices.notice_policy import NoticePolicy
from storage import delivery, people
from storage.models.findings import Finding
from storage.models.messages import OutboxRow
from tests.support.docx_text import everything
from tests.support.notice_desk import NUMBER, ONE, THREE, TWO, issued, notice_of, press, with_button
from tests.support.office_cards import FIRST, MANAGEMENT, OFFICE, SECOND, card, card_entry
from tests.support.office_desk import PEOPLE

if TYPE_CHECKING:
    from storage.transaction import Transaction
    from tests.support.office_desk import OfficeAtWork


def entered(office: OfficeAtWork) -> OfficeAtWork:
    """Let the case system give the numbers, as is the default."""
    office.desk = replace(office.desk, notices=NoticePolicy())
    return office


def states(office: OfficeAtWork) -> list[str]:
    return [
        one["data"].get("after", one["act"]) for one in office.acts() if one["object"] == "notice:1"
    ]


def test_a_notice_goes_from_draft_to_the_head_with_every_step_in_the_ledger(
    desk_office: OfficeAtWork,
) -> None:
    notice = issued(desk_office)
    assert (notice.state, notice.number) == ("issued", NUMBER)
    acts = [one["act"] for one in desk_office.acts() if one["object"] == "notice:1"]
    assert acts == [
        "notice_drafted",
        "notice_submitted",
        "notice_approved",
        "notice_issued",
        "paper_made",
    ]
    assert desk_office.acts("outcome_decided")[0]["data"]["decided"] == "notice"
    head = desk_office["顾长青"].last
    assert head.kind == "notice"
    assert list(head.buttons) == ["收到", "签收", "逐条答复"]
    assert "甄某" not in head.text
    assert desk_office["林知秋"].last.kind == "notice"


def test_the_archive_holds_the_full_paper_and_a_pointer_version_travels(
    desk_office: OfficeAtWork,
) -> None:
    notice = issued(desk_office)
    assert notice.document
    assert notice.pointer
    full, pointer = (
        everything(Path(one).read_bytes()) for one in (notice.document, notice.pointer)
    )
    assert NUMBER in full
    assert "甄某2盗窃案" in full
    assert "甄某" not in pointer
    head = desk_office.acts("paper_made")[0]["data"]["head"]
    assert head in full
    sent = [one for one in outbox(desk_office) if one.kind == "notice"]
    assert {one.document for one in sent} == {notice.pointer}
    assert (Path(notice.document).stat().st_mode & 0o777) == 0o600


def outbox(office: OfficeAtWork) -> list[OutboxRow]:
    found: list[OutboxRow] = office.read(lambda session: session.query(OutboxRow).all())
    return found


def test_several_problems_of_one_department_go_into_one_notice(
    desk_office: OfficeAtWork,
) -> None:
    officer = desk_office["陆明远"]
    officer.say("发通知书 A01")
    officer.say("发通知书 A02")
    draft = with_button(officer, "移出A01")
    assert [line[:3] for line in draft.text.splitlines()[1:3]] == ["A01", "A02"]
    officer.press("移出A01", draft)
    assert draft.text.startswith("A01 已移出草稿")
    assert [line[:3] for line in draft.text.splitlines()[2:3]] == ["A02"]


def test_two_departments_take_two_notices(desk_office: OfficeAtWork) -> None:
    other = card(4, prosecutor="叶清和", 承办部门=SECOND)
    desk_office.export(
        *(card_entry(one) for one in (ONE, TWO)),
        card_entry(THREE, "other"),
        card_entry(other),
        cards=[ONE, TWO, THREE, other],
    )
    desk_office["陆明远"].say("发通知书 A02 A04")
    assert desk_office["陆明远"].last.text == (
        f"这几条分属{FIRST}、{SECOND}，一份通知书只发一个部门。请分开拟发"
    )


def test_a_finding_stands_in_one_live_notice_only(desk_office: OfficeAtWork) -> None:
    issued(desk_office)
    desk_office["陆明远"].say("发通知书 A02")
    assert desk_office["陆明远"].last.text == f"A02 已在通知书（{NUMBER}）中，不能重复拟发"


@pytest.mark.parametrize("text", ["发通知书", "发通知书 Z99"])
def test_a_command_without_a_known_number_says_so(desk_office: OfficeAtWork, text: str) -> None:
    desk_office["陆明远"].say(text)
    assert "编号" in desk_office["陆明远"].last.text
    assert desk_office.acts("notice_drafted") == []


def test_a_preview_comes_as_a_document_and_changes_nothing(desk_office: OfficeAtWork) -> None:
    officer = desk_office["陆明远"]
    officer.say("发通知书 A02")
    assert press(officer, "预览") == "正在生成预览，请稍候"
    desk_office.sweep()
    shown = officer.of_kind("document")
    assert shown[0].text.startswith("《案件流程监控通知书》草稿 1 号 预览")
    assert notice_of(desk_office).state == "draft"
    path = desk_office.desk.archive
    assert path is not None
    (draft,) = path.rglob("*preview.docx")
    assert "未编文号" in everything(draft.read_bytes())


def test_the_author_does_not_approve_his_own_notice(desk_office: OfficeAtWork) -> None:
    both = people.Listed("沈一鸣", MANAGEMENT, ("case_head", "officer"))
    listed = [both if one.name == "沈一鸣" else one for one in PEOPLE]
    desk_office.write(lambda tx: people.keep(tx.session, OFFICE, listed))
    desk_office["沈一鸣"].say("发通知书 A02")
    press(desk_office["沈一鸣"], "提交审批")
    assert "段鸿" in desk_office["沈一鸣"].last.text
    token = desk_office["段鸿"].last.buttons["批准"]
    assert desk_office["沈一鸣"].press_token(token, desk_office["沈一鸣"].last) == (
        "这个按钮不是发给您的"
    )
    desk_office["沈一鸣"].say("/待签")
    assert desk_office["沈一鸣"].last.text == "没有待签的文书。"
    press(desk_office["段鸿"], "批准")
    assert notice_of(desk_office).state == "issued"


def test_a_deputy_does_not_approve_where_there_is_a_case_head(desk_office: OfficeAtWork) -> None:
    desk_office["陆明远"].say("发通知书 A02")
    press(desk_office["陆明远"], "提交审批")
    assert desk_office["段鸿"].messages == []
    desk_office["段鸿"].say("/待签")
    assert desk_office["段鸿"].last.text == "没有待签的文书。"


def test_the_office_may_do_without_a_second_person(desk_office: OfficeAtWork) -> None:
    desk_office.desk = replace(
        desk_office.desk, notices=replace(desk_office.desk.notices, second_person=False)
    )
    desk_office["陆明远"].say("发通知书 A02")
    press(desk_office["陆明远"], "发出")
    assert notice_of(desk_office).state == "issued"


def test_a_returned_draft_names_its_reason_and_can_be_handed_in_again(
    desk_office: OfficeAtWork,
) -> None:
    officer, head = desk_office["陆明远"], desk_office["沈一鸣"]
    officer.say("发通知书 A02")
    press(officer, "提交审批")
    press(head, "退回")
    press(head, "事实需再核对")
    assert "已退回：事实需再核对" in officer.last.text
    assert notice_of(desk_office).state == "draft"
    press(officer, "提交审批")
    press(head, "批准")
    assert notice_of(desk_office).number == NUMBER


def test_an_approval_pressed_twice_or_too_late_is_explained(desk_office: OfficeAtWork) -> None:
    head = desk_office["沈一鸣"]
    desk_office["陆明远"].say("发通知书 A02")
    press(desk_office["陆明远"], "提交审批")
    token, message = head.last.buttons["批准"], head.last
    head.press_token(token, message)
    toast = head.press_token(token, message)
    assert toast == (
        f"通知书（{NUMBER}）现为“已发出，未收到”，这个按钮已不适用，请发送 /通知书 查看"
    )
    assert len(desk_office.acts("notice_issued")) == 1
    assert desk_office.acts("press_refused")[0]["data"]["why"] == "MovedOnError"


def test_a_draft_taken_back_uses_no_number(desk_office: OfficeAtWork) -> None:
    officer = desk_office["陆明远"]
    officer.say("发通知书 A02")
    press(officer, "撤销草稿")
    assert (notice_of(desk_office).state, notice_of(desk_office).number) == ("voided", None)
    officer.say("发通知书 A02")
    press(officer, "提交审批")
    press(desk_office["沈一鸣"], "批准")
    assert notice_of(desk_office, 2).number == NUMBER


def test_a_voided_notice_keeps_its_number_and_the_next_gets_another(
    desk_office: OfficeAtWork,
) -> None:
    issued(desk_office)
    press(desk_office["陆明远"], "作废")
    press(desk_office["陆明远"], "重复制发")
    assert (notice_of(desk_office).state, notice_of(desk_office).number) == ("voided", NUMBER)
    assert "已作废（重复制发），无须答复" in desk_office["顾长青"].last.text
    desk_office["陆明远"].say("发通知书 A02")
    press(desk_office["陆明远"], "提交审批")
    press(desk_office["沈一鸣"], "批准")
    assert notice_of(desk_office, 2).number == "海东检案管流监〔2026〕2号"


def test_the_sequence_begins_anew_with_the_year(desk_office: OfficeAtWork) -> None:
    issued(desk_office, "A01")
    desk_office.at(desk_office.now.replace(year=2027))
    desk_office["陆明远"].say("发通知书 A02")
    press(desk_office["陆明远"], "提交审批")
    press(desk_office["沈一鸣"], "批准")
    assert notice_of(desk_office, 2).number == "海东检案管流监〔2027〕1号"


def waits_for_number(office: OfficeAtWork) -> OfficeAtWork:
    entered(office)["陆明远"].say("发通知书 A02")
    press(office["陆明远"], "提交审批")
    press(office["沈一鸣"], "批准")
    assert notice_of(office).state == "approved"
    press(office["陆明远"], "录入文号")
    return office


def test_by_default_the_number_is_the_one_the_case_system_gave(
    desk_office: OfficeAtWork,
) -> None:
    officer = waits_for_number(desk_office)["陆明远"]
    officer.say("海东检流监[2026]12号")
    assert officer.last.text.startswith("文号已登记：海东检流监〔2026〕12号，正在制发")
    desk_office.sweep()
    assert notice_of(desk_office).state == "issued"
    assert desk_office["顾长青"].last.kind == "notice"


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("十二号", "写法不对"),
        ("海东检流监〔2026〕012号", "写法不对"),
        ("海东检流监〔2019〕12号", "年份不是 2026 年"),
    ],
)
def test_a_number_of_the_wrong_form_is_refused_and_asked_for_again(
    desk_office: OfficeAtWork, typed: str, why: str
) -> None:
    officer = waits_for_number(desk_office)["陆明远"]
    officer.say(typed)
    assert why in officer.last.text
    officer.say("海东检流监〔2026〕12号")
    assert notice_of(desk_office).number == "海东检流监〔2026〕12号"


def test_a_number_used_before_is_refused_a_voided_one_too(desk_office: OfficeAtWork) -> None:
    officer = waits_for_number(desk_office)["陆明远"]
    officer.say("海东检流监〔2026〕12号")
    desk_office.sweep()
    press(officer, "作废")
    press(officer, "事实有误")
    officer.say("发通知书 A02")
    press(officer, "提交审批")
    press(desk_office["沈一鸣"], "批准")
    press(officer, "录入文号")
    officer.say("海东检流监〔2026〕12号")
    assert "已经用过" in officer.last.text
    assert notice_of(desk_office, 2).state == "approved"


def test_a_grave_notice_brings_a_report_to_the_chief_whose_instruction_is_recorded(
    desk_office: OfficeAtWork,
) -> None:
    issued(desk_office, "A03")
    chief = desk_office["江平"]
    assert chief.last.kind == "notice"
    assert "报请检察长阅示" in chief.last.text
    assert press(chief, "请办案部门限期整改并报结果") == "批示已记录"
    notice = notice_of(desk_office)
    assert notice.instruction == "请办案部门限期整改并报结果"
    assert len(desk_office.acts("notice_instructed")) == 1
    assert "检察长已对通知书" in desk_office["陆明远"].last.text


def test_the_chief_may_write_his_instruction(desk_office: OfficeAtWork) -> None:
    issued(desk_office, "A03")
    press(desk_office["江平"], "另作批示")
    desk_office["江平"].say("请查明原因，月底前报我。")
    assert notice_of(desk_office).instruction == "请查明原因，月底前报我。"
    assert "请登录系统查看" in desk_office["陆明远"].last.text


def test_an_unknown_fate_of_a_notice_is_repeated_by_a_person_only(
    desk_office: OfficeAtWork,
) -> None:
    desk_office["陆明远"].say("发通知书 A02")
    press(desk_office["陆明远"], "提交审批")
    press(desk_office["沈一鸣"], "批准")
    deliver, desk_office.deliver = desk_office.deliver, lambda: None  # type: ignore[method-assign]
    desk_office.sweep()
    (head,) = [one for one in outbox(desk_office) if one.dedup_key == "notice:1:head:4"]

    def lose(tx: Transaction) -> None:
        delivery.claim(tx, head.id)
        delivery.unknown(tx, head.id, "超时")

    desk_office.write(lose)
    desk_office.deliver = deliver  # type: ignore[method-assign]
    desk_office.deliver()
    assert desk_office["顾长青"].messages == []
    assert press(desk_office["陆明远"], "再次发送") == "再次发送 1 条"
    assert desk_office["顾长青"].last.text.startswith("【补发】")
    assert len(desk_office.acts("message_sent_again")) == 1
    assert press(desk_office["陆明远"], "再次发送") == "没有未送达的消息，无须再次发送"


def test_where_no_head_can_be_reached_the_officer_is_told(desk_office: OfficeAtWork) -> None:
    listed = [one for one in PEOPLE if one.name != "顾长青"]
    desk_office.write(lambda tx: people.keep(tx.session, OFFICE, listed))
    issued(desk_office)
    assert "请打印送达后点“登记送达”" in desk_office["陆明远"].last.text


def test_a_paper_that_cannot_be_made_is_told_and_made_again_later(
    desk_office: OfficeAtWork, tmp_path: Path
) -> None:
    templates = tmp_path / "templates"
    templates.mkdir()
    (templates / "notice.docx").write_bytes(b"broken")
    desk_office.desk = replace(desk_office.desk, templates=templates)
    issued(desk_office)
    assert "notice.docx" in desk_office["陆明远"].last.text
    assert desk_office["顾长青"].messages == []
    (templates / "notice.docx").unlink()
    press(desk_office["陆明远"], "重新生成")
    desk_office.sweep()
    assert desk_office["顾长青"].last.kind == "notice"


def test_a_case_without_a_department_cannot_stand_in_a_notice(desk_office: OfficeAtWork) -> None:
    lost = card(5, 承办部门=None)
    desk_office.export(
        *(card_entry(one) for one in (ONE, TWO)),
        card_entry(THREE, "other"),
        card_entry(lost),
        cards=[ONE, TWO, THREE, lost],
    )
    desk_office["陆明远"].say("发通知书 A04")
    assert "未填承办部门" in desk_office["陆明远"].last.text


def test_nobody_drafts_or_approves_a_notice_in_his_own_case(desk_office: OfficeAtWork) -> None:
    own = card(2, prosecutor="沈一鸣")
    desk_office.export(
        card_entry(ONE), card_entry(own), card_entry(THREE, "other"), cards=[ONE, own, THREE]
    )
    desk_office["沈一鸣"].say("发通知书 A02")
    assert desk_office["沈一鸣"].last.text.startswith("本人承办的案件须由他人拟发通知书")
    desk_office["陆明远"].say("发通知书 A02")
    press(desk_office["陆明远"], "提交审批")
    assert "已提交段鸿审批" in desk_office["陆明远"].last.text


def test_the_chief_instructs_once_and_not_on_a_voided_notice(desk_office: OfficeAtWork) -> None:
    issued(desk_office, "A03")
    chief = desk_office["江平"]
    letter = chief.last
    press(desk_office["陆明远"], "作废")
    press(desk_office["陆明远"], "事实有误")
    assert "现为“已作废”" in press(chief, "已阅")
    desk_office["陆明远"].say("发通知书 A02 报检察长")
    press(desk_office["陆明远"], "提交审批")
    press(desk_office["沈一鸣"], "批准")
    desk_office.sweep()
    assert chief.last is not letter
    token = chief.last.buttons["另作批示"]
    message = chief.last
    assert press(chief, "已阅") == "批示已记录"
    assert chief.press_token(token, message) == "已于 6月15日批示，无需重复操作"


def test_a_light_problem_beside_a_grave_one_stays_what_it_is(desk_office: OfficeAtWork) -> None:
    desk_office["陆明远"].say("发通知书 A01 A03")
    decided = {one["object"]: one["data"]["decided"] for one in desk_office.acts("outcome_decided")}
    assert notice_of(desk_office).grave
    assert decided == {"finding:A01": "notice", "finding:A03": "notice_chief"}


@pytest.mark.parametrize(
    ("ask", "printed"),
    [
        ("请核对：届满应当解除或者变更", "请你部门：予以核对，届满应当解除或者变更。"),
        ("请按期办结，并填录审结日期", "请你部门：按期办结，并填录审结日期。"),
    ],
)
def test_the_letter_asks_in_one_sentence(desk_office: OfficeAtWork, ask: str, printed: str) -> None:
    desk_office.write(lambda tx: setattr(tx.session.get(Finding, 2), "ask", ask))
    notice = issued(desk_office)
    assert notice.document is not None
    assert printed in everything(Path(notice.document).read_bytes())


def test_the_desk_lists_the_notices_that_have_not_ended(desk_office: OfficeAtWork) -> None:
    desk_office["陆明远"].say("/通知书")
    assert desk_office["陆明远"].last.text == "没有在办的通知书。"
    issued(desk_office)
    desk_office["陆明远"].say("/通知书")
    assert desk_office["陆明远"].last.text == f"{NUMBER} · {FIRST} · 已发出，未收到"
    press(desk_office["陆明远"], NUMBER)
    assert "登记送达" in desk_office["陆明远"].last.buttons


def test_a_forged_button_is_answered(desk_office: OfficeAtWork) -> None:
    issued(desk_office)
    head = desk_office["顾长青"]
    assert head.press_token("x" * 16, head.last).startswith("这个按钮已失效")
    token = head.last.buttons["收到"]
    assert desk_office["林知秋"].press_token(token, head.last) == "这个按钮不是发给您的"
    assert notice_of(desk_office).state == "issued"


def test_a_cleared_door_carries_the_full_paper_and_the_names(desk_office: OfficeAtWork) -> None:
    desk_office.desk = replace(desk_office.desk, doors={"phone": "intranet"})
    notice = issued(desk_office)
    sent = [one for one in outbox(desk_office) if one.kind == "notice"]
    assert {one.document for one in sent} == {notice.document}
    assert "甄某2盗窃案" in desk_office["顾长青"].last.text


def test_what_a_notice_said_is_not_said_again_by_the_next_digest(
    desk_office: OfficeAtWork,
) -> None:
    issued(desk_office)
    desk_office["林知秋"].clear()
    desk_office.at(desk_office.now.replace(day=16))
    desk_office.morning()
    assert not desk_office["林知秋"].of_kind("digest")
    assert desk_office.finding("A02").state == "sent"


def test_a_long_list_of_problems_goes_before_the_file_that_carries_few_words(
    desk_office: OfficeAtWork,
) -> None:
    many = [card(number) for number in range(10, 50)]
    desk_office.export(
        *(card_entry(one) for one in (ONE, TWO, *many)),
        card_entry(THREE, "other"),
        cards=[ONE, TWO, THREE, *many],
    )
    issued(desk_office, " ".join(f"A{number:02}" for number in range(4, 44)))
    text, file = desk_office["顾长青"].messages[-2:]
    assert len(text.text) > 900
    assert list(text.buttons) == ["收到", "签收", "逐条答复"]
    assert file.text.startswith("案件流程监控通知书（")
    press(desk_office["顾长青"], "收到")
    assert notice_of(desk_office).state == "received"


def test_with_its_last_problem_the_draft_is_gone(desk_office: OfficeAtWork) -> None:
    desk_office["陆明远"].say("发通知书 A02")
    assert press(desk_office["陆明远"], "移出A02") == "A02 已移出，草稿已撤销"
    assert notice_of(desk_office).state == "voided"


def test_where_nobody_may_approve_nothing_is_handed_in(desk_office: OfficeAtWork) -> None:
    listed = [one for one in PEOPLE if one.name not in {"沈一鸣", "段鸿"}]
    desk_office.write(lambda tx: people.keep(tx.session, OFFICE, listed))
    desk_office["陆明远"].say("发通知书 A02")
    assert press(desk_office["陆明远"], "提交审批").startswith("除拟稿人外，没有可以批准的")
    assert notice_of(desk_office).state == "draft"


def test_an_approver_reads_the_paper_before_he_approves(desk_office: OfficeAtWork) -> None:
    desk_office["陆明远"].say("发通知书 A02")
    press(desk_office["陆明远"], "提交审批")
    press(desk_office["沈一鸣"], "预览")
    desk_office.sweep()
    assert desk_office["沈一鸣"].of_kind("document")
    press(desk_office["沈一鸣"], "批准")
    assert notice_of(desk_office).state == "issued"


def test_a_chief_who_is_not_reached_is_told_to_the_officer(desk_office: OfficeAtWork) -> None:
    listed = [one for one in PEOPLE if one.name != "江平"]
    desk_office.write(lambda tx: people.keep(tx.session, OFFICE, listed))
    issued(desk_office, "A03")
    assert any("请打印报告呈送" in text for text in desk_office["陆明远"].texts)


def test_what_waits_to_be_signed_is_opened_in_place(desk_office: OfficeAtWork) -> None:
    desk_office["陆明远"].say("发通知书 A03")
    press(desk_office["陆明远"], "提交审批")
    desk_office["沈一鸣"].say("/待签")
    assert press(desk_office["沈一鸣"], "批准 草稿 1 号") == "批准"
    press(desk_office["沈一鸣"], "批准")
    desk_office.sweep()
    desk_office["江平"].say("/待签")
    assert press(desk_office["江平"], "批示") == "批示"
    press(desk_office["江平"], "已阅")
    desk_office["江平"].say("/待签")
    assert desk_office["江平"].last.text == "没有待签的文书。"
    press(desk_office["顾长青"], "收到")
    desk_office["顾长青"].say("/待签")
    assert press(desk_office["顾长青"], "签署答复") == "签署答复"
    assert "经核查，这一问题是否属实？" in desk_office["顾长青"].last.text


def test_a_question_nobody_answered_for_hours_is_forgotten(desk_office: OfficeAtWork) -> None:
    officer = waits_for_number(desk_office)["陆明远"]
    desk_office.at(desk_office.now.replace(hour=12))
    officer.say("海东检流监〔2026〕12号")
    assert notice_of(desk_office).state == "approved"


def test_a_preview_that_cannot_be_made_is_told_and_tried_again(
    desk_office: OfficeAtWork, tmp_path: Path
) -> None:
    templates = tmp_path / "templates"
    templates.mkdir()
    (templates / "notice.docx").write_bytes(b"broken")
    desk_office.desk = replace(desk_office.desk, templates=templates)
    officer = desk_office["陆明远"]
    officer.say("发通知书 A02")
    press(officer, "预览")
    desk_office.sweep()
    assert "notice.docx" in officer.last.text
    (templates / "notice.docx").unlink()
    desk_office.at(desk_office.now.replace(minute=40))
    assert press(officer, "重新生成") == "正在重新生成，请稍候"
    desk_office.sweep()
    assert officer.of_kind("document")


def test_without_an_archive_no_paper_is_made(desk_office: OfficeAtWork) -> None:
    desk_office.desk = replace(desk_office.desk, archive=None)
    issued(desk_office)
    assert desk_office["陆明远"].last.text.startswith("没有设置数据目录，文书没有生成")
