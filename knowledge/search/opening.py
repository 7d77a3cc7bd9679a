"""Open the search of an office: the shipped points, with the texts its home folder holds."""

from __future__ import annotations

import hashlib
from pathlib import Path

from knowledge.laws import shelf
from knowledge.search import index_file, postings, units
from knowledge.search.engine import Engine, count
from knowledge.search.points import load_points
from knowledge.search.titles import load_titles

_HERE = Path(__file__).parent
_SHIPPED = (_HERE, _HERE / "titles", _HERE.parent / "points", _HERE.parent / "laws")
_INDEX = "search.index"


def load_search(home: Path | None) -> Engine:
    """Return the search over the shipped points and the newest version of each imported text.

    The index lies beside the texts and is built anew whenever a text, a point or the code changed.

    Raises:
        KnowledgeError: a shipped point or a stored text cannot be read.
    """
    stored = shelf.current(shelf.texts(home)) if home else []
    gathered = units.gather(load_points(), stored, load_titles())
    if home is None or not stored:
        return Engine(gathered, postings.build(map(count, gathered)))
    path, fingerprint = shelf.folder(home) / _INDEX, _fingerprint(home)
    kept = index_file.load(path, fingerprint)
    if kept is None:
        kept = postings.build(map(count, gathered))
        index_file.save(path, kept, fingerprint)
    return Engine(gathered, kept)


def _fingerprint(home: Path) -> str:
    digest = hashlib.sha256()
    for folder in _SHIPPED:
        for path in sorted((*folder.glob("*.yaml"), *folder.glob("*.py"))):
            _add(digest, path)
    for path in shelf.paths(home):
        _add(digest, path)
    return digest.hexdigest()


def _add(digest: hashlib._Hash, path: Path) -> None:
    digest.update(path.name.encode())
    digest.update(path.read_bytes())
