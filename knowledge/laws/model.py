"""What an official text is once it has been read: headings, articles, paragraphs, items."""

from __future__ import annotations

from dataclasses import dataclass

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
    """A text as read from one file; `version` is its day (2019-12-02), empty where unknown.

    `gaps` are article numbers that are missing, `repeated` those found more than once (the first
    one is kept).
    """

    title: str
    version: str
    articles: tuple[Article, ...]
    gaps: tuple[int, ...] = ()
    repeated: tuple[int, ...] = ()

    @property
    def on_trial(self) -> bool:
        """Tell whether it is a 试行 text, which is another text than the one without."""
        return "试行" in self.title
