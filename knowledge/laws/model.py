"""What an official text is once it has been read: headings, articles, paragraphs, items."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from knowledge import chinese


@dataclass(frozen=True)
class Paragraph:
    """One 款 with its 项, each as a line of its own."""

    text: str
    items: tuple[str, ...] = ()

    def lines(self) -> tuple[str, ...]:
        """Return the paragraph's line and its items' lines."""
        return (self.text, *self.items)


@dataclass(frozen=True)
class Article:
    """One 条; `branch` is 2 for 之二, 0 for the article itself; headings run from 编 to 节.

    `mark` stands for the number where a text counts otherwise: 一、（二）3, the article then
    being the third of its text.
    """

    number: int
    branch: int
    headings: tuple[str, ...]
    paragraphs: tuple[Paragraph, ...]
    mark: str = ""

    @property
    def label(self) -> str:
        """Return 第二百八十二条, 之二 kept, or the mark of a numbered point."""
        if self.mark:
            return f"第{self.mark}点"
        tail = f"之{chinese.numeral(self.branch)}" if self.branch else ""
        return f"第{chinese.numeral(self.number)}条{tail}"

    @property
    def text(self) -> str:
        """Return the whole text, one line per paragraph and item."""
        return "\n".join(line for paragraph in self.paragraphs for line in paragraph.lines())


@dataclass(frozen=True)
class OfficialText:
    """A text as read from one file; `version` is the day it takes effect (2019-12-30), else "".

    `gaps` are article numbers that are missing, `repeated` those found more than once (the first
    one is kept); `remarks` says the same of numbered points, and what of the file was left out.
    `source` is the SHA-256 of the file. `standing` is what the officer decided of it: "" leaves it
    to the texts themselves, `IN_FORCE`, or the day from which it is repealed.
    """

    title: str
    version: str
    articles: tuple[Article, ...]
    gaps: tuple[int, ...] = ()
    repeated: tuple[int, ...] = ()
    remarks: tuple[str, ...] = ()
    source: str = ""
    standing: str = ""

    @property
    def on_trial(self) -> bool:
        """Tell whether it is a 试行 text, which is another text than the one without."""
        return "试行" in self.title

    @property
    def counted_in(self) -> str:
        """Return what it is counted in: 条, or 点 where it has numbered points."""
        return "点" if any(one.mark for one in self.articles) else "条"

    @property
    def kind(self) -> str:
        """Return what kind of text it is, by the end of its title: 法律, 规则, 要点 …."""
        plain = re.sub(r"[（(][^（()）]*[)）]", "", self.title)
        if plain.endswith("法"):
            return "办法" if plain.endswith("办法") else "法律"
        return next((word for word in KINDS if plain.endswith(word)), "其他文本")

    @property
    def day(self) -> date | None:
        """Return the day it takes effect, None where no day is known."""
        try:
            return date.fromisoformat(self.version)
        except ValueError:
            return None

    def says_the_same_as(self, other: OfficialText) -> bool:
        """Tell whether two texts have the same title and the same words."""
        return (self.title, self.articles) == (other.title, other.articles)


IN_FORCE = "in_force"
KINDS = (
    *("规则", "规定", "条例", "细则", "解释", "意见", "要点", "规范", "标准", "指引", "指南"),
    *("决定", "通知", "批复", "纪要", "方案", "制度", "目录", "清单"),
)
