from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from bot.cli import knowledge
from storage.official_texts import pictures
from tests.support.own_rules import ROOM_RULES
from tests.support.recognition import recognition
from tests.support.shared import shared_folder
from tests.support.text_files import scanned_pages, scanned_pdf
from tests.support.texts import LOAN_RULES

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.command import Commands

__all__ = ["recognition"]
NOW = datetime(2026, 6, 15, tzinfo=UTC)


class Terminal(io.StringIO):
    """Standard input at which a person sits."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    path = tmp_path / "借阅办法.md"
    path.write_text(LOAN_RULES, encoding="utf-8")
    return path


def test_an_imported_text_is_shown_stored_listed_and_found(fangyuan: Commands, rules: Path) -> None:
    done = fangyuan("knowledge", "import", str(rules))
    assert "《图书借阅管理办法》\n  办法，2024-05-01 版，共 7 条\n  编号连续，没有重复" in done.out
    assert "已导入 1 份文本" in done.out
    listed = fangyuan("knowledge", "list").out
    assert listed == "《图书借阅管理办法》，2024-05-01 版，7 条，有效\n"
    assert "第四条" in fangyuan("ask", "古籍由谁批准").out


def test_the_same_text_again_changes_nothing(fangyuan: Commands, rules: Path) -> None:
    fangyuan("knowledge", "import", str(rules), "--yes")
    stored = sorted((path.name, path.stat().st_mtime_ns) for path in fangyuan.home.rglob("*.json"))
    again = fangyuan("knowledge", "import", str(rules), "--yes")
    assert "都已导入过，没有变化" in again.out
    assert sorted((p.name, p.stat().st_mtime_ns) for p in fangyuan.home.rglob("*.json")) == stored


def test_a_newer_version_leaves_the_older_one_marked(fangyuan: Commands, rules: Path) -> None:
    fangyuan("knowledge", "import", str(rules))
    newer = LOAN_RULES.replace("三十日", "二十日").replace("2024年5月1日", "2025年1月1日")
    rules.write_text(newer, encoding="utf-8")
    done = fangyuan("knowledge", "import", str(rules))
    assert "代替 2024-05-01 的旧版（修改 1 条）" in done.out
    lines = fangyuan("knowledge", "list").out.splitlines()
    assert [("旧版" in line) for line in lines] == [True, False]


def test_gaps_repeats_and_trial_texts_are_pointed_out(fangyuan: Commands, tmp_path: Path) -> None:
    path = tmp_path / "试行.txt"
    path.write_text("某规则（试行）\n第一条 甲。\n\n第三条 乙。\n\n第三条 丙。\n", encoding="utf-8")
    shown = fangyuan("knowledge", "import", str(path)).out
    assert "缺第 2 条" in shown
    assert "第 3 条出现两次以上" in shown
    assert "试行文本" in shown


def test_one_bad_file_stores_none(fangyuan: Commands, rules: Path, tmp_path: Path) -> None:
    bad = tmp_path / "日记.txt"
    bad.write_text("今天天气很好。", encoding="utf-8")
    done = fangyuan("knowledge", "import", str(rules), str(bad))
    assert done.code == 2
    why = "没有找到“第…条”或“一、（一）1.”这样的编号，请确认是法律、规则、要点一类的文本"
    assert done.err == f"“日记.txt”不能导入：{why}\n"
    assert "尚未导入文本" in fangyuan("knowledge", "list").out


@pytest.mark.parametrize("answer", [True, False])
def test_at_a_terminal_the_import_asks_first(
    fangyuan: Commands,
    rules: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    *,
    answer: bool,
) -> None:
    monkeypatch.setattr("sys.stdin", Terminal())
    asked: list[str] = []

    def confirm(sentence: str) -> bool:
        asked.append(sentence)
        return answer

    wanted = knowledge.Wanted([rules])
    knowledge.import_texts(wanted, fangyuan.home, yes=False, confirm=confirm, now=NOW)
    assert asked == ["导入以上 1 份文本？"]
    assert ("没有导入" in capsys.readouterr().out) is not answer
    assert (fangyuan.home / "knowledge").is_dir() is answer


def test_a_title_and_a_day_that_were_read_wrongly_are_given(
    fangyuan: Commands, rules: Path
) -> None:
    given = ("--title", "《新借阅办法》", "--effective", "2025-02-03")
    fangyuan("knowledge", "import", str(rules), *given)
    assert fangyuan("knowledge", "list").out.startswith("《新借阅办法》，2025-02-03 版")


def test_a_title_is_given_for_one_text_alone(fangyuan: Commands, rules: Path) -> None:
    done = fangyuan("knowledge", "import", str(rules), str(rules), "--title", "办法")
    assert (done.code, "一次只能用于一份文本" in done.sentence) == (2, True)


def test_nothing_to_import_is_wrong_use(fangyuan: Commands) -> None:
    done = fangyuan("knowledge", "import")
    assert (done.code, "没有给出文件" in done.sentence) == (2, True)


def test_an_import_into_an_office_stands_in_its_ledger(home: Commands, rules: Path) -> None:
    home("knowledge", "import", str(rules))
    out = home.home / "ledger.jsonl"
    home("ledger", "export", "--out", str(out))
    assert "text_imported" in out.read_text(encoding="utf-8")


def test_both_real_texts_are_read_whole(fangyuan: Commands) -> None:
    files = [str(path) for path in shared_folder("laws").glob("*.md")]
    done = fangyuan("knowledge", "import", *files)
    assert "法律，2018-10-26 版，共 308 条\n  编号连续，没有重复" in done.out
    assert "规则，2019-12-30 版，共 684 条\n  编号连续，没有重复" in done.out


def test_a_scan_without_the_extra_is_one_sentence(
    fangyuan: Commands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "can_read", lambda: False)
    done = fangyuan("knowledge", "import", str(scanned_pdf(tmp_path / "扫描.pdf")))
    assert done.code == 2
    assert "make ocr" in done.sentence


@pytest.mark.usefixtures("recognition")
def test_a_scan_is_corrected_in_its_folder_and_then_imported(
    fangyuan: Commands, tmp_path: Path
) -> None:
    path = scanned_pages(tmp_path / "规定.pdf", ROOM_RULES)
    done = fangyuan("knowledge", "import", str(path), "--yes")
    assert "规定.pdf 是扫描件，已识别 2 页，没有导入。" in done.out
    assert "尚未导入文本" in fangyuan("knowledge", "list").out
    (folder,) = (fangyuan.home / "knowledge" / "ocr").iterdir()
    assert str(folder) in done.out

    page = folder / "001.txt"
    page.write_text(page.read_text(encoding="utf-8").replace("公益、开放", "公益、公开"), "utf-8")
    fangyuan("knowledge", "import", "--from-correction", str(folder))
    assert "社区图书室管理规定" in fangyuan("knowledge", "list").out

    saved = tmp_path / "更正.txt"
    head = f"【更正稿 {folder.name}】规定.pdf\n【第 2 页】\n"
    saved.write_text(f"{head}第五条 甲。\n第六条 乙。\n", encoding="utf-8")
    done = fangyuan("knowledge", "import", "--from-correction", str(saved))
    assert "共 6 条" in done.out
    assert "将替换同一日期的已有文本" in done.out


def test_a_file_that_is_no_correction_is_said(fangyuan: Commands, rules: Path) -> None:
    for path in (rules, rules.parent):
        done = fangyuan("knowledge", "import", "--from-correction", str(path))
        assert (done.code, "没有扫描件的识别结果" in done.sentence) == (2, True)
