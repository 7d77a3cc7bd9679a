"""The head of the ledger: what is published, and the two hashes everything rests on."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

FIRST = "0" * 64
"""The hash before the first entry."""
PRINTED_DIGITS = 16
"""Fewer digits could be hit by trying: 64 bits are a matter of centuries, 32 of minutes."""
_PRINTED = re.compile(r"(?:第\s*)?(\d{1,18})\s*(?:[:：]|号，校验值)\s*([0-9a-fA-F]{16,64})(?!\w)")
_LEAD = re.compile(r"留痕流水(?:头|校验值|至)?\s*")
"""What stands before a head in digests and page footers: a line may be given as it stands."""


@dataclass(frozen=True)
class Head:
    """How many entries there are and the last hash; published so that nothing can be cut off."""

    size: int
    hash: str

    @property
    def printed(self) -> str:
        """The head as it stands in messages and page footers: size and first hex digits."""
        return f"{self.size}:{self.hash[:PRINTED_DIGITS]}"

    @classmethod
    def parse(cls, text: str) -> Head | None:
        """Read a printed head, `318:0a1b…`, or the line it stands in; None: it is none."""
        return cls._of(_PRINTED.fullmatch(_LEAD.sub("", text.strip(), count=1)))

    @classmethod
    def find(cls, text: str) -> Head | None:
        """Read the first head that stands in a line."""
        return cls._of(_PRINTED.search(text))

    @classmethod
    def _of(cls, found: re.Match[str] | None) -> Head | None:
        if found is None:
            return None
        size, digits = int(found[1]), found[2].lower()
        # an empty ledger has one head only: anything else is a slip of the pen
        return cls(size, digits) if size or FIRST.startswith(digits) else None


def chained(seq: int, previous: str, body: str | bytes) -> str:
    """Return an entry's hash: over its number, the hash before, and the stored bytes."""
    stored = body.encode() if isinstance(body, str) else body
    return hashlib.sha256(b"%d\n%b\n%b" % (seq, previous.encode(), stored)).hexdigest()


def salted(salt: str, text: str) -> str:
    """Return the hash of a personal text under its salt."""
    return hashlib.sha256(f"{salt}\n{text}".encode()).hexdigest()
