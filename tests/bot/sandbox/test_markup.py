"""Markup turned into text and entities, counted in UTF-16 units."""

from __future__ import annotations

from typing import Any

import pytest

from bot.sandbox.entities import ParseError
from bot.sandbox.formatting import formatted, spoken

FORMATTED = [
    ("HTML", "<b>粗<i>斜</i></b>😀<u>下</u>", "粗斜😀下",
     ["bold 0 2", "italic 1 1", "underline 4 1"]),
    ("HTML", "&lt;期限&gt; &amp; &#x1F600;&quot;", '<期限> & 😀"', []),
    ("HTML", '<pre><code class="language-python">x</code></pre>', "x", ["pre 0 1 python"]),
    ("HTML", '<a href="https://a.cn/">看</a>', "看", ["text_link 0 1 https://a.cn/"]),
    ("HTML", '<a href="tg://user?id=101">周</a>', "周", ["text_mention 0 1 101"]),
    ("HTML", "<blockquote expandable>引</blockquote>", "引", ["expandable_blockquote 0 1"]),
    ("HTML", '<span class="tg-spoiler">密</span>', "密", ["spoiler 0 1"]),
    ("HTML", '<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>', "👍", []),
    ("html", "  <b> 空 </b>  ", "空", ["bold 0 1"]),
    ("MarkdownV2", "*粗 _斜_* ~删~ ||密||", "粗 斜 删 密",
     ["bold 0 3", "italic 2 1", "strikethrough 4 1", "spoiler 6 1"]),
    ("MarkdownV2", "__下__ `码` \\*不粗\\*", "下 码 *不粗*", ["underline 0 1", "code 2 1"]),
    ("MarkdownV2", "```python\nx = 1\n```", "x = 1", ["pre 0 5 python"]),
    ("MarkdownV2", "[看](https://a.cn/\\))", "看", ["text_link 0 1 https://a.cn/)"]),
    ("MarkdownV2", ">引\n>文\n外", "引\n文\n外", ["blockquote 0 4"]),
    ("Markdown", "*粗* _斜_ `码` [看](a.cn)", "粗 斜 码 看",
     ["bold 0 1", "italic 2 1", "code 4 1", "text_link 6 1 http://a.cn"]),
    ("Markdown", "蛇\\_形 [字]", "蛇_形 字", []),
    ("", "/start 见 https://a.cn/b，或 a@b.cn #标签 $USD example.com",
     "/start 见 https://a.cn/b，或 a@b.cn #标签 $USD example.com",
     ["bot_command 0 6", "url 9 14", "email 26 6", "hashtag 33 3", "cashtag 37 4", "url 42 11"]),
]  # fmt: skip


def _short(entity: dict[str, Any]) -> str:
    more = entity.get("url") or entity.get("language") or entity.get("user", {}).get("id", "")
    return f"{entity['type']} {entity['offset']} {entity['length']} {more}".strip()


@pytest.mark.parametrize(("mode", "source", "text", "entities"), FORMATTED)
def test_markup_becomes_text_and_entities(
    mode: str, source: str, text: str, entities: list[str]
) -> None:
    whole = formatted(source, mode, [])

    assert (whole.text, [_short(entity) for entity in whole.entities]) == (text, entities)


RESERVED = "is reserved and must be escaped with the preceding '\\'"
REFUSED = [
    ("HTML", "<b>开", 'Can\'t find end tag corresponding to start tag "b"'),
    ("HTML", "字<script>x</script>", 'Unsupported start tag "script" at byte offset 3'),
    ("HTML", "<b><i>test</b></i>",
     'Unmatched end tag at byte offset 10, expected "</i>", found "</b>"'),
    ("HTML", "a < b", 'Unsupported start tag "" at byte offset 2'),
    ("HTML", "尾<b", "Unclosed start tag at byte offset 3"),
    ("HTML", "</b>", "Unexpected end tag at byte offset 0"),
    ("HTML", "&nbsp;", 'Unsupported entity "&nbsp;" at byte offset 0'),
    ("HTML", '<tg-emoji emoji-id="9999999999999999999">x</tg-emoji>',
     "Invalid custom emoji identifier specified"),
    ("MarkdownV2", "*unclosed", "Can't find end of Bold entity at byte offset 0"),
    ("MarkdownV2", "*bold _italic\\_*", "Can't find end of Bold entity at byte offset 15"),
    ("MarkdownV2", "`x", "Can't find end of Code entity at byte offset 0"),
    ("MarkdownV2", "字||x", "Can't find end of Spoiler entity at byte offset 3"),
    ("Markdown", "*unclosed", "Can't find end of the entity starting at byte offset 0"),
    ("Markdown", "字[x", "Can't find end of the entity starting at byte offset 3"),
    *[("MarkdownV2", f"a{char}b", f"Character '{char}' {RESERVED}") for char in "()#+-=|{}.!>"],
]  # fmt: skip


@pytest.mark.parametrize(("mode", "source", "reason"), REFUSED)
def test_wrong_markup_is_refused_in_telegrams_words(mode: str, source: str, reason: str) -> None:
    with pytest.raises(ParseError) as raised:
        formatted(source, mode, [])

    assert raised.value.description == f"Bad Request: can't parse entities: {reason}"


def test_a_person_writes_no_markup() -> None:
    assert spoken("*不是* <b>标记</b>") == {"text": "*不是* <b>标记</b>"}


def test_at_most_a_hundred_entities_are_kept() -> None:
    whole = formatted("<b>字</b> " * 150, "HTML", [])

    assert len(whole.entities) == 100
