"""Three invented texts on flow monitoring, each item marked with the rules that watch the same.

The words are those of nobody's official text. After @ stand the ids of the rules, - for none.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.laws.parse import parse

if TYPE_CHECKING:
    from knowledge.laws.model import OfficialText

_EXAMPLES = Path(__file__).parents[1] / "examples"
_MARK = re.compile(r"@(\S+)")

POINTS = (_EXAMPLES / "invented_points.txt").read_text(encoding="utf-8")
RULES = (_EXAMPLES / "invented_rules.txt").read_text(encoding="utf-8")
DUTIES = (_EXAMPLES / "invented_duties.txt").read_text(encoding="utf-8")
"""Written after likeness was settled on the other two."""


def plain(marked: str) -> str:
    """Return a text as a file would hold it."""
    return _MARK.sub("", marked)


def read(marked: str, name: str = "要点.txt") -> tuple[OfficialText, dict[str, str]]:
    """Return a text as read, and for each rule the label of the item meant for it."""
    text = parse(plain(marked), name)
    meant = {
        rule: article.label
        for article, marks in zip(text.articles, _MARK.findall(marked), strict=True)
        for rule in marks.split(",")
    }
    meant.pop("-", None)
    return text, meant
