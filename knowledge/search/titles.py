"""Curated titles of articles: how an article is asked for, in our own words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from knowledge import strict_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

_FOLDER = Path(__file__).with_name("titles")


def load_titles(folder: Path = _FOLDER) -> Mapping[tuple[str, int], tuple[str, ...]]:
    """Return the lines of every article that has some, the title first."""
    lines: dict[tuple[str, int], tuple[str, ...]] = {}
    for path in sorted(folder.glob("*.yaml")):
        content = strict_yaml.load(path)
        for number, written in content["articles"].items():
            place = (content["document"], int(number))
            lines[place] = (*lines.get(place, ()), *written.split("；"))
    return lines
