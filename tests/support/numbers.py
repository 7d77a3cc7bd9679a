"""Finding numbers and ledger numbers as they stand in messages."""

from __future__ import annotations

import re

_FINDING = re.compile(r"(?<![A-Za-z0-9])[A-Z]+\d{2}(?!\d)")
_ENTRY = re.compile(r"流水第 (\d+) 号")


def findings_in(text: str) -> list[str]:
    """Return the finding numbers in a text, each once, in order."""
    return list(dict.fromkeys(_FINDING.findall(text)))


def entry_in(text: str) -> int:
    """Return the number of the ledger entry a confirmation names."""
    found = _ENTRY.search(text)
    assert found is not None, f"no ledger number in {text!r}"
    return int(found[1])
