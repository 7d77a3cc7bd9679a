from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from knowledge.card_merge import merge, vanished
from knowledge.card_origin import Origin, read_origin
from knowledge.cards import Row, Sheet

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from knowledge.cards import Card, CardSet, SheetKind, Value

OFFICE = "海州市东港区人民检察院"
MARCH_1, MARCH_8 = date(2027, 3, 1), date(2027, 3, 8)
A, B = "海东检刑捕受[2027]880201000001号", "海东检刑捕受[2027]880201000002号"
ONE, TWO = "88020120270000101", "88020120270000102"


def row(case_no: str, person_no: str | None = None, /, **values: Value) -> Row:
    numbers: dict[str, Value] = {"部门受案号": case_no}
    if person_no is not None:
        numbers["嫌疑人编号"] = person_no
    return Row(2, case_no, person_no, numbers | values)


def sheet(
    kind: SheetKind,
    rows: Sequence[Row],
    day: date | None = MARCH_1,
    report: str | None = None,
    headings: Mapping[str, str] | None = None,
) -> Sheet:
    names = {name: name for each in rows for name in each.values}
    return Sheet(
        f"{kind}.csv", kind, tuple(rows), len(rows), headings or names, report=report, day=day
    )


def listed(*rows: Row, day: date | None = MARCH_1) -> Sheet:
    return sheet("case_list", rows, day)


def reported(*rows: Row, day: date | None = MARCH_1) -> Sheet:
    return sheet("person_report", rows, day, "010101")


def together(*sheets: Sheet, known: CardSet | None = None) -> dict[tuple[str, str | None], Card]:
    cards = merge(sheets, office=OFFICE, known=known).cards
    return {(card.case_no, card.person_no): card for card in cards}


def test_a_list_gives_one_card_per_case_in_its_order() -> None:
    cards = merge([listed(row(B, 序号=1), row(A, 序号=2))], office=OFFICE).cards
    assert [(card.case_no, card.person_no) for card in cards] == [(B, None), (A, None)]
    assert cards[0].in_list
    assert "序号" not in cards[0].values


def test_a_list_row_is_spread_onto_the_persons_and_never_doubles_them() -> None:
    cards = together(
        listed(row(A, 承办单位="某院", 案件类别="审查逮捕案件（未检）", 到期日期=MARCH_8), row(B)),
        reported(row(A, ONE, 嫌疑人姓名="某甲"), row(A, TWO, 嫌疑人姓名="某乙")),
    )
    assert list(cards) == [(A, ONE), (A, TWO), (B, None)]
    for person, name in ((ONE, "某甲"), (TWO, "某乙")):
        card = cards[A, person]
        assert (card.text("嫌疑人姓名"), card.values["到期日期"]) == (name, MARCH_8)
        assert (card.text("案件类别"), card.text("承办单位")) == ("审查逮捕案件（未检）", "某院")
        assert (card.report, card.in_list) == ("010101", True)


def test_type_and_office_of_a_report_come_from_its_header_and_the_configuration() -> None:
    card = together(reported(row(A, ONE)))[A, ONE]
    assert (card.text("案件类别"), card.text("承办单位")) == ("审查逮捕案件", OFFICE)
    assert (card.sources["案件类别"], card.sources["承办单位"]) == ("按表头认定", "本院设置")
    assert not card.in_list


def test_a_report_of_no_known_stage_leaves_the_type_open() -> None:
    card = together(sheet("person_report", [row(A, ONE)]))[A, ONE]
    assert "案件类别" not in card.values
    assert card.text("承办单位") == OFFICE


def test_a_list_imported_later_corrects_an_inferred_type() -> None:
    first = merge([reported(row(A, ONE))], office=OFFICE)
    card = together(listed(row(A, 案件类别="审查逮捕案件（未检）"), day=MARCH_8), known=first)[
        A, ONE
    ]
    assert card.text("案件类别") == "审查逮捕案件（未检）"
    assert card.text("承办单位") == OFFICE


def test_the_newest_day_wins_whatever_the_order_of_files() -> None:
    old, new = listed(row(A, 承办检察官="某甲")), listed(row(A, 承办检察官="某乙"), day=MARCH_8)
    assert together(new, old) == together(old, new)
    card = together(new, old)[A, None]
    assert card.text("承办检察官") == "某乙"
    assert card.sources["承办检察官"] == "案件列表 2027-03-08 case_list.csv"


def test_an_older_file_imported_late_replaces_nothing_newer() -> None:
    newest = merge([listed(row(A, 办结日期=MARCH_8), day=MARCH_8)], office=OFFICE)
    card = together(listed(row(A, 办结日期=None, 备注="旧")), known=newest)[A, None]
    assert (card.values["办结日期"], card.values["备注"]) == (MARCH_8, "旧")


def test_a_cell_that_became_blank_is_blank() -> None:
    filled = merge([listed(row(A, 办结日期=MARCH_1))], office=OFFICE)
    card = together(listed(row(A, 办结日期=None), day=MARCH_8), known=filled)[A, None]
    assert card.values["办结日期"] is None


def test_an_import_changes_nothing_its_columns_do_not_cover() -> None:
    first = merge(
        [listed(row(A, 承办检察官="某甲")), reported(row(A, ONE, 前科="无"))], office=OFFICE
    )
    card = together(listed(row(A, 承办部门="一部"), day=MARCH_8), known=first)[A, ONE]
    assert (card.text("承办检察官"), card.text("承办部门"), card.text("前科")) == (
        "某甲",
        "一部",
        "无",
    )


def test_of_one_day_the_list_speaks_for_the_case_and_the_report_for_the_person() -> None:
    card = together(
        listed(row(A, 受理日期=MARCH_1, 决定日期=MARCH_8)),
        reported(row(A, ONE, 受理日期=MARCH_8, 决定日期=None)),
    )[A, ONE]
    assert (card.values["受理日期"], card.values["决定日期"]) == (MARCH_1, None)


def test_a_newer_list_concludes_its_persons_but_never_blanks_them() -> None:
    first = merge(
        [reported(row(A, ONE, 决定日期=None), row(B, ONE, 决定日期=MARCH_1))], office=OFFICE
    )
    cards = together(
        listed(row(A, 决定日期=MARCH_8), row(B, 决定日期=None), day=MARCH_8), known=first
    )
    assert cards[A, ONE].values["决定日期"] == MARCH_8
    assert cards[B, ONE].values["决定日期"] == MARCH_1


def test_a_vanished_row_changes_nothing() -> None:
    first = merge([listed(row(A), row(B)), reported(row(A, ONE), row(A, TWO))], office=OFFICE)
    cards = together(listed(row(A), day=MARCH_8), reported(row(A, ONE), day=MARCH_8), known=first)
    assert list(cards) == [(A, ONE), (A, TWO), (B, None)]


def test_merging_nothing_changes_nothing() -> None:
    known = merge(
        [
            listed(row(A, 决定日期=MARCH_1, 案件类别="审查逮捕案件"), row(B)),
            reported(row(A, ONE, 决定日期=None), day=None),
            sheet("publication_list", [row(A, 文书名称="起诉书", 公开状态="待审核")]),
        ],
        office=OFFICE,
    )
    assert merge([], office=OFFICE, known=known) == known


def test_a_case_later_reported_by_person_keeps_what_the_list_said() -> None:
    first = merge([listed(row(A, 承办检察官="某甲"))], office=OFFICE)
    assert list(together(reported(row(A, ONE), day=MARCH_8), known=first)) == [(A, ONE)]
    card = together(reported(row(A, ONE), day=MARCH_8), known=first)[A, ONE]
    assert (card.text("承办检察官"), card.in_list) == ("某甲", True)


def test_a_list_with_persons_gives_person_cards() -> None:
    cards = together(listed(row(A, ONE, 决定日期=MARCH_1), row(A, TWO), row(B)))
    assert list(cards) == [(A, ONE), (A, TWO), (B, None)]
    assert cards[A, ONE].sources["决定日期"].startswith("逐人列表")


def test_the_later_of_two_rows_on_one_case_holds() -> None:
    first = replace(row(A, 案件状态="办理中", 是否归档="否"), originals={"是否归档": "N"})
    card = together(listed(first, row(A, 案件状态="已办结", 是否归档="是")))[A, None]
    assert (card.text("案件状态"), card.originals) == ("已办结", {})


def test_originals_and_headings_travel_with_their_value() -> None:
    told = replace(row(A, 受理日期=MARCH_1, 是否督办案件="否"), originals={"是否督办案件": "N"})
    headings = {"部门受案号": "部门受案号", "受理日期": "受理时间", "是否督办案件": "是否督办案件"}
    known = merge(
        [sheet("case_list", [told], headings=headings), reported(row(A, ONE, 受理日期=None))],
        office=OFFICE,
    )
    card = together(reported(row(A, ONE, 前科=None), day=MARCH_8), known=known)[A, ONE]
    assert card.headings["受理日期"] == "受理时间"
    assert card.originals == {"是否督办案件": "N"}


def test_persons_without_a_number_leave_only_what_is_said_of_the_case() -> None:
    rows = [row(A, None, 嫌疑人姓名=name, 前科=None, 移送单位="某局") for name in ("某甲", "某乙")]
    for found in (together(reported(*rows)), together(listed(*rows))):
        assert list(found) == [(A, None)]
        assert found[A, None].text("移送单位") == "某局"
        assert "嫌疑人姓名" not in found[A, None].values
    alone = together(reported(rows[0]))
    assert alone[A, None].text("嫌疑人姓名") == "某甲"


def test_lists_of_errors_and_documents_make_no_cards_and_overwrite_nothing() -> None:
    kept = merge(
        [
            listed(row(A, 承办检察官="某甲"), row(B)),
            sheet("error_list", [row(A, 承办检察官="某乙", 错误明细="甲"), row(A, 错误明细="乙")]),
            sheet(
                "publication_list",
                [
                    row(A, 文书名称="起诉书", 公开状态="待审核", 不公开原因=None),
                    row(A, 文书名称="判决书", 公开状态="待审核", 不公开原因="未成年人犯罪"),
                    row("别的案件", 文书名称="起诉书", 公开状态="已公开"),
                ],
                day=None,
            ),
        ],
        office=OFFICE,
    )
    assert [card.case_no for card in kept.cards] == [A, B]
    card = kept.cards[0]
    assert card.text("承办检察官") == "某甲"
    assert card.text("公开状态") == "待审核"
    assert not {"不公开原因", "错误明细", "文书名称"} & set(card.values)
    assert "公开状态" not in kept.cards[1].values
    assert [each.kind for each in kept.listed] == ["error_list"] * 2 + ["publication_list"] * 3


def test_a_new_error_list_replaces_the_known_one_only() -> None:
    errors, documents = (
        sheet("error_list", [row(A, 错误明细="甲")]),
        sheet("publication_list", [row(A, 公开状态="待审核")]),
    )
    known = merge([errors, documents], office=OFFICE)
    now = merge([sheet("error_list", [row(B, 错误明细="乙")])], office=OFFICE, known=known)
    assert [(each.kind, each.case_no) for each in now.listed] == [
        ("publication_list", A),
        ("error_list", B),
    ]


def test_sheets_of_no_day_are_of_the_day_of_the_call() -> None:
    day_of_list = together(listed(row(A), day=MARCH_8), reported(row(A, ONE, 前科=None), day=None))
    assert day_of_list[A, ONE].sources["前科"] == "人员明细 2027-03-08 person_report.csv"
    given = merge([listed(row(A), day=None)], office=OFFICE, day=MARCH_1).cards[0]
    assert given.sources["部门受案号"] == "案件列表 2027-03-01 case_list.csv"
    undated = merge([listed(row(A, 备注="旧"), day=None)], office=OFFICE)
    assert undated.cards[0].sources["备注"] == "案件列表 日期不明 case_list.csv"
    assert together(listed(row(A, 备注="新")), known=undated)[A, None].text("备注") == "新"


def test_cases_a_newer_list_no_longer_holds_are_named() -> None:
    known = merge([listed(row(A), row(B))], office=OFFICE)
    assert vanished(known, [listed(row(B), day=MARCH_8)]) == (A,)
    assert vanished(known, [listed(row(B), day=date(2027, 2, 1))]) == ()
    assert vanished(known, [reported(row(B, ONE), day=MARCH_8)]) == ()
    assert vanished(known, [listed(row(B)), reported(row(A, ONE))]) == ()


def test_cases_a_newer_report_no_longer_holds_are_named_once() -> None:
    known = merge([reported(row(A, ONE), row(A, TWO), row(B, ONE))], office=OFFICE)
    assert vanished(known, [reported(row(B, ONE), day=MARCH_8)]) == (A,)
    assert vanished(known, [listed(row(B), day=MARCH_8)]) == ()


def test_an_origin_reads_back_as_it_was_written() -> None:
    for origin in (
        Origin("案件列表", MARCH_1, "列表 一.csv"),
        Origin("人员明细", None, "a.xlsx"),
        Origin("本院设置"),
    ):
        assert read_origin(str(origin)) == origin
