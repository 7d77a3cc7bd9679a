from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from handlers import help_texts
from handlers.incoming import Said, Uploaded
from storage.questions import ASKED
from tests.support.office_cards import MONDAY, card, card_entry, days, hit

if TYPE_CHECKING:
    from handlers.incoming import FileKind
    from tests.support.office_desk import OfficeAtWork

ONE, TWO = card(1), card(2)


@pytest.mark.parametrize(
    ("name", "offered"),
    [
        ("林知秋", "/我的 /通知书 /代理 /日历 /建议 /重点"),
        ("顾长青", "/我的 /本周 /通知书 /代理 /移交 /日历 /建议 /重点 /线索 /待签"),
        (
            "陆明远",
            (
                "/待审 /待复核 /已核对 /未登记 /通知书 /监控 /专项 /重点 /线索 /未送达 /问答"
                " /要点库 /引用 /数据 /月报 /部门报告 /报告 /专项报告 /评查 /统计 /日志 /台账 /讲义"
                " /暂停 /恢复 /代理 /移交 /日历 /名册"
            ),
        ),
        ("白鹭", "/数据 /统计 /日志 /台账 /专项报告 /评查 /重点 /线索"),
    ],
)
def test_help_offers_each_role_its_own_commands(
    office: OfficeAtWork, name: str, offered: str
) -> None:
    office[name].say("/帮助")
    assert list(office[name].last.buttons) == offered.split()
    assert office[name].last.text.startswith(f"{name}，您可以：")


def test_a_command_on_a_button_does_the_same_as_typed(office: OfficeAtWork) -> None:
    office.export(card_entry(ONE), cards=[ONE])
    office["陆明远"].say("/帮助")
    office["陆明远"].press("/待审")
    assert "待审 1 条" in office["陆明远"].last.text


def test_mine_lists_everything_open(office: OfficeAtWork) -> None:
    office.export(hit(ONE), hit(TWO), cards=[ONE, TWO])
    office.morning()
    office["林知秋"].say("A01 改好了")
    office["林知秋"].say("/我的")
    text = office["林知秋"].last.text
    assert text.startswith("我的监控问题")
    assert "A01" in text
    assert "A02" in text


def test_mine_is_no_digest(office: OfficeAtWork) -> None:
    office.export(hit(ONE), cards=[ONE])
    office["林知秋"].say("/我的")
    office.morning()
    assert len(office["林知秋"].of_kind("digest")) == 1


def test_who_has_nothing_is_told_so(office: OfficeAtWork) -> None:
    office["林知秋"].say("我的")
    assert office["林知秋"].last.text == "您目前没有待处理的问题。"


def test_an_unknown_command_gets_one_sentence(office: OfficeAtWork) -> None:
    office["林知秋"].say("/天气")
    assert office["林知秋"].last.text == "没有“/天气”这个命令。发送 /帮助 查看可用的命令。"
    assert office.acts("unknown_command")[0]["data"]["command"] == "天气"


def test_the_queue_is_not_for_everybody(office: OfficeAtWork) -> None:
    office["林知秋"].say("/待审")
    assert "不在您的权限内" in office["林知秋"].last.text
    assert office.acts("refused")[0]["data"]["act"] == "see_queue"


def test_the_data_command_names_rules_and_the_columns_they_lack(office: OfficeAtWork) -> None:
    office.export(hit(ONE), cards=[ONE])
    office.patrol(hit(ONE), cards=[ONE], not_evaluated={"receipt-3d": ("送达日期",)})
    office["白鹭"].say("/数据")
    assert "所缺栏目：送达日期（1 条规则）。" in office["白鹭"].last.text
    assert "数据截至6月15日导出。" in office["白鹭"].last.text
    office["白鹭"].press("逐条列出规则")
    assert "receipt-3d：缺送达日期" in office["白鹭"].last.text


def test_a_rule_question_is_answered_with_its_provision(office: OfficeAtWork) -> None:
    office["林知秋"].say("审捕期限几天")
    assert "依据：《人民检察院刑事诉讼规则》第二百八十二条" in office["林知秋"].last.text
    assert office.acts("question_asked")[0]["data"]["found"] == ["p1"]


def test_a_rule_question_is_answered_beside_open_items(office: OfficeAtWork) -> None:
    office.export(hit(ONE), hit(TWO), cards=[ONE, TWO])
    office.morning()
    office["林知秋"].say("审捕期限几天")
    assert "在押的七日" in office["林知秋"].last.text
    assert office.finding("A01").state == "sent"


def test_the_full_text_comes_on_a_tap(office: OfficeAtWork) -> None:
    office["林知秋"].say("查 审捕")
    assert office["林知秋"].press("全文") == "已发送全文"
    assert office["林知秋"].last.text.endswith("本院导入的条文。")


def test_an_unsure_answer_says_so(office: OfficeAtWork) -> None:
    office["林知秋"].say("查 某个期限")
    assert office["林知秋"].last.text.startswith("不能确定您问的是哪一条")


def test_where_nothing_fits_it_is_said(office: OfficeAtWork) -> None:
    office["林知秋"].say("查 今天天气")
    assert office["林知秋"].last.text.startswith("没有查到相关要点")


def test_an_empty_question_is_asked_for(office: OfficeAtWork) -> None:
    office["林知秋"].say("查")
    assert office["林知秋"].last.text.startswith("请写明要查的内容")


def test_what_is_not_understood_is_answered_five_times_a_day(office: OfficeAtWork) -> None:
    for _ in range(7):
        office["林知秋"].say("哈哈今天食堂不错")
    assert len(office["林知秋"].messages) == 5
    assert office.acts("not_understood")[-1]["data"]["why"] == "five_a_day"
    office.at(MONDAY + days(1))
    office["林知秋"].say("哈哈今天食堂不错")
    assert len(office["林知秋"].messages) == 6


def test_five_thousand_characters_get_one_sentence_and_are_kept(office: OfficeAtWork) -> None:
    text = "长" * 5000
    office["林知秋"].say(text)
    assert office["林知秋"].last.text.startswith("文字过长（5000字），已全文留存")
    assert text in office.words()


@pytest.mark.parametrize("kind", ["voice", "sticker", "other"])
def test_what_cannot_be_read_gets_one_sentence(office: OfficeAtWork, kind: FileKind) -> None:
    office["林知秋"].upload(kind)
    if kind == "other":
        assert office["林知秋"].last.text.startswith(help_texts.FILE_REMOVED)
    else:
        assert office["林知秋"].texts == [help_texts.NOT_READ[kind]]
    assert office.acts("uploaded")[0]["data"]["kind"] == kind


def test_a_file_on_an_internet_door_is_removed_with_a_line(office: OfficeAtWork) -> None:
    sent = office["林知秋"].upload("document", "案卡.xlsx")
    assert office["林知秋"].removed == [sent]
    assert office["林知秋"].last.text.startswith(help_texts.FILE_REMOVED)


def test_an_officers_export_on_an_internet_door_is_told_of_the_folder(
    office: OfficeAtWork,
) -> None:
    sent = office["陆明远"].upload("document", "案件列表.csv")
    assert office["陆明远"].removed == [sent]
    assert "exports 文件夹" in office["陆明远"].last.text


def test_a_picture_with_an_answer_is_bound_first_then_removed(office: OfficeAtWork) -> None:
    office.export(hit(ONE), cards=[ONE])
    office.morning()
    sent = office["林知秋"].upload("photo", caption="A01 审结日期 6.14，见截图")
    assert office.finding("A01").state == "corrected_claimed"
    assert office["林知秋"].removed == [sent]
    assert "不经互联网通道保存" in office["林知秋"].last.text


def test_a_file_from_somebody_who_may_not_import_is_not_taken(intranet: OfficeAtWork) -> None:
    intranet["林知秋"].upload("document", "案件列表.csv", path="somewhere.csv")
    assert intranet["林知秋"].texts == [help_texts.NOT_READ["document"]]


def test_in_a_group_only_rule_questions_are_answered(office: OfficeAtWork) -> None:
    office["林知秋"].say_in_group("@bot 审捕期限几天")
    assert "在押的七日" in office.group.last.text


def test_in_a_group_of_cases_only_the_count_is_said(office: OfficeAtWork) -> None:
    office.export(hit(ONE), hit(TWO), cards=[ONE, TWO])
    office.morning()
    office["林知秋"].say_in_group("@bot A01 改好了")
    assert office.group.texts == ["有 2 条，请私聊查看。"]
    assert office.finding("A01").state == "sent"


def test_a_question_may_have_a_slash(office: OfficeAtWork) -> None:
    office["林知秋"].say("/查 审捕期限几天")
    assert "在押的七日" in office["林知秋"].last.text


def test_a_file_in_a_group_is_removed(office: OfficeAtWork) -> None:
    phone = office["林知秋"]
    origin = phone.origin(chat="-100")
    office.handle(Uploaded(origin, "photo", "f1", "", 10))
    assert office.group.removed == [origin.message_id]
    assert office.acts("uploaded_in_group")[0]["data"]["removed"] is True


def test_what_is_not_said_to_the_bot_in_a_group_is_left_alone(office: OfficeAtWork) -> None:
    origin = replace(office["林知秋"].origin(chat="-100"), addressed=False)
    office.handle(Said(origin, "A01 改好了"))
    assert office.group.messages == []
    assert office.acts("said_in_group") == []


def test_a_name_said_in_a_group_is_removed(office: OfficeAtWork) -> None:
    office.export(hit(ONE), cards=[ONE])
    office["林知秋"].say_in_group("甄某1的案子什么时候到")
    assert len(office.group.removed) == 1


def test_a_picture_with_an_answer_is_kept_on_a_cleared_door(intranet: OfficeAtWork) -> None:
    intranet.export(hit(ONE), cards=[ONE])
    intranet.morning()
    intranet["林知秋"].upload("photo", caption="A01 审结日期 6.14，见截图", path="kept.jpg")
    assert intranet["林知秋"].removed == []
    assert "kept.jpg" in intranet.words()


def test_many_rules_without_their_columns_take_several_messages(office: OfficeAtWork) -> None:
    lacking = {f"rule-{number}": ("甲栏目" * 30,) for number in range(60)}
    office.patrol(not_evaluated=lacking)
    office["陆明远"].say("/数据 全部")
    assert len(office["陆明远"].messages) > 1
    assert all(len(text) <= 3500 for text in office["陆明远"].texts)


def test_a_prosecutor_who_speaks_of_a_prompt_gives_no_command(office: OfficeAtWork) -> None:
    office.export(hit(ONE), cards=[ONE])
    office.morning()
    office["林知秋"].say("口头提示 收到")
    assert office.finding("A01").state == "acknowledged"


@pytest.mark.parametrize("text", ["你好", "您好！", "在吗？", "在不在", "早上好呀"])
def test_a_greeting_is_greeted_and_not_searched_for(office: OfficeAtWork, text: str) -> None:
    office["林知秋"].say(text)
    assert office["林知秋"].last.text == help_texts.GREETING
    assert office.acts(ASKED) == []


@pytest.mark.parametrize("text", ["谢谢", "辛苦了！", "多谢啦", "谢谢您了"])
def test_thanks_are_no_answer_to_a_prompt(office: OfficeAtWork, text: str) -> None:
    office.export(hit(ONE), cards=[ONE])
    office.morning()
    office["林知秋"].say(text)
    assert office["林知秋"].last.text == help_texts.THANKED
    assert office.finding("A01").state == "sent"


@pytest.mark.parametrize("text", ["怎么用", "你能做什么？", "使用说明"])
def test_who_asks_how_it_works_gets_the_help(office: OfficeAtWork, text: str) -> None:
    office["林知秋"].say(text)
    asked = office["林知秋"].last.text
    office["林知秋"].say("/帮助")
    assert asked == office["林知秋"].last.text


def test_a_greeting_before_an_answer_is_no_hindrance(office: OfficeAtWork) -> None:
    office.export(hit(ONE), cards=[ONE])
    office.morning()
    office["林知秋"].say("您好，A01 已改好，谢谢")
    assert office.finding("A01").state == "corrected_claimed"


@pytest.mark.parametrize(("name", "word"), [("白鹭", "统计"), ("林知秋", "日历")])
def test_a_command_that_can_mean_nothing_else_needs_no_slash(
    office: OfficeAtWork, name: str, word: str
) -> None:
    office[name].say(word)
    without = office[name].texts[-1]
    office[name].say(f"/{word}")
    assert office[name].texts[-1] == without
    assert office.acts("not_understood") == []
    assert office.acts(ASKED) == []
