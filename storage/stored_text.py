"""What a text loses before it is kept."""

from __future__ import annotations


def storable(text: str) -> str:
    """Drop what no database keeps: NUL (PostgreSQL) and halves of a surrogate pair (UTF-8)."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()
