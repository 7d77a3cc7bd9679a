"""Further ways to ask that the office adds itself, kept in its home folder beside the texts."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from typing import TYPE_CHECKING

from knowledge.laws import shelf
from knowledge.laws.faults import DamagedShelfError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from knowledge.search.model import Point

_FILE = "aliases.json"
LONGEST = 60
"""Characters of an alias; a longer question teaches nothing that is asked again."""


def path(home: Path) -> Path:
    """Return where the aliases of an office lie."""
    return shelf.folder(home) / _FILE


def load(home: Path) -> dict[str, list[str]]:
    """Return the aliases by the key of what they stand for.

    Raises:
        DamagedShelfError: the file in the home cannot be read back.
    """
    place = path(home)
    if not place.is_file():
        return {}
    try:
        content = json.loads(place.read_text(encoding="utf-8"))
        return {str(key): [str(one) for one in words] for key, words in content.items()}
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise DamagedShelfError(place.name) from error


def add(home: Path, key: str, words: str) -> bool:
    """Keep an alias; False where it is there already or too long."""
    kept = load(home)
    said = " ".join(words.split())
    if not said or len(said) > LONGEST or said in kept.get(key, ()):
        return False
    kept.setdefault(key, []).append(said)
    _keep(home, kept)
    return True


def remove(home: Path, key: str, words: str) -> bool:
    """Forget an alias; False where it is not there."""
    kept = load(home)
    said = " ".join(words.split())
    if said not in kept.get(key, ()):
        return False
    kept[key].remove(said)
    _keep(home, {one: said_so for one, said_so in kept.items() if said_so})
    return True


def _keep(home: Path, kept: Mapping[str, list[str]]) -> None:
    place = path(home)
    place.parent.mkdir(parents=True, exist_ok=True)
    draft = place.with_suffix(".new")
    draft.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    os.replace(draft, place)  # noqa: PTH105 - atomic on one file system, and named so


def to_points(points: Iterable[Point], kept: Mapping[str, Iterable[str]]) -> tuple[Point, ...]:
    """Return points with the aliases that stand for them."""
    return tuple(
        replace(one, aliases=(*one.aliases, *kept[one.key])) if one.key in kept else one
        for one in points
    )
