"""A greeting, thanks, or how this works: answered in a line, and never taken for a question."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handlers import commands, help_texts, tell

if TYPE_CHECKING:
    from handlers.answers.answers import Heard
    from storage.transaction import Transaction

GREETING = re.compile("[你您]好|在不?在?|有人|喂|早|(?:早上|上午|中午|下午|晚上)好|hi|hello")
THANKS = re.compile("(?:非常|多)?谢谢?[你您]?|(?:非常)?感谢|辛苦|麻烦|再见|拜拜")
HOW = re.compile(
    "(?:怎么|如何)(?:用|使用|操作)|使用说明|用法|[你您]是谁|[你您](?:会|能[做干])什|help"
)
_TAIL = re.compile(r"[\s，。！？、~～,.!?啊呀哈吧呢哦啦的吗么了]+$")
"""What may follow such words and adds nothing."""


def hear(tx: Transaction, heard: Heard) -> bool:
    """Answer a courtesy; anything that says more is left to the others."""
    said = _TAIL.sub("", heard.text.strip().lower())
    if HOW.fullmatch(said):
        commands.show_help(tx, heard.person, heard.event.origin)
    elif GREETING.fullmatch(said):
        tell.answer(tx, heard.event.origin, help_texts.GREETING, person=heard.person)
    elif THANKS.fullmatch(said):
        tell.answer(tx, heard.event.origin, help_texts.THANKED, person=heard.person)
    else:
        return False
    return True
