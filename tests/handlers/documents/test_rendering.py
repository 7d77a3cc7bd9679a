from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from docx import Document

from handlers.documents.errors import (
    DoorClosedError,
    FactMissingError,
    TemplateFieldError,
    TemplateMissingError,
)
from handlers.documents.rendering import render
from tests.support.docx_text import cells, everything, labelled, lines, opened
from tests.support.papers import (
    CHIEF_REPORT,
    FEEDBACK,
    LATE,
    LEDGER_HEAD,
    MINOR,
    NOTICE,
    NUMBER,
    ORAL_PROMPT,
    PAPERS,
    RECEIPT,
)

if TYPE_CHECKING:
    from pathlib import Path

    from _typeshed import DataclassInstance


def in_full(name: str, facts: DataclassInstance) -> bytes:
    return render(name, facts, templates=None, clearance="intranet")


def test_a_notice_says_case_fact_sum_provisions_and_what_is_asked() -> None:
    text = everything(in_full("notice", NOTICE))

    assert "云川市北宽区人民检察院\n案件流程监控通知书" in text
    assert f"\n{NUMBER}\n" in text
    assert "第一检察部：" in text
    assert "一、孙大勇、李小川涉嫌盗窃案" in text
    assert "二、白金贵涉嫌诈骗案" in text
    assert LATE.fact in text
    assert "末日为周三工作日，不顺延；审结日期2026年5月29日，晚2天。" in text
    assert (
        "依据：《中华人民共和国刑事诉讼法》第九十一条第三款、"
        "《人民检察院刑事诉讼规则》第二百八十二条。"
    ) in text
    assert "自收到本通知书之日起十日以内" in text
    assert "《人民检察院刑事诉讼规则》第六百六十五条第三款" in text
    assert "2026年6月15日" in text
    assert "监控人：林静。签发人：方敏。" in text


def test_the_table_of_problems_has_a_row_for_every_value_of_every_item() -> None:
    rows = cells(in_full("notice", NOTICE))

    assert rows[:8] == [
        ["序号", "案卡项或文书", "现填内容", "应为或待核", "备注"],
        [
            (
                "一、编号A02。依据：《中华人民共和国刑事诉讼法》第九十一条第三款、"
                "《人民检察院刑事诉讼规则》第二百八十二条"
            )
        ],
        ["1", "受理日期", "2026年5月20日", "请核对是否为收到提请批准逮捕书之日", ""],
        ["2", "审结日期", "2026年5月29日", "2026年5月27日以前", "以决定书日期为准"],
        ["3", "嫌疑人姓名", "孙大勇、李小川", "无须更改", ""],
        ["二、编号A05。依据：《中华人民共和国刑事诉讼法》第九十一条第三款（据此推出）"],
        ["1", "执行日期", "（空）", "请按执行回执填录", ""],
        ["2", "强制措施", "拘留", "请核对是否已释放或者变更", ""],
    ]


def test_a_notice_ends_with_its_receipt_slip_and_carries_the_ledger_head_on_both_sides() -> None:
    document = in_full("notice", NOTICE)
    section = opened(document).sections[0]

    assert labelled(document, "送达文书") == "《案件流程监控通知书》"
    assert labelled(document, "受送达部门") == "第一检察部"
    for foot in (section.footer, section.even_page_footer):
        assert foot.paragraphs[1].text == f"留痕流水头 {LEDGER_HEAD}"


def test_the_sheet_is_a4_with_the_margins_and_lines_of_official_documents() -> None:
    paper = opened(in_full("notice", NOTICE))
    section = paper.sections[0]
    margins = (
        section.top_margin,
        section.bottom_margin,
        section.left_margin,
        section.right_margin,
    )
    body = next(one for one in paper.paragraphs if one.text.startswith("情况："))

    assert [round(one.mm) for one in margins if one is not None] == [37, 35, 28, 26]
    assert round((section.page_width or 0) / 36000) == 210
    assert body.paragraph_format.line_spacing is not None
    assert body.paragraph_format.line_spacing == 28 * 12700
    assert body.runs[0].font.name == "仿宋_GB2312"


def test_a_draft_shows_that_number_and_approval_are_still_to_come() -> None:
    draft = replace(NOTICE, number=None, approver=None, draft=True)

    text = everything(in_full("notice", draft))

    assert "草稿，仅供审核，不得送达" in text
    assert "\n草稿，未编文号\n" in text
    assert "签发人：（待签发）" in text


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        (replace(NOTICE, number=None), "文号"),
        (replace(NOTICE, number="  "), "文号"),
        (replace(NOTICE, approver=None), "签发人"),
        (replace(NOTICE, items=()), "问题"),
        (replace(NOTICE, items=(LATE, replace(LATE, prosecutor=""))), "问题第2项的承办检察官"),
        (replace(NOTICE, items=(replace(LATE, steps=("起算", " ")),)), "问题第1项的计算过程第2项"),
        (replace(NOTICE, items=(replace(LATE, provisions=()),)), "问题第1项的依据"),
    ],
)
def test_a_missing_field_is_named_and_nothing_is_made(facts: DataclassInstance, field: str) -> None:
    with pytest.raises(FactMissingError) as error:
        in_full("notice", facts)

    assert str(error.value) == (
        f"《案件流程监控通知书》缺少“{field}”，文书没有生成。请补充后重新生成"
    )


def test_the_names_of_minors_stand_nowhere_in_a_notice() -> None:
    text = everything(in_full("notice", replace(NOTICE, items=(MINOR,))))

    assert "陈某明" not in text
    assert "（未成年人案件，隐名）" in text


def test_a_case_known_to_be_a_minors_is_hidden_whatever_its_number() -> None:
    text = everything(in_full("notice", replace(NOTICE, items=(replace(LATE, juvenile=True),))))

    assert "孙大勇" not in text
    assert "2026年5月20日" in text


def test_the_feedback_form_answers_the_notice_item_by_item() -> None:
    document = in_full("feedback", FEEDBACK)
    text = everything(document)

    assert f"收到《案件流程监控通知书》（{NUMBER}）" in text
    assert labelled(document, "核查结论") == "部分属实"
    assert labelled(document, "纠正日期") == "2026年6月17日完成"
    assert "预计2026年6月24日完成" in text
    assert "未附（未佐证）" in text
    assert labelled(document, "异议及依据") == "无"
    assert "部门负责人（签名）：王建国" in text
    assert labelled(document, "复核意见") == "继续跟踪。A02已核对决定书，予以销号；A05待回执。"


def test_a_form_not_yet_reviewed_leaves_the_four_outcomes_to_be_ticked() -> None:
    document = in_full("feedback", replace(FEEDBACK, review=None))

    assert labelled(document, "复核意见") == "□已纠正　□继续跟踪　□维持　□撤回"


def test_a_form_without_signature_is_only_a_draft() -> None:
    unsigned = replace(FEEDBACK, head=None, signed_on=None)

    with pytest.raises(FactMissingError, match="部门负责人"):
        in_full("feedback", unsigned)
    assert "（待签署）" in everything(in_full("feedback", replace(unsigned, draft=True)))


def test_the_report_to_the_chief_leaves_room_for_his_instruction() -> None:
    empty = in_full("chief_report", CHIEF_REPORT)
    written = in_full("chief_report", replace(CHIEF_REPORT, instruction="请立即核实。"))

    assert labelled(empty, "检察长批示") == ""
    assert labelled(written, "检察长批示") == "请立即核实。"
    assert "《人民检察院刑事诉讼规则》第六百六十五条第二款" in labelled(empty, "报告理由")


def test_the_record_of_an_oral_prompt_says_what_is_still_open() -> None:
    document = in_full("oral_prompt", ORAL_PROMPT)

    assert labelled(document, "提示时间") == "2026年6月15日9时05分"
    assert labelled(document, "提示方式") == "电话"
    assert labelled(document, "答复") == "执行回执尚未收到，今天催要。"
    assert labelled(document, "处理结果") == "尚未办结"
    assert labelled(document, "回复期限") == "无法定期限"


def test_a_receipt_is_filled_as_far_as_the_delivery_is_known() -> None:
    delivered = in_full("receipt", RECEIPT)
    blank = in_full("receipt", replace(RECEIPT, receiver=None, received_on=None))

    assert labelled(delivered, "签收人（签名）") == "王建国"
    assert labelled(delivered, "收到日期") == "2026年6月16日"
    assert labelled(blank, "签收人（签名）") == ""
    assert labelled(blank, "收到日期").split() == ["年", "月", "日"]


@pytest.mark.parametrize("name", ["notice", "feedback", "chief_report"])
def test_the_pointer_version_has_tails_but_no_names_values_or_facts(name: str) -> None:
    facts = PAPERS[name]

    document = render(name, facts, templates=None, clearance="internet")
    text = everything(document)

    assert "尾号036" in text
    assert "请登录系统查看" in text
    assert LEDGER_HEAD in text
    secrets = (
        *("孙大勇", "李小川", "白金贵", "周岚", "林静", "方敏", "王建国"),
        *("990103000036", "2026年5月20日", "2026年5月29日", "拘留", "误填", "羁押", "晚2天"),
    )
    assert [one for one in secrets if one in text] == []


def test_no_edited_template_can_print_on_an_internet_door_what_must_stay_at_home(
    tmp_path: Path,
) -> None:
    paper = Document()
    paper.add_paragraph("{% for 条 in 问题 %}{{ 条.案件名称 }}{% endfor %}")
    paper.save(str(tmp_path / "notice-pointer.docx"))

    with pytest.raises(TemplateFieldError, match="案件名称"):
        render("notice", NOTICE, templates=tmp_path, clearance="internet")


@pytest.mark.parametrize("name", ["oral_prompt", "receipt"])
def test_a_paper_without_a_pointer_version_does_not_travel_on_the_internet(name: str) -> None:
    with pytest.raises(DoorClosedError, match="没有指引版"):
        render(name, PAPERS[name], templates=None, clearance="internet")


@pytest.mark.parametrize("name", ["nothing", "../notice", ""])
def test_a_template_that_is_not_there_is_named(name: str) -> None:
    with pytest.raises(TemplateMissingError, match="没有找到《案件流程监控通知书》的模板"):
        render(name, NOTICE, templates=None, clearance="intranet")


def test_what_is_made_is_a_docx_with_its_title_in_the_properties() -> None:
    document = Document(BytesIO(in_full("notice", NOTICE)))

    assert document.core_properties.title == "案件流程监控通知书"
    assert "{{" not in "".join(lines(in_full("notice", NOTICE)))
