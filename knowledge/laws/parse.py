"""Read a law or a set of rules, line by line, into articles.

The traps are real ones: a space on the wrong side of 条, headings with inner spaces (第一章 通 则)
or broken over two lines, and a bare 附则 that is no heading by its marks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from knowledge import chinese
from knowledge.laws import numbered
from knowledge.laws.faults import NoArticlesError
from knowledge.laws.model import Article, OfficialText, Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterable

_NUMERAL = "[零〇一二三四五六七八九十百千]+|[0-9]+"
_ARTICLE = re.compile(
    rf"第(?P<number>{_NUMERAL})(?P<misplaced>[\s\u3000]?)条(?:之(?P<branch>[一二三四五六七八九十]))?"
    r"(?P<space>[\s\u3000]*)(?P<text>.*)\Z"
)
_HEADING = re.compile(rf"第(?:{_NUMERAL})(?P<level>[编篇章节])[\s\u3000]*(?P<name>\S.*)?\Z")
_SUPPLEMENT = re.compile(r"附[\s\u3000]*则\Z")
_ITEM = re.compile(r"(?:[（(][一二三四五六七八九十]+[)）]|[0-9]+[.．、])")
_LEVELS = {"编": 0, "篇": 0, "章": 1, "节": 2}
_HEAD_END = "INFO END"
_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_DAY_IN_NAME = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_SENTENCE = re.compile(r"[。；：，]")


def parse(content: str, name: str) -> OfficialText:
    """Read a whole text; `name` is the file's, for its day and for the error's sentence.

    Raises:
        NoArticlesError: there is no article in it.
    """
    lines = [line.strip("\ufeff \t\u3000\r") for line in content.splitlines()]
    head, body = _split(lines)
    reader = _Reader()
    for line in body:
        reader.read(line)
    articles = reader.finished() or numbered.points(lines)
    if not articles:
        raise NoArticlesError(name)
    return OfficialText(
        title=_title(head, name),
        version=_version(head, name),
        articles=tuple(articles),
        gaps=_gaps(articles),
        repeated=tuple(sorted(reader.repeated)),
    )


def _split(lines: list[str]) -> tuple[list[str], list[str]]:
    """Part what stands before the first heading or article from the text itself."""
    for place, line in enumerate(lines):
        if _HEAD_END in line:
            return lines[:place], lines[place + 1 :]
    for place, line in enumerate(lines):
        bare = line.lstrip("# ")
        if _HEADING.match(bare) or _ARTICLE.match(bare):
            return lines[:place], lines[place:]
    return lines, []


def _title(head: Iterable[str], name: str) -> str:
    written = next((line.lstrip("# ") for line in head if line.lstrip("# ")), "")
    title = written or re.sub(r"\.\w+\Z", "", name)
    return re.sub(r"[\s《》]|[（(]\d{4}[^)）]*[)）]\Z", "", title)


def _version(head: Iterable[str], name: str) -> str:
    if match := _DAY_IN_NAME.search(name):
        return match[0]
    days = [f"{y}-{int(m):02}-{int(d):02}" for line in head for y, m, d in _DAY.findall(line)]
    return max(days, default="")


def _gaps(articles: Iterable[Article]) -> tuple[int, ...]:
    numbers = {article.number for article in articles}
    return tuple(sorted(set(range(1, max(numbers) + 1)) - numbers))


@dataclass
class _Reader:
    headings: list[tuple[int, str]] = field(default_factory=list)
    articles: dict[tuple[int, int], Article] = field(default_factory=dict)
    repeated: set[int] = field(default_factory=set)
    number: int = 0
    branch: int = 0
    lines: list[str] = field(default_factory=list)
    heading_open: bool = False
    article_open: bool = False

    def read(self, line: str) -> None:
        if not line or line.startswith("<!--"):
            return
        bare = line.lstrip("# ")
        article = _ARTICLE.match(bare)
        if article and self._begins(article):
            self._begin(article)
        elif heading := _heading(bare):
            self._close()
            self._under(*heading)
        elif self.heading_open and not _SENTENCE.search(bare):
            level, name = self.headings[-1]
            self.headings[-1] = (level, name + _squeeze(bare))
        elif self.article_open:
            self.lines.append(bare)

    def finished(self) -> list[Article]:
        self._close()
        return sorted(self.articles.values(), key=lambda one: (one.number, one.branch))

    def _begins(self, match: re.Match[str]) -> bool:
        """A line may also begin by citing an article: 第十二条规定的情形…."""
        if match["space"] or match["misplaced"] or not match["text"]:
            return True
        return chinese.number(match["number"]) == self.number + 1

    def _begin(self, match: re.Match[str]) -> None:
        self._close()
        self.heading_open, self.article_open = False, True
        self.number = chinese.number(match["number"]) or 0
        self.branch = chinese.number(match["branch"] or "零") or 0
        self.lines = [match["text"].strip()] if match["text"].strip() else []

    def _close(self) -> None:
        if not self.article_open:
            return
        key = (self.number, self.branch)
        if key in self.articles:
            self.repeated.add(self.number)
        else:
            headings = tuple(name for _, name in self.headings)
            self.articles[key] = Article(*key, headings, _paragraphs(self.lines))
        # the number stays known: an article without a space after it must follow the last one
        self.article_open = False

    def _under(self, level: int, name: str) -> None:
        kept = [heading for heading in self.headings if heading[0] < level]
        self.headings = [*kept, (level, name)]
        self.heading_open = True


def _heading(line: str) -> tuple[int, str] | None:
    if _SUPPLEMENT.match(line):
        return 0, "附则"
    match = _HEADING.match(line)
    if match is None or _SENTENCE.search(line):
        return None
    return _LEVELS[match["level"]], _squeeze(match["name"] or "")


def _squeeze(text: str) -> str:
    return re.sub(r"[\s\u3000]+", "", text)


def _paragraphs(lines: Iterable[str]) -> tuple[Paragraph, ...]:
    read: list[tuple[str, list[str]]] = []
    for line in lines:
        if read and _ITEM.match(line):
            read[-1][1].append(line)
        else:
            read.append((line, []))
    return tuple(Paragraph(text, tuple(items)) for text, items in read)
