from __future__ import annotations

import pytest

from knowledge.replies.normalise import LIMIT, clean


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("知到了", "知道了"),
        ("名天", "明天"),
        ("该好了", "改好了"),
        ("己改", "已改"),
        ("以经改了", "已经改了"),
        ("受到", "收到"),
        ("Ａ０８", "A08"),
        ("👌", "收到"),
        ("改好了！", "改好了!"),
        ("[图片]", "[图片]"),
        ("[旺柴]", ""),
    ],
)
def test_typing_errors_are_put_right(typed: str, meant: str) -> None:
    assert clean(typed) == meant


@pytest.mark.parametrize(
    "text", ["一步一步来", "手里的案子", "指导", "强制措施已解除", "能延几天吗"]
)
def test_words_that_only_sound_alike_stay(text: str) -> None:
    assert clean(text) == text


def test_a_pasted_document_is_cut() -> None:
    assert len(clean("改" * 9000)) <= LIMIT
