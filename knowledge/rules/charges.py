"""Charges in cells: split at commas only, old names in brackets dropped, compared as sets."""

from __future__ import annotations

import re
from functools import cache

_OLD_NAME = re.compile(r"[（(][^（）()]*[）)]")
_COMMA = re.compile(r"[,，]")
_JOINT = ","


@cache
def canonical(text: str | None) -> str | None:
    """Return the charges of a cell as one comparable text, None where there are none."""
    if text is None:
        return None
    found = {_OLD_NAME.sub("", part).strip() for part in _COMMA.split(text)}
    return _JOINT.join(sorted(found - {""})) or None


def as_set(text: str | None) -> frozenset[str]:
    """Return the charges of a canonical text."""
    return frozenset(text.split(_JOINT)) if text else frozenset()


def joined(*texts: str | None) -> str | None:
    """Return the charges of several cells together."""
    return canonical(_JOINT.join(text for text in texts if text is not None))


def is_within(left: str | None, right: str | None) -> bool:
    """Tell whether all charges on the left stand on the right; a blank on either side: no."""
    return bool(left and right) and as_set(left) <= as_set(right)


def is_of(text: str | None, charges: frozenset[str], *, only: bool) -> bool:
    """Tell whether some charge, or (`only`) every charge, stands in a list."""
    found = as_set(text)
    return bool(found) and (found <= charges if only else bool(found & charges))
