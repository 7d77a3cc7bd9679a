"""Keep the postings of a base in a file, so that a single question need not build them anew."""

from __future__ import annotations

import json
import os
import sys
from array import array
from typing import TYPE_CHECKING

from knowledge.search.postings import Postings

if TYPE_CHECKING:
    from pathlib import Path

_FORMAT = 1


def save(path: Path, postings: Postings, fingerprint: str) -> None:
    """Write postings; a folder that cannot be written only costs time at the next start."""
    head = {
        "format": _FORMAT,
        "order": sys.byteorder,
        "fingerprint": fingerprint,
        "size": postings.size,
        "kept": len(postings.units),
        "grams": list(postings.numbers),
    }
    draft = path.with_suffix(f".{os.getpid()}.new")
    try:
        path.parent.mkdir(mode=0o700, exist_ok=True)
        with draft.open("wb") as file:
            file.write(json.dumps(head, ensure_ascii=False).encode() + b"\n")
            for part in (postings.starts, postings.spreads, postings.units, postings.impacts):
                part.tofile(file)
        draft.replace(path)
    except OSError:
        draft.unlink(missing_ok=True)


def load(path: Path, fingerprint: str) -> Postings | None:
    """Read postings back; None where there are none, or they belong to another state of texts."""
    try:
        with path.open("rb") as file:
            head = json.loads(file.readline())
            if (head["format"], head["order"], head["fingerprint"]) != (
                _FORMAT,
                sys.byteorder,
                fingerprint,
            ):
                return None
            grams = head["grams"]
            starts, spreads, units = array("I"), array("I"), array("I")
            impacts = array("f")
            starts.fromfile(file, len(grams) + 1)
            spreads.fromfile(file, len(grams))
            units.fromfile(file, head["kept"])
            impacts.fromfile(file, head["kept"])
    except (OSError, ValueError, KeyError, TypeError, EOFError):
        return None
    numbers = {gram: number for number, gram in enumerate(grams)}
    return Postings(head["size"], numbers, starts, spreads, units, impacts)
