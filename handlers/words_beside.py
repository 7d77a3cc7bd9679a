"""Names and facts as they lie beside ledger entries: one JSON text, erased as a whole."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from handlers.findings.case_reference import MINOR


@dataclass(frozen=True)
class Words:
    """What an entry keeps of a case in people's words; None where nothing was kept."""

    case_name: str | None = None
    prosecutor: str | None = None
    fact: str | None = None
    said: str | None = None


def write_words(words: Words, *, minor: bool) -> str:
    """Return words as the text beside an entry; a minor's case has no name anywhere."""
    told = asdict(words)
    if minor:
        told["case_name"] = MINOR
    return json.dumps({key: one for key, one in told.items() if one}, ensure_ascii=False)


def read_words(text: str) -> Words:
    """Read a text beside an entry; one of older entries is what somebody said."""
    told: Any = None
    if text.startswith("{"):
        try:
            told = json.loads(text)
        except ValueError:
            told = None
    if not isinstance(told, dict):
        return Words(said=text)
    return Words(**{key: str(one) for key, one in told.items() if key in Words.__annotations__})
