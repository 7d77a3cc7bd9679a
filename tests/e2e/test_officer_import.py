from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.cases_csv import sample_with
from tests.support.running_office import office_in_process
from tests.support.texts import LOAN_RULES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support.running_office import RunningOffice

DONE = {"审结日期": "2026-06-15", "审结处理结果": "批准逮捕", "办结日期": "2026-06-15"}


@pytest.fixture
def cleared(tmp_path: Path) -> Iterator[RunningOffice]:
    with office_in_process(tmp_path / "home", clearance="intranet") as office:
        office.go_to("2026-06-15T08:31:00+08:00")
        yield office


def _upload(office: RunningOffice, path: Path) -> dict[str, object]:
    officer = office.the("officer")
    sent = office.send(officer, path.name, path.read_bytes())
    found: dict[str, object] = office.next(officer, sent, containing="导入预览")
    return found


def test_an_export_sent_in_the_chat_is_shown_first_and_imported_on_a_press(
    cleared: RunningOffice, tmp_path: Path
) -> None:
    officer = cleared.the("officer")
    export = sample_with(tmp_path / "案件列表_20260615.csv", changed={"041号": DONE})
    preview = _upload(cleared, export)
    assert len(cleared.ledger(act="imported")) == 1

    cleared.press(officer, preview, "确认导入")
    cleared.next(officer, preview, containing="导入完成")

    assert len(cleared.ledger(act="imported")) == 2
    assert "cured" in [one["data"]["how"] for one in cleared.ledger(act="finding_closed")]


def test_a_cancelled_import_changes_nothing(cleared: RunningOffice, tmp_path: Path) -> None:
    export = sample_with(tmp_path / "案件列表_20260615.csv", changed={"041号": DONE})
    preview = _upload(cleared, export)

    cleared.press(cleared.the("officer"), preview, "取消")
    cleared.settle()

    assert len(cleared.ledger(act="imported")) == 1


def test_an_unreadable_file_is_one_sentence(cleared: RunningOffice) -> None:
    officer = cleared.the("officer")
    sent = cleared.send(officer, "坏.xlsx", b"PK\x03\x04 broken")

    refusal = cleared.next(officer, sent, containing="xlsx")

    assert len(refusal["text"].splitlines()) == 1
    assert len(cleared.ledger(act="import_refused")) == 1


def test_a_prosecutors_export_is_not_taken(cleared: RunningOffice, tmp_path: Path) -> None:
    export = sample_with(tmp_path / "案件列表_20260615.csv", changed={"041号": DONE})
    sent = cleared.send("高远", export.name, export.read_bytes())

    answer = cleared.next("高远", sent)

    assert "未接收" in answer["text"]
    assert len(cleared.ledger(act="imported")) == 1


def test_an_official_text_sent_in_the_chat_answers_questions_from_then_on(
    tmp_path: Path,
) -> None:
    with office_in_process(tmp_path / "home") as office:
        officer = office.the("officer")
        sent = office.send(officer, "借阅办法.txt", LOAN_RULES.encode("gb18030"))
        preview = office.next(officer, sent, containing="导入预览")
        assert "办法，2024-05-01 版，共 7 条" in preview["text"]

        office.press(officer, preview, "导入")
        office.next(officer, preview, containing="已导入《图书借阅管理办法》")
        asked = office.say("高远", "图书借阅管理办法第四条")
        assert "由馆长批准" in office.next("高远", asked)["text"]

        assert [one["data"]["articles"] for one in office.ledger(act="text_imported")] == [7]
        office.settle()
        assert not list((tmp_path / "home" / "files").iterdir())
