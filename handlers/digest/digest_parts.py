"""Cut a digest into messages: at item borders, numbered, nothing left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from handlers.findings.items import Item

NUMBERING = "（99/99）\n"
MOST_ITEMS = 80
"""Buttons under one message; the messenger takes a hundred."""


@dataclass(frozen=True)
class Piece:
    """A stretch of text that stays together, with the items it speaks of."""

    text: str
    items: tuple[Item, ...] = ()
    gap: bool = False


@dataclass(frozen=True)
class Part:
    """One message of a digest, with the items whose buttons it carries."""

    text: str
    items: tuple[Item, ...]


def split(pieces: Iterable[Piece], limit: int) -> list[Part]:
    """Fill messages up to `limit` characters; more than one are numbered (1/2), (2/2)."""
    room = limit - len(NUMBERING)
    parts: list[list[Piece]] = [[]]
    for piece in pieces:
        for portion in _fitting(piece, room):
            if parts[-1] and not _fits(parts[-1], portion, room):
                parts.append([])
            parts[-1].append(portion)
    written = [
        Part(_joined(part), tuple(item for piece in part for item in piece.items)) for part in parts
    ]
    if len(written) == 1:
        return written
    return [
        Part(f"（{place}/{len(written)}）\n{part.text}", part.items)
        for place, part in enumerate(written, 1)
    ]


def _fits(part: Sequence[Piece], piece: Piece, room: int) -> bool:
    items = sum(len(one.items) for one in part) + len(piece.items)
    return len(_joined([*part, piece])) <= room and items <= MOST_ITEMS


def _joined(part: Sequence[Piece]) -> str:
    return "\n".join(
        f"\n{piece.text}" if piece.gap and place else piece.text for place, piece in enumerate(part)
    )


def _fitting(piece: Piece, room: int) -> list[Piece]:
    """Cut a piece longer than a whole message at its lines, a longer line where it must be."""
    if len(piece.text) <= room:
        return [piece]
    texts = [""]
    for line in piece.text.splitlines():
        for start in range(0, max(len(line), 1), room):
            stretch = line[start : start + room]
            joined = f"{texts[-1]}\n{stretch}" if texts[-1] else stretch
            if len(joined) <= room:
                texts[-1] = joined
            else:
                texts.append(stretch)
    return [Piece(text, piece.items if not place else ()) for place, text in enumerate(texts)]
