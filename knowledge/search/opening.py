"""Open the search of an office: the shipped points, with the texts its home folder holds."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.laws import shelf
from knowledge.search import aliases, index_file, postings, units
from knowledge.search.engine import Engine, count
from knowledge.search.points import load_points
from knowledge.search.titles import load_titles

if TYPE_CHECKING:
    from datetime import date

    from knowledge.laws.model import OfficialText
    from knowledge.search.units import Unit

_HERE = Path(__file__).parent
_SHIPPED = (_HERE, _HERE / "titles", _HERE.parent / "points", _HERE.parent / "laws")
_INDEX = "search.index"


def load_search(home: Path | None, day: date | None = None) -> Engine:
    """Return the search over the shipped points and each imported text in force on a day.

    Without a day it is the newest version of each. The index of these lies beside the texts and is
    built anew whenever a text, an alias, a point or the code changed.

    Raises:
        KnowledgeError: a shipped point or a stored text cannot be read.
    """
    everything = shelf.texts(home) if home else []
    stored = shelf.current(everything, day)
    gathered = _gather(home, stored, _outdated(everything, stored))
    if home is None or not home.is_dir() or day is not None:
        return Engine(gathered, postings.build(map(count, gathered)))
    path, fingerprint = shelf.folder(home) / _INDEX, _fingerprint(home)
    kept = index_file.load(path, fingerprint)
    if kept is None:
        kept = postings.build(map(count, gathered))
        index_file.save(path, kept, fingerprint)
    return Engine(gathered, kept)


def stamp(home: Path) -> tuple[tuple[str, int, int], ...]:
    """Return what tells whether the texts or aliases of a home have changed; cheap to ask."""
    found = []
    for path in _kept(home):
        try:
            state = path.stat()
        except OSError:  # taken away between the listing and the look
            continue
        found.append((path.name, state.st_mtime_ns, state.st_size))
    return tuple(found)


def _outdated(everything: list[OfficialText], stored: list[OfficialText]) -> frozenset[str]:
    """Return the titles whose newest version is not the one that answers.

    Our own words speak of the law as it is now: an older version, or a repealed text, has none.
    """
    newest = {text.title: text for text in sorted(everything, key=lambda one: one.version)}
    answering = {text.title: text for text in stored}
    return frozenset(title for title, text in newest.items() if answering.get(title) != text)


def _gather(home: Path | None, stored: list[OfficialText], outdated: frozenset[str]) -> list[Unit]:
    own = aliases.load(home) if home else {}
    titles = {place: said for place, said in load_titles().items() if place[0] not in outdated}
    for text in stored:
        for article in text.articles:
            words = own.get(units.key_of(text.title, article.number, article.branch))
            if words and not article.branch:
                place = (text.title, article.number)
                titles[place] = (*titles.get(place, ()), *words)
    points = [one for one in load_points() if one.document not in outdated]
    return units.gather(aliases.to_points(points, own), stored, titles)


def _kept(home: Path) -> list[Path]:
    own = aliases.path(home)
    return [*shelf.paths(home), *([own] if own.is_file() else [])]


def _fingerprint(home: Path) -> str:
    digest = hashlib.sha256()
    for folder in _SHIPPED:
        for path in sorted((*folder.glob("*.yaml"), *folder.glob("*.py"))):
            _add(digest, path)
    for path in _kept(home):
        _add(digest, path)
    return digest.hexdigest()


def _add(digest: hashlib._Hash, path: Path) -> None:
    digest.update(path.name.encode())
    digest.update(path.read_bytes())
