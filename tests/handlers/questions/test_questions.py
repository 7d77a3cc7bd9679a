from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.shelf import LateSearch
from handlers.questions import point_words
from handlers.questions.point_words import Shown
from knowledge.laws import shelf
from knowledge.laws.parse import parse
from knowledge.rules.loader import load_catalogue
from knowledge.search.model import Provision
from storage import provision_links
from storage.models.provision_links import ProvisionLink
from tests.support.office_cards import OFFICE, card, hit
from tests.support.texts import LOAN_RULES

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.office_desk import OfficeAtWork

RULES = """人民检察院刑事诉讼规则
第二百八十一条 示例甲。
第二百八十二条 审查逮捕示例，七日，十五日。
第二百八十三条 示例乙。
第二百九十一条 示例丙。
"""
ZHI, LU = "林知秋", "陆明远"


@pytest.fixture
def asked(office: OfficeAtWork, tmp_path: Path) -> OfficeAtWork:
    """The office with the shipped points and two imported texts in its home."""
    shelf.put(tmp_path, parse(RULES, "规则(2019-12-30).txt"))
    shelf.put(tmp_path, parse(LOAN_RULES, "办法.md"))
    office.desk = replace(office.desk, search=LateSearch(tmp_path))
    return office


def labels(office: OfficeAtWork, name: str = ZHI) -> list[str]:
    return list(office[name].last.buttons)


def test_a_sure_answer_is_the_point_with_its_provision(asked: OfficeAtWork) -> None:
    asked[ZHI].say("审捕期限几天")
    text = asked[ZHI].last.text
    assert "七日" in text.splitlines()[0]
    assert "依据：《人民检察院刑事诉讼规则》第二百八十二条" in text


def test_an_article_whose_text_is_not_imported_is_named_and_that_is_said(
    office: OfficeAtWork,
) -> None:
    office.desk = replace(office.desk, search=LateSearch(None))
    office[ZHI].say("被告人上诉会加刑吗")
    text = office[ZHI].last.text
    assert point_words.NOT_IMPORTED in text
    assert "依据：《中华人民共和国刑事诉讼法》第二百三十七条" in text


def test_the_neighbouring_case_is_not_hidden(asked: OfficeAtWork) -> None:
    asked[ZHI].say("审捕期限几天")
    assert "相关：审查批准逮捕：未拘留十五日决定" in asked[ZHI].last.text
    other = next(label for label in labels(asked) if label.startswith("相关"))
    asked[ZHI].press(other)
    assert asked[ZHI].last.text.startswith("审查批准逮捕：未拘留十五日决定")


def test_a_duty_on_two_provisions_names_both(asked: OfficeAtWork) -> None:
    point = next(
        one
        for one in (
            asked.desk.search.point(key) for key in ("bail-max-12m", "detention-family-24h")
        )
        if one is not None and one.also
    )
    asked[ZHI].say(f"查 {point.title}")
    assert f"《{point.also[0].document}》{point.also[0].article}" in asked[ZHI].last.text


def test_the_texts_before_and_after_are_a_tap_away(asked: OfficeAtWork) -> None:
    asked[ZHI].say("审捕期限几天")
    asked[ZHI].press("下一条")
    assert "第二百八十三条" in asked[ZHI].last.text
    asked[ZHI].press("上一条")
    assert "第二百八十二条" in asked[ZHI].last.text
    assert asked[ZHI].last.edits == 2


def test_the_imported_text_and_the_citation_are_sent(asked: OfficeAtWork) -> None:
    asked[ZHI].say("审捕期限几天")
    asked[ZHI].press("全文 《刑诉规则》第282条")
    assert "审查逮捕示例" in asked[ZHI].last.text
    asked[ZHI].say("审捕期限几天")
    asked[ZHI].press("引用")
    assert asked[ZHI].last.text.startswith("《人民检察院刑事诉讼规则》第二百八十二条、")


def test_an_unsure_answer_says_so_and_offers_three(asked: OfficeAtWork) -> None:
    asked[ZHI].say("查 监督")
    lines = asked[ZHI].last.text.splitlines()
    assert lines[0] == "不能确定您问的是哪一条，可能是："
    assert len(lines) == 4
    assert len(labels(asked)) == 4
    asked[ZHI].press(labels(asked)[1])
    assert "依据：" in asked[ZHI].last.text


def test_nothing_fitting_is_said(asked: OfficeAtWork) -> None:
    asked[ZHI].say("查 离婚财产怎么分割")
    assert asked[ZHI].last.text.startswith("没有查到")
    assert not labels(asked)


def test_the_askers_own_items_under_the_rule_are_offered(asked: OfficeAtWork) -> None:
    one = card(1)
    rule = "arrest-review-detained-7d"
    asked.export(hit(one, rule=rule), cards=[one])
    asked.morning()
    asked[ZHI].say("查 审捕期限几天")
    asked[ZHI].press("相关规则和您手上的 1 个问题")
    assert asked[ZHI].last.text.startswith("我的监控问题")
    asked["顾长青"].say("查 审捕期限几天")
    assert not [label for label in labels(asked, "顾长青") if "您手上" in label]


def test_in_a_group_no_items_are_offered(asked: OfficeAtWork) -> None:
    one = card(1)
    asked.export(hit(one, rule="arrest-review-detained-7d"), cards=[one])
    asked.morning()
    asked[ZHI].say_in_group("查 审捕期限几天")
    assert "七日" in asked.group.last.text
    assert not [label for label in asked.group.last.buttons if "您手上" in label]


@pytest.mark.parametrize(("label", "useful"), [("有用", True), ("不对", False)])
def test_feedback_stands_in_the_ledger_once(
    asked: OfficeAtWork, label: str, *, useful: bool
) -> None:
    asked[ZHI].say("审捕期限几天")
    message = asked[ZHI].last
    asked[ZHI].press(label)
    asked[ZHI].press(label, message)
    (entry,) = asked.acts("answer_feedback")
    assert entry["data"]["useful"] is useful


def test_the_officer_teaches_what_was_not_found(asked: OfficeAtWork) -> None:
    asked[ZHI].say("查 线装本手续")
    asked["顾长青"].say("查 线装本手续")
    asked[LU].say("/问答")
    assert "1. 线装本手续（没有查到，2 次）" in asked[LU].last.text
    skip = next(label for label in labels(asked, LU) if label.endswith("不处理"))
    assert skip == "1 不处理"


def test_an_alias_is_found_from_then_on_and_leaves_the_list(asked: OfficeAtWork) -> None:
    asked[ZHI].say("审捕期限几天")
    asked[ZHI].press("不对")
    asked[LU].say("/问答")
    assert "审捕期限几天（反馈不对）" in asked[LU].last.text
    chosen = next(label for label in labels(asked, LU) if "加别名" in label)
    asked[LU].press(chosen)
    assert asked[LU].toasts[-1].startswith("已加别名")
    asked[LU].say("/问答")
    assert asked[LU].last.text == "本月没有待处理的问法。"
    assert [one["data"]["how"] for one in asked.acts("question_settled")] == ["alias"]


def test_an_alias_is_taken_back_and_its_question_waits_again(asked: OfficeAtWork) -> None:
    asked[ZHI].say("查 线装本手续")
    asked[LU].say("/问答")
    asked[LU].press("1 加别名")
    assert asked[LU].last.text.startswith("已把“线装本手续”记为")
    asked[LU].press("撤回")
    asked[LU].say("/问答")
    assert "1. 线装本手续（没有查到）" in asked[LU].last.text
    asked[ZHI].say("查 线装本手续")
    assert asked[ZHI].last.text.startswith("没有查到")


def test_another_point_is_chosen_by_typing(asked: OfficeAtWork) -> None:
    asked[ZHI].say("查 线装本手续")
    asked[LU].say("/问答")
    asked[LU].press("1 其他要点")
    asked[LU].say("图书借阅管理办法第四条")
    assert asked[LU].last.text == "请点应当查到的那一条："
    asked[LU].press(labels(asked, LU)[0])
    asked[ZHI].say("查 线装本手续")
    assert "《图书借阅管理办法》第四条" in asked[ZHI].last.text


def test_a_question_with_a_name_is_never_an_alias(
    asked: OfficeAtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked[ZHI].say("查 丁一鸣的线装本手续")
    asked[LU].say("/问答")
    named = frozenset({"丁一鸣"})
    monkeypatch.setattr("handlers.answers.sensitive.names_in_cards", lambda *_: named)
    assert asked[LU].press("1 加别名").startswith("问法含当事人姓名")


def test_a_question_for_older_law_teaches_nothing(versions: OfficeAtWork) -> None:
    versions[ZHI].say("查 线装本手续 2005年的")
    assert "要点库里2005年12月31日有效的没有文本" in versions[ZHI].last.text
    versions[LU].say("/问答")
    assert versions[LU].last.text == "本月没有待处理的问法。"


def test_a_question_can_be_taken_off_the_list(asked: OfficeAtWork) -> None:
    asked[ZHI].say("查 离婚财产怎么分割")
    asked[LU].say("/问答")
    asked[LU].press("1 不处理")
    asked[LU].say("/问答")
    assert asked[LU].last.text == "本月没有待处理的问法。"


@pytest.mark.parametrize("typed", ["图书借阅管理办法第三条", "《图书借阅管理办法》第3条第一款？"])
def test_an_article_that_is_named_is_no_answer_to_an_item(asked: OfficeAtWork, typed: str) -> None:
    cards = [card(1), card(2)]
    asked.export(*(hit(one) for one in cards), cards=cards)
    asked.morning()
    asked[ZHI].say(typed)
    assert "《图书借阅管理办法》第三条" in asked[ZHI].last.text


@pytest.mark.parametrize("typed", ["gui ze 282", "gz282", "规282条", "GuiZe 第282条"])
def test_a_short_name_with_a_number_is_no_answer_to_an_item(
    asked: OfficeAtWork, typed: str
) -> None:
    cards = [card(1), card(2)]
    asked.export(*(hit(one) for one in cards), cards=cards)
    asked.morning()
    asked[ZHI].say(typed)
    assert "《人民检察院刑事诉讼规则》第二百八十二条" in asked[ZHI].last.text


def test_the_offices_word_for_a_subject_is_answered_with_offers(asked: OfficeAtWork) -> None:
    asked[ZHI].say("羁必审")
    assert "可能是" in asked[ZHI].last.text
    assert "羁押必要性审查" in asked[ZHI].last.text


def test_a_neighbour_without_its_text_says_so(office: OfficeAtWork, tmp_path: Path) -> None:
    office.desk = replace(office.desk, search=LateSearch(tmp_path))
    office[ZHI].say("审捕期限几天")
    office[ZHI].press("上一条")
    assert point_words.NOT_IMPORTED in office[ZHI].last.text


def test_last_months_questions_are_over(asked: OfficeAtWork) -> None:
    asked[ZHI].say("查 离婚财产怎么分割")
    asked.at(asked.now.replace(month=7, day=1))
    asked[LU].say("/问答")
    assert asked[LU].last.text == "本月没有待处理的问法。"


def test_the_list_is_the_officers_alone(asked: OfficeAtWork) -> None:
    asked[ZHI].say("/问答")
    assert "权限" in asked[ZHI].last.text


def test_a_name_in_a_question_is_not_repeated_on_an_internet_door(asked: OfficeAtWork) -> None:
    asked[ZHI].say("查 110101199003074514 离婚财产")
    asked[LU].say("/问答")
    assert "110101199003074514" not in asked[LU].last.text
    assert "请在内网通道查看" in asked[LU].last.text


def test_a_day_of_receipt_is_counted_both_ways_where_custody_is_unknown(
    asked: OfficeAtWork,
) -> None:
    asked[ZHI].say("6月10日受理的审捕什么时候到期")
    text = asked[ZHI].last.text
    assert "未写明是否在押" in text
    assert text.index("6月17日") < text.index("6月25日")
    assert "当日不计入" in text
    assert "第二百八十二条" in text


def test_custody_that_was_said_leaves_one_day(asked: OfficeAtWork) -> None:
    asked[ZHI].say("查 拘留了，6月10日受理的审捕哪天到期")
    assert "6月17日" in asked[ZHI].last.text
    assert "6月25日" not in asked[ZHI].last.text


def test_a_receipt_alone_is_counted_for_both_matters(asked: OfficeAtWork) -> None:
    asked[ZHI].say("拘留了 收案9.25")
    text = asked[ZHI].last.text
    assert "未写明是审查逮捕还是审查起诉" in text
    assert "审查逮捕（在押，7日）：10月2日" in text
    assert "审查起诉（在押，1个月）：10月25日" in text


def test_an_answer_with_a_day_stays_an_answer(asked: OfficeAtWork) -> None:
    one = card(1)
    asked.export(hit(one), cards=[one])
    asked.morning()
    asked[ZHI].say("A01 已改，审结日期 5.27")
    assert not asked.acts("term_asked")
    assert asked.acts("answer_recorded")


def test_a_term_is_counted_on_command(asked: OfficeAtWork) -> None:
    asked[ZHI].say("/期限 2026-06-05 15日")
    text = asked[ZHI].last.text
    assert "未写明是否在押" in text
    assert text.index("在押：6月20日") < text.index("未在押：6月22日")
    asked[ZHI].say("/期限 2026-06-05 15日 在押")
    assert "6月22日" not in asked[ZHI].last.text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("/期限", "请写明起算日和期限"),
        ("/期限 昨天 15日", "看不懂起算日“昨天”"),
        ("/期限 2026-06-05 很久", "看不懂期限“很久”"),
        ("/期限 2026-06-05 24小时", "需要起算时刻"),
    ],
)
def test_a_term_that_cannot_be_read_is_one_sentence(
    asked: OfficeAtWork, typed: str, said: str
) -> None:
    asked[ZHI].say(typed)
    assert said in asked[ZHI].last.text


def test_hours_end_at_a_moment(asked: OfficeAtWork) -> None:
    asked[ZHI].say("/期限 2026-06-05T16:30 24小时")
    assert "6月6日 周六 16:30届满" in asked[ZHI].last.text


def test_the_version_of_a_rule_that_is_in_force_today_is_shown(asked: OfficeAtWork) -> None:
    rule = load_catalogue().by_id()["arrest-review-detained-7d"]
    today = asked.now.date()
    old = replace(rule, title="现行的写法", valid_to=today)
    new = replace(rule, title="将来的写法", valid_from=today + timedelta(days=1), earlier=(old,))
    asked.desk = replace(asked.desk, rules={rule.id: new})
    asked[ZHI].say(f"/规则 {rule.id}")
    assert asked[ZHI].last.text.startswith("现行的写法")


def test_a_rule_is_shown_with_what_it_rests_on(asked: OfficeAtWork) -> None:
    rules = load_catalogue().by_id()
    asked.desk = replace(asked.desk, rules=rules)
    rule = rules["arrest-review-detained-7d"]
    asked[ZHI].say(f"/规则 {rule.id}")
    assert rule.title in asked[ZHI].last.text
    assert "依据：《" in asked[ZHI].last.text
    loans = parse(LOAN_RULES, "办法.md")
    link = ProvisionLink(
        office=OFFICE,
        rule=rule.id,
        document=loans.title,
        version=loans.version,
        article=loans.articles[0].label,
        standing=provision_links.CONFIRMED,
        how="words",
    )
    asked.write(lambda tx: tx.session.add(link))
    asked[ZHI].say(f"/规则 {rule.id}")
    assert "依据：《图书借阅管理办法》第一条、" in asked[ZHI].last.text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("/规则", "请写明规则编号"),
        ("/规则 accepted-after-close", "相近的有：accepted-after-closed"),
        ("/规则 审捕期限几天", "依据：《人民检察院刑事诉讼规则》第二百八十二条"),
        ("/要点 审捕期限几天", "依据：《人民检察院刑事诉讼规则》第二百八十二条"),
        ("/要点", "请写明要查的内容"),
    ],
)
def test_rules_and_points_are_asked_for_by_command(
    asked: OfficeAtWork, typed: str, said: str
) -> None:
    asked[ZHI].say(typed)
    assert said in asked[ZHI].last.text


def test_a_text_that_was_taken_away_is_said_on_an_old_button(
    asked: OfficeAtWork, tmp_path: Path
) -> None:
    asked[ZHI].say("图书借阅管理办法第三条")
    message = asked[ZHI].last
    shelf.put(tmp_path, parse("某规则\n第一条 甲。", "图书.txt"))
    for path in shelf.paths(tmp_path):
        if "借阅" in path.name:
            path.unlink()
    for label in ("引用", "下一条"):
        asked[ZHI].press(label, message)
        assert asked[ZHI].toasts[-1] == "这一条已不在要点库中，请重新提问"


OLDER = """人民检察院刑事诉讼规则
第一条 旧文甲。
第二百八十二条 旧的审查逮捕示例，五日，十日。
"""


@pytest.fixture
def versions(asked: OfficeAtWork, tmp_path: Path) -> OfficeAtWork:
    """The same office with an older version of the rules beside the one in force."""
    shelf.put(tmp_path, parse(OLDER, "规则(2013-01-01).txt"))
    asked.desk = replace(asked.desk, home=tmp_path)
    return asked


def test_an_older_version_is_cited_for_older_facts(versions: OfficeAtWork) -> None:
    versions[ZHI].say("查 刑诉规则第282条 2018年的")
    text = versions[ZHI].last.text
    assert text.startswith("按2018年12月31日有效的文本：")
    assert "旧的审查逮捕示例" in text
    assert "七日" not in text
    versions[ZHI].press("全文")
    assert "旧的审查逮捕示例，五日，十日。" in versions[ZHI].last.text
    versions[ZHI].say("查 刑诉规则第282条 2018年的")
    versions[ZHI].press("上一条")
    assert "旧文甲" in versions[ZHI].last.text


def test_without_a_year_the_text_in_force_answers(versions: OfficeAtWork) -> None:
    versions[ZHI].say("查 刑诉规则第282条")
    assert "旧的" not in versions[ZHI].last.text
    versions[ZHI].press("全文")
    assert "审查逮捕示例，七日，十五日" in versions[ZHI].last.text


def test_a_year_before_every_text_leaves_no_word_of_today(versions: OfficeAtWork) -> None:
    versions[ZHI].say("查 刑诉规则第282条 2005年的")
    assert "七日" not in versions[ZHI].last.text


def test_own_words_on_a_law_of_which_no_text_is_there_say_so(versions: OfficeAtWork) -> None:
    versions[ZHI].say("查 取保候审最长多久 2018年的")
    assert "办理旧案请核对当时的条文" in versions[ZHI].last.text


def test_a_text_not_yet_in_force_does_not_answer(versions: OfficeAtWork, tmp_path: Path) -> None:
    coming = RULES.replace("七日，十五日", "三日，六日")
    shelf.put(tmp_path, parse(coming, "规则(2027-01-01).txt"))
    versions[ZHI].say("查 刑诉规则第282条")
    versions[ZHI].press("全文")
    assert "七日，十五日" in versions[ZHI].last.text
    versions.at(versions.now.replace(year=2027))
    versions[ZHI].say("查 刑诉规则第282条")
    versions[ZHI].press("全文")
    assert "三日，六日" in versions[ZHI].last.text


def test_a_repealed_text_that_is_named_says_how_to_ask_for_it(
    versions: OfficeAtWork, tmp_path: Path
) -> None:
    shelf.put(tmp_path, parse("某登记规定\n第一条 甲。", "某登记规定(2015-01-01).txt"))
    (text,) = (one for one in shelf.texts(tmp_path) if one.title == "某登记规定")
    shelf.mark(tmp_path, text, "2020-01-01")
    versions[ZHI].say("查 某登记规定第一条")
    assert "《某登记规定》2020-01-01 起废止" in versions[ZHI].last.text
    assert "例如：查 … 2015年的" in versions[ZHI].last.text
    versions[ZHI].say("查 某登记规定第一条 2018年的")
    assert "《某登记规定》第一条" in versions[ZHI].last.text


def test_the_provision_is_quoted_under_our_own_words(asked: OfficeAtWork) -> None:
    asked[ZHI].say("审捕期限几天")
    lines = asked[ZHI].last.text.splitlines()
    assert lines[2] == "原文：审查逮捕示例，七日，十五日。"
    assert lines[3].startswith("依据：")


def test_the_paragraph_that_is_cited_is_quoted_alone(asked: OfficeAtWork, tmp_path: Path) -> None:
    law = "中华人民共和国刑事诉讼法\n第九十条 示例。\n第九十一条 第一款示例。\n"
    items = "第二款示例：\n（一）甲；\n（二）乙。\n第三款示例，七日。"
    shelf.put(tmp_path, parse(law + items, "法(2018-10-26).txt"))
    found = asked.desk.search.provision(Provision("中华人民共和国刑事诉讼法", "第九十一条"))
    assert found is not None
    cited = replace(found, text="七日内决定。", paragraph=2)
    said = point_words.text(asked.desk, cited, Shown(asked.now.date()))
    assert "原文：第二款示例：\n（一）甲；\n（二）乙。\n依据" in said


def test_a_long_article_is_cut_and_the_rest_is_a_tap_away(
    asked: OfficeAtWork, tmp_path: Path
) -> None:
    shelf.put(tmp_path, parse(f"某长文规定\n第一条 {'甲乙丙丁' * 200}。", "长.txt"))
    asked[ZHI].say("查 某长文规定第一条")
    assert "……（见全文）" in asked[ZHI].last.text
    asked[ZHI].press("全文")
    assert len(asked[ZHI].last.text) > 800


def test_one_turns_back_to_where_one_began(asked: OfficeAtWork) -> None:
    asked[ZHI].say("审捕期限几天")
    began = asked[ZHI].last.text
    asked[ZHI].press("下一条")
    asked[ZHI].press("下一条")
    asked[ZHI].press("返回")
    assert asked[ZHI].last.text == began
    assert "返回" not in labels(asked)
    assert "有用" in labels(asked)
