"""A font with Chinese characters for charts, found on the machine."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from matplotlib.font_manager import findSystemFonts, get_font

from handlers.documents.errors import DocumentError

WANTED = (
    "notosanscjk",
    "notosanssc",
    "sourcehansans",
    "msyh",
    "simhei",
    "pingfang",
    "wqy-zenhei",
    "wqy-microhei",
    "droidsansfallback",
    "notoserifcjk",
    "simsun",
    "simfang",
    "uming",
    "ukai",
)
"""Beginnings of font files that hold Chinese, best for charts first."""
SAMPLE = "案件流程监控一二三提示通知书"
SETTING = "FANGYUAN_FONT"
ABSENT_SIGN = "□"


class ChineseFontMissingError(DocumentError):
    """No font of this machine can write the labels of a chart."""

    def __init__(self) -> None:
        super().__init__(
            "没有找到中文字体，图表没有生成。请安装一种中文字体（如文泉驿正黑、思源黑体），"
            f"或用环境变量 {SETTING} 指定字体文件"
        )


def chinese_font() -> Path:
    """Return the file of a font that can write Chinese, the one named by the setting first.

    Raises:
        ChineseFontMissingError: there is none.
    """
    named = os.environ.get(SETTING)
    candidates = [Path(named)] if named else _installed()
    for path in candidates:
        if path.is_file() and not missing(SAMPLE, path):
            return path
    raise ChineseFontMissingError


def missing(text: str, font: Path) -> set[str]:
    """Return the characters of a text that a font cannot draw."""
    drawn = get_font(str(font))
    return {sign for sign in text if not drawn.get_char_index(ord(sign))}


def drawable(text: str, font: Path) -> str:
    """Return a text with □ for what the font lacks, so that nothing is drawn wrongly."""
    absent = missing(text, font)
    return "".join(ABSENT_SIGN if sign in absent else sign for sign in text)


@cache
def _installed() -> list[Path]:
    files = [Path(name) for name in findSystemFonts()]
    ranked = [(rank, path) for path in files if (rank := _rank(path)) < len(WANTED)]
    return [path for _, path in sorted(ranked)]


def _rank(path: Path) -> int:
    name = path.name.lower()
    return next(
        (place for place, start in enumerate(WANTED) if name.startswith(start)), len(WANTED)
    )
