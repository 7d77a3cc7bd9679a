from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.shelf import LateSearch
from handlers.links import link_news, link_proposals
from knowledge.laws import shelf
from knowledge.laws.parse import parse
from knowledge.rules.loader import load_catalogue
from knowledge.rules.model import Citation
from storage import provision_links
from tests.support.docx_text import lines
from tests.support.invented_points import POINTS, plain
from tests.support.notice_desk import issued, press
from tests.support.office_cards import card, card_entry, hit

if TYPE_CHECKING:
    from pathlib import Path

    from storage.models.provision_links import ProvisionLink
    from tests.support.office_desk import OfficeAtWork
    from tests.support.office_phones import Phone

ARREST, BAIL, OPEN = "arrest-review-detained-7d", "bail-max-12m", "prosecutor-missing"
RULES = (ARREST, BAIL, OPEN, "arrest-family-24h")
POINT = "《海州市案件流程监控要点（样稿）》"
ONE = card(1)
OTHER = "海州市案件流程监控要点（样稿）\n一、其他\n1. 会议室使用后请关闭电源。"


def put(home: Path, content: str, day: str = "2020-05-01") -> None:
    """Import a text as `fangyuan knowledge import` does."""
    shelf.put(home, parse(plain(content), f"要点({day}).txt"))


@pytest.fixture
def linking(office: OfficeAtWork, tmp_path: Path) -> OfficeAtWork:
    """An office with a few rules in force and the invented points imported."""
    home = tmp_path / "home"
    put(home, POINTS)
    known = load_catalogue().by_id()
    office.desk = replace(
        office.desk,
        home=home,
        search=LateSearch(home),
        rules={rule: known[rule] for rule in RULES},
    )
    return office


def asked(office: OfficeAtWork) -> Phone:
    """The officer asked for the links; what had to be compared first was compared."""
    officer = office["陆明远"]
    officer.say("/引用")
    office.sweep()
    return officer


def link_of(office: OfficeAtWork, rule: str) -> ProvisionLink:
    rows = office.read(lambda session: provision_links.everything(session, office.desk.office))
    return next(one for one in rows if one.rule == rule)


def replaced(office: OfficeAtWork, content: str, day: str = "2026-06-01") -> None:
    """A newer text took the place of the one imported, and the links were compared with it."""
    home = office.desk.home
    assert home is not None
    put(home, content, day)
    compared = link_proposals.compare(home, office.desk.rules)

    def work(tx: object) -> None:
        found = link_proposals.refresh(tx, office.desk.office, office.desk.rules, compared)  # type: ignore[arg-type]
        link_news.announce(tx, office.desk.office, office.desk.rules, found)  # type: ignore[arg-type]

    office.write(work)


def test_the_first_question_is_answered_once_the_texts_were_compared(
    linking: OfficeAtWork,
) -> None:
    officer = linking["陆明远"]
    officer.say("/引用")
    assert officer.last.text == "正在把规则与导入的文本逐条比对，完成后即发给您。"
    assert linking.sweep() == ["link_proposals"]
    assert f"{POINT[:-1]}》（2020-05-01）：待确认 4 条" in officer.last.text
    officer.say("/引用")
    assert officer.last.text.startswith("条文引用：待确认 4 条")


def test_without_a_text_it_says_how_to_import_one(linking: OfficeAtWork, tmp_path: Path) -> None:
    linking.desk = replace(linking.desk, home=tmp_path / "empty")
    assert "尚未导入《流程监控要点》等正式文本" in asked(linking).last.text


def test_a_text_that_fits_no_rule_is_said_to_fit_none(
    linking: OfficeAtWork, tmp_path: Path
) -> None:
    put(tmp_path / "other", OTHER)
    linking.desk = replace(linking.desk, home=tmp_path / "other")
    assert asked(linking).last.text.startswith("已导入的文本中没有找到与规则对应的条目")


def test_a_proposal_shows_rule_own_provision_item_and_its_words(linking: OfficeAtWork) -> None:
    officer = asked(linking)
    officer.press("逐条核对")
    text = officer.last.text
    assert "规则：" in text
    assert "自带依据：《刑诉规则》第" in text
    assert f"建议引用：{POINT}第" in text
    assert "点（2020-05-01）" in text
    assert "“" in text
    assert "按文字比对，把握大（第 1/" in text


def at_rule(officer: Phone, title: str) -> None:
    """Go on until a rule's proposal is shown."""
    officer.press("逐条核对")
    for _ in range(10):
        if f"规则：{title}" in officer.last.text:
            return
        officer.press("下一条")
    raise AssertionError(officer.last.text)


def test_a_confirmed_item_is_cited_first_at_once_and_by_every_later_patrol(
    linking: OfficeAtWork,
) -> None:
    linking.export(hit(ONE, ARREST), cards=[ONE])
    officer = asked(linking)
    at_rule(officer, "审查批准逮捕")
    assert officer.press("确认") == f"已确认引用{POINT}第二、（一）1点（2020-05-01）"
    first = linking.finding("A01").citations[0]
    assert (first["document"], first["article"]) == (POINT[1:-1], "第二、（一）1点")
    linking.patrol(hit(ONE, ARREST), cards=[ONE])
    linking.morning()
    assert f"依据：{POINT}第二、（一）1点、《刑诉规则》第282条" in linking["林知秋"].last.text
    linking["林知秋"].press("A01")
    assert f"依据：{POINT}第二、（一）1点、" in linking["林知秋"].last.text


def test_the_ledger_names_document_item_and_version_but_holds_none_of_its_words(
    linking: OfficeAtWork,
) -> None:
    officer = asked(linking)
    at_rule(officer, "审查批准逮捕")
    officer.press("确认")
    entry = linking.acts("link_confirmed")[0]
    assert entry["object"] == f"rule:{ARREST}"
    assert entry["data"] == {
        "document": POINT[1:-1],
        "article": "第二、（一）1点",
        "version": "2020-05-01",
        "how": "words",
    }
    assert "嫌疑人已经被拘留" not in str(linking.acts())
    assert not any("嫌疑人已经被拘留" in one for one in linking.words())


def test_another_candidate_is_one_tap_away(linking: OfficeAtWork) -> None:
    officer = asked(linking)
    at_rule(officer, "审查批准逮捕")
    officer.press("换一条")
    assert "（第 2/" in officer.last.text
    second = link_of(linking, ARREST).candidates[1][0]
    officer.press("确认")
    assert link_of(linking, ARREST).article == second


def test_the_candidates_come_round_again(linking: OfficeAtWork) -> None:
    officer = asked(linking)
    at_rule(officer, "审查批准逮捕")
    for _ in link_of(linking, ARREST).candidates:
        officer.press("换一条")
    assert "（第 1/" in officer.last.text


def test_a_document_may_be_left_uncited_under_a_rule(linking: OfficeAtWork) -> None:
    officer = asked(linking)
    at_rule(officer, "审查批准逮捕")
    officer.press("不引用")
    assert link_of(linking, ARREST).standing == "declined"
    assert len(linking.acts("link_declined")) == 1
    officer.press("返回")
    assert "不引用 1 条" in officer.last.text


def test_the_last_decision_is_taken_back(linking: OfficeAtWork) -> None:
    linking.export(hit(ONE, ARREST), cards=[ONE])
    officer = asked(linking)
    at_rule(officer, "审查批准逮捕")
    officer.press("确认")
    officer.press("撤回上一步")
    assert "规则：审查批准逮捕" in officer.last.text
    assert link_of(linking, ARREST).standing == "proposed"
    assert linking.finding("A01").citations[0]["document"] != POINT[1:-1]
    assert len(linking.acts("link_undone")) == 1


def test_all_that_is_sure_is_shown_before_it_is_confirmed_in_one_tap(
    linking: OfficeAtWork,
) -> None:
    officer = asked(linking)
    officer.press("全部确认（3 条把握大的）")
    assert linking.acts("link_confirmed") == []
    assert f"承办检察官为空 → {POINT}第一、（二）2点（2020-05-01）" in officer.last.text
    assert officer.press("确认这 3 条") == "已确认 3 条引用"
    assert len(linking.acts("link_confirmed")) == 3
    assert "已确认 3 条" in officer.last.text


def test_what_was_confirmed_together_is_taken_back_together(linking: OfficeAtWork) -> None:
    officer = asked(linking)
    officer.press("全部确认")
    officer.press("确认这")
    officer.press("撤回这 3 条")
    assert "待确认 4 条（把握大的 3 条），已确认 0 条" in officer.last.text


def test_an_old_button_undoes_no_newer_decision(linking: OfficeAtWork) -> None:
    officer = asked(linking)
    at_rule(officer, "审查批准逮捕")
    officer.press("确认")
    token, message = officer.last.buttons["撤回上一步"], officer.last
    officer.press("撤回上一步")
    officer.press("不引用")
    assert officer.press_token(token, message) == "此后已另行处理，没有可以撤回的"
    assert link_of(linking, ARREST).standing == "declined"


def test_two_officers_do_not_decide_over_each_other(linking: OfficeAtWork) -> None:
    officer, other = asked(linking), linking["沈一鸣"]
    at_rule(officer, "审查批准逮捕")
    other.say("/引用")
    at_rule(other, "审查批准逮捕")
    officer.press("确认")
    assert other.press("不引用") == "这一条已有变化，已显示最新情况"
    assert link_of(linking, ARREST).standing == "confirmed"


def test_a_confirmed_link_is_looked_up_and_taken_back(linking: OfficeAtWork) -> None:
    officer = asked(linking)
    at_rule(officer, "审查批准逮捕")
    officer.press("确认")
    officer.press("返回")
    officer.press("已确认的")
    assert "1. 审查批准逮捕" in officer.last.text
    officer.press("1")
    officer.press("取消引用")
    assert link_of(linking, ARREST).standing == "proposed"


def test_links_are_the_officers_to_confirm(linking: OfficeAtWork) -> None:
    linking["林知秋"].say("/引用")
    assert "不在您的权限内" in linking["林知秋"].last.text


def confirmed(office: OfficeAtWork) -> None:
    officer = asked(office)
    officer.press("全部确认")
    officer.press("确认这")
    officer.clear()


def test_a_newer_text_has_every_link_proposed_again(linking: OfficeAtWork) -> None:
    linking.export(hit(ONE, ARREST), cards=[ONE])
    confirmed(linking)
    replaced(linking, POINTS)
    assert {link_of(linking, rule).standing for rule in RULES} == {"proposed"}
    assert link_of(linking, ARREST).fate == "same"
    own = [one.document for one in linking.desk.rules[ARREST].citations]
    assert [one["document"] for one in linking.finding("A01").citations] == own
    told = linking["陆明远"].last
    assert "须重新确认的引用 3 条，其中条文未变的 3 条" in told.text
    told_button = linking["陆明远"].press("核对引用", told)
    assert told_button == "/引用"
    linking["陆明远"].press("全部确认（3 条把握大的）")
    linking["陆明远"].press("确认这 3 条")
    assert link_of(linking, ARREST).version == "2026-06-01"


def test_what_lost_its_provision_is_listed(linking: OfficeAtWork) -> None:
    confirmed(linking)
    changed = POINTS.replace("七天内没有作出批准或者不批准", "三天内没有报请批准或者不批准")
    replaced(linking, changed)
    said = linking["陆明远"].last.text
    assert "失去依据的引用 1 条：" in said
    assert f"审查批准逮捕：已拘留七日决定：原引{POINT}第二、（一）1点，条文内容已变化" in said
    assert link_of(linking, ARREST).before == {
        "article": "第二、（一）1点",
        "version": "2020-05-01",
    }
    lapsed = {one["object"]: one["data"]["fate"] for one in linking.acts("link_lapsed")}
    assert lapsed[f"rule:{ARREST}"] == "changed"
    assert lapsed[f"rule:{BAIL}"] == "same"


def test_an_item_that_is_gone_leaves_an_orphan(linking: OfficeAtWork) -> None:
    confirmed(linking)
    replaced(linking, OTHER)
    assert link_of(linking, ARREST).standing == "orphaned"
    assert "条文已不存在" in linking["陆明远"].last.text
    linking["陆明远"].say("/引用")
    assert "失去依据的引用 3 条：" in linking["陆明远"].last.text


def test_what_was_declined_is_offered_again_only_in_other_words(linking: OfficeAtWork) -> None:
    officer = asked(linking)
    at_rule(officer, "审查批准逮捕")
    officer.press("不引用")
    replaced(linking, POINTS)
    assert link_of(linking, ARREST).standing == "declined"
    changed = POINTS.replace("七天内没有作出", "在七日的期限内没有作出")
    replaced(linking, changed, "2026-06-02")
    assert link_of(linking, ARREST).standing == "proposed"


def test_what_was_declined_stays_so_where_nothing_is_like_it_any_more(
    linking: OfficeAtWork,
) -> None:
    officer = asked(linking)
    at_rule(officer, "审查批准逮捕")
    officer.press("不引用")
    replaced(linking, OTHER)
    assert link_of(linking, ARREST).standing == "declined"


def test_a_mere_proposal_goes_with_the_item_it_rested_on(linking: OfficeAtWork) -> None:
    asked(linking)
    replaced(linking, OTHER)
    rows = linking.read(lambda session: provision_links.everything(session, linking.desk.office))
    assert list(rows) == []


def test_an_orphan_waits_for_a_text_that_says_it_again(linking: OfficeAtWork) -> None:
    confirmed(linking)
    replaced(linking, OTHER)
    replaced(linking, OTHER, "2026-06-02")
    assert link_of(linking, ARREST).standing == "orphaned"
    replaced(linking, POINTS, "2026-06-03")
    assert link_of(linking, ARREST).standing == "proposed"


def test_a_link_to_be_confirmed_again_stays_so_while_the_text_stays(
    linking: OfficeAtWork,
) -> None:
    confirmed(linking)
    replaced(linking, POINTS)
    turn = link_of(linking, ARREST).turn
    replaced(linking, POINTS)
    assert (link_of(linking, ARREST).turn, link_of(linking, ARREST).fate) == (turn, "same")


def every_rule(office: OfficeAtWork) -> Phone:
    """All shipped rules are in force: there is more to link than one message shows."""
    office.desk = replace(office.desk, rules=load_catalogue().by_id())
    return asked(office)


def test_a_long_preview_and_a_long_list_are_turned_page_by_page(linking: OfficeAtWork) -> None:
    officer = every_rule(linking)
    officer.press("全部确认")
    assert "\n15. " in officer.last.text
    officer.press("下一页")
    assert "\n16. " in officer.last.text
    officer.press("上一页")
    officer.press("确认这")
    officer.press("已确认的")
    officer.press("下一页")
    officer.press("16")
    officer.press("返回")
    assert "\n16. " in officer.last.text


def test_many_that_lost_their_provision_are_named_up_to_a_dozen(linking: OfficeAtWork) -> None:
    officer = every_rule(linking)
    officer.press("全部确认")
    officer.press("确认这")
    many = len(linking.acts("link_confirmed"))
    replaced(linking, OTHER)
    assert f"另有 {many - 12} 条。" in officer.last.text
    officer.say("/引用")
    assert f"另有 {many - 8} 条。" in officer.last.text


def test_buttons_of_what_was_decided_meanwhile_show_how_it_stands(linking: OfficeAtWork) -> None:
    officer, other = asked(linking), linking["沈一鸣"]
    for phone in (other, officer):
        phone.say("/引用")
    other.press("全部确认")
    at_rule(officer, "审查批准逮捕")
    stale = {label: officer.last.buttons[label] for label in ("确认", "换一条")}
    message = officer.last
    other.press("确认这")
    for token in stale.values():
        assert officer.press_token(token, message).startswith("这一条已有变化")
    assert other.press_token(preview_token(other), other.last) == "此后已另行处理，没有可以撤回的"


def preview_token(phone: Phone) -> str:
    """Take back what was confirmed; returns the button that did it."""
    token = phone.last.buttons["撤回这 3 条"]
    phone.press("撤回这 3 条")
    return token


def test_a_confirmed_link_that_was_taken_back_meanwhile_is_listed_no_more(
    linking: OfficeAtWork,
) -> None:
    confirmed(linking)
    officer, other = linking["陆明远"], linking["沈一鸣"]
    for phone in (officer, other):
        phone.say("/引用")
        phone.press("已确认的")
    opened, message = officer.last.buttons["1"], officer.last
    other.press("1")
    cancel, theirs = other.last.buttons["取消引用"], other.last
    other.press_token(cancel, theirs)
    officer.press_token(opened, message)
    assert "已确认的引用 2 条" in officer.last.text
    other.press_token(cancel, theirs)
    assert "已确认的引用 2 条" in other.last.text


def test_an_old_batch_confirms_nothing_that_changed(linking: OfficeAtWork) -> None:
    officer, other = asked(linking), linking["沈一鸣"]
    officer.press("全部确认")
    other.say("/引用")
    other.press("全部确认")
    other.press("确认这")
    assert officer.press("确认这") == "这一条已有变化，已显示最新情况"
    assert len(linking.acts("link_confirmed")) == 3
    officer.say("/引用")
    assert "全部确认" not in "".join(officer.last.buttons)


def test_a_preview_with_nothing_sure_left_goes_back_to_the_counts(linking: OfficeAtWork) -> None:
    officer, other = asked(linking), linking["沈一鸣"]
    other.say("/引用")
    other.press("全部确认")
    other.press("确认这")
    assert officer.press("全部确认") == "条文引用"
    assert "把握大的 0 条" in officer.last.text


def test_a_text_read_anew_with_its_faults_mended_touches_only_what_changed(
    linking: OfficeAtWork,
) -> None:
    confirmed(linking)
    home = linking.desk.home
    assert home is not None
    put(home, POINTS.replace("取保候审超过十二个月没有", "取保候审逾十二个月没有"))
    compared = link_proposals.compare(home, linking.desk.rules)
    linking.write(
        lambda tx: link_proposals.refresh(tx, linking.desk.office, linking.desk.rules, compared)
    )
    assert link_of(linking, ARREST).standing == "confirmed"
    assert (link_of(linking, BAIL).standing, link_of(linking, BAIL).fate) == ("proposed", "changed")


def test_a_notice_and_its_paper_cite_the_item_first(linking: OfficeAtWork) -> None:
    linking.export(card_entry(ONE, ARREST), cards=[ONE])
    confirmed(linking)
    issued(linking, "A01")
    assert linking.desk.archive is not None
    [paper] = [
        one
        for one in (linking.desk.archive / "notices").glob("*notice-issue.docx")
        if "pointer" not in one.name
    ]
    said = "\n".join(lines(paper.read_bytes()))
    assert f"依据：{POINT}第二、（一）1点、《人民检察院刑事诉讼规则》第二百八十二条" in said


def test_an_oral_prompt_names_the_item_first(linking: OfficeAtWork) -> None:
    linking.export(card_entry(ONE, ARREST), cards=[ONE])
    confirmed(linking)
    linking["陆明远"].say("口头提示 A01 电话")
    assert any(f"依据：{POINT}第二、（一）1点、" in one for one in linking["陆明远"].texts)
    provisions = linking.acts("oral_prompt")[0]["data"]["provisions"]
    assert provisions[0] == {
        "document": POINT[1:-1],
        "article": "第二、（一）1点",
        "paragraph": None,
        "version": "2020-05-01",
    }


def test_a_rule_that_is_looked_up_names_the_item_first(linking: OfficeAtWork) -> None:
    confirmed(linking)
    linking["林知秋"].say(f"/规则 {ARREST}")
    assert f"依据：{POINT}第二、（一）1点、" in linking["林知秋"].last.text


def test_an_item_that_a_rule_cites_itself_keeps_its_paragraph(linking: OfficeAtWork) -> None:
    own = linking.desk.rules[ARREST].citations
    cited = own[-1]
    text = parse(
        f"{cited.document}\n第一条 示例。\n{cited.article} 示例条文。", "法(2018-10-26).txt"
    )
    assert linking.desk.home is not None
    shelf.put(linking.desk.home, text)
    officer = asked(linking)
    linking.export(hit(ONE, ARREST), cards=[ONE])
    officer.press("全部确认")
    officer.press("确认这")
    places = [
        Citation(one["document"], one["article"], one["paragraph"])
        for one in linking.finding("A01").citations
    ]
    assert places[0].document == POINT[1:-1]
    assert (places[1].document, places[1].paragraph) == (cited.document, cited.paragraph)
    assert len(places) == len(own) + 1


def test_buttons_of_a_notice_still_work_beside_links(linking: OfficeAtWork) -> None:
    linking.export(card_entry(ONE, ARREST), cards=[ONE])
    linking["陆明远"].say("发通知书 A01")
    assert press(linking["陆明远"], "撤销草稿")
