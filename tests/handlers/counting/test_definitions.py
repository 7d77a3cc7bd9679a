from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from handlers.counting.ranges import Range
from handlers.imports import import_undo
from tests.support.counting_office import facts_of, statistics_of
from tests.support.notice_desk import press
from tests.support.office_cards import SECOND, card, card_entry, hit

if TYPE_CHECKING:
    from handlers.counting.figures import Figure
    from tests.support.office_desk import OfficeAtWork

MAY, JUNE, JULY = Range(2026, 5), Range(2026, 6), Range(2026, 7)
ONE, TWO, THREE = card(1), card(2), card(3, prosecutor="许望舒")
OFFICER, CASE_HEAD, HEAD = "陆明远", "沈一鸣", "顾长青"


def figure(office: OfficeAtWork, key: str, during: Range = JUNE) -> Figure:
    return statistics_of(office, during).totals[key]


def value(office: OfficeAtWork, key: str, during: Range = JUNE) -> float | None:
    return figure(office, key, during).value


def confirmed(office: OfficeAtWork) -> OfficeAtWork:
    """Three contradictions of two kinds, all let out by the officer."""
    office.export(card_entry(ONE), card_entry(TWO), card_entry(THREE), cards=[ONE, TWO, THREE])
    office[OFFICER].say("/待审")
    press(office[OFFICER], "本规则全部确认")
    return office


def notice(office: OfficeAtWork, numbers: str) -> None:
    office[OFFICER].say(f"发通知书 {numbers}")
    press(office[OFFICER], "提交审批")
    press(office[CASE_HEAD], "批准")
    office.sweep()


def test_what_leaves_by_itself_is_a_prompt_and_no_problem(counted: OfficeAtWork) -> None:
    counted.export(hit(ONE, due=date(2026, 6, 3)), cards=[ONE, TWO])
    counted.morning()
    assert value(counted, "term_prompts") == 1
    assert value(counted, "check_prompts") == 0
    assert value(counted, "problems") == value(counted, "watched") == 0
    assert value(counted, "oral") == 0


def test_a_prompt_repeated_on_another_day_is_the_same_prompt(counted: OfficeAtWork) -> None:
    counted.export(hit(ONE, due=date(2026, 6, 3)), cards=[ONE])
    counted.morning()
    counted.at(date(2026, 6, 2))
    counted.patrol(hit(ONE, due=date(2026, 6, 3)), cards=[ONE])
    counted.morning()
    found = figure(counted, "term_prompts")
    assert (found.value, len(found.entries)) == (1, 2)


def test_a_dry_run_is_no_prompt(counted: OfficeAtWork) -> None:
    counted.manners(dry_run=True)
    counted.export(hit(ONE, due=date(2026, 6, 3)), cards=[ONE])
    counted.morning()
    assert counted.acts("digest_made")
    assert value(counted, "term_prompts") == 0


def test_cards_patrolled_count_once_and_those_that_came_later_are_added(
    counted: OfficeAtWork,
) -> None:
    counted.export(cards=[ONE, TWO])
    counted.at(date(2026, 6, 2))
    counted.patrol(cards=[ONE, TWO])
    counted.export(cards=[ONE, TWO, THREE])
    assert value(counted, "patrol_runs") == 3
    assert value(counted, "patrolled") == 3
    assert value(counted, "patrol_times") == 2 + 3
    assert value(counted, "patrolled", MAY) == 0


def test_an_import_taken_back_adds_no_card(counted: OfficeAtWork) -> None:
    counted.export(cards=[ONE, TWO])
    counted.export(cards=[ONE, TWO, THREE])
    counted.write(lambda tx: import_undo.undo(tx, counted.desk, actor="person:6"))
    assert value(counted, "patrolled") == 2
    counted.export(cards=[ONE, TWO, THREE])
    assert value(counted, "patrolled") == 3


def test_a_first_import_taken_back_leaves_no_card(counted: OfficeAtWork) -> None:
    counted.export(cards=[ONE, TWO])
    counted.write(lambda tx: import_undo.undo(tx, counted.desk, actor="person:6"))
    assert value(counted, "patrolled") == 0


def test_confirmed_is_effective_and_dropped_is_not(counted: OfficeAtWork) -> None:
    counted.export(card_entry(ONE), card_entry(TWO), cards=[ONE, TWO])
    counted[OFFICER].say("/待审")
    press(counted[OFFICER], "确认")
    press(counted[OFFICER], "不属问题")
    press(counted[OFFICER], "案卡无误")
    assert value(counted, "watched") == 2
    assert value(counted, "effective") == value(counted, "problems") == 1
    assert value(counted, "rejected") == 1
    assert value(counted, "effective_rate") == 50.0


def test_a_case_with_two_problems_is_one_effective_case(counted: OfficeAtWork) -> None:
    counted.export(card_entry(ONE), card_entry(ONE, "other", item="other"), cards=[ONE])
    counted[OFFICER].say("/待审")
    press(counted[OFFICER], "全部发出")
    assert value(counted, "effective") == 1
    assert value(counted, "problems") == 2


def test_a_problem_belongs_to_the_month_it_was_first_confirmed_in(counted: OfficeAtWork) -> None:
    confirmed(counted)
    counted.at(date(2026, 7, 2))
    counted[OFFICER].say("口头提示 A01 电话")
    assert value(counted, "problems") == 3
    assert value(counted, "problems", JULY) == 0
    assert value(counted, "watched", JULY) == 1
    assert value(counted, "oral", JULY) == 1


def test_what_comes_later_does_not_change_a_month_that_is_over(counted: OfficeAtWork) -> None:
    confirmed(counted)
    told = statistics_of(counted, JUNE).totals
    counted.at(date(2026, 7, 2))
    counted.export(cards=[ONE, TWO, THREE])
    counted[OFFICER].say("/监控 1号 无问题")
    again = statistics_of(counted, JUNE).totals
    assert {key: one.value for key, one in again.items()} == {
        key: one.value for key, one in told.items()
    }
    assert value(counted, "corrected", JULY) == 3


def test_the_baseline_is_counted_apart(counted: OfficeAtWork) -> None:
    counted.export(card_entry(ONE), card_entry(TWO), cards=[ONE, TWO], baseline=True)
    counted[OFFICER].say("/待审")
    press(counted[OFFICER], "确认")
    assert value(counted, "problems") == value(counted, "effective") == 0
    assert value(counted, "watched") == 1
    assert value(counted, "baseline_made") == 2
    assert value(counted, "baseline_confirmed") == 1
    assert value(counted, "baseline_left") == 2
    counted.at(date(2026, 6, 2))
    counted.export(card_entry(TWO), cards=[ONE, TWO])
    assert value(counted, "baseline_ended") == 1
    assert value(counted, "baseline_left") == 1


def test_corrected_is_what_a_newer_export_shows_of_a_confirmed_problem(
    counted: OfficeAtWork,
) -> None:
    confirmed(counted)
    counted.at(date(2026, 6, 9))
    counted.export(card_entry(TWO), card_entry(THREE), cards=[ONE, TWO, THREE])
    assert value(counted, "corrected") == value(counted, "corrected_of") == 1
    assert value(counted, "corrected_rate") == 33.3


def test_an_explanation_accepted_is_no_correction(counted: OfficeAtWork) -> None:
    confirmed(counted)
    counted.morning()
    counted["林知秋"].say("A01 情况说明：卷宗在外")
    counted[OFFICER].say("/待复核")
    press(counted[OFFICER], "采纳")
    assert value(counted, "answered") == 1
    assert value(counted, "explained") == 1
    assert value(counted, "corrected") == 0


def test_an_objection_upheld_takes_its_problem_out_again(counted: OfficeAtWork) -> None:
    confirmed(counted)
    counted.morning()
    counted["林知秋"].say("A01 这条我不认可，期限算错了")
    assert value(counted, "objections_pending") == 1
    counted[OFFICER].say("/待复核")
    press(counted[OFFICER], "异议成立")
    assert value(counted, "problems") == 2
    assert value(counted, "objections") == value(counted, "objections_upheld") == 1
    assert value(counted, "objections_pending") == 0


def test_an_objection_given_up_was_not_upheld(counted: OfficeAtWork) -> None:
    confirmed(counted)
    counted.morning()
    counted["林知秋"].say("A01 这条我不认可，期限算错了")
    press(counted["林知秋"], "《刑诉规则》")
    counted[OFFICER].say("/待复核")
    press(counted[OFFICER], "异议不采纳")
    assert value(counted, "objections_pending") == 1
    press(counted["林知秋"], "接受")
    assert value(counted, "objections_kept") == 1
    assert value(counted, "problems") == 3


def test_an_objection_ends_with_its_problem(counted: OfficeAtWork) -> None:
    confirmed(counted)
    counted.morning()
    counted["林知秋"].say("A01 这条我不认可，期限算错了")
    counted.at(date(2026, 6, 9))
    counted.export(card_entry(TWO), card_entry(THREE), cards=[ONE, TWO, THREE])
    assert value(counted, "objections_otherwise") == 1
    assert value(counted, "objections_pending") == 0


def test_notices_stand_as_replied_not_due_or_overdue_at_the_months_end(
    counted: OfficeAtWork,
) -> None:
    confirmed(counted)
    counted.at(date(2026, 6, 2))
    notice(counted, "A01")
    assert value(counted, "notices_not_due") == 1
    press(counted[HEAD], "收到")
    assert value(counted, "notices_overdue") == value(counted, "notices_overdue_left") == 1
    assert value(counted, "notices_not_due") == 0
    counted.at(date(2026, 7, 3))
    press(counted[HEAD], "逐条答复")
    for label in ("属实", "填录有误", "已更正案卡", "今天", "暂无"):
        press(counted[HEAD], label)
    press(counted[HEAD], "签署反馈意见书")
    assert value(counted, "notices_overdue") == 1
    assert value(counted, "feedbacks") == 0
    assert value(counted, "feedbacks", JULY) == value(counted, "feedbacks_late", JULY) == 1
    assert value(counted, "unsupported", JULY) == 1
    assert value(counted, "notices_overdue_left", JULY) == 0


def test_a_voided_notice_is_none_from_the_month_it_was_voided_in(counted: OfficeAtWork) -> None:
    confirmed(counted)
    notice(counted, "A01")
    counted.at(date(2026, 7, 1))
    assert value(counted, "notices") == 1
    counted[OFFICER].say("/通知书")
    press(counted[OFFICER], "海东检案管")
    press(counted[OFFICER], "作废")
    press(counted[OFFICER], "事实有误")
    assert value(counted, "notices") == 1
    assert value(counted, "notices_voided", JULY) == 1
    both = Range(2026, 9, 3)
    assert value(counted, "notices", both) == 0


def test_a_grave_notice_is_a_report_to_the_chief_too(counted: OfficeAtWork) -> None:
    counted.export(card_entry(ONE, severity="严重"), cards=[ONE])
    notice(counted, "A01")
    assert value(counted, "notices") == value(counted, "chief_reports") == 1


def test_a_notice_over_two_groups_stands_in_both_rows_and_once_in_the_total(
    counted: OfficeAtWork,
) -> None:
    civil = card(4, 案件类别="民事执行活动监督案件")
    counted.export(card_entry(ONE), card_entry(civil), cards=[ONE, civil])
    notice(counted, "A01 A02")
    table = statistics_of(counted, JUNE).table("groups")
    place = table.columns.index("通知书")
    told = {row.name: row.figures[place] for row in table.rows}
    assert {name: one.value for name, one in told.items() if one} == {
        "刑事（含未检）": 1,
        "民事行政公益诉讼": 1,
        "控申刑执": 0,
        "合计": 1,
    }


def test_a_date_changed_after_the_prompt_is_counted_and_closes_nothing(
    counted: OfficeAtWork,
) -> None:
    counted.export(hit(ONE, due=date(2026, 6, 3)), cards=[ONE])
    counted.morning()
    later = replace(ONE, values={**ONE.values, "受理日期": date(2026, 6, 20)})
    counted.at(date(2026, 6, 22))
    counted.export(cards=[later])
    assert value(counted, "date_changed") == 1
    assert value(counted, "corrected") == 0


def test_a_problem_again_after_a_notice_to_the_department(counted: OfficeAtWork) -> None:
    confirmed(counted)
    notice(counted, "A01")
    press(counted[HEAD], "收到")
    counted.at(date(2026, 6, 15))
    again = card(7)
    counted.export(
        *(card_entry(one) for one in (ONE, TWO, THREE, again)), cards=[ONE, TWO, THREE, again]
    )
    counted[OFFICER].say("/待审")
    press(counted[OFFICER], "确认")
    found = figure(counted, "after_notice")
    issued = counted.acts("notice_issued")[0]["seq"]
    assert found.value == 1
    assert issued in found.entries


def test_a_case_looked_at_by_hand_is_watched_and_a_problem_written_down_confirmed(
    counted: OfficeAtWork,
) -> None:
    counted.export(cards=[ONE, TWO])
    counted[OFFICER].say("/监控 1号 无问题")
    counted[OFFICER].say("/监控 1号 无问题")
    assert value(counted, "watched") == 1
    assert value(counted, "effective") == 0


def test_what_a_person_saw_is_told_as_such_and_is_no_prompt_of_the_bot(
    counted: OfficeAtWork,
) -> None:
    counted.export(cards=[ONE])
    counted[OFFICER].say("/监控 1号")
    for label in ("发现问题", "诉权保障", "讯问询问人数", "单人提审", "登记"):
        press(counted[OFFICER], label)
    counted[OFFICER].say("/待审")
    press(counted[OFFICER], "确认")
    counted.at(date(2026, 6, 2))
    counted.patrol(cards=[ONE])
    counted.morning()
    assert "A01 人工监控发现 · 审查逮捕" in counted["林知秋"].last.text
    assert "数据核对提示" not in counted["林知秋"].last.text
    assert value(counted, "check_prompts") == value(counted, "term_prompts") == 0
    assert value(counted, "problems") == 1


def test_an_older_look_that_found_something_counts_as_one_problem(counted: OfficeAtWork) -> None:
    counted.export(cards=[ONE])
    counted.write(
        lambda tx: tx.record(
            "monitored_by_hand",
            f"case:{ONE.case_no}",
            actor="person:6",
            data={"sound": False},
            text="未附换押证",
        )
    )
    assert value(counted, "problems") == value(counted, "effective") == 1


def test_handling_time_is_the_average_over_cases_finished_in_the_month(
    counted: OfficeAtWork,
) -> None:
    kind: dict[str, Any] = {"案件类别": "一审公诉案件", "受理日期": date(2026, 5, 1)}
    ten = card(1, **kind, 决定日期=date(2026, 6, 5))
    twenty = card(2, **kind, 全案审结日期=date(2026, 6, 11))
    earlier = card(3, **kind, 决定日期=date(2026, 5, 20))
    running, arrest = card(4, **kind), card(5, 决定日期=date(2026, 6, 5))
    counted.at(date(2026, 6, 12))
    counted.export(cards=[ten, twenty, earlier, running, arrest])
    found = figure(counted, "handling_days")
    assert found.value == (35 + 41) / 2
    assert found.cases == (ten.case_no, twenty.case_no)
    assert value(counted, "handled") == 2
    assert value(counted, "handling_days", MAY) == 19
    trend = statistics_of(counted, JUNE).trend
    assert [one.value for _, one in trend[-3:]] == [None, 19, 38]


def test_a_day_put_right_later_counts_as_it_is_now(counted: OfficeAtWork) -> None:
    kind: dict[str, Any] = {"案件类别": "一审公诉案件", "受理日期": date(2026, 5, 1)}
    counted.export(cards=[card(1, **kind, 决定日期=date(2026, 6, 5))])
    counted.export(cards=[card(1, **kind, 决定日期=date(2026, 5, 31))])
    assert value(counted, "handling_days") is None
    assert value(counted, "handling_days", MAY) == 30


def test_a_case_of_several_persons_is_finished_with_the_last_of_them(
    counted: OfficeAtWork,
) -> None:
    kind: dict[str, Any] = {"案件类别": "一审公诉案件", "受理日期": date(2026, 5, 1)}
    first = card(1, **kind, 决定日期=date(2026, 6, 5))
    second = replace(first, person_no="2", values={**first.values, "决定日期": None})
    counted.export(cards=[first, second])
    assert value(counted, "handled") == 0
    done = replace(second, values={**first.values, "决定日期": date(2026, 6, 10)})
    counted.export(cards=[first, done])
    assert value(counted, "handling_days") == 40


def test_publication_is_on_time_late_reasoned_or_missing(counted: OfficeAtWork) -> None:
    in_force: dict[str, Any] = {"一审判决生效日期": date(2026, 5, 10)}
    cards = [
        card(1, **in_force, 信息公开发布日期=date(2026, 6, 9)),
        card(2, **in_force, 信息公开发布日期=date(2026, 6, 10)),
        card(3, **in_force, 不公开原因="涉及隐私"),
        card(4, **in_force),
        card(5, **in_force, 公开状态="已公开"),
        card(6, **in_force, 作案时年龄=16),
        card(7, 一审判决生效日期=date(2026, 6, 10)),
    ]
    counted.export(cards=cards)
    told = {
        key: value(counted, f"publication_{key}")
        for key in ("due", "on_time", "late", "undated", "reasoned", "missing")
    }
    assert told == {
        "due": 5,
        "on_time": 1,
        "late": 1,
        "undated": 1,
        "reasoned": 1,
        "missing": 1,
    }


def test_without_the_offices_own_number_of_days_publication_is_not_judged(
    counted: OfficeAtWork,
) -> None:
    counted.desk = replace(counted.desk, settings={})
    counted.export(cards=[card(1, 一审判决生效日期=date(2026, 5, 10))])
    assert value(counted, "publication_due") == 0


def test_a_case_that_moves_counts_where_it_was_when_it_was_dealt_with(
    counted: OfficeAtWork,
) -> None:
    confirmed(counted)
    counted.at(date(2026, 6, 10))
    moved = card(1, prosecutor="叶清和", 承办部门=SECOND)
    counted.export(card_entry(moved), card_entry(TWO), card_entry(THREE), cards=[moved, TWO, THREE])
    counted[OFFICER].say("口头提示 A01 电话")
    table = statistics_of(counted, JUNE).table("departments")
    oral, problems = (table.columns.index(name) for name in ("口头提示", "问题数"))
    told = {row.name: row.figures for row in table.rows}
    assert [one.value for one in (told[SECOND][oral], told[SECOND][problems]) if one] == [1, 0]


def test_departments_are_never_ranked_and_every_table_says_what_it_counts(
    counted: OfficeAtWork,
) -> None:
    counted.export(card_entry(card(9, "叶清和", 承办部门=SECOND)), card_entry(ONE), cards=[ONE])
    counted[OFFICER].say("/待审")
    press(counted[OFFICER], "本规则全部确认")
    told = statistics_of(counted, JUNE)
    assert "不排名" in "".join(told.table("departments").definitions)
    for table in told.tables:
        assert table.definitions
        assert all(len(row.figures) == len(table.columns) for row in table.rows)


def test_a_month_before_the_ledger_began_is_unknown_and_not_nothing(
    counted: OfficeAtWork,
) -> None:
    counted.export(cards=[ONE])
    told = statistics_of(counted, JUNE)
    assert told.before is None
    assert told.year_ago is None
    assert statistics_of(counted, JULY).before is not None


def test_every_figure_names_entries_that_are_there_and_say_what_it_counts(
    counted: OfficeAtWork,
) -> None:
    confirmed(counted)
    notice(counted, "A01")
    counted[OFFICER].say("口头提示 A02 电话")
    acts = {one["seq"]: one["act"] for one in counted.acts()}
    told = statistics_of(counted, JUNE).totals
    assert {acts[seq] for seq in told["notices"].entries} == {"notice_issued"}
    assert {acts[seq] for seq in told["oral"].entries} == {"oral_prompt"}
    assert {acts[seq] for seq in told["problems"].entries} == {"finding_released"}
    assert told["oral"].cases == (TWO.case_no,)
    for one in told.values():
        assert set(one.entries) <= acts.keys()
        assert (not one.entries) == (not one.value) or one.unit == "%"


@pytest.mark.parametrize("key", ["campaigns", "trainings"])
def test_campaigns_and_trainings_count_by_the_day_they_were_recorded(
    counted: OfficeAtWork, key: str
) -> None:
    counted.export(cards=[card(1, 案件类别="一审公诉案件", 决定日期=date(2026, 6, 1))])
    counted[OFFICER].say("/培训 5月20日 案卡填录")
    counted[OFFICER].say("/专项")
    for label in ("新建", "裁判文书审查", "下一步", "不限时间", "全部", "开始"):
        press(counted[OFFICER], label)
    assert value(counted, key) == 1
    assert value(counted, key, MAY) == 0


def test_facts_of_older_entries_are_read_as_far_as_they_go(counted: OfficeAtWork) -> None:
    """Entries written before reports were counted lack most of what newer ones say."""
    counted.write(
        lambda tx: [
            tx.record(
                "finding_made",
                "finding:A01",
                actor="system",
                data={
                    "rule": "review-7d",
                    "case_no": ONE.case_no,
                    "state": "new",
                    "hit_state": "due_soon",
                    "due": "2026-06-03",
                    "done": None,
                    "release": "auto",
                    "released_by": "system",
                    "certain": True,
                    "waits": None,
                },
            ),
            tx.record("finding_moved", "finding:A01", actor="system", data={"case_no": "x"}),
            tx.record(
                "patrolled",
                "day:2026-06-01",
                actor="system",
                data={"cases": 12, "persons": 14, "rules": 3, "hits": 1},
            ),
            tx.record(
                "digest_made",
                "person:1",
                actor="system",
                data={"full": ["A01"], "brief": [], "dry_run": False},
            ),
            tx.record(
                "finding_released", "finding:Z99", actor="person:6", data={"rule": "review-7d"}
            ),
        ]
    )
    assert value(counted, "patrolled") == 12
    assert value(counted, "term_prompts") == 1
    assert value(counted, "problems") == 1
    assert facts_of(counted).first_confirmed["Z99"].about.case_no == ""
