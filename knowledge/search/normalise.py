"""Bring a question and the texts into one form: width, case, old characters, spaces."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from knowledge.search.vocabulary import vocabulary

LONGEST = 200
"""Characters of a question that are read; nobody asks in more."""

_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_SPACES = re.compile(r"\s+")


def clean(text: str) -> str:
    """Return a text in the form that every later step reads; single spaces stay."""
    flat = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text[: 4 * LONGEST])).lower()
    typed = flat.replace("ü", "v").translate(_in_use())
    return _SPACES.sub(" ", typed).strip()[:LONGEST]


def squeeze(text: str) -> str:
    """Return a line of a text base: one form, without any space."""
    return _SPACES.sub("", unicodedata.normalize("NFKC", text).lower())


@cache
def _in_use() -> dict[int, str]:
    pairs = vocabulary().traditional
    return {ord(old): new for old, new in pairs.items()}
