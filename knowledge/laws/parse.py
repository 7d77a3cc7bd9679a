"""Read a law or a set of rules, line by line, into articles.

The traps are real ones: a space on the wrong side of 条, headings with inner spaces (第一章 通 则)
or broken over two lines, a table of contents before the text, a bare 附则 that is no heading by its
marks, a signature and attachments behind the last article.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from knowledge import chinese
from knowledge.laws import head, numbered
from knowledge.laws.faults import NoArticlesError
from knowledge.laws.model import Article, OfficialText, Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterable

_NUMERAL = "[零〇一二三四五六七八九十百千]+|[0-9]+"
_ARTICLE = re.compile(
    rf"第[\s\u3000]?(?P<number>{_NUMERAL})(?P<misplaced>[\s\u3000]?)条"
    r"(?:之(?P<branch>[一二三四五六七八九十]))?(?P<space>[\s\u3000]*)(?P<text>.*)\Z"
)
_HEADING = re.compile(
    rf"第[\s\u3000]?(?:{_NUMERAL})[\s\u3000]?(?P<level>分编|[编篇章节])[\s\u3000]*(?P<name>\S.*)?\Z"
)
_SUPPLEMENT = re.compile(r"附[\s\u3000]*则\Z")
_ATTACHED = re.compile(
    r"附[件录表图]?[\s\u3000]*[一二三四五六七八九十0-9]*[\s\u3000]*[：:].*\Z|附[件录表][一二三四五六七八九十0-9]*\Z"
)
_ITEM = re.compile(r"(?:[（(][一二三四五六七八九十]+[)）]|[0-9]+[.．、])")
_LEVELS = {"编": 0, "篇": 0, "分编": 1, "章": 2, "节": 3}
_HEAD_END = "INFO END"
_SENTENCE = re.compile(r"[。；：，]")
_LEADERS = re.compile(r"[\s\u3000.…·\-—_]*\d*\Z")
_DATED = re.compile(r"[\d〇零一二三四五六七八九]{4}\s*年.{1,8}日\Z")
_SIGNED = re.compile(r"[\d〇零一二三四五六七八九]{4}\s*年.{1,8}日\Z|[院部局委会厅]\Z|[（(]此件")
"""Ends a text; what stands right above the day is who signed."""
_CLOSING = 3
"""Last articles of a text, where it says from when it holds."""


def parse(content: str, name: str) -> OfficialText:
    """Read a whole text; `name` is the file's, for its day and for the error's sentence.

    Raises:
        NoArticlesError: there is no article in it.
    """
    lines = [_line(line) for line in content.splitlines()]
    above, body = _split(lines)
    reader = _Reader()
    for line in body:
        reader.read(line)
    articles, remarks = reader.finished(), reader.remarks()
    if not articles:
        above, body = numbered.split(lines)
        articles, remarks = numbered.points(body)
    if not articles:
        raise NoArticlesError(name)
    closing = "\n".join(one.text for one in articles[-_CLOSING:])
    return OfficialText(
        title=head.title(above, name),
        version=head.version(above, closing, name),
        articles=tuple(articles),
        gaps=_gaps(articles),
        repeated=tuple(sorted(reader.repeated)),
        remarks=tuple(remarks),
    )


def _line(raw: str) -> str:
    """Return one line without edges and markup; a row of a table is one line too."""
    line = raw.strip("\ufeff \u3000\r\t").replace("**", "")
    if line.startswith("|"):
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        return row([cell for cell in cells if not re.fullmatch(r":?-{2,}:?", cell)])
    cells = line.split("\t")
    return row(cells) if len(cells) > 2 or cells[0].isdigit() else " ".join(cells)


def row(cells: Iterable[str]) -> str:
    """Say a row of a table in one line; a first cell with a number begins a numbered point."""
    texts = [text for cell in cells if (text := cell.strip())]
    if len(texts) > 1 and re.fullmatch(r"\d{1,3}", texts[0]):
        return f"{texts[0]}. " + "；".join(texts[1:])
    return "；".join(texts)


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


def _gaps(articles: Iterable[Article]) -> tuple[int, ...]:
    numbers = {article.number for article in articles}
    return tuple(sorted(set(range(1, max(numbers) + 1)) - numbers))


@dataclass
class _Reader:
    headings: list[tuple[int, str]] = field(default_factory=list)
    articles: dict[tuple[int, int], Article] = field(default_factory=dict)
    repeated: set[int] = field(default_factory=set)
    contents: set[tuple[int, str]] = field(default_factory=set)
    number: int = 0
    branch: int = 0
    lines: list[str] = field(default_factory=list)
    heading_open: bool = False
    article_open: bool = False
    left_out: int = 0
    attached: str = ""

    def read(self, line: str) -> None:
        if not line or line.startswith("<!--"):
            return
        bare = line.lstrip("# ")
        article = _ARTICLE.match(bare)
        if article and self._begins(article):
            self._begin(article)
        elif self.attached:
            self.left_out += 1
        elif heading := _heading(bare):
            self._close()
            self._under(*heading)
        elif self.articles and self.article_open and _ATTACHED.match(bare):
            self._unsign()
            self._close()
            self.attached, self.left_out = bare, 1
        elif self.heading_open and not _SENTENCE.search(bare):
            level, name = self.headings[-1]
            self.headings[-1] = (level, name + _squeeze(bare))
        elif self.article_open:
            self.lines.append(bare)

    def finished(self) -> list[Article]:
        self._unsign()
        self._close()
        return sorted(self.articles.values(), key=lambda one: (one.number, one.branch))

    def remarks(self) -> list[str]:
        """Say what of the file is not among the articles."""
        if not self.left_out:
            return []
        return [f"条文之后的附件未读入（自“{self.attached[:20]}”起 {self.left_out} 行）"]

    def _begins(self, match: re.Match[str]) -> bool:
        """A line may also begin by citing an article: 第十二条规定的情形…."""
        follows = chinese.number(match["number"]) == self.number + 1
        if self.attached:  # what is attached has articles of its own
            return follows and bool(match["space"])
        return follows or bool(match["space"] or match["misplaced"]) or not match["text"]

    def _begin(self, match: re.Match[str]) -> None:
        self._close()
        self.heading_open, self.article_open, self.attached = False, True, ""
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

    def _unsign(self) -> None:
        """Take the signature and its day from behind the last article."""
        dated = False
        while len(self.lines) > 1 and self.article_open:
            last = self.lines[-1]
            if _SENTENCE.search(last) or not (_SIGNED.search(last) or dated):
                return
            dated = _DATED.search(last) is not None
            self.lines.pop()

    def _under(self, level: int, name: str) -> None:
        heading = (level, _LEADERS.sub("", name))
        if not self.articles and not self.article_open and heading in self.contents:
            # the text begins: what was read so far was its table of contents
            self.headings = []
            self.contents.clear()
        self.contents.add(heading)
        kept = [one for one in self.headings if one[0] < level]
        self.headings = [*kept, heading]
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
