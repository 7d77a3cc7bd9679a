from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from handlers import daily
from handlers.digest import digest
from handlers.imports import import_undo, imports
from handlers.imports.import_errors import (
    AlreadyImportedError,
    ImportGuardError,
    SentMeanwhileError,
)
from handlers.imports.import_offers import Read
from storage import snapshots
from tests.support.office_cards import MONDAY, OFFICE, card, card_entry, days, hit, sheet
from tests.support.office_desk import ZONE
from tests.support.tables import list_row, write_csv

if TYPE_CHECKING:
    from pathlib import Path

    from storage.transaction import Transaction
    from tests.support.office_desk import OfficeAtWork

HEADER: list[object] = [
    "序号", "部门受案号", "案件名称", "案件类别", "承办单位", "承办检察官", "受理日期", "怪栏目",
]  # fmt: skip


def export_file(folder: Path, name: str, *sequences: int) -> Path:
    folder.mkdir(exist_ok=True)
    rows = [
        [*list_row(number, 承办单位=OFFICE, 受理日期="2026-06-10"), "x"] for number in sequences
    ]
    return write_csv(folder / name, [HEADER, *rows])


def cards_of(office: OfficeAtWork) -> int:
    return len(office.read(lambda session: snapshots.cards(session, OFFICE)).cards)


def plan_morning(office: OfficeAtWork) -> None:
    office.at(datetime(2026, 6, 15, 8, 30, tzinfo=ZONE))
    office.write(lambda tx: daily.plan_first(tx, office.desk))


def test_the_morning_takes_in_what_lies_in_the_folder(office: OfficeAtWork, tmp_path: Path) -> None:
    export_file(tmp_path / "exports", "案件列表_20260615.csv", 1, 2)
    plan_morning(office)
    assert office.sweep() == ["morning"]
    assert cards_of(office) == 2
    done = office["陆明远"].messages[0].text
    assert done.startswith("导入完成\n案件列表：读入 2 行，拒收 0 行")
    assert "数据截至6月15日；首次导入，按存量处理。" in done
    assert "不认识的栏目 1 个：怪栏目" in done


def test_a_file_taken_in_before_is_left_alone(office: OfficeAtWork, tmp_path: Path) -> None:
    test_the_morning_takes_in_what_lies_in_the_folder(office, tmp_path)
    office.at(MONDAY + days(1))
    office.sweep()
    assert len(office.acts("imported")) == 1


def test_a_broken_file_is_named_once_and_keeps_no_other_out(
    office: OfficeAtWork, tmp_path: Path
) -> None:
    export_file(tmp_path / "exports", "案件列表_20260615.csv", 1, 2)
    (tmp_path / "exports" / "坏.xlsx").write_bytes(b"not a workbook")
    plan_morning(office)
    office.sweep()
    assert cards_of(office) == 2
    assert "坏.xlsx" in office["陆明远"].messages[0].text
    office["陆明远"].clear()
    office.at(MONDAY + days(1))
    office.sweep()
    assert not any("坏.xlsx" in text for text in office["陆明远"].texts)


def test_a_file_that_was_mended_is_read_again(office: OfficeAtWork, tmp_path: Path) -> None:
    broken = tmp_path / "exports" / "案件列表_20260615.csv"
    broken.parent.mkdir()
    broken.write_text("不是表格", encoding="utf-8")
    plan_morning(office)
    office.sweep()
    assert cards_of(office) == 0
    export_file(tmp_path / "exports", "案件列表_20260615.csv", 1, 2)
    office.at(MONDAY + days(1))
    office.sweep()
    assert cards_of(office) == 2


def test_what_the_guard_stopped_is_offered_again_the_next_morning(
    office: OfficeAtWork, tmp_path: Path
) -> None:
    export_file(tmp_path / "exports", "案件列表_20260612.csv", *range(1, 13))
    plan_morning(office)
    office.sweep()
    export_file(tmp_path / "exports", "案件列表_20260616.csv", 1, 2)
    for day in (1, 2):
        office["陆明远"].clear()
        office.at(MONDAY + days(day))
        office.sweep()
        assert list(office["陆明远"].messages[0].buttons) == ["仍要导入", "取消"]


def test_a_folder_that_would_lose_most_cases_is_put_before_the_officer(
    office: OfficeAtWork, tmp_path: Path
) -> None:
    export_file(tmp_path / "exports", "案件列表_20260612.csv", *range(1, 13))
    plan_morning(office)
    office.sweep()
    office["陆明远"].clear()
    (tmp_path / "exports" / "案件列表_20260612.csv").unlink()
    export_file(tmp_path / "exports", "案件列表_20260616.csv", 1, 2)
    office.at(MONDAY + days(1))
    office.sweep()
    offered = office["陆明远"].messages[0]
    assert "12 件中的 10 件案件从列表中消失，超过一半" in offered.text
    assert list(offered.buttons) == ["仍要导入", "取消"]
    office["陆明远"].press("仍要导入", offered)
    assert office.sweep() == ["import_file"]
    assert len(office.acts("imported")) == 2


def test_an_uploaded_export_is_shown_first_and_imported_on_a_tap(
    intranet: OfficeAtWork, tmp_path: Path
) -> None:
    path = export_file(tmp_path / "uploads", "案件列表_20260615.csv", 1, 2)
    intranet["陆明远"].upload("document", "案件列表_20260615.csv", path=str(path))
    assert intranet.sweep() == ["import_file"]
    assert intranet["陆明远"].last.text.startswith("导入预览")
    assert cards_of(intranet) == 0
    assert intranet["陆明远"].press("确认导入") == "正在导入"
    intranet.sweep()
    assert cards_of(intranet) == 2
    assert intranet["陆明远"].last.text.startswith("导入完成")


def test_a_cancelled_import_changes_nothing(intranet: OfficeAtWork, tmp_path: Path) -> None:
    path = export_file(tmp_path / "uploads", "案件列表_20260615.csv", 1, 2)
    intranet["陆明远"].upload("document", "案件列表_20260615.csv", path=str(path))
    intranet.sweep()
    intranet["陆明远"].press("取消")
    assert intranet["陆明远"].last.text == "已取消导入，案卡数据没有变化。"
    assert cards_of(intranet) == 0


def test_an_upload_that_cannot_be_read_gets_one_sentence(
    intranet: OfficeAtWork, tmp_path: Path
) -> None:
    path = tmp_path / "坏.xlsx"
    path.write_bytes(b"not a workbook")
    intranet["陆明远"].upload("document", "坏.xlsx", path=str(path))
    intranet.sweep()
    assert "\n" not in intranet["陆明远"].last.text
    assert "坏.xlsx" in intranet["陆明远"].last.text


def test_the_same_files_are_not_imported_twice(office: OfficeAtWork) -> None:
    exported = sheet([card(1)], MONDAY, 1)

    def twice(tx: Transaction) -> None:
        for _ in range(2):
            prepared = imports.prepare(tx, office.desk, [exported], day=MONDAY)
            imports.commit(tx, office.desk, prepared, by="x", actor="x")

    with pytest.raises(AlreadyImportedError):
        office.write(twice)


def test_an_import_that_would_close_most_findings_is_stopped(office: OfficeAtWork) -> None:
    cards = [card(number) for number in range(1, 13)]
    rule = next(iter(office.desk.rules))
    office.export(*(hit(one, rule) for one in cards), cards=cards)

    def prepare(tx: Transaction) -> None:
        prepared = imports.prepare(
            tx, office.desk, [sheet(cards, MONDAY + days(7), 2)], day=MONDAY + days(7)
        )
        imports.guard(tx, office.desk, prepared)

    with pytest.raises(ImportGuardError, match="12 件中的 12 件问题销号"):
        office.write(prepare)


def test_an_import_can_be_taken_back_with_everything_it_changed(office: OfficeAtWork) -> None:
    one, two = card(1), card(2)
    office.export(hit(one), cards=[one])
    office.morning()
    office["林知秋"].say("A01 说明：在等鉴定")
    office.at(MONDAY + days(1))
    cured = card(1, 审结日期=date(2026, 6, 16))
    office.export(card_entry(two), cards=[cured, two])
    assert office.finding("A01").state == "closed"
    office.write(lambda tx: import_undo.undo(tx, office.desk, actor="person:6"))
    assert office.finding("A01").state == "explained"
    assert office.finding("A02").closed_as == "undone"
    assert cards_of(office) == 1


def test_an_import_that_something_was_sent_on_stays(office: OfficeAtWork) -> None:
    office.export(hit(card(1)), cards=[card(1)])
    office.morning()
    with pytest.raises(SentMeanwhileError):
        office.write(lambda tx: import_undo.undo(tx, office.desk, actor="person:6"))


def test_an_undone_first_import_leaves_the_next_one_the_first(office: OfficeAtWork) -> None:
    office.export(card_entry(card(1)), cards=[card(1)], baseline=True)
    office.write(lambda tx: import_undo.undo(tx, office.desk, actor="person:6"))

    def again(tx: Transaction) -> bool:
        return imports.prepare(tx, office.desk, [sheet([card(1)], MONDAY, 5)], day=MONDAY).baseline

    assert office.write(again)


def test_the_button_takes_back_only_the_last_import(intranet: OfficeAtWork, tmp_path: Path) -> None:
    test_an_uploaded_export_is_shown_first_and_imported_on_a_tap(intranet, tmp_path)
    done = intranet["陆明远"].last
    assert intranet["陆明远"].press("撤回本次导入", done) == "已撤回数据截至2026-06-15的导入"
    assert cards_of(intranet) == 0
    assert intranet["陆明远"].press("撤回本次导入", done).startswith("已于")


def test_the_day_of_a_snapshot_is_given_found_or_today() -> None:
    dated = sheet([], date(2026, 6, 12), 1)
    assert imports.day_of([dated], date(2026, 6, 1), MONDAY) == date(2026, 6, 1)
    assert imports.day_of([dated], None, MONDAY) == date(2026, 6, 12)
    assert imports.day_of([], None, MONDAY) == MONDAY


def test_the_morning_plans_the_next_one_on_every_day(office: OfficeAtWork) -> None:
    plan_morning(office)
    for day in range(8):
        office.at(MONDAY + days(day))
        assert office.sweep(Read()) == ["morning"]


def test_a_start_after_the_time_of_the_digest_plans_tomorrow(office: OfficeAtWork) -> None:
    office.at(MONDAY, hour=9)
    office.write(lambda tx: daily.plan_first(tx, office.desk))
    assert office.sweep() == []
    office.at(MONDAY + days(1))
    assert office.sweep() == ["morning"]


def test_a_job_nobody_knows_is_a_fault(office: OfficeAtWork) -> None:
    with pytest.raises(daily.UnknownJobError):
        office.write(lambda tx: daily.run(tx, office.desk, "nonsense", {}, Read()))


def test_before_the_time_of_the_digest_nothing_is_pressing(office: OfficeAtWork) -> None:
    office.at(MONDAY, hour=7)
    office.export(hit(card(1), due=MONDAY), cards=[card(1)])
    assert office.write(lambda tx: digest.send_pressing(tx, office.desk)) == 0


def test_an_undone_import_gives_answers_and_marks_back(office: OfficeAtWork) -> None:
    one, two = card(1), card(2)
    office.export(hit(one), hit(two), cards=[one, two])
    office.morning()
    office["林知秋"].say("A01 说明：在等鉴定")
    office.at(MONDAY + days(1))
    other = card(1, 受理日期=date(2026, 6, 11))
    office.export(
        hit(other, due=date(2026, 6, 18)), hit(two), cards=[other], vanished=[two.case_no]
    )
    assert (office.finding("A01").state, office.finding("A02").vanished) == ("sent", True)
    office.write(lambda tx: import_undo.undo(tx, office.desk, actor="person:6"))
    assert (office.finding("A01").state, office.finding("A02").vanished) == ("explained", False)
