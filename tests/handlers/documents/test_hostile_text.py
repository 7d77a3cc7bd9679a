from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from handlers.documents.plain_text import storable
from handlers.documents.rendering import render
from tests.support.docx_text import everything, labelled, lines
from tests.support.papers import LATE, NOTICE, ORAL_PROMPT

NOTE = "注：原文中有文档不能保存的控制字符，已用可见的符号代替。"
HOSTILE = [
    "甲&乙<丙>“丁”'戊'\"己\"",
    "{{ 文号 }}{% for 条 in 问题 %}{# 注 #}",
    "{%p if 草稿 %}{%tr endfor %}{{r 案件名称 }}",
    "{_{ 文号 }_} {_% if %_}",
    "</w:t></w:r></w:p><w:p>",
    "&lt;&amp;#95;&#95;",
    "𠮷野家㐂𪚥，鿿",
    "收到👍🏽👨‍👩‍👧",
    "第一行\n第二行\n\n第四行\t制表",
    "  前后有空格  ",
    "一" * 10_000,
    "{{" * 5_000,
    "\\n \\a \\1 \\g<0>",
    "مرحبا שלום",
    "]]>",
    "$&`",
]


def answer_as_printed(text: str) -> str:
    prompt = replace(ORAL_PROMPT, answer=text)
    return labelled(render("oral_prompt", prompt, templates=None, clearance="intranet"), "答复")


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_stands_unchanged_in_a_cell(text: str) -> None:
    assert answer_as_printed(text) == text


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_stands_unchanged_in_letter_table_and_attachments(text: str) -> None:
    value = replace(LATE.values[0], value=text)
    item = replace(LATE, fact=text, values=(value,), steps=(text,))
    facts = replace(NOTICE, items=(item,), attachments=(text,), watcher=text)

    document = render("notice", facts, templates=None, clearance="intranet")

    written = lines(document)
    assert f"情况：{text}" in written
    assert f"计算：{text}。" in written
    assert f"　　　2. {text}" in written
    assert f"处理方式：发送案件流程监控通知书。监控人：{text}。签发人：方敏。" in written
    assert labelled(document, "案卡项或文书") == "现填内容"
    assert everything(document).count(text) >= 5


@given(text=st.text(min_size=1).filter(lambda text: bool(text.strip())))
@example(text="\x00甲\x0b乙\x0c丙\x07丁\x1b")
@example(text="\ud800甲\udfff\ufffe\uffff")
@example(text="甲\r\n乙\r丙\n丁")
@example(text="{_{_{_}_%_%_}_}")
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_at_all_is_printed_as_it_can_be_stored(text: str) -> None:
    assert answer_as_printed(text) == storable(text)


@given(st.text(st.characters(codec="utf-8") | st.sampled_from("\x00\x0b\x1f\ud800\ufffe")))
def test_storing_changes_only_what_xml_forbids(text: str) -> None:
    unified = text.replace("\r\n", "\n").replace("\r", "\n")

    changed = [(old, new) for old, new in zip(unified, storable(text), strict=True) if old != new]

    assert all(old < " " or old in "\ud800\ufffe\uffff" for old, _ in changed)
    assert all(new == "\ufffd" or "\u2400" <= new <= "\u241f" for _, new in changed)


def test_forbidden_characters_become_visible_signs_and_the_document_says_so() -> None:
    prompt = replace(ORAL_PROMPT, answer="甲\x07乙\x00丙\ufffe")

    document = render("oral_prompt", prompt, templates=None, clearance="intranet")

    assert labelled(document, "答复") == "甲␇乙␀丙\ufffd"
    assert NOTE in lines(document)


def test_a_document_without_such_characters_says_nothing_of_them() -> None:
    document = render("oral_prompt", ORAL_PROMPT, templates=None, clearance="intranet")

    assert NOTE not in lines(document)
