"""Write out the names of texts that are typed short before a number: gz282, xsf 172, 规575."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from knowledge.search.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping

_NUMBER = r"\s*(?=第?\s*[0-9]{1,4}\s*(?:条|第|\s|[?？。]|\Z))"


def written_out(text: str) -> str:
    """Return a cleaned question with short names before article numbers in full.

    They count only there: 规 or gz by itself is no name of a text.
    """
    names = _names()
    return _pattern().sub(lambda match: names["".join(match[1].split())], text)


@cache
def _names() -> Mapping[str, str]:
    short = vocabulary().short_names
    return {name: title for title, names in short.items() for name in names}


@cache
def _any_name() -> str:
    longest = sorted(_names(), key=len, reverse=True)
    return "|".join(r"\s*".join(name) for name in longest)


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z\u3400-\u9fff])({_any_name()}){_NUMBER}")
