from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from knowledge.laws import shelf
from knowledge.laws.parse import parse
from tests.support.office_phones import DOOR
from tests.support.text_files import docx, docx_bomb
from tests.support.text_office import LU, ZHI, home, imported, sent, taking
from tests.support.texts import LOAN_RULES

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.office_desk import OfficeAtWork

__all__ = ["home", "taking"]
TITLE = "图书借阅管理办法"


def labels(office: OfficeAtWork) -> list[str]:
    return list(office[LU].last.buttons)


def test_what_was_read_is_shown_first(taking: OfficeAtWork, tmp_path: Path, home: Path) -> None:
    sent(taking, tmp_path, LOAN_RULES)
    assert taking[LU].last.text.splitlines() == [
        "导入预览（正式文本）",
        "《图书借阅管理办法》",
        "办法，2024-05-01 版，共 7 条",
        "编号连续，没有重复",
    ]
    assert labels(taking) == ["导入", "不导入", "标题或日期不对"]
    assert shelf.texts(home) == []


def test_a_press_imports_it_and_the_next_question_finds_it(
    taking: OfficeAtWork, tmp_path: Path
) -> None:
    path = sent(taking, tmp_path, LOAN_RULES)
    taking[LU].press("导入")
    taking.sweep()
    (entry,) = taking.acts("text_imported")
    assert entry["data"]["articles"] == 7
    assert len(entry["data"]["sha256"]) == 64
    said = [
        one for one in taking[LU].texts if one.startswith(f"已导入《{TITLE}》2024-05-01 版，7 条")
    ]
    assert len(said) == 1
    assert not path.exists()
    taking[ZHI].say("图书借阅管理办法第四条")
    assert "读者借阅古籍的，由馆长批准。" in taking[ZHI].last.text


def test_a_second_press_imports_nothing_more(taking: OfficeAtWork, tmp_path: Path) -> None:
    sent(taking, tmp_path, LOAN_RULES)
    offered = taking[LU].last
    taking[LU].press("导入")
    taking.sweep()
    assert taking[LU].press("导入", offered).startswith("已于")
    taking.sweep()
    assert len(taking.acts("text_imported")) == 1


def test_the_same_text_again_is_no_import(taking: OfficeAtWork, tmp_path: Path) -> None:
    imported(taking, tmp_path, LOAN_RULES)
    path = docx(tmp_path / "同一份.docx", LOAN_RULES.splitlines())
    sent(taking, tmp_path, path.read_bytes(), "同一份.docx")
    assert taking[LU].last.text.endswith("已导入过，没有变化")
    assert not labels(taking)


def test_a_text_that_is_not_imported_leaves_nothing(
    taking: OfficeAtWork, tmp_path: Path, home: Path
) -> None:
    path = sent(taking, tmp_path, LOAN_RULES)
    taking[LU].press("不导入")
    taking.sweep()
    assert taking[LU].last.text == "没有导入，要点库没有变化。"
    assert not path.exists()
    assert shelf.texts(home) == []


def test_the_newer_version_says_what_it_takes_the_place_of(
    taking: OfficeAtWork, tmp_path: Path
) -> None:
    imported(taking, tmp_path, LOAN_RULES)
    newer = LOAN_RULES.replace("三十日", "二十日").replace("2024年5月1日", "2026年1月1日")
    sent(taking, tmp_path, newer)
    assert "代替 2024-05-01 的旧版（修改 1 条），旧版留作旧案引用" in taking[LU].last.text


def test_the_last_import_is_taken_back_and_what_it_replaced_comes_back(
    taking: OfficeAtWork, tmp_path: Path, home: Path
) -> None:
    imported(taking, tmp_path, LOAN_RULES)
    first = next(one for one in taking[LU].messages if one.text.startswith("已导入《"))
    imported(taking, tmp_path, LOAN_RULES.replace("三十日", "二十日"))
    second = [one for one in taking[LU].messages if one.text.startswith("已导入《")][-1]
    assert taking[LU].press("撤回本次导入", first) == "之后又有新的导入，只能撤回最近一次"
    assert taking[LU].press("撤回本次导入", second) == "已撤回"
    assert "原来的文本已恢复" in second.text
    assert "三十日" in shelf.texts(home)[0].articles[2].text
    assert len(taking.acts("text_import_undone")) == 1


def test_a_wrong_title_and_day_are_put_right_by_typing(
    taking: OfficeAtWork, tmp_path: Path, home: Path
) -> None:
    sent(taking, tmp_path, "关于印发办法的通知：\n第一条 甲。\n第二条 乙。", "扫描001.txt")
    assert "没有找到施行日期" in taking[LU].last.text
    taking[LU].press("标题或日期不对")
    taking[LU].say("《阅览室管理办法》 2025年3月1日")
    taking.sweep()
    assert "《阅览室管理办法》\n办法，2025-03-01 版，共 2 条" in taking[LU].last.text
    taking[LU].press("导入")
    taking.sweep()
    (text,) = shelf.texts(home)
    assert (text.title, text.version) == ("阅览室管理办法", "2025-03-01")


def test_a_day_that_is_none_is_asked_again(taking: OfficeAtWork, tmp_path: Path) -> None:
    sent(taking, tmp_path, LOAN_RULES)
    taking[LU].press("标题或日期不对")
    taking[LU].say("2025-13-40")
    assert "看不懂日期“2025-13-40”" in taking[LU].last.text
    taking[LU].say("2025-12-01")
    taking.sweep()
    assert "2025-12-01 版" in taking[LU].last.text


def test_a_list_of_cases_in_a_text_file_is_read_as_an_export(
    taking: OfficeAtWork, tmp_path: Path
) -> None:
    head = "部门受案号,案件名称,案件类别,承办检察官,受理日期,审结日期\n"
    sent(
        taking,
        tmp_path,
        head + "某检审逮〔2026〕1号,甲案,审查逮捕,林知秋,2026-06-01,\n",
        "列表.txt",
    )
    assert taking[LU].last.text == "没有读到条文，看起来是案件导出。"
    assert taking[LU].press("这是案件导出") == "正在按案件导出读取"
    taking.sweep()
    assert "案件列表" in taking[LU].last.text


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("日记.txt", "今天天气很好。", "没有找到“第…条”"),
        ("乱码.txt", b"\x81\xff\xff\xfe", "另存为 UTF-8"),
        ("破.docx", b"PK\x03\x04 broken", "已损坏"),
        ("破.pdf", b"%PDF-1.7 broken", "已损坏"),
        ("旧.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 100, "另存为 docx"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_sentence(
    taking: OfficeAtWork, tmp_path: Path, name: str, content: str | bytes, said: str
) -> None:
    path = sent(taking, tmp_path, content, name)
    assert said in taking[LU].last.text
    assert f"“{name}”不能导入" in taking[LU].last.text
    assert "\n" not in taking[LU].last.text
    assert not path.exists()
    assert len(taking.acts("text_refused")) == 1


def test_gbk_is_read(taking: OfficeAtWork, tmp_path: Path) -> None:
    sent(taking, tmp_path, LOAN_RULES.encode("gb18030"), "办法.txt")
    assert "共 7 条" in taking[LU].last.text


def test_a_bomb_is_one_sentence(taking: OfficeAtWork, tmp_path: Path) -> None:
    path = docx_bomb(tmp_path / "炸弹.docx", megabytes=200)
    sent(taking, tmp_path, path.read_bytes(), "炸弹.docx")
    assert "展开后过大" in taking[LU].last.text


def test_only_officers_texts_are_taken(taking: OfficeAtWork, tmp_path: Path) -> None:
    path = tmp_path / "办法.md"
    path.write_text(LOAN_RULES, encoding="utf-8")
    taking[ZHI].upload("document", "办法.md", "", str(path))
    taking.sweep()
    assert "文件未接收" in taking[ZHI].last.text
    assert not taking.acts("text_refused")


def test_on_an_internet_door_the_file_is_removed_and_still_read(
    taking: OfficeAtWork, tmp_path: Path
) -> None:
    taking.desk = replace(taking.desk, doors={DOOR: "internet"})
    sent(taking, tmp_path, LOAN_RULES)
    assert len(taking[LU].removed) == 1
    assert "共 7 条" in taking[LU].last.text


def test_a_paper_of_a_case_is_no_text_on_an_internet_door(
    taking: OfficeAtWork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taking.desk = replace(taking.desk, doors={DOOR: "internet"})
    monkeypatch.setattr(
        "handlers.answers.sensitive.names_in_cards", lambda *_: frozenset({"丁一鸣"})
    )
    sent(taking, tmp_path, "丁一鸣盗窃案审查规定\n第一条 甲。", "报告.txt")
    assert "丁一鸣" not in taking[LU].last.text
    assert "未作保存" in taking[LU].last.text


def test_a_file_that_was_not_fetched_is_said(taking: OfficeAtWork) -> None:
    taking[LU].upload("document", "办法.pdf")
    assert "文件没有取到" in taking[LU].last.text


def test_what_is_not_in_force_yet_is_said(taking: OfficeAtWork, tmp_path: Path) -> None:
    sent(taking, tmp_path, LOAN_RULES.replace("2024年5月1日", "2026年9月1日"))
    assert "尚未施行，2026-09-01 起才用于回答" in taking[LU].last.text


def test_gaps_and_repeats_are_named(taking: OfficeAtWork, tmp_path: Path) -> None:
    sent(
        taking,
        tmp_path,
        "某规定（试行）\n2024年1月1日 施行\n第一条 甲。\n第三条 乙。\n第三条 丙。",
        "a.txt",
    )
    text = taking[LU].last.text
    assert "缺第 2 条" in text
    assert "第 3 条出现两次以上" in text
    assert "试行文本，与正式文本分开存放" in text


def test_a_text_that_repeals_another_says_so(taking: OfficeAtWork, tmp_path: Path) -> None:
    imported(taking, tmp_path, "某规定（试行）\n2020年1月1日 施行\n第一条 甲。", "试行.txt")
    closing = "第二条 本规定自2024年1月1日起施行，《某规定（试行）》同时废止。"
    sent(taking, tmp_path, f"某规定\n第一条 乙。\n{closing}", "正式.txt")
    text = taking[LU].last.text
    assert "与库中《某规定（试行）》是两份文本" in text
    assert "文中写明废止《某规定（试行）》" in text


def test_a_text_stored_before_under_another_day_is_put_right(
    taking: OfficeAtWork, tmp_path: Path, home: Path
) -> None:
    shelf.put(home, replace(parse(LOAN_RULES, "办法.md"), version="2024-03-01"))
    sent(taking, tmp_path, LOAN_RULES)
    assert "与已导入的 2024-03-01 版内容相同，只是日期不同" in taking[LU].last.text
    taking[LU].press("导入")
    taking.sweep()
    assert [one.version for one in shelf.texts(home)] == ["2024-05-01"]
