"""What a text says of itself: its title, and the day from which it holds."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_HAN_DAY = re.compile(
    r"(?P<year>[〇零○一二三四五六七八九]{4})年(?P<month>[一二三四五六七八九十]{1,2})月"
    r"(?P<day>[一二三四五六七八九十]{1,3})日"
)
_DAY = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_DAY_IN_NAME = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})")
_TAKES_EFFECT = re.compile(
    r"(\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)\s*(?:起|开始)?\s*(?:正式)?\s*(?:施行|实施|生效)"
)
_TITLE_END = re.compile(
    r"(?:法|规则|规定|条例|细则|解释|意见|要点|规范|标准|指引|决定|办法|制度|方案|清单|批复|纪要)"
    r"(?:[（(][^（()）]{1,12}[)）])?\Z"
)
_ORGAN = re.compile(r"(?:院|部|局|委员会|办公厅)\Z")
_MARK = re.compile("[。；：，,;:！？]")
_CONTENTS = re.compile(r"目[\s\u3000]*[录次]\Z")
_LONGEST_TITLE = 60


def title(head: Iterable[str], name: str) -> str:
    """Return the title from what stands before the text, else the file's name.

    A notice may stand before the text it hands out, and a title over two lines: the last line that
    ends like a title is the one.
    """
    lines = [line for raw in head if (line := _bare(raw)) and not _CONTENTS.match(line)]
    written = lines[0] if lines else re.sub(r"\.\w+\Z", "", name)
    for place, line in enumerate(lines):
        if _TITLE_END.search(line) and not _MARK.search(line) and len(line) <= _LONGEST_TITLE:
            above = lines[place - 1] if place else ""
            goes_on = line.startswith("关于") and _ORGAN.search(above) and not _MARK.search(above)
            written = above + line if goes_on else line
    return clean_title(written)


def clean_title(written: str) -> str:
    """Return a title without spaces, marks and a year behind it."""
    return re.sub(r"[\s\u3000《》]|[（(]\d{4}[^)）]*[)）]\Z", "", written)


def version(head: Sequence[str], closing: str, name: str) -> str:
    """Return the day from which a text holds, "" where none is found.

    What the head says of 施行 counts first. The closing article of an amended law still names the
    day of the first version: it counts only where no later day is known.
    """
    plain = [_in_digits(line) for line in head]
    if effective := [one for line in plain for one in _effective(line)]:
        return max(effective)
    known = [one for line in plain for one in days(line)]
    named = [day for match in _DAY_IN_NAME.finditer(name) if (day := _iso(*match.groups()))]
    closed = [
        one for one in _effective(_in_digits(closing)) if one >= max(known + named, default="")
    ]
    return max(closed or named or known, default="")


def days(text: str) -> list[str]:
    """Return the days a text names, as 2019-12-30."""
    return [day for match in _DAY.finditer(_in_digits(text)) if (day := _iso(*match.groups()))]


def _effective(line: str) -> Iterator[str]:
    for match in _TAKES_EFFECT.finditer(line):
        yield from days(match[1])


def _in_digits(text: str) -> str:
    def digits(match: re.Match[str]) -> str:
        year = match["year"].translate(_DIGITS)
        return f"{year}年{_small(match['month'])}月{_small(match['day'])}日"

    return _HAN_DAY.sub(digits, text)


def _small(written: str) -> int:
    """Return 二十三 as 23."""
    tens, ten, ones = written.rpartition("十")
    unit = int(ones.translate(_DIGITS)) if ones else 0
    return unit if not ten else 10 * (int(tens.translate(_DIGITS)) if tens else 1) + unit


def _iso(year: str, month: str, day: str) -> str:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


def _bare(line: str) -> str:
    return line.strip("#*\ufeff \t\u3000")
