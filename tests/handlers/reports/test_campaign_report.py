from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from handlers.reports import campaign_papers
from storage import campaigns
from tests.support.campaign_desk import (
    FIRST,
    LATE,
    MINE,
    NUMBER,
    OTHER,
    facts_of,
    import_again,
    press_all,
    started,
    the_campaign,
)
from tests.support.docx_text import everything, tables
from tests.support.monitored_cases import prosecution
from tests.support.notice_desk import issued, press
from tests.support.office_phones import DOOR
from tests.support.sent_documents import sent

if TYPE_CHECKING:
    from handlers.reports.campaign_papers import CampaignPapers
    from tests.support.office_desk import OfficeAtWork
    from tests.support.office_phones import Phone

OFFICER, AUDITOR = "陆明远", "白鹭"
FREE = ("案卡填录（0/", "全选", "返回类别", "下一步", "下一步", "不限时间", "全部")
PARTS = [
    "一、专项背景和依据",
    "二、范围、时间和方法",
    "三、总体情况",
    "四、问题及分布",
    "五、典型问题",
    "六、整改要求及期限",
    "七、长效建议",
]
NAMES = ("林知秋", OFFICER, "甄某", "盗窃案", "[2026]")


@pytest.fixture
def campaigning(counted: OfficeAtWork) -> OfficeAtWork:
    counted.at(date(2026, 6, 15))
    counted.export(cards=[*FIRST, MINE, OTHER])
    return counted


def officer_of(office: OfficeAtWork) -> Phone:
    return office[OFFICER]


def papers(office: OfficeAtWork, number: str = NUMBER) -> CampaignPapers:
    return office.read(
        lambda session: campaign_papers.make(
            session, office.desk, number, day=date(2026, 7, 1), head="36:0123", drafter=OFFICER
        )
    )


def looked_through(office: OfficeAtWork, kind: str, *choices: str) -> None:
    started(officer_of(office), kind, *choices)
    press_all(officer_of(office), "下一件", "无问题", "有问题", "无问题", "有问题")


@pytest.mark.parametrize(
    ("kind", "choices", "figure"),
    [
        ("裁判文书审查", (), ["按时审查", "2"]),
        ("自选规则", FREE, ["已核对", "4"]),
    ],
)
def test_a_campaigns_report_has_its_seven_parts_and_both_annexes(
    campaigning: OfficeAtWork, kind: str, choices: tuple[str, ...], figure: list[str]
) -> None:
    campaigning.export(cards=[*FIRST, MINE, OTHER, prosecution(30, **LATE)])
    started(officer_of(campaigning), kind, *choices)
    press_all(officer_of(campaigning), "下一件", "无问题", "无问题")
    text = everything(papers(campaigning).full)
    places = [text.index(heading) for heading in PARTS]
    assert places == sorted(places)
    assert "附件1　问题清单" in text
    assert "附件2　整改台账" in text
    assert figure[0] in text


def test_its_figures_are_those_of_the_campaign(campaigning: OfficeAtWork) -> None:
    looked_through(campaigning, "裁判文书审查")
    facts = facts_of(campaigning)
    printed = tables(papers(campaigning).full)
    known = dict(row for row in printed[0][1:])
    assert known["已核对"] == str(facts.progress.seen) == "4"
    assert {one.name: str(one.count) for one in facts.figures}.items() <= known.items()
    assert ["判决结果审查文书未及时制作", "2"] in printed[1]
    assert ["第一检察部", "4", "2"] in printed[2]
    assert [row[0] for row in next(t for t in printed if "事实" in t[0])[1:]] == ["A01", "A02"]


def test_what_no_card_can_show_is_said_and_not_counted(campaigning: OfficeAtWork) -> None:
    campaigning.desk = replace(campaigning.desk, settings={})
    started(officer_of(campaigning), "法律文书公开")
    press_all(officer_of(campaigning), "下一件", "无问题")
    text = everything(papers(campaigning).full)
    assert "超期公开\t不能统计" in text
    assert "超期公开：没有设置“文书公开天数”。" in text


def test_where_nothing_was_found_it_says_so(campaigning: OfficeAtWork) -> None:
    started(officer_of(campaigning), "案卡填录")
    press_all(officer_of(campaigning), "下一件", "无问题")
    text = everything(papers(campaigning).full)
    assert "其中有问题\t0" in text
    assert "没有发现问题。" in text
    assert "没有典型问题。" in text
    assert "没有需要整改的问题。" in text
    assert "（无）\t—" in text


def test_what_may_travel_has_no_lists_and_no_names(campaigning: OfficeAtWork) -> None:
    looked_through(campaigning, "裁判文书审查")
    made = papers(campaigning)
    assert "附件1　问题清单" in everything(made.full)
    travelling = everything(made.pointer)
    assert "附件" not in travelling
    assert [name for name in NAMES if name in travelling] == []
    assert "有问题" in travelling


def test_a_minors_case_names_nobody_in_the_full_one(campaigning: OfficeAtWork) -> None:
    minor = prosecution(40, 作案时年龄=16, **LATE)
    campaigning.export(cards=[minor])
    started(officer_of(campaigning), "裁判文书审查")
    press_all(officer_of(campaigning), "下一件", "有问题")
    text = everything(papers(campaigning).full)
    assert "（未成年人案件，隐名）" in text
    assert "甄某40" not in text


def test_what_was_put_right_is_told_by_day(campaigning: OfficeAtWork) -> None:
    looked_through(campaigning, "裁判文书审查")
    import_again(campaigning, FIRST, date(2026, 6, 22), 裁判审查表日期=date(2026, 6, 16))
    facts = facts_of(campaigning)
    assert facts.corrected_by_day
    text = everything(papers(campaigning).full)
    for day, count in facts.corrected_by_day:
        assert f"{day}\t{count}" in text


def test_it_is_a_draft_until_the_campaign_is_finished(campaigning: OfficeAtWork) -> None:
    looked_through(campaigning, "裁判文书审查")
    assert "草稿" in everything(papers(campaigning).full)
    officer_of(campaigning).press("进度")
    press_all(officer_of(campaigning), "完成", "仍要完成")
    assert the_campaign(campaigning).state == campaigns.FINISHED
    assert "草稿" not in everything(papers(campaigning).full)


def test_the_officer_gets_it_by_the_button_on_the_campaign(campaigning: OfficeAtWork) -> None:
    looked_through(campaigning, "裁判文书审查")
    officer_of(campaigning).press("进度")
    assert "请稍候" in officer_of(campaigning).press("专项报告")
    campaigning.sweep()
    ((name, path),) = sent(campaigning)
    assert name == f"裁判文书审查专项监控报告（{NUMBER}）.docx"
    assert "附件2　整改台账" in everything(Path(path).read_bytes())
    assert "已核对4件，有问题2件" in officer_of(campaigning).last.text
    assert campaigning.acts("report_made")[-1]["data"]["name"] == name


def test_over_an_internet_door_the_pointer_travels(campaigning: OfficeAtWork) -> None:
    campaigning.desk = replace(campaigning.desk, doors={DOOR: "internet"})
    looked_through(campaigning, "裁判文书审查")
    officer_of(campaigning).say("/专项报告")
    campaigning.sweep()
    ((name, path),) = sent(campaigning)
    assert name == f"裁判文书审查专项监控报告（{NUMBER}）（指引版）.docx"
    assert "附件1" not in everything(Path(path).read_bytes())
    whole = Path(path).with_name(f"裁判文书审查专项监控报告（{NUMBER}）.docx")
    assert "附件1" in everything(whole.read_bytes())


@pytest.mark.parametrize("typed", ["/专项报告 2026-1", "专项报告 专项2026-1", "/专项报告"])
def test_a_number_may_be_typed_or_left_out(campaigning: OfficeAtWork, typed: str) -> None:
    looked_through(campaigning, "裁判文书审查")
    officer_of(campaigning).say(typed)
    assert officer_of(campaigning).last.text == f"正在生成{NUMBER}的专项监控报告，请稍候。"
    campaigning.sweep()
    assert len(sent(campaigning)) == 1


def test_of_several_one_is_chosen(campaigning: OfficeAtWork) -> None:
    started(officer_of(campaigning), "裁判文书审查")
    started(officer_of(campaigning), "法律文书公开")
    campaigning[AUDITOR].say("/专项报告")
    shown = campaigning[AUDITOR].last
    assert list(shown.buttons) == ["专项2026-2", "专项2026-1"]
    campaigning[AUDITOR].press("专项2026-1")
    campaigning.sweep()
    ((name, _),) = sent(campaigning)
    assert name.startswith("裁判文书审查")


def test_what_is_not_there_or_cancelled_is_one_sentence(campaigning: OfficeAtWork) -> None:
    phone = officer_of(campaigning)
    phone.say("/专项报告")
    assert phone.last.text == "还没有开始过的专项监控，没有专项报告可写。"
    phone.say("/专项报告 2026-9")
    assert "没有编号为“2026-9”的专项监控" in phone.last.text
    started(phone)
    phone.press("取消专项")
    phone.press("确定取消")
    phone.say("/专项报告 2026-1")
    assert "没有编号为“2026-1”的专项监控，或者已经取消" in phone.last.text
    assert sent(campaigning) == []


def test_a_prosecutor_gets_none(campaigning: OfficeAtWork) -> None:
    looked_through(campaigning, "裁判文书审查")
    campaigning["林知秋"].say("/专项报告 2026-1")
    assert "不在您的权限内" in campaigning["林知秋"].last.text
    campaigning.sweep()
    assert sent(campaigning) == []


def test_the_offices_own_layout_is_used_and_a_slip_in_it_is_named(
    campaigning: OfficeAtWork, tmp_path: Path
) -> None:
    looked_through(campaigning, "裁判文书审查")
    own = tmp_path / "templates"
    own.mkdir()
    campaigning.desk = replace(campaigning.desk, templates=own)
    layout = own / "campaign.yaml"
    layout.write_text(
        'name: 小结\nparts:\n  - {heading: 一、情况, paragraphs: ["{{ 专项名称 }}好"]}\n',
        encoding="utf-8",
    )
    assert "裁判文书审查好" in everything(papers(campaigning).full)
    layout.write_text(
        'name: 小结\nparts:\n  - {heading: 一、情况, paragraphs: ["{{ 好人 }}"]}\n',
        encoding="utf-8",
    )
    officer_of(campaigning).say("/专项报告")
    campaigning.sweep()
    assert "报告写法 campaign.yaml 的一、情况" in officer_of(campaigning).last.text
    assert "好人" in officer_of(campaigning).last.text


def test_a_notice_sets_a_problem_going_and_a_voided_one_is_not_named(
    campaigning: OfficeAtWork,
) -> None:
    looked_through(campaigning, "裁判文书审查")
    officer = officer_of(campaigning)
    first = facts_of(campaigning).rectifications[0].number
    given = issued(campaigning, first)
    line = next(one for one in facts_of(campaigning).rectifications if one.number == first)
    assert (line.notice, line.due, line.state) == (given.number, given.due, "整改中")
    press(officer, "作废")
    press(officer, "重复制发")
    line = next(one for one in facts_of(campaigning).rectifications if one.number == first)
    assert (line.notice, line.due) == (None, None)
