"""The page for a browser that shows each scanned page beside its text; a plain file, no network."""

from __future__ import annotations

import json
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_TEMPLATE = Path(__file__).with_suffix(".html")


@dataclass(frozen=True)
class Line:
    """One printed line; `doubts` are the places of doubtful characters in it."""

    text: str
    certain: bool
    doubts: tuple[int, ...]


@dataclass(frozen=True)
class Shown:
    """One page: its number, the name of its picture beside this file, its lines."""

    number: int
    picture: str
    lines: tuple[Line, ...]


def page(name: str, code: str, shown: Sequence[Shown]) -> str:
    """Return the page as HTML; `code` is what the saved text is recognised by."""
    # "</" would end the script wherever it stands
    quoted = json.dumps(name, ensure_ascii=False).replace("</", "<\\/")
    filled = {
        "{title}": escape(name),
        "{count}": str(len(shown)),
        "{code}": code,
        "{name}": quoted,
        "{pages}": "\n".join(_section(one) for one in shown),
    }
    html = _TEMPLATE.read_text(encoding="utf-8")
    for place, content in filled.items():
        html = html.replace(place, content)
    return html


def _section(shown: Shown) -> str:
    lines = "".join(_line(one) for one in shown.lines)
    return (
        f'<section><div><img src="{shown.picture}" alt="第 {shown.number} 页原件"></div>'
        f'<div class="lines" contenteditable="true" spellcheck="false" '
        f'data-page="{shown.number}">{lines}</div></section>'
    )


def _line(line: Line) -> str:
    kind = "" if line.certain else ' class="doubtful"'
    return f"<div{kind}>{''.join(_letters(line))}</div>"


def _letters(line: Line) -> Iterable[str]:
    for place, letter in enumerate(line.text):
        yield f"<mark>{escape(letter)}</mark>" if place in line.doubts else escape(letter)
